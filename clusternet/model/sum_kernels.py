"""The compiled kernels of order-free sums, and of the adjacency matrix."""

from __future__ import annotations

import numpy as np

from clusternet.model.kernels import compiled


@compiled
def add_leading_parts(rest, unit, groups, others, part):  # type: ignore[no-untyped-def]
    """Cut from every value the leading part that is a multiple of a unit, and add these parts up by group.

    Parameters
    ----------
    rest : array of float, shape (m,)
        What is left of the values; the parts are taken off in place.
    unit : float
        A power of two, so large that every sum of parts is exact.
    groups, others : array of int64, shape (m,) or (0,)
        The group of each value, and a second one to which it counts as well; empty where all are in group 0, or in no
        second one.
    part : array of float, shape (groups,)
        Zeros; filled with the sums.

    Returns
    -------
    float
        The largest absolute value that is left.
    """
    top = 0.0
    total = 0.0
    for row in range(len(rest)):
        value = rest[row]
        leading = np.rint(value / unit) * unit
        if len(groups):
            part[groups[row]] += leading
            if len(others):
                part[others[row]] += leading
        else:
            total += leading
        value -= leading
        rest[row] = value
        top = max(top, abs(value))
    if not len(groups):
        part[0] = total
    return top


@compiled
def adjacency(first, second, weight, nodes):  # type: ignore[no-untyped-def]
    """Return the rows of the symmetric adjacency matrix of sorted pairs: values, columns and where each row begins.

    A row meets its smaller partners before its larger ones, each in order, because the pairs are sorted.
    """
    starts = np.zeros(nodes + 2, dtype=np.int32)
    for pair in range(len(first)):
        starts[first[pair] + 2] += 1
        starts[second[pair] + 2] += 1
    for node in range(nodes + 1):
        starts[node + 1] += starts[node]
    values, columns = np.empty(2 * len(first), dtype=np.float64), np.empty(2 * len(first), dtype=np.int32)
    for pair in range(len(first)):
        for one, other in ((first[pair], second[pair]), (second[pair], first[pair])):
            place = starts[one + 1]
            starts[one + 1] += 1
            values[place], columns[place] = weight[pair], other
    return values, columns, starts[: nodes + 1].copy()


@compiled
def are_sorted_pairs(first, second):  # type: ignore[no-untyped-def]
    """Return whether each pair has its smaller end first and comes after the one before."""
    for pair in range(len(first)):
        if first[pair] >= second[pair]:
            return False
        if pair and (
            first[pair - 1] > first[pair] or (first[pair - 1] == first[pair] and second[pair - 1] >= second[pair])
        ):
            return False
    return True
