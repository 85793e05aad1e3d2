import numpy as np
import pytest

from clusternet.inference.attributes import dealt, dealt_draws, orders, side_by_side
from clusternet.metrics import METRICS
from clusternet.model import ClusteredNetwork, Network, Partition
from clusternet.planted import plant_survey

METRICS_DEALT = [entry for entry in METRICS.values() if entry.card.null == "attributes"]


@pytest.fixture(scope="module")
def clustered():
    tables = plant_survey(60, seed=8, non_response=0.3, outside=0.2)
    network = Network.from_tables(tables.enterprises, tables.linkages, tables.resources, tables.recipes)
    labels = tables.truth.set_index("enterprise_id")["cluster"]
    return ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, labels))


@pytest.mark.parametrize("metric", METRICS_DEALT, ids=lambda metric: metric.name)
def test_many_at_once_are_as_one_by_one(clustered, metric):
    draws = dealt_draws(clustered, [metric], draws=4, seed=5).values[metric.name]
    for row, order in zip(draws, orders(clustered.network, 4, 5), strict=True):
        alone = metric(ClusteredNetwork(dealt(clustered.network, order), clustered.partition))
        np.testing.assert_allclose(row, alone, rtol=1e-12, atol=1e-12)


def test_copies_keep_every_linkage_and_every_need(clustered):
    network = clustered.network
    many = side_by_side(network, list(orders(network, 3, 0)))
    assert (many.n_enterprises, len(many.ties)) == (3 * network.n_enterprises, 3 * len(network.ties))
    assert len(many.outside_names) == 3 * len(network.outside_names)
    n = network.n_enterprises
    for copy in range(3):
        mine = many.flat.among(np.arange(copy * n, copy * n + n))
        theirs = network.flat.among(np.arange(n))
        np.testing.assert_array_equal(mine.first, theirs.first)
        np.testing.assert_array_equal(mine.second, theirs.second)
    assert many.ledger["quantity"].sum() == pytest.approx(3 * network.ledger["quantity"].sum())


def test_who_answered_changes_places_only_with_another_who_did(clustered):
    answered = clustered.network.answered[: clustered.network.n_enterprises]
    for order in orders(clustered.network, 5, 1):
        assert sorted(order) == list(range(len(order)))
        np.testing.assert_array_equal(answered[order], answered)
