"""How a partition changes by merging groups, best pairs first."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clusternet.detect.description import Description
from clusternet.detect.gains import group_gain
from clusternet.detect.moves import NO_LIMIT
from clusternet.model.kernels import compiled

#: Rounds of merging after which it stops.
_MOST_MERGES = 60
#: Merging must save more than rounding.
_SLACK = 1e-9
#: Stands for a gain that must be worked out.
_STALE = -1e301


@compiled
def _fill_merge_values(which, first, second, ties, told, sums, rates, log_size, most, saved):  # type: ignore[no-untyped-def]
    """Work out what merging some pairs of groups saves, in nats, but for what there being one group less saves."""
    alone = np.full(sums.shape[1], _STALE)
    for place in which:
        r, s = first[place], second[place]
        for group in (r, s):
            if alone[group] == _STALE:
                alone[group] = group_gain(sums[0, group], sums[1, group], sums[2, group], sums[3, group], rates)
        small, large = sums[0, r], sums[0, s]
        if small + large > most:
            saved[place] = -1e300
            continue
        inside = sums[3, r] + sums[3, s] + ties[place]
        joint = group_gain(small + large, sums[1, r] + sums[1, s], sums[2, r] + sums[2, s], inside, rates)
        names = math.lgamma(small + large + 1.0) - math.lgamma(small + 1.0) - math.lgamma(large + 1.0)
        sizes = log_size[np.int64(small + large)] - log_size[np.int64(small)] - log_size[np.int64(large)]
        saved[place] = joint - alone[r] - alone[s] + told[place] + names + sizes


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
        each = np.ones(len(low)) if ties is None else ties[apart]
        count = np.bincount(place, weights=each, minlength=len(key)).astype(np.float64)
        nats = np.bincount(place, weights=told[apart], minlength=len(key)).astype(np.float64)
        return cls(key // max(groups, 1), key % max(groups, 1), count, nats)


def merged(description: Description, largest: float = NO_LIMIT) -> NDArray[np.int64]:
    """Merge groups as long as that makes the description shorter, and return the labels, shape (n,)."""
    pairs, labels, sums = description.network.pairs, description.labels, description.sums
    per_pair = description.odds.per_kind[description.network.traits.kind]
    fixed = description.rates, description.log_size, float(largest)
    groups = description.n_groups
    links = _GroupTies.between(labels[pairs.first], labels[pairs.second], None, per_pair, groups)
    saved, fresh = np.empty(len(links.first)), np.arange(len(links.first))
    for _ in range(_MOST_MERGES):
        if groups < 2 or not len(links.first):
            break
        _fill_merge_values(fresh, links.first, links.second, links.ties, links.told, sums, *fixed, saved)
        # Of B groups without names, one less leaves B times fewer orders to count as one.
        good = np.flatnonzero(saved > math.log(groups) + _SLACK)
        if not len(good):
            break
        mates = _matched(links, saved, good, groups)
        kept, mates = np.unique(mates, return_inverse=True)
        inner = mates[links.first] == mates[links.second]
        together = np.array([np.bincount(mates, weights=row, minlength=len(kept)) for row in sums])
        together[3] += np.bincount(mates[links.first[inner]], weights=links.ties[inner], minlength=len(kept))
        changed = np.bincount(mates, minlength=len(kept)) > 1
        stale = changed[mates[links.first]] | changed[mates[links.second]]
        labels, sums, groups, before, old = mates[labels], together, len(kept), links, saved
        links = _GroupTies.between(mates[before.first], mates[before.second], before.ties, before.told, groups)
        # Pairs of groups of which neither has changed keep what merging them saves; groups keep their order.
        saved = np.full(len(links.first), np.nan)
        place = np.searchsorted(
            links.first * groups + links.second, mates[before.first[~stale]] * groups + mates[before.second[~stale]]
        )
        saved[place] = old[~stale]
        fresh = np.flatnonzero(np.isnan(saved))
    return labels


def _matched(links: _GroupTies, saved: NDArray[np.float64], good: NDArray[np.intp], groups: int) -> NDArray[np.int64]:
    """Return the group that each group joins: its best mate where it is that one's best as well, else itself."""
    best = np.zeros(groups)
    np.maximum.at(best, links.first[good], saved[good])
    np.maximum.at(best, links.second[good], saved[good])
    order = good[np.lexsort((links.second[good], links.first[good], -saved[good]))]
    mates = np.arange(groups)
    _match(links.first, links.second, saved, order, best, mates)
    return mates
