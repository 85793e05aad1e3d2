"""Compiled counts of squares without diagonals and of paths over four nodes."""

from __future__ import annotations

import numpy as np

from clusternet.metrics.graph_kernels import later_partners
from clusternet.model.kernels import compiled, random_below


@compiled
def square_census(start, rows, others, limit):  # type: ignore[no-untyped-def]
    """Count the chordless 4-cycles and the paths over four distinct nodes of every graph.

    A graph that would take more than ``limit`` steps has -1 squares; its paths are counted all the same.
    """
    k = len(start) - 1
    squares = np.full(k, -1, dtype=np.int64)
    paths = np.zeros(k, dtype=np.int64)
    for cluster in range(k):
        low, high = start[cluster], start[cluster + 1]
        steps = 0
        for node in range(low, high):
            degree = rows[node + 1] - rows[node]
            steps += degree * degree
            for place in range(rows[node], rows[node + 1]):
                other = others[place]
                if other > node:
                    paths[cluster] += (degree - 1) * (rows[other + 1] - rows[other] - 1)
        begin, later = later_partners(low, high, rows, others)
        triangles, foursomes, more = _triangles_and_foursomes(begin, later, limit - steps)
        steps += more
        paths[cluster] -= 3 * triangles
        if steps <= limit:
            over_all, over_links = _shared_partners(low, high, rows, others)
            squares[cluster] = (over_all - 2 * over_links + 6 * foursomes) // 2
    return squares, paths


@compiled
def _triangles_and_foursomes(begin, later, limit):  # type: ignore[no-untyped-def]
    """Count triangles and complete foursomes, and the steps; beyond the limit of steps foursomes are left out."""
    n = len(begin) - 1
    mark = np.full(n, -1, dtype=np.int64)
    deep = np.full(n, -1, dtype=np.int64)
    both = np.empty(n, dtype=np.int64)
    triangles, foursomes, steps, stamp = 0, 0, 0, 0
    for node in range(n):
        for place in range(begin[node], begin[node + 1]):
            mark[later[place]] = node
        for place in range(begin[node], begin[node + 1]):
            second = later[place]
            count = 0
            for deeper in range(begin[second], begin[second + 1]):
                third = later[deeper]
                if mark[third] == node:
                    both[count] = third
                    deep[third] = stamp
                    count += 1
            triangles += count
            steps += begin[second + 1] - begin[second]
            if steps <= limit:
                for which in range(count):
                    third = both[which]
                    steps += begin[third + 1] - begin[third]
                    for deeper in range(begin[third], begin[third + 1]):
                        if deep[later[deeper]] == stamp:
                            foursomes += 1
            stamp += 1
    return triangles, foursomes, steps


@compiled
def _shared_partners(low, high, rows, others):  # type: ignore[no-untyped-def]
    """Return, over all pairs of nodes and over linked ones, how many pairs of common partners they have."""
    n = high - low
    common = np.zeros(n, dtype=np.int64)
    touched = np.empty(n, dtype=np.int64)
    over_all, over_links = 0, 0
    for node in range(low, high):
        count = 0
        for place in range(rows[node], rows[node + 1]):
            middle = others[place]
            for deeper in range(rows[middle], rows[middle + 1]):
                other = others[deeper] - low
                if other + low > node:
                    if common[other] == 0:
                        touched[count] = other
                        count += 1
                    common[other] += 1
        for place in range(rows[node], rows[node + 1]):
            other = others[place] - low
            if other + low > node:
                over_links += common[other] * (common[other] - 1) // 2
        for which in range(count):
            other = touched[which]
            over_all += common[other] * (common[other] - 1) // 2
            common[other] = 0
    return over_all, over_links


@compiled
def closing_paths(low, high, rows, others, draws, state):  # type: ignore[no-untyped-def]
    """Draw paths over four distinct nodes of one graph; return how many close to a square without diagonals.

    The middle link is drawn with the chance of its paths, then a further partner of each of its ends; where that is one
    and the same, three nodes form no path, and all is drawn again. So every path is as likely as every other.
    """
    weights = np.empty(rows[high] - rows[low], dtype=np.int64)
    owner = np.empty(rows[high] - rows[low], dtype=np.int64)
    total, at = 0, 0
    for node in range(low, high):
        for place in range(rows[node], rows[node + 1]):
            other = others[place]
            total += (rows[node + 1] - rows[node] - 1) * (rows[other + 1] - rows[other] - 1)
            weights[at] = total
            owner[at] = node
            at += 1
    closed, drawn = 0, 0
    while drawn < draws:
        link = np.searchsorted(weights, random_below(state, total), side="right")
        first, second = owner[link], others[rows[low] + link]
        before = _another(first, second, rows, others, state)
        after = _another(second, first, rows, others, state)
        if before == after:
            continue
        drawn += 1
        if (
            _linked(before, after, rows, others)
            and not _linked(before, second, rows, others)
            and not _linked(first, after, rows, others)
        ):
            closed += 1
    return closed


@compiled
def _another(node, not_this, rows, others, state):  # type: ignore[no-untyped-def]
    """Draw a partner of a node other than one of its partners."""
    while True:
        found = others[rows[node] + random_below(state, rows[node + 1] - rows[node])]
        if found != not_this:
            return found


@compiled
def _linked(node, other, rows, others):  # type: ignore[no-untyped-def]
    low, high = rows[node], rows[node + 1]
    place = low + np.searchsorted(others[low:high], other)
    return place < high and others[place] == other
