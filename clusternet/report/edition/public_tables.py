"""The tables of an edition: groups and cells large enough to be shown, everything else kept back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.messages import mark
from clusternet.model.sectors import sector_label
from clusternet.report.edition.audit import Audit
from clusternet.report.edition.groups import Groups
from clusternet.report.edition.sum_table import Rules, Sum, SumTable, cross_table
from clusternet.report.edition.suppression import kept_back, sensitive_cells
from clusternet.report.exports.graph import ExportGraph

#: What stands in a cell that is kept back, as statistical offices write it.
CONFIDENTIAL = "c"
#: The scores that an edition tells. Left out: those that are one member's (the worst of something), those made of money
#: or of named resources, and those from which the mixture of sectors could be worked out.
SHOWN_SCORES = (
    *("density", "conductance", "average_out_share", "ei_index", "modularity_contribution", "transitivity"),
    *("structural_cohesion", "reach_efficiency", "largest_component_share", "reciprocity"),
    *("glue_reach", "glue_density", "glue_breadth"),
    *("need_coverage", "stage_coverage", "structural_complementarity", "fit_density", "fit_balance", "realised_fit"),
    *("capability_redundancy", "cut_member_share"),
)
#: Amounts that are added up by group; each is a number of people.
AMOUNTS = ("workers", "women_workers", "youth_workers")
#: What enterprises are counted by, beside their group.
TRAITS = ("sector", "stage", "place")
_OTHER, _ALL = "other", "all"
_DIGITS = 3
#: A cell that is kept back: table, row, column, why, and between which values a reader can place it.
_Kept = tuple[str, str, str, str, float, float]
_COMPOSITION = ("group", "trait", "category", "enterprises")


@dataclass(frozen=True, eq=False)
class PublicTables:
    """What an edition shows, and what it keeps back.

    Parameters
    ----------
    clusters, composition, between : DataFrame
        The tables of the edition, as texts; :data:`CONFIDENTIAL` stands for a cell that is kept back.
    audit : DataFrame
        For the office: each cell kept back, why, and between which values a reader can place it.
    """

    clusters: pd.DataFrame
    composition: pd.DataFrame
    between: pd.DataFrame
    audit: pd.DataFrame

    @property
    def shown(self) -> dict[str, pd.DataFrame]:
        """The tables of the edition by name."""
        return {"clusters": self.clusters, "composition": self.composition, "between": self.between}


def group_names(count: int) -> list[str]:
    """Return the names of the rows of a table by group: the groups, the others, all.

    Examples
    --------
    >>> group_names(2)
    ['1', '2', 'other', 'all']
    """
    return [*(str(number + 1) for number in range(count)), _OTHER, _ALL]


def public_tables(graph: ExportGraph, groups: Groups, rules: Rules, *, left_out: Collection[str] = ()) -> PublicTables:
    """Return the tables of an edition.

    Parameters
    ----------
    graph : ExportGraph
        The office's result.
    groups : Groups
        The groups that are shown.
    rules : Rules
        When a cell says too much.
    left_out : collection of str
        Amounts and traits that are not told at all.
    """
    audit: list[_Kept] = []
    sizes, size_table, hidden, known = _sizes(groups, rules)
    rows = group_names(groups.n_groups)
    _note(audit, "clusters", [(name, "size") for name in rows], sensitive_cells(size_table, rules), hidden, known)
    columns: dict[str, list[str]] = {"group": rows, "size": sizes}
    # What is told of all workers bounds what can be told of women and of youths.
    most = np.full(groups.n_groups + 2, np.inf)
    for amount in AMOUNTS:
        texts, table, hidden, known = _amounts(groups, amount, rules, most)
        if amount == "workers":
            most = np.where(hidden | (table.contributors == 0), np.inf, table.values)
        if amount not in left_out:
            _note(audit, "clusters", [(name, amount) for name in rows], sensitive_cells(table, rules), hidden, known)
            columns[amount] = texts
    clusters = pd.DataFrame({**columns, **_scores(graph, groups, audit)})
    counted = [
        _composition(groups, trait, rules, shown_sizes=sizes, audit=audit) for trait in TRAITS if trait not in left_out
    ]
    composition = pd.concat([pd.DataFrame(columns=list(_COMPOSITION), dtype=object), *counted], ignore_index=True)
    listed = pd.DataFrame(audit, columns=["table", "row", "column", "reason", "low", "high"])
    return PublicTables(clusters, composition, _between(graph, groups, rules), listed)


def _note(
    audit: list[_Kept],
    name: str,
    cells: Sequence[tuple[str, str]],
    own: NDArray[np.bool_],
    hidden: NDArray[np.bool_],
    known: Audit,
) -> None:
    """List the cells that are kept back, with what a reader can work out about each."""
    for position in np.flatnonzero(hidden).tolist():
        reason = "says too much" if own[position] else "protects another cell"
        audit.append((name, *cells[position], reason, *known.interval(position)))


def _texts(values: NDArray[np.float64], hidden: NDArray[np.bool_]) -> list[str]:
    return [CONFIDENTIAL if kept else format(value, ".12g") for value, kept in zip(values, hidden, strict=True)]


def _sizes(groups: Groups, rules: Rules) -> tuple[list[str], SumTable, NDArray[np.bool_], Audit]:
    """Return how many enterprises each group has; the number of others may be too small to tell."""
    counts = np.append(groups.sizes, (groups.group < 0).sum())
    values = np.append(counts, counts.sum()).astype(np.float64)
    shown = np.arange(len(values)) < groups.n_groups
    table = SumTable(
        values, values.astype(np.int64), [Sum(len(values) - 1, tuple(range(len(values) - 1)))], fixed=shown
    )
    hidden, known = kept_back(table, rules)
    return _texts(values, hidden), table, hidden, known


def _amounts(
    groups: Groups, column: str, rules: Rules, most: NDArray[np.float64]
) -> tuple[list[str], SumTable, NDArray[np.bool_], Audit]:
    """Return an amount by group, the others and all; an enterprise that told none is not counted."""
    values = groups.members[column].to_numpy(dtype=np.float64)
    known = ~np.isnan(values)
    parts = [values[known & (groups.row == row)] for row in range(groups.n_groups + 1)]
    table = SumTable.of_contributions(
        [*parts, values[known]], [Sum(groups.n_groups + 1, tuple(range(groups.n_groups + 1)))], most
    )
    hidden, audit = kept_back(table, rules)
    texts = [
        "" if not told else text
        for text, told in zip(_texts(table.values, hidden), table.contributors.tolist(), strict=True)
    ]
    return texts, table, hidden, audit


def _scores(graph: ExportGraph, groups: Groups, audit: list[_Kept]) -> dict[str, list[str]]:
    """Return verdict and scores of each group, rounded; the others and all have none.

    They follow from all members of a group. Where fewer than half of these agreed to be counted, the scores would speak
    mostly of those who did not, and are kept back.
    """
    table = graph.tables["clusters"].set_index("cluster").reindex(groups.cluster)
    members = graph.nodes.loc[~graph.nodes["outside"], "cluster"].value_counts().reindex(groups.cluster)
    silent = groups.sizes * 2 < members.to_numpy(dtype=np.int64)
    found: dict[str, list[str]] = {"verdict": table["verdict"].astype(object).tolist()}
    for name in ("cohesion_index", "complementarity_index", *SHOWN_SCORES):
        if name in table.columns:
            values = table[name].to_numpy(dtype=np.float64)
            found[name] = [
                "" if np.isnan(value) else format(float(format(value, f".{_DIGITS}g")), "g") for value in values
            ]
    for name, texts in found.items():
        for group in np.flatnonzero(silent).tolist():
            if texts[group]:
                audit.append(("clusters", str(group + 1), name, "few of the members agreed", np.nan, np.nan))
                texts[group] = CONFIDENTIAL
        texts += ["", ""]
    return found


def categories(groups: Groups, trait: str, rules: Rules) -> tuple[list[str], NDArray[np.int64]]:
    """Return the names of the categories that enough enterprises share, and that of each enterprise, the last: other.

    A sector is counted by its division. A name that few have could be one enterprise's own words.
    """
    given = groups.members[trait].astype(object)
    if trait == "sector":
        given = given.map(lambda code: code[:2] if sector_label(code) else "")
    counts = given[given.ne("")].value_counts()
    names = sorted(str(name) for name, count in counts.items() if count >= rules.minimum)
    place = {name: number for number, name in enumerate(names)}
    return names, given.map(lambda name: place.get(name, len(names))).to_numpy(dtype=np.int64)


def _composition(
    groups: Groups,
    trait: str,
    rules: Rules,
    *,
    shown_sizes: Sequence[str],
    audit: list[_Kept],
) -> pd.DataFrame:
    names, column = categories(groups, trait, rules)
    shape = (groups.n_groups + 1, len(names) + 1)
    if not names:
        return pd.DataFrame(columns=list(_COMPOSITION), dtype=object)
    # The margin of sizes is told, or kept back, in the table of groups already.
    told = np.array([text != CONFIDENTIAL for text in shown_sizes])
    margin = np.zeros((shape[0] + 1, shape[1] + 1), dtype=bool)
    margin[:, -1] = True
    table = cross_table(groups.row, column, shape, told)
    untold = margin.copy()
    untold[told] = False
    hidden, known = kept_back(table, rules, untold.ravel())
    rows = group_names(groups.n_groups)
    cells = [(row, f"{trait}: {name}") for row in rows for name in (*names, _OTHER, _ALL)]
    _note(audit, "composition", cells, sensitive_cells(table, rules), hidden & ~margin.ravel(), known)
    frame = pd.DataFrame(
        {
            "group": np.repeat(np.array(rows, dtype=object), shape[1] + 1),
            "trait": trait,
            "category": np.tile(np.array([*names, _OTHER, _ALL], dtype=object), shape[0] + 1),
            "enterprises": _texts(table.values, hidden),
        }
    )
    return frame[~margin.ravel()].reset_index(drop=True)


def _between(graph: ExportGraph, groups: Groups, rules: Rules) -> pd.DataFrame:
    """Return which groups are linked by enough enterprises on either side; neither numbers nor weights are told."""
    place = dict(zip(groups.members["id"], groups.group.tolist(), strict=True))
    member = np.array([place.get(identifier, -1) for identifier in graph.ids], dtype=np.int64)
    flat = graph.flat
    ends = flat[["first", "second"]].to_numpy(dtype=np.int64)
    both = np.concatenate([ends, ends[:, ::-1]]) if len(ends) else np.zeros((0, 2), dtype=np.int64)
    own, other = member[both[:, 0]], member[both[:, 1]]
    across = (own >= 0) & (other >= 0) & (own != other)
    linked = pd.DataFrame({"own": own[across], "other": other[across], "node": both[across, 0]}).drop_duplicates()
    ways, counts = np.unique(linked[["own", "other"]].to_numpy(dtype=np.int64), axis=0, return_counts=True)
    enough = {(one, two) for one, two in ways[counts >= rules.minimum].tolist()}
    rows = [(str(one + 1), str(two + 1)) for one, two in sorted(enough) if one < two and (two, one) in enough]
    return pd.DataFrame(rows, columns=["group", "other_group"], dtype=object)


def described_category(trait: str, category: str, language: str) -> str:
    """Return a category as a reader sees it."""
    return (
        f"{category} {sector_label(category, language)}" if trait == "sector" and sector_label(category) else category
    )


TRAIT_LABELS = {"sector": mark("Sector"), "stage": mark("Stage"), "place": mark("Place")}
