"""C20, C21, D05 to D19: networks of odd shapes, and what methods and scores make of them."""

import time

import igraph
import networkx as nx
import numpy as np
import pandas as pd
import pytest

from clusternet.cli import main
from clusternet.detect import METHODS, find_clusters, method
from clusternet.errors import InputError
from clusternet.inference import score_clusters
from clusternet.ingest import build_network, read_survey
from clusternet.model import Network
from tests.faults.conftest import QUICK

SHAPES = {
    "one": nx.empty_graph(1),
    "two apart": nx.empty_graph(2),
    "two": nx.path_graph(2),
    "complete": nx.complete_graph(9),
    "star": nx.star_graph(12),
    "buyers and suppliers": nx.complete_bipartite_graph(4, 7),
    "all isolated": nx.empty_graph(20),
}


def network_of(graph):
    names = {node: f"E{node}" for node in graph}
    return Network.from_edges(
        [names[a] for a, _ in graph.edges], [names[b] for _, b in graph.edges], nodes=list(names.values())
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_C20_C21_every_method_has_a_result_for_every_shape(shape):
    graph = SHAPES[shape]
    network = network_of(graph)
    for name in METHODS:
        clusters = find_clusters(network, name, seed=3)
        assert len(clusters.codes) == len(graph)
        isolated = [place for place, node in enumerate(network.enterprise_ids) if graph.degree(int(node[1:])) == 0]
        assert set(clusters.codes[isolated]) <= {-1}, name
        assert clusters.n_clusters == 0 or clusters.sizes.min() >= 2
    # A cluster that has nobody to be compared with has scores that are undefined, and no exception.
    scores = score_clusters(network, clusters, draws=0, seed=0).table
    assert set(scores["cluster"]) == set(range(clusters.n_clusters))
    assert not np.isinf(scores["value"]).any()


@pytest.mark.parametrize(("shape", "clusters"), [("complete", [9]), ("two", [2]), ("one", []), ("all isolated", [])])
def test_C21_what_the_default_makes_of_it(shape, clusters):
    assert find_clusters(network_of(SHAPES[shape]), seed=0).sizes.tolist() == clusters


@pytest.mark.slow
def test_C20_a_study_of_isolated_enterprises_ends_well_and_says_so(tmp_path, capsys):
    survey = tmp_path / "survey"
    survey.mkdir()
    (survey / "enterprises.csv").write_text("enterprise_id,name\n" + "".join(f"E{i},Oak {i}\n" for i in range(4)))
    (survey / "linkages.csv").write_text("source,target,layer\n")
    out = tmp_path / "out"
    assert main(["study", str(survey), "--out", str(out), *QUICK, "--allow-empty"]) == 0
    assert "0 clusters" in capsys.readouterr().out
    assert "No cluster was found" in (out / "report.html").read_text(encoding="utf-8")
    assert (out / "clusters.csv").read_text(encoding="utf-8-sig").count("\n") == 1


@pytest.mark.parametrize("factor", [1e-320, 1e-15, 1e15, 1e300])
def test_D05_only_the_ratios_of_weights_count(factor):
    graph = nx.ring_of_cliques(4, 5)
    ends = [(f"E{a}", f"E{b}") for a, b in graph.edges]
    one = Network.from_edges([a for a, _ in ends], [b for _, b in ends], weight=np.ones(len(ends)))
    other = Network.from_edges([a for a, _ in ends], [b for _, b in ends], weight=np.full(len(ends), factor))
    for name in ("natural", "leiden", "louvain"):
        assert find_clusters(one, name, seed=1).codes.tolist() == find_clusters(other, name, seed=1).codes.tolist()


def test_D06_a_linkage_with_oneself_is_in_no_degree():
    table = pd.DataFrame({"source": ["a", "a", "b"], "target": ["a", "b", "c"], "layer": "stock"})
    network = Network.from_tables(pd.DataFrame({"enterprise_id": ["a", "b", "c"], "name": ["x", "y", "z"]}), table)
    assert network.dropped["self_links"] == 1
    assert dict(network.to_networkx().degree) == {"a": 1, "b": 2, "c": 1}


def test_D08_both_directions_are_the_same_sum_by_every_way(tmp_path):
    survey = tmp_path / "survey"
    survey.mkdir()
    (survey / "enterprises.csv").write_text("enterprise_id,name\nE1,a\nE2,b\nE3,c\n")
    (survey / "linkages.csv").write_text(
        "source,target,layer,weight\nE1,E2,supply,2\nE2,E1,supply,3\nE2,E3,supply,1\nE2,E3,supply,4\n"
    )
    network = build_network(read_survey(survey))
    expected = {("E1", "E2"): 5.0, ("E2", "E3"): 5.0}
    flat = network.to_networkx()
    undirected = nx.Graph()
    for a, b, data in flat.edges(data=True):
        key = tuple(sorted((a, b)))
        earlier = undirected.get_edge_data(*key, {"weight": 0.0})["weight"]
        undirected.add_edge(*key, weight=earlier + data["weight"])
    assert {tuple(sorted(pair)): undirected.edges[pair]["weight"] for pair in undirected.edges} == expected
    rows = network.linkages
    graph = igraph.Graph.TupleList(rows[["source", "target", "weight"]].itertuples(index=False), weights=True)
    graph.simplify(combine_edges="sum")
    names = graph.vs["name"]
    found = {tuple(sorted((names[e.source], names[e.target]))): e["weight"] for e in graph.es}
    assert found == expected


def test_D14_parts_are_the_same_together_and_alone():
    shapes = [nx.ring_of_cliques(3, 5), nx.star_graph(6), nx.complete_graph(7), nx.barbell_graph(5, 1)]
    parts = [
        nx.relabel_nodes(shape, {node: 100 * (at + 1) + node for node in shape}) for at, shape in enumerate(shapes)
    ]
    whole = nx.compose_all(parts)
    for name in ("natural", "leiden", "infomap"):
        together = find_clusters(network_of(whole), name, seed=5)
        codes = dict(zip(network_of(whole).enterprise_ids, together.codes, strict=True))
        for part in parts:
            network = network_of(part)
            alone = find_clusters(network, name, seed=5)
            both = pd.DataFrame(
                {"alone": alone.codes, "together": [codes[node] for node in network.enterprise_ids]}
            ).drop_duplicates()
            assert both["alone"].is_unique, name
            assert both["together"].is_unique, name


@pytest.mark.parametrize("name", ["leiden", "leiden_cpm"])
@pytest.mark.parametrize("resolution", [0, -1, float("nan"), float("inf"), 1e9, "1", None, True])
def test_D15_a_resolution_that_is_none_is_refused_before_any_work(monkeypatch, name, resolution):
    network = network_of(nx.path_graph(3))
    monkeypatch.setattr(Network, "pairs", property(lambda _: pytest.fail("the work had begun")), raising=False)
    with pytest.raises(InputError, match="resolution"):
        find_clusters(network, name, resolution=resolution)


@pytest.mark.parametrize("seed", ["-1", str(2**64)])
def test_D15_a_seed_out_of_range_is_refused_before_any_work(tmp_path, monkeypatch, capsys, seed, place):
    monkeypatch.setattr("clusternet.detect.find", lambda *_a, **_k: pytest.fail("the work had begun"))
    assert main(["study", str(place / "survey"), "--out", str(tmp_path / "out"), *QUICK, "--seed", seed]) == 2
    assert "whole number" in capsys.readouterr().err


@pytest.mark.parametrize("seed", ["abc", "1.5", ""])
def test_D15_a_seed_that_is_no_number_shows_how_the_command_is_used(tmp_path, capsys, seed, place):
    with pytest.raises(SystemExit) as caught:
        main(["study", str(place / "survey"), "--out", str(tmp_path / "out"), "--seed", seed])
    assert caught.value.code == 2
    assert "--seed" in capsys.readouterr().err


def directed_ring():
    """On directed graphs networkx's Louvain was known to swing without end."""
    return nx.relabel_nodes(
        nx.DiGraph([(i, (i + 1) % 30) for i in range(30)] + [(i, (i * 7) % 30) for i in range(30)]), str
    )


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", list(METHODS))
def test_D16_no_method_hangs_where_others_do(name):
    """Directed rings, networks of buyers and suppliers, all weights alike, weights that differ by 1e12."""
    ring = directed_ring()
    both = nx.complete_bipartite_graph(20, 20)
    rng = np.random.default_rng(4)
    inputs = [
        (list(ring.edges), np.ones(ring.number_of_edges())),
        ([(str(a), str(b)) for a, b in both.edges], np.ones(both.number_of_edges())),
        ([(str(a), str(b)) for a, b in both.edges], 10.0 ** rng.uniform(-12, 0, both.number_of_edges())),
    ]
    started = time.process_time()
    for ends, weights in inputs:
        network = Network.from_edges([a for a, _ in ends], [b for _, b in ends], layer="supply", weight=weights)
        assert len(find_clusters(network, name, seed=1).codes) == network.n_enterprises
    assert time.process_time() - started < 30


def test_D17_a_method_that_names_strangers_one_cluster_is_taken_apart():
    @method(label="Halves", assumes="nothing", deterministic=True, reference="none")
    def halves(pairs, *, seed):
        """Put every second one together, whether linked or not."""
        return np.arange(pairs.n_nodes) % 2

    graph = nx.ring_of_cliques(5, 4)
    clusters = find_clusters(network_of(graph), halves, seed=0)
    ids = np.array(network_of(graph).enterprise_ids)
    for code in range(clusters.n_clusters):
        members = [int(node[1:]) for node in ids[clusters.codes == code]]
        assert nx.is_connected(graph.subgraph(members))


@pytest.mark.parametrize("seed", [3, 8])
def test_D18_where_chance_made_the_linkages_nothing_stands_out(seed):
    """Linkages dealt out at random: the default finds no division that describes them more shortly than none."""
    clusters = find_clusters(network_of(nx.gnm_random_graph(60, 180, seed=seed)), seed=0)
    assert clusters.n_clusters == 1
    assert clusters.sizes.tolist() == [60]


def test_D19_clusters_that_score_alike_are_ordered_by_size_and_smallest_id(tmp_path):
    graph = nx.disjoint_union_all([nx.complete_graph(3), nx.complete_graph(4), nx.complete_graph(3)])
    names = dict(zip(graph, ["m1", "m2", "m3", "z1", "z2", "z3", "z4", "b1", "b2", "b3"], strict=True))
    network = Network.from_networkx(nx.relabel_nodes(graph, names))
    clusters = find_clusters(network, "leiden", seed=0)
    first = {code: min(np.array(network.enterprise_ids)[clusters.codes == code]) for code in range(3)}
    assert first == {0: "z1", 1: "b1", 2: "m1"}
    backwards = Network.from_edges(
        [names[b] for a, b in list(graph.edges)[::-1]],
        [names[a] for a, b in list(graph.edges)[::-1]],
    )
    again = find_clusters(backwards, "leiden", seed=0)
    assert again.codes.tolist() == clusters.codes.tolist()
