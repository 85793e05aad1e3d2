import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from clusternet.detect import find_clusters
from clusternet.errors import InputError
from clusternet.inference import score_clusters
from clusternet.inference.attributes import dealt
from clusternet.inference.families import VERDICTS
from clusternet.inference.significance import effect_sizes, p_values, q_values
from clusternet.metrics import METRICS
from clusternet.model import Network
from clusternet.model.scores import CLUSTER_COLUMNS
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
    untested = table[~table["metric"].str.partition(":")[0].isin([n for n in METRICS if METRICS[n].card.null])]
    assert untested["p_value"].isna().all()


def test_i27_needs_dealt_at_random_are_not_better_than_chance(planted):
    network, truth = planted
    p = []
    for seed in range(6):
        order = np.random.default_rng(seed).permutation(network.n_enterprises)
        table = score_clusters(dealt(network, order), truth, draws=49, seed=seed, null="fixed").table
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


def test_the_null_is_checked(planted):
    with pytest.raises(InputError, match="no null"):
        score_clusters(*planted, draws=3, null="hope")


def test_p_is_given_only_where_one_direction_is_good(planted):
    network, truth = planted
    scores = score_clusters(network, truth, draws=9, null="fixed")
    table = scores.table[scores.table["value"].notna()]
    neither = table["metric"].isin([name for name, entry in METRICS.items() if entry.card.better == "neither"])
    assert table.loc[neither, "p_value"].isna().all()
    assert table.loc[neither & table["metric"].eq("centralisation"), "chance_mean"].notna().any()
    assert table.loc[table["metric"].eq("density"), "p_value"].eq(0.1).all()
    assert scores.clusters["cohesion_index"].eq(1).all()
    assert table.loc[table["metric"].str.startswith("layer_density:"), "q_value"].notna().any()


def test_the_verdict_stands_beside_the_scores(planted):
    network, truth = planted
    scores = score_clusters(network, truth, draws=19, seed=2)
    assert tuple(scores.clusters.columns) == CLUSTER_COLUMNS
    assert scores.clusters["cluster"].tolist() == list(range(scores.n_clusters))
    assert set(scores.clusters["verdict"]) <= set(VERDICTS.values())
    assert (scores.clusters["cohesion_p"] >= 0.05).all()
    graph = score_clusters(Network.from_networkx(nx.karate_club_graph()), [i % 2 for i in range(34)], draws=9)
    assert graph.clusters["complementarity_p"].isna().all()
    assert graph.clusters["verdict"].eq("").all()


def test_without_draws_clusters_are_listed_and_not_tested(planted):
    clusters = score_clusters(*planted, draws=0).clusters
    assert len(clusters) > 1
    assert clusters["cohesion_p"].isna().all()


PRINTS = """
import hashlib, networkx, clusternet.inference as i, clusternet.detect as d
from clusternet.model import Network
network = Network.from_networkx(networkx.connected_caveman_graph(5, 6))
scores = i.score_clusters(network, d.find_clusters(network, "leiden"), draws=9, seed=3)
print(hashlib.sha256((scores.table.to_csv() + scores.clusters.to_csv()).encode()).hexdigest())
"""


def test_another_hash_seed_gives_the_same_bytes():
    printed = {
        subprocess.run(
            [sys.executable, "-c", PRINTS],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1


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


def test_bare_labels_stand_in_the_order_of_the_graph():
    graph = nx.karate_club_graph()
    network = Network.from_networkx(graph)
    by_node = {node: data["club"] for node, data in graph.nodes(data=True)}
    named = score_clusters(network, by_node, draws=0).wide()
    bare = score_clusters(network, [by_node[node] for node in graph], draws=0).wide()
    pd.testing.assert_frame_equal(named, bare)
    assert network.given_ids.tolist()[:12] == [str(node) for node in range(12)]
    with pytest.raises(InputError, match="labels for 34"):
        score_clusters(network, [0, 1], draws=0)
