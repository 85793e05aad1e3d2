"""All editions of a survey together: whether a reader of all can place the answers of few too closely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.report.edition.audit import Programmes, too_close
from clusternet.report.edition.public_tables import AMOUNTS, TRAITS
from clusternet.report.edition.sum_table import Rules, Sum, SumTable
from clusternet.report.edition.suppression import sensitive_cells
from clusternet.report.edition.told import ALL, told_rows

#: Beyond so many unknowns the tables of several editions are not audited together.
MOST_UNKNOWNS = 3_000
#: Linear programmes that widen the bounds of many cells at once, and how many cells are then looked at alone: more of
#: them where the table is small.
_ROUNDS, _ALONE, _WORK = 12, 30, 400_000


@dataclass(frozen=True, eq=False)
class _Parts:
    """The enterprises of all editions, parted by the groups that they were in.

    Parameters
    ----------
    names : list of str
        Their pseudonyms, sorted.
    rows : array of int, shape (editions, n)
        The group of each in each edition, as its place in the register's entry; -1 where it was not counted.
    part : array of int, shape (n,)
        The part of each: who is in one part was always in the same groups.
    """

    names: list[str]
    rows: NDArray[np.int64]
    part: NDArray[np.int64]

    @property
    def count(self) -> int:
        """How many parts there are."""
        return int(self.part.max(initial=-1)) + 1

    @classmethod
    def of(cls, entries: Sequence[Mapping[str, Any]]) -> _Parts:
        names = sorted({name for entry in entries for members in entry["groups"].values() for name in members})
        rows = np.array([_places(names, entry["groups"]) for entry in entries], dtype=np.int64)
        _, part = np.unique(rows, axis=1, return_inverse=True)
        return cls(names, rows, part.ravel())


def _places(names: Sequence[str], groups: Mapping[str, Sequence[str]]) -> list[int]:
    place = {name: number for number, members in enumerate(groups.values()) for name in members}
    return [place.get(name, -1) for name in names]


def exposed_together(
    entries: Sequence[Mapping[str, Any]], members: pd.DataFrame, rules: Rules, *, most: int = MOST_UNKNOWNS
) -> list[str]:
    """Return which numbers of several editions, taken together, tell too much about few enterprises.

    What each edition tells is a sum over enterprises. Enterprises that were in the same groups of all editions make a
    part; no sum tells its members from one another. A part of few enterprises, or one in which an enterprise stands
    out, must not be known more closely than a cell that is kept back, whatever is added and subtracted: linear
    programmes over all sums of all editions say between which values it can be.

    Parameters
    ----------
    entries : sequence of mapping
        As the register keeps them; the last is the edition that shall be handed out.
    members : DataFrame
        The members of that edition by pseudonym, with the columns of amounts. What earlier members answered that are
        none any more is not known here; they are taken to have answered as much as the others did on average.
    rules : Rules
        When a cell says too much.
    most : int
        An amount or a trait whose table has more unknowns than that is not audited, and returned as if it told too
        much. The sizes of more parts than that are not audited together.

    Returns
    -------
    list of str
        ``"size"``, amounts and traits that tell too much.
    """
    parts = _Parts.of(entries)
    large = parts.count > most
    found = []
    for column in ("size", *AMOUNTS):
        if not told_rows(entries[-1], column) or (large and column == "size"):
            continue
        if large or _exposed(_amounts(entries, parts, column, members), rules):
            found.append(column)
    for trait in TRAITS:
        told = [entry for entry in entries if trait in entry.get("traits", {})]
        if len(told) < 2 or not told[-1]["traits"][trait]["told"]:
            continue
        parts = _Parts.of(told)
        cells = _Cells.of(told, parts, trait)
        if len(cells.part) > most or _exposed(cells.table(told, parts, trait), rules):
            found.append(trait)
    return found


def _exposed(table: SumTable, rules: Rules) -> bool:
    hidden = np.ones(len(table.values), dtype=bool)
    hidden[table.totals] = False
    return any_exposed(table, hidden, rules)


def _rows_of(entry: Mapping[str, Any], row: str, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which of the places of one edition a row of its tables speaks of."""
    found: NDArray[np.bool_] = rows >= 0 if row == ALL else rows == list(entry["groups"]).index(row)
    return found


def _amounts(entries: Sequence[Mapping[str, Any]], parts: _Parts, column: str, members: pd.DataFrame) -> SumTable:
    """Return the table whose cells are the parts, and whose totals are what the editions tell of an amount."""
    count = parts.count
    given = np.ones(len(parts.names))
    if column != "size":
        given = members[column].reindex(parts.names).to_numpy(dtype=np.float64, copy=True)
        gone = ~np.isin(parts.names, members.index)
        given[gone] = np.nanmean(given) if np.isfinite(given).any() else 1.0
    known = np.isfinite(given)
    contributions = [given[known & (parts.part == number)] for number in range(count)]
    rows = _rows_by_part(parts)
    sums: list[Sum] = []
    for entry, places in zip(entries, rows, strict=True):
        for row in told_rows(entry, column):
            inside = np.flatnonzero(_rows_of(entry, row, places))
            if len(inside):
                sums.append(Sum(count + len(sums), tuple(inside.tolist())))
    totals = [np.concatenate([contributions[part] for part in inside]) for _, inside in sums]
    table = SumTable.of_contributions([*contributions, *totals], sums)
    return table if column != "size" else SumTable(table.values, table.contributors, sums)


def _rows_by_part(parts: _Parts) -> NDArray[np.int64]:
    """Return the groups of each part in each edition, shape (editions, parts)."""
    _, first = np.unique(parts.part, return_index=True)
    return parts.rows[:, first]


@dataclass(frozen=True, eq=False)
class _Cells:
    """The unknowns of a trait: how many enterprises of each part are in each category of all editions.

    Parameters
    ----------
    part : array of int, shape (c,)
        The part of each cell.
    categories : array of int, shape (editions, c)
        Its category in each edition; -1 where the part was not counted.
    values : array of float, shape (c,)
        How many enterprises there are.
    """

    part: NDArray[np.int64]
    categories: NDArray[np.int64]
    values: NDArray[np.float64]

    @classmethod
    def of(cls, entries: Sequence[Mapping[str, Any]], parts: _Parts, trait: str) -> _Cells:
        given = np.array([_places(parts.names, entry["traits"][trait]["categories"]) for entry in entries])
        kinds, kind = np.unique(given, axis=1, return_inverse=True)
        kind = kind.ravel()
        counted = _rows_by_part(parts) >= 0
        # A part can be of every kind that is counted in the same editions, though none of its enterprises may be.
        alike = (counted[:, :, None] == (kinds >= 0)[:, None, :]).all(axis=0)
        part, of_kind = np.nonzero(alike)
        counts = np.zeros(alike.shape)
        np.add.at(counts, (parts.part, kind), 1)
        return cls(part, kinds[:, of_kind], counts[part, of_kind])

    def table(self, entries: Sequence[Mapping[str, Any]], parts: _Parts, trait: str) -> SumTable:
        """Return the table whose cells these are, and whose totals are what the editions tell."""
        rows = _rows_by_part(parts)[:, self.part]
        sums: list[Sum] = []
        for number, entry in enumerate(entries):
            names = list(entry["traits"][trait]["categories"])
            by_row = {row: _rows_of(entry, row, rows[number]) for row in (*entry["groups"], ALL)}
            by_category = {name: self.categories[number] == place for place, name in enumerate(names)}
            told = [
                by_row[row] & by_category[category]
                for row, category in _needed(entry["traits"][trait]["told"], list(entry["groups"]), names)
            ]
            told += [by_row[row] for row in told_rows(entry, "size")]
            for chosen in told:
                inside = np.flatnonzero(chosen)
                if len(inside):
                    sums.append(Sum(len(self.part) + len(sums), tuple(inside.tolist())))
        values = np.concatenate([self.values, [self.values[list(inside)].sum() for _, inside in sums]])
        return SumTable(values, values.astype(np.int64), sums)


def _needed(told: Sequence[Sequence[str]], groups: Sequence[str], names: Sequence[str]) -> list[tuple[str, str]]:
    """Return the told cells but for totals of columns of which every part is told, as they say nothing more."""
    known = {(row, category) for row, category in told}
    whole = {name for name in names if all((row, name) in known for row in groups)}
    return [cell for cell in sorted(known) if not (cell[0] == ALL and cell[1] in whole)]


def any_exposed(table: SumTable, hidden: NDArray[np.bool_], rules: Rules) -> bool:
    """Return whether a reader can place any sensitive cell too closely.

    What the table holds is one filling that a reader must reckon with. Programmes that raise or lower many cells at
    once give others, and so widen what each can be; the few cells that are still too close are looked at one by one.
    Where these are too many to be looked at, the table is taken to be exposed.

    Parameters
    ----------
    table : SumTable
        The table.
    hidden : array of bool, shape (c,)
        Which cells are not told.
    rules : Rules
        When a cell says too much.
    """
    inside = np.zeros(len(hidden), dtype=bool)
    inside[table.parts[0]] = True
    waiting = np.flatnonzero(sensitive_cells(table, rules) & hidden & inside)
    if not len(waiting):
        return False
    low, high = table.values.copy(), table.values.copy()
    programmes = Programmes(table, hidden)

    def widened(goal: NDArray[np.float64]) -> None:
        values = programmes.least(goal)
        if values is not None:
            np.minimum(low, np.where(hidden, values, low), out=low)
            np.maximum(high, np.where(hidden, values, high), out=high)

    generator = np.random.default_rng(0)
    for attempt in range(_ROUNDS):
        waiting = waiting[_close(table, waiting, low, high, rules)]
        if not len(waiting):
            return False
        goal = np.zeros(len(hidden))
        # What one cell gains others lose, so that some are raised while others are lowered.
        signs = generator.choice([-1.0, 1.0], len(waiting), p=[0.8, 0.2]) if attempt else -1.0
        goal[waiting] = generator.uniform(0.1, 1.0, len(waiting)) * signs
        widened(goal)
    for cell in waiting[: max(_ALONE, _WORK // len(hidden))].tolist():
        if not _close(table, np.array([cell]), low, high, rules)[0]:
            continue
        for sign in (-1.0, 1.0):
            goal = np.zeros(len(hidden))
            goal[cell] = sign
            widened(goal)
        if _close(table, np.array([cell]), low, high, rules)[0]:
            return True
    return bool(_close(table, waiting, low, high, rules).any())


def _close(
    table: SumTable, cells: NDArray[np.int64], low: NDArray[np.float64], high: NDArray[np.float64], rules: Rules
) -> NDArray[np.bool_]:
    least, largest = low[cells], high[cells]
    if table.counts:
        # Numbers of enterprises are whole, as every reader knows.
        least, largest = np.ceil(least - table.slack), np.floor(largest + table.slack)
    return too_close(table, cells, least, largest, rules)
