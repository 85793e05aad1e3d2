"""Scale: partitions over a range of resolutions, how stable they are, and over which range each is the best."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.detect.agreement import element_similarity
from clusternet.detect.finding import Finder
from clusternet.detect.method import Method
from clusternet.detect.modularity import leiden, leiden_cpm
from clusternet.errors import InputError
from clusternet.messages import mark
from clusternet.model import Network, Partition, recorded
from clusternet.model.catalogue import nearest
from clusternet.model.pairs import Pairs
from clusternet.model.scale_profile import ScaleProfile
from clusternet.model.settings import LARGEST_SEED, check_seed
from clusternet.model.sums import canonical_weights, grouped_sum, ratio

#: Each objective with the method that maximises it.
OBJECTIVES: dict[str, Method] = {"modularity": leiden, "cpm": leiden_cpm}
#: Resolutions that are tried where none are given; lines that meet within this share of one meet at one point.
_STEPS, _SAME = 20, 1e-9

Codes = NDArray[np.int64]
Floats = NDArray[np.float64]


@recorded
def scale_profile(
    network: Network,
    *,
    resolutions: Sequence[float] | None = None,
    repeats: int = 5,
    seed: int = 0,
    objective: str = "modularity",
    progress: Callable[[str], None] | None = None,
) -> ScaleProfile:
    """Look for clusters at many resolutions, and tell over which range each partition is the best.

    Parameters
    ----------
    network : Network
        The network.
    resolutions : sequence of float, optional
        Resolutions to try, each above 0; the higher, the smaller the clusters. By default 20 in equal ratios, from half
        of that at which one cluster for each connected part is as good as a division of it, to that at which half of
        the linked pairs would no longer be a cluster by themselves.
    repeats : int, default 5
        Partitions that are looked for at each resolution, each from a seed of its own; at least 1.
    seed : int, default 0
        0 to 4,294,967,295.
    objective : {"modularity", "cpm"}
        The quality that is maximised: modularity, or the constant Potts model.
    progress : callable, optional
        Called with a short text after each resolution.

    Returns
    -------
    ScaleProfile
        Its ``table`` has one row per resolution:

        - ``partition``: which of ``partitions`` is the best there, of all that were met at any resolution;
        - ``clusters``, ``members``, ``median_size``, ``largest_size``: how many clusters, of how many enterprises;
        - ``quality``: the share of linkage weight inside less ``resolution`` times what is expected there;
        - ``stability``: how alike the partitions of the repeats are, 0 to 1: the mean element-centric similarity of
          each two, over enterprises with a linkage; NaN for one repeat;
        - ``next_agreement``: the same for the best partitions at this resolution and the next one;
        - ``from``, ``to``: the resolutions between which the partition is the best of all that were met;
        - ``plateau``: whether it is the one of the widest range, the one that ``best()`` returns.

        Its ``domains`` has one row for each partition that is the best somewhere, tried or not.

    Raises
    ------
    InputError
        If a resolution, the number of repeats, the seed or the objective is not one of those.

    Notes
    -----
    Every connected part is looked at on its own scale, as :func:`clusternet.detect.find_clusters` does: weights are
    divided by their mean in the part, and what is expected is expected within the part. In a connected network this is
    modularity with a resolution. The quality of a partition is a line over the resolution, so the ranges are those of
    the upper envelope of all lines, computed and not sampled. One cluster for each part, and nobody in any but those
    that are linked to one other and nobody else, are always among the partitions, and bound the ranges.

    References
    ----------
    Weir, W. H., Emmons, S., Gibson, R., Taylor, D. & Mucha, P. J. (2017), Post-processing partitions to identify
    domains of modularity optimization, doi:10.3390/a10030093 (ranges).
    Gates, A. J., Wood, I. B., Hetrick, W. P. & Ahn, Y.-Y. (2019), doi:10.1038/s41598-019-44892-y (stability).

    Examples
    --------
    >>> two_triangles = Network.from_edges(list("abcdefc"), list("bcaefdd"))
    >>> profile = scale_profile(two_triangles)
    >>> profile
    <ScaleProfile: 20 resolutions of modularity; 2 clusters are the best from 0.286 to 2.33>
    >>> profile.best().codes
    array([0, 0, 0, 1, 1, 1])
    """
    if objective not in OBJECTIVES:
        near = nearest(str(objective), OBJECTIVES)
        raise InputError(
            mark('The objective is "{value}"; expected one of: {known}.{hint}'),
            value=objective,
            known=", ".join(OBJECTIVES),
            hint=f' Did you mean "{near}"?' if near else "",
        )
    if isinstance(repeats, bool) or not isinstance(repeats, int) or repeats < 1:
        template = mark("{name} is {value}, but a whole number of at least {least} is expected.")
        raise InputError(template, name="repeats", value=repr(repeats), least=1)
    search = _Search(network, objective, check_seed(seed))
    tried = search.default_grid() if resolutions is None else _checked(resolutions, OBJECTIVES[objective])
    stability = []
    for resolution in tried:
        found = [search.found(resolution, repeat) for repeat in range(repeats)]
        stability.append(search.likeness(itertools.combinations(found, 2)))
        if progress:
            progress(f"{resolution:.3g}")
    return search.profile(tried, stability)


def _checked(resolutions: Sequence[float], method: Method) -> list[float]:
    """Return the resolutions sorted, each once."""
    given = [value.item() if isinstance(value, np.generic) else value for value in resolutions]
    if not given:
        raise InputError(mark("No resolution is given; give at least one number above 0, or leave the option out."))
    option = method.card.options["resolution"]
    return sorted({float(option.checked("resolution", value)) for value in given})


def domains_of_optimality(inside: Floats, expected: Floats) -> list[tuple[int, float, float]]:
    """Return where each of some lines lies above all others: the upper envelope, computed exactly.

    Parameters
    ----------
    inside, expected : array of float, shape (k,)
        The quality of each partition is ``inside - resolution * expected``.

    Returns
    -------
    list of (int, float, float)
        The position of a partition and the resolutions, 0 to infinity, between which it is the best, in order of
        resolution. Of equal lines only the first is there; what is the best at a single point or nowhere is not.

    References
    ----------
    Weir, W. H., Emmons, S., Gibson, R., Taylor, D. & Mucha, P. J. (2017), doi:10.3390/a10030093.

    Examples
    --------
    >>> domains_of_optimality(np.array([1.0, 0.8, 0.0]), np.array([1.0, 0.4, 0.1]))  # doctest: +NORMALIZE_WHITESPACE
    [(0, 0.0, 0.33333333333333326), (1, 0.33333333333333326, 2.6666666666666665), (2, 2.6666666666666665, inf)]
    """
    found: list[tuple[int, float, float]] = []
    best, start = int(np.lexsort((expected, -inside))[0]), 0.0
    while True:
        flatter = np.flatnonzero(expected < expected[best])
        if not len(flatter):
            return [*found, (best, start, math.inf)]
        meets = (inside[best] - inside[flatter]) / (expected[best] - expected[flatter])
        end = float(meets.min())
        if end > start:
            found.append((best, start, end))
        # Where several meet at one point, the flattest one is the best beyond it.
        first = flatter[meets <= end * (1 + _SAME)]
        best, start = int(first[np.argmin(expected[first])]), max(end, start)


@dataclass(frozen=True, eq=False)
class _Search:
    """Partitions of one network that were met, each as a line: inside - resolution * expected."""

    network: Network
    objective: str
    seed: int

    @cached_property
    def met(self) -> dict[bytes, Partition]:
        """Every partition met; the two at the ends of the scale first."""
        size = np.bincount(self.pairs.components, minlength=1)[self.pairs.components]
        ends = (np.where(size >= least, self.pairs.components, -1) for least in (2, np.where(size == 2, 2, np.inf)))
        made = [Partition(self.network.enterprise_ids, codes, method=self._method.name) for codes in ends]
        return {partition.codes.tobytes(): partition for partition in made}

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self.network)

    @property
    def _method(self) -> Method:
        return OBJECTIVES[self.objective]

    @cached_property
    def pairs(self) -> Pairs:
        """The linked pairs of the register; weights have the mean 1 in every connected part."""
        pairs = self.network.flat.among(np.arange(self.network.n_enterprises))
        home = pairs.components[pairs.first]
        mean = ratio(grouped_sum(pairs.weight, home, pairs.n_nodes), np.bincount(home, minlength=pairs.n_nodes))
        return pairs.weighing(canonical_weights(pairs.weight / mean[home]))

    @cached_property
    def _ends(self) -> Floats:
        """Twice the weight of the connected part of each node, shape (n,)."""
        part = self.pairs.components
        return grouped_sum(self.pairs.strength, part, self.pairs.n_nodes)[part]

    def found(self, resolution: float, repeat: int = 0) -> Codes:
        """Return the codes of a partition found at a resolution, and remember it."""
        seed = (self.seed + repeat) % (LARGEST_SEED + 1)
        partition = self._finder.find(self._method, options={"resolution": resolution}, seed=seed)
        self.met.setdefault(partition.codes.tobytes(), partition)
        return partition.codes

    def line(self, codes: Codes) -> tuple[float, float]:
        """Return the share of weight inside, and what is expected there at resolution 1, to 12 digits."""
        pairs, whole = self.pairs, _whole(codes)
        size = np.bincount(whole).astype(np.float64)
        chance = size * (size - 1) / 2
        if self.objective == "modularity":
            ends = np.zeros(len(size))
            ends[whole] = self._ends
            chance = np.nan_to_num(ratio(grouped_sum(pairs.strength, whole, len(size)) ** 2, 2 * ends))
        within = pairs.weight[whole[pairs.first] == whole[pairs.second]]
        inside, expected = (f"{math.fsum(values) / max(len(pairs), 1):.12g}" for values in (within, chance))
        return float(inside), float(expected)

    def default_grid(self) -> list[float]:
        """Return resolutions in equal ratios, from where networks come in one piece to where pairs fall apart."""
        pairs, option = self.pairs, self._method.card.options["resolution"]
        if not len(pairs):
            return [option.default]
        whole = self.line(next(iter(self.met.values())).codes)
        start = whole[0] / whole[1]
        divided = self.line(self.found(start))
        even = (whole[0] - divided[0]) / (whole[1] - divided[1]) if divided[1] < whole[1] else start
        low = 0.5 * min(even, start)
        alone = pairs.weight
        if self.objective == "modularity":
            alone = alone * self._ends[pairs.first] / (pairs.strength[pairs.first] * pairs.strength[pairs.second])
        high = max(float(np.median(alone)), 4 * start)
        grid = np.clip(np.geomspace(low, high, _STEPS), option.least, option.most)
        return sorted({float(f"{value:.6g}") for value in grid})

    def likeness(self, several: Iterable[tuple[Codes, Codes]]) -> float:
        """Return how alike pairs of partitions are on average over enterprises with a linkage, 0 to 1."""
        linked = self.pairs.degree > 0
        if not linked.any():
            return math.nan
        found = [element_similarity(_whole(one[linked]), _whole(other[linked])) for one, other in several]
        return float(np.mean(found)) if found else math.nan

    def profile(self, tried: list[float], stability: list[float]) -> ScaleProfile:
        """Return the profile over the resolutions tried."""
        met = list(self.met.values())
        inside, expected = (np.array(values) for values in zip(*[self.line(p.codes) for p in met], strict=True))
        ranges = domains_of_optimality(inside, expected)
        place, start, end = (np.array(values) for values in zip(*ranges, strict=True))
        partitions = tuple(met[number] for number in place)
        trivial = place < 2  # the two ends of the scale, met first
        domains = pd.DataFrame([_sizes(partition) for partition in partitions])
        domains = domains.assign(inside=inside[place], expected=expected[place], **{"from": start, "to": end})
        with np.errstate(divide="ignore"):
            domains["width"] = np.log(end) - np.log(start)
        domains["trivial"] = trivial
        widest = int(np.argmax(np.where(trivial, -1.0, domains["width"]))) if not trivial.all() else 0
        domains["plateau"] = np.arange(len(domains)) == widest
        domains.index = pd.RangeIndex(len(domains), name="partition")
        best = np.searchsorted(end, tried, side="left")
        rows = domains.iloc[best].reset_index()
        codes = [partitions[number].codes for number in best]
        following = [self.likeness([pair]) for pair in itertools.pairwise(codes)]
        rows = rows.assign(resolution=tried, stability=stability, next_agreement=[*following, math.nan])
        rows["quality"] = rows["inside"] - rows["resolution"] * rows["expected"]
        columns = ["resolution", "partition", "clusters", "members", "median_size", "largest_size", "quality"]
        columns += ["stability", "next_agreement", "from", "to", "plateau"]
        return ScaleProfile(self.objective, rows[columns], domains, partitions)


def _sizes(partition: Partition) -> dict[str, float]:
    size = partition.sizes
    middle = float(np.median(size)) if len(size) else math.nan
    counts = {"clusters": len(size), "members": int(size.sum())}
    return {**counts, "median_size": middle, "largest_size": int(size.max(initial=0))}


def _whole(codes: Codes) -> Codes:
    """Return codes of 0 or more; everybody in no cluster gets one of its own."""
    alone = codes < 0
    return np.where(alone, codes.max(initial=-1) + np.cumsum(alone), codes)
