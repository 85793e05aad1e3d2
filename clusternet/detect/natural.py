"""The default method: many candidates at many scales, and the shortest description of all decides."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from clusternet.detect.climbing import climbed, common_groups, heated
from clusternet.detect.description import Description, described, fitting_resolution
from clusternet.detect.flow import infomap, label_propagation
from clusternet.detect.merging import merged
from clusternet.detect.method import Found, Option, method
from clusternet.detect.modularity import leiden, leiden_cpm, leiden_once
from clusternet.detect.moves import NO_LIMIT
from clusternet.detect.neighbourhoods import Neighbourhoods
from clusternet.detect.noise import beyond_noise, weighted_modularity
from clusternet.detect.posterior import Posterior, sampled
from clusternet.detect.propagation import propagated
from clusternet.messages import mark
from clusternet.model.pairs import Pairs

#: Resolutions of modularity that are tried, and how many thresholds of density.
_RESOLUTIONS = np.geomspace(0.25, 16.0, 7)
_DENSITIES = 10
#: Candidates that are followed up, by climbing and by sampling, for each kind of links.
_CLIMBED, _SAMPLED = 3, 2
#: Both kinds of links are followed up while their best candidates differ by less than this share of the length.
_NEAR = 0.02
#: Samples of the partition that is chosen.
_FINAL_SAMPLES = 200
#: Rounds in which the best partitions so far are crossed, climbed and heated.
_ROUNDS, _CROSSED = 2, 3
#: Inverse temperatures from which a partition cools down.
_LADDER = (0.5, 0.7, 0.85, 1.0)
#: A mean certainty from which nothing is left to look for.
_SURE = 0.985
#: Nats by which a partition must be shorter than none, to be believed without asking what noise would give.
_CLEAR = 30.0
#: Beyond-noise values: from here on there is structure for certain; below here, hardly.
CERTAIN_Z, POSSIBLE_Z = 4.5, 2.0
#: Linked pairs from which on only what grows with them is done; how often Leiden looks then, and how near to each
#: other two resolutions are alike.
_LARGE = 50_000
_LARGE_RESOLUTIONS, _NEAR_RESOLUTION = 3, 2.0


@method(
    label=mark("Natural clusters"),
    assumes=mark(
        "members are linked to each other more often than to others; any number and size of clusters, also one or none"
    ),
    deterministic=False,
    weighted=True,
    layered=True,
    reference="Zhang, L. & Peixoto, T. P. (2020), doi:10.1103/PhysRevResearch.2.043271",
    options={
        "smallest": Option(2, 2, 1_000_000_000),
        "largest": Option(0, 0, 1_000_000_000),
        "unsure": Option(0.0, 0.0, 1.0),
    },
)
def natural(pairs: Pairs, *, seed: int, smallest: int, largest: int, unsure: float) -> Found:
    """Try several methods at many scales, and keep the partitions that describe the linkages most shortly.

    The candidates are Leiden with modularity at seven resolutions, Leiden with the constant Potts model at ten
    thresholds, Infomap, label propagation, and one cluster of all. The best are improved by merging groups and moving
    members, crossed with each other, and heated and cooled again. What layers and weights tell about a pair is learnt
    on the way. Certainty is the share of all likely partitions in which a member stands in its cluster. A cluster has
    at most ``largest`` members (0: no limit), and those of fewer than ``smallest`` are dissolved; members whose
    certainty is below ``unsure`` are left out.
    """
    most = float(largest) if largest else NO_LIMIT
    state = np.array([seed], dtype=np.uint64)
    search = _Search(pairs, seed, state, most)
    best = search.best()
    if best is None:
        return Found(np.zeros(pairs.n_nodes, dtype=np.int64))
    labels = np.where(best.certainty < unsure, -1, best.labels)
    return Found(labels, best.certainty, best.shares, best.stability)


class _Search:
    """The search for the shortest description of one connected component."""

    def __init__(self, pairs: Pairs, seed: int, state: NDArray[np.uint64], largest: float) -> None:
        self.pairs, self.seed, self.state, self.largest = pairs, seed, state, largest
        self.network = Neighbourhoods(pairs)
        self.large = len(pairs) > _LARGE
        self.found: list[Posterior] = []

    def best(self) -> Posterior | None:
        """Return the best partition, or None where the component is best left in one piece."""
        whole = np.zeros(self.pairs.n_nodes, dtype=np.int64)
        one = min(described(self.network, whole, corrected=kind).length for kind in (False, True))
        self._first_round()
        if not self.found:
            return None
        limited = self.pairs.n_nodes > self.largest
        hopeless = min(found.least for found in self.found) > one and not limited
        if not (hopeless or self.large or _sure(self._ranked()[0])):
            for _ in range(_ROUNDS):
                self._next_round()
        best = self._ranked()[0]
        clear = best.length < one - _CLEAR or (self.large and best.length < one)
        chosen = best if limited or clear else self._in_doubt(best, one)
        return chosen if chosen is None or self.large else self._looked_at_long(chosen)

    def _looked_at_long(self, chosen: Posterior) -> Posterior:
        """Sample the chosen partition once more, for certainty and shares in small steps."""
        start = self._described(chosen.labels, chosen.corrected)
        return sampled(start, self.state, passes=2, refits=2, samples=_FINAL_SAMPLES, largest=self.largest)

    def _in_doubt(self, best: Posterior, one: float) -> Posterior | None:
        """Where the description alone does not decide, ask whether rewired networks seem as divided."""
        z = beyond_noise(self.pairs, seed=self.seed)
        if z >= CERTAIN_Z and best.length >= one:
            # The network is divided, but the description is too short of data to say how: what modularity would say.
            return max(self.found, key=lambda found: weighted_modularity(self.pairs, found.labels))
        return best if best.length < one and z >= POSSIBLE_Z else None

    def _ranked(self) -> list[Posterior]:
        return sorted(self.found, key=lambda found: found.length)

    def _first_round(self) -> None:
        described_by = self._candidates()
        if not described_by:
            return
        shortest = {kind: min(entry.length for entry in entries) for kind, entries in described_by.items()}
        least = min(shortest.values())
        for kind, entries in described_by.items():
            if shortest[kind] > least + _NEAR * abs(least):
                continue
            ranked = sorted(entries, key=lambda entry: entry.length)
            if self.large and shortest[kind] > least:
                continue
            starts = ranked[: 1 if self.large else _CLIMBED]
            if not self.large:
                starts.append(self._described(common_groups([entry.labels for entry in ranked[:5]]), kind))
            tops = sorted((climbed(start, self.state, self.largest) for start in starts), key=lambda top: top.length)
            tops = [top for top in tops if top.n_groups > 1][:_SAMPLED]
            seen = set()
            for start in tops + ([] if self.large else ranked[:_SAMPLED]):
                if start.labels.tobytes() not in seen:
                    seen.add(start.labels.tobytes())
                    self._sample(start, refits=3, samples=20)

    def _next_round(self) -> None:
        leaders = self._ranked()[:_CROSSED]
        kind = leaders[0].corrected
        alike = [found.labels for found in leaders if found.corrected == kind]
        first = self._described(alike[0], kind)
        crossed = climbed(self._described(common_groups(alike), kind), self.state, self.largest)
        again = climbed(first, self.state, self.largest)
        cooled = heated(first, self.state, _LADDER, self.largest)
        cooled = self._described(merged(cooled, self.largest), kind)
        for start in (crossed, again, cooled):
            if start.n_groups > 1:
                self._sample(start, refits=4, samples=40)

    def _described(self, labels: NDArray[np.int64], kind: bool) -> Description:
        return described(self.network, labels, corrected=kind)

    def _sample(self, start: Description, *, refits: int, samples: int) -> None:
        if self.large:
            refits, samples = 1, 10
        found = sampled(start, self.state, refits=refits, samples=samples, largest=self.largest)
        self.found.append(found)

    def _candidates(self) -> dict[bool, list[Description]]:
        """Describe every distinct candidate of more than one group, with both kinds of links."""
        distinct: dict[bytes, NDArray[np.int64]] = {}
        for candidate in self._large_candidates() if self.large else _candidates(self.pairs, self.seed):
            labels = np.unique(candidate, return_inverse=True)[1].astype(np.int64)
            if labels.max() > 0 and np.bincount(labels).max() <= self.largest:
                distinct.setdefault(labels.tobytes(), labels)
        if not distinct and self.pairs.n_nodes > self.largest:
            distinct[b""] = np.arange(self.pairs.n_nodes)
        if not distinct:
            return {}
        plain = [described(self.network, labels, corrected=False) for labels in distinct.values()]
        again = [described(self.network, entry.labels, corrected=True, odds=entry.odds) for entry in plain]
        return {False: plain, True: again}

    def _large_candidates(self) -> Iterator[NDArray[np.int64]]:
        """Give label propagation, Leiden, and Leiden at the resolution that fits the best partition so far."""
        start, partner, _ = self.network.lists
        graph = self.pairs.graph()
        labels = propagated(start, partner, self.network.tie_weights, self.state)
        best = self._described(labels, True)
        yield labels
        resolution = 1.0
        for _ in range(_LARGE_RESOLUTIONS):
            labels = leiden_once(graph, seed=self.seed, resolution=resolution)
            yield labels
            other = self._described(labels, True)
            best = other if other.length < best.length else best
            before, resolution = resolution, fitting_resolution(best)
            if max(before, resolution) < _NEAR_RESOLUTION * min(before, resolution):
                break


def _sure(found: Posterior) -> bool:
    return bool(found.certainty.mean() >= _SURE)


def _candidates(pairs: Pairs, seed: int) -> Iterator[NDArray[np.int64]]:
    density = 2 * len(pairs) / (pairs.n_nodes * (pairs.n_nodes - 1))
    for resolution in _RESOLUTIONS:
        yield leiden(pairs, seed=seed, resolution=float(resolution)).labels
    for threshold in np.geomspace(density, 1.0, _DENSITIES):
        yield leiden_cpm(pairs, seed=seed, resolution=float(threshold)).labels
    yield infomap(pairs, seed=seed, trials=3).labels
    yield label_propagation(pairs, seed=seed).labels
