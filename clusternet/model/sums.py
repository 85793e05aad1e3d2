"""Sums that do not depend on the order of what is summed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Bits of a float's significand.
_BITS = 53
#: More passes than the weights of any survey can need (each pass settles about 28 bits or more).
_MOST_PASSES = 80


def grouped_sum(values: NDArray[np.float64], groups: NDArray[np.integer], n_groups: int) -> NDArray[np.float64]:
    """Sum values by group so that the answer is the same to the last bit in whatever order they stand.

    Each pass cuts from every value the leading part that is a multiple of one power of two, chosen so large
    that any sum of such parts is exact; what is left goes to the next pass.

    Parameters
    ----------
    values : array of float, shape (m,)
        Finite values.
    groups : array of int, shape (m,)
        The group of each value, 0 to ``n_groups - 1``.
    n_groups : int
        Number of groups.

    Returns
    -------
    array of float, shape (n_groups,)
        The sums; 0 for a group without values.

    References
    ----------
    Demmel, J. & Nguyen, H. D. (2013), Fast reproducible floating-point summation.

    Examples
    --------
    >>> grouped_sum(np.array([1e16, 1.0, -1e16]), np.array([0, 0, 0]), 1)
    array([1.])
    """
    total = np.zeros(n_groups)
    rest = np.asarray(values, dtype=np.float64)
    if rest.size == 0 or n_groups == 0:
        return total
    room = int(np.ceil(np.log2(rest.size))) + 1
    for _ in range(_MOST_PASSES):
        top = float(np.abs(rest).max())
        if top == 0.0:
            break
        unit = np.ldexp(1.0, max(int(np.frexp(top)[1]) + room - _BITS, -1074))
        part = np.rint(rest / unit) * unit
        total += np.bincount(groups, weights=part, minlength=n_groups)
        rest = rest - part
    return total


def grouped_mean(values: NDArray[np.float64], groups: NDArray[np.integer], n_groups: int) -> NDArray[np.float64]:
    """Return the mean by group, NaN for a group without values; order-free as :func:`grouped_sum`.

    Examples
    --------
    >>> grouped_mean(np.array([1.0, 3.0]), np.array([0, 0]), 2)
    array([ 2., nan])
    """
    count = np.bincount(groups, minlength=n_groups)
    return ratio(grouped_sum(values, groups, n_groups), count)


def ratio(above: NDArray[np.generic], below: NDArray[np.generic]) -> NDArray[np.float64]:
    """Divide element by element; where the divisor is 0 the ratio is undefined, NaN.

    Examples
    --------
    >>> ratio(np.array([1, 1]), np.array([2, 0]))
    array([0.5, nan])
    """
    above = np.asarray(above, dtype=np.float64)
    below = np.asarray(below, dtype=np.float64)
    quotient: NDArray[np.float64] = np.full(np.broadcast(above, below).shape, np.nan)
    np.divide(above, below, out=quotient, where=below != 0)
    return quotient


def canonical_weights(weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Divide weights by their mean and keep nine significant digits, so that their scale leaves no trace.

    Nine digits, because two roundings of weights that differ by a scale differ by some 1e-16: the coarser the
    grid, the rarer the weight that falls on either side of a step.

    Examples
    --------
    >>> canonical_weights(np.array([1.0, 3.0]))
    array([0.5, 1.5])
    """
    if weight.size == 0:
        return weight
    mean = grouped_sum(weight, np.zeros(weight.size, dtype=np.intp), 1)[0] / weight.size
    scaled = weight / mean
    step = np.power(10.0, np.floor(np.log10(scaled)) - 8)
    rounded: NDArray[np.float64] = np.rint(scaled / step) * step
    return rounded
