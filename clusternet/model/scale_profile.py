"""A profile of partitions over resolution: which one is best where, and over how wide a range."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from clusternet.model.partition import Partition
from clusternet.model.provenance import Noun, Provenance


@dataclass(frozen=True, eq=False)
class ScaleProfile(Noun):
    """Partitions of one network from coarse to fine, and the resolutions at which each is the best of all met.

    Parameters
    ----------
    objective : str
        The quality that was maximised: ``"modularity"`` or ``"cpm"``.
    table : DataFrame
        One row per resolution tried: ``resolution``, ``partition`` (position in :attr:`partitions`), ``clusters``,
        ``members`` (enterprises in one), ``median_size``, ``largest_size``, ``quality``, ``stability`` and
        ``next_agreement`` (0 to 1), ``from``, ``to``, ``plateau``.
    domains : DataFrame
        One row per partition, on ``partition``: ``clusters``, ``members``, ``median_size``, ``largest_size``,
        ``inside`` and ``expected`` (quality is inside - resolution * expected), ``from`` and ``to`` (where it is the
        best), ``width`` (log(to / from)), ``trivial``, ``plateau``.
    partitions : tuple of Partition
        Every partition that is the best somewhere, coarse to fine.
    provenance : Provenance
        Where it comes from.
    """

    objective: str
    table: pd.DataFrame
    domains: pd.DataFrame
    partitions: tuple[Partition, ...]
    provenance: Provenance = field(default_factory=Provenance)

    def __post_init__(self) -> None:
        for name in ("table", "domains"):
            object.__setattr__(self, name, getattr(self, name).copy(deep=False))

    def best(self) -> Partition:
        """Return the partition that is the best over the widest range of resolutions, on a log scale.

        One cluster for each connected part, and nobody in any, are the best of all at either end of the scale of any
        network; they are returned only where there is no other. Whether chance would divide the network as well is
        another question: see ``clusters`` of the partition.
        """
        return self.partitions[int(self.domains["plateau"].to_numpy().argmax())]

    def __repr__(self) -> str:
        best = self.domains["plateau"].to_numpy().argmax()
        low, high, clusters = (self.domains[column].iloc[best] for column in ("from", "to", "clusters"))
        wide = f"{clusters} clusters are the best from {low:.3g} to {high:.3g}"
        return f"<ScaleProfile: {len(self.table)} resolutions of {self.objective}; {wide}>"
