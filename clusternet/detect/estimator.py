"""The methods as a scikit-learn estimator, for those who work there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, ClusterMixin, clone
from sklearn.utils import Tags

from clusternet.detect import DEFAULT_METHOD, find_clusters
from clusternet.detect.quality import modularity
from clusternet.errors import InputError
from clusternet.messages import mark
from clusternet.model import ClusteredNetwork, Network, Partition


class ClusterFinder(ClusterMixin, BaseEstimator):
    """Finds clusters in a network or an adjacency matrix, the scikit-learn way.

    Parameters
    ----------
    method : str, default "natural"
        The name of a method (see ``clusternet methods``).
    seed : int, default 0
        0 to 4,294,967,295.
    options : mapping of str to float, optional
        Numbers that the method takes, such as ``{"resolution": 1.0}``.

    Attributes
    ----------
    labels_ : array of int, shape (n,)
        The cluster of each enterprise or row, larger first; -1 for none.
    partition_ : Partition
        The same as a noun.
    n_features_in_ : int
        n, where a matrix was given.

    Examples
    --------
    >>> two_pairs = np.array([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]])
    >>> ClusterFinder("leiden").fit_predict(two_pairs)
    array([0, 0, 1, 1])
    """

    def __init__(
        self, method: str = DEFAULT_METHOD, *, seed: int = 0, options: Mapping[str, float] | None = None
    ) -> None:
        self.method = method
        self.seed = seed
        self.options = options

    def fit(self, X: Network | ArrayLike | sparse.sparray, y: object = None) -> Self:  # noqa: N803
        """Find the clusters.

        Parameters
        ----------
        X : Network, or array or sparse matrix of shape (n, n)
            Linkage weights of at least 0; the diagonal is left out, and a matrix that is not symmetric counts as the
            mean of itself and its transpose.
        y : object
            Not looked at.

        Returns
        -------
        ClusterFinder
            Itself.

        Raises
        ------
        InputError
            If the matrix is not square, a weight is not a finite number of at least 0, or the method, its options or
            the seed are not one of those.
        """
        network = as_network(X)
        if not isinstance(X, Network):
            self.n_features_in_ = network.n_enterprises
        options: dict[str, Any] = dict(self.options or {})
        self.partition_ = find_clusters(network, self.method, seed=self.seed, **options)
        self.labels_ = self.partition_.codes
        return self

    def __sklearn_tags__(self) -> Tags:
        """Tell scikit-learn that rows and columns of X belong together."""
        tags = super().__sklearn_tags__()
        tags.input_tags.pairwise = True
        tags.input_tags.sparse = True
        return tags


def cohesion_scorer(estimator: ClusterFinder, X: Any, y: object = None) -> float:  # noqa: N803
    """Score an estimator by the modularity of what it finds, for model selection.

    Parameters
    ----------
    estimator : estimator with ``labels_``
        Fitted or not: a clustering cannot predict, so a fresh copy looks at ``X``.
    X : Network, or matrix of shape (n, n)
        Where to look for clusters.
    y : object
        Not looked at.

    Returns
    -------
    float
        The modularity of the clusters found in ``X``, -0.5 to 1, higher is better; 0 without linkages.

    Raises
    ------
    InputError
        As for :meth:`ClusterFinder.fit`.

    Notes
    -----
    Rows and columns of a matrix belong together, so a search looks at the whole of it: give it one split that has
    every row on both sides, as in the example.

    Examples
    --------
    >>> from sklearn.model_selection import GridSearchCV
    >>> two_triangles = Network.from_edges(list("abcdefc"), list("bcaefdd")).to_sparse().toarray()
    >>> everything = [(np.arange(6), np.arange(6))]
    >>> choices = {"options": [{"resolution": 0.1}, {"resolution": 1.0}]}
    >>> search = GridSearchCV(ClusterFinder("leiden"), choices, scoring=cohesion_scorer, cv=everything)
    >>> search.fit(two_triangles).best_params_
    {'options': {'resolution': 1.0}}
    """
    network = as_network(X)
    labels = clone(estimator).fit(X).labels_
    found = modularity(ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, labels)))
    return 0.0 if np.isnan(found) else found


def as_network(X: Network | ArrayLike | sparse.sparray) -> Network:  # noqa: N803
    """Return a network from a matrix of linkage weights; a network is returned as it is.

    Parameters
    ----------
    X : Network, or array or sparse matrix of shape (n, n)
        Linkage weights.

    Returns
    -------
    Network
        The rows in their order, as enterprises.

    Raises
    ------
    InputError
        If the matrix is not square or a weight is not a finite number of at least 0.
    """
    if isinstance(X, Network):
        return X
    matrix = sparse.coo_array(X if sparse.issparse(X) else np.atleast_2d(np.asarray(X, dtype=np.float64)))
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise InputError(
            mark("The matrix has the shape {shape}; expected as many rows as columns."),
            shape=" x ".join(str(length) for length in matrix.shape),
        )
    n = matrix.shape[0]
    row, column, weight = _both_directions(matrix)
    # Ids are sorted as texts, so they are written with leading zeros to keep the order of rows.
    ids = np.char.zfill(np.arange(n).astype(str), len(str(n)))
    return Network.from_edges(ids[row], ids[column], weight, nodes=ids)


def _both_directions(
    matrix: sparse.coo_array,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return row, column and weight of the mean of a matrix and its transpose: twice each pair, half the weight."""
    row, column = (np.asarray(place, dtype=np.int64) for place in matrix.coords)
    off = row != column
    first, second = np.minimum(row, column)[off], np.maximum(row, column)[off]
    key, group = np.unique(first * matrix.shape[0] + second, return_inverse=True)
    weight = np.asarray(matrix.data, dtype=np.float64)[off]
    if (weight < 0).any() or not np.isfinite(weight).all():
        return first, second, weight
    total = np.bincount(group, weights=weight, minlength=len(key)) / 2
    return key // max(matrix.shape[0], 1), key % max(matrix.shape[0], 1), total
