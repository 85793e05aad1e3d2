"""What those who did not answer would have reported, dealt by the rates of those who did."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from clusternet.model import ClusteredNetwork, Network
from clusternet.model.reports import Linkages

Counts = NDArray[np.float64]

#: How many pairs of respondents the rate of a whole layer is worth beside those of one cluster.
PRIOR_PAIRS = 10.0
#: Rounds after which dealt pairs that collide with others are no longer dealt again.
_MOST_ROUNDS = 20
#: Who of source and target did not answer.
_CASES = ("source", "target", "both")


@dataclass(frozen=True, eq=False)
class Nonresponse:
    """A model of the ties that stayed unobserved because an end, or both, did not answer.

    Ties are dealt layer by layer and by place: inside one cluster, or between (everything else), or with outside
    partners. Among ordered pairs of respondents in one place, let S, T and B be those whose tie the source alone, the
    target alone, or both reported, and D all of them. A pair whose source did not answer, and whose target reported
    nothing, is a tie with probability S / (D - T - B); one whose target did not, T / (D - S - B); one with two who did
    not answer, (S + T + B) / D. In undirected layers S and T are one number. Each draw takes every rate anew from its
    Beta distribution, in which the rate of the layer over all clusters counts as ten pairs. Weights are drawn from
    the weights of the layer. A dealt tie is nobody's report; needs and offers are not dealt.

    Parameters
    ----------
    clustered : ClusteredNetwork
        The network and its k clusters.

    References
    ----------
    Rubin, D. B. (1987), Multiple Imputation for Nonresponse in Surveys, doi:10.1002/9780470316696 (drawing the
    rates before the ties); the rates themselves are clusternet's own model.
    """

    clustered: ClusteredNetwork

    @property
    def needed(self) -> bool:
        """Whether somebody answered and somebody did not, so that there is something to deal and a rate to deal by."""
        answered = self.clustered.network.answered[: self.clustered.network.n_enterprises]
        return bool((~answered).any() and answered.any() and (self.clustered.network.ties.n_reports > 0).any())

    def draw(self, generator: np.random.Generator) -> Network:
        """Return the network with the unobserved ties of one draw added; the network itself where none is needed."""
        network = self.clustered.network
        if not self.needed:
            return network
        dealt = [self._dealt(layer, generator) for layer in range(len(network.layers))]
        layer = np.repeat(np.arange(len(dealt)), [len(part[0]) for part in dealt])
        source, target, weight = (np.concatenate([part[place] for part in dealt]) for place in range(3))
        return replace(network, ties=_merged(network.ties, source, target, layer, weight))

    # ------------------------------------------------------------------ places
    @cached_property
    def _place(self) -> NDArray[np.int64]:
        """The place of each tie."""
        return self._place_of(self.clustered.network.ties.source, self.clustered.network.ties.target)

    @cached_property
    def _pools(self) -> dict[bool, list[NDArray[np.int64]]]:
        """Who answered (True) and who did not (False): the members of each cluster, then all enterprises."""
        c, n = self.clustered, self.clustered.network.n_enterprises
        answered, codes = c.network.answered[:n], c.partition.codes
        pools = {}
        for kind in (True, False):
            everybody = np.flatnonzero(answered == kind)
            everybody = everybody[np.argsort(codes[everybody], kind="stable")]
            cuts = np.searchsorted(codes[everybody], np.arange(c.k + 1))
            pools[kind] = [everybody[cuts[k] : cuts[k + 1]] for k in range(c.k)] + [np.sort(everybody)]
        return pools

    def _pairs(self, first: bool, second: bool, directed: bool) -> Counts:
        """Return the number of pairs of one who answered (or not) and another, by place, shape (k + 2,)."""
        a, b = (np.array([len(pool) for pool in self._pools[kind]], dtype=np.float64) for kind in (first, second))
        pairs = a * (a - 1) / (1 if directed else 2) if first == second else a * b
        pairs[-1] -= pairs[:-1].sum()
        return np.append(pairs, a[-1] * len(self.clustered.network.outside_names))

    def _count(self, chosen: NDArray[np.bool_]) -> Counts:
        return np.bincount(self._place[chosen], minlength=self.clustered.k + 2).astype(np.float64)

    # ------------------------------------------------------------------ rates
    @cached_property
    def _tallies(self) -> list[dict[str, tuple[Counts, Counts, Counts]]]:
        """For every layer and case, by place: new ties among respondents, pairs that might be one, pairs to deal."""
        network, ties = self.clustered.network, self.clustered.network.ties
        return [self._tally(ties.layer == place, layer.directed) for place, layer in enumerate(network.layers)]

    def _tally(self, here: NDArray[np.bool_], directed: bool) -> dict[str, tuple[Counts, Counts, Counts]]:
        network, ties, outside = self.clustered.network, self.clustered.network.ties, self.clustered.k + 1
        start, end = network.answered[ties.source], network.answered[ties.target]
        inside = here & (self._place < outside)
        asked = inside & start & end
        source = self._count(asked & ties.by_source & ~ties.by_target)
        target = self._count(asked & ties.by_target & ~ties.by_source)
        both = self._count(asked & ties.by_source & ties.by_target)
        # Ties that only records or third parties tell of say nothing of how the ends report.
        pairs = self._pairs(True, True, directed) - (self._count(asked) - source - target - both)
        reported = source + target + both
        if directed:
            seen = self._count(inside & ~start & end), self._count(inside & start & ~end)
        else:
            source = target = (source + target) / 2
            seen = self._count(inside & (start ^ end)), np.zeros(outside + 1)
        free = self._pairs(False, True, directed)
        cases = {
            "source": (source, pairs - target - both, free - seen[0]),
            "target": (target, pairs - source - both, free - seen[1] if directed else np.zeros(outside + 1)),
            "both": (
                reported,
                pairs,
                self._pairs(False, False, directed) - self._count(inside & ~start & ~end),
            ),
        }
        # With an outside partner only one end can report.
        for case, answered, partner in (("source", start, ties.target), ("target", end, ties.source)):
            away = here & (partner >= network.n_enterprises)
            values = (away & answered).sum(), self._pairs(True, True, True)[outside], free[outside]
            for tally, value in zip(cases[case], values, strict=True):
                tally[outside] = value
            cases[case][2][outside] -= (away & ~answered).sum()
        for tally in cases["both"]:
            tally[outside] = 0
        if not directed:
            cases["target"][2][:] = 0
        return cases

    def _rates(self, new: Counts, pairs: Counts, generator: np.random.Generator) -> Counts:
        """Draw the rate of each place from its Beta distribution; 0 where respondents never gave such a tie."""
        within = slice(0, self.clustered.k)
        pooled = np.divide(new, pairs, out=np.zeros(len(new)), where=pairs > 0)
        if pairs[within].sum() > 0:
            pooled[within] = new[within].sum() / pairs[within].sum()
        pooled = np.clip(pooled, 0.0, 1.0)
        rates = np.where(pooled >= 1.0, 1.0, 0.0)
        open_ = (pooled > 0) & (pooled < 1)
        failures = np.maximum(pairs - new, 0.0)
        rates[open_] = generator.beta(
            (new + PRIOR_PAIRS * pooled)[open_], (failures + PRIOR_PAIRS * (1 - pooled))[open_]
        )
        return rates

    # ------------------------------------------------------------------ dealing
    def _dealt(self, layer: int, generator: np.random.Generator) -> tuple[NDArray[np.int64], NDArray[np.int64], Counts]:
        """Deal the unobserved ties of one layer: source, target, weight."""
        network, ties = self.clustered.network, self.clustered.network.ties
        directed, n = network.layers[layer].directed, network.n_nodes
        here = ties.layer == layer
        taken = np.unique(ties.source[here] * n + ties.target[here])
        keys = []
        for case in _CASES:
            new, pairs, free = self._tallies[layer][case]
            wanted = generator.binomial(np.maximum(free, 0).astype(np.int64), self._rates(new, pairs, generator))
            drawn = self._keys(case, wanted, taken, directed, generator)
            keys.append(drawn)
            taken = np.union1d(taken, drawn)
        chosen = np.concatenate(keys)
        pool = np.sort(ties.weight[here])
        weight = pool[generator.integers(0, len(pool), len(chosen))] if len(pool) else np.zeros(0)
        return chosen // max(n, 1), chosen % max(n, 1), weight

    def _keys(
        self,
        case: str,
        wanted: NDArray[np.int64],
        taken: NDArray[np.int64],
        directed: bool,
        generator: np.random.Generator,
    ) -> NDArray[np.int64]:
        """Choose pairs of one case at random, as many in each place as wanted, none that is taken; as sorted keys."""
        n = self.clustered.network.n_nodes
        source_pools, target_pools = self._ends_of(case)
        source_size, target_size = (np.array([len(p) for p in pools]) for pools in (source_pools, target_pools))
        source_all, target_all = np.concatenate(source_pools), np.concatenate(target_pools)
        source_start, target_start = np.cumsum(source_size) - source_size, np.cumsum(target_size) - target_size
        chosen = np.zeros(0, dtype=np.int64)
        short = wanted.copy()
        for _ in range(_MOST_ROUNDS):
            place = np.repeat(np.arange(len(short)), short)
            if not len(place):
                break
            source = source_all[source_start[place] + generator.integers(0, source_size[place])]
            target = target_all[target_start[place] + generator.integers(0, target_size[place])]
            if not directed:
                source, target = np.minimum(source, target), np.maximum(source, target)
            fits = (source != target) & (self._place_of(source, target) == place)
            key = source[fits] * n + target[fits]
            key = key[~np.isin(key, taken)]
            chosen = np.union1d(chosen, key)
            got = np.bincount(self._place_of(chosen // n, chosen % n), minlength=len(wanted))
            short = np.maximum(wanted - got, 0)
        return chosen

    def _ends_of(self, case: str) -> tuple[list[NDArray[np.int64]], list[NDArray[np.int64]]]:
        """Return, place by place, who may be the source and who the target of a tie to be dealt."""
        network = self.clustered.network
        away = [np.arange(network.n_enterprises, network.n_nodes)]
        silent, spoke = self._pools[False], self._pools[True]
        if case == "both":
            return [*silent, *away], [*silent, *away]
        if case == "source":
            return [*silent, silent[-1]], [*spoke, *away]
        return [*spoke, *away], [*silent, silent[-1]]

    def _place_of(self, source: NDArray[np.int64], target: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the place of pairs: the cluster that holds both, k for between, k + 1 with an outside partner."""
        c = self.clustered
        first, second = c.cluster_of[source], c.cluster_of[target]
        outside = np.maximum(source, target) >= c.network.n_enterprises
        return np.where(outside, c.k + 1, np.where((first == second) & (first >= 0), first, c.k))


def _merged(
    ties: Linkages,
    source: NDArray[np.int64],
    target: NDArray[np.int64],
    layer: NDArray[np.int64],
    weight: NDArray[np.float64],
) -> Linkages:
    """Add dealt ties, which nobody reported, to the others, in canonical order."""
    none, zero = np.zeros(len(source), dtype=bool), np.zeros(len(source), dtype=np.int64)
    added = Linkages(source, target, layer, weight, zero, none, none.copy(), none.copy())
    joined = Linkages(*(np.concatenate(pair) for pair in zip(vars(ties).values(), vars(added).values(), strict=True)))
    order = np.lexsort((joined.layer, joined.target, joined.source))
    return Linkages(*(values[order] for values in vars(joined).values()))
