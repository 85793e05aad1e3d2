"""Distinct numbers, found without sorting where they are sorted already."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.int64]


def distinct(keys: Positions) -> tuple[Positions, Positions]:
    """Return the distinct numbers, sorted, and the place of each number among them.

    Ties stand sorted in a network, so that most often there is nothing to sort.

    Examples
    --------
    >>> distinct(np.array([3, 3, 7]))
    (array([3, 7]), array([0, 0, 1]))
    """
    rising = np.diff(keys)
    if len(keys) and (rising >= 0).all():
        new = np.append(True, rising > 0)
        return keys[new], np.cumsum(new) - 1
    found, place = np.unique(keys, return_inverse=True)
    return found, place.astype(np.int64, copy=False)
