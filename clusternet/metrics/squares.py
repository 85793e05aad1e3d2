"""Squares without diagonals and paths over four members: counted, or estimated where counting would take too long."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusternet.metrics.estimates import SAMPLE_SEED
from clusternet.metrics.inside import inside_graphs
from clusternet.metrics.memory import made_once
from clusternet.model import ClusteredNetwork
from clusternet.model.sums import ratio

Values = NDArray[np.float64]

#: A cluster whose squares would take more steps is estimated; a step takes a few nanoseconds.
MOST_STEPS = 1_000_000_000
#: So many paths are drawn then.
DRAWN_PATHS = 250_000


@made_once
def square_shares(c: ClusteredNetwork) -> tuple[Values, Values]:
    """Return, of the paths over four members, the share that closes to a square without diagonals.

    Every two members that are not linked close a square with each pair of their common partners; where that pair is
    linked itself the four are a diamond, and no square. Diamonds follow from the common partners of linked members,
    less the complete foursomes. Counting takes the sum of squared degrees, and for each triangle as many steps as one
    of its members has partners with more partners than itself (at most the square root of twice the links). Beyond
    :data:`MOST_STEPS` the share is that of :data:`DRAWN_PATHS` paths, all of them equally likely.

    Returns
    -------
    share : array of float, shape (k,)
        NaN where no path leads over four members.
    error : array of float, shape (k,)
        The standard error of an estimated share; 0 where all was counted.
    """
    from clusternet.metrics.square_kernels import closing_paths, square_census

    inside = inside_graphs(c)
    squares, paths = square_census(inside.start, inside.rows, inside.others, MOST_STEPS)
    share = ratio(4 * squares, paths)
    error = np.zeros(c.k)
    for cluster in np.flatnonzero((squares < 0) & (paths > 0)):
        low, high = inside.start[cluster], inside.start[cluster + 1]
        state = np.array([SAMPLE_SEED], dtype=np.uint64)
        closed = closing_paths(low, high, inside.rows, inside.others, DRAWN_PATHS, state)
        share[cluster] = closed / DRAWN_PATHS
        # With one success and one failure more, so that a share of 0 or 1 does not look certain.
        likely = (closed + 1) / (DRAWN_PATHS + 2)
        error[cluster] = np.sqrt(likely * (1 - likely) / DRAWN_PATHS)
    return share, error
