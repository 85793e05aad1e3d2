"""Places for every enterprise on a map: time, and how much of the network can be seen in the places.

Run as ``python -m benchmarks.layout [--full]``; writes ``results/layout.md``, ``.json`` and ``.svg``.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from benchmarks.command_line import run
from benchmarks.detect import graph_of, matrix_of, networkit_of, networkx_of
from benchmarks.inputs import links_of, write_links
from benchmarks.measuring import Case, Contest, Contestant
from benchmarks.score import clustered_parts

#: Enterprises from which distances, and at which neighbours, are looked at.
SAMPLED = 200


# ---------------------------------------------------------------------- how good the places are
def quality(case: Case, places: Any) -> dict[str, Any]:
    """Say how much of the network the places show.

    Parameters
    ----------
    case : Case
        The network.
    places : array of float, shape (n, 2)
        Where each enterprise stands.

    Returns
    -------
    dict
        ``neighbours kept``: of the enterprises nearest to one (as many as it has partners), the share that are its
        partners; ``clusters kept``: the share that are of its planted cluster; ``stress``: the squared differences of
        distances in the picture, at the best scale, from steps in the network, over the squares of the steps, weighted
        as in Kamada and Kawai. All over a sample of 200 enterprises.
    """
    from scipy import sparse
    from scipy.sparse.csgraph import dijkstra
    from scipy.spatial import cKDTree

    points = np.asarray(places, dtype=np.float64)
    links = links_of(case)
    assert points.shape == (links.n, 2)
    assert np.isfinite(points).all()
    matrix = sparse.csr_array(matrix_of(case))
    degree = np.diff(matrix.indptr)
    chosen = np.random.default_rng(0).permutation(np.flatnonzero(degree))[:SAMPLED]
    tree = cKDTree(points)
    partners, alike = [], []
    for node in chosen:
        near = tree.query(points[node], degree[node] + 1)[1]
        near = near[near != node][: degree[node]]
        own = matrix.indices[matrix.indptr[node] : matrix.indptr[node + 1]]
        partners.append(np.isin(near, own).mean())
        alike.append((links.truth[near] == links.truth[node]).mean())
    steps = dijkstra(matrix, indices=chosen[:50], unweighted=True)
    apart = np.sqrt(((points[chosen[:50], None, :] - points[None, :, :]) ** 2).sum(axis=2))
    use = np.isfinite(steps) & (steps > 0)
    far, seen = steps[use], apart[use]
    scale = (seen / far).sum() / max((seen**2 / far**2).sum(), 1e-300)
    stress = ((scale * seen - far) ** 2 / far**2).mean()
    return {
        "neighbours kept": round(float(np.mean(partners)), 3),
        "clusters kept": round(float(np.mean(alike)), 3),
        "stress": round(float(stress), 3),
    }


# ---------------------------------------------------------------------- who lays out
def _found(case: Case) -> tuple[Any, Any]:
    """Return the network and the clusters that Leiden finds in it: the map is told them, and not what was planted."""
    import clusternet as cn

    network, _ = clustered_parts(case)
    return network, cn.find_clusters(network, "leiden", seed=0)


def _ours(parts: tuple[Any, Any]) -> Any:
    from clusternet.draw import lay_out

    return lay_out(*parts, seed=0)


def _igraph(graph: Any, name: str) -> Any:
    return graph.layout(name).coords


def _igraph_grid(graph: Any) -> Any:
    return graph.layout_fruchterman_reingold(grid="grid").coords


def _networkx(graph: Any) -> Any:
    import networkx

    places = networkx.spring_layout(graph, seed=0)
    return np.array([places[node] for node in range(len(graph))])


def _scikit_network(matrix: Any, name: str) -> Any:
    from sknetwork import embedding

    return getattr(embedding, name)(2).fit_transform(matrix)


def _networkit(graph: Any) -> Any:
    """Place by a few pivots, and lessen the stress from there."""
    import networkit

    networkit.setSeed(0, False)
    finder = networkit.viz.PivotMDS(graph, 2, min(50, graph.numberOfNodes()))
    finder.run()
    stress = networkit.viz.MaxentStress(graph, 2, 2, tolerance=1e-3, coordinates=finder.getCoordinates())
    stress.run()
    return np.array(stress.getCoordinates())


def _random(case: Case) -> Any:
    return np.random.default_rng(0).random((links_of(case).n, 2))


CONTESTANTS = (
    Contestant("clusternet lay_out", _ours, _found, quality, ours=True,
               note="clusters as discs, members inside; the clusters (Leiden) are found before"),
    Contestant("igraph DrL", partial(_igraph, name="drl"), graph_of, quality, ("igraph",), 1_000_000),
    Contestant("igraph Fruchterman-Reingold", partial(_igraph, name="fr"), graph_of, quality, ("igraph",), 100_000),
    Contestant("igraph Fruchterman-Reingold, grid", _igraph_grid, graph_of, quality, ("igraph",), 100_000),
    Contestant("igraph LGL", partial(_igraph, name="lgl"), graph_of, quality, ("igraph",), 100_000),
    Contestant("networkx spring_layout", _networkx, networkx_of, quality, ("networkx",), 100_000),
    Contestant("scikit-network Spring", partial(_scikit_network, name="Spring"), matrix_of, quality, ("sknetwork",),
               100_000),
    Contestant("scikit-network ForceAtlas", partial(_scikit_network, name="ForceAtlas"), matrix_of, quality,
               ("sknetwork",), 100_000),
    Contestant("networkit PivotMDS, MaxentStress", _networkit, networkit_of, quality, ("networkit",), 1_000_000),
    Contestant("places at random", _random, check=quality, note="what no layout gives"),
)  # fmt: skip

CONTESTS = (
    Contest(
        "layout",
        "Places for every enterprise of a planted network",
        write_links,
        CONTESTANTS,
        small=(2_000, 10_000),
        full=(2_000, 10_000, 100_000, 1_000_000),
        words=(
            "A tenth as many enterprises. Neighbours kept: of the enterprises nearest to one on the map (as many as it "
            "has partners) the share that are its partners; clusters kept: that are of its planted cluster. Stress: "
            "how far distances on the map are from steps in the network, 0 is best. Over 200 enterprises."
        ),
    ),
)

if __name__ == "__main__":
    run("layout", "Layouts", CONTESTS)
