"""Rows with text ids in memory, made into a graph: ours, networkx, igraph, networkit and scipy.

Run as ``python -m benchmarks.build [--full]``; writes ``results/build.md``, ``.json`` and ``.svg``.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from benchmarks.command_line import run
from benchmarks.inputs import write_rows
from benchmarks.measuring import Case, Contest, Contestant


def frame_of(case: Case) -> pd.DataFrame:
    """Read the rows: source, target and weight."""
    return pd.read_parquet(case.folder / "links.parquet")


# ---------------------------------------------------------------------- ours
def _from_edges(frame: pd.DataFrame) -> Any:
    from clusternet.model import Network

    return Network.from_edges(frame["source"], frame["target"], frame["weight"])


def _flat(frame: pd.DataFrame) -> Any:
    network = _from_edges(frame)
    len(network.flat)
    return network


def _tables(case: Case) -> tuple[pd.DataFrame, pd.DataFrame]:
    frame = frame_of(case)
    ids = pd.unique(pd.concat([frame["source"], frame["target"]]))
    return pd.DataFrame({"enterprise_id": ids}), frame


def _from_tables(tables: tuple[pd.DataFrame, pd.DataFrame]) -> Any:
    from clusternet.model import Network

    return Network.from_tables(*tables)


def _check_ours(case: Case, network: Any) -> dict[str, Any]:
    return {"nodes": network.n_nodes, "edges": len(network.ties), "weight": float(network.ties.weight.sum())}


# ---------------------------------------------------------------------- networkx
def _networkx_frame(frame: pd.DataFrame) -> Any:
    import networkx as nx

    return nx.from_pandas_edgelist(frame, edge_attr="weight")


def _networkx_multi(frame: pd.DataFrame) -> Any:
    import networkx as nx

    return nx.from_pandas_edgelist(frame, edge_attr="weight", create_using=nx.MultiGraph)


def _networkx_edges(frame: pd.DataFrame) -> Any:
    import networkx as nx

    graph = nx.Graph()
    graph.add_weighted_edges_from(zip(frame["source"], frame["target"], frame["weight"], strict=True))
    return graph


def _check_networkx(case: Case, graph: Any) -> dict[str, Any]:
    return {"nodes": len(graph), "edges": graph.number_of_edges(), "weight": graph.size("weight")}


# ---------------------------------------------------------------------- arrays, and what takes them
def coded(frame: pd.DataFrame) -> tuple[int, np.ndarray, np.ndarray, np.ndarray]:
    """Return how many ids there are, the codes of both ends, and the weights."""
    codes, known = pd.factorize(pd.concat([frame["source"], frame["target"]], ignore_index=True))
    return len(known), codes[: len(frame)], codes[len(frame) :], frame["weight"].to_numpy()


def _igraph_tuples(frame: pd.DataFrame) -> Any:
    import igraph

    return igraph.Graph.TupleList(frame.itertuples(index=False, name=None), weights=True)


def _igraph_frame(frame: pd.DataFrame) -> Any:
    import igraph

    return igraph.Graph.DataFrame(frame, directed=False, use_vids=False)


def _igraph_coded(frame: pd.DataFrame) -> Any:
    import igraph

    n, source, target, weight = coded(frame)
    graph = igraph.Graph(n=n, edges=np.column_stack([source, target]), directed=False)
    graph.es["weight"] = weight
    return graph


def _igraph_summed(frame: pd.DataFrame) -> Any:
    return _igraph_coded(frame).simplify(combine_edges="sum")


def _check_igraph(case: Case, graph: Any) -> dict[str, Any]:
    return {"nodes": graph.vcount(), "edges": graph.ecount(), "weight": float(sum(graph.es["weight"]))}


def _networkit(frame: pd.DataFrame) -> Any:
    import networkit

    n, source, target, weight = coded(frame)
    ends = (source.astype(np.uint64), target.astype(np.uint64))
    return networkit.GraphFromCoo((weight, ends), n=n, weighted=True, directed=False)


def _check_networkit(case: Case, graph: Any) -> dict[str, Any]:
    return {"nodes": graph.numberOfNodes(), "edges": graph.numberOfEdges(), "weight": graph.totalEdgeWeight()}


def _scipy(frame: pd.DataFrame) -> Any:
    from scipy import sparse

    n, source, target, weight = coded(frame)
    low, high = np.minimum(source, target), np.maximum(source, target)
    return sparse.coo_array((weight, (low, high)), shape=(n, n)).tocsr()


def _check_scipy(case: Case, matrix: Any) -> dict[str, Any]:
    return {"nodes": matrix.shape[0], "edges": matrix.nnz, "weight": float(matrix.sum())}


_SUMMED, _BOTH, _LAST = "repeated pairs: summed", "repeated pairs: kept apart", "repeated pairs: the last one kept"
CONTESTANTS = (
    Contestant(
        "clusternet from_edges", _from_edges, frame_of, _check_ours, ours=True,
        note=f"{_SUMMED}; every row checked, nodes sorted, canonical",
    ),
    Contestant(
        "clusternet from_edges, and its flat network", _flat, frame_of, _check_ours, ours=True,
        note="with what detection and scores start from",
    ),
    Contestant(
        "clusternet from_tables", _from_tables, _tables, _check_ours, ours=True,
        note="with a register and reports, as of a survey: where both ends report a tie it counts once",
    ),
    Contestant("networkx from_pandas_edgelist", _networkx_frame, frame_of, _check_networkx, ("networkx",), 1_000_000,
               note=_LAST),
    Contestant("networkx from_pandas_edgelist, MultiGraph", _networkx_multi, frame_of, _check_networkx, ("networkx",),
               1_000_000, note=_BOTH),
    Contestant("networkx add_weighted_edges_from", _networkx_edges, frame_of, _check_networkx, ("networkx",),
               1_000_000, note=_LAST),
    Contestant("igraph TupleList", _igraph_tuples, frame_of, _check_igraph, ("igraph",), 1_000_000, note=_BOTH),
    Contestant("igraph Graph.DataFrame", _igraph_frame, frame_of, _check_igraph, ("igraph",), note=_BOTH),
    Contestant("pandas factorize, igraph", _igraph_coded, frame_of, _check_igraph, ("igraph",), note=_BOTH),
    Contestant("pandas factorize, igraph, simplify", _igraph_summed, frame_of, _check_igraph, ("igraph",),
               note=_SUMMED),
    Contestant("pandas factorize, networkit GraphFromCoo", _networkit, frame_of, _check_networkit, ("networkit",),
               note=_BOTH),
    Contestant("pandas factorize, scipy csr", _scipy, frame_of, _check_scipy, ("scipy",),
               note=f"{_SUMMED}; one triangle, no names"),
)  # fmt: skip

CONTESTS = (
    Contest(
        "build",
        "Rows with text ids in a pandas frame, made into an undirected graph",
        write_rows,
        CONTESTANTS,
        small=(10_000, 100_000),
        full=(10_000, 100_000, 1_000_000, 10_000_000),
        unit="rows",
        words="The frame's texts are Arrow strings where pandas finds pyarrow, as it does here.",
    ),
)

if __name__ == "__main__":
    run("build", "From rows to a graph", CONTESTS)
