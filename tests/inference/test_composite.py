import numpy as np
import pytest

from clusternet.errors import InputError
from clusternet.inference.composite import composite
from clusternet.metrics import METRICS, score
from clusternet.model import ClusteredNetwork, Network, Partition
from clusternet.planted import plant_survey


@pytest.fixture(scope="module")
def scores():
    tables = plant_survey(90, seed=5)
    network = Network.from_tables(tables.enterprises, tables.linkages, tables.resources, tables.recipes)
    labels = tables.truth.set_index("enterprise_id")["cluster"]
    clusters = Partition.from_labels(network.enterprise_ids, labels)
    return score(ClusteredNetwork(network, clusters), METRICS.values())


def plain(scores, weights):
    """The composite in plain Python."""
    wide = scores.wide()
    k = len(wide)
    total = sum(weights.values())
    result = np.ones(k)
    for family, weight in weights.items():
        cards = [c for c in scores.cards.values() if c.family == family and c.better != "neither" and c.name in wide]
        cards = [c for c in cards if wide[c.name].notna().any()]
        cards = [c for c in cards if c.core] or cards
        for cluster in range(k):
            shares = []
            for card in cards:
                sign = 1 if card.better == "higher" else -1
                values = [sign * round(v, 12) for v in wide[card.name]]
                mine = values[cluster]
                if not np.isnan(mine):
                    below, equal = sum(v < mine for v in values), sum(v == mine for v in values)
                    shares.append((below + (equal + 1) / 2) / k)
            result[cluster] *= (sum(shares) / len(shares)) ** (weight / total)
    return result


def test_it_is_the_weighted_geometric_mean_of_rank_shares(scores):
    weights = {"cohesion": 1.0, "complementarity": 2.0, "glue": 0.5}
    table = composite(scores, weights, draws=200).set_index("cluster").sort_index()
    np.testing.assert_allclose(table["composite"], plain(scores, weights), atol=1e-9)
    order = table["composite"].rank(ascending=False, method="min")
    assert order.tolist() == table["rank"].tolist()
    assert (table["rank_low"] <= table["rank_high"]).all()
    assert (table["rank_high"] > table["rank_low"]).any()
    assert table["composite"].between(0, 1).all()


def test_only_proportions_of_weights_matter_and_the_seed_decides(scores):
    first = composite(scores, {"cohesion": 1, "glue": 3}, draws=100, seed=2)
    second = composite(scores, {"glue": 30.0, "cohesion": 10.0}, draws=100, seed=2)
    assert first.equals(second)


def test_one_family_leaves_no_doubt_about_ranks(scores):
    table = composite(scores, {"cohesion": 1.0}, draws=50)
    assert (table["rank_low"] == table["rank"]).all()
    assert (table["rank_high"] == table["rank"]).all()


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({}, "at least one"),
        ({"cohesoin": 1}, "expected some of"),
        ({"cohesion": 0}, "above 0"),
        ({"cohesion": float("nan")}, "above 0"),
        ({"cohesion": True}, "above 0"),
    ],
)
def test_wrong_weights_are_refused(scores, weights, message):
    with pytest.raises(InputError, match=message):
        composite(scores, weights)


@pytest.mark.parametrize("draws", [0, True, 2.0])
def test_draws_are_checked(scores, draws):
    with pytest.raises(InputError, match="number of draws"):
        composite(scores, {"cohesion": 1}, draws=draws)
