"""The marks of two matrices: how dense each layer is in each cluster, and who trades with whom beyond expectation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.draw.cluster_labels import cluster_labels
from clusternet.draw.wording import cluster_name
from clusternet.messages import translate
from clusternet.model import ClusteredNetwork, Network, Partition
from clusternet.model.sums import ratio


@dataclass(frozen=True, eq=False)
class MatrixMarks:
    """What the two matrices show.

    Parameters
    ----------
    layers : DataFrame
        Shape (clusters, layers): of all pairs of members, the share that the layer links; NaN for a single member.
    blocks : DataFrame
        Shape (clusters, clusters): the weight between two clusters over the weight that members so strong would have
        if partners were drawn at random; 1 is as expected, NaN where nothing is expected.
    language : str
        The language of the names in index and columns.
    """

    layers: pd.DataFrame
    blocks: pd.DataFrame
    language: str


def matrix_marks(network: Network, partition: Partition, *, language: str = "en") -> MatrixMarks:
    """Turn a network and its clusters into the marks of the matrices.

    Parameters
    ----------
    network : Network
        The network.
    partition : Partition
        Its k clusters.
    language : {"en", "ar"}
        The language of names.

    Returns
    -------
    MatrixMarks
        The marks, clusters in their order.
    """
    clustered = ClusteredNetwork(network, partition)
    labels = cluster_labels(network, partition, language=language)
    names = [cluster_name(code, label, language) for code, label in enumerate(labels)]
    possible = clustered.size * (clustered.size - 1) / 2
    inside = {}
    for place, layer in enumerate(network.layers):
        pairs = network.pairs(network.ties.layer == place)
        inside[translate(layer.label, language)] = ratio(clustered.sum_inside(pairs), possible)
    return MatrixMarks(
        pd.DataFrame(inside, index=names), pd.DataFrame(_over_expected(clustered), names, names), language
    )


def _over_expected(clustered: ClusteredNetwork) -> NDArray[np.float64]:
    """Return observed over expected weight, both directions counted, shape (k, k)."""
    observed = clustered.between.toarray()
    np.fill_diagonal(observed, 2 * observed.diagonal())
    volume = clustered.volume
    total = 2 * clustered.network.flat.total
    return ratio(observed, np.outer(volume, volume) / total if total else np.zeros(observed.shape))
