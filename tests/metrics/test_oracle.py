"""Every metric against a second, simple implementation on random surveys."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusternet.metrics import METRICS, score
from clusternet.model import ClusteredNetwork, Network, Partition, Settings
from tests.metrics.oracle import Oracle
from tests.strategies import labels, tables


def records(table):
    return table.astype(object).where(table.notna(), None).to_dict("records")


@st.composite
def cases(draw):
    found = draw(tables())
    return (
        found,
        draw(labels(len(found["enterprises"]))),
        draw(st.sampled_from(["union", "intersection"])),
        draw(st.sampled_from([None, 100.0])),
        draw(st.sampled_from([0.0, 0.0, 0.01])),
    )


@settings(max_examples=60)
@given(cases())
def test_every_key_agrees_with_the_plain_implementation(case):
    found, given_labels, ties, poverty_line, haulage = case
    declared = Settings(ties=ties, poverty_line=poverty_line, haulage=haulage)
    network = Network.from_tables(**found, settings=declared)
    partition = Partition(network.enterprise_ids, np.array(given_labels))
    wide = score(ClusteredNetwork(network, partition), METRICS.values()).wide()
    oracle = Oracle(
        *(records(found[name]) for name in ("enterprises", "linkages", "resources", "recipes")),
        ties,
        poverty_line,
        haulage,
    )
    for cluster in range(partition.n_clusters):
        members = set(network.enterprise_ids[partition.codes == cluster])
        for key in wide.columns:
            name, _, layer = key.partition(":")
            expected = getattr(oracle, name)(members, *([layer] if layer else []))
            assert wide.loc[cluster, key] == pytest.approx(expected, rel=1e-9, abs=1e-9, nan_ok=True), (key, members)


def test_the_plain_implementation_knows_every_key():
    missing = [name for name in METRICS if not hasattr(Oracle, name)]
    assert missing == []
