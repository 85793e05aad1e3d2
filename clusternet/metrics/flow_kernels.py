"""Compiled passes over directed flows: which ties are returned, trophic levels, the strength of circles."""

from __future__ import annotations

import numpy as np

from clusternet.model.kernels import compiled


@compiled
def returned_ties(rows, targets):  # type: ignore[no-untyped-def]
    """Return, for distinct directed ties sorted by source and target, which have their opposite.

    The targets of source i stand in ``targets[rows[i]:rows[i + 1]]``.
    """
    found = np.zeros(len(targets), dtype=np.bool_)
    for source in range(len(rows) - 1):
        for place in range(rows[source], rows[source + 1]):
            low, high = rows[targets[place]], rows[targets[place] + 1]
            while low < high:
                middle = (low + high) // 2
                if targets[middle] < source:
                    low = middle + 1
                else:
                    high = middle
            found[place] = low < rows[targets[place] + 1] and targets[low] == source
    return found


@compiled
def levels_of(start, rows, others, weights, right, precision):  # type: ignore[no-untyped-def]
    """Solve L h = v in each graph, L the Laplacian of symmetric weights, by conjugate gradients scaled by strengths.

    A graph takes as many rounds of its links as its shape asks for, at most twice as many as it has nodes and 100 more.
    """
    n = len(rows) - 1
    levels, strength = np.zeros(n), np.zeros(n)
    left, way, step, weights = right.copy(), np.zeros(n), np.zeros(n), weights.copy()
    for graph in range(len(start) - 1):
        low, high = start[graph], start[graph + 1]
        # Squares of very large or very small weights would leave the range of numbers.
        top = 0.0
        for place in range(rows[low], rows[high]):
            top = max(top, weights[place])
        scale, now = 0.0, 0.0
        for node in range(low, high):
            for place in range(rows[node], rows[node + 1]):
                weights[place] /= top
                strength[node] += weights[place]
            if strength[node] > 0:
                left[node] /= top
            scale += left[node] * left[node]
            if strength[node] > 0:
                way[node] = left[node] / strength[node]
                now += left[node] * way[node]
        rest, rounds = scale, 0
        while rest > precision * precision * scale and rounds < 2 * (high - low) + 100:
            rounds += 1
            slope = 0.0
            for node in range(low, high):
                step[node] = strength[node] * way[node]
                for place in range(rows[node], rows[node + 1]):
                    step[node] -= weights[place] * way[others[place]]
                slope += way[node] * step[node]
            if not slope > 0:
                break
            far = now / slope
            rest, then = 0.0, 0.0
            for node in range(low, high):
                levels[node] += far * way[node]
                left[node] -= far * step[node]
                rest += left[node] * left[node]
                if strength[node] > 0:
                    then += left[node] * left[node] / strength[node]
            for node in range(low, high):
                if strength[node] > 0:
                    way[node] = left[node] / strength[node] + then / now * way[node]
            now = then
    return levels


@compiled
def perron_roots(start, rows, others, weights, precision, most_rounds):  # type: ignore[no-untyped-def]
    """Return the largest eigenvalue of each strongly connected part, NaN where it was not found in so many rounds.

    For any positive x the smallest and the largest of (A x)_i / x_i enclose it (Collatz and Wielandt). x is multiplied
    by A and a share of itself, so that circles of one length do not keep it turning.
    """
    found = np.full(len(start) - 1, np.nan)
    n = len(rows) - 1
    now, then = np.ones(n), np.empty(n)
    for part in range(len(start) - 1):
        low, high = start[part], start[part + 1]
        top = 0.0
        for place in range(rows[low], rows[high]):
            top = max(top, weights[place])
        share = 0.0
        for _ in range(most_rounds):
            least, most, largest = np.inf, 0.0, 0.0
            for node in range(low, high):
                total = 0.0
                for place in range(rows[node], rows[node + 1]):
                    total += weights[place] / top * now[others[place]]
                least, most = min(least, total / now[node]), max(most, total / now[node])
                then[node] = total
            if most - least <= precision * most:
                found[part] = (least + most) / 2 * top
                break
            if share == 0.0:
                share = most / 2
            for node in range(low, high):
                then[node] += share * now[node]
                largest = max(largest, then[node])
            smallest = np.inf
            for node in range(low, high):
                now[node] = then[node] / largest
                smallest = min(smallest, now[node])
            if not smallest > 0:
                break
    return found
