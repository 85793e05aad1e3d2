"""Random pairs and random sizes: what every generator of the benchmark is put together from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.quality.case import Ends, Floats, Ints

#: Rounds in which linkages that may not be exchange ends with others, before the last of them are given up.
ROUNDS = 500


def labels_of(sizes: Sequence[int] | Ints) -> Ints:
    """Return the label 0, 1, ... of each member of clusters of the given sizes.

    Examples
    --------
    >>> labels_of([2, 1]).tolist()
    [0, 0, 1]
    """
    return np.repeat(np.arange(len(sizes)), sizes)


def partition_pairs(
    generator: np.random.Generator, truth: Ints, inside: float, outside: float, pull: Floats | None = None
) -> Ends:
    """Draw each pair of nodes with one probability inside clusters and another one between them.

    Parameters
    ----------
    generator : numpy.random.Generator
        Source of chance.
    truth : array of int, shape (n,)
        The planted cluster of each node; pairs of two nodes in none (-1) count as between.
    inside, outside : float
        The two probabilities.
    pull : array of float, shape (n,), optional
        How strongly each node draws linkages, 1 on average; the probability of a pair is multiplied by both.

    Returns
    -------
    pair of arrays of int
        The pairs that were drawn, the smaller number first.
    """
    first, second = np.triu_indices(len(truth), 1)
    same = (truth[first] == truth[second]) & (truth[first] >= 0)
    probability = np.where(same, inside, outside)
    if pull is not None:
        probability = probability * pull[first] * pull[second]
    drawn = generator.random(len(first)) < probability
    return first[drawn], second[drawn]


def mean_degree_pairs(
    generator: np.random.Generator, truth: Ints, degree: float, mixing: float, pull: Floats | None = None
) -> Ends:
    """Draw pairs so that nodes have a given mean degree, of which a given share goes to other clusters.

    Parameters
    ----------
    generator : numpy.random.Generator
        Source of chance.
    truth : array of int, shape (n,)
        The planted cluster of each node, 0 or more.
    degree : float
        The mean degree, as far as the clusters have room for it.
    mixing : float
        The share of the linkages that goes between clusters, 0..1.
    pull : array of float, shape (n,), optional
        As in :func:`partition_pairs`.

    Returns
    -------
    pair of arrays of int
        The pairs.
    """
    size = np.bincount(truth)
    pairs_inside = (size * (size - 1) / 2).sum()
    pairs_between = len(truth) * (len(truth) - 1) / 2 - pairs_inside
    linkages = degree * len(truth) / 2
    inside = min(1.0, linkages * (1 - mixing) / pairs_inside)
    return partition_pairs(generator, truth, inside, min(1.0, linkages * mixing / pairs_between), pull)


def power_law(generator: np.random.Generator, n: int, exponent: float, least: int, most: int) -> Ints:
    """Draw whole numbers from a power law cut off at both ends.

    Parameters
    ----------
    generator : numpy.random.Generator
        Source of chance.
    n : int
        How many.
    exponent : float
        The probability of k is proportional to k to the power of minus this.
    least, most : int
        The range, both ends included.

    Returns
    -------
    array of int, shape (n,)
        The numbers.
    """
    values = np.arange(least, most + 1)
    chance = values.astype(float) ** -exponent
    return generator.choice(values, size=n, p=chance / chance.sum())


def power_law_sizes(generator: np.random.Generator, n: int, exponent: float, least: int, most: int) -> Ints:
    """Draw cluster sizes from a power law until they make up n members, the largest first.

    The last cluster is cut to fit; if that leaves it too small, its members are spread over the others.
    """
    drawn = power_law(generator, n // least + 1, exponent, least, most)
    count = int(np.searchsorted(np.cumsum(drawn), n)) + 1
    sizes = drawn[:count].copy()
    sizes[-1] -= sizes.sum() - n
    if sizes[-1] < least and count > 1:
        left, sizes = int(sizes[-1]), sizes[:-1]
        room = np.flatnonzero(sizes < most)
        np.add.at(sizes, np.resize(room if len(room) else np.arange(len(sizes)), left), 1)
    return np.sort(sizes)[::-1]


def matched_stubs(
    generator: np.random.Generator,
    stubs: Ints,
    group: Ints,
    *,
    taken: Ints | None = None,
    apart: Ints | None = None,
    n: int,
) -> tuple[Ends, Ints]:
    """Join loose ends of linkages at random within groups, without self-links and double linkages.

    Parameters
    ----------
    generator : numpy.random.Generator
        Source of chance.
    stubs : array of int, shape (s,)
        The node of each loose end; each group has an even number of them.
    group : array of int, shape (s,)
        The group of each loose end.
    taken : array of int, optional
        Pairs that are linked already, as first * n + second with first < second.
    apart : array of int, shape (n,), optional
        Nodes with the same number here may not be joined.
    n : int
        The number of nodes.

    Returns
    -------
    pair of arrays of int
        The pairs, the smaller number first.
    array of int
        The loose ends that could not be joined.
    """
    order = np.lexsort((generator.random(len(stubs)), group))
    ends, home = stubs[order].reshape(-1, 2), group[order][::2]
    taken = np.zeros(0, dtype=np.int64) if taken is None else taken
    apart = np.arange(n) if apart is None else apart
    for _ in range(ROUNDS):
        wrong = np.flatnonzero(_may_not_be(ends, n, taken, apart))
        if not len(wrong):
            break
        _exchange(generator, ends, home, wrong, taken, apart)
    wrong = _may_not_be(ends, n, taken, apart)
    return (ends[~wrong].min(axis=1), ends[~wrong].max(axis=1)), ends[wrong].ravel()


def _exchange(generator: np.random.Generator, ends: Ints, home: Ints, wrong: Ints, taken: Ints, apart: Ints) -> None:
    """Let each linkage that may not be exchange an end with another one of its group, if that makes nothing worse."""
    n = len(apart)
    start = np.searchsorted(home, home[wrong])
    count = np.searchsorted(home, home[wrong], side="right") - start
    partner = start + (generator.random(len(wrong)) * count).astype(np.int64)
    # Each linkage takes part in one exchange at most.
    free = ~np.isin(partner, wrong)
    free &= np.isin(np.arange(len(partner)), np.unique(partner, return_index=True)[1])
    wrong, partner = wrong[free], partner[free]
    side = generator.integers(2, size=len(wrong))
    new = np.stack([ends[wrong], ends[partner]], axis=1)
    new[:, 0, 1], new[np.arange(len(wrong)), 1, side] = ends[partner, side], ends[wrong, 1]
    pairs = new.reshape(-1, 2)
    present = np.concatenate([taken, _keys(ends, n)])
    bad = (np.isin(_keys(pairs, n), present) | _may_not_be(pairs, n, taken, apart)).reshape(-1, 2)
    # One of the two was wrong before; if only one is afterwards, the fault has moved and another round may mend it.
    better = ~bad.all(axis=1)
    ends[wrong[better]], ends[partner[better]] = new[better, 0], new[better, 1]


def _keys(ends: Ints, n: int) -> Ints:
    return ends.min(axis=1) * n + ends.max(axis=1)


def _may_not_be(ends: Ints, n: int, taken: Ints, apart: Ints) -> np.ndarray:
    """Return which linkages repeat an earlier one or are taken, or join what stays apart, such as a node and itself."""
    keys = _keys(ends, n)
    wrong = np.ones(len(keys), dtype=bool)
    wrong[np.unique(keys, return_index=True)[1]] = False
    return wrong | np.isin(keys, taken) | (apart[ends[:, 0]] == apart[ends[:, 1]])
