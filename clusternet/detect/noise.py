"""Is there anything to find? What a method sees in the network, beside what it sees in rewired ones."""

from __future__ import annotations

import igraph
import numpy as np
from numpy.typing import NDArray

from clusternet.detect.method import seeded_igraph
from clusternet.model.pairs import Pairs

#: Rewired networks, and attempted exchanges for each link of one.
_DRAWS, _EXCHANGES = 12, 5


def beyond_noise(pairs: Pairs, *, seed: int) -> float:
    """Return how far the network's best modularity lies beyond that of rewired networks, in standard deviations.

    Parameters
    ----------
    pairs : Pairs
        Linked pairs of n nodes.
    seed : int
        0 to 4,294,967,295.

    Returns
    -------
    float
        About 0 in a random network; NaN where rewiring changes nothing. In networks with planted clusters that any
        method can find it was 5 or more, in random ones below 3.5 (benchmarks/quality).

    Notes
    -----
    Rewired networks keep every node's number of partners; the weights are dealt anew. Both sides are found by Leiden
    with modularity.

    References
    ----------
    Guimera, R., Sales-Pardo, M. & Amaral, L. A. N. (2004), Modularity from fluctuations in random graphs and complex
    networks, doi:10.1103/PhysRevE.70.025101.
    """
    graph = pairs.graph()
    generator = np.random.default_rng(seed)
    drawn = []
    for draw in range(_DRAWS):
        with seeded_igraph(seed + draw):
            other = graph.copy()
            other.rewire(n=_EXCHANGES * len(pairs))
        other.es["weight"] = generator.permutation(pairs.weight)
        drawn.append(_best_modularity(other, seed))
    spread = float(np.std(drawn, ddof=1))
    return (_best_modularity(graph, seed) - float(np.mean(drawn))) / spread if spread > 0 else float("nan")


def weighted_modularity(pairs: Pairs, labels: NDArray[np.int64]) -> float:
    """Return the modularity of labels, -0.5 to 1."""
    return float(pairs.graph().modularity(labels.tolist(), weights="weight"))


def _best_modularity(graph: igraph.Graph, seed: int) -> float:
    with seeded_igraph(seed):
        found = graph.community_leiden(objective_function="modularity", weights="weight", n_iterations=2)
    return float(graph.modularity(found.membership, weights="weight"))
