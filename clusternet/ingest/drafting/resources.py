"""The block of a question that names things which are needed or offered."""

from __future__ import annotations

from collections.abc import Mapping

from clusternet.ingest.drafting.answer_lexicon import FACTOR_WORDS
from clusternet.ingest.drafting.items import Item
from clusternet.ingest.drafting.lines import BOUGHT, DECIDE, HEADING, ROWS, SHEET, SOLD, Line, Reason, Table
from clusternet.ingest.drafting.sheets import Sheet, all_known, further_lines, how_found
from clusternet.ingest.drafting.subjects import PARTNER, Role, Subject, role_in_words
from clusternet.ingest.drafting.words import names_one

_COLUMNS = ("factor", "quantity", "unit", "unit_cost")


def resource_table(sheet: Sheet, item: Item, chosen: Mapping[tuple[str, str], Role], above: Subject) -> Table:
    """Return the block of needs or offers that a question gives.

    Parameters
    ----------
    sheet : Sheet
        The sheet; its ``used`` and ``words`` grow.
    item : Item
        The question that names the things.
    chosen : mapping of (table, column) to Role
        The questions about them.
    above : Subject
        Whom they belong to: a partner beside them or around them.

    Returns
    -------
    Table
        Only proposed where nothing says whether they are needed or offered.
    """
    lines = [Line("sheet", sheet.title, ROWS)] if sheet.title else []
    lines.append(Line("resource", item.name, how_found(item, SHEET if sheet.title else HEADING)))
    role, reason = _role(sheet, item, above)
    asked = ("resources", "role") in chosen and all_known(chosen["resources", "role"].item, "role")
    if not asked:
        lines.append(Line("one_role", role or "need", reason))
    if ("resources", "factor") not in chosen:
        factors = [name for name, listed in FACTOR_WORDS.items() if names_one(item.words, listed)]
        # What one needs is a product of somebody, and a material to oneself; the word alone does not say which.
        if len(factors) == 1 and not (factors[0] == "product" and role == "need"):
            lines.append(Line("one_factor", factors[0], HEADING))
    columns = ("role", *_COLUMNS) if asked else _COLUMNS
    further, named = further_lines(sheet, "resources", chosen, columns)
    sure = bool(role) or asked
    if sure:
        sheet.used |= {item.name, *named}
    return Table("resources", [*lines, *further], sure=sure)


def _role(sheet: Sheet, item: Item, above: Subject) -> tuple[str, Reason]:
    """Return need or offer, and what says so; an empty text where nothing does."""
    said = role_in_words([item.name, *item.groups])
    if said and above.about != PARTNER:
        return said, HEADING
    if above.about == PARTNER and above.kind == "supplier":
        return "need", BOUGHT
    if above.about == PARTNER and above.kind == "customer":
        return "offer", SOLD
    said = said or role_in_words(sheet.titles)
    return (said, SHEET) if said else ("", DECIDE)
