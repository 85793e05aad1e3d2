"""The compiled kernels that join the ends of links at random, counted by cluster: no link is ever written down."""

from __future__ import annotations

import numpy as np

from clusternet.model.kernels import GOLDEN, compiled, inlined, random_share

#: A chance that is so much smaller than the largest one adds nothing to a sum of 64-bit numbers.
_NOTHING = 1e-18
_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)


@compiled
def taken_of(state, good, bad, taken):  # type: ignore[no-untyped-def]
    """Return how many of the good are among so many taken at random from good and bad: hypergeometric chance.

    The chances are found one from the next, from the likeliest number outwards, by the four operations only: whatever
    library of functions a machine has, it gives the same answer.
    """
    least, most = max(0, taken - bad), min(good, taken)
    if least == most:
        return least
    likeliest = min(max((taken + 1) * (good + 1) // (good + bad + 2), least), most)
    whole = 1.0
    chance, number = 1.0, likeliest
    while number < most and chance > _NOTHING:
        chance *= float(good - number) * float(taken - number) / (float(number + 1) * float(bad - taken + number + 1))
        number += 1
        whole += chance
    chance, number = 1.0, likeliest
    while number > least and chance > _NOTHING:
        chance *= float(number) * float(bad - taken + number) / (float(good - number + 1) * float(taken - number + 1))
        number -= 1
        whole += chance
    rest = random_share(state) * whole - 1.0
    up = down = 1.0
    above = below = likeliest
    while rest >= 0 and (above < most or below > least) and max(up, down) > 0:
        if above < most:
            up *= float(good - above) * float(taken - above) / (float(above + 1) * float(bad - taken + above + 1))
            above += 1
            rest -= up
            if rest < 0:
                return above
        if below > least:
            down *= float(below) * float(bad - taken + below) / (float(good - below + 1) * float(taken - below + 1))
            below -= 1
            rest -= down
            if rest < 0:
                return below
    return likeliest


@compiled
def _take(state, ends, first, last, taken):  # type: ignore[no-untyped-def]
    """Take so many ends from some clusters at random, out of ``ends``."""
    left = ends[first:last].sum()
    for cluster in range(first, last):
        own = taken_of(state, ends[cluster], left - ends[cluster], taken)
        left -= ends[cluster]
        taken -= own
        ends[cluster] -= own


@compiled
def _join(state, ends, inside):  # type: ignore[no-untyped-def]
    """Join ends two by two, all ways equally likely, and write how many pairs lie inside each cluster.

    Clusters are parted into two halves, and it is settled how many pairs go from one half to the other. Whose ends
    these are is left to chance; the others stay in their half, where the same is done again. Ends are used up.
    """
    first, last = np.zeros(64, dtype=np.int64), np.zeros(64, dtype=np.int64)
    last[0] = len(ends)
    depth = 1
    while depth:
        depth -= 1
        one, end = first[depth], last[depth]
        if end - one == 1:
            inside[one] = ends[one] // 2
            continue
        middle = (one + end) // 2
        low, high = ends[one:middle].sum(), ends[middle:end].sum()
        pairs = (low + high) // 2
        if pairs == 0:
            continue
        # Every pair has a left end and a right one. So many of the lower half are left ends; of their right ends ...
        left = taken_of(state, low, high, pairs)
        both = taken_of(state, left, pairs - left, low - left)
        _take(state, ends, one, middle, low - 2 * both)
        _take(state, ends, middle, end, low - 2 * both)
        first[depth], last[depth] = one, middle
        first[depth + 1], last[depth + 1] = middle, end
        depth += 2


@compiled
def joined_by_cluster(state, ends_of, links):  # type: ignore[no-untyped-def]
    """Return the links inside each cluster and the ends in it, by kind of link: two arrays of shape (kinds, groups).

    ``ends_of`` holds all ends of each group (the clusters, and whoever is in none); ``links`` how many links of each
    kind there are, kinds being dealt among the links at random.
    """
    kinds, groups = len(links), len(ends_of)
    inside, ends = np.zeros((kinds, groups), dtype=np.int64), np.zeros((kinds, groups), dtype=np.int64)
    left = ends_of.copy()
    for kind in range(kinds):
        before = left.copy()
        _take(state, left, 0, groups, 2 * links[kind])
        ends[kind] = before - left
        _join(state, before - left, inside[kind])
    return inside, ends


@inlined
def _place(state, bound):  # type: ignore[no-untyped-def]
    """Return the next state, and a number below the bound, each equally likely (Lemire 2019)."""
    product = np.uint64(0)
    while True:
        state += GOLDEN
        bits = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        product = ((bits ^ (bits >> np.uint64(31))) >> _HALF) * bound
        low = product & _LOW
        if low >= bound or low >= (np.uint64(0x100000000) - bound) % bound:
            break
    return state, np.int64(product >> _HALF)


@compiled
def dealt_to_members(state, inside, ends, values, strength, start, member_of):  # type: ignore[no-untyped-def]
    """Return each member's weight inside its cluster, and write into ``strength`` what it has beyond the last kind.

    Which of a cluster's ends are those of links inside, and of which kind a link is, is left to chance. ``member_of``
    names the member of each end, cluster by cluster from ``start``. The last kind of link is the usual one: only other
    ends, and those inside, need be dealt.
    """
    clusters, kinds = len(start) - 1, len(values)
    within = np.zeros(len(strength))
    seed = state[0]
    usual = values[kinds - 1]
    for cluster in range(clusters):
        own = member_of[start[cluster] : start[cluster + 1]].copy()
        done = 0
        for kind in range(kinds):
            value, more = values[kind], values[kind] - usual
            for _ in range(2 * inside[kind, cluster]):
                seed, place = _place(seed, np.uint64(len(own) - done))
                member = own[done + place]
                own[done + place] = own[done]
                done += 1
                within[member] += value
                strength[member] += more
            if kind == kinds - 1:
                break
            for _ in range(ends[kind, cluster] - 2 * inside[kind, cluster]):
                seed, place = _place(seed, np.uint64(len(own) - done))
                member = own[done + place]
                own[done + place] = own[done]
                done += 1
                strength[member] += more
    return within
