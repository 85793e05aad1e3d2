"""The whole job in a fresh process, as a script of one's own would do it; started by ``benchmarks.whole``.

Prints a line of JSON: the seconds of each stage since the process began, and what was found.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable
from typing import Any

_BEGUN = time.perf_counter()
#: Exchanges that are attempted for each link, the draws that are wanted, and the seconds after which no more are made.
PER_LINK, DRAWS, MOST_SECONDS = 10, 1000, 10.0

#: What a study needs of other packages.
LIBRARIES = (
    "igraph",
    "jinja2",
    "numba",
    "numpy",
    "pandas",
    "plotly.graph_objects",
    "scipy.optimize",
    "scipy.sparse.csgraph",
    "xlsxwriter",
)


class Stages:
    """The seconds of each stage of a job."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = _BEGUN

    def done(self, name: str) -> None:
        """Say that a stage is done."""
        now = time.perf_counter()
        self.seconds[name] = round(now - self._last, 4)
        self._last = now


def _draws(one: Callable[[int, int], Any]) -> tuple[int, float]:
    """Make draws until all are made or time is up; return how many, and the seconds that the others would take.

    Parameters
    ----------
    one : callable
        Takes a seed and a number of draws.
    """
    begun = time.perf_counter()
    made, each, chunk = 0, 0.0, 1
    while made < DRAWS and time.perf_counter() - begun < MOST_SECONDS:
        chunk = min(chunk, DRAWS - made)
        clock = time.perf_counter()
        one(made, chunk)
        # The last chunk is the largest, and no longer holds what is done once.
        each = (time.perf_counter() - clock) / chunk
        made, chunk = made + chunk, 2 * chunk
    return made, each * (DRAWS - made)


def ours(path: str) -> dict[str, Any]:
    """Do it with this package: read, one Leiden, every cheap key, draws of chance with the clusters as they are."""
    import clusternet as cn
    from benchmarks.chance import _keys
    from benchmarks.score import cheap
    from clusternet import read_edges
    from clusternet.inference.chance import rewired_draws
    from clusternet.metrics import METRICS, score
    from clusternet.model import ClusteredNetwork

    stages = Stages()
    stages.done("imports")
    network = read_edges(path)
    stages.done("read and graph")
    clusters = cn.find_clusters(network, "leiden", seed=0)
    stages.done("detect")
    clustered = ClusteredNetwork(network, clusters)
    score(clustered, [METRICS[key] for key in cheap()], tables=False)
    stages.done("score")
    keys = _keys()
    timed, more = _draws(lambda seed, draws: rewired_draws(clustered, keys, draws=draws, seed=seed, detect=False))
    stages.done("draws")
    return _told(stages, clusters.n_clusters, timed, more)


def joined(path: str) -> dict[str, Any]:
    """Do it with this package as for a large network: one call of Leiden, and 1,000 draws with all ends joined anew."""
    import clusternet as cn
    from benchmarks.chance import _keys
    from benchmarks.score import cheap
    from clusternet import read_edges
    from clusternet.detect.method import method
    from clusternet.detect.modularity import leiden_once
    from clusternet.inference.stubs import stub_draws
    from clusternet.metrics import METRICS, score
    from clusternet.model import ClusteredNetwork

    stages = Stages()

    @method(label="one call of Leiden", assumes="", deterministic=False, reference="")
    def once(pairs: Any, *, seed: int) -> Any:
        """Two iterations of igraph's Leiden; "leiden" goes on until nothing moves, up to six times as long."""
        return leiden_once(pairs.graph(), seed=seed, resolution=1.0)

    stages.done("imports")
    network = read_edges(path)
    stages.done("read and graph")
    clusters = cn.find_clusters(network, once, seed=0)
    stages.done("detect")
    clustered = ClusteredNetwork(network, clusters)
    score(clustered, [METRICS[key] for key in cheap()], tables=False)
    stages.done("score")
    stub_draws(clustered, _keys(), draws=DRAWS, seed=0)
    stages.done("draws")
    return {**_told(stages, clusters.n_clusters, DRAWS, 0.0), "processor": round(time.process_time(), 2)}


def usual(path: str) -> dict[str, Any]:
    """Do it with pandas, networkx and cdlib."""
    import networkx as nx
    import pandas as pd
    from cdlib import NodeClustering, evaluation

    from benchmarks.score import BOTH

    stages = Stages()
    stages.done("imports")
    graph = nx.from_pandas_edgelist(pd.read_parquet(path), edge_attr="weight")
    stages.done("read and graph")
    found = nx.community.louvain_communities(graph, weight="weight", seed=0)
    stages.done("detect")
    clustering = NodeClustering([list(members) for members in found], graph)
    for name in BOTH.values():
        getattr(evaluation, name)(graph, clustering)
    stages.done("score")
    clock = time.perf_counter()
    swaps = PER_LINK * graph.number_of_edges()
    drawn = nx.double_edge_swap(graph.copy(), nswap=swaps, max_tries=100 * swaps, seed=0)
    evaluation.internal_edge_density(drawn, clustering)
    evaluation.conductance(drawn, clustering)
    each = time.perf_counter() - clock
    stages.done("draws")
    return _told(stages, len(found), 1, each * (DRAWS - 1))


def quick(path: str) -> dict[str, Any]:
    """Do it with pandas, igraph and numpy: codes, Leiden, two counting scores, igraph's rewiring."""
    import random

    import igraph
    import numpy as np
    import pandas as pd

    stages = Stages()
    stages.done("imports")
    frame = pd.read_parquet(path)
    codes, known = pd.factorize(pd.concat([frame["source"], frame["target"]], ignore_index=True))
    graph = igraph.Graph(n=len(known), edges=codes.reshape(2, -1).T, directed=False)
    graph.es["weight"] = frame["weight"].to_numpy()
    graph.simplify(combine_edges="sum")
    stages.done("read and graph")
    igraph.set_random_number_generator(random.Random(0))  # noqa: S311 (no secret depends on it)
    leiden = graph.community_leiden(objective_function="modularity", weights="weight").membership
    cluster = np.array(leiden)
    stages.done("detect")

    def counted(ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        one, other = cluster[ends[:, 0]], cluster[ends[:, 1]]
        size = np.bincount(cluster)
        inside = np.bincount(one[one == other], minlength=len(size))
        volume = np.bincount(np.concatenate([one, other]), minlength=len(size))
        return inside / np.maximum(size * (size - 1) / 2, 1), (volume - 2 * inside) / np.maximum(volume, 1)

    counted(np.array(graph.get_edgelist()))
    stages.done("score")

    def draw(seed: int, draws: int) -> None:
        for _ in range(draws):
            again = graph.copy()
            again.rewire(n=PER_LINK * again.ecount())
            counted(np.array(again.get_edgelist()))

    timed, more = _draws(draw)
    stages.done("draws")
    return _told(stages, int(cluster.max()) + 1, timed, more)


def _told(stages: Stages, clusters: int, timed: int, more: float) -> dict[str, Any]:
    return {**stages.seconds, "found": clusters, "draws timed": timed, "added": more}


def study(survey: str, out: str) -> dict[str, Any]:
    """Make a whole study with 200 draws, report and map."""
    from clusternet.study import run_study

    stages = Stages()
    stages.done("imports")
    current = ""

    def told(stage: str, text: str) -> None:
        nonlocal current
        if stage != current:
            stages.done(current or "start")
            current = stage

    made = run_study(survey, out=out, draws=200, seed=0, progress=told)
    stages.done(current)
    return {**stages.seconds, "found": made.clusters.n_clusters}


def imports() -> dict[str, Any]:
    """Import what a study needs of other packages, and nothing else."""
    for name in LIBRARIES:
        importlib.import_module(name)
    stages = Stages()
    stages.done("imports")
    return stages.seconds


def bare(survey: str) -> dict[str, Any]:
    """Import the same, read the survey, detect once, and detect again in 200 rewired networks; score nothing."""
    import clusternet as cn
    from clusternet.inference.rewiring import bundles, rewired

    imports()
    stages = Stages()
    stages.done("imports")
    network = cn.build_network(cn.read_survey(survey))
    stages.done("read")
    found = cn.find_clusters(network, seed=0)
    stages.done("clusters")
    parts = bundles(network)
    for seed in range(200):
        cn.find_clusters(rewired(network, parts, seed=seed), seed=0)
    stages.done("nulls")
    return {**stages.seconds, "found": found.n_clusters}


JOBS: dict[str, Callable[..., dict[str, Any]]] = {
    job.__name__: job for job in (ours, joined, usual, quick, study, imports, bare)
}

if __name__ == "__main__":
    print(json.dumps(JOBS[sys.argv[1]](*sys.argv[2:])))
