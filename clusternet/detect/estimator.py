"""The methods as a scikit-learn estimator, for those who work there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, ClusterMixin, clone
from sklearn.utils import Tags
from sklearn.utils.validation import check_array, validate_data

from clusternet.detect import DEFAULT_METHOD, Method, find_clusters
from clusternet.detect.quality import modularity
from clusternet.errors import InputError
from clusternet.messages import mark
from clusternet.model import ClusteredNetwork, Network, Partition
from clusternet.model.provenance import Provenance, Step

#: What scikit-learn is to make of a matrix; what its entries may be is asked by us, in our words.
_ACCEPTED = MappingProxyType({"accept_sparse": True, "dtype": np.float64, "ensure_all_finite": False})


class ClusterFinder(ClusterMixin, BaseEstimator):
    """Finds clusters in a network or an adjacency matrix, the scikit-learn way.

    Parameters
    ----------
    method : str or Method, default "natural"
        The name of a method (see ``clusternet methods``), or a method of your own.
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
    feature_names_in_ : array of str, shape (n,)
        The names of the columns, where a table was given that has them.

    Examples
    --------
    >>> two_pairs = np.array([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]])
    >>> ClusterFinder("leiden").fit_predict(two_pairs)
    array([0, 0, 1, 1])
    """

    def __init__(
        self, method: str | Method = DEFAULT_METHOD, *, seed: int = 0, options: Mapping[str, float] | None = None
    ) -> None:
        self.method = method
        self.seed = seed
        self.options = options

    def fit(self, X: Network | ArrayLike | sparse.sparray, y: object = None) -> Self:  # noqa: N803
        """Find the clusters.

        Parameters
        ----------
        X : Network, or array, table or sparse matrix of shape (n, n)
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
        if isinstance(X, Network):
            for name in ("n_features_in_", "feature_names_in_"):
                self.__dict__.pop(name, None)
        else:
            X = _read(lambda: validate_data(self, X, **_ACCEPTED))  # noqa: N806
        options: dict[str, Any] = dict(self.options or {})
        self.partition_ = find_clusters(as_network(X), self.method, seed=self.seed, **options)
        self.labels_ = self.partition_.codes.copy()
        return self

    def __getstate__(self) -> dict[str, Any]:
        """Return what to pickle: the history of the clusters as plain data, as pickle refuses read-only mappings."""
        state = dict(super().__getstate__())
        if "partition_" in state:
            history = self.partition_.provenance
            steps = [(step.verb, dict(step.arguments)) for step in history.steps]
            state["partition_"] = (self.partition_.with_provenance(Provenance()), steps, history.inputs)
        return state

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        """Take up what was pickled; the clusters are made again, so that their arrays are read-only as before."""
        state = dict(state)
        if "partition_" in state:
            bare, given, inputs = state["partition_"]
            steps = tuple(Step(verb, MappingProxyType(arguments)) for verb, arguments in given)
            state["partition_"] = replace(bare, provenance=Provenance(steps, inputs))
        super().__setstate__(state)

    def __sklearn_tags__(self) -> Tags:
        """Tell scikit-learn that rows and columns of X belong together, and that entries are at least 0."""
        tags = super().__sklearn_tags__()
        tags.input_tags.pairwise = True
        tags.input_tags.positive_only = True
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
    matrix = sparse.coo_array(_read(lambda: check_array(X, **_ACCEPTED)), copy=True)
    matrix.sum_duplicates()
    if not np.isfinite(matrix.data).all():
        raise InputError(mark("The matrix holds NaN or infinity; expected finite linkage weights of at least 0."))
    if (matrix.data < 0).any():
        raise InputError(
            mark("Negative values in data: {count} linkage weights are below 0, the least is {least}; correct them."),
            count=int((matrix.data < 0).sum()),
            least=float(matrix.data.min()),
        )
    if matrix.shape[0] != matrix.shape[1]:
        raise InputError(
            mark("The matrix has the shape {shape}; expected as many rows as columns."),
            shape=" x ".join(str(length) for length in matrix.shape),
        )
    n = matrix.shape[0]
    row, column, weight = _both_directions(matrix)
    # Ids are sorted as texts, so they are written with leading zeros to keep the order of rows.
    ids = np.char.zfill(np.arange(n).astype(str), len(str(n)))
    return Network.from_edges(ids[row], ids[column], weight, nodes=ids)


def _read(check: Callable[[], Any]) -> Any:
    """Let scikit-learn look at a matrix, and say what it refuses as one of our errors."""
    try:
        return check()
    except ValueError as error:
        raise InputError(mark("The matrix cannot be read as linkage weights: {reason}"), reason=str(error)) from error


def _both_directions(
    matrix: sparse.coo_array,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return row, column and weight of the mean of a matrix and its transpose: twice each pair, half the weight."""
    row, column = (np.asarray(place, dtype=np.int64) for place in matrix.coords)
    off = row != column
    first, second = np.minimum(row, column)[off], np.maximum(row, column)[off]
    key, group = np.unique(first * matrix.shape[0] + second, return_inverse=True)
    total = np.bincount(group, weights=matrix.data[off], minlength=len(key)) / 2
    return key // matrix.shape[0], key % matrix.shape[0], total
