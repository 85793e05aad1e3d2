import networkx as nx
import numpy as np
import pandas as pd
import pytest

from clusternet.detect import find_clusters
from clusternet.errors import InputError
from clusternet.inference import score_clusters
from clusternet.inference.attributes import dealt
from clusternet.inference.significance import effect_sizes, p_values, q_values
from clusternet.metrics import METRICS
from clusternet.model import Network
from clusternet.planted import plant_survey


@pytest.fixture(scope="module")
def planted():
    tables = plant_survey(120, seed=3)
    return Network.from_tables(
        tables.enterprises, tables.linkages, tables.resources, tables.recipes
    ), tables.truth.set_index("enterprise_id")["cluster"]


def test_planted_chains_are_better_than_chance_and_p_is_never_zero(planted):
    network, truth = planted
    table = score_clusters(network, truth, draws=99, seed=1).table
    tested = table[table["metric"].eq("need_coverage")]
    assert (tested["p_value"] >= 0.01).all()
    assert (tested["p_value"] <= 1).all()
    assert tested["p_value"].median() < 0.1
    assert (tested["q_value"] >= tested["p_value"]).all()
    assert (tested["effect"] > 0).mean() > 0.8
    untested = table[~table["metric"].isin([name for name in METRICS if METRICS[name].card.null])]
    assert untested["p_value"].isna().all()


def test_i27_needs_dealt_at_random_are_not_better_than_chance(planted):
    network, truth = planted
    p = []
    for seed in range(6):
        order = np.random.default_rng(seed).permutation(network.n_enterprises)
        table = score_clusters(dealt(network, order), truth, draws=99, seed=seed).table
        p += table.loc[table["metric"].eq("need_coverage"), "p_value"].tolist()
    assert 0.35 < np.mean(p) < 0.65


def test_same_seed_same_bytes(planted):
    network, truth = planted
    first, second = (score_clusters(network, truth, draws=19, seed=4).table for _ in range(2))
    pd.testing.assert_frame_equal(first, second)
    other = score_clusters(network, truth, draws=19, seed=5).table
    assert not first["p_value"].equals(other["p_value"])


def test_dealing_keeps_what_belongs_to_one_enterprise_together(planted):
    network, _ = planted
    order = np.random.default_rng(0).permutation(network.n_enterprises)
    again = dealt(network, order)
    for place in range(network.n_enterprises):
        theirs = network.ledger[network.ledger["enterprise"] == order[place]].drop(columns="enterprise")
        mine = again.ledger[again.ledger["enterprise"] == place].drop(columns="enterprise")
        pd.testing.assert_frame_equal(theirs.reset_index(drop=True), mine.reset_index(drop=True))
        assert again.register["stage"].iloc[place] == network.register["stage"].iloc[order[place]] or pd.isna(
            again.register["stage"].iloc[place]
        )
    assert again.register["workers"].equals(network.register["workers"])


def test_any_partition_of_any_graph_is_scored_in_one_call():
    graph = nx.karate_club_graph()
    labels = {node: data["club"] for node, data in graph.nodes(data=True)}
    scores = score_clusters(Network.from_networkx(graph), labels, draws=9)
    assert scores.n_clusters == 2
    expected = nx.conductance(graph, [node for node in graph if labels[node] == "Officer"], weight="weight")
    assert expected in scores.wide()["conductance"].tolist() or np.isclose(scores.wide()["conductance"], expected).any()


def test_no_cluster_gives_an_empty_table():
    network = Network.from_edges([], [], nodes=["a", "b"])
    scores = score_clusters(network, find_clusters(network))
    assert len(scores.table) == 0
    assert len(scores.wide()) == 0


@pytest.mark.parametrize("draws", [-1, 1.5, True, 10**9])
def test_draws_are_checked(planted, draws):
    with pytest.raises(InputError, match="number of draws"):
        score_clusters(*planted, draws=draws)


def test_p_values_by_hand():
    draws = np.array([[1.0, np.nan], [2.0, np.nan], [3.0, np.nan]])
    assert p_values(np.array([2.0, 1.0]), draws, better="higher")[0] == (1 + 2) / 4
    assert p_values(np.array([2.0, 1.0]), draws, better="lower")[0] == (1 + 2) / 4
    assert np.isnan(p_values(np.array([2.0, 1.0]), draws, better="higher")[1])
    assert np.isnan(p_values(np.array([np.nan, 1.0]), draws, better="higher")[0])
    mean, effect = effect_sizes(np.array([4.0, 1.0]), draws)
    assert mean[0] == 2
    assert effect[0] == 2
    assert np.isnan(effect[1])


def test_q_values_by_hand():
    np.testing.assert_allclose(q_values(np.array([0.005, 0.02, 0.03, 0.9])), [0.02, 0.04, 0.04, 0.9])
    assert q_values(np.array([np.nan])).tolist() != [0]
