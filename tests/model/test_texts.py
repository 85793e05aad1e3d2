"""Coding texts in compiled code gives what pandas and an ordinary dictionary give."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusternet.errors import InputError
from clusternet.model import ids as module
from clusternet.model.ids import coded_ids
from clusternet.model.texts import TextCoder, strictly_ascending, text_order

#: Short and long ones, with a shared beginning, with ends that only their length tells apart, in several scripts.
words = st.one_of(
    st.sampled_from(
        ["", "a", "a\0", "a\0\0", "مصنع الأثاث", "enterprise-1", "enterprise-10", "enterprise-2", "x" * 40]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)


@settings(max_examples=80)
@given(st.lists(st.lists(st.one_of(st.none(), words), max_size=30), min_size=1, max_size=4), st.integers(0, 3))
def test_differential_batches_are_coded_as_by_a_dictionary(batches, skipped):
    compiled, plain = TextCoder(compiled=True), TextCoder(compiled=False)
    for batch in batches:
        # A slice does not begin at the first byte of its buffers.
        whole = pa.array([*["before"] * skipped, *batch], type=pa.string())
        expected = plain.code(pd.Series(batch, dtype="str"))
        np.testing.assert_array_equal(compiled.code(whole.slice(skipped)), expected)
    assert compiled.distinct().tolist() == plain.distinct().tolist()
    known = pd.factorize(np.array([text for batch in batches for text in batch], dtype=object))[1]
    assert compiled.distinct().tolist() == list(known)
    (rank, ranked), (plain_rank, plain_ranked) = compiled.ranked(), plain.ranked()
    assert ranked.tolist() == sorted(known) == plain_ranked.tolist()
    np.testing.assert_array_equal(rank, plain_rank)


@pytest.mark.parametrize("width", [3, 12, 20])
def test_differential_many_texts_are_coded_as_pandas_does(width):
    number = np.random.default_rng(width).integers(0, 30_000, 80_000)
    column = pd.Series([f"E{entry:0{width}d}" for entry in number], dtype="str")
    codes, known = pd.factorize(column)
    coder = TextCoder(compiled=True)
    found = np.concatenate([coder.code(column[:33_000]), coder.code(column[33_000:])])
    np.testing.assert_array_equal(found, codes)
    assert coder.distinct().tolist() == list(known)
    order = np.argsort(np.array(known, dtype=object), kind="stable")
    np.testing.assert_array_equal(text_order(coder.distinct()), order)
    ids = coded_ids([column, column[:5].to_numpy(dtype=object), column.to_numpy(dtype="U")[:9]])
    assert [ids[1][place] for part in ids[0] for place in part[:5]] == [*column[:5]] * 3


def test_a_dictionary_gives_only_what_occurs():
    column = pa.DictionaryArray.from_arrays(pa.array([2, None, 0, 2]), pa.array(["a", "unused", "b"]))
    coder = TextCoder(compiled=True)
    assert coder.code(pa.chunked_array([column, column])).tolist() == [0, -1, 1, 0] * 2
    assert coder.distinct().tolist() == ["b", "a"]
    assert len(coder) == 2


@pytest.mark.parametrize("compiled", [True, False])
def test_only_texts_are_coded(compiled):
    with pytest.raises(TypeError, match="only texts"):
        TextCoder(compiled=compiled).code(pd.Series(["a", 1], dtype=object))
    empty = TextCoder(compiled=compiled)
    assert empty.code(pd.Series([], dtype="str")).tolist() == []
    assert [part.tolist() for part in empty.ranked()] == [[], []]


@pytest.mark.parametrize("few", [0, 1000])
def test_ids_of_any_kind_are_ranked_by_their_text(monkeypatch, few):
    monkeypatch.setattr(module, "FEW_ROWS", few)
    codes, texts = coded_ids([np.array([10, 9, 2]), np.array(["b", "10"], dtype=object)[:1], []])
    assert texts.tolist() == ["10", "2", "9", "b"]
    assert [part.tolist() for part in codes] == [[0, 2, 1], [3], []]
    with pytest.raises(InputError, match="written alike"):
        coded_ids([np.array([10, 9]), np.array(["10"], dtype=object)])
    with pytest.raises(InputError, match="missing"):
        coded_ids([pd.Series(["a", None], dtype="str"), pd.Series(["b", "c"], dtype="str")])


def test_ascending_texts():
    assert strictly_ascending(pd.Series([], dtype="str"))
    assert strictly_ascending(pd.Series(["A", "a", "ä", "\U0001f600"], dtype="str"))
    assert not strictly_ascending(pd.Series(["a", None], dtype="str"))
    assert not strictly_ascending(pd.Series(["a", "b", "b"], dtype="str"))


@given(st.lists(st.integers(-9, 120), min_size=1, max_size=60), st.sampled_from([0, 1, 10**7, -(2**62)]))
def test_differential_whole_numbers_are_ranked_by_their_text(numbers, away):
    parts = [np.array(numbers), np.array(numbers[:3], dtype=np.int8), np.array([abs(away)], dtype=np.uint64), []]
    codes, texts = coded_ids(parts)
    written = [str(int(entry)) for part in parts for entry in part]
    assert texts.tolist() == sorted(set(written))
    assert [texts[place] for part in codes for place in part] == written
