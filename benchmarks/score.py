"""Scores of all clusters: the keys that cdlib or networkx have too, all cheap keys, and the expensive ones one by one.

Run as ``python -m benchmarks.score [--full]``; writes ``results/score.md``, ``.json`` and ``.svg``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.command_line import run
from benchmarks.inputs import links_of, write_links
from benchmarks.measuring import Case, Contest, Contestant

#: Our key, and the function of cdlib that gives the same number where all weights are 1.
BOTH = {
    "density": "internal_edge_density",
    "internal_strength": "average_internal_degree",
    "conductance": "conductance",
    "cut_ratio": "cut_ratio",
    "average_out_share": "avg_odf",
    "worst_out_share": "max_odf",
    "flake_share": "flake_odf",
    "triangle_participation": "triangle_participation_ratio",
    "modularity_contribution": "newman_girvan_modularity",
}
NETWORKX = ("density", "conductance", "triangle_participation", "modularity_contribution")
#: Keys whose work in one cluster grows faster than its links: connectivity, squares, sweeps, distances.
EXPENSIVE = (
    "structural_cohesion",
    "algebraic_connectivity",
    "inner_conductance",
    "core_periphery_fit",
    "reach_efficiency",
    "structural_complementarity",
)
#: Kept beside the others: the whole of modularity is the sum over the clusters, of all other keys the mean is told.
_SUMMED = "modularity_contribution"


# ---------------------------------------------------------------------- ours
def clustered_parts(case: Case, *, weighted: bool = True) -> tuple[Any, Any]:
    """Return a network with its flat graph made, and the planted clusters."""
    from clusternet.model import Network, Partition

    links = links_of(case)
    ids = np.char.zfill(np.arange(links.n).astype(str), 8)
    weight = links.weight if weighted else None
    network = Network.from_edges(ids[links.first], ids[links.second], weight, nodes=ids)
    len(network.flat)
    return network, Partition.from_labels(network.enterprise_ids, links.truth)


def cheap() -> list[str]:
    """Return the keys that are not expensive."""
    from clusternet.metrics import METRICS

    return [name for name in METRICS.names if name not in EXPENSIVE]


def _ours(parts: tuple[Any, Any], keys: Sequence[str] | None) -> Any:
    from clusternet.metrics import METRICS, score
    from clusternet.model import ClusteredNetwork

    chosen = cheap() if keys is None else keys
    return score(ClusteredNetwork(*parts), [METRICS[key] for key in chosen], tables=False)


def _check_ours(case: Case, scores: Any) -> dict[str, Any]:
    table = scores.table
    known = table[table["value"].notna()]
    return {"clusters": int(table["cluster"].nunique()), "keys": table["metric"].nunique(), "values": len(known)}


def _check_both(case: Case, scores: Any) -> dict[str, Any]:
    values = scores.table.groupby("metric")["value"]
    return _told({key: values.sum()[key] if key == _SUMMED else values.mean()[key] for key in BOTH})


def _told(means: dict[str, float]) -> dict[str, Any]:
    return {"keys": len(means), **{key: round(float(means[key]), 6) for key in BOTH if key in means}}


# ---------------------------------------------------------------------- cdlib and networkx
def _graph(case: Case) -> tuple[Any, list[list[int]]]:
    import networkx

    links = links_of(case)
    graph = networkx.Graph()
    graph.add_nodes_from(range(links.n))
    graph.add_edges_from(zip(links.first.tolist(), links.second.tolist(), strict=True))
    order = np.argsort(links.truth, kind="stable")
    cuts = np.cumsum(np.bincount(links.truth))[:-1]
    return graph, [members.tolist() for members in np.split(order, cuts)]


def _clustering(case: Case) -> tuple[Any, Any]:
    from cdlib import NodeClustering

    graph, members = _graph(case)
    return graph, NodeClustering(members, graph)


def _cdlib(given: tuple[Any, Any]) -> dict[str, float]:
    from cdlib import evaluation

    graph, clustering = given
    found = {}
    for key, name in BOTH.items():
        function = getattr(evaluation, name)
        values = function(graph, clustering, **({} if key == _SUMMED else {"summary": False}))
        found[key] = values.score if key == _SUMMED else float(np.mean(values))
    return found


def _networkx(given: tuple[Any, list[list[int]]]) -> dict[str, float]:
    import networkx as nx

    graph, clusters = given
    inside = [graph.subgraph(members) for members in clusters]
    in_triangle = [np.mean([count > 0 for count in nx.triangles(part).values()]) for part in inside]
    return {
        "density": float(np.mean([nx.density(part) for part in inside])),
        "conductance": float(np.mean([nx.conductance(graph, members) for members in clusters])),
        "triangle_participation": float(np.mean(in_triangle)),
        "modularity_contribution": nx.community.modularity(graph, clusters),
    }


def _check_peer(case: Case, means: dict[str, float]) -> dict[str, Any]:
    return _told(means)


# ---------------------------------------------------------------------- the making of the network, as a yardstick
def _texts(case: Case) -> tuple[Any, ...]:
    import pandas as pd

    links = links_of(case)
    ids = pd.Series(np.char.add("E", np.char.zfill(np.arange(links.n).astype(str), 7)), dtype="str")
    ends = (ids.iloc[end].reset_index(drop=True) for end in (links.first, links.second))
    return (*ends, links.weight)


def _built(given: tuple[Any, ...]) -> Any:
    from clusternet.model import Network

    network = Network.from_edges(*given)
    len(network.flat)
    return network


# ---------------------------------------------------------------------- one large cluster
def write_cluster(folder: Path, members: int) -> None:
    """Write one cluster of so many members with ten partners each inside and two outside, in twice as many."""
    generator = np.random.default_rng(0)
    n = 2 * members
    first = np.concatenate([np.tile(np.arange(members), 5), np.tile(np.arange(members), 2)])
    second = np.concatenate(
        [generator.integers(members, size=5 * members), generator.integers(members, n, 2 * members)]
    )
    key = np.unique(np.minimum(first, second) * n + np.maximum(first, second))
    first, second = key // n, key % n
    linked = first != second
    truth = np.repeat([0, 1], members)
    weight = np.ones(int(linked.sum()))
    np.savez(folder / "links.npz", first=first[linked], second=second[linked], weight=weight, truth=truth)


def _one_cluster(case: Case) -> tuple[Any, Any]:
    from clusternet.model import Partition

    network, both = clustered_parts(case)
    first = both.codes[np.flatnonzero(links_of(case).truth == 0)[0]]
    return network, Partition(network.enterprise_ids, np.where(both.codes == first, 0, -1))


def _check_value(case: Case, scores: Any) -> dict[str, Any]:
    values = scores.table["value"]
    return {"clusters": len(values), "mean": float(values.mean())}


_UNWEIGHTED = partial(clustered_parts, weighted=False)
CONTESTS = (
    Contest(
        "both",
        "The keys that others have too, of all clusters",
        write_links,
        (
            Contestant("clusternet", partial(_ours, keys=tuple(BOTH)), _UNWEIGHTED, _check_both, ours=True),
            Contestant("cdlib", _cdlib, _clustering, _check_peer, ("cdlib",), 1_000_000),
            Contestant(
                "networkx", _networkx, _graph, _check_peer, ("networkx",), 1_000_000,
                note=f"only {len(NETWORKX)} of the keys: {', '.join(NETWORKX)}",
            ),
        ),
        small=(10_000, 100_000),
        full=(10_000, 100_000, 1_000_000),
        words=(
            "A tenth as many enterprises, in planted clusters of 50 members (140 in large networks). All weights are "
            "1, as cdlib's functions know none. From a graph or Network and the clusters to the values. cdlib's names: "
            f"{', '.join(f'{key} = {name}' for key, name in BOTH.items())}. The columns are the means over the "
            "clusters (modularity: the sum), so that the same work can be seen to be done. cdlib's avg_odf and max_odf "
            "count the partners outside and do not divide by all partners."
        ),
    ),
    Contest(
        "cheap",
        "All cheap keys of all clusters, beside the making of the Network",
        write_links,
        (
            Contestant("clusternet, all cheap keys", partial(_ours, keys=None), clustered_parts, _check_ours,
                       ours=True),
            Contestant("clusternet, the making of the Network", _built, _texts, ours=True,
                       note="from columns of text ids, with its flat graph"),
        ),
        small=(10_000, 100_000),
        full=(10_000, 100_000, 1_000_000, 10_000_000),
        words=f"Every key of the catalogue but {', '.join(EXPENSIVE)}. Keys of needs and offers have nothing to count.",
    ),
    Contest(
        "expensive",
        "The expensive keys, one by one",
        write_links,
        tuple(
            Contestant(f"clusternet {key}", partial(_ours, keys=(key,)), clustered_parts, _check_value, ours=True)
            for key in EXPENSIVE
        ),
        small=(10_000,),
        full=(10_000, 100_000, 1_000_000),
    ),
    Contest(
        "large",
        "The expensive keys of one large cluster",
        write_cluster,
        tuple(
            Contestant(f"clusternet {key}", partial(_ours, keys=(key,)), _one_cluster, _check_value, ours=True)
            for key in EXPENSIVE
        ),
        small=(500,),
        full=(500, 1_500, 5_000),
        unit="members",
        warm=100,
        words="A sparse cluster: each member has ten partners inside and two outside, in a network of twice as many.",
    ),
)  # fmt: skip

if __name__ == "__main__":
    run("score", "Scores of clusters", CONTESTS)
