"""Sums that do not depend on the order of what is summed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Bits of a float's significand.
_BITS = 53
#: Below this number of values numpy is as quick, and no compiled code need be loaded.
_FEW_VALUES = 50_000
#: Values from here on are left to numpy, since their parts could overflow.
_HUGE = 2.0**1000
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
    rest = np.asarray(values, dtype=np.float64)
    if rest.size >= _FEW_VALUES and n_groups and rest.ndim == 1:
        groups = np.asarray(groups)
        if len(groups) == rest.size and groups.min() >= 0 and groups.max() < n_groups:
            total = _compiled_sum(rest, np.ascontiguousarray(groups, dtype=np.int64), None, n_groups)
            if total is not None:
                return total
    return _summed_by_numpy(rest, groups, n_groups)


def _summed_by_numpy(rest: NDArray[np.float64], groups: NDArray[np.integer], n_groups: int) -> NDArray[np.float64]:
    total = np.zeros(n_groups)
    if rest.size == 0 or n_groups == 0:
        return total
    room = int(np.ceil(np.log2(rest.size))) + 1
    for _ in range(_MOST_PASSES):
        top = float(np.abs(rest).max())
        if top == 0.0:
            break
        unit = _unit(top, room)
        part = np.rint(rest / unit) * unit
        total += np.bincount(groups, weights=part, minlength=n_groups)
        rest = rest - part
    return total


def _unit(top: float, room: int) -> float:
    """Return the power of two of which the parts of values up to ``top`` are multiples."""
    return float(np.ldexp(1.0, max(int(np.frexp(top)[1]) + room - _BITS, -1074)))


def _compiled_sum(
    values: NDArray[np.float64],
    groups: NDArray[np.int64] | None,
    others: NDArray[np.int64] | None,
    n_groups: int,
) -> NDArray[np.float64] | None:
    """Do the same in compiled code, to the same bits; None for values that are left to numpy."""
    largest = max(float(values.max()), -float(values.min()))
    if not largest < _HUGE:
        return None
    from clusternet.model.sum_kernels import add_leading_parts

    none = np.zeros(0, dtype=np.int64)
    total = np.zeros(n_groups)
    rest = np.array(values, dtype=np.float64)
    room = int(np.ceil(np.log2(rest.size * (1 if others is None else 2)))) + 1
    for _ in range(_MOST_PASSES):
        if largest == 0.0:
            break
        part = np.zeros(n_groups)
        unit = _unit(largest, room)
        largest = add_leading_parts(
            rest, unit, none if groups is None else groups, none if others is None else others, part
        )
        total += part
    return total


def both_ends_sum(
    values: NDArray[np.float64], first: NDArray[np.int64], second: NDArray[np.int64], n_groups: int
) -> NDArray[np.float64]:
    """Sum values by group where each value counts to two groups; order-free as :func:`grouped_sum`.

    Parameters
    ----------
    values : array of float, shape (m,)
        Finite values.
    first, second : array of int, shape (m,)
        The two groups of each value, 0 to ``n_groups - 1``.
    n_groups : int
        Number of groups.

    Returns
    -------
    array of float, shape (n_groups,)
        To the last bit the sums of the values written down twice, once for each group.

    Examples
    --------
    >>> both_ends_sum(np.array([1.0, 2.0]), np.array([0, 1]), np.array([1, 2]), 3)
    array([1., 3., 2.])
    """
    if len(values) >= _FEW_VALUES and min(first.min(), second.min()) >= 0 and max(first.max(), second.max()) < n_groups:
        one, other = np.ascontiguousarray(first, dtype=np.int64), np.ascontiguousarray(second, dtype=np.int64)
        total = _compiled_sum(values, one, other, n_groups)
        if total is not None:
            return total
    return _summed_by_numpy(np.concatenate([values, values]), np.concatenate([first, second]), n_groups)


def total_sum(values: NDArray[np.float64]) -> float:
    """Return the sum of all values; order-free as :func:`grouped_sum`.

    Examples
    --------
    >>> total_sum(np.array([1e16, 1.0, -1e16]))
    1.0
    """
    if len(values) >= _FEW_VALUES:
        total = _compiled_sum(values, None, None, 1)
        if total is not None:
            return float(total[0])
    return float(_summed_by_numpy(values, np.zeros(len(values), dtype=np.intp), 1)[0])


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
    mean = total_sum(weight) / weight.size
    scaled = weight / mean
    step = np.power(10.0, np.floor(np.log10(scaled)) - 8)
    rounded: NDArray[np.float64] = np.rint(scaled / step) * step
    return rounded
