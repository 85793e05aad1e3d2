"""What a reader can work out about the cells of a table that are kept back."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from clusternet.report.edition.flow_bounds import FlowBounds
from clusternet.report.edition.sum_table import Rules, SumTable


def too_close(
    table: SumTable, cells: NDArray[np.int64], low: NDArray[np.float64], high: NDArray[np.float64], rules: Rules
) -> NDArray[np.bool_]:
    """Return which sensitive cells are known too closely by whoever can place them between two bounds.

    Parameters
    ----------
    table : SumTable
        The table.
    cells : array of int, shape (s,)
        The sensitive cells.
    low, high : array of float, shape (s,)
        Between what each can be.
    rules : Rules
        When a cell says too much.
    """
    if table.counts:
        return (high < rules.minimum) | (high - low < rules.minimum)
    value, slack = table.values[cells], table.slack
    margin = np.where(value == 0, 1.0, rules.percent / 100 * value)
    wanted = np.minimum(value + margin, table.most[cells])
    found: NDArray[np.bool_] = (high < wanted - slack) | (low > np.maximum(value - margin, 0.0) + slack)
    return found


class Audit:
    """What a reader can work out about the cells that are kept back.

    The reader knows every cell that is shown, every sum, and that nothing is below 0 or above the most there can be.

    Parameters
    ----------
    table : SumTable
        The table.
    hidden : array of bool, shape (c,)
        Which cells are kept back.
    programmes : bool, default False
        Whether each bound is a linear programme even where a quicker way gives the same: a single sum in closed form,
        numbers of enterprises by row and column as flows.
    """

    def __init__(self, table: SumTable, hidden: NDArray[np.bool_], *, programmes: bool = False) -> None:
        self._table, self._hidden = table, hidden.copy()
        self._found: dict[int, tuple[float, float]] = {}
        self._bounds: _Single | FlowBounds | Programmes
        if not programmes and len(table.sums) == 1:
            self._bounds = _Single(table, self._hidden)
        elif not programmes and table.counts and FlowBounds.able(table):
            self._bounds = FlowBounds(table, self._hidden)
        else:
            self._bounds = Programmes(table, self._hidden)

    def interval(self, cell: int) -> tuple[float, float]:
        """Return the least and the largest value that a cell can have; counts are whole."""
        if not self._hidden[cell]:
            return float(self._table.values[cell]), float(self._table.values[cell])
        if cell not in self._found:
            low, high = self._bounds.interval(cell)
            if self._table.counts:
                low = float(np.ceil(low - self._table.slack)) + 0.0
                high = float(np.floor(high + self._table.slack)) if np.isfinite(high) else high
            self._found[cell] = low, high
        return self._found[cell]

    def exposed(self, cell: int, rules: Rules) -> bool:
        """Return whether a reader can work out a sensitive cell too closely, though it is kept back."""
        bounds = self._bounds
        if isinstance(bounds, FlowBounds) and self._hidden[cell] and bounds.can_rise(cell, rules.minimum):
            return False
        low, high = (np.array([bound]) for bound in self.interval(cell))
        return bool(too_close(self._table, np.array([cell]), low, high, rules)[0])

    def hide(self, cell: int) -> None:
        """Keep another cell back; what was worked out before is forgotten."""
        self._hidden[cell] = True
        self._found.clear()
        self._bounds = type(self._bounds)(self._table, self._hidden)


class _Single:
    """The bounds of the cells of one sum, in closed form."""

    def __init__(self, table: SumTable, hidden: NDArray[np.bool_]) -> None:
        total, parts = table.sums[0]
        cells = np.array(parts)
        self._total, self._most = total, table.most
        self._open = cells[hidden[cells]]
        self._told = float(table.values[cells[~hidden[cells]]].sum())
        self._rest = None if hidden[total] else max(float(table.values[total]) - self._told, 0.0)
        self._highest = float(table.most[self._open].sum())
        self._alone = set(np.flatnonzero(hidden).tolist()) - {total, *parts}

    def interval(self, cell: int) -> tuple[float, float]:
        most = float(self._most[cell])
        if cell in self._alone:
            return 0.0, most
        if cell == self._total:
            return self._told, min(most, self._told + self._highest)
        if self._rest is None:
            # The total is kept back too; it is at most what there can be.
            return 0.0, min(most, max(float(self._most[self._total]) - self._told, 0.0))
        others = self._highest - most if np.isfinite(most) else float(self._most[self._open[self._open != cell]].sum())
        return max(self._rest - others, 0.0), min(most, self._rest)


class Programmes:
    """The bounds of the cells of any table, by two linear programmes for each."""

    def __init__(self, table: SumTable, hidden: NDArray[np.bool_]) -> None:
        from scipy import sparse

        self._cells = unknown = np.flatnonzero(hidden)
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
        self._limits = [(0, float(most)) for most in table.most[unknown]]

    def interval(self, cell: int) -> tuple[float, float]:
        """Return the least and the largest value that a cell kept back can have, as the solver gives them."""
        goal = np.zeros(len(self._place))
        goal[cell] = 1.0
        found = []
        for sign in (1.0, -1.0):
            values = self.least(sign * goal)
            # Nothing is below 0, so that only a largest value can be without bound.
            found.append(np.inf if values is None else abs(float(values[cell])))
        return found[0], found[1]

    def least(self, goal: NDArray[np.float64]) -> NDArray[np.float64] | None:
        """Return what the cells can hold when a weighted sum of them is as small as can be.

        Parameters
        ----------
        goal : array of float, shape (c,)
            The weight of each cell.

        Returns
        -------
        array of float, shape (c,), or None
            A filling of the cells kept back, 0 for the others; None where there is no least.
        """
        from scipy.optimize import linprog

        weights = goal[self._cells]
        solved: Any = linprog(weights, A_eq=self._rows, b_eq=self._right, bounds=self._limits, method="highs")
        if solved.status == 3:
            return None
        if solved.status != 0:
            raise ArithmeticError(solved.message)
        values = np.zeros(len(goal))
        values[self._cells] = solved.x
        return values
