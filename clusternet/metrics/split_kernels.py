"""Compiled search for the least number of nodes whose leaving splits a graph (vertex connectivity).

A split leaves some node x in one piece. Let everybody join, one by one, a set that begins with x and its partners: were
there a split by fewer than k others, the first node of another piece could not have k ways to the set that share no
node, because all of the set that does not leave is in one piece. So k such ways for each node, or k partners in the
set at once, show that no split by fewer than k leaves x where it is. If x itself leaves, the rest is split by one
fewer: the same is asked of the graph without x, for k - 1, and so on, k rounds in all (compare Even 1975, Esfahanian &
Hakimi 1984). Most nodes have k partners in the set already, so that few ways must be looked for.
"""

from __future__ import annotations

import numpy as np

from clusternet.model.kernels import compiled, random_below

#: Standing of a node in one round.
_GONE, _WAITING, _JOINED = -1, 0, 1


@compiled
def least_split(low, high, rows, others, bound, limit, state):  # type: ignore[no-untyped-def]
    """Return the vertex connectivity of a connected graph, and how many rounds have shown it.

    Parameters
    ----------
    bound : int
        The fewest partners that a node has: the connectivity is at most that.
    limit : int
        After so many steps no further round begins.
    state : array of uint64, shape (1,)
        Where the drawing of each round's first node stands.

    Returns
    -------
    int, int
        The least split found, or the bound, and the rounds done. It is the connectivity when there were as many rounds
        as the answer; otherwise a smaller split was missed only if every first node drawn is part of it.
    """
    n = high - low
    standing = np.zeros(n, dtype=np.int64)
    room = np.full((3, 2 * n), -1, dtype=np.int64)
    before, after, parent = room[0, :n], room[0, n:], room[1]
    left = np.arange(n)
    steps = np.zeros(1, dtype=np.int64)
    best, rounds = bound, 0
    while rounds < best and steps[0] <= limit:
        at = random_below(state, n - rounds)
        root = left[at]
        left[at] = left[n - rounds - 1]
        for node in range(n):
            if standing[node] != _GONE:
                standing[node] = _WAITING
        found = _round(root, best - rounds, low, rows, others, standing, before, after, parent, room[2], steps)
        best = min(best, rounds + found)
        standing[root] = _GONE
        rounds += 1
    return best, min(rounds, best)


@compiled
def _round(root, k, low, rows, others, standing, before, after, parent, queue, steps):  # type: ignore[no-untyped-def]
    """Let everybody join the set of a root and its partners; return the fewest ways that a node has, at most k."""
    n = len(standing)
    count = np.zeros(n, dtype=np.int64)
    ready = np.empty(n, dtype=np.int64)
    stacked = standing == _GONE
    total, waiting = 1, n - stacked.sum()
    ready[0] = root
    stacked[root] = True
    for place in range(rows[low + root], rows[low + root + 1]):
        node = others[place] - low
        if not stacked[node]:
            stacked[node] = True
            ready[total] = node
            total += 1
    while waiting and k:
        if total:
            total -= 1
            node = ready[total]
        else:
            node = -1
            for other in range(n):
                if standing[other] == _WAITING and (node < 0 or count[other] > count[node]):
                    node = other
            steps[0] += n
            if count[node] < k:
                k = min(k, _ways(node, k, low, rows, others, standing, before, after, parent, queue, steps))
            stacked[node] = True
        standing[node] = _JOINED
        waiting -= 1
        steps[0] += rows[low + node + 1] - rows[low + node]
        for place in range(rows[low + node], rows[low + node + 1]):
            other = others[place] - low
            count[other] += 1
            if count[other] >= k and not stacked[other]:
                stacked[other] = True
                ready[total] = other
                total += 1
    return k


@compiled
def _ways(source, k, low, rows, others, standing, before, after, parent, queue, steps):  # type: ignore[no-untyped-def]
    """Return how many ways that share no node lead from a node to the set, at most k."""
    before[:] = -1
    after[:] = -1
    ways = 0
    for place in range(rows[low + source], rows[low + source + 1]):
        node = others[place] - low
        if standing[node] == _JOINED:
            before[node] = source
            ways += 1
    for place in range(rows[low + source], rows[low + source + 1]):
        middle = others[place] - low
        if ways >= k or standing[middle] != _WAITING:
            continue
        begin, degree = rows[low + middle], rows[low + middle + 1] - rows[low + middle]
        for turn in range(degree):
            # Everybody begins at another place, so that not all run into the same members that are taken already.
            node = others[begin + (turn + middle) % degree] - low
            steps[0] += 1
            if standing[node] == _JOINED and before[node] < 0:
                before[middle], after[middle], before[node] = source, node, middle
                ways += 1
                break
    while ways < k and _one_more(source, low, rows, others, standing, before, after, parent, queue, steps):
        _lay(source, queue[0], before, after, parent)
        ways += 1
    return ways


@compiled
def _one_more(source, low, rows, others, standing, before, after, parent, queue, steps):  # type: ignore[no-untyped-def]
    """Look for one more way, along which those that are laid may be led elsewhere; its last node is left in the queue.

    Every node is an entrance (its number) and an exit (n more), so that only one way can pass.
    """
    n = len(standing)
    parent[:] = -1
    queue[0] = n + source
    parent[n + source] = n + source
    head, tail = 0, 1
    steps[0] += n
    while head < tail:
        place = queue[head]
        head += 1
        node = place % n
        if place < n:
            # Where a way passes already, one can only go back to where it comes from, so that it goes elsewhere.
            onward = n + (before[node] if before[node] >= 0 else node)
            if parent[onward] < 0:
                parent[onward] = place
                queue[tail] = onward
                tail += 1
            continue
        if node != source and before[node] >= 0 and parent[node] < 0:
            parent[node] = place
            queue[tail] = node
            tail += 1
        for at in range(rows[low + node], rows[low + node + 1]):
            other = others[at] - low
            steps[0] += 1
            taken = before[other] == node
            if other == source or standing[other] == _GONE or parent[other] >= 0 or taken:
                continue
            parent[other] = place
            if standing[other] == _JOINED and before[other] < 0:
                queue[0] = other
                return True
            queue[tail] = other
            tail += 1
    return False


@compiled
def _lay(source, goal, before, after, parent):  # type: ignore[no-untyped-def]
    """Lay a way that was found: first the stretches that it goes back along are given up, then its own are taken."""
    n = len(before)
    for taking in (False, True):
        place = goal
        while place != n + source:
            came = parent[place]
            if place < n <= came and came - n != place and taking:
                before[place] = came - n
                if came - n != source:
                    after[came - n] = place
            if came < n <= place and place - n != came and not taking:
                before[came] = -1
                after[place - n] = -1
            place = came
