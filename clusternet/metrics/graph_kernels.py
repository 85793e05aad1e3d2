"""Compiled passes over the graphs inside all clusters: rows, connected parts, cut members, triangles."""

from __future__ import annotations

import numpy as np

from clusternet.model.kernels import compiled


@compiled
def symmetric_rows(first, second, n):  # type: ignore[no-untyped-def]
    """Return the rows of sorted pairs, each of which stands in the rows of both of its ends.

    Pairs that are sorted by their first and then by their second end give sorted rows without any sorting: first
    every row gets its smaller partners, then its larger ones.
    """
    rows = np.zeros(n + 1, dtype=np.int64)
    for pair in range(len(first)):
        rows[first[pair] + 1] += 1
        rows[second[pair] + 1] += 1
    for node in range(n):
        rows[node + 1] += rows[node]
    fill = rows[:-1].copy()
    others = np.empty(2 * len(first), dtype=np.int64)
    for pair in range(len(first)):
        others[fill[second[pair]]] = first[pair]
        fill[second[pair]] += 1
    for pair in range(len(first)):
        others[fill[first[pair]]] = second[pair]
        fill[first[pair]] += 1
    return rows, others


@compiled
def parts_and_cut_members(rows, others):  # type: ignore[no-untyped-def]
    """Return the first node of each node's connected part, and which nodes are cut points (Hopcroft & Tarjan 1973)."""
    n = len(rows) - 1
    part = np.full(n, -1, dtype=np.int64)
    cut = np.zeros(n, dtype=np.bool_)
    depth = np.zeros(n, dtype=np.int64)
    low = np.zeros(n, dtype=np.int64)
    next_one = rows[:-1].copy()
    path = np.empty(n, dtype=np.int64)
    for root in range(n):
        if part[root] >= 0:
            continue
        part[root] = root
        path[0], length, branches = root, 1, 0
        while length:
            node = path[length - 1]
            if next_one[node] < rows[node + 1]:
                other = others[next_one[node]]
                next_one[node] += 1
                if part[other] < 0:
                    part[other] = root
                    depth[other] = low[other] = length
                    path[length] = other
                    length += 1
                elif depth[other] < low[node]:
                    low[node] = depth[other]
            else:
                length -= 1
                if length == 0:
                    break
                above = path[length - 1]
                low[above] = min(low[above], low[node])
                if length == 1:
                    branches += 1
                elif low[node] >= depth[above]:
                    cut[above] = True
        cut[root] = branches > 1
    return part, cut


@compiled
def later_partners(low, high, rows, others):  # type: ignore[no-untyped-def]
    """Return, for the nodes of one graph, the partners with more partners than they have; ties by position.

    No node has more than the square root of twice the links of such partners, however many it has in all.
    """
    n = high - low
    begin = np.zeros(n + 1, dtype=np.int64)
    later = np.empty((rows[high] - rows[low]) // 2, dtype=np.int64)
    filled = 0
    for node in range(low, high):
        degree = rows[node + 1] - rows[node]
        for place in range(rows[node], rows[node + 1]):
            other = others[place]
            reach = rows[other + 1] - rows[other]
            if reach > degree or (reach == degree and other > node):
                later[filled] = other - low
                filled += 1
        begin[node - low + 1] = filled
    return begin, later


@compiled
def triangle_corners(start, rows, others):  # type: ignore[no-untyped-def]
    """Return the number of triangles at every node."""
    corners = np.zeros(len(rows) - 1, dtype=np.int64)
    for cluster in range(len(start) - 1):
        low, high = start[cluster], start[cluster + 1]
        begin, later = later_partners(low, high, rows, others)
        mark = np.full(high - low, -1, dtype=np.int64)
        for node in range(high - low):
            for place in range(begin[node], begin[node + 1]):
                mark[later[place]] = node
            for place in range(begin[node], begin[node + 1]):
                second = later[place]
                for deeper in range(begin[second], begin[second + 1]):
                    third = later[deeper]
                    if mark[third] == node:
                        corners[low + node] += 1
                        corners[low + second] += 1
                        corners[low + third] += 1
    return corners


@compiled
def linked_pairs(rows, others, first, second):  # type: ignore[no-untyped-def]
    """Return which of some pairs of nodes are linked, where the partners of each node are sorted."""
    found = np.zeros(len(first), dtype=np.bool_)
    for pair in range(len(first)):
        low, high = rows[first[pair]], rows[first[pair] + 1]
        while low < high:
            middle = (low + high) // 2
            if others[middle] < second[pair]:
                low = middle + 1
            else:
                high = middle
        found[pair] = low < rows[first[pair] + 1] and others[low] == second[pair]
    return found
