"""Networks whose degrees and cluster sizes follow power laws: ABCD and LFR, written from their definitions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.quality.case import Ends, Floats, Ints
from benchmarks.quality.chance import matched_stubs, power_law, power_law_sizes


@dataclass(frozen=True)
class Tails:
    """The power laws of degrees and cluster sizes.

    Parameters
    ----------
    n : int
        The number of nodes.
    degree_exponent, size_exponent : float
        The exponents of the two power laws.
    degrees, sizes : pair of int
        The smallest and the largest degree and cluster size.
    """

    n: int
    degree_exponent: float = 2.5
    degrees: tuple[int, int] = (5, 50)
    size_exponent: float = 1.5
    sizes: tuple[int, int] = (10, 60)

    def drawn(self, generator: np.random.Generator) -> tuple[Ints, Ints]:
        """Draw degrees and cluster sizes, the largest first."""
        degrees = np.sort(power_law(generator, self.n, self.degree_exponent, *self.degrees))[::-1]
        degrees = np.minimum(degrees, self.n - 1)
        return degrees, power_law_sizes(generator, self.n, self.size_exponent, *self.sizes)


def abcd(generator: np.random.Generator, tails: Tails, mixing: float) -> tuple[Ints, Ends]:
    """Draw an ABCD network.

    Every node gives the share 1 - ``mixing`` of its degree to its own cluster; the rest goes to a background that
    knows of no clusters, so that some of it falls inside all the same.

    Parameters
    ----------
    generator : numpy.random.Generator
        Source of chance.
    tails : Tails
        The power laws.
    mixing : float
        The share of linkages in the background (xi), 0..1.

    Returns
    -------
    array of int, shape (n,)
        The planted clusters.
    pair of arrays of int
        The linked pairs.

    References
    ----------
    Kaminski, B., Pralat, P. & Theberge, F. (2021), Artificial Benchmark for Community Detection (ABCD): fast random
    graph model with community structure, Network Science 9(2), doi:10.1017/nws.2020.45.
    """
    degrees, sizes = tails.drawn(generator)
    by_chance = 1 - mixing * (1 - ((sizes / tails.n) ** 2).sum())
    truth = _homes(generator, np.ceil(by_chance * degrees), sizes)
    own = _even_in_groups(_rounded(generator, (1 - mixing) * degrees), truth, degrees)
    inside, loose = _matched(generator, own, truth, tails.n)
    # What found no partner in its own cluster goes to the background, as in the paper.
    rest = _even_in_groups(degrees - own + np.bincount(loose, minlength=tails.n), np.zeros(tails.n, dtype=np.int64))
    between, _ = _matched(generator, rest, np.zeros(tails.n, dtype=np.int64), tails.n, taken=_keys(inside, tails.n))
    return truth, _joined(inside, between)


def lfr(generator: np.random.Generator, tails: Tails, mixing: float) -> tuple[Ints, Ends]:
    """Draw a network in the manner of LFR.

    Every node gives the share ``mixing`` of its degree to other clusters, as exactly as whole numbers allow.

    Parameters
    ----------
    generator : numpy.random.Generator
        Source of chance.
    tails : Tails
        The power laws.
    mixing : float
        The share of each node's linkages that goes to other clusters (mu), 0..1.

    Returns
    -------
    array of int, shape (n,)
        The planted clusters.
    pair of arrays of int
        The linked pairs.

    References
    ----------
    Lancichinetti, A., Fortunato, S. & Radicchi, F. (2008), Benchmark graphs for testing community detection
    algorithms, doi:10.1103/PhysRevE.78.046110. Their way of joining loose ends is replaced by one of our own.
    """
    degrees, sizes = tails.drawn(generator)
    truth = _homes(generator, np.ceil((1 - mixing) * degrees), sizes)
    own = _even_in_groups(_rounded(generator, (1 - mixing) * degrees), truth, degrees)
    inside, _ = _matched(generator, own, truth, tails.n)
    rest = _even_in_groups(degrees - own, np.zeros(tails.n, dtype=np.int64))
    between, _ = _matched(generator, rest, np.zeros(tails.n, dtype=np.int64), tails.n, apart=truth)
    return truth, _joined(inside, between)


def lfr_weights(generator: np.random.Generator, truth: Ints, ends: Ends, mixing: float, spread: float) -> Floats:
    """Draw weights so that the share ``mixing`` of all weight lies between clusters.

    Parameters
    ----------
    generator : numpy.random.Generator
        Source of chance.
    truth : array of int, shape (n,)
        The planted clusters.
    ends : pair of arrays of int, shape (m,)
        The linked pairs.
    mixing : float
        The share of weight that lies between clusters, 0..1.
    spread : float
        The shape of the gamma distribution of weights; a small one spreads them widely.

    Returns
    -------
    array of float, shape (m,)
        The weights.

    References
    ----------
    Lancichinetti, A. & Fortunato, S. (2009), doi:10.1103/PhysRevE.80.016118, for the two kinds of mixing.
    """
    between = truth[ends[0]] != truth[ends[1]]
    share = between.mean()
    mean = np.where(between, mixing / max(share, 1e-9), (1 - mixing) / max(1 - share, 1e-9))
    return mean * generator.gamma(spread, 1 / spread, len(mean))


def _homes(generator: np.random.Generator, need: Floats, sizes: Ints) -> Ints:
    """Give each node, in order of falling degree, a free place in a cluster that has room for its own linkages."""
    room = sizes.copy()
    truth = np.empty(len(need), dtype=np.int64)
    for node, wanted in enumerate(need):
        fits = np.where(sizes > wanted, room, 0)
        if not fits.any():
            # No cluster is large enough: the largest one that has a free place takes the node.
            fits = np.where((sizes == sizes[room > 0].max()), room, 0)
        truth[node] = generator.choice(len(sizes), p=fits / fits.sum())
        room[truth[node]] -= 1
    return truth


def _rounded(generator: np.random.Generator, values: Floats) -> Ints:
    """Round up or down at random, so that the mean stays."""
    whole = np.floor(values)
    return (whole + (generator.random(len(values)) < values - whole)).astype(np.int64)


def _even_in_groups(count: Ints, group: Ints, most: Ints | None = None) -> Ints:
    """Change the count of one node in each group by one where the group's sum is odd: of the node with the most."""
    count = count.copy()
    odd = np.flatnonzero(np.bincount(group, weights=count).astype(np.int64) % 2)
    order = np.lexsort((-count, group))
    leader = order[np.searchsorted(group[order], odd)]
    up = np.zeros(len(leader), dtype=bool) if most is None else count[leader] < most[leader]
    count[leader] += np.where(up, 1, -1)
    return count


def _matched(generator: np.random.Generator, count: Ints, group: Ints, n: int, **rules: Ints) -> tuple[Ends, Ints]:
    return matched_stubs(generator, np.repeat(np.arange(n), count), np.repeat(group, count), n=n, **rules)


def _keys(ends: Ends, n: int) -> Ints:
    return ends[0] * n + ends[1]


def _joined(one: Ends, other: Ends) -> Ends:
    return np.concatenate([one[0], other[0]]), np.concatenate([one[1], other[1]])
