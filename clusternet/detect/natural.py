"""The default method: many candidates at many scales, and the shortest description decides."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from clusternet.detect.description import description_length
from clusternet.detect.flow import infomap, label_propagation
from clusternet.detect.method import Option, method
from clusternet.detect.modularity import leiden, leiden_cpm
from clusternet.messages import mark
from clusternet.model.pairs import Pairs

#: Resolutions of modularity that are tried.
_RESOLUTIONS = np.geomspace(0.25, 16.0, 7)


@method(
    label=mark("Natural clusters"),
    assumes=mark(
        "members are linked to each other more often than to others; any number and size of clusters, also one or none"
    ),
    deterministic=False,
    reference="Zhang, L. & Peixoto, T. P. (2020), doi:10.1103/PhysRevResearch.2.043271",
    options={"densities": Option(10, 2, 100)},
)
def natural(pairs: Pairs, *, seed: int, densities: int) -> NDArray[np.int64]:
    """Try several methods at many scales and keep the partition that describes the linkages most shortly.

    The candidates are Leiden with modularity at seven resolutions, Leiden with the constant Potts model at
    ``densities`` thresholds between the network's own density and 1, Infomap, label propagation, and one cluster of
    all. No method alone serves both small noisy surveys and large ones with many small clusters.
    """
    shortest, chosen = np.inf, np.zeros(pairs.n_nodes, dtype=np.int64)
    for candidate in _candidates(pairs, seed, densities):
        length = description_length(pairs, candidate)
        # A candidate must be shorter by more than rounding, so that the first of two equal ones always wins.
        if length < shortest - 1e-9:
            shortest, chosen = length, candidate
    return chosen


def _candidates(pairs: Pairs, seed: int, densities: int) -> Iterator[NDArray[np.int64]]:
    yield np.zeros(pairs.n_nodes, dtype=np.int64)
    density = 2 * len(pairs) / (pairs.n_nodes * (pairs.n_nodes - 1))
    for resolution in _RESOLUTIONS:
        yield leiden(pairs, seed=seed, resolution=float(resolution))
    for threshold in np.geomspace(density, 1.0, densities):
        yield leiden_cpm(pairs, seed=seed, resolution=float(threshold))
    yield infomap(pairs, seed=seed, trials=3)
    yield label_propagation(pairs, seed=seed)
