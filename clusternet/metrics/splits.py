"""The fewest members whose leaving would split a cluster."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusternet.metrics.estimates import SAMPLE_SEED
from clusternet.metrics.inside import inside_graphs, n_parts, parts_and_cuts
from clusternet.metrics.memory import made_once
from clusternet.model import ClusteredNetwork

Values = NDArray[np.float64]

#: After so many steps no further round begins; a step takes a few nanoseconds.
MOST_STEPS = 1_000_000_000


@made_once
def vertex_connectivity(c: ClusteredNetwork) -> tuple[Values, Values]:
    """Return the vertex connectivity of every cluster.

    Most answers are cheap: 0 in pieces, n - 1 where all are linked, 1 where one member holds parts together, and never
    more than the fewest partners of a member. Otherwise there are as many rounds as the answer, each of which lets all
    members join a growing set and looks for ways to it from those with too few partners in it: at least n + 2 m
    steps, and m for each way looked for. Where that takes more than :data:`MOST_STEPS` no further round begins.
    Rounds begin with a member drawn at random, and a smaller split can only have been missed if all of these members
    are part of it.

    Returns
    -------
    least : array of float, shape (k,)
        The connectivity; NaN for one member.
    missed : array of float, shape (k,)
        The largest chance that it is less; 0 where it is certain.
    """
    from clusternet.metrics.split_kernels import least_split

    inside = inside_graphs(c)
    size, pairs = inside.size, inside.pairs
    fewest = np.minimum.reduceat(inside.degree, inside.start[:-1]) if c.k else size
    _, cut = parts_and_cuts(c)
    held_by_one = np.bincount(c.member_cluster[cut], minlength=c.k) > 0
    least = np.where(held_by_one, np.minimum(fewest, 1), fewest)
    # With all linked the fewest partners are n - 1, which is the answer by definition.
    least = np.where(n_parts(c) > 1, 0, least)
    missed = np.zeros(c.k)
    open_ones = (least > 2) & (2 * pairs < size * (size - 1))
    for cluster in np.flatnonzero(open_ones):
        low, high = inside.start[cluster], inside.start[cluster + 1]
        state = np.array([SAMPLE_SEED], dtype=np.uint64)
        found, rounds = least_split(low, high, inside.rows, inside.others, least[cluster], MOST_STEPS, state)
        least[cluster] = found
        if rounds < found:
            drawn = np.arange(rounds)
            missed[cluster] = np.prod((found - 1 - drawn) / (size[cluster] - drawn))
    return np.where(size > 1, least.astype(np.float64), np.nan), missed
