"""Linked pairs as each node's list of partners, and what every description of them needs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from clusternet.detect.gains import fill_logs
from clusternet.detect.traits import Traits, traits_of
from clusternet.model.kernels import compiled
from clusternet.model.pairs import Pairs


@dataclass(frozen=True, eq=False)
class Neighbourhoods:
    """Linked pairs as each node's list of partners, and what every description of them needs.

    Parameters
    ----------
    pairs : Pairs
        Linked pairs of n nodes.
    """

    pairs: Pairs

    @cached_property
    def traits(self) -> Traits:
        """The kinds of the pairs."""
        return traits_of(self.pairs)

    @cached_property
    def lists(self) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
        """Where each node's partners start, shape (n + 1,); the partners and the kind of each tie, shape (2p,)."""
        pairs = self.pairs
        start = np.concatenate([[0], np.cumsum(pairs.degree)]).astype(np.int64)
        partner = np.empty(2 * len(pairs), dtype=np.int32)
        kind = np.empty(2 * len(pairs), dtype=np.int32)
        _fill_lists(pairs.first, pairs.second, self.traits.kind, start, partner, kind)
        return start, partner, kind

    @cached_property
    def tie_weights(self) -> NDArray[np.float32]:
        """The weight of each entry of the lists, shape (2p,)."""
        weight = np.empty(2 * len(self.pairs), dtype=np.float32)
        _fill_weights(self.pairs.first, self.pairs.second, self.pairs.weight, self.lists[0], weight)
        return weight

    @cached_property
    def degree(self) -> NDArray[np.float64]:
        """The number of partners of each node."""
        return self.pairs.degree.astype(np.float64)

    @cached_property
    def logs(self) -> NDArray[np.float64]:
        """The logarithm of each whole number from 1 to n + 1 at its own position, shape (n + 2,)."""
        logs = np.zeros(self.pairs.n_nodes + 2)
        fill_logs(logs)
        return logs

    @cached_property
    def possible(self) -> tuple[float, float]:
        """The exposure of all pairs of nodes: their number, and the sum of k_i k_j / 2E over them."""
        n, ends = self.pairs.n_nodes, 2.0 * len(self.pairs)
        return n * (n - 1) / 2, float((ends**2 - (self.degree**2).sum()) / (2 * max(ends, 1.0)))

    @cached_property
    def degree_cost(self) -> float:
        """What telling the degrees costs, less what knowing them saves, in nats, beside Poisson links."""
        k, ends, n = self.degree, 2 * len(self.pairs), self.pairs.n_nodes
        linked = k[k > 0]
        sequence = gammaln(n + 1) - gammaln(np.bincount(self.pairs.degree) + 1).sum() + _log_partitions(ends, n)
        # Links are drawn in proportion to degrees, given that the degrees come out as they are (Poisson at its mean).
        drawn = float((linked * np.log(linked)).sum()) - len(self.pairs) * math.log(max(ends, 1))
        met = float((linked * np.log(linked) - linked - gammaln(linked + 1)).sum())
        return float(sequence) - drawn + met


@compiled
def _fill_lists(first, second, kinds, start, partner, kind):  # type: ignore[no-untyped-def]
    place = start[:-1].copy()
    for tie in range(len(first)):
        i, j = first[tie], second[tie]
        partner[place[i]], kind[place[i]] = j, kinds[tie]
        partner[place[j]], kind[place[j]] = i, kinds[tie]
        place[i] += 1
        place[j] += 1


@compiled
def _fill_weights(first, second, weights, start, weight):  # type: ignore[no-untyped-def]
    place = start[:-1].copy()
    for tie in range(len(first)):
        i, j = first[tie], second[tie]
        weight[place[i]] = weight[place[j]] = weights[tie]
        place[i] += 1
        place[j] += 1


def _log_partitions(total: int, parts: int) -> float:
    """Return about the log of how many ways there are to write a number as a sum of at most so many parts."""
    if total < 1:
        return 0.0
    if parts < total**0.25:
        return max(float(gammaln(total) - gammaln(parts) - gammaln(total - parts + 1) - gammaln(parts + 1)), 0.0)
    # Hardy and Ramanujan, less the partitions into more parts (Erdos and Lehner 1941).
    c, root = math.pi / math.sqrt(6), math.sqrt(total)
    return max(2 * c * root - math.log(4 * math.sqrt(3) * total) - root / c * math.exp(-c * parts / root), 0.0)
