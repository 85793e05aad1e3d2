"""What an edition told: of which enterprises together each of its numbers speaks, under keyed hashes only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clusternet.report.edition.groups import Groups
from clusternet.report.edition.pseudonyms import pseudonym
from clusternet.report.edition.public_tables import AMOUNTS, CONFIDENTIAL, TRAITS, PublicTables, categories, group_names
from clusternet.report.edition.sum_table import Rules

#: The row of enterprises in no group, and that of all together, as the register names them.
OTHERS, ALL = "others", "all"


def told_entry(tables: PublicTables, groups: Groups, rules: Rules, key: bytes) -> dict[str, Any]:
    """Return what the register of editions keeps of an edition, beside where it came from.

    Parameters
    ----------
    tables : PublicTables
        The tables of the edition.
    groups : Groups
        Its groups.
    rules : Rules
        When a cell says too much.
    key : bytes
        The key of the pseudonyms, under which the names of categories are hashed too.

    Returns
    -------
    dict
        ``groups``: the pseudonyms of each row. ``told``: for the sizes and each amount the rows whose number is told.
        ``traits``: for each trait ``categories``, the pseudonyms of each, and ``told``, the pairs of row and category
        whose number is told. No number, name or value is among them.
    """
    rows = [*(str(number) for number in range(groups.n_groups)), OTHERS, ALL]
    named = dict(zip(group_names(groups.n_groups), rows, strict=True))
    told = {
        column: [row for row, text in zip(rows, tables.clusters[column], strict=True) if text not in ("", CONFIDENTIAL)]
        for column in ("size", *AMOUNTS)
        if column in tables.clusters
    }
    traits = {}
    for trait in TRAITS:
        names, column = categories(groups, trait, rules)
        hashes = [pseudonym(key, f"{trait} {name}") for name in (*names, "")]
        part = tables.composition[tables.composition["trait"].eq(trait)]
        if len(part):
            hashed = dict(zip((*names, part["category"].iloc[len(names)]), hashes, strict=True))
            traits[trait] = {
                "categories": {
                    name: groups.pseudonyms[column == number].tolist() for number, name in enumerate(hashes)
                },
                "told": [
                    [named[group], hashed[category]]
                    for group, category, text in part[["group", "category", "enterprises"]].itertuples(index=False)
                    if text != CONFIDENTIAL
                ],
            }
    return {"groups": groups.memberships(), "told": told, "traits": traits}


def told_rows(entry: Mapping[str, Any], column: str) -> list[str]:
    """Return the rows of an edition whose number is told; all of them where an older register does not say."""
    if "told" not in entry:
        return [*entry["groups"], ALL]
    return list(entry["told"].get(column, ()))


def told_groups(entry: Mapping[str, Any], column: str) -> dict[str, list[str]]:
    """Return the members of each row whose number is told, and of the other rows together where their sum is known."""
    told = told_rows(entry, column)
    groups = {row: list(members) for row, members in entry["groups"].items() if row in told}
    rest = [name for row, members in entry["groups"].items() if row not in told for name in members]
    return {**groups, ALL: rest} if ALL in told and rest else groups
