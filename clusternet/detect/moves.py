"""How a partition changes: one node at a time, by choice or by chance, or two groups at once."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clusternet.detect.description import Description, described, groups_value
from clusternet.detect.rates import group_gain
from clusternet.model.kernels import compiled, random_below, random_share

#: A move must be better by more than rounding.
_SLACK = 1e-9
_NO_LIMIT = 1e18
#: Rounds of merging, passes over all nodes, and refitting of rates, after which climbing stops.
_MOST_MERGES, _MOST_PASSES, _MOST_CLIMBS = 60, 5, 12
_MOST_CHANGES = 1e-6


@compiled
def _pass(start, partner, kind, per_kind, degree, labels, sums, rates, log_size, free, count, beta, alone, most, state):  # type: ignore[no-untyped-def]
    """Move every node once, in random order; return how many moved and the nats that traits inside have gained.

    ``count`` holds the number of groups and of free labels. With beta 0 a node goes where the value is largest;
    otherwise to a group at random, in proportion to exp(beta value).
    """
    n = len(labels)
    ties, told = np.zeros(n + 1), np.zeros(n + 1)
    near = np.empty(n + 1, dtype=np.int64)
    value = np.empty(n + 1)
    order = np.arange(n)
    moved, gained = 0, 0.0
    for last in range(n - 1, 0, -1):
        other = random_below(state, last + 1)
        order[last], order[other] = order[other], order[last]
    for i in order:
        r = labels[i]
        k = degree[i]
        number = 0
        for place in range(start[i], start[i + 1]):
            s = labels[partner[place]]
            if ties[s] == 0.0:
                near[number] = s
                number += 1
            ties[s] += 1.0
            told[s] += per_kind[kind[place]]
        if ties[r] == 0.0 and sums[0, r] > 1.0:
            near[number] = r
            number += 1
        gain_with = group_gain(sums[0, r], sums[1, r], sums[2, r], sums[3, r], rates)
        sums[0, r] -= 1.0
        sums[1, r] -= k
        sums[2, r] -= k * k
        sums[3, r] -= ties[r]
        gained -= told[r]
        emptied = sums[0, r] == 0.0
        best, most_value = -1, -1e300
        for x in range(number):
            s = near[x]
            size = sums[0, s]
            if size == 0.0 or size >= most:
                value[x] = -1e300
                continue
            before = group_gain(size, sums[1, s], sums[2, s], sums[3, s], rates)
            if s == r:
                after = gain_with
            else:
                after = group_gain(size + 1.0, sums[1, s] + k, sums[2, s] + k * k, sums[3, s] + ties[s], rates)
            whole = np.int64(size)
            value[x] = after - before + told[s] + math.log(size + 1.0) + log_size[whole + 1] - log_size[whole]
            if value[x] > most_value + 1e-9 or (beta == 0.0 and s == r and value[x] > most_value - 1e-9):
                best, most_value = x, value[x]
        groups = count[0] - (1 if emptied else 0)
        value[number] = log_size[1] + math.log(groups + 1.0)
        if not alone and most_value > -1e299:
            value[number] = -1e300
        if value[number] > most_value + (1e-9 if not emptied else -1e-9):
            best, most_value = number, value[number]
        if beta > 0.0:
            total = 0.0
            for x in range(number + 1):
                value[x] = math.exp(beta * (value[x] - most_value))
                total += value[x]
            left = random_share(state) * total
            best = number
            for x in range(number + 1):
                left -= value[x]
                if left <= 0.0 and value[x] > 0.0:
                    best = x
                    break
        s = near[best] if best < number else r
        if best == number and not emptied:
            count[1] -= 1
            s = free[count[1]]
        if s != r:
            moved += 1
            if emptied:
                free[count[1]] = r
                count[1] += 1
                count[0] -= 1
        if sums[0, s] == 0.0 and not (s == r and emptied):
            count[0] += 1
        labels[i] = s
        sums[0, s] += 1.0
        sums[1, s] += k
        sums[2, s] += k * k
        sums[3, s] += ties[s]
        gained += told[s]
        for x in range(number):
            ties[near[x]] = 0.0
            told[near[x]] = 0.0
        ties[r] = 0.0
        told[r] = 0.0
    return moved, gained


class Walk:
    """Nodes that move from group to group while rates, odds and sizes stay as a description has them.

    Labels keep their meaning as long as the walk goes on.

    Parameters
    ----------
    description : Description
        Where it starts.
    state : array of uint64, shape (1,)
        The random state; it is changed.
    largest : float
        No group grows beyond so many members.
    """

    def __init__(self, description: Description, state: NDArray[np.uint64], largest: float = _NO_LIMIT) -> None:
        n = len(description.labels)
        self.description, self.state, self.largest = description, state, largest
        self.labels = description.labels.copy()
        self.sums = np.zeros((4, n + 1))
        self.sums[:, : description.n_groups] = description.sums
        self.told = description.told
        empty = np.arange(n, description.n_groups - 1, -1, dtype=np.int64)
        self._free = np.empty(n + 2, dtype=np.int64)
        self._free[: len(empty)] = empty
        self._count = np.array([description.n_groups, len(empty)], dtype=np.int64)

    def step(self, beta: float, *, alone: bool = True) -> int:
        """Move every node once, and return how many moved.

        Parameters
        ----------
        beta : float
            0: to where the description becomes shortest; above 0: at random, the inverse temperature.
        alone : bool
            Whether a node with partners may stand alone.
        """
        d = self.description
        moved, gained = _pass(
            *d.network.lists,
            d.odds.per_kind,
            d.network.degree,
            self.labels,
            self.sums,
            d.rates,
            d.log_size,
            self._free,
            self._count,
            float(beta),
            alone,
            float(self.largest),
            self.state,
        )
        self.told += gained
        return int(moved)

    @property
    def length(self) -> float:
        """The description length here, with the rates, odds and sizes of the start."""
        value = float(groups_value(self.sums, self.description.rates, self.description.log_size)) + self.told
        return self.description.length + self.description.value - value


@compiled
def _merge_values(first, second, ties, told, sums, rates, log_size, groups, most):  # type: ignore[no-untyped-def]
    """Return what merging each pair of groups saves, in nats."""
    found = np.empty(len(first))
    for place in range(len(first)):
        r, s = first[place], second[place]
        small, large = sums[0, r], sums[0, s]
        if small + large > most:
            found[place] = -1e300
            continue
        joint = group_gain(
            small + large,
            sums[1, r] + sums[1, s],
            sums[2, r] + sums[2, s],
            sums[3, r] + sums[3, s] + ties[place],
            rates,
        )
        apart = group_gain(small, sums[1, r], sums[2, r], sums[3, r], rates)
        apart += group_gain(large, sums[1, s], sums[2, s], sums[3, s], rates)
        names = math.lgamma(small + large + 1.0) - math.lgamma(small + 1.0) - math.lgamma(large + 1.0)
        sizes = log_size[np.int64(small + large)] - log_size[np.int64(small)] - log_size[np.int64(large)]
        found[place] = joint - apart + told[place] + names + sizes - math.log(groups)
    return found


@compiled
def _match(first, second, saved, order, best, mates):  # type: ignore[no-untyped-def]
    """Join pairs of groups that are each other's best, best pairs first; return how many were joined."""
    joined = 0
    for place in order:
        r, s = first[place], second[place]
        mutual = saved[place] >= best[r] - 1e-12 and saved[place] >= best[s] - 1e-12
        if mutual and mates[r] == r and mates[s] == s and r != s:
            mates[s] = r
            best[r] = best[s] = 1e300
            joined += 1
    return joined


@dataclass(frozen=True, eq=False)
class _GroupTies:
    """Links between groups, each pair of groups once: the ends, how many links, the nats of their traits."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    ties: NDArray[np.float64]
    told: NDArray[np.float64]

    @classmethod
    def between(
        cls,
        first: NDArray[np.int64],
        second: NDArray[np.int64],
        ties: NDArray[np.float64] | None,
        told: NDArray[np.float64],
        groups: int,
    ) -> _GroupTies:
        apart = first != second
        low, high = np.minimum(first, second)[apart], np.maximum(first, second)[apart]
        key, place = np.unique(low * groups + high, return_inverse=True)
        weights = None if ties is None else ties[apart]
        count = np.bincount(place, weights=weights, minlength=len(key)).astype(np.float64)
        nats = np.bincount(place, weights=told[apart], minlength=len(key))
        return cls(key // max(groups, 1), key % max(groups, 1), count, nats)


def merged(description: Description, largest: float = _NO_LIMIT) -> NDArray[np.int64]:
    """Merge groups as long as that makes the description shorter, and return the labels, shape (n,)."""
    pairs, labels, sums = description.network.pairs, description.labels, description.sums
    per_pair = description.odds.per_kind[description.network.traits.kind]
    groups = description.n_groups
    links = _GroupTies.between(labels[pairs.first], labels[pairs.second], None, per_pair, groups)
    for _ in range(_MOST_MERGES):
        if groups < 2 or not len(links.first):
            break
        saved = _merge_values(
            links.first,
            links.second,
            links.ties,
            links.told,
            sums,
            description.rates,
            description.log_size,
            groups,
            largest,
        )
        good = np.flatnonzero(saved > _SLACK)
        if not len(good):
            break
        best = np.zeros(groups)
        np.maximum.at(best, links.first[good], saved[good])
        np.maximum.at(best, links.second[good], saved[good])
        order = good[np.lexsort((links.second[good], links.first[good], -saved[good]))]
        mates = np.arange(groups)
        _match(links.first, links.second, saved, order, best, mates)
        kept, mates = np.unique(mates, return_inverse=True)
        inner = mates[links.first] == mates[links.second]
        together = np.zeros((4, len(kept)))
        for row in range(4):
            together[row] = np.bincount(mates, weights=sums[row], minlength=len(kept))
        np.add.at(together[3], mates[links.first[inner]], links.ties[inner])
        labels, sums, groups = mates[labels], together, len(kept)
        links = _GroupTies.between(mates[links.first], mates[links.second], links.ties, links.told, groups)
    return labels


def climbed(description: Description, state: NDArray[np.uint64], largest: float = _NO_LIMIT) -> Description:
    """Merge groups, move nodes and fit the rates again, as long as the description becomes shorter.

    Parameters
    ----------
    description : Description
        Where to start.
    state : array of uint64, shape (1,)
        The random state, for the order of the nodes; it is changed.
    largest : float
        No group grows beyond so many members.

    Returns
    -------
    Description
        The shortest one met, with the same kind of links.
    """
    shortest = description
    for _ in range(_MOST_CLIMBS):
        labels = merged(description, largest)
        start = described(description.network, labels, corrected=bool(description.rates[0]))
        walk = Walk(start, state, largest)
        for _ in range(_MOST_PASSES):
            if walk.step(0.0) == 0:
                break
        description = described(description.network, walk.labels, corrected=bool(description.rates[0]))
        if description.length > shortest.length - _MOST_CHANGES:
            break
        shortest = description
    return shortest


def heated(
    description: Description, state: NDArray[np.uint64], ladder: tuple[float, ...], largest: float = _NO_LIMIT
) -> Description:
    """Let nodes move at random while it cools down, and return where they stand, rates fitted anew at every step."""
    return _walked(description, state, ladder, lambda walk, beta: walk.step(beta), largest)


def settled(
    description: Description, state: NDArray[np.uint64], passes: int, refits: int, largest: float = _NO_LIMIT
) -> Description:
    """Let nodes move at random at temperature 1, none alone, refitting the rates every few passes."""
    ladder = (1.0,) * refits

    def steps(walk: Walk, beta: float) -> None:
        for _ in range(passes):
            walk.step(beta, alone=False)

    return _walked(description, state, ladder, steps, largest)


def _walked(
    description: Description,
    state: NDArray[np.uint64],
    ladder: tuple[float, ...],
    steps: Callable[[Walk, float], object],
    largest: float,
) -> Description:
    for beta in ladder:
        walk = Walk(description, state, largest)
        steps(walk, beta)
        description = described(description.network, walk.labels, corrected=bool(description.rates[0]))
    return description


def common_groups(partitions: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Return the groups of nodes that every partition keeps together, shape (n,)."""
    labels = np.zeros(len(partitions[0]), dtype=np.int64)
    for other in partitions:
        labels = np.unique(labels * (int(other.max()) + 1) + other, return_inverse=True)[1]
    return labels
