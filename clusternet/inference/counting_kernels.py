"""The compiled passes over links: what lies inside each cluster and what leaves it, and joining ends at random."""

from __future__ import annotations

import numpy as np

from clusternet.model.kernels import GOLDEN, compiled


@compiled
def tally(ends, cluster_of, weight, k):  # type: ignore[no-untyped-def]
    """Return links inside and leaving each cluster (2, k), the same in weight, and each node's weight in and out."""
    pairs = np.zeros((2, k))
    weights = np.zeros((2, k))
    within = np.zeros(len(cluster_of))
    without = np.zeros(len(cluster_of))
    for link in range(len(ends)):
        one, other = ends[link, 0], ends[link, 1]
        first, second = cluster_of[one], cluster_of[other]
        if first == second and first >= 0:
            pairs[0, first] += 1
            weights[0, first] += weight[link]
            within[one] += weight[link]
            within[other] += weight[link]
            continue
        without[one] += weight[link]
        without[other] += weight[link]
        for cluster in (first, second):
            if cluster >= 0 and first != second:
                pairs[1, cluster] += 1
                weights[1, cluster] += weight[link]
    return pairs, weights, within, without


@compiled
def _bits(state):  # type: ignore[no-untyped-def]
    """Return the random bits of a state of splitmix64; the caller steps it by GOLDEN, and keeps it in a register."""
    bits = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


@compiled
def _below(bits, bound):  # type: ignore[no-untyped-def]
    return np.int64(np.float64(np.int64(bits >> np.uint64(11))) * (1.0 / 9007199254740992.0) * bound)


@compiled
def _in_heaps(values, state):  # type: ignore[no-untyped-def]
    """Deal values into 16 heaps at random, and return them heap by heap, with where each begins."""
    n, starts = len(values), np.zeros(17, dtype=np.int64)
    first = state
    for place in range(0, n, 16):
        state += GOLDEN
        bits = _bits(state)
        for _ in range(min(16, n - place)):
            starts[(bits & np.uint64(15)) + np.uint64(1)] += 1
            bits >>= np.uint64(4)
    starts = np.cumsum(starts)
    dealt, fill, state = np.empty_like(values), starts.copy(), first
    for place in range(0, n, 16):
        state += GOLDEN
        bits = _bits(state)
        for step in range(min(16, n - place)):
            heap = bits & np.uint64(15)
            dealt[fill[heap]] = values[place + step]
            fill[heap] += 1
            bits >>= np.uint64(4)
    return dealt, starts, state


@compiled
def joined_at_random(ends, special, seed):  # type: ignore[no-untyped-def]
    """Return the ends of links (2m of them) joined two by two, all ways equally likely, in an order of chance.

    The ends are dealt into heaps first, which fit the processor's fast memory (Rao 1961, Sandelius 1962): otherwise
    nearly every step would wait for the memory. In a heap the last end that is left is joined to any other that is
    left; a single one that remains is any of them, and is joined to any of the next heap. Last, so many ``special``
    links as are asked for, any of them, come to the front.
    """
    dealt, starts, state = _in_heaps(ends, np.uint64(seed))
    for heap in range(16):
        first, last = starts[heap], starts[heap + 1]
        if first < last and first & 1:
            state += GOLDEN
            other = first + _below(_bits(state), last - first)
            dealt[other], dealt[first] = dealt[first], dealt[other]
            first += 1
        if first < last and last & 1:
            state += GOLDEN
            other = first + _below(_bits(state), last - first)
            last -= 1
            dealt[other], dealt[last] = dealt[last], dealt[other]
        for top in range(last - 1, first, -2):
            state += GOLDEN
            other = first + _below(_bits(state), top - first)
            dealt[other], dealt[top - 1] = dealt[top - 1], dealt[other]
    m = len(ends) // 2
    for link in range(special):
        state += GOLDEN
        other = link + _below(_bits(state), m - link)
        for side in range(2):
            dealt[2 * link + side], dealt[2 * other + side] = dealt[2 * other + side], dealt[2 * link + side]
    return dealt


@compiled
def tally_inside(ends, cluster_of, weight, usual, k):  # type: ignore[no-untyped-def]
    """Return links inside each cluster, their weight, each node's weight inside, and its strength beyond the usual.

    Most links have the usual weight: they need a look at two clusters and nothing else.
    """
    pairs, weights = np.zeros(k), np.zeros(k)
    within, beyond = np.zeros(len(cluster_of)), np.zeros(len(cluster_of))
    for link in range(len(weight)):
        one, other = ends[2 * link], ends[2 * link + 1]
        cluster = cluster_of[one]
        if cluster == cluster_of[other] and cluster >= 0:
            pairs[cluster] += 1
            weights[cluster] += weight[link]
            within[one] += weight[link]
            within[other] += weight[link]
        if weight[link] != usual:
            beyond[one] += weight[link] - usual
            beyond[other] += weight[link] - usual
    return pairs, weights, within, beyond
