"""How a partition becomes better: merging, moving and fitting the rates anew, or by heat."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from clusternet.detect.description import Description, described
from clusternet.detect.merging import merged
from clusternet.detect.moves import NO_LIMIT, Walk

#: Passes over all nodes, and refittings of the rates, after which climbing stops.
_MOST_PASSES, _MOST_CLIMBS = 5, 12
#: The description must become shorter by this share of itself for climbing to go on.
_WORTH_WHILE = 1e-6


def climbed(description: Description, state: NDArray[np.uint64], largest: float = NO_LIMIT) -> Description:
    """Merge groups, move nodes and fit the rates again, as long as the description becomes shorter.

    Parameters
    ----------
    description : Description
        Where to start.
    state : array of uint64, shape (1,)
        The random state, for the order of the nodes; it is changed.
    largest : float
        No group grows beyond so many members.

    Returns
    -------
    Description
        The shortest one met, with the same kind of links.
    """
    shortest = description
    for _ in range(_MOST_CLIMBS):
        labels = merged(description, largest)
        start = described(description.network, labels, corrected=bool(description.rates[0]))
        walk = Walk(start, state, largest)
        for _ in range(_MOST_PASSES):
            if walk.step(0.0) == 0:
                break
        description = described(description.network, walk.labels, corrected=bool(description.rates[0]))
        gained = shortest.length - description.length
        if gained > 0:
            shortest = description
        if gained <= _WORTH_WHILE * abs(shortest.length):
            break
    return shortest


def heated(
    description: Description, state: NDArray[np.uint64], ladder: tuple[float, ...], largest: float = NO_LIMIT
) -> Description:
    """Let nodes move at random while it cools down, and return where they stand, rates fitted anew at every step."""
    return _walked(description, state, ladder, lambda walk, beta: walk.step(beta), largest)


def settled(
    description: Description, state: NDArray[np.uint64], passes: int, refits: int, largest: float = NO_LIMIT
) -> Description:
    """Let nodes move at random at temperature 1, none alone, refitting the rates every few passes."""
    ladder = (1.0,) * refits

    def steps(walk: Walk, beta: float) -> None:
        for _ in range(passes):
            walk.step(beta, alone=False)

    return _walked(description, state, ladder, steps, largest)


def _walked(
    description: Description,
    state: NDArray[np.uint64],
    ladder: tuple[float, ...],
    steps: Callable[[Walk, float], object],
    largest: float,
) -> Description:
    for beta in ladder:
        walk = Walk(description, state, largest)
        steps(walk, beta)
        description = described(description.network, walk.labels, corrected=bool(description.rates[0]))
    return description


def common_groups(partitions: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Return the groups of nodes that every partition keeps together, shape (n,)."""
    labels = np.zeros(len(partitions[0]), dtype=np.int64)
    for other in partitions:
        labels = np.unique(labels * (int(other.max()) + 1) + other, return_inverse=True)[1]
    return labels
