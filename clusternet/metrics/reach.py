"""How few steps inside lead from member to member: counted from all members, or from some where there are very many."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusternet.metrics.estimates import SAMPLE_SEED
from clusternet.metrics.inside import inside_graphs
from clusternet.metrics.memory import made_once
from clusternet.model import ClusteredNetwork

Values = NDArray[np.float64]

#: Members times linked ends up to which the steps are counted from every member (64 of them at a time).
MOST_WORK = 50_000_000_000
#: Steps that the search from a sample of members may take, and the fewest members.
_SAMPLE_WORK = 500_000_000
_FEWEST_SOURCES = 100


@made_once
def efficiencies(c: ClusteredNetwork) -> tuple[Values, Values]:
    """Return the mean over pairs of members of 1 / steps between them.

    Counting takes members / 64 x steps of the longest way x linked ends. Where members x linked ends are more than
    :data:`MOST_WORK` it is estimated from members drawn without replacement.

    Returns
    -------
    mean : array of float, shape (k,)
        NaN for one member.
    error : array of float, shape (k,)
        The standard error of an estimate; 0 where all was counted.
    """
    from clusternet.metrics.reach_kernels import closeness_of, pairs_by_steps

    inside = inside_graphs(c)
    size, ends = inside.size, 2 * inside.pairs
    counted = size * ends <= MOST_WORK
    mean, error = np.full(c.k, np.nan), np.zeros(c.k)
    found = pairs_by_steps(inside.start, inside.rows, inside.others, counted)
    for cluster in np.flatnonzero(counted & (size > 1)):
        by_steps = found[inside.start[cluster] : inside.start[cluster + 1]]
        # Whole numbers of pairs come first, so that no sum of fractions depends on the order of members.
        furthest = int(np.flatnonzero(by_steps).max(initial=0))
        by_steps = by_steps[1 : furthest + 1]
        n = int(size[cluster])
        mean[cluster] = (by_steps / np.arange(1, furthest + 1)).sum() / (n * (n - 1))
    for cluster in np.flatnonzero(~counted):
        n = int(size[cluster])
        sources = min(n, max(_FEWEST_SOURCES, _SAMPLE_WORK // int(ends[cluster])))
        drawn = np.sort(np.random.default_rng(SAMPLE_SEED).choice(n, sources, replace=False))
        low, high = inside.start[cluster], inside.start[cluster + 1]
        closeness = closeness_of(low, high, inside.rows, inside.others, drawn.astype(np.int64))
        mean[cluster] = closeness.mean()
        left = 1 - len(drawn) / n
        error[cluster] = np.sqrt(left * closeness.var(ddof=1) / len(drawn))
    return mean, error
