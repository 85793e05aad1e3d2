"""The compiled kernel that lays out many clusters, each by itself; a map of thousands of clusters needs it."""

from __future__ import annotations

import numpy as np

from clusternet.model.kernels import compiled

#: A node goes so many times as far as it is pulled, as all others will follow it (successive over-relaxation): with it
#: thirty rounds come as near as thirty of solving for all nodes at once, but for long chains.
REACH = 1.8


@compiled
def relax_parts(points, starts, first, second, cuts, rounds, most):  # type: ignore[no-untyped-def]
    """Move the nodes of each part until their distances are as near to the steps between them as may be.

    Node by node, to where all others of its part would have it (stress majorisation as Gansner, Koren & North 2005
    do it for one node at a time), in the order of the nodes, so that the answer is the same every time.

    Parameters
    ----------
    points : array of float, shape (n, 2)
        Where the nodes begin, part by part; they are moved in place.
    starts : array of int, shape (parts + 1,)
        Where the nodes of each part begin.
    first, second : array of int, shape (p,)
        The linked pairs inside the parts, part by part, as positions within the part.
    cuts : array of int, shape (parts + 1,)
        Where the pairs of each part begin.
    rounds : int
        How often each node is moved.
    most : int
        Parts of more nodes are left as they are.
    """
    for part in range(len(starts) - 1):
        low, count = starts[part], starts[part + 1] - starts[part]
        if 1 < count <= most:
            steps = _steps(first[cuts[part] : cuts[part + 1]], second[cuts[part] : cuts[part + 1]], count)
            _relax(points[low : low + count], steps, rounds)


@compiled
def _steps(first, second, count):  # type: ignore[no-untyped-def]
    """Return the number of steps between every two nodes of a part; pieces that are not linked stand apart."""
    begin = np.zeros(count + 2, dtype=np.int64)
    for place in range(len(first)):
        begin[first[place] + 2] += 1
        begin[second[place] + 2] += 1
    for node in range(count):
        begin[node + 2] += begin[node + 1]
    other = np.empty(2 * len(first), dtype=np.int64)
    for place in range(len(first)):
        other[begin[first[place] + 1]] = second[place]
        begin[first[place] + 1] += 1
        other[begin[second[place] + 1]] = first[place]
        begin[second[place] + 1] += 1
    steps = np.full((count, count), -1.0)
    queue = np.empty(count, dtype=np.int64)
    farthest = 1.0
    whole = True
    for root in range(count):
        row = steps[root]
        row[root] = 0.0
        queue[0] = root
        head, tail = 0, 1
        while head < tail:
            node = queue[head]
            head += 1
            for place in range(begin[node], begin[node + 1]):
                near = other[place]
                if row[near] < 0.0:
                    row[near] = row[node] + 1.0
                    queue[tail] = near
                    tail += 1
        farthest = max(farthest, row[queue[tail - 1]])
        whole = whole and tail == count
    if not whole:
        for one in range(count):
            for two in range(count):
                if steps[one, two] < 0.0:
                    steps[one, two] = farthest + 1.0
    return steps


@compiled
def _relax(points, steps, rounds):  # type: ignore[no-untyped-def]
    """Scale the points as fits the steps best, then move each node in turn."""
    count = len(points)
    above, below = 0.0, 1e-300
    for one in range(count):
        for two in range(one):
            across, along = points[one, 0] - points[two, 0], points[one, 1] - points[two, 1]
            length = np.sqrt(across * across + along * along)
            above += length / steps[one, two]
            below += length * length / (steps[one, two] * steps[one, two])
    for one in range(count):
        points[one, 0] *= above / below
        points[one, 1] *= above / below
    for _ in range(rounds):
        for one in range(count):
            here_x, here_y = points[one, 0], points[one, 1]
            pulled_x, pulled_y, weights = 0.0, 0.0, 0.0
            for two in range(count):
                if two == one:
                    continue
                across, along = here_x - points[two, 0], here_y - points[two, 1]
                length = np.sqrt(across * across + along * along)
                wanted = steps[one, two]
                weight = 1.0 / (wanted * wanted)
                ratio = wanted / length if length > 1e-12 else 0.0
                pulled_x += weight * (points[two, 0] + ratio * across)
                pulled_y += weight * (points[two, 1] + ratio * along)
                weights += weight
            points[one, 0] += REACH * (pulled_x / weights - here_x)
            points[one, 1] += REACH * (pulled_y / weights - here_y)
