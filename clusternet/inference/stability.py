"""How well clusters, and memberships, survive when the method looks at a resample."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def best_matches(codes: NDArray[np.int64], found: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Match every cluster of one partition with the most similar cluster of another.

    Parameters
    ----------
    codes, found : array of int, shape (n,)
        The cluster of each enterprise in both partitions, 0, 1, ... and -1 for none.

    Returns
    -------
    jaccard : array of float, shape (k,)
        The largest Jaccard similarity, 0 to 1; 0 where no cluster shares a member.
    match : array of int, shape (k,)
        The cluster of ``found`` that has it, of several the first; -1 where none shares a member.

    Examples
    --------
    >>> best_matches(np.array([0, 0, 0, 1, 1]), np.array([1, 1, 0, 0, 0]))
    (array([0.66666667, 0.66666667]), array([1, 0]))
    """
    k, other = int(codes.max(initial=-1)) + 1, int(found.max(initial=-1)) + 1
    both = (codes >= 0) & (found >= 0)
    key, shared = np.unique(codes[both] * max(other, 1) + found[both], return_counts=True)
    cluster, candidate = key // max(other, 1), key % max(other, 1)
    size = np.bincount(codes[codes >= 0], minlength=k)
    other_size = np.bincount(found[found >= 0], minlength=other)
    jaccard = shared / (size[cluster] + other_size[candidate] - shared)
    best, match = np.zeros(k), np.full(k, -1, dtype=np.int64)
    # Keys are sorted, so the first of equal ones is the one with the lowest number.
    order = np.lexsort((candidate, -jaccard, cluster))
    distinct, first = np.unique(cluster[order], return_index=True)
    best[distinct], match[distinct] = jaccard[order][first], candidate[order][first]
    return best, match


class Survival:
    """Adds up, resample by resample, how well clusters and memberships survive.

    Parameters
    ----------
    codes : array of int, shape (n,)
        The cluster of each enterprise, -1 for none.

    References
    ----------
    Hennig, C. (2007), Cluster-wise assessment of cluster stability, doi:10.1016/j.csda.2006.11.025.
    """

    def __init__(self, codes: NDArray[np.int64]) -> None:
        self.codes = codes
        self.draws = 0
        self._jaccard = np.zeros(int(codes.max(initial=-1)) + 1)
        self._stayed = np.zeros(len(codes), dtype=np.int64)

    def add(self, found: NDArray[np.int64]) -> None:
        """Count one resample, in which the method found these clusters of the same n enterprises."""
        jaccard, match = best_matches(self.codes, found)
        self._jaccard += jaccard
        clustered = self.codes >= 0
        home = np.where(clustered, match[self.codes] if len(match) else -1, -1)
        # Whoever is in no cluster stays there when no cluster takes it up; a cluster without a match keeps nobody.
        self._stayed += (found == home) & ~(clustered & (home < 0))
        self.draws += 1

    @property
    def stability(self) -> NDArray[np.float64]:
        """The mean, over resamples, of each cluster's best Jaccard similarity, 0 to 1, shape (k,); NaN without any."""
        return self._jaccard / self.draws if self.draws else np.full(len(self._jaccard), np.nan)

    @property
    def certainty(self) -> NDArray[np.float64]:
        """The share of resamples in which an enterprise is in its cluster's best match, 0 to 1, shape (n,).

        For an enterprise in no cluster: the share in which it is in none again. NaN without any resample.
        """
        return self._stayed / self.draws if self.draws else np.full(len(self.codes), np.nan)
