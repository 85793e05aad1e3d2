"""Compiled counts of the steps between the nodes of a graph."""

from __future__ import annotations

import numpy as np

from clusternet.model.kernels import compiled


@compiled
def _ones(word):  # type: ignore[no-untyped-def]
    """Return how many bits of a word are set."""
    word = word - ((word >> np.uint64(1)) & np.uint64(0x5555555555555555))
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56))


@compiled
def pairs_by_steps(start, rows, others, chosen):  # type: ignore[no-untyped-def]
    """Count the ordered pairs of nodes of each chosen graph by the steps between them.

    From 64 nodes at once the search goes on, one bit of a word each.

    Returns
    -------
    array of int, shape (nodes,)
        At ``start[c] + d`` the pairs of graph c that are d steps apart.
    """
    found = np.zeros(len(rows) - 1, dtype=np.int64)
    for cluster in range(len(start) - 1):
        if not chosen[cluster]:
            continue
        low, high = start[cluster], start[cluster + 1]
        n = high - low
        seen = np.zeros(n, dtype=np.uint64)
        now, then = np.zeros(n, dtype=np.uint64), np.zeros(n, dtype=np.uint64)
        active, fresh = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
        for first in range(0, n, 64):
            seen[:] = np.uint64(0)
            count = min(64, n - first)
            for bit in range(count):
                seen[first + bit] = now[first + bit] = np.uint64(1) << np.uint64(bit)
                active[bit] = first + bit
            steps = 0
            while count:
                steps += 1
                reached = 0
                for which in range(count):
                    node = active[which]
                    word = now[node]
                    now[node] = np.uint64(0)
                    for place in range(rows[low + node], rows[low + node + 1]):
                        other = others[place] - low
                        more = word & ~seen[other]
                        if more:
                            if not then[other]:
                                fresh[reached] = other
                                reached += 1
                            then[other] |= more
                for which in range(reached):
                    other = fresh[which]
                    seen[other] |= then[other]
                    found[low + steps] += _ones(then[other])
                now, then = then, now
                active, fresh = fresh, active
                count = reached
    return found


@compiled
def closeness_of(low, high, rows, others, sources):  # type: ignore[no-untyped-def]
    """Return, for each source of one graph, the mean of 1 / steps to all other nodes, 0 for those out of reach."""
    n = high - low
    steps = np.empty(n, dtype=np.int64)
    queue = np.empty(n, dtype=np.int64)
    by_steps = np.zeros(n, dtype=np.int64)
    found = np.zeros(len(sources))
    for which in range(len(sources)):
        steps[:] = -1
        by_steps[:] = 0
        steps[sources[which]] = 0
        queue[0] = sources[which]
        head, tail = 0, 1
        while head < tail:
            node = queue[head]
            head += 1
            for place in range(rows[low + node], rows[low + node + 1]):
                other = others[place] - low
                if steps[other] < 0:
                    steps[other] = steps[node] + 1
                    by_steps[steps[other]] += 1
                    queue[tail] = other
                    tail += 1
        total = 0.0
        for distance in range(1, n):
            total += by_steps[distance] / distance
        found[which] = total / (n - 1)
    return found
