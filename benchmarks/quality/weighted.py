"""Weighted networks: weights that say more than the linkages, all that there is to know, or nothing at all."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from benchmarks.quality.case import Case, planted
from benchmarks.quality.chance import labels_of, mean_degree_pairs, partition_pairs
from benchmarks.quality.heavy_tails import Tails, lfr, lfr_weights
from clusternet.planted.chance import generator_for

#: Linkages say a little, weights more: clusters, members, degree, mixing, how many times heavier inside.
HEAVIER = ((6, 25, 10.0, 0.5, 3.0), (6, 25, 10.0, 0.6, 3.0), (10, 20, 10.0, 0.6, 4.0))
#: Linkages say nothing: clusters, members, density of linkages, how many times heavier inside.
ONLY_WEIGHTS = ((4, 30, 0.3, 4.0), (4, 30, 0.3, 3.0), (6, 25, 0.5, 2.5), (10, 20, 0.3, 4.0))
#: LFR with weights: nodes, mixing of linkages, mixing of weight.
LFR = ((250, 0.5, 0.3), (250, 0.6, 0.4), (1000, 0.6, 0.4))
#: Weights say nothing and have a heavy tail: clusters, members, degree, mixing, exponent of the tail.
MISLEADING = ((6, 25, 10.0, 0.2, 2.0), (6, 25, 12.0, 0.3, 1.5), (10, 20, 12.0, 0.3, 1.2))


def weighted_cases(size: str, replicate: int) -> Iterator[Case]:
    """Give networks whose weights matter.

    Parameters
    ----------
    size : {"small", "full"}
        Makes no difference here.
    replicate : int
        0 or more; each one gives other networks of the same kinds.

    Yields
    ------
    Case
        One network.
    """
    for count, members, degree, mixing, factor in HEAVIER:
        name = f"heavier inside x{factor:g}, {count} of {members}, degree {degree:g}, mixing {mixing:g}"
        chance = generator_for(replicate, "weighted", name)
        truth = labels_of([members] * count)
        ends = mean_degree_pairs(chance, truth, degree, mixing)
        mean = np.where(truth[ends[0]] == truth[ends[1]], factor, 1.0)
        yield planted(chance, "weighted", name, truth, ends, weight=mean * chance.lognormal(0, 0.8, len(mean)))
    for count, members, density, factor in ONLY_WEIGHTS:
        name = f"only weights x{factor:g}, {count} of {members}, density {density:g}"
        chance = generator_for(replicate, "weighted", name)
        truth = labels_of([members] * count)
        ends = partition_pairs(chance, truth, density, density)
        mean = np.where(truth[ends[0]] == truth[ends[1]], factor, 1.0)
        yield planted(chance, "weighted", name, truth, ends, weight=mean * chance.gamma(2, 0.5, len(mean)))
    for n, mixing, weight_mixing in LFR:
        name = f"LFR {n}, mixing {mixing:g}, of weight {weight_mixing:g}"
        chance = generator_for(replicate, "weighted", name)
        truth, ends = lfr(chance, Tails(n), mixing)
        yield planted(
            chance, "weighted", name, truth, ends, weight=lfr_weights(chance, truth, ends, weight_mixing, 2.0)
        )
    for count, members, degree, mixing, exponent in MISLEADING:
        name = f"idle weights, tail {exponent:g}, {count} of {members}, degree {degree:g}, mixing {mixing:g}"
        chance = generator_for(replicate, "weighted", name)
        truth = labels_of([members] * count)
        ends = mean_degree_pairs(chance, truth, degree, mixing)
        yield planted(chance, "weighted", name, truth, ends, weight=1 + chance.pareto(exponent, len(ends[0])))
