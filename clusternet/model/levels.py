"""Clusters within clusters: partitions of the same enterprises, each dividing the clusters of the one before."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.errors import InputError
from clusternet.messages import mark
from clusternet.model.partition import Partition
from clusternet.model.provenance import Noun, Provenance


@dataclass(frozen=True, eq=False)
class Levels(Noun):
    """Nested partitions of the enterprises of one network, from coarse to fine.

    Parameters
    ----------
    partitions : tuple of Partition
        At least one. Every cluster of a finer level lies in one cluster of the coarser level before it.
    base : int
        The level of the clusters from which the others were made, 0 for the coarsest.
    provenance : Provenance
        Where it comes from.

    Raises
    ------
    InputError
        If there is no level, if two are of different enterprises, if a cluster of one lies in several clusters of the
        coarser one or partly in none, or if ``base`` is not the position of a level.
    """

    partitions: tuple[Partition, ...]
    base: int = 0
    provenance: Provenance = field(default_factory=Provenance)

    def __post_init__(self) -> None:
        object.__setattr__(self, "partitions", tuple(self.partitions))
        if not 0 <= self.base < len(self.partitions):
            raise InputError(
                mark("The base is level {base}, but there are {count} levels; name one of them, from 0 on."),
                base=self.base,
                count=len(self.partitions),
            )
        for level in range(1, len(self.partitions)):
            coarse, fine = self.partitions[level - 1], self.partitions[level]
            if not coarse.enterprise_ids.equals(fine.enterprise_ids):
                raise InputError(
                    mark("Level {level} is of other enterprises than the one before it; use those of one network."),
                    level=level,
                )
            member = fine.codes >= 0
            parents = np.unique(np.column_stack([fine.codes[member], coarse.codes[member]]), axis=0)
            if len(parents) > fine.n_clusters or (parents < 0).any():
                raise InputError(
                    mark(
                        "A cluster of level {level} lies in none or in several of the clusters of the coarser level "
                        "before it; give nested partitions, from coarse to fine."
                    ),
                    level=level,
                )

    @property
    def n_levels(self) -> int:
        """The number of levels."""
        return len(self.partitions)

    @property
    def table(self) -> pd.DataFrame:
        """The cluster of each enterprise at each level, -1 for none: one row per enterprise, one column per level."""
        columns = pd.RangeIndex(self.n_levels, name="level")
        codes = np.column_stack([partition.codes for partition in self.partitions])
        return pd.DataFrame(codes, index=self.partitions[0].enterprise_ids, columns=columns)

    def parents(self, level: int) -> NDArray[np.int64]:
        """Return the cluster of the coarser level in which each cluster of a level lies, -1 at the coarsest.

        Parameters
        ----------
        level : int
            0 to ``n_levels - 1``.

        Returns
        -------
        array of int, shape (clusters of the level,)
            Codes of the level before.
        """
        fine = self.partitions[level]
        found = np.full(fine.n_clusters, -1, dtype=np.int64)
        if level > 0:
            member = fine.codes >= 0
            found[fine.codes[member]] = self.partitions[level - 1].codes[member]
        return found

    @cached_property
    def tree(self) -> pd.DataFrame:
        """Every cluster of every level: ``level``, ``cluster``, ``parent`` (-1 for none), ``size``, ``support``."""
        rows = [
            pd.DataFrame(
                {
                    "level": level,
                    "cluster": np.arange(partition.n_clusters),
                    "parent": self.parents(level),
                    "size": partition.sizes,
                    "support": partition.cluster_support,
                }
            )
            for level, partition in enumerate(self.partitions)
        ]
        return pd.concat(rows, ignore_index=True)

    def __repr__(self) -> str:
        counts = ", ".join(str(partition.n_clusters) for partition in self.partitions)
        return f"<Levels: {self.n_levels}, coarse to fine; clusters: {counts}; made from level {self.base}>"
