"""Methods that maximise a quality of the whole partition: modularity, or the constant Potts model."""

from __future__ import annotations

import igraph
import numpy as np
from numpy.typing import NDArray

from clusternet.detect.method import Option, method, seeded_igraph
from clusternet.messages import mark
from clusternet.model.pairs import Pairs

_TRAAG = "Traag, V. A., Waltman, L. & van Eck, N. J. (2019), doi:10.1038/s41598-019-41695-z"
#: Rounds of two passes each after which Leiden stops even if something still moves.
_MOST_ROUNDS = 6


def _leiden(pairs: Pairs, objective: str, seed: int, resolution: float) -> NDArray[np.int64]:
    """Run Leiden until nothing moves, but not for ever.

    Asked to run until nothing moves, igraph 1.0 can swing for ever between two partitions whose qualities differ by
    less than rounding (seen on a star of four nodes with weights from 1e-6 to 1), so the rounds are counted here.
    """
    graph = pairs.graph()
    labels: list[int] | None = None
    with seeded_igraph(seed):
        for _ in range(_MOST_ROUNDS):
            found = graph.community_leiden(
                objective_function=objective,
                weights="weight",
                resolution=resolution,
                n_iterations=2,
                initial_membership=labels,
            ).membership
            if found == labels:
                break
            labels = found
    return np.array(labels, dtype=np.int64)


def leiden_once(graph: igraph.Graph, *, seed: int, resolution: float) -> NDArray[np.int64]:
    """Return the labels of one call of Leiden with modularity, two iterations: quick, for large networks."""
    with seeded_igraph(seed):
        found = graph.community_leiden(
            objective_function="modularity", weights="weight", resolution=resolution, n_iterations=2
        )
    return np.array(found.membership, dtype=np.int64)


@method(
    label=mark("Leiden, modularity"),
    assumes=mark(
        "more linkage weight inside than enterprises so strongly linked would have by chance; no very small clusters"
    ),
    deterministic=False,
    reference=_TRAAG,
    options={"resolution": Option(1.0, 1e-6, 1e6)},
)
def leiden(pairs: Pairs, *, seed: int, resolution: float) -> NDArray[np.int64]:
    """Maximise modularity by moving, refining and merging until nothing improves."""
    return _leiden(pairs, "modularity", seed, resolution)


@method(
    label=mark("Leiden, constant Potts model"),
    assumes=mark(
        "every pair inside is linked by at least a given share of the mean weight, on average; any size of cluster"
    ),
    deterministic=False,
    reference="Traag, V. A., Van Dooren, P. & Nesterov, Y. (2011), doi:10.1103/PhysRevE.84.016114",
    options={"resolution": Option(0.1, 1e-9, 1e6)},
)
def leiden_cpm(pairs: Pairs, *, seed: int, resolution: float) -> NDArray[np.int64]:
    """Find groups that are denser inside than a given density and sparser between."""
    return _leiden(pairs, "CPM", seed, resolution)


@method(
    label=mark("Louvain"),
    assumes=mark(
        "more linkage weight inside than enterprises so strongly linked would have by chance; no very small clusters"
    ),
    deterministic=False,
    reference="Blondel, V. D. et al. (2008), doi:10.1088/1742-5468/2008/10/P10008",
    options={"resolution": Option(1.0, 1e-6, 1e6)},
)
def louvain(pairs: Pairs, *, seed: int, resolution: float) -> NDArray[np.int64]:
    """Maximise modularity by moving single enterprises and merging groups, level by level."""
    with seeded_igraph(seed):
        found = pairs.graph().community_multilevel(weights="weight", resolution=resolution)
    return np.array(found.membership, dtype=np.int64)
