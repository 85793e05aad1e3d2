"""Blocks of edges: what the compiled walk over the bytes finds is what the csv module finds, or nothing."""

import csv
import hashlib
import io
from itertools import chain, pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clusternet.ingest import edge_blocks
from clusternet.ingest.edge_blocks import OddTableError, TextLayout, parquet_blocks, read_ahead, text_blocks

HEADER = ("source", "target", "layer", "weight", "remark")
CELLS = st.text(st.sampled_from(list('aBé",;\n\r\t 0ش')), max_size=4)
WEIGHTS = st.one_of(
    st.floats(0, allow_nan=False, allow_infinity=False).map(repr),
    st.integers(0, 10**17).map(str),
    st.decimals(0, 10**6, allow_nan=False, places=4).map(str),
    st.sampled_from(["-1", "1e400", "", "1,5", "x", "+2", ".5", "7.", "1..2", ".", "-0", "1e-7", "00012", "1_0"]),
)


@pytest.fixture(autouse=True, scope="module")
def small_blocks():
    """Let rows fall across the ends of blocks all the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edge_blocks, "BLOCK_BYTES", 97)
        patch.setattr(edge_blocks, "_HARD_ROWS", 3)
        yield


def decoded(texts):
    """Return the texts of a block."""
    data = texts.letters.tobytes()
    ends = texts.ends.tolist()
    return [data[begin:end].decode() for begin, end in pairwise(ends)]


def rows_of(path, columns, separator=",", begin=0):
    """Return all rows of a table as the blocks hold them."""
    digest = hashlib.sha256()
    found = []
    for block in text_blocks(path, TextLayout(begin, separator, columns), digest):
        ids = decoded(block.ids[0])
        ends = [ids[1::2], ids[0::2]] if block.flipped else [ids[0::2], ids[1::2]]
        layers = decoded(block.layers) if block.layers else [""] * len(ends[0])
        weights = block.weight.tolist() if block.weight is not None else [1.0] * len(ends[0])
        found += zip(*ends, layers, weights, strict=True)
    assert digest.hexdigest() == hashlib.sha256(path.read_bytes()).hexdigest()
    return found


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS, WEIGHTS, CELLS), min_size=1, max_size=12),
    st.permutations(HEADER),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([",", "\t"]),
    st.booleans(),
)
@example([("a", "b", "c", "1", ""), ("", "b", "c", "1", "")], HEADER, csv.QUOTE_MINIMAL, "\n", ",", True)
def test_rows_are_those_of_the_csv_module_or_odd(tmp_path_factory, rows, order, quoting, line_end, separator, cut):
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=quoting, lineterminator=line_end, delimiter=separator)
    writer.writerows([row[HEADER.index(name)] for name in order] for row in rows)
    text = stream.getvalue().removesuffix(line_end) if cut else stream.getvalue()
    path = tmp_path_factory.getbasetemp() / "blocks.csv"
    path.write_bytes(text.encode())
    expected = expected_rows(text, order, separator)
    plain = expected is not None and all(
        all(cell == cell.strip() != "" and cell[0] > " " for cell in ids)
        and len(weight) < 16
        and weight.replace(".", "", 1).isdecimal()
        for *ids, weight in expected
    )
    try:
        found = rows_of(path, tuple(order), separator)
    except OddTableError:
        assert not plain, "nothing about these rows is odd"
        return
    assert found == [(*texts, float(weight)) for *texts, weight in expected]


def expected_rows(text, order, separator):
    """Return source, target, layer and weight of every row; None where a row is no row of the table."""
    expected = []
    for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
        if record and len(record) != len(order):
            return None
        if record:
            cells = dict(zip(order, record, strict=True))
            expected.append([cells[name] for name in HEADER[:4]])
    return expected


@pytest.mark.parametrize(
    "text",
    [
        "a,b\nc\n",
        "a,b\nc,d,e\n",
        "a,b\nc,\n",
        "a,b\n ,d\n",
        "a,b\nc ,d\n",
        'a,b\n"c"x,d\n',
        'a,b\n"c,d\n',
        "a,b\n,\n",
        "a,b\nc\x00c,d\n",
        "a," + "b" * 200 + "\n",
        "a,b\nc",
        "a,b\nc,",
    ],
)
def test_odd_rows(tmp_path, text):
    (tmp_path / "a.csv").write_text(text)
    with pytest.raises(OddTableError):
        rows_of(tmp_path / "a.csv", ("source", "target"))


@pytest.mark.parametrize("data", [b"a,b\nc\xff,d\n", b"a,b\n" + b"xy,z\n" * 19 + "é,b\n".encode()[:1], b"a,b\nc,\xc3"])
def test_bytes_that_are_no_utf8_are_odd(tmp_path, data):
    (tmp_path / "a.csv").write_bytes(data)
    with pytest.raises(OddTableError):
        rows_of(tmp_path / "a.csv", ("source", "target"))


def test_letters_across_the_end_of_a_block(tmp_path):
    rows = [(f"é{number}ش", f"شé{number}", "", 1.0) for number in range(60)]
    (tmp_path / "a.csv").write_text("".join(f"{a},{b}\n" for a, b, *_ in rows), encoding="utf-8")
    assert rows_of(tmp_path / "a.csv", ("source", "target")) == rows


def test_blank_lines_are_no_rows(tmp_path):
    (tmp_path / "a.csv").write_text("\n\r\na,b\n\n\nc,d\r\n\r\n")
    assert rows_of(tmp_path / "a.csv", ("target", "source")) == [("b", "a", "", 1.0), ("d", "c", "", 1.0)]


def test_reading_ahead_gives_the_same_blocks_and_the_same_fault():
    assert list(read_ahead(iter("abcdef"))) == list("abcdef")

    def failing():
        yield "a"
        raise OddTableError

    with pytest.raises(OddTableError):
        list(read_ahead(failing()))


@pytest.mark.parametrize("kind", ["string", "large_string", "dictionary", "int64", "uint8"])
def test_parquet_columns_of_every_kind(tmp_path, monkeypatch, kind):
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr(edge_blocks, "BLOCK_ROWS", 2)
    numbers = ["3", "1", "2", "1", "3"]
    column = pa.array(numbers).dictionary_encode() if kind == "dictionary" else pa.array(numbers).cast(kind)
    pq.write_table(pa.table({"from": column, "target": column[::-1], "weight": np.arange(5)}), tmp_path / "a.parquet")
    columns = {"source": "from", "target": "target", "weight": "weight"}
    digest = hashlib.sha256()
    blocks = [
        (decoded(source), decoded(target), weight.tolist())
        for (source, target), _, _, weight in parquet_blocks(tmp_path / "a.parquet", columns, digest)
    ]
    assert [list(chain(*parts)) for parts in zip(*blocks, strict=True)] == [numbers, numbers[::-1], [0, 1, 2, 3, 4]]
    assert digest.hexdigest() == hashlib.sha256((tmp_path / "a.parquet").read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("source", ["a", None]),
        ("source", [1.5, 2.0]),
        ("weight", [1.0, -1.0]),
        ("weight", [1.0, None]),
        ("weight", ["1", "2"]),
    ],
)
def test_odd_parquet(tmp_path, column, values):
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    table = {"source": ["a", "b"], "target": ["b", "c"], "weight": [1.0, 2.0], column: values}
    pq.write_table(pa.table(table), tmp_path / "a.parquet")
    with pytest.raises(OddTableError):
        list(parquet_blocks(tmp_path / "a.parquet", dict(zip(table, table, strict=True)), hashlib.sha256()))


def test_a_file_that_is_no_parquet_is_odd(tmp_path):
    pytest.importorskip("pyarrow")
    (tmp_path / "a.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(OddTableError):
        list(parquet_blocks(tmp_path / "a.parquet", {"source": "source", "target": "target"}, hashlib.sha256()))
