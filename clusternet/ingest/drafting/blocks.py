"""Guessing which questions name partners, and which name things that are needed or offered."""

from __future__ import annotations

from collections.abc import Sequence

from clusternet.ingest.drafting.items import Item
from clusternet.ingest.drafting.lines import Table
from clusternet.ingest.drafting.linkages import linkage_table
from clusternet.ingest.drafting.resources import resource_table
from clusternet.ingest.drafting.sheets import Sheet, kind_of_partner
from clusternet.ingest.drafting.subjects import (
    PARTNER,
    Role,
    Subject,
    names_partner,
    names_thing,
    other_role,
    role_in_words,
    roles_of,
)
from clusternet.ingest.drafting.words import SURE


def guess_blocks(sheet: Sheet) -> list[Table]:
    """Return the blocks of linkages and of resources that a sheet gives.

    Parameters
    ----------
    sheet : Sheet
        The sheet; its ``used`` and ``words`` grow.

    Returns
    -------
    list of Table
        In the order of the questions.
    """
    heads = _heads(sheet)
    found: list[Table] = []
    for number, (item, is_partner) in enumerate(heads):
        beside = _beside(sheet, item, heads, number)
        thing = None if sheet.in_root or not is_partner else _thing_beside(beside, sheet)
        roles = roles_of(
            [other for other in beside if other is not thing],
            tables=["linkages", *(["resources"] if thing is not None else [])] if is_partner else ["resources"],
        )
        chosen = _chosen(roles)
        if is_partner:
            linkage = linkage_table(sheet, item, chosen, beside)
            found.append(linkage)
            if thing is not None:
                kind = kind_of_partner(sheet, item)
                found.append(resource_table(sheet, thing, chosen, Subject(PARTNER, kind)))
        else:
            found.append(resource_table(sheet, item, chosen, sheet.above))
    return found


def _heads(sheet: Sheet) -> list[tuple[Item, bool]]:
    """Return the questions that name a partner (True) or a thing, in their order; in most sheets one alone."""
    least = {item.name: max(SURE, other_role(item)) for item in sheet.items}
    named = {item.name: names_partner(item, sheet.subject, in_root=sheet.in_root) for item in sheet.items}
    partners = [item for item in sheet.items if named[item.name] >= least[item.name]]
    things = [item for item in sheet.items if names_thing(item, sheet.subject) >= least[item.name]]
    things = [item for item in things if item not in partners]
    if sheet.in_root:
        # Among the questions about the enterprise only what says need or offer is one or the other.
        things = [item for item in things if role_in_words([item.name, *item.groups])]
    elif partners:
        things = []
    elif not things and sheet.subject.about and len(sheet.items) == 1 and sheet.items[0].kind == "text":
        # The only question of a sheet is about what the sheet is about.
        (partners if sheet.subject.about == PARTNER else things).append(sheet.items[0])
    return [(item, item in partners) for item in sheet.items if item in partners or item in things]


def _beside(sheet: Sheet, item: Item, heads: Sequence[tuple[Item, bool]], number: int) -> list[Item]:
    """Return the questions about a partner or thing: behind it up to the next one, numbered as it is."""
    at = sheet.items.index(item)
    last = sheet.items.index(heads[number + 1][0]) if number + 1 < len(heads) else len(sheet.items)
    first = at + 1 if sheet.in_root or number else 0
    others = [other for other in sheet.items[first:last] if other is not item]
    return [other for other in others if other.is_numbered == item.is_numbered]


def _thing_beside(beside: Sequence[Item], sheet: Sheet) -> Item | None:
    fits = [item for item in beside if names_thing(item, sheet.subject) >= max(SURE, other_role(item))]
    return max(fits, key=lambda item: names_thing(item, sheet.subject), default=None)


def _chosen(roles: Sequence[Role]) -> dict[tuple[str, str], Role]:
    """Return one question for each column, each question once."""
    found: dict[tuple[str, str], Role] = {}
    taken: set[str] = set()
    for role in roles:
        key = (role.table, role.column)
        if role.score >= SURE and key not in found and role.item.name not in taken:
            found[key] = role
            taken.add(role.item.name)
    return found
