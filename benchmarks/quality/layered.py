"""Networks of several layers, in which the layers agree, disagree, or know only a part each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.quality.case import Case, Ends, planted
from benchmarks.quality.chance import labels_of, mean_degree_pairs, partition_pairs
from clusternet.planted.chance import generator_for

LAYERS = ("supply", "stock", "knowledge", "association")

#: Layers that agree: clusters, members of each, mean degree in each layer, share of linkages between clusters.
AGREEING = ((8, 15, 3.0, 0.25), (8, 15, 2.5, 0.4), (8, 15, 2.5, 0.5))
#: One layer carries the clusters: clusters, members, its degree and mixing, the degree of each random layer.
SINGLE = ((8, 15, 8.0, 0.1, 4.0), (8, 15, 8.0, 0.2, 8.0), (8, 15, 8.0, 0.1, 16.0), (20, 15, 8.0, 0.2, 8.0))
#: Each layer carries a third of the clusters and is random elsewhere: clusters, members, degree, mixing.
THIRDS = ((9, 15, 6.0, 0.1), (9, 15, 6.0, 0.2))
#: Layers carry all clusters with more and less noise: clusters, members, degree, mixing of each of four layers.
FADING = ((10, 15, 4.0, (0.1, 0.3, 0.6, 0.9)), (10, 15, 3.0, (0.2, 0.5, 0.8, 0.93)))
#: Each firm takes part in some layers only: clusters, members, degree, mixing, share of firms in each layer.
PARTLY = ((8, 15, 6.0, 0.2, 0.7), (8, 15, 7.0, 0.3, 0.5))


def layered_cases(size: str, replicate: int) -> Iterator[Case]:
    """Give networks of three or four standard layers over the same nodes.

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
    for count, members, degree, mixing in AGREEING:
        name = f"3 layers agree, {count} of {members}, degree {degree:g}, mixing {mixing:g}"
        chance = generator_for(replicate, "layered", name)
        truth = labels_of([members] * count)
        yield _case(chance, name, truth, [mean_degree_pairs(chance, truth, degree, mixing) for _ in range(3)])
    for count, members, degree, mixing, noise in SINGLE:
        name = f"1 of 3 layers, {count} of {members}, degree {degree:g}, mixing {mixing:g}, others {noise:g}"
        chance = generator_for(replicate, "layered", name)
        truth = labels_of([members] * count)
        shares = ((degree, mixing), (noise, None), (noise, None))
        yield _case(chance, name, truth, [_layer(chance, truth, *share) for share in shares])
    for count, members, degree, mixing in THIRDS:
        name = f"a third in each of 3 layers, {count} of {members}, degree {degree:g}, mixing {mixing:g}"
        chance = generator_for(replicate, "layered", name)
        truth = labels_of([members] * count)
        known = [np.where(truth % 3 == layer, truth, count) for layer in range(3)]
        yield _case(chance, name, truth, [_partial_layer(chance, part, degree, mixing) for part in known])
    for count, members, degree, mixings in FADING:
        name = f"4 layers fade, {count} of {members}, degree {degree:g}, mixing {mixings[0]:g} to {mixings[-1]:g}"
        chance = generator_for(replicate, "layered", name)
        truth = labels_of([members] * count)
        yield _case(chance, name, truth, [mean_degree_pairs(chance, truth, degree, mixing) for mixing in mixings])
    for count, members, degree, mixing, share in PARTLY:
        name = f"firms in {share:.0%} of 4 layers, {count} of {members}, degree {degree:g}, mixing {mixing:g}"
        chance = generator_for(replicate, "layered", name)
        truth = labels_of([members] * count)
        yield _case(chance, name, truth, [_among_some(chance, truth, degree, mixing, share) for _ in range(4)])


def _case(chance: np.random.Generator, name: str, truth: np.ndarray, layers: Sequence[Ends]) -> Case:
    ends = tuple(np.concatenate([layer[end] for layer in layers]) for end in range(2))
    named = np.repeat(LAYERS[: len(layers)], [len(layer[0]) for layer in layers])
    return planted(chance, "layered", name, truth, ends, layer=named)


def _layer(chance: np.random.Generator, truth: np.ndarray, degree: float, mixing: float | None) -> Ends:
    """Draw one layer; without a mixing it knows nothing of the clusters."""
    if mixing is None:
        probability = degree / (len(truth) - 1)
        return partition_pairs(chance, truth, probability, probability)
    return mean_degree_pairs(chance, truth, degree, mixing)


def _partial_layer(chance: np.random.Generator, known: np.ndarray, degree: float, mixing: float) -> Ends:
    """Draw one layer that knows some clusters; the members of the last label are linked to anybody at random."""
    carried = known < known.max()
    size = int(carried.sum()) // int(known.max() / 3)
    inside = degree * (1 - mixing) / (size - 1)
    probability = degree * mixing / (len(known) - size)
    return partition_pairs(chance, np.where(carried, known, -1), inside, probability)


def _among_some(chance: np.random.Generator, truth: np.ndarray, degree: float, mixing: float, share: float) -> Ends:
    """Draw one layer among a random share of the firms; the others are isolated in it."""
    chosen = np.sort(chance.permutation(len(truth))[: round(share * len(truth))])
    first, second = mean_degree_pairs(chance, truth[chosen], degree, mixing)
    return chosen[first], chosen[second]
