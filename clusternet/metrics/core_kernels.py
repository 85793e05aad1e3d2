"""Compiled searches over the splits of a graph: into core and periphery, and into the two parts that cut least."""

from __future__ import annotations

import numpy as np

from clusternet.model.kernels import compiled


@compiled
def _correlation(n, m, core, between_outer):  # type: ignore[no-untyped-def]
    """Correlate the links with "one end in the core", given the size of the core and the links of its periphery."""
    pairs = n * (n - 1.0) / 2
    pattern = pairs - (n - core) * (n - core - 1) / 2
    hits = m - between_outer
    spread = m * (pairs - m) * pattern * (pairs - pattern)
    return (pairs * hits - m * pattern) / np.sqrt(spread) if spread > 0 else np.nan


@compiled
def _masks(low, high, rows, others):  # type: ignore[no-untyped-def]
    """Return the partners of every node of a small graph as bits."""
    masks = np.zeros(high - low, dtype=np.int64)
    for node in range(low, high):
        for place in range(rows[node], rows[node + 1]):
            masks[node - low] |= 1 << (others[place] - low)
    return masks


@compiled
def _linked_within(side, masks):  # type: ignore[no-untyped-def]
    """Return the links among the nodes of one side (bits), each counted from both ends, and the size of the side."""
    links, size = 0, 0
    for node in range(len(masks)):
        if side >> node & 1:
            size += 1
            both = masks[node] & side
            while both:
                both &= both - 1
                links += 1
    return links, size


@compiled
def best_core_of_all(low, high, rows, others):  # type: ignore[no-untyped-def]
    """Return the best correlation over all cores of a small graph."""
    n, m = high - low, (rows[high] - rows[low]) / 2.0
    masks = _masks(low, high, rows, others)
    best = np.nan
    for core in range(1, 1 << n):
        links, size = _linked_within(((1 << n) - 1) & ~core, masks)
        fit = _correlation(float(n), m, float(n - size), links / 2.0)
        if not fit <= best and not np.isnan(fit):
            best = fit
    return best


@compiled
def least_split_of_all(masks):  # type: ignore[no-untyped-def]
    """Return the least conductance of all splits of a small connected graph, given as the partners' bits."""
    n = len(masks)
    total, _ = _linked_within((1 << n) - 1, masks)
    least = np.inf
    # The last node always stays on one side, so that each split is tried once.
    for side in range(1, 1 << (n - 1)):
        inner, _ = _linked_within(side, masks)
        volume = 0
        for node in range(n):
            if side >> node & 1:
                both = masks[node]
                while both:
                    both &= both - 1
                    volume += 1
        least = min(least, (volume - inner) / min(volume, total - volume))
    return least


@compiled
def best_core_found(low, high, rows, others):  # type: ignore[no-untyped-def]
    """Grow the core by the node with most links to the periphery; then exchange single nodes while that helps.

    Growing takes n^2 / 2 + m steps, each exchange n.
    """
    n, m = high - low, (rows[high] - rows[low]) / 2.0
    outer = np.ones(n, dtype=np.bool_)
    links = rows[low + 1 : high + 1] - rows[low:high]
    order = np.empty(n, dtype=np.int64)
    left, best, best_size = m, -np.inf, 0
    for size in range(1, n - 1):
        chosen, most = 0, -1
        for node in range(n):
            if outer[node] and links[node] > most:
                chosen, most = node, links[node]
        left -= links[chosen]
        _move(chosen, low, rows, others, links, outer)
        order[size - 1] = chosen
        fit = _correlation(float(n), m, float(size), left)
        if fit > best:
            best, best_size = fit, size
    for node in range(n):
        outer[node] = True
        links[node] = rows[low + node + 1] - rows[low + node]
    left = m
    for place in range(best_size):
        left -= links[order[place]]
        _move(order[place], low, rows, others, links, outer)
    size = best_size
    while True:
        candidate, fit = -1, np.nan
        for node in range(n):
            change, lost = (1, -links[node]) if outer[node] else (-1, links[node])
            value = _correlation(float(n), m, float(size + change), left + lost)
            if value > fit or (candidate < 0 and not np.isnan(value)):
                candidate, fit = node, value
        if not fit > best + 1e-12:
            return best
        best = fit
        left += -links[candidate] if outer[candidate] else links[candidate]
        size += 1 if outer[candidate] else -1
        _move(candidate, low, rows, others, links, outer)


@compiled
def _move(node, low, rows, others, links, outer):  # type: ignore[no-untyped-def]
    """Move a node to the other side, and count everybody's links to the periphery anew."""
    change = -1 if outer[node] else 1
    outer[node] = not outer[node]
    for place in range(rows[low + node], rows[low + node + 1]):
        links[others[place] - low] += change


@compiled
def best_core_by_degree(low, high, rows, others, order):  # type: ignore[no-untyped-def]
    """Return the best correlation over the cores that are the first of a given order of the nodes."""
    n, m = high - low, (rows[high] - rows[low]) / 2.0
    outer = np.ones(n, dtype=np.bool_)
    left, best = m, -np.inf
    for size in range(1, n - 1):
        chosen = order[size - 1]
        outer[chosen] = False
        for place in range(rows[low + chosen], rows[low + chosen + 1]):
            left -= outer[others[place] - low]
        fit = _correlation(float(n), m, float(size), left)
        if fit > best:
            best = fit
    return best
