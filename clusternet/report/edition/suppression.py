"""Which cells of a table with sums must be kept back, so that nobody can work out what one enterprise answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from clusternet.errors import PrivacyError
from clusternet.messages import mark

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


def sensitive_cells(table: SumTable, rules: Rules) -> NDArray[np.bool_]:
    """Return which cells say too much on their own, shape (c,).

    A cell with too few enterprises; and for amounts also one in which the others' sum leaves the largest contribution
    known within p per cent to the second largest, one that the largest enterprise nearly fills, and one of 0 or of the
    most that there can be, which says the same of each who stands behind it.

    References
    ----------
    Hundepool, A. et al. (2012), Statistical Disclosure Control.
    """
    if table.largest is None or table.second is None:
        return (table.contributors > 0) & (table.contributors < rules.minimum)
    extreme = (table.values == 0) | (table.values == table.most)
    dominated = _dominated(table.values, table.contributors, table.largest, table.second, rules)
    return dominated | ((table.contributors > 0) & extreme)


def _dominated(value: Any, contributors: Any, largest: Any, second: Any, rules: Rules) -> NDArray[np.bool_]:
    """Return whether too few enterprises stand behind amounts, or one of them fills them."""
    few = (contributors > 0) & (contributors < rules.minimum)
    close = value - largest - second < rules.percent / 100 * largest
    found: NDArray[np.bool_] = few | ((contributors > 0) & (close | (largest > rules.largest_share * value)))
    return found


def _told_together(table: SumTable, hidden: NDArray[np.bool_], rules: Rules) -> Sum | None:
    """Return a sum that is shown and whose hidden parts say too much when they are taken together, if there is one."""
    for entry in table.sums:
        parts = [part for part in entry.parts if hidden[part]]
        if hidden[entry.total] or not parts:
            continue
        contributors = int(table.contributors[parts].sum())
        if table.largest is None or table.second is None:
            if 0 < contributors < rules.minimum:
                return entry
            continue
        top = np.sort(np.concatenate([table.largest[parts], table.second[parts]]))[::-1]
        if contributors and _dominated(float(table.values[parts].sum()), contributors, top[0], top[1], rules):
            return entry
    return None


class Audit:
    """What a reader can work out about the cells that are kept back.

    The reader knows every cell that is shown, every sum, and that nothing is below 0 or above the most there can be.
    """

    def __init__(self, table: SumTable, hidden: NDArray[np.bool_]) -> None:
        from scipy import sparse

        self._table, self._hidden = table, hidden
        unknown = np.flatnonzero(hidden)
        self._place = np.full(len(hidden), -1)
        self._place[unknown] = np.arange(len(unknown))
        rows: list[int] = []
        columns: list[int] = []
        signs: list[float] = []
        right: list[float] = []
        for total, parts in table.sums:
            cells = np.array([total, *parts])
            sign = np.where(np.arange(len(cells)) == 0, -1.0, 1.0)
            open_cells = hidden[cells]
            if open_cells.any():
                rows += [len(right)] * int(open_cells.sum())
                columns += self._place[cells[open_cells]].tolist()
                signs += sign[open_cells].tolist()
                right.append(-float((sign * table.values[cells])[~open_cells].sum()))
        self._right = np.array(right)
        self._rows = sparse.csr_array((signs, (rows, columns)), shape=(len(right), len(unknown)))
        self._bounds = [(0, float(most)) for most in table.most[unknown]]
        self._found: dict[int, tuple[float, float]] = {}

    def interval(self, cell: int) -> tuple[float, float]:
        """Return the least and the largest value that a cell can have, by a linear programme; counts are whole."""
        if cell not in self._found:
            self._found[cell] = self._solved(cell)
        return self._found[cell]

    def _solved(self, cell: int) -> tuple[float, float]:
        from scipy.optimize import linprog

        table = self._table
        if not self._hidden[cell]:
            return float(table.values[cell]), float(table.values[cell])
        found = []
        for sign in (1.0, -1.0):
            goal = np.zeros(self._rows.shape[1])
            goal[self._place[cell]] = sign
            solved = linprog(goal, A_eq=self._rows, b_eq=self._right, bounds=self._bounds, method="highs")
            if solved.status not in (0, 3):
                raise ArithmeticError(solved.message)
            found.append(np.inf if solved.status == 3 else abs(float(solved.fun)))
        low, high = found
        if table.counts:
            low = float(np.ceil(low - _slack(table))) + 0.0
            high = float(np.floor(high + _slack(table))) if np.isfinite(high) else high
        return low, high

    def exposed(self, cell: int, rules: Rules) -> bool:
        """Return whether a reader can work out a sensitive cell too closely, though it is kept back."""
        low, high = self.interval(cell)
        if self._table.counts:
            return high < rules.minimum or high - low < rules.minimum
        value, slack = float(self._table.values[cell]), _slack(self._table)
        margin = max(rules.percent / 100 * value, 1.0 if value == 0 else 0.0)
        wanted = min(value + margin, float(self._table.most[cell]))
        return high < wanted - slack or low > max(value - margin, 0.0) + slack


def _slack(table: SumTable) -> float:
    return _SLACK * max(float(table.values.max(initial=1.0)), 1.0)


def kept_back(
    table: SumTable, rules: Rules, untold: NDArray[np.bool_] | None = None
) -> tuple[NDArray[np.bool_], Audit]:
    """Return which cells are kept back, shape (c,): the sensitive ones, and as many more as their protection needs.

    Where the hidden parts of a shown sum say too much together, another is kept back. And as long as a sensitive cell
    can be worked out too closely, the smallest shown cell that shares a sum with it is kept
    back too; a total only where no part is left. A cell of 0 protects nothing and stays.

    Parameters
    ----------
    table : SumTable
        The table.
    rules : Rules
        When a cell says too much.
    untold : array of bool, shape (c,), optional
        Cells that are kept back already.

    Returns
    -------
    hidden : array of bool, shape (c,)
        The cells to keep back. Every sensitive one is among them.
    audit : Audit
        What a reader can work out about them.

    Raises
    ------
    PrivacyError
        If a cell stays exposed though everything that may be kept back is.
    """
    sensitive = sensitive_cells(table, rules) & ~table.fixed
    hidden = sensitive.copy() if untold is None else sensitive | untold
    totals = np.zeros(len(table.values), dtype=bool)
    totals[[total for total, _ in table.sums]] = True
    while (entry := _told_together(table, hidden, rules)) is not None:
        hidden[_next(table, hidden, totals, {*entry.parts})] = True
    audit, waiting = Audit(table, hidden), np.flatnonzero(sensitive).tolist()
    while waiting:
        if not audit.exposed(waiting[0], rules):
            waiting.pop(0)
            continue
        near = {place for total, parts in table.sums if waiting[0] in (total, *parts) for place in (total, *parts)}
        hidden[_next(table, hidden, totals, near)] = True
        audit = Audit(table, hidden)
    for cell in np.flatnonzero(hidden & ~sensitive & (True if untold is None else ~untold)).tolist():
        low, high = audit.interval(cell)
        # What every reader can work out protects nothing, and is told.
        hidden[cell] = low != high
    return hidden, audit


def _next(table: SumTable, hidden: NDArray[np.bool_], totals: NDArray[np.bool_], near: set[int]) -> int:
    """Return the cell to keep back next: near the exposed one where one is left there, and no total if it can be."""
    able = [place for place in near if not hidden[place] and not table.fixed[place]]
    able = [place for place in able if table.values[place] > 0] or able
    if not able:
        # Its neighbours are all hidden: what gives it away stands further off.
        able = np.flatnonzero(~hidden & ~table.fixed).tolist()
    if not able:
        raise PrivacyError(
            mark("A table can be worked out whatever is kept back; publish larger groups with a larger --minimum.")
        )
    return min(able, key=lambda place: (totals[place], table.values[place], place))


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
