"""Tables of which some cells are the sums of others, and the rules by which a cell says too much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

#: Slack of the solver, relative to the largest value of a table.
_SLACK = 1e-7


@dataclass(frozen=True)
class Rules:
    """When a cell says too much about one enterprise. They stay in the office: who knows them learns more.

    Parameters
    ----------
    minimum : int
        The fewest enterprises that a cell may speak of.
    percent : float
        The p of the p%-rule: no contribution may be known more closely than by so many per cent.
    largest_share : float
        The largest share of a cell that one enterprise may have, 0 to 1.
    """

    minimum: int = 3
    percent: float = 10.0
    largest_share: float = 0.85


class Sum(NamedTuple):
    """One cell is the sum of others: their positions in the table."""

    total: int
    parts: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class SumTable:
    """Cells, of which some are the sums of others.

    Parameters
    ----------
    values : array of float, shape (c,)
        What each cell holds, at least 0.
    contributors : array of int, shape (c,)
        How many enterprises stand behind it, unweighted.
    sums : sequence of Sum
        Which cells are sums of which.
    largest, second : array of float, shape (c,), optional
        The two largest contributions to each cell; where they are left out every enterprise counts as one, and the
        values are numbers of enterprises.
    fixed : array of bool, shape (c,), optional
        Cells that are known from elsewhere and cannot be kept back.
    most : array of float, shape (c,), optional
        What no cell can exceed, as a reader knows: there are no more women than workers.
    """

    values: NDArray[np.float64]
    contributors: NDArray[np.int64]
    sums: Sequence[Sum]
    largest: NDArray[np.float64] | None = None
    second: NDArray[np.float64] | None = None
    fixed: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))
    most: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        if not len(self.fixed):
            object.__setattr__(self, "fixed", np.zeros(len(self.values), dtype=bool))
        if not len(self.most):
            object.__setattr__(self, "most", np.full(len(self.values), np.inf))

    @property
    def counts(self) -> bool:
        """Whether the values are numbers of enterprises."""
        return self.largest is None

    @cached_property
    def sums_of(self) -> list[list[int]]:
        """For each cell the sums that it is in, as total or as part."""
        found: list[list[int]] = [[] for _ in range(len(self.values))]
        for number, (total, parts) in enumerate(self.sums):
            for cell in (total, *parts):
                found[cell].append(number)
        return found

    @cached_property
    def totals(self) -> NDArray[np.int64]:
        """The total of each sum, shape (s,)."""
        return np.array([total for total, _ in self.sums], dtype=np.int64)

    @cached_property
    def parts(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Every part of every sum: the cell, and the number of the sum."""
        lengths = [len(parts) for _, parts in self.sums]
        cells = np.array([part for _, parts in self.sums for part in parts], dtype=np.int64)
        return cells, np.repeat(np.arange(len(self.sums)), lengths)

    @cached_property
    def arcs(self) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
        """From which sum to which each cell carries what it holds, as an arc of a network.

        None where the table is no such network: where a cell is not in exactly two sums, which no other cell shares.
        """
        if any(len(numbers) != 2 or numbers[0] == numbers[1] for numbers in self.sums_of):
            return None
        pairs = np.array(self.sums_of, dtype=np.int64)
        signs = np.ones(pairs.shape, dtype=np.int64)
        signs[self.totals[pairs] == np.arange(len(pairs))[:, None]] = -1
        if len(np.unique(np.sort(pairs, axis=1), axis=0)) < len(pairs):
            return None
        sides = _sides(len(self.sums), pairs, -signs[:, 0] * signs[:, 1])
        if sides is None:
            return None
        added = signs[:, 0] * sides[pairs[:, 0]] > 0
        return np.where(added, pairs[:, 1], pairs[:, 0]), np.where(added, pairs[:, 0], pairs[:, 1])

    @property
    def slack(self) -> float:
        """How far a sum may be off for no other reason than that numbers are rounded."""
        return _SLACK * max(float(self.values.max(initial=1.0)), 1.0)

    @classmethod
    def of_contributions(
        cls, contributions: Sequence[NDArray[np.float64]], sums: Sequence[Sum], most: NDArray[np.float64] | None = None
    ) -> SumTable:
        """Make a table from the contributions to each cell."""
        ordered = [np.sort(np.asarray(given, dtype=np.float64))[::-1] for given in contributions]
        padded = [np.concatenate([given, np.zeros(2)]) for given in ordered]
        return cls(
            np.array([float(given.sum()) for given in ordered]),
            np.array([len(given) for given in ordered], dtype=np.int64),
            sums,
            np.array([given[0] for given in padded]),
            np.array([given[1] for given in padded]),
            most=np.zeros(0) if most is None else most,
        )


def _sides(count: int, pairs: NDArray[np.int64], turns: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """Return +1 or -1 for each of the sums, such that two that share a cell differ as it says; None if there are none.

    So that every cell is added in one of its two sums and taken off in the other.
    """
    near: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for (one, two), turn in zip(pairs.tolist(), turns.tolist(), strict=True):
        near[one].append((two, turn))
        near[two].append((one, turn))
    sides = np.zeros(count, dtype=np.int64)
    for first in range(count):
        if sides[first]:
            continue
        sides[first], waiting = 1, [first]
        while waiting:
            one = waiting.pop()
            for two, turn in near[one]:
                if not sides[two]:
                    sides[two] = turn * sides[one]
                    waiting.append(two)
                elif sides[two] != turn * sides[one]:
                    return None
    return sides


def cross_table(
    row: NDArray[np.int64], column: NDArray[np.int64], shape: tuple[int, int], told: NDArray[np.bool_] | None = None
) -> SumTable:
    """Return numbers of enterprises by row and column, with their margins.

    Parameters
    ----------
    row, column : array of int, shape (n,)
        Where each enterprise belongs.
    shape : (int, int)
        Numbers of rows r and columns c.
    told : array of bool, shape (r + 1,), optional
        Which sums of rows, and that of all, are known from elsewhere; none by default.

    Returns
    -------
    SumTable
        Cell (i, j) at ``i * (c + 1) + j``; the margins are the last column and the last row.
    """
    rows, columns = shape
    counts = np.zeros((rows + 1, columns + 1))
    np.add.at(counts, (row, column), 1)
    counts[:-1, -1] = counts[:-1, :-1].sum(axis=1)
    counts[-1] = counts[:-1].sum(axis=0)
    place = np.arange(counts.size).reshape(counts.shape)
    sums = [Sum(int(place[i, -1]), tuple(place[i, :-1].tolist())) for i in range(rows + 1)]
    sums += [Sum(int(place[-1, j]), tuple(place[:-1, j].tolist())) for j in range(columns + 1)]
    fixed = np.zeros(counts.shape, dtype=bool)
    fixed[:, -1] = False if told is None else told
    return SumTable(counts.ravel(), counts.ravel().astype(np.int64), sums, fixed=fixed.ravel())
