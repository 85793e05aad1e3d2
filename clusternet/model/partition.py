"""A partition: which cluster each enterprise belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from clusternet.errors import InputError
from clusternet.messages import mark
from clusternet.model.provenance import Noun, Provenance


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
        for values in (codes, certainty):
            values.flags.writeable = False
        object.__setattr__(self, "codes", codes)
        object.__setattr__(self, "member_certainty", certainty)
        object.__setattr__(self, "enterprise_ids", pd.Index(self.enterprise_ids, name="enterprise_id"))

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
