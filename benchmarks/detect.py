"""Clusters found in large planted networks: time, memory, and likeness with what was planted.

Run as ``python -m benchmarks.detect [--full]``; writes ``results/detect.md``, ``.json`` and ``.svg``. How well the
methods do on networks where it is hard to tell is shown by ``benchmarks.quality``.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from benchmarks.command_line import run
from benchmarks.inputs import links_of, write_links
from benchmarks.measuring import Case, Contest, Contestant

Labels = np.ndarray | list[int]


def _check(case: Case, labels: Labels) -> dict[str, Any]:
    """Compare with what was planted; an enterprise in no cluster is a group of its own."""
    from clusternet.detect.agreement import element_similarity

    truth = links_of(case).truth
    found = np.asarray(labels, dtype=np.int64)
    assert len(found) == len(truth)
    alone = np.flatnonzero(found < 0)
    clusters = int(found.max()) + 1
    found = found.copy()
    found[alone] = clusters + np.arange(len(alone))
    likeness = float(element_similarity(truth, found).mean())
    return {"likeness": round(likeness, 4), "clusters": clusters, "planted": int(truth.max()) + 1}


# ---------------------------------------------------------------------- ours
def network_of(case: Case) -> Any:
    """Return the case as a network whose flat graph and canonical form are made."""
    from clusternet.model import Network

    links = links_of(case)
    # The ids are padded, so that positions in the network are the numbers that were planted.
    ids = np.char.zfill(np.arange(links.n).astype(str), 8)
    network = Network.from_edges(ids[links.first], ids[links.second], links.weight, nodes=ids)
    len(network.flat)
    return network


def _ours(network: Any, method: str | None) -> Labels:
    import clusternet as cn

    return cn.find_clusters(network, **({} if method is None else {"method": method}), seed=0).codes


# ---------------------------------------------------------------------- igraph and leidenalg
def graph_of(case: Case) -> Any:
    """Return the case as an igraph graph."""
    import igraph

    links = links_of(case)
    graph = igraph.Graph(n=links.n, edges=links.ends, directed=False)
    graph.es["weight"] = links.weight
    random.seed(0)
    igraph.set_random_number_generator(random)
    return graph


def _igraph_leiden(graph: Any) -> Labels:
    return graph.community_leiden(objective_function="modularity", weights="weight").membership


def _igraph_louvain(graph: Any) -> Labels:
    return graph.community_multilevel(weights="weight").membership


def _igraph_propagation(graph: Any) -> Labels:
    return graph.community_label_propagation(weights="weight").membership


def _igraph_infomap(graph: Any) -> Labels:
    return graph.community_infomap(edge_weights="weight", trials=1).membership


def _leidenalg(graph: Any) -> Labels:
    import leidenalg

    return leidenalg.find_partition(
        graph, leidenalg.ModularityVertexPartition, weights="weight", n_iterations=2, seed=0
    ).membership


# ---------------------------------------------------------------------- networkx
def networkx_of(case: Case) -> Any:
    """Return the case as a networkx graph."""
    import networkx

    links = links_of(case)
    graph = networkx.Graph()
    graph.add_nodes_from(range(links.n))
    graph.add_weighted_edges_from(zip(links.first.tolist(), links.second.tolist(), links.weight.tolist(), strict=True))
    return graph


def _networkx(graph: Any) -> Labels:
    import networkx

    labels = np.full(len(graph), -1)
    for label, members in enumerate(networkx.community.louvain_communities(graph, weight="weight", seed=0)):
        labels[list(members)] = label
    return labels


# ---------------------------------------------------------------------- scikit-network, networkit
def matrix_of(case: Case) -> Any:
    """Return the case as a symmetric scipy matrix."""
    from scipy import sparse

    links = links_of(case)
    ends = (np.concatenate([links.first, links.second]), np.concatenate([links.second, links.first]))
    return sparse.csr_matrix((np.concatenate([links.weight, links.weight]), ends), shape=(links.n, links.n))


def _scikit_network(matrix: Any, method: str) -> Labels:
    from sknetwork import clustering

    return getattr(clustering, method)(random_state=0).fit_predict(matrix)


def networkit_of(case: Case) -> Any:
    """Return the case as a networkit graph."""
    import networkit

    links = links_of(case)
    ends = (links.first.astype(np.uint64), links.second.astype(np.uint64))
    return networkit.GraphFromCoo((links.weight, ends), n=links.n, weighted=True, directed=False)


def _networkit(graph: Any, method: str) -> Labels:
    import networkit

    networkit.setSeed(0, False)
    finder = getattr(networkit.community, method)(graph)
    finder.run()
    return finder.getPartition().getVector()


# ---------------------------------------------------------------------- graspologic-native, infomap
def triples_of(case: Case) -> Any:
    """Return the case as graspologic-native takes it: a list of two texts and a weight each."""
    links = links_of(case)
    ids = [str(number) for number in range(links.n)]
    ends = zip(links.first.tolist(), links.second.tolist(), links.weight.tolist(), strict=True)
    return links.n, [(ids[one], ids[other], weight) for one, other, weight in ends]


def _graspologic(given: Any) -> Labels:
    import graspologic_native

    n, triples = given
    _, found = graspologic_native.leiden(
        edges=triples, starting_communities=None, resolution=1.0, randomness=0.001, iterations=1,
        use_modularity=True, seed=1, trials=1,
    )  # fmt: skip
    labels = np.full(n, -1)
    for name, label in found.items():
        labels[int(name)] = label
    return labels


def infomap_of(case: Case) -> Any:
    """Return the case in an Infomap object."""
    import infomap

    links = links_of(case)
    finder = infomap.Infomap(two_level=True, silent=True, seed=1, num_trials=1)
    finder.add_nodes(range(links.n))
    finder.add_links(list(zip(links.first.tolist(), links.second.tolist(), links.weight.tolist(), strict=True)))
    return links.n, finder


def _infomap(given: Any) -> Labels:
    n, finder = given
    finder.run()
    labels = np.full(n, -1)
    for node, module in finder.get_modules().items():
        labels[node] = module - 1
    return labels


def _contestant(
    name: str, find: Callable[[Any], Labels], prepare: Callable[[Case], Any], *needs: str, note: str = ""
) -> Contestant:
    return Contestant(name, find, prepare, _check, needs, note=note)


def _own(method: str, note: str = "", most: int | None = None) -> Contestant:
    name = f"clusternet {method}"
    return Contestant(name, partial(_ours, method=method), network_of, _check, most=most, ours=True, note=note)


CONTESTANTS = (
    Contestant(
        "clusternet, the default", partial(_ours, method=None), network_of, _check, ours=True,
        note="natural: many candidates, certainty of every membership, no resolution limit",
    ),
    _own("leiden"),
    _own("leiden_cpm"),
    _own("louvain"),
    _own("infomap"),
    _own("label_propagation"),
    _own("walktrap", most=100_000),
    _contestant("igraph Leiden", _igraph_leiden, graph_of, "igraph", note="modularity, 2 iterations (its default)"),
    _contestant("igraph Louvain", _igraph_louvain, graph_of, "igraph"),
    _contestant("igraph label propagation", _igraph_propagation, graph_of, "igraph"),
    _contestant("igraph Infomap", _igraph_infomap, graph_of, "igraph", note="1 trial"),
    _contestant("leidenalg", _leidenalg, graph_of, "leidenalg", note="modularity, 2 iterations"),
    _contestant("networkx Louvain", _networkx, networkx_of, "networkx"),
    _contestant("scikit-network Louvain", partial(_scikit_network, method="Louvain"), matrix_of, "sknetwork"),
    _contestant("scikit-network Leiden", partial(_scikit_network, method="Leiden"), matrix_of, "sknetwork"),
    _contestant("networkit PLM", partial(_networkit, method="PLM"), networkit_of, "networkit", note="all threads"),
    _contestant(
        "networkit Leiden", partial(_networkit, method="ParallelLeiden"), networkit_of, "networkit",
        note="all threads",
    ),
    _contestant("graspologic-native Leiden", _graspologic, triples_of, "graspologic_native", note="modularity"),
    _contestant("infomap", _infomap, infomap_of, "infomap", note="two levels, 1 trial"),
)  # fmt: skip

CONTESTS = (
    Contest(
        "detect",
        "Clusters found in one planted network",
        write_links,
        CONTESTANTS,
        small=(10_000, 100_000),
        full=(10_000, 100_000, 1_000_000, 10_000_000),
        words=(
            "A tenth as many enterprises; 70 % of the linkages lie inside planted clusters of 50 members (140 in "
            "networks of more than 10,000), sizes uneven. Every method gets the graph in its own form, made before; "
            "ours starts from the Network. Likeness is the mean element-centric similarity with the planted clusters, "
            "0 to 1. Methods that maximise modularity merge small clusters in large networks: their likeness falls."
        ),
    ),
)

if __name__ == "__main__":
    run("detect", "Clusters in large networks", CONTESTS)
