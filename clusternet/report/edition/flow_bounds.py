"""Bounds of cells kept back, by flows: exact for numbers of enterprises in rows and columns, and quick."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from clusternet.report.edition.sum_table import SumTable


class FlowBounds:
    """The bounds of the cells of a table of rows and columns.

    Each sum is a node and each cell kept back an arc between its two sums. Who raises one cell must send as much around
    through others, and a cell falls at most to 0: so how far a cell can rise or fall is the largest flow from one of
    its ends to the other. The answers are whole, as numbers of enterprises are.

    Parameters
    ----------
    table : SumTable
        The table, for which :meth:`able` is true.
    hidden : array of bool, shape (c,)
        Which cells are kept back.

    Notes
    -----
    The constraints of such a table are those of a network, whose every vertex is whole, so that the largest flow is
    what the linear programme gives.
    """

    def __init__(self, table: SumTable, hidden: NDArray[np.bool_]) -> None:
        from scipy import sparse

        arcs = table.arcs
        if arcs is None:
            raise ValueError("the sums of this table are not those of rows and columns")
        self._values, (self._start, self._end) = table.values, arcs
        cells = np.flatnonzero(hidden)
        # No flow exceeds what all these cells hold together, but where it has no bound at all.
        self._endless = int(table.values[cells].sum()) + 1
        self._source = len(table.sums)
        nodes = np.arange(self._source)
        none, source = np.zeros(len(nodes)), np.full(len(nodes), self._source)
        start, end = self._start[cells], self._end[cells]
        # Both ways of every arc, and a place for the source's arc to any node, so that the pattern never changes.
        capacities = np.concatenate([np.full(len(cells), self._endless), table.values[cells], none, none])
        ends = (np.concatenate([start, end, source, nodes]), np.concatenate([end, start, nodes, source]))
        self._graph = sparse.csr_array((capacities.astype(np.int32), ends), shape=(len(nodes) + 1, len(nodes) + 1))
        self._graph.sort_indices()

    @staticmethod
    def able(table: SumTable) -> bool:
        """Return whether a table is one of rows and columns, small enough for the whole numbers of a flow."""
        whole = bool(np.all(table.values == np.floor(table.values)) and np.all(np.isinf(table.most)))
        return whole and 8 * float(table.values.sum()) < np.iinfo(np.int32).max and table.arcs is not None

    def interval(self, cell: int) -> tuple[float, float]:
        """Return the least and the largest value that a cell kept back can have."""
        value = float(self._values[cell])
        start, end = int(self._start[cell]), int(self._end[cell])
        rise, fall = self._flow(cell, end, start, self._endless), self._flow(cell, start, end, int(value))
        return value - fall, np.inf if rise >= self._endless else value + rise

    def can_rise(self, cell: int, amount: int) -> bool:
        """Return whether a cell kept back can be larger than it is by an amount, for all that a reader knows."""
        amount = min(amount, self._endless)
        return self._flow(cell, int(self._end[cell]), int(self._start[cell]), amount) >= amount

    def _flow(self, cell: int, source: int, sink: int, most: int) -> int:
        """Return how much can go from one node to another without a cell's own arc, at most so much."""
        from scipy.sparse.csgraph import maximum_flow

        if not most:
            return 0
        graph: Any = self._graph.copy()
        start, end = int(self._start[cell]), int(self._end[cell])
        graph.data[[self._at(start, end), self._at(end, start)]] = 0
        graph.data[self._at(self._source, source)] = most
        return int(maximum_flow(graph, self._source, sink).flow_value)

    def _at(self, row: int, column: int) -> int:
        first, last = self._graph.indptr[row : row + 2]
        return int(first + np.searchsorted(self._graph.indices[first:last], column))
