"""An export of a survey tool, whatever the tool: one part for the submissions, one for each repeat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.ingest.findings import Place
from clusternet.ingest.source import TextTable

#: Joins several answers to one question where a dialect gives one column for each choice; no text has it.
ANSWERS = "\x1f"


@dataclass(frozen=True, eq=False)
class Part:
    """One sheet of an export.

    Parameters
    ----------
    title : str
        The sheet, as the file calls it.
    table : TextTable
        Its rows as text under the header's own names; the index is the row as a spreadsheet shows it.
    names : tuple of str
        What the repeat is called elsewhere (whole, where the title is cut).
    parent : str
        The title of the part that its rows belong to; empty for the submissions.
    parent_at : array of int, shape (rows,)
        For each row, the position of the row of the parent that it belongs to; empty for the submissions.
    """

    title: str
    table: TextTable
    names: tuple[str, ...] = ()
    parent: str = ""
    parent_at: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    @property
    def rows(self) -> pd.DataFrame:
        """The rows as text."""
        return self.table.rows

    @property
    def headers(self) -> tuple[str, ...]:
        """The names of the columns, as the file has them."""
        return tuple(str(column) for column in self.rows.columns)

    @property
    def place(self) -> Place:
        """Where it was read."""
        return self.table.place

    def kept(self, mask: NDArray[np.bool_]) -> Part:
        """Return the part with some of its rows."""
        at = self.parent_at[mask] if self.parent else self.parent_at
        return replace(self, table=TextTable(self.rows[mask], self.place), parent_at=at)


@dataclass(frozen=True, eq=False)
class Export:
    """What one export holds.

    Parameters
    ----------
    dialect : str
        The tool that wrote it.
    parts : mapping of str to Part
        Every part by its title, a parent before its children.
    root : str
        The title of the part that holds the submissions.
    submission : str
        The column of the root that names a submission; empty where there is none.
    has_repeats : bool
        Whether the file can hold repeats; where it can, one that is not there was answered by nobody.
    has_codes_only : bool
        Whether answers are numbers of choices, and nothing in the file says what they mean.
    """

    dialect: str
    parts: Mapping[str, Part]
    root: str
    submission: str = ""
    has_repeats: bool = True
    has_codes_only: bool = False

    def hangs_on_nothing(self, title: str) -> bool:
        """Return whether nothing says to which submissions the rows of a part belong."""
        return title != self.root and not self.parts[title].parent

    def positions_in_root(self, title: str) -> NDArray[np.int64]:
        """Return, for each row of a part, the position of its submission."""
        part = self.parts[title]
        at = np.arange(len(part.rows), dtype=np.int64)
        while part.parent:
            at = part.parent_at[at]
            part = self.parts[part.parent]
        return at

    def without(self, dropped: NDArray[np.bool_]) -> Export:
        """Return the export without some submissions, given as a mask over the root, and all that hangs on them."""
        if not dropped.any():
            return self
        kept = {title: ~dropped[self.positions_in_root(title)] for title in self.parts}
        parts: dict[str, Part] = {}
        for title, part in self.parts.items():
            found = part.kept(kept[title])
            if part.parent:
                renumbered = np.cumsum(kept[part.parent]) - 1
                found = replace(found, parent_at=renumbered[found.parent_at])
            parts[title] = found
        return replace(self, parts=parts)

    def with_parts(self, parts: Mapping[str, Part], **changes: Any) -> Export:
        """Return the export with further or changed parts."""
        return replace(self, parts={**self.parts, **parts}, **changes)
