"""A partition: which cluster each enterprise belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from clusternet.errors import InputError
from clusternet.messages import mark
from clusternet.model.notebook import notebook_html
from clusternet.model.provenance import Noun, Provenance

#: Shares of membership below this are not told.
LEAST_SHARE = 0.005
#: A cluster stands out from chance by more than log 20 nats.
LEAST_SUPPORT = float(np.log(20.0))


def canonical_labels(labels: NDArray[np.integer]) -> NDArray[np.int64]:
    """Number clusters 0, 1, ... from the largest, ties by the smallest position; any negative label becomes -1.

    Examples
    --------
    >>> canonical_labels(np.array([7, -3, 2, 2]))
    array([ 1, -1,  0,  0])
    """
    labels = np.asarray(labels, dtype=np.int64)
    result = np.full(len(labels), -1, dtype=np.int64)
    inside = labels >= 0
    distinct, first, group, size = np.unique(labels[inside], return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(distinct), dtype=np.int64)
    rank[np.lexsort((first, -size))] = np.arange(len(distinct))
    result[inside] = rank[group]
    return result


@dataclass(frozen=True, eq=False)
class Partition(Noun):
    """Disjoint clusters of the enterprises of one network.

    Parameters
    ----------
    enterprise_ids : Index of str, shape (n,)
        The enterprises, in the network's order.
    codes : array of int, shape (n,)
        The cluster of each enterprise, -1 for none; brought into canonical form: larger clusters first, ties by the
        smallest id, so that equal partitions have equal codes.
    member_certainty : array of float, shape (n,), optional
        How sure each membership is, 0 to 1; NaN where it was not measured.
    membership : sparse array of float, shape (n, k), optional
        How far each enterprise belongs to each cluster, 0 to 1; the columns in the order of the labels that are given.
    cluster_stability : array of float, shape (k,), optional
        How well each cluster keeps together in repeated looks of the method, 0 to 1, in the same order.
    cluster_support : array of float, shape (k,), optional
        How much more surprising each cluster is, in nats, than the most surprising group of its size that chance is
        expected to make (:func:`clusternet.detect.support.cluster_support`), in the same order.
    method : str
        The name of the method that found it.
    provenance : Provenance
        Where it comes from.

    Raises
    ------
    InputError
        If the lengths differ or a certainty lies outside 0 to 1.
    """

    enterprise_ids: pd.Index
    codes: NDArray[np.int64]
    member_certainty: NDArray[np.float64] | None = None
    membership: sparse.csr_array | None = None
    cluster_stability: NDArray[np.float64] | None = None
    cluster_support: NDArray[np.float64] | None = None
    method: str = "given"
    provenance: Provenance = field(default_factory=Provenance)

    def __post_init__(self) -> None:
        n = len(self.enterprise_ids)
        if len(self.codes) != n:
            raise InputError(
                mark("There are {given} labels for {expected} enterprises; give one label each."),
                given=len(self.codes),
                expected=n,
            )
        codes = canonical_labels(self.codes)
        certainty = (
            np.full(n, np.nan) if self.member_certainty is None else np.array(self.member_certainty, dtype=np.float64)
        )
        known = certainty[~np.isnan(certainty)]
        if len(certainty) != n or (known.size and (known.min() < 0 or known.max() > 1)):
            raise InputError(mark("A certainty must be a share from 0 to 1, one for each enterprise."))
        self._reorder_clusters(np.asarray(self.codes, dtype=np.int64), codes)
        for values in (codes, certainty):
            values.flags.writeable = False
        object.__setattr__(self, "codes", codes)
        object.__setattr__(self, "member_certainty", certainty)
        object.__setattr__(self, "enterprise_ids", pd.Index(self.enterprise_ids, name="enterprise_id"))

    def _reorder_clusters(self, given: NDArray[np.int64], codes: NDArray[np.int64]) -> None:
        """Bring what is said of whole clusters from the order of the given labels into that of the codes."""
        k = int(codes.max(initial=-1)) + 1
        # The given label of each cluster; labels are numbered by their rank, as gaps between them mean nothing.
        rank = np.unique(given[given >= 0], return_inverse=True)[1]
        place = np.zeros(k, dtype=np.int64)
        place[codes[given >= 0]] = rank
        for name in ("cluster_stability", "cluster_support"):
            values = getattr(self, name)
            found = np.full(k, np.nan) if values is None else np.array(values, dtype=np.float64)
            if len(found) != k:
                raise InputError(
                    mark("There are {given} values for {expected} clusters; give one for each."),
                    given=len(found),
                    expected=k,
                )
            found = found[place]
            found.flags.writeable = False
            object.__setattr__(self, name, found)
        if self.membership is not None:
            shape = (len(codes), k)
            if self.membership.shape != shape:
                raise InputError(
                    mark("The membership shares have the shape {given}; expected {expected}."),
                    given=str(self.membership.shape),
                    expected=str(shape),
                )
            object.__setattr__(self, "membership", sparse.csr_array(self.membership[:, place]))

    @classmethod
    def from_labels(cls, enterprise_ids: pd.Index, labels: Mapping[object, int] | pd.Series | ArrayLike) -> Self:
        """Make a partition from labels of any kind.

        Parameters
        ----------
        enterprise_ids : Index of str, shape (n,)
            The enterprises, in the network's order (``network.enterprise_ids``).
        labels : mapping or Series from id to label, or array of shape (n,)
            Whole numbers or names of clusters; a negative number or a missing value means none. A mapping may have its
            entries in any order; an array stands in the order of ``enterprise_ids``.

        Returns
        -------
        Partition
            The partition in canonical form.

        Raises
        ------
        InputError
            If a mapping names an unknown enterprise or leaves one out, or an array has another length.

        Examples
        --------
        >>> Partition.from_labels(pd.Index(["a", "b", "c"]), {"b": "x", "a": "x", "c": None}).codes
        array([ 0,  0, -1])
        """
        if isinstance(labels, Mapping | pd.Series):
            given = {str(key): label for key, label in labels.items()}
            unknown = set(given) ^ set(enterprise_ids)
            if unknown:
                raise InputError(
                    mark("The labels do not fit the network: {count} enterprises are only in one, such as {first}."),
                    count=len(unknown),
                    first=min(unknown),
                )
            values = pd.Series([given[identifier] for identifier in enterprise_ids], dtype=object)
        else:
            values = pd.Series(np.asarray(labels), dtype=object)
        negative = values.map(lambda label: isinstance(label, int | float | np.number) and label < 0).astype(bool)
        codes, _ = pd.factorize(values.mask(negative))
        return cls(enterprise_ids, codes.astype(np.int64))

    @property
    def labels(self) -> pd.Series:
        """The cluster of each enterprise, -1 for none, on ``enterprise_id``."""
        return pd.Series(self.codes, index=self.enterprise_ids, name="cluster")

    @property
    def certainty(self) -> pd.Series:
        """How sure each membership is, 0 to 1, NaN where it was not measured, on ``enterprise_id``."""
        return pd.Series(self.member_certainty, index=self.enterprise_ids, name="certainty")

    @property
    def shares(self) -> pd.DataFrame:
        """How far each enterprise belongs to each cluster: enterprise_id, cluster, share (0 to 1), largest first.

        Shares below 0.005 are left out. Without measured shares everybody belongs to one cluster wholly.
        """
        matrix = self.membership
        if matrix is None:
            inside = np.flatnonzero(self.codes >= 0)
            row, column, share = inside, self.codes[inside], np.ones(len(inside))
        else:
            entries = sparse.coo_array(matrix)
            (row, column), share = entries.coords, entries.data
            kept = share >= LEAST_SHARE
            row, column, share = row[kept], column[kept], share[kept]
        order = np.lexsort((column, -share, row))
        return pd.DataFrame(
            {
                "enterprise_id": self.enterprise_ids.take(row[order]),
                "cluster": column[order].astype(np.int64),
                "share": share[order],
            }
        )

    @property
    def clusters(self) -> pd.DataFrame:
        """What is known of each cluster: size, stability (0 to 1), support (nats), beyond_chance; on ``cluster``.

        ``beyond_chance`` is true where the support is more than log 20: chance is then expected to make less than one
        such group in twenty networks; missing where the support was not measured.
        """
        unknown = np.isnan(np.asarray(self.cluster_support))
        beyond = pd.array(np.asarray(self.cluster_support) > LEAST_SUPPORT, dtype="boolean")
        beyond[unknown] = pd.NA
        table = {
            "size": self.sizes,
            "stability": self.cluster_stability,
            "support": self.cluster_support,
            "beyond_chance": beyond,
        }
        return pd.DataFrame(table, index=pd.RangeIndex(self.n_clusters, name="cluster"))

    @property
    def n_clusters(self) -> int:
        """The number of clusters."""
        return int(self.codes.max(initial=-1)) + 1

    @cached_property
    def sizes(self) -> NDArray[np.int64]:
        """The number of members of each cluster, shape (n_clusters,)."""
        return np.bincount(self.codes[self.codes >= 0], minlength=self.n_clusters)

    def __repr__(self) -> str:
        alone = int((self.codes < 0).sum())
        return f"<Partition: {self.n_clusters} clusters of {len(self.codes) - alone} enterprises, {alone} in none>"

    def _repr_html_(self) -> str:
        words = {
            "clusters": self.n_clusters,
            "enterprises in one": int((self.codes >= 0).sum()),
            "in none": int((self.codes < 0).sum()),
            "method": self.method,
        }
        return notebook_html("Partition", words, self.clusters)
