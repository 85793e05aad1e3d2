"""The tidy table is the same as one written down row by row."""

from dataclasses import replace

import numpy as np
import pandas as pd

from clusternet.ingest import build_network
from clusternet.metrics import METRICS, score
from clusternet.model import ClusteredNetwork, Network, Partition
from clusternet.model.scores import COLUMNS
from clusternet.planted import plant_survey

#: The only resource whose offers keep their price.
FEW = "cartons"


def _row_by_row(c: ClusteredNetwork) -> pd.DataFrame:
    """Write down every value with its note, one row at a time."""
    rows = []
    for entry in METRICS.values():
        values = np.asarray(entry(c), dtype=np.float64)
        notes = [""] * c.k if entry.note is None else entry.note(c)
        layers = [f":{layer.name}" for layer in c.network.layers] if entry.card.per_layer else [""]
        for column, layer in enumerate(layers):
            for cluster in range(c.k):
                value = values[cluster, column] if entry.card.per_layer else values[cluster]
                note = entry.card.undefined if np.isnan(value) else notes[cluster]
                rows.append((cluster, entry.card.family, f"{entry.name}{layer}", value, *[np.nan] * 6, note))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"cluster": "int64"})


def test_differential_tidy_table():
    tables = plant_survey(60, seed=5)
    resources = tables.resources
    resources = resources.assign(unit_cost=resources["unit_cost"].where(resources["resource"].eq(FEW)))
    network = build_network(replace(tables, resources=resources).survey())
    for c in (
        ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, np.arange(60) % 3)),
        ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, np.full(60, -1))),
    ):
        found = score(c, METRICS.values(), tables=False).table
        expected = _row_by_row(c)
        pd.testing.assert_frame_equal(found, expected, check_exact=True, check_dtype=bool(c.k))
        assert found["note"].str.startswith("Left out").any() == bool(c.k)


def test_no_metric_gives_an_empty_table():
    network = Network.from_edges(["a", "b"], ["b", "c"])
    c = ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, [0, 0, 0]))
    assert list(score(c, [], tables=False).table.columns) == list(COLUMNS)
