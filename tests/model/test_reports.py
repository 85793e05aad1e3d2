"""Leaving reporters out of the ties is the same as leaving their rows out of the table."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from clusternet.model import Network, Settings
from clusternet.model.layers import Layer
from clusternet.model.reports import without_reporters
from tests.strategies import tables

#: A roster question: only the source was asked, so that a tie is confirmed by its return.
ROSTER = Settings(layers={"knowledge": Layer("knowledge", "Know-how", "glue", directed=True, asked="source")})


@settings(max_examples=60)
@given(tables(least=2), st.data(), st.sampled_from([Settings(), ROSTER]))
def test_without_reporters_agrees_with_a_table_without_their_rows(given_tables, data, declared):
    network = Network.from_tables(**given_tables, settings=declared)
    ids = network.enterprise_ids
    silent = data.draw(st.lists(st.booleans(), min_size=len(ids), max_size=len(ids)))
    rows = given_tables["linkages"]
    reporter = rows["reporter"].where(rows["reporter"].notna(), rows["source"])
    reporter = reporter.where(reporter.isin(ids), rows["target"])
    ends = (reporter == rows["source"]) | (reporter == rows["target"])
    gone = reporter.isin(ids[np.array(silent)]) & ends
    expected = Network.from_tables(
        **{**given_tables, "linkages": rows[~gone]},
        settings=declared.replaced(),
        layers=network.layers,
    )
    mask = np.append(np.array(silent), np.zeros(len(network.outside_names), dtype=bool))
    left = without_reporters(network.ties, mask, network.layers)
    names = [layer.name for layer in network.layers]
    found = pd.DataFrame(
        {
            "source": network.node_ids[left.source],
            "target": network.node_ids[left.target],
            "layer": [names[place] for place in left.layer],
            "n_reports": left.n_reports,
            "confirmed": left.confirmed,
        }
    )
    wanted = expected.linkages[["source", "target", "layer", "n_reports"]].assign(confirmed=expected.ties.confirmed)
    keys = ["source", "target", "layer"]
    pd.testing.assert_frame_equal(
        found.sort_values(keys, ignore_index=True).astype(object),
        wanted.sort_values(keys, ignore_index=True).astype(object),
    )
