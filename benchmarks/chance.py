"""Random networks in which everybody keeps as many partners: with the clusters as they are, and detected again.

Run as ``python -m benchmarks.chance [--full]``; writes ``results/chance.md``, ``.json`` and ``.svg``.
"""

from __future__ import annotations

import random
from functools import partial
from typing import Any

import numpy as np

from benchmarks.command_line import run
from benchmarks.detect import graph_of, networkx_of
from benchmarks.inputs import links_of, write_links
from benchmarks.measuring import Case, Contest, Contestant
from benchmarks.score import BOTH, clustered_parts

#: Exchanges that are attempted for each link.
PER_LINK = 10
#: Draws that the seconds stand for; fewer are timed.
FIXED, AGAIN = 1000, 100


def _keys() -> list[Any]:
    from clusternet.metrics import METRICS

    return [METRICS[key] for key in BOTH if key != "triangle_participation"]


# ---------------------------------------------------------------------- clusters as they are
def _drawn(parts: tuple[Any, Any], draws: int, **options: Any) -> Any:
    from clusternet.inference.chance import rewired_draws
    from clusternet.model import ClusteredNetwork

    return rewired_draws(ClusteredNetwork(*parts), _keys(), draws=draws, seed=0, **options)


def _check_draws(case: Case, found: Any) -> dict[str, Any]:
    inside = found.values["density"]
    return {"draws timed": len(inside), "mean density of clusters": round(float(np.nanmean(inside)), 5)}


def _kernel(case: Case) -> Any:
    links = links_of(case)
    return links.ends, np.zeros(links.n, dtype=bool), links.truth


def _switched(given: Any, draws: int) -> Any:
    from clusternet.inference.switching import switched

    ends, silent, truth = given
    attempts = PER_LINK * len(ends)
    return truth, [switched(ends, silent, directed=False, attempts=attempts, seed=seed) for seed in range(draws)]


def _density(truth: np.ndarray, first: np.ndarray, second: np.ndarray) -> float:
    """Return the mean density of the planted clusters."""
    size = np.bincount(truth)
    inside = np.bincount(truth[first][truth[first] == truth[second]], minlength=len(size))
    return float((inside / (size * (size - 1) / 2)).mean())


def _check_ends(case: Case, found: Any) -> dict[str, Any]:
    truth, drawn = found
    mean = float(np.mean([_density(truth, ends[:, 0], ends[:, 1]) for ends in drawn]))
    return {"draws timed": len(drawn), "mean density of clusters": round(mean, 5)}


def _igraph(graph: Any) -> Any:
    graph = graph.copy()
    graph.rewire(n=PER_LINK * graph.ecount())
    return graph


def _check_igraph(case: Case, graph: Any) -> dict[str, Any]:
    return _check_ends(case, (links_of(case).truth, [np.array(graph.get_edgelist())]))


def _networkx(graph: Any) -> Any:
    import networkx

    swaps = PER_LINK * graph.number_of_edges()
    return networkx.double_edge_swap(graph.copy(), nswap=swaps, max_tries=100 * swaps, seed=0)


def _check_networkx(case: Case, graph: Any) -> dict[str, Any]:
    return _check_ends(case, (links_of(case).truth, [np.array(list(graph.edges()))]))


# ---------------------------------------------------------------------- detected again
def _rewired_networks(case: Case, draws: int) -> list[Any]:
    from clusternet.inference.rewiring import bundles, rewired

    network, _ = clustered_parts(case)
    parts = bundles(network)
    found = [rewired(network, parts, seed=seed) for seed in range(draws)]
    for each in found:
        len(each.flat)
    return found


def _detected(networks: list[Any], method: str) -> list[int]:
    import clusternet as cn

    return [cn.find_clusters(network, method, seed=0).n_clusters for network in networks]


def _check_detected(case: Case, clusters: list[int]) -> dict[str, Any]:
    return {"draws timed": len(clusters)}


def _check_again(case: Case, found: Any) -> dict[str, Any]:
    return {"draws timed": len(found.nothing)}


def _igraph_detected(graphs: list[Any]) -> list[int]:
    return [
        max(graph.community_leiden(objective_function="modularity", weights="weight").membership) + 1
        for graph in graphs
    ]


def _rewired_graphs(case: Case, draws: int) -> list[Any]:
    from igraph import set_random_number_generator

    graph = graph_of(case)
    set_random_number_generator(random.Random(0))  # noqa: S311
    found = [graph.copy() for _ in range(draws)]
    for each in found:
        each.rewire(n=PER_LINK * each.ecount())
        # Its links lose their weights on the way.
        each.es["weight"] = graph.es["weight"]
    return found


def _fixed_contestants(timed: int) -> tuple[Contestant, ...]:
    part = f"{timed} draws timed"
    scaled = FIXED / timed
    return (
        Contestant(
            "clusternet rewired_draws", partial(_drawn, draws=timed, detect=False), clustered_parts, _check_draws,
            scaled=scaled, ours=True, note=f"with {len(BOTH) - 1} scores of every cluster in every draw; {part}",
        ),
        Contestant(
            "clusternet, the bare kernel", partial(_switched, draws=timed), _kernel, _check_ends, scaled=scaled,
            ours=True, note=f"ends of links only, one thread; {part}",
        ),
        Contestant("igraph rewire", _igraph, graph_of, _check_igraph, ("igraph",), scaled=FIXED,
                   note="a graph without scores; 1 draw timed"),
        Contestant("networkx double_edge_swap", _networkx, networkx_of, _check_networkx, ("networkx",), 100_000,
                   scaled=FIXED, note="counts exchanges made, not attempted; no scores; 1 draw timed"),
    )  # fmt: skip


def _again_contestants(method: str, timed: int) -> tuple[Contestant, ...]:
    part = f"{timed} draws timed"
    return (
        Contestant(
            f"clusternet rewired_draws, {method} in each",
            partial(_drawn, draws=timed, detect=True, method=method),
            clustered_parts,
            _check_again,
            scaled=AGAIN / timed,
            ours=True,
            note=f"rewired, detected, set side by side, scored; {part}",
        ),
        Contestant(
            f"clusternet find_clusters, {method}",
            partial(_detected, method=method),
            partial(_rewired_networks, draws=timed),
            _check_detected,
            scaled=AGAIN / timed,
            ours=True,
            note=f"in networks rewired before, one after the other; {part}",
        ),
    )


CONTESTS = (
    Contest(
        "fixed",
        f"{FIXED:,} rewired networks at {PER_LINK} attempted exchanges for each link, the clusters kept as they are",
        write_links,
        _fixed_contestants(20),
        small=(10_000, 100_000),
        full=(10_000, 100_000, 1_000_000),
        words=(
            f"Seconds are those of {FIXED:,} draws; fewer are timed (see the notes) and multiplied. The mean density "
            "of the planted clusters in the draws shows that all leave the same to chance."
        ),
    ),
    Contest(
        "again",
        f"{AGAIN} rewired networks in which clusters are looked for again, beside {AGAIN} bare detections",
        write_links,
        (
            *_again_contestants("leiden", 10),
            Contestant(
                "igraph Leiden", _igraph_detected, partial(_rewired_graphs, draws=10), _check_detected, ("igraph",),
                scaled=AGAIN / 10, note="in graphs rewired before; 10 draws timed",
            ),
        ),
        small=(10_000,),
        full=(10_000, 100_000, 1_000_000),
        words="Seconds are those of so many draws; fewer are timed (see the notes) and multiplied.",
    ),
    Contest(
        "natural",
        f"The same with the default method: {AGAIN} draws beside {AGAIN} bare detections",
        write_links,
        _again_contestants("natural", 4),
        small=(2_000,),
        full=(2_000, 10_000),
    ),
)  # fmt: skip

if __name__ == "__main__":
    run("chance", "Draws of chance", CONTESTS)
