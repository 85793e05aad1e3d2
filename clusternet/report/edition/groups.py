"""Which groups an edition speaks of, and who is in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.report.edition.pseudonyms import pseudonym
from clusternet.report.edition.sum_table import Rules
from clusternet.report.exports.graph import ExportGraph

#: Enterprises in no group that is shown.
OTHERS = -1


@dataclass(frozen=True, eq=False)
class Groups:
    """The enterprises that an edition may count, and the groups large enough to be shown.

    Parameters
    ----------
    members : DataFrame
        The counted enterprises, as rows of the graph's nodes, in the order of their pseudonyms.
    pseudonyms : array of str, shape (n,)
        Theirs, sorted.
    group : array of int, shape (n,)
        The group of each, 0 to g - 1; :data:`OTHERS` for the rest.
    cluster : array of int, shape (g,)
        The number of each group in the office's result, which no edition tells.
    """

    members: pd.DataFrame
    pseudonyms: NDArray[np.object_]
    group: NDArray[np.int64]
    cluster: NDArray[np.int64]

    @property
    def n_groups(self) -> int:
        """How many groups are shown."""
        return len(self.cluster)

    @property
    def sizes(self) -> NDArray[np.int64]:
        """The members of each group, shape (g,)."""
        return np.bincount(self.group[self.group >= 0], minlength=self.n_groups)

    @property
    def row(self) -> NDArray[np.int64]:
        """The row of each enterprise in a table with the others in the last row, shape (n,)."""
        return np.where(self.group < 0, self.n_groups, self.group)

    def memberships(self) -> dict[str, list[str]]:
        """Return the pseudonyms of each group, and under ``"others"`` those in none."""
        named = {str(number): self.pseudonyms[self.group == number].tolist() for number in range(self.n_groups)}
        return {**named, "others": self.pseudonyms[self.group < 0].tolist()}


def groups_of(graph: ExportGraph, key: bytes, rules: Rules, *, count_all: bool = False) -> Groups:
    """Return the groups of an edition.

    Enterprises that gave no consent at all (``consent_publish`` is ``none``) are not counted anywhere, unless
    ``count_all``. Clusters with
    fewer members than the rules ask for, counted with or without these, are merged into the others. Groups are numbered
    anew, by size and then by pseudonyms, so that neither numbers nor order tell anything of the ids.
    """
    nodes = graph.nodes
    counted = nodes[~nodes["outside"] & (nodes["consent_publish"].ne("none") | count_all)]
    names = np.array([pseudonym(key, identifier) for identifier in counted["id"]], dtype=object)
    order = np.argsort(names, kind="stable")
    members, names = counted.iloc[order].reset_index(drop=True), names[order]
    cluster = members["cluster"].to_numpy(dtype=np.int64)
    sizes = pd.Series(cluster[cluster >= 0]).value_counts()
    able = sizes[sizes >= rules.minimum].index.astype(int).tolist()
    first = {number: str(names[cluster == number][0]) for number in able}
    able.sort(key=lambda number: (-int(sizes[number]), first[number]))
    group = np.full(len(members), OTHERS, dtype=np.int64)
    for new, old in enumerate(able):
        group[cluster == old] = new
    return Groups(members, names, group, np.array(able, dtype=np.int64))
