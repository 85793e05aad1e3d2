"""The default method: what it finds, what it does not, how sure it is, and what it can be told."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_mutual_info_score

from clusternet.detect import find_clusters
from clusternet.model import Network, Partition
from clusternet.planted import plant_survey


def named(graph) -> Network:
    return Network.from_networkx(nx.relabel_nodes(graph, {node: f"N{node:04d}" for node in graph}))


def blocks_of(sizes, inside, between, seed=1):
    matrix = np.full((len(sizes), len(sizes)), between)
    np.fill_diagonal(matrix, inside)
    graph = nx.stochastic_block_model(sizes, matrix, seed=seed)
    return named(nx.Graph(graph.edges)), np.repeat(np.arange(len(sizes)), sizes)


def agreement(network, truth, **options):
    labels = find_clusters(network, **options).codes
    labels = np.where(labels < 0, labels.max() + 1 + np.arange(len(labels)), labels)
    return adjusted_mutual_info_score(truth, labels)


@pytest.mark.parametrize("seed", range(4))
def test_random_networks_are_left_in_one_piece(seed):
    for graph in (
        nx.gnm_random_graph(60, 240, seed=seed),
        nx.random_regular_graph(6, 100, seed=seed),
        nx.Graph(nx.configuration_model(sorted(1 + np.random.default_rng(seed).zipf(2.5, 200) % 40)[1:], seed=seed))
        if (1 + np.random.default_rng(seed).zipf(2.5, 200) % 40).sum() % 2 == 0
        else nx.gnm_random_graph(200, 800, seed=seed),
    ):
        graph.remove_edges_from(list(nx.selfloop_edges(graph)))
        largest = graph.subgraph(max(nx.connected_components(graph), key=len))
        clusters = find_clusters(named(nx.convert_node_labels_to_integers(largest)))
        assert clusters.n_clusters == 1
        assert not clusters.clusters["beyond_chance"].any()
        assert np.isnan(clusters.member_certainty).all()


def test_uneven_blocks_that_modularity_merges():
    network, truth = blocks_of([60, 40, 20, 12, 8, 8, 6], 0.5, 0.01)
    assert agreement(network, truth) > 0.97


def test_it_sees_through_a_layer_of_noise():
    generator = np.random.default_rng(4)
    truth = np.arange(120) // 15
    every = np.array([(i, j) for i in range(120) for j in range(i + 1, 120)])
    inside = truth[every[:, 0]] == truth[every[:, 1]]
    glue = every[generator.random(len(every)) < np.where(inside, 0.5, 0.01)]
    noise = every[generator.random(len(every)) < 0.3]
    ends = np.concatenate([glue, noise])
    layer = ["stock"] * len(glue) + ["association"] * len(noise)
    network = Network.from_edges(*ends.T, layer=layer, nodes=np.arange(120))
    truth = truth[network.enterprise_ids.astype(int)]
    assert agreement(network, truth) > 0.95
    assert agreement(network, truth, method="leiden") < 0.95


def test_it_sees_heavier_linkages_where_density_says_nothing():
    generator = np.random.default_rng(4)
    truth = np.arange(90) // 30
    every = np.array([(i, j) for i in range(90) for j in range(i + 1, 90)])
    every = every[generator.random(len(every)) < 0.3]
    inside = truth[every[:, 0]] == truth[every[:, 1]]
    weight = generator.lognormal(0, 0.4, len(every)) * np.where(inside, 5, 1)
    network = Network.from_edges(*every.T, weight, nodes=np.arange(90))
    assert agreement(network, truth[network.enterprise_ids.astype(int)]) > 0.95


def test_certainty_stability_shares_and_support_are_there():
    tables = plant_survey(150, noise=0.45, seed=3)
    network = Network.from_tables(tables.enterprises, tables.linkages)
    clusters = find_clusters(network)
    inside = clusters.codes >= 0
    assert clusters.certainty[inside].between(0, 1).all()
    assert clusters.certainty[inside].nunique() > 5
    table = clusters.clusters
    assert table["size"].tolist() == clusters.sizes.tolist()
    assert table["stability"].between(0, 1).all()
    shares = clusters.shares
    total = shares.groupby("enterprise_id")["share"].sum()
    assert total.max() <= 1 + 1e-9
    own = shares.merge(clusters.labels.rename("own").reset_index(), on="enterprise_id")
    own = own[own["cluster"] == own["own"]].set_index("enterprise_id")["share"]
    pd.testing.assert_series_equal(own, clusters.certainty[own.index], check_names=False, check_exact=False, atol=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_seeds_agree(seed):
    tables = plant_survey(300, noise=0.3, seed=7)
    network = Network.from_tables(tables.enterprises, tables.linkages)
    one, other = (find_clusters(network, seed=s).codes for s in (seed, seed + 10))
    assert adjusted_mutual_info_score(one, other) > 0.99


def test_limits_of_size():
    network, _ = blocks_of([40, 30, 10, 5], 0.6, 0.01)
    smaller = find_clusters(network, largest=12)
    assert smaller.sizes.max() <= 12
    larger = find_clusters(network, smallest=8)
    assert larger.sizes.tolist() == [40, 30, 10]
    assert (larger.codes < 0).sum() == 5


def test_whoever_is_unsure_can_be_left_out():
    cliques = [(i, j) for start in (0, 8) for i in range(start, start + 8) for j in range(i + 1, start + 8)]
    graph = nx.Graph([*cliques, *((i, 16) for i in (0, 1, 2, 3, 8, 9, 10, 11))])
    network = named(graph)
    everybody, sure = find_clusters(network), find_clusters(network, unsure=0.9)
    assert everybody.codes[16] >= 0
    assert sure.codes[16] == -1
    assert sure.sizes.tolist() == [8, 8]
    both = everybody.shares.set_index("enterprise_id").loc["N0016"]
    assert len(both) == 2


def test_a_component_left_whole_keeps_its_members_beside_a_divided_one():
    cliques = [(i, j) for start in (0, 8) for i in range(start, start + 8) for j in range(i + 1, start + 8)]
    loose = nx.relabel_nodes(nx.random_regular_graph(4, 20, seed=1), lambda node: node + 100)
    graph = nx.Graph([*cliques, (0, 8), *loose.edges])
    clusters = find_clusters(named(graph))
    shares = clusters.shares.groupby("enterprise_id")["share"].sum()
    assert clusters.sizes.tolist() == [20, 8, 8]
    assert len(shares) == 36
    assert shares.min() > 0.99


def test_what_was_not_measured_is_missing():
    network, truth = blocks_of([6, 6], 0.9, 0.1)
    given = Partition.from_labels(network.enterprise_ids, truth)
    assert given.clusters["beyond_chance"].isna().all()
    assert len(given.shares) == 12


def test_large_networks_take_the_short_way(monkeypatch):
    monkeypatch.setattr("clusternet.detect.natural._LARGE", 100)
    network, truth = blocks_of([25] * 12, 0.4, 0.01)
    assert agreement(network, truth) > 0.97
    loose = named(nx.gnm_random_graph(200, 900, seed=3))
    assert find_clusters(loose).n_clusters == 1
    limited = find_clusters(network, largest=10)
    assert limited.sizes.max() <= 10


_DIGEST = """
import hashlib
from clusternet.detect import find_clusters
from clusternet.model import Network, Partition
from clusternet.planted import plant_survey
tables = plant_survey(120, noise=0.4, seed=5)
found = find_clusters(Network.from_tables(tables.enterprises, tables.linkages))
parts = [found.codes, found.member_certainty, found.membership.toarray(), found.cluster_stability, found.cluster_support]
print(hashlib.sha256(b"".join(part.tobytes() for part in parts)).hexdigest())
"""


def test_f11_threads_and_hash_seeds_leave_no_trace():
    digests = set()
    for threads, hash_seed in (("1", "0"), ("2", "1"), ("8", "2")):
        names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS", "MKL_NUM_THREADS")
        given = {**os.environ, **dict.fromkeys(names, threads), "PYTHONHASHSEED": hash_seed}
        if threads == "8":
            del given["NUMBA_NUM_THREADS"]
        done = subprocess.run([sys.executable, "-c", _DIGEST], env=given, check=True, capture_output=True, text=True)
        digests.add(done.stdout)
    assert len(digests) == 1


def test_where_nobody_is_sure_there_is_no_cluster():
    # Groups of at most twelve can be had of a random network, but no firm is sure of its own.
    network = named(nx.gnm_random_graph(60, 150, seed=12))
    found = find_clusters(network, seed=1, largest=12, unsure=0.95)
    assert found.n_clusters == 0
    assert found.member_certainty.max() < 0.95


@pytest.mark.parametrize("method", ["natural", "leiden", "infomap"])
def test_networks_in_several_threads_are_as_one_by_one(method):
    networks = [named(nx.planted_partition_graph(4, 8, 0.6, 0.08, seed=seed)) for seed in range(6)]

    def digest(network):
        found = find_clusters(network, method, seed=3)
        return found.codes.tobytes() + found.member_certainty.tobytes()

    one_by_one = [digest(network) for network in networks]
    for threads in (2, 8):
        with ThreadPoolExecutor(threads) as pool:
            assert list(pool.map(digest, networks)) == one_by_one
