"""Which cells of a table with sums must be kept back, so that nobody can work out what one enterprise answered."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from clusternet.errors import PrivacyError
from clusternet.messages import mark
from clusternet.report.edition.audit import Audit
from clusternet.report.edition.sum_table import Rules, Sum, SumTable


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
    if table.counts:
        cells, numbers = table.parts
        behind = np.bincount(numbers, (table.contributors * hidden)[cells], minlength=len(table.sums))
        found = np.flatnonzero((behind > 0) & (behind < rules.minimum) & ~hidden[table.totals])
        return table.sums[int(found[0])] if len(found) else None
    return next((entry for entry in table.sums if _amounts_told(table, hidden, rules, entry)), None)


def _amounts_told(table: SumTable, hidden: NDArray[np.bool_], rules: Rules, entry: Sum) -> bool:
    if table.largest is None or table.second is None or hidden[entry.total]:
        return False
    parts = [part for part in entry.parts if hidden[part]]
    contributors = int(table.contributors[parts].sum())
    if not contributors:
        return False
    top = np.sort(np.concatenate([table.largest[parts], table.second[parts]]))[::-1]
    return bool(_dominated(float(table.values[parts].sum()), contributors, top[0], top[1], rules))


def kept_back(
    table: SumTable, rules: Rules, untold: NDArray[np.bool_] | None = None
) -> tuple[NDArray[np.bool_], Audit]:
    """Return which cells are kept back, shape (c,): the sensitive ones, and as many more as their protection needs.

    Where the hidden parts of a shown sum say too much together, another is kept back. And as long as a sensitive cell
    can be worked out too closely, the smallest shown cell that shares a sum with it is kept back too; a total only
    where no part is left. A cell of 0 protects nothing and stays.

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
    totals[table.totals] = True
    while (entry := _told_together(table, hidden, rules)) is not None:
        hidden[_next(table, hidden, totals, {*entry.parts})] = True
    audit, waiting = Audit(table, hidden), np.flatnonzero(sensitive).tolist()
    while waiting:
        if not audit.exposed(waiting[0], rules):
            waiting.pop(0)
            continue
        entries = [table.sums[number] for number in table.sums_of[waiting[0]]]
        near = {place for total, parts in entries for place in (total, *parts)}
        chosen = _next(table, hidden, totals, near)
        hidden[chosen] = True
        audit.hide(chosen)
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
