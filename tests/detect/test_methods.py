"""What every detection method keeps."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_mutual_info_score

from clusternet.detect import METHODS, Method, find_clusters, method
from clusternet.errors import InputError
from clusternet.model import Network
from clusternet.planted import plant_survey
from tests.strategies import tables


def planted(blocks=8, size=50, inside=0.3, between=0.005, seed=1):
    graph = nx.planted_partition_graph(blocks, size, inside, between, seed=seed)
    names = {node: f"N{node:04d}" for node in graph}
    truth = pd.Series({names[node]: node // size for node in graph})
    return Network.from_networkx(nx.relabel_nodes(graph, names)), truth


def ring_of_cliques(cliques=12, size=5):
    graph = nx.ring_of_cliques(cliques, size)
    names = {node: f"N{node:04d}" for node in graph}
    return Network.from_networkx(nx.relabel_nodes(graph, names)), pd.Series(
        {names[node]: node // size for node in graph}
    )


@pytest.mark.parametrize("name", METHODS)
class TestEveryMethod:
    def test_card_is_complete(self, name):
        card = METHODS[name].card
        assert card.name == name
        assert card.sentence.endswith(".")
        assert all([card.label, card.assumes, card.reference])

    @settings(max_examples=40)
    @given(found=tables(most=14))
    def test_i12_clusters_are_connected_and_of_two_or_more(self, name, found):
        network = Network.from_tables(**found)
        clusters = find_clusters(network, name)
        flat = network.to_networkx()
        for cluster in range(clusters.n_clusters):
            members = network.enterprise_ids[clusters.codes == cluster]
            assert len(members) >= 2
            assert nx.is_connected(flat.subgraph(members))
        assert len(clusters.codes) == network.n_enterprises

    @settings(max_examples=15)
    @given(found=tables(most=12), seed=st.integers(0, 5), scale=st.sampled_from([3.7, 0.001, 1e6]))
    def test_i09_i10_order_and_scale_leave_no_trace(self, name, found, seed, scale):
        before = find_clusters(Network.from_tables(**found), name, seed=1)
        linkages = found["linkages"].sample(frac=1, random_state=seed)
        linkages = linkages.assign(weight=linkages["weight"] * scale)
        after = find_clusters(
            Network.from_tables(
                **{**found, "enterprises": found["enterprises"].sample(frac=1, random_state=seed), "linkages": linkages}
            ),
            name,
            seed=1,
        )
        assert before.codes.tobytes() == after.codes.tobytes()

    def test_i11_an_isolated_firm_changes_no_other(self, name):
        network, _ = planted(4, 20, 0.4, 0.02)
        more = Network.from_igraph(_with_isolated(network))
        before, after = find_clusters(network, name).labels, find_clusters(more, name).labels
        assert after["A isolated"] == -1
        assert after.drop("A isolated").tolist() == before.tolist()

    def test_i13_components_are_processed_apart(self, name):
        one, _ = planted(3, 15, 0.4, 0.02, seed=1)
        two, _ = planted(2, 15, 0.4, 0.02, seed=2)
        both = nx.union(one.to_networkx(), nx.relabel_nodes(two.to_networkx(), lambda i: "Z" + i))
        joint = find_clusters(Network.from_networkx(both), name).labels
        for network, prefix in ((one, ""), (two, "Z")):
            alone = find_clusters(network, name).labels
            part = joint[[prefix + i for i in alone.index]]
            assert adjusted_mutual_info_score(part, alone) == pytest.approx(1)

    @pytest.mark.parametrize("graph", ["empty", "one", "two", "isolated", "complete", "star", "bipartite"])
    def test_c20_c21_special_networks(self, name, graph):
        graphs = {
            "empty": nx.Graph(),
            "one": nx.empty_graph(1),
            "two": nx.path_graph(2),
            "isolated": nx.empty_graph(5),
            "complete": nx.complete_graph(6),
            "star": nx.star_graph(6),
            "bipartite": nx.complete_bipartite_graph(3, 4),
        }
        network = Network.from_networkx(graphs[graph])
        clusters = find_clusters(network, name)
        assert len(clusters.codes) == graphs[graph].number_of_nodes()
        if graph in ("empty", "one", "isolated"):
            assert clusters.n_clusters == 0
        if graph == "two":
            assert clusters.codes.tolist() == [0, 0]

    def test_i15_planted_blocks_come_back_from_every_seed(self, name):
        network, truth = planted()
        found = [find_clusters(network, name, seed=seed) for seed in range(3 if name == "natural" else 6)]
        if name == "leiden_cpm":
            found = [find_clusters(network, name, seed=seed, resolution=0.08) for seed in range(6)]
        assert all(
            adjusted_mutual_info_score(truth[clusters.labels.index], clusters.codes) > 0.99 for clusters in found
        )

    def test_global_random_state_is_left_alone(self, name):
        import random

        random.seed(5)
        expected = random.Random(5).random()
        find_clusters(planted(2, 10, 0.5, 0.05)[0], name)
        assert random.random() == expected


def _with_isolated(network):
    graph = network.to_igraph()
    graph.add_vertex("A isolated")
    return graph


@pytest.mark.parametrize("name", ["natural", "leiden_cpm", "infomap", "walktrap"])
def test_i16_ring_of_cliques(name):
    network, truth = ring_of_cliques()
    clusters = find_clusters(network, name)
    assert adjusted_mutual_info_score(truth[clusters.labels.index], clusters.codes) == pytest.approx(1)


def test_i14_natural_is_at_least_as_short_as_the_trivial_partitions():
    from clusternet.detect.description import description_length

    network, _ = planted(5, 12, 0.5, 0.05, seed=4)
    flat = network.flat
    found = find_clusters(network).codes
    alone = np.where(found < 0, found.max() + 1 + np.arange(len(found)), found)
    n = network.n_enterprises
    assert description_length(flat, alone) <= description_length(flat, np.zeros(n, dtype=int)) + 1e-6
    assert description_length(flat, alone) <= description_length(flat, np.arange(n)) + 1e-6


def test_natural_finds_many_small_clusters_that_modularity_merges():
    tables = plant_survey(3000, seed=2)
    network = Network.from_tables(tables.enterprises, tables.linkages)
    truth = tables.truth.set_index("enterprise_id")["cluster"].reindex(network.enterprise_ids)
    natural, leiden = (
        adjusted_mutual_info_score(truth, find_clusters(network, name).codes) for name in ("natural", "leiden")
    )
    assert natural > 0.98 > 0.9 > leiden


@pytest.mark.parametrize(
    ("name", "options", "match"),
    [
        ("leiden", {"resolution": 0}, "expected a number"),
        ("leiden", {"resolution": float("nan")}, "expected a number"),
        ("leiden", {"resolution": 1e9}, "expected a number"),
        ("leiden", {"resolution": "high"}, "expected a number"),
        ("leiden", {"resolutoin": 1}, 'Did you mean "resolution"'),
        ("lieden", {}, 'Did you mean "leiden"'),
        ("natural", {"seed": -1}, "whole number"),
    ],
)
def test_d15_bad_options_are_refused_before_any_work(name, options, match):
    network, _ = planted(2, 5, 0.9, 0.1)
    with pytest.raises(InputError, match=match):
        find_clusters(network, name, **options)


def test_a_method_from_outside():
    @method(label="Halves", assumes="nothing", deterministic=True, reference="none")
    def halves(pairs, *, seed):
        """Cut the list of enterprises in two."""
        return (np.arange(pairs.n_nodes) >= pairs.n_nodes / 2).astype(int)

    assert isinstance(halves, Method)
    network = Network.from_edges(list("abc"), list("bcd"))
    assert find_clusters(network, halves).codes.tolist() == [0, 0, 1, 1]


def test_d17_pieces_of_a_group_become_clusters_of_their_own():
    @method(label="Ends", assumes="nothing", deterministic=True, reference="none")
    def ends(pairs, *, seed):
        """Put both ends of a path together, which are not linked."""
        return np.array([0, 0, 1, 1, 0, 0])

    network = Network.from_edges(list("abcde"), list("bcdef"))
    assert find_clusters(network, ends).codes.tolist() == [0, 0, 1, 1, 2, 2]


def test_outside_partners_are_never_members():
    firms = pd.DataFrame({"enterprise_id": ["a", "b"]})
    links = pd.DataFrame({"source": ["a", "a", "b"], "target": ["b", "X", "X"], "layer": "supply"})
    assert find_clusters(Network.from_tables(firms, links)).codes.tolist() == [0, 0]


def test_d16_leiden_ends_where_igraph_would_swing_for_ever():
    from clusternet.detect.modularity import leiden
    from clusternet.model.pairs import Pairs

    star = Pairs(np.array([0, 1, 2]), np.array([3, 3, 3]), np.array([1.63540338e-06, 0.370935887, 2.62906248]), 4)
    assert len(leiden(star, seed=3962133751, resolution=1.9999999999999998).labels) == 4


@pytest.mark.parametrize("name", ["natural", "leiden", "infomap"])
def test_d14_ten_thousand_components(name):
    pairs = np.arange(20_000).reshape(-1, 2)
    network = Network.from_edges([f"N{i:05d}" for i in pairs[:, 0]], [f"N{i:05d}" for i in pairs[:, 1]])
    clusters = find_clusters(network, name)
    assert clusters.n_clusters == 10_000
    assert (clusters.sizes == 2).all()


def test_d18_without_structure_one_cluster_is_the_result():
    network = Network.from_networkx(nx.complete_graph(12))
    assert find_clusters(network).n_clusters == 1


def test_d19_clusters_of_one_size_are_ordered_by_their_smallest_id():
    triangles = nx.disjoint_union_all([nx.complete_graph(3)] * 4)
    names = dict(zip(triangles, ["k", "b", "m", "a", "l", "z", "c", "y", "x", "d", "e", "f"], strict=True))
    clusters = find_clusters(Network.from_networkx(nx.relabel_nodes(triangles, names)))
    labels = clusters.labels
    assert [labels[i] for i in ("a", "b", "c", "d")] == [0, 1, 2, 3]
