"""I01 to I04 of lists of edges: how a file is laid out, cut and ordered changes nothing; every row is accounted for."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusternet.ingest import build_network, edge_blocks, edge_tables, read_edges, read_survey
from clusternet.ingest.names import clean_key, normalised_name
from clusternet.model import Network
from tests.strategies import examples

IDS = ["ورشة النور", "Café", "🪑", "007", "NA", "a b", "E1", "e1"]
WEIGHTS = ["0", "1", "2.5", "1e-9", "1000000000000"]
rows = st.lists(
    st.tuples(
        st.sampled_from(IDS), st.sampled_from(IDS), st.sampled_from(["stock", "labour"]), st.sampled_from(WEIGHTS)
    ),
    min_size=1,
    max_size=25,
)


def written(path, found, *, columns=("source", "target", "layer", "weight"), separator=",", end="\n"):
    places = [("source", "target", "layer", "weight").index(column) for column in columns]
    lines = [separator.join(columns), *(separator.join(row[place] for place in places) for row in found)]
    path.write_bytes((end.join(lines) + end).encode())
    return path


def same(one: Network, other: Network):
    pd.testing.assert_frame_equal(one.linkages, other.linkages, check_exact=True)
    assert one.node_ids.tolist() == other.node_ids.tolist()
    assert one.flat.weight.tobytes() == other.flat.weight.tobytes()
    assert one.dropped == other.dropped


@settings(max_examples=examples(8), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    found=rows,
    columns=st.permutations(["source", "target", "layer", "weight"]),
    separator=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n"]),
    block=st.sampled_from([64, 200, 1 << 22]),
    data=st.data(),
)
def test_I01_order_ends_columns_separators_line_ends_and_blocks_leave_no_trace(
    tmp_path, found, columns, separator, end, block, data
):
    usual = read_edges(written(tmp_path / "usual.csv", found))
    mixed = [
        (b, a, layer, weight) if data.draw(st.booleans()) else (a, b, layer, weight) for a, b, layer, weight in found
    ]
    order = data.draw(st.permutations(range(len(found))))
    path = written(
        tmp_path / "other.csv", [mixed[place] for place in order], columns=columns, separator=separator, end=end
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edge_tables, "SMALL_BYTES", 0)
        patch.setattr(edge_blocks, "BLOCK_BYTES", block)
        same(usual, read_edges(path))


@settings(max_examples=examples(8), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=rows, data=st.data())
def test_I02_a_file_in_two_holds_what_the_whole_one_holds(tmp_path, found, data):
    cut = data.draw(st.integers(0, len(found)))
    whole = read_edges(written(tmp_path / "whole.csv", found))
    halves = [
        read_edges(written(tmp_path / f"{place}.csv", part)).linkages
        for place, part in enumerate((found[:cut], found[cut:]))
        if part
    ]
    joined = pd.concat(halves, ignore_index=True)
    ids = sorted({end for row in found for end in row[:2]})
    again = Network.from_edges(
        *(joined[end].to_numpy(object) for end in ("source", "target")),
        joined["weight"],
        joined["layer"].to_numpy(object),
        nodes=ids,
    )
    columns = ["source", "target", "layer"]
    assert again.linkages[columns].values.tolist() == whole.linkages[columns].values.tolist()
    # Sums of sums may differ from the sum in the last digit, and in no other.
    np.testing.assert_allclose(again.linkages["weight"], whole.linkages["weight"], rtol=1e-15)


@settings(max_examples=examples(100))
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(IDS))
def test_I03_a_key_of_a_key_is_that_key_and_no_name_loses_all_of_it(name):
    assert normalised_name(normalised_name(name)) == normalised_name(name)
    assert clean_key(clean_key(name)) == clean_key(name)
    assert bool(normalised_name(name)) == bool(name)


@settings(max_examples=examples(8), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=rows)
def test_I04_every_row_is_kept_added_to_another_or_left_out_for_a_reason(tmp_path, found):
    survey = read_survey(written(tmp_path / "edges.csv", found))
    network = build_network(survey)
    self_links = sum(a == b for a, b, *_ in found)
    zero = sum(a != b and float(weight) == 0 for a, b, _, weight in found)
    ties = {(frozenset((a, b)), layer) for a, b, layer, weight in found if a != b and float(weight) > 0}
    assert network.dropped["self_links"] + network.dropped["zero_weights"] == self_links + zero
    assert len(network.ties) == len(ties)
    assert network.flat.total == pytest.approx(sum(float(weight) for a, b, _, weight in found if a != b))
    for table in survey.receipt.tables:
        assert table.read == table.kept + sum(table.dropped.values()) + sum(table.rejected.values())
