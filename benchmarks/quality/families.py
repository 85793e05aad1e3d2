"""The families of benchmark networks, each with its levels of difficulty."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from types import MappingProxyType

import numpy as np

import clusternet as cn
from benchmarks.quality.case import Case, planted
from benchmarks.quality.chance import labels_of, matched_stubs, mean_degree_pairs, partition_pairs, power_law
from benchmarks.quality.heavy_tails import Tails, abcd, lfr
from benchmarks.quality.layered import layered_cases
from benchmarks.quality.real import real_cases
from benchmarks.quality.weighted import weighted_cases
from clusternet.planted import plant_survey
from clusternet.planted.chance import generator_for

SIZES = ("small", "full")

#: Enterprises, noise, mean ties, share that did not answer.
SURVEYS = (
    (60, 0.1, 8.5, 0.0),
    (60, 0.22, 8.5, 0.08),
    (60, 0.4, 8.5, 0.08),
    (150, 0.22, 5.0, 0.08),
    (150, 0.4, 8.5, 0.3),
    (150, 0.55, 8.5, 0.08),
    (300, 0.1, 5.0, 0.3),
    (300, 0.22, 8.5, 0.08),
    (300, 0.4, 14.0, 0.08),
    (300, 0.55, 14.0, 0.08),
    (1000, 0.22, 5.0, 0.08),
    (1000, 0.4, 8.5, 0.08),
)
LARGE_SURVEYS = ((1000, 0.55, 14.0, 0.3), (3000, 0.22, 8.5, 0.08), (3000, 0.4, 8.5, 0.08))
#: Clusters, members of each, mean degree, share of linkages between clusters.
BLOCKS = (
    (4, 25, 8.0, 0.1),
    (4, 25, 8.0, 0.3),
    (4, 25, 8.0, 0.4),
    (4, 25, 16.0, 0.5),
    (10, 20, 8.0, 0.2),
    (10, 20, 8.0, 0.4),
    (10, 20, 12.0, 0.5),
    (8, 50, 10.0, 0.3),
    (8, 50, 10.0, 0.45),
    (8, 50, 16.0, 0.55),
)
#: Mean degree, mixing; sizes are 5, 8, 12, 20, 35, 60, 100.
UNEVEN = ((8.0, 0.1), (8.0, 0.25), (8.0, 0.4), (14.0, 0.3), (14.0, 0.5))
UNEVEN_SIZES = (5, 5, 8, 12, 20, 35, 60, 100)
#: Clusters, mean degree, mixing; sizes are 6 to 14.
SMALL_BLOCKS = ((60, 6.0, 0.2), (60, 6.0, 0.4), (120, 7.0, 0.3), (300, 7.0, 0.3), (300, 7.0, 0.5))
#: Clusters, members, mean degree, mixing, exponent of the expected degrees.
HUBS = ((4, 40, 10.0, 0.2, 2.5), (4, 40, 10.0, 0.35, 2.2), (10, 30, 10.0, 0.2, 2.2), (10, 30, 10.0, 0.4, 2.5))
#: Nodes and mixings.
TAILED = ((250, (0.1, 0.3, 0.4, 0.5, 0.55)), (1000, (0.2, 0.4, 0.5, 0.6)))
LARGE_TAILED = ((5000, (0.3, 0.5)),)
#: Cliques and members of each.
RINGS = ((8, 5), (30, 5), (60, 4), (24, 10))
#: Cliques, members of each, share of linkages that are moved.
CAVEMEN = ((12, 8, 0.1), (12, 8, 0.3), (20, 10, 0.5), (20, 10, 0.6))
#: Nodes and mean degree.
RANDOM = ((100, 4.0), (100, 10.0), (300, 6.0), (300, 20.0), (1000, 8.0))
WEIGHTED_RANDOM = (200, 10.0)


def survey_cases(size: str, replicate: int) -> Iterator[Case]:
    """Give planted surveys, small and large, clear and noisy, with many and few answers."""
    for n, noise, ties, silent in SURVEYS + (LARGE_SURVEYS if size == "full" else ()):
        name = f"{n} firms, noise {noise:g}, ties {ties:g}, silent {silent:g}"
        seed = int(generator_for(replicate, "survey", name).integers(2**31))
        made = plant_survey(n, noise=noise, mean_ties=ties, non_response=silent, seed=seed)
        network = cn.build_network(made.survey())
        truth = made.truth.set_index("enterprise_id")["cluster"].reindex(network.enterprise_ids)
        yield Case("survey", name, network, truth.to_numpy(dtype=np.int64))


def blocks_cases(size: str, replicate: int) -> Iterator[Case]:
    """Give planted partitions with clusters of one size, down to near the limit of what can be found."""
    for count, members, degree, mixing in BLOCKS:
        name = f"{count} of {members}, degree {degree:g}, mixing {mixing:g}"
        yield _blocks("blocks", name, replicate, [members] * count, degree, mixing)


def uneven_cases(size: str, replicate: int) -> Iterator[Case]:
    """Give planted partitions with very small and very large clusters; all pairs inside a cluster are alike."""
    for degree, mixing in UNEVEN:
        name = f"{min(UNEVEN_SIZES)} to {max(UNEVEN_SIZES)}, degree {degree:g}, mixing {mixing:g}"
        chance = generator_for(replicate, "uneven", name)
        truth = labels_of(UNEVEN_SIZES)
        # Everybody has the same mean degree, so that small clusters are dense and large ones are not.
        own = np.minimum(1.0, degree * (1 - mixing) / (np.array(UNEVEN_SIZES) - 1))
        within = [partition_pairs(chance, np.where(truth == label, 0, -1), p, 0.0) for label, p in enumerate(own)]
        between = partition_pairs(chance, truth, 0.0, degree * mixing / len(truth))
        ends = tuple(np.concatenate([part[end] for part in [*within, between]]) for end in range(2))
        yield planted(chance, "uneven", name, truth, ends)


def small_blocks_cases(size: str, replicate: int) -> Iterator[Case]:
    """Give planted partitions with many clusters of 6 to 14 members."""
    for count, degree, mixing in SMALL_BLOCKS:
        name = f"{count} of 6 to 14, degree {degree:g}, mixing {mixing:g}"
        members = generator_for(replicate, "small_blocks", name, "sizes").integers(6, 15, count)
        yield _blocks("small_blocks", name, replicate, members, degree, mixing)


def hubs_cases(size: str, replicate: int) -> Iterator[Case]:
    """Give planted partitions whose expected degrees follow a power law (degree-corrected)."""
    for count, members, degree, mixing, exponent in HUBS:
        name = f"{count} of {members}, degree {degree:g}, mixing {mixing:g}, exponent {exponent:g}"
        chance = generator_for(replicate, "hubs", name)
        truth = labels_of([members] * count)
        pull = power_law(chance, len(truth), exponent, 3, 3 * members).astype(float)
        ends = mean_degree_pairs(chance, truth, degree, mixing, pull / pull.mean())
        yield planted(chance, "hubs", name, truth, ends)


def abcd_cases(size: str, replicate: int) -> Iterator[Case]:
    """Give ABCD networks."""
    for n, mixings in TAILED + (LARGE_TAILED if size == "full" else ()):
        for mixing in mixings:
            name = f"ABCD {n}, mixing {mixing:g}"
            chance = generator_for(replicate, "abcd", name)
            yield planted(chance, "abcd", name, *abcd(chance, Tails(n), mixing))


def lfr_cases(size: str, replicate: int) -> Iterator[Case]:
    """Give networks in the manner of LFR."""
    for n, mixings in TAILED + (LARGE_TAILED if size == "full" else ()):
        for mixing in mixings:
            name = f"LFR {n}, mixing {mixing:g}"
            chance = generator_for(replicate, "lfr", name)
            yield planted(chance, "lfr", name, *lfr(chance, Tails(n), mixing))


def cliques_cases(size: str, replicate: int) -> Iterator[Case]:
    """Give rings of cliques, and cliques some of whose linkages were moved to anywhere."""
    for count, members in RINGS:
        name = f"ring of {count} cliques of {members}"
        chance = generator_for(replicate, "cliques", name)
        truth = labels_of([members] * count)
        within = partition_pairs(chance, truth, 1.0, 0.0)
        last = np.arange(count) * members + members - 1
        ends = (np.append(within[0], last), np.append(within[1], (last + 1) % len(truth)))
        yield planted(chance, "cliques", name, truth, ends)
    for count, members, moved in CAVEMEN:
        name = f"{count} caves of {members}, {moved:.0%} moved"
        chance = generator_for(replicate, "cliques", name)
        truth = labels_of([members] * count)
        within = partition_pairs(chance, truth, 1.0, 0.0)
        stays = chance.random(len(within[0])) >= moved
        anywhere = np.where(stays, within[1], chance.integers(len(truth), size=len(stays)))
        other = anywhere != within[0]
        yield planted(chance, "cliques", name, truth, (within[0][other], anywhere[other]))


def random_cases(size: str, replicate: int) -> Iterator[Case]:
    """Give random networks without clusters: of Erdos and Renyi, with power-law degrees, and regular ones."""
    for n, degree in RANDOM:
        name = f"Erdos-Renyi {n}, degree {degree:g}"
        chance = generator_for(replicate, "random", name)
        ends = partition_pairs(chance, np.full(n, -1), 0.0, degree / (n - 1))
        yield planted(chance, "random", name, None, ends, n=n)
    n, degree = WEIGHTED_RANDOM
    name = f"Erdos-Renyi {n}, degree {degree:g}, exponential weights"
    chance = generator_for(replicate, "random", name)
    ends = partition_pairs(chance, np.full(n, -1), 0.0, degree / (n - 1))
    yield planted(chance, "random", name, None, ends, n=n, weight=chance.exponential(1.0, len(ends[0])))
    for n, exponent in ((300, 2.2), (300, 2.8), (1000, 2.5)):
        name = f"power-law degrees {n}, exponent {exponent:g}"
        chance = generator_for(replicate, "random", name)
        yield _matched(chance, name, power_law(chance, n, exponent, 3, 60))
    for n, degree in ((100, 6), (300, 10)):
        name = f"regular {n}, degree {degree}"
        chance = generator_for(replicate, "random", name)
        yield _matched(chance, name, np.full(n, degree))


def _blocks(
    family: str, name: str, replicate: int, sizes: Sequence[int] | np.ndarray, degree: float, mixing: float
) -> Case:
    chance = generator_for(replicate, family, name)
    truth = labels_of(sizes)
    return planted(chance, family, name, truth, mean_degree_pairs(chance, truth, degree, mixing))


def _matched(chance: np.random.Generator, name: str, degrees: np.ndarray) -> Case:
    n = len(degrees)
    degrees[0] += degrees.sum() % 2
    stubs = np.repeat(np.arange(n), degrees)
    ends, _ = matched_stubs(chance, stubs, np.zeros(len(stubs), dtype=np.int64), n=n)
    return planted(chance, "random", name, None, ends, n=n)


#: Every family: its name and what gives its cases for a size and a replicate.
FAMILIES: MappingProxyType[str, Callable[[str, int], Iterator[Case]]] = MappingProxyType(
    {
        "survey": survey_cases,
        "layered": layered_cases,
        "blocks": blocks_cases,
        "uneven": uneven_cases,
        "small_blocks": small_blocks_cases,
        "hubs": hubs_cases,
        "abcd": abcd_cases,
        "lfr": lfr_cases,
        "weighted": weighted_cases,
        "cliques": cliques_cases,
        "random": random_cases,
        "real": real_cases,
    }
)


def cases(size: str = "small", replicate: int = 0, families: Sequence[str] | None = None) -> Iterator[Case]:
    """Give the cases of the benchmark, one after the other, each made when it is asked for.

    Parameters
    ----------
    size : {"small", "full"}, default "small"
        With "full" there are larger networks as well.
    replicate : int, default 0
        0 or more; each one gives other networks of the same kinds, and the same one the same networks.
    families : sequence of str, optional
        The families that are wanted; by default all.

    Yields
    ------
    Case
        One network with its known clusters.

    Raises
    ------
    ValueError
        If there is no such size or family.
    """
    chosen = tuple(FAMILIES) if families is None else tuple(families)
    unknown = [name for name in chosen if name not in FAMILIES]
    if size not in SIZES or unknown:
        raise ValueError(f"No size {size!r}, or no family {unknown}; there are {SIZES} and {tuple(FAMILIES)}.")
    for name in chosen:
        yield from FAMILIES[name](size, replicate)


__all__ = ["FAMILIES", "SIZES", "Case", "cases"]
