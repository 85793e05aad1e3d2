"""How much two partitions of the same enterprises agree."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from clusternet.errors import InputError
from clusternet.messages import mark
from clusternet.model import Partition
from clusternet.model.partition import canonical_labels


def compare_partitions(one: Partition | ArrayLike, other: Partition | ArrayLike) -> pd.Series:
    """Return how much two partitions agree, in five ways.

    Parameters
    ----------
    one, other : Partition, or array of int, shape (n,)
        Clusters of the same n enterprises in the same order; a negative label means none. An enterprise in no cluster
        counts as a cluster of one.

    Returns
    -------
    Series of float
        On five keys; each is undefined (NaN) without enterprises.

        - ``ami``: mutual information adjusted for chance (mean of the entropies), at most 1, about 0 for independent
          partitions.
        - ``ari``: the Rand index adjusted for chance, -0.5 to 1.
        - ``nmi``: mutual information over the mean of the entropies, 0 to 1; not adjusted, so many small clusters
          raise it.
        - ``vi``: the variation of information in nats, 0 (equal) to log n.
        - ``element_centric``: the mean over enterprises of the element-centric similarity, 0 to 1.

    Raises
    ------
    InputError
        If the two are of different enterprises.

    Notes
    -----
    For an enterprise whose clusters have the sizes a and b and share s members, the element-centric similarity of two
    partitions is s / max(a, b), whatever the restart probability; that follows from the stationary distribution of
    the walk inside a clique.

    References
    ----------
    Vinh, N. X., Epps, J. & Bailey, J. (2010), Information theoretic measures for clusterings comparison (ami, nmi).
    Hubert, L. & Arabie, P. (1985), Comparing partitions, doi:10.1007/BF01908075 (ari).
    Meila, M. (2007), Comparing clusterings, doi:10.1016/j.jmva.2006.11.013 (vi).
    Gates, A. J., Wood, I. B., Hetrick, W. P. & Ahn, Y.-Y. (2019), Element-centric clustering comparison unifies
    overlaps and hierarchy, doi:10.1038/s41598-019-44892-y (element_centric).

    Examples
    --------
    >>> compare_partitions([0, 0, 1, 1], [0, 0, 1, 2]).round(3).to_dict()
    {'ami': 0.571, 'ari': 0.571, 'nmi': 0.8, 'vi': 0.347, 'element_centric': 0.75}
    """
    # scikit-learn is slow to import, so only those who compare pay for it.
    from sklearn import metrics

    first, second = _labels(one), _labels(other)
    others = (
        isinstance(one, Partition)
        and isinstance(other, Partition)
        and not one.enterprise_ids.equals(other.enterprise_ids)
    )
    if len(first) != len(second) or others:
        raise InputError(
            mark("The two partitions are of different enterprises ({one} and {other}); compare those of one network."),
            one=len(first),
            other=len(second),
        )
    if not len(first):
        values = dict.fromkeys(("ami", "ari", "nmi", "vi", "element_centric"), float("nan"))
    else:
        values = {
            "ami": float(metrics.adjusted_mutual_info_score(first, second)),
            "ari": float(metrics.adjusted_rand_score(first, second)),
            "nmi": float(metrics.normalized_mutual_info_score(first, second)),
            "vi": _variation_of_information(first, second),
            "element_centric": float(element_similarity(first, second).mean()),
        }
    return pd.Series(values, name="agreement")


def element_similarity(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return how alike the clusters of each element are, 0 to 1, shape (n,).

    Parameters
    ----------
    one, other : array of int, shape (n,)
        The cluster of each element, 0 or more.

    Returns
    -------
    array of float, shape (n,)
        Shared members over the size of the larger of the two clusters.

    References
    ----------
    Gates, A. J., Wood, I. B., Hetrick, W. P. & Ahn, Y.-Y. (2019), doi:10.1038/s41598-019-44892-y.
    """
    size, other_size, shared = _sizes(one, other)
    return shared / np.maximum(size, other_size)


def _labels(partition: Partition | ArrayLike) -> NDArray[np.int64]:
    """Return labels of 0 or more; everybody in no cluster gets one of its own."""
    codes = partition.codes if isinstance(partition, Partition) else canonical_labels(np.asarray(partition).ravel())
    alone = codes < 0
    return np.where(alone, codes.max(initial=-1) + np.cumsum(alone), codes)


def _sizes(
    one: NDArray[np.int64], other: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return, for each element, the sizes of its two clusters and of what they share."""
    _, pair, count = np.unique(one * (other.max() + 1) + other, return_inverse=True, return_counts=True)
    return np.bincount(one)[one], np.bincount(other)[other], count[pair]


def _variation_of_information(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    size, other_size, shared = _sizes(one, other)
    # Each element carries its share of both conditional entropies; equal partitions give exactly 0.
    return float(np.log(size * other_size / (shared * shared.astype(float))).mean())
