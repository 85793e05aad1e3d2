"""How a partition changes one node at a time, by choice or by chance."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from clusternet.detect.description import Description, groups_value
from clusternet.detect.gains import empty_gains, known_gain
from clusternet.model.kernels import compiled, inlined, random_below, random_share

#: A move must be better by more than rounding.
_SLACK = 1e-9
#: Stands for a gain that must be worked out again.
_STALE = -1e301
#: The value of going where nobody may go.
_CLOSED = -1e300
#: Where a node has this many ties to a group, groups with less than this share of them are not looked at.
_MANY, _HARDLY = 6.0, 0.25
NO_LIMIT = 1e18


@inlined
def _gather(i, start, partner, kind, per_kind, labels, ties, told, near):  # type: ignore[no-untyped-def]
    """Add up a node's ties to each group, and the nats of their traits; return to how many groups it has any."""
    number = 0
    for place in range(start[i], start[i + 1]):
        s = labels[partner[place]]
        if ties[s] == 0.0:
            near[number] = s
            number += 1
        ties[s] += 1.0
        told[s] += per_kind[kind[place]]
    return number


@inlined
def _keep_likely(number, own, ties, told, near):  # type: ignore[no-untyped-def]
    """Drop groups with hardly any ties to the node, where others have many; return how many are left.

    The last of them is the node's own group, even without a tie. What is dropped is cleared.
    """
    most = 0.0
    for x in range(number):
        most = max(most, ties[near[x]] + told[near[x]])
    least = _HARDLY * most if most >= _MANY else -1e300
    kept = 0
    for x in range(number):
        s = near[x]
        if s == own:
            continue
        if ties[s] + told[s] >= least:
            near[kept] = s
            kept += 1
        else:
            ties[s] = 0.0
            told[s] = 0.0
    near[kept] = own
    return kept + 1


@inlined
def _move_value(s, k, tied, told, sums, rates, known, met, log_size, logs, gains):  # type: ignore[no-untyped-def]
    """Return what a node of degree k saves by joining a group that is not empty, in nats."""
    size = sums[0, s]
    if gains[s] == _STALE:
        gains[s] = known_gain(size, sums[1, s], sums[2, s], sums[3, s], rates, known, met)
    after = known_gain(size + 1.0, sums[1, s] + k, sums[2, s] + k * k, sums[3, s] + tied, rates, known, met)
    whole = np.int64(size)
    return after - gains[s] + told + logs[whole + 1] + log_size[whole + 1] - log_size[whole]


@inlined
def _shift(s, sign, k, ties, sums, gains):  # type: ignore[no-untyped-def]
    """Put a node into a group (sign 1) or take it out (sign -1)."""
    sums[0, s] += sign
    sums[1, s] += sign * k
    sums[2, s] += sign * k * k
    sums[3, s] += sign * ties
    gains[s] = _STALE


@inlined
def _drawn(value, number, most, beta, state):  # type: ignore[no-untyped-def]
    """Draw a place in proportion to exp(beta value); the values are used up."""
    total = 0.0
    for x in range(number):
        value[x] = math.exp(beta * (value[x] - most)) if value[x] > _CLOSED else 0.0
        total += value[x]
    left = random_share(state) * total
    best = 0
    for x in range(number):
        left -= value[x]
        if value[x] > 0.0:
            best = x
            if left <= 0.0:
                break
    return best


@compiled
def walk_once(network, model, books, paper, beta, alone, most, state):  # type: ignore[no-untyped-def]
    """Move every node once, in random order; return how many moved and the nats that traits inside have gained.

    The first four are those of a :class:`Walk`; the books are kept. With beta 0 a node goes where
    the value is largest, and only nodes that are active are looked at; otherwise to a group at random, in proportion to
    exp(beta value).
    """
    start, partner, kind, degree, logs = network
    per_kind, rates, log_size, known, met = model
    labels, sums, free, count, active = books
    ties, told, value, gains, near, order = paper
    n = len(labels)
    moved, gained = 0, 0.0
    for i in range(n):
        order[i] = i
    for last in range(n - 1, 0, -1):
        other = random_below(state, last + 1)
        order[last], order[other] = order[other], order[last]
    for i in order:
        if beta == 0.0 and not active[i]:
            continue
        active[i] = False
        r, k = labels[i], degree[i]
        number = _gather(i, start, partner, kind, per_kind, labels, ties, told, near)
        number = _keep_likely(number, r, ties, told, near)
        _shift(r, -1.0, k, ties[r], sums, gains)
        gained -= told[r]
        emptied = sums[0, r] == 0.0
        best, best_value = -1, _CLOSED
        for x in range(number - 1, -1, -1):
            s = near[x]
            value[x] = _CLOSED
            if sums[0, s] > 0.0 and sums[0, s] < most:
                value[x] = _move_value(s, k, ties[s], told[s], sums, rates, known, met, log_size, logs, gains)
            # The own group comes first, so that others must be better by more than rounding.
            if value[x] > best_value + _SLACK:
                best, best_value = x, value[x]
        groups = count[0] - (1 if emptied else 0)
        value[number] = log_size[1] + logs[groups + 1] if alone or best < 0 else _CLOSED
        if value[number] > best_value + (-_SLACK if emptied else _SLACK):
            best, best_value = number, value[number]
        if beta > 0.0:
            best = _drawn(value, number + 1, best_value, beta, state)
        s = near[best] if best < number else r
        if best == number and not emptied:
            count[1] -= 1
            s = free[count[1]]
        if s != r:
            moved += 1
            _settle_move(i, r, s, emptied, start, partner, sums, free, count, active)
        labels[i] = s
        _shift(s, 1.0, k, ties[s], sums, gains)
        gained += told[s]
        for x in range(number):
            ties[near[x]] = 0.0
            told[near[x]] = 0.0
    return moved, gained


@inlined
def _settle_move(i, r, s, emptied, start, partner, sums, free, count, active):  # type: ignore[no-untyped-def]
    """Wake the partners of a node that goes from group r to group s, and count groups and free labels."""
    for place in range(start[i], start[i + 1]):
        active[partner[place]] = True
    if emptied:
        free[count[1]] = r
        count[1] += 1
        count[0] -= 1
    if sums[0, s] == 0.0:
        count[0] += 1


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

    Attributes
    ----------
    network, model, books, paper : tuple of array
        What compiled kernels take: the lists of partners with degrees and logarithms; what traits tell, rates, sizes
        and gains that are known; labels, sums, free labels, the number of groups and of free labels, active nodes;
        and room to work in: ties and nats to each group, values, gains of groups as they are, groups near, an order.
    """

    def __init__(self, description: Description, state: NDArray[np.uint64], largest: float = NO_LIMIT) -> None:
        n = len(description.labels)
        self.description, self.state, self.largest = description, state, float(largest)
        self.labels = description.labels.copy()
        self.sums = np.zeros((4, n + 1))
        self.sums[:, : description.n_groups] = description.sums
        self.told = description.told
        empty = np.arange(n, description.n_groups - 1, -1, dtype=np.int64)
        free = np.empty(n + 2, dtype=np.int64)
        free[: len(empty)] = empty
        count = np.array([description.n_groups, len(empty)], dtype=np.int64)
        network, rates = description.network, description.rates
        self.network = (*network.lists, network.degree, network.logs)
        self.model = (description.odds.per_kind, rates, description.log_size, *empty_gains(rates, n))
        room = np.empty(n + 1), np.full(n + 1, _STALE), np.empty(n + 1, dtype=np.int64), np.empty(n, dtype=np.int64)
        self.paper = (np.zeros(n + 1), np.zeros(n + 1), *room)
        self.books = (self.labels, self.sums, free, count, np.ones(n, dtype=np.bool_))

    def step(self, beta: float, *, alone: bool = True) -> int:
        """Move every node once, and return how many moved.

        Parameters
        ----------
        beta : float
            0: to where the description becomes shortest; above 0: at random, the inverse temperature.
        alone : bool
            Whether a node with partners may stand alone.
        """
        moved, gained = walk_once(
            self.network, self.model, self.books, self.paper, float(beta), alone, self.largest, self.state
        )
        self.told += gained
        return int(moved)

    @property
    def length(self) -> float:
        """The description length here, with the rates, odds and sizes of the start."""
        value = float(groups_value(self.sums, self.description.rates, self.description.log_size)) + self.told
        return self.description.length + self.description.value - value
