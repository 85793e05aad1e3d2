"""From reports to linkages: one canonical row per tie, whatever the order of the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clusternet.model.layers import Layer
from clusternet.model.ordering import SortedRows, sorted_in_runs, sorted_rows, starts_of_runs

#: The reporter of a tie that is a record (a register, a graph file) and nobody's answer.
NOBODY = -1


@dataclass(frozen=True, eq=False)
class Linkages:
    """Ties in canonical form: parallel read-only arrays, sorted by source, target and layer, each tie once.

    Parameters
    ----------
    source, target : array of int, shape (t,)
        Positions of the two ends; in an undirected layer the smaller one first.
    layer : array of int, shape (t,)
        Position of the layer in the network's list.
    weight : array of float, shape (t,)
        Finite and above 0.
    n_reports : array of int, shape (t,)
        How many reporters named the tie; 0 for a record.
    confirmed : array of bool, shape (t,)
        Whether both ends reported it.
    by_source, by_target : array of bool, shape (t,), optional
        Whether that end reported it. Where they are not given, both ends of a confirmed tie did, and the source of any
        other reported tie.
    """

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    layer: NDArray[np.int64]
    weight: NDArray[np.float64]
    n_reports: NDArray[np.int64]
    confirmed: NDArray[np.bool_]
    by_source: NDArray[np.bool_] = None  # type: ignore[assignment]
    by_target: NDArray[np.bool_] = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        if self.by_source is None:
            object.__setattr__(self, "by_source", self.n_reports > 0)
        if self.by_target is None:
            object.__setattr__(self, "by_target", self.confirmed.copy())
        for values in vars(self).values():
            values.flags.writeable = False

    def __len__(self) -> int:
        return len(self.source)

    def where(self, chosen: NDArray[np.bool_] | NDArray[np.integer]) -> Linkages:
        """Return the chosen ties (one truth value each, or sorted positions), in the same order."""
        if chosen.dtype == bool and len(chosen) == len(self) and chosen.all():
            # Nobody can write to the arrays, so that all of them need not be copied.
            return self
        return Linkages(*(values[chosen] for values in vars(self).values()))


def linkages_from_reports(
    source: NDArray[np.integer],
    target: NDArray[np.integer],
    layer: NDArray[np.integer] | None,
    weight: NDArray[np.float64],
    reporter: NDArray[np.integer] | None,
    *,
    layers: Sequence[Layer],
    answered: NDArray[np.bool_],
    ties: str = "union",
) -> tuple[Linkages, dict[str, int]]:
    """Turn reports into linkages.

    Self-links and reports of weight 0 are left out and counted. In an undirected layer the ends are sorted. Rows of one
    reporter for one tie are summed, reports of different reporters averaged. ``ties="intersection"`` keeps, where both
    ends answered, only what both reported; records (reporter ``NOBODY``) are kept.

    Parameters
    ----------
    source, target : array of int, shape (r,)
        Positions of the ends.
    layer : array of int, shape (r,), or None
        Positions of the layers; None where all rows are of the first.
    weight : array of float, shape (r,)
        Finite, at least 0.
    reporter : array of int, shape (r,), or None
        Positions of the reporters (``NOBODY`` for a record); None where all rows are records.
    layers : sequence of Layer
        The layers.
    answered : array of bool, shape (nodes,)
        Who answered the survey.
    ties : {"union", "intersection"}
        The rule.

    Returns
    -------
    linkages : Linkages
        The ties.
    dropped : dict of str to int
        Rows (``self_links``, ``zero_weights``) and ties (``unconfirmed``) left out.
    """
    undirected = ~np.array([entry.directed for entry in layers], dtype=bool)
    if reporter is not None and (reporter == NOBODY).all():
        reporter = None
    rows = sorted_rows(source, target, layer, reporter, weight, undirected, len(answered))
    dropped = {"self_links": rows.self_links, "zero_weights": rows.zeros, "unconfirmed": 0}
    if rows.reporter is None or not len(rows.source):
        # Records, each tie once by now; zeros that nobody wrote to take no memory.
        count = len(rows.source)
        none = [np.zeros(count, dtype=bool) for _ in range(3)]
        n_reports = np.zeros(count, dtype=np.int64)
        return Linkages(rows.source, rows.target, rows.layer, rows.weight, n_reports, *none), dropped
    found = _confirmed_by_return(_averaged(rows), layers, len(answered))
    if ties == "intersection":
        both = answered[found.source] & answered[found.target]
        lost = both & ~found.confirmed & (found.n_reports > 0)
        return found.where(~lost), {**dropped, "unconfirmed": int(lost.sum())}
    return found, dropped


def _averaged(rows: SortedRows) -> Linkages:
    """Return the ties that some reporters' rows make, with the mean of their weights."""
    first = starts_of_runs(rows.source, rows.target, rows.layer)
    source, target = rows.source, rows.target
    reporter = np.full(len(source), NOBODY) if rows.reporter is None else rows.reporter
    count = np.diff(np.append(first, len(source)))
    by_source = np.logical_or.reduceat(reporter == source, first)
    by_target = np.logical_or.reduceat(reporter == target, first)
    # Sorted by value, so that the sums see the same numbers in the same order however the rows came.
    weight = np.add.reduceat(sorted_in_runs(rows.weight, first), first) / count
    n_reports = np.add.reduceat((reporter != NOBODY).astype(np.int64), first)
    ties = (source[first], target[first], rows.layer[first], weight, n_reports)
    return Linkages(*ties, by_source & by_target, by_source, by_target)


def _confirmed_by_return(ties: Linkages, layers: Sequence[Layer], nodes: int) -> Linkages:
    """Where only the source was asked, take a tie as confirmed when the other end named this one as well."""
    one_sided = np.array([layer.directed and layer.asked == "source" for layer in layers], dtype=bool)
    if not one_sided.any():
        return ties
    there = (ties.layer * nodes + ties.source) * nodes + ties.target
    back = (ties.layer * nodes + ties.target) * nodes + ties.source
    returned = np.isin(back, there[ties.by_source]) & ties.by_source
    return replace(ties, confirmed=np.where(one_sided[ties.layer], returned | ties.confirmed, ties.confirmed))


def without_reporters(ties: Linkages, silent: NDArray[np.bool_], layers: Sequence[Layer]) -> Linkages:
    """Return the ties as they would stand had some nodes not answered.

    A tie stays when somebody else reported it, an end or a third party, and when it is a record. Its weight stays the
    mean of all reports, because the single reports are not kept.

    Parameters
    ----------
    ties : Linkages
        The ties, t of them.
    silent : array of bool, shape (nodes,)
        Whose reports are left out.
    layers : sequence of Layer
        The layers.

    Returns
    -------
    Linkages
        The ties that are left, in the same order.
    """
    gone_source = ties.by_source & silent[ties.source]
    gone_target = ties.by_target & silent[ties.target]
    n_reports = ties.n_reports - gone_source - gone_target
    by_source, by_target = ties.by_source & ~gone_source, ties.by_target & ~gone_target
    left: dict[str, Any] = {"n_reports": n_reports, "by_source": by_source, "by_target": by_target}
    kept = replace(ties, **left, confirmed=by_source & by_target).where((n_reports > 0) | (ties.n_reports == 0))
    return _confirmed_by_return(kept, layers, len(silent))
