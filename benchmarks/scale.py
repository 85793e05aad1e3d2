"""The default method on a large network beside one igraph Leiden call on the same graph: time, memory, agreement.

Run as ``python -m benchmarks.scale [enterprises linkages clusters]``; by default 100,000, 1,000,000 and 720. Prints a
Markdown table. The largest that was asked for is 1,000,000, 10,000,000 and 7,200. Likeness is the mean element-centric
similarity with the planted clusters, 0 to 1: adjusted mutual information takes hours for so many clusters.
"""

from __future__ import annotations

import random
import resource
import sys
import time

import igraph
import numpy as np
from numpy.typing import NDArray

import clusternet as cn
from clusternet.detect.agreement import element_similarity

#: Share of the linkages that are drawn between any two enterprises.
MIXING = 0.3


def planted(n: int, linkages: int, clusters: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return sources and targets of linkages, and the cluster of each enterprise; sizes are uneven."""
    generator = np.random.default_rng(0)
    weight = 0.25 + generator.random(clusters) ** 2
    size = np.maximum(5, (n * weight / weight.sum()).astype(np.int64))
    size[0] += n - size.sum()
    cluster = np.repeat(np.arange(clusters), size)
    start = np.cumsum(size) - size
    inside = int(linkages * (1 - MIXING))
    source = generator.integers(n, size=linkages)
    own = cluster[source[:inside]]
    partner = start[own] + (generator.random(inside) * size[own]).astype(np.int64)
    target = np.concatenate([partner, generator.integers(n, size=linkages - inside)])
    dealt = generator.permutation(n)
    truth = np.empty(n, dtype=np.int64)
    truth[dealt] = cluster
    return dealt[source], dealt[target], truth


def peak() -> float:
    """Return the largest memory of this process so far, in GiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def main(n: int = 100_000, linkages: int = 1_000_000, clusters: int = 720) -> None:
    """Print the table."""
    source, target, truth = planted(n, linkages, clusters)
    clock = time.perf_counter()
    network = cn.Network.from_edges(source, target, nodes=np.arange(n))
    truth = truth[network.enterprise_ids.astype(np.int64)]
    flat = network.flat
    built = time.perf_counter() - clock

    # Kernels are compiled once per installation, not once per network.
    cn.find_clusters(cn.Network.from_edges([0, 1, 2, 0], [1, 2, 3, 2]))
    clock = time.perf_counter()
    graph = igraph.Graph(n=n, edges=np.column_stack([flat.first, flat.second]), directed=False)
    graph.es["weight"] = flat.weight
    converted = time.perf_counter() - clock
    random.seed(0)
    igraph.set_random_number_generator(random)
    clock = time.perf_counter()
    leiden = graph.community_leiden(objective_function="modularity", weights="weight").membership
    once = time.perf_counter() - clock
    del graph
    before = peak()
    clock = time.perf_counter()
    found = cn.find_clusters(network, seed=0)
    seconds = time.perf_counter() - clock

    codes = np.where(found.codes < 0, found.n_clusters + np.arange(n), found.codes)
    print(f"{n:,} enterprises, {len(flat):,} linked pairs, {clusters:,} planted clusters; built in {built:.1f} s\n")
    print("| method | seconds | beside one Leiden call | likeness | clusters | peak GiB of the process |")
    print("|---|---|---|---|---|---|")
    alike, groups = element_similarity(truth, np.array(leiden)).mean(), max(leiden) + 1
    name = f"one igraph Leiden call (graph: {converted:.1f} s)"
    print(f"| {name} | {once:.1f} | 1 | {alike:.4f} | {groups} | {before:.2f} |")
    alike = element_similarity(truth, codes).mean()
    print(f"| natural | {seconds:.1f} | {seconds / once:.1f} | {alike:.4f} | {found.n_clusters} | {peak():.2f} |")
    print(f"\nmean certainty {np.nanmean(found.member_certainty):.4f}")


if __name__ == "__main__":
    main(*(int(float(word)) for word in sys.argv[1:]))
