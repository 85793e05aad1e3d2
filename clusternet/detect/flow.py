"""Methods that follow something through the network: a walker, a code for its path, a label passed on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusternet.detect.method import Option, method, seeded_igraph
from clusternet.messages import mark
from clusternet.model.pairs import Pairs


@method(
    label=mark("Infomap"),
    assumes=mark(
        "a walker that follows linkages stays long inside a cluster; collapses to one cluster where ties are noisy"
    ),
    deterministic=False,
    reference="Rosvall, M. & Bergstrom, C. T. (2008), doi:10.1073/pnas.0706851105",
    options={"trials": Option(10, 1, 1000)},
)
def infomap(pairs: Pairs, *, seed: int, trials: int) -> NDArray[np.int64]:
    """Find the groups that let a random walk be described most shortly."""
    with seeded_igraph(seed):
        found = pairs.graph().community_infomap(edge_weights="weight", trials=trials)
    return np.array(found.membership, dtype=np.int64)


@method(
    label=mark("Label propagation"),
    assumes=mark("most partners of an enterprise are in its cluster; collapses to one cluster where ties are noisy"),
    deterministic=False,
    reference="Raghavan, U. N., Albert, R. & Kumara, S. (2007), doi:10.1103/PhysRevE.76.036106",
)
def label_propagation(pairs: Pairs, *, seed: int) -> NDArray[np.int64]:
    """Let every enterprise take the label that most of its partners carry, until nobody changes."""
    with seeded_igraph(seed):
        found = pairs.graph().community_label_propagation(weights="weight")
    return np.array(found.membership, dtype=np.int64)


@method(
    label=mark("Walktrap"),
    assumes=mark(
        "short walks from members of one cluster end in the same places; costly beyond some 10,000 enterprises"
    ),
    deterministic=True,
    reference="Pons, P. & Latapy, M. (2006), doi:10.7155/jgaa.00124",
    options={"steps": Option(4, 1, 100)},
)
def walktrap(pairs: Pairs, *, seed: int, steps: int) -> NDArray[np.int64]:
    """Merge groups from which short random walks reach the same enterprises, and cut where modularity is highest."""
    tree = pairs.graph().community_walktrap(weights="weight", steps=steps)
    return np.array(tree.as_clustering().membership, dtype=np.int64)
