"""``aliases.csv`` beside a survey: what was decided about names, so that nobody is asked twice."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from clusternet.errors import shown
from clusternet.ingest.findings import Place
from clusternet.ingest.names import clean_key, normalised_name
from clusternet.ingest.source import Source
from clusternet.ingest.tables import read_table
from clusternet.messages import mark
from clusternet.model.matching import ALIASES_FILE, DUPLICATE, PARTNER, Decision, other_of

_COLUMNS = ("kind", "text", "enterprise_id")


@dataclass(frozen=True, eq=False)
class Aliases:
    """What was decided about names.

    Parameters
    ----------
    decisions : tuple of Decision
        Every decision, in the order of the file, also those about enterprises that the register lacks.
    partners : mapping of str to str
        For each name, normalised, the id of the enterprise that is meant; empty where it is none of the register.
    merged : mapping of str to str
        For each id that is another enterprise under a second id, the id that stays.
    different : frozenset of str
        The pairs of ids that are two enterprises.
    """

    decisions: tuple[Decision, ...] = ()
    partners: Mapping[str, str] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)
    different: frozenset[str] = frozenset()


def read_aliases(source: Source, ids: pd.Index) -> Aliases:
    """Read the decisions about names that lie beside a survey, if there are any.

    Parameters
    ----------
    source : Source
        The survey being read; takes A21 and the like for the file itself, C04 for a row that is no decision or
        contradicts another one, and C18, a warning, for an id that the register lacks.
    ids : Index of str
        The ids of the register.

    Returns
    -------
    Aliases
        What was decided; of no effect where the register lacks the enterprise.
    """
    path = source.folder / ALIASES_FILE
    if not path.is_file() or path == source.path:
        return Aliases()
    # The file is ours: how the survey's own files are written says nothing about it.
    plain = dataclasses.replace(source.options, separator="", encoding="", decimal=".", thousands="", allow_empty=True)
    table = read_table(path, dataclasses.replace(source, options=plain), required=_COLUMNS[:2], known=_COLUMNS)
    if table is None:
        return Aliases()
    rows = table.rows.reindex(columns=list(_COLUMNS)).fillna("")
    found: dict[tuple[str, str], tuple[int, Decision]] = {}
    for row, kind, text, identifier in rows.itertuples():
        decision = Decision(kind.strip().casefold(), text, clean_key(identifier))
        if _is_sound(decision, int(row), table.place, source):
            _add(decision, int(row), found, table.place, source)
    every = tuple(decision for _, decision in found.values())
    decisions = [decision for row, decision in found.values() if _is_known(decision, row, table.place, source, ids)]
    merged = _merged([decision for decision in decisions if decision.kind == DUPLICATE and decision.enterprise_id])
    return Aliases(
        every,
        {
            normalised_name(decision.text): merged.get(decision.enterprise_id, decision.enterprise_id)
            for decision in decisions
            if decision.kind == PARTNER
        },
        merged,
        frozenset(decision.text for decision in decisions if decision.kind == DUPLICATE and not decision.enterprise_id),
    )


def _is_sound(decision: Decision, row: int, place: Place, source: Source) -> bool:
    """Note a row that is no decision."""
    if decision.kind not in (PARTNER, DUPLICATE):
        template = mark('"{value}" is no kind of decision; expected one of: {known}. Correct it or drop the row.')
        about = {"row": row, "column": "kind", "value": shown(decision.kind), "known": f"{PARTNER}, {DUPLICATE}"}
        source.findings.error("C04", template, place, **about)
        return False
    if decision.kind == DUPLICATE and decision.enterprise_id and not other_of(decision.text, decision.enterprise_id):
        template = mark(
            'The id "{value}" is none of the two that the column text names; expected text such as "E5 | E9" and '
            "one of the two as enterprise_id, or nothing where they are different."
        )
        value = shown(decision.enterprise_id)
        source.findings.error("C04", template, place, row=row, column="enterprise_id", value=value)
        return False
    return True


def _is_known(decision: Decision, row: int, place: Place, source: Source, ids: pd.Index) -> bool:
    """Note a decision about an enterprise that the register lacks: the register may have changed since."""
    named = [decision.enterprise_id] if decision.enterprise_id else []
    if decision.kind == DUPLICATE and decision.enterprise_id:
        named.append(other_of(decision.text, decision.enterprise_id))
    for identifier in named:
        if identifier not in ids:
            template = mark(
                '"{value}" is not in the register, so that this decision was left out; correct the id or drop the row.'
            )
            source.findings.warning("C18", template, place, row=row, column="enterprise_id", value=shown(identifier))
            return False
    return True


def _add(
    decision: Decision, row: int, found: dict[tuple[str, str], tuple[int, Decision]], place: Place, source: Source
) -> None:
    """Add a decision, or note that it contradicts an earlier one."""
    key = decision.kind, normalised_name(decision.text) if decision.kind == PARTNER else decision.text
    if key not in found:
        found[key] = row, decision
        return
    first, before = found[key]
    if before.enterprise_id != decision.enterprise_id:
        template = mark("The same text stands in row {first} with another enterprise_id; keep one of the two rows.")
        value = shown(decision.text, confidential=decision.kind == PARTNER)
        source.findings.error("C04", template, place, row=row, column="text", value=value, first=first)


def _merged(decisions: list[Decision]) -> dict[str, str]:
    """Return for each id that goes the id that stays, whatever the order in which more than two were said to be one."""
    group: dict[str, set[str]] = {}
    gone = set()
    for decision in decisions:
        other = other_of(decision.text, decision.enterprise_id)
        gone.add(other)
        together = group.get(decision.enterprise_id, {decision.enterprise_id}) | group.get(other, {other})
        group.update(dict.fromkeys(together, together))
    kept = {}
    for identifier, together in group.items():
        stays = min(together - gone or together)
        if identifier != stays:
            kept[identifier] = stays
    return kept


def joined_decisions(before: Iterable[Decision], new: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return all decisions, each about one text or pair once, the newest; in the order of kind and text.

    Parameters
    ----------
    before, new : iterable of Decision
        The decisions, older ones first.

    Returns
    -------
    tuple of Decision
        As ``aliases.csv`` shall hold them.
    """
    found = {}
    for decision in (*before, *new):
        found[decision.kind, normalised_name(decision.text) if decision.kind == PARTNER else decision.text] = decision
    return tuple(found[key] for key in sorted(found))
