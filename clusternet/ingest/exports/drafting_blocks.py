"""Guessing which questions name partners, and which name things that are needed or offered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from clusternet.ingest.exports.drafting_answers import layer_of, single_answers, words_for
from clusternet.ingest.exports.drafting_items import Item
from clusternet.ingest.exports.drafting_lines import (
    ANSWERS,
    BOUGHT,
    CHOICES,
    COMMAS,
    DECIDE,
    HEADING,
    NUMBERED,
    NUMBERS,
    ROWS,
    SEVERAL,
    SHEET,
    SOLD,
    SUBJECT,
    Line,
    Reason,
    Table,
    distinct,
)
from clusternet.ingest.exports.drafting_subjects import (
    PARTNER,
    Role,
    Subject,
    names_partner,
    names_thing,
    other_role,
    partner_kind,
    role_in_words,
    roles_of,
)
from clusternet.ingest.exports.drafting_values import are_choices, is_number, kind_of
from clusternet.ingest.exports.drafting_words import SURE, names_one, words_of
from clusternet.ingest.exports.lexicon_answers import FACTOR_WORDS, LAYER_WORDS, PARTNER_KINDS
from clusternet.model.settings import Settings

_SEVERAL = re.compile(r"[\n;؛|]")
_COMMA = re.compile("[,،]")


@dataclass(eq=False)
class Sheet:
    """One sheet whose questions are looked through.

    Parameters
    ----------
    title : str
        What the mapping calls it; empty for the submissions.
    items : list of Item
        Its questions that are not used yet.
    subject, above : Subject
        What it is about, and what the sheet around it is about.
    titles : sequence of str
        Everything that it is called.
    settings : Settings
        Those of the study, with its own layers.
    used : set of str
        The questions that a sure line uses; grows.
    words : dict
        The answers of lists, by column of ours; grows.
    """

    title: str
    items: list[Item]
    subject: Subject
    above: Subject
    titles: Sequence[str]
    settings: Settings
    used: set[str] = field(default_factory=set)
    words: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def in_root(self) -> bool:
        """Whether it is the sheet of the submissions."""
        return not self.title


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
            linkage = _linkages(sheet, item, chosen, beside)
            found.append(linkage)
            if thing is not None:
                kind = _kind_of_partner(sheet, item)
                found.append(_resources(sheet, thing, chosen, Subject(PARTNER, kind)))
        else:
            found.append(_resources(sheet, item, chosen, sheet.above))
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
    elif not things and sheet.subject.about and len(sheet.items) == 1 and kind_of(sheet.items[0].values) == "text":
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


# ---------------------------------------------------------------------- linkages
def _kind_of_partner(sheet: Sheet, item: Item) -> str:
    own = partner_kind(item)
    return own if own and own != "partner" else sheet.subject.kind or own


def _linkages(sheet: Sheet, item: Item, chosen: Mapping[tuple[str, str], Role], beside: Sequence[Item]) -> Table:
    kind = _kind_of_partner(sheet, item)
    lines = [Line("sheet", sheet.title, ROWS)] if sheet.title else []
    lines.append(Line("partner", item.name, _how(item, SHEET if sheet.title else HEADING)))
    lines += _several(item)
    layer = chosen[("linkages", "layer")].item if ("linkages", "layer") in chosen else _by_answers(beside, chosen, kind)
    words = {} if layer is None else _layer_words(layer, kind, sheet.settings)
    sure = True
    used = [item.name]
    if layer is not None and any(words.values()):
        named = ("linkages", "layer") in chosen
        lines.append(Line("layer", layer.name, _how(layer, HEADING if named else ANSWERS)))
        used.append(layer.name)
        _, side, _ = PARTNER_KINDS.get(kind, ("", "", ""))
        if side in ("to", "from"):
            lines.append(Line("side", side, SUBJECT))
    else:
        words = {}
        name, side = _one_layer(sheet, item, kind)
        sure = bool(name)
        if layer is not None:
            lines.append(Line("layer", layer.name, DECIDE, sure=False))
        lines.append(Line("one_layer", name or "supply", SUBJECT if name else DECIDE))
        lines.append(Line("side", side or "from", SUBJECT if name else DECIDE))
    further, named = _further(sheet, "linkages", chosen, ("weight", "frequency", "amount", "unit"))
    if sure:
        sheet.used |= {*used, *named}
    return Table("linkages", [*lines, *further], words, sure=sure)


def _several(item: Item) -> list[Line]:
    """Return that cells hold several partners, where they do; numbered columns hold one each."""
    if item.choices or item.is_numbered:
        return []
    if any(_SEVERAL.search(str(cell).strip()) for cell in item.values):
        return [Line("several", True, SEVERAL)]
    if len(item.values) and sum(bool(_COMMA.search(str(cell))) for cell in item.values) * 2 > len(item.values):
        return [Line("several", True, COMMAS, sure=False)]
    return []


def _by_answers(beside: Sequence[Item], chosen: Mapping[tuple[str, str], Role], kind: str) -> Item | None:
    """Return the question all of whose answers mean layers, where none is called so."""
    taken = {role.item.name for role in chosen.values()}
    for item in beside:
        answers = _answers(item, kind)
        if item.name not in taken and answers and all(layer_of(answer, kind) for answer in answers):
            return item
    return None


def _answers(item: Item, kind: str) -> list[str]:
    if item.choices:
        return list(item.choices)
    cells = [str(cell) for cell in item.values.unique()]
    return single_answers(cells, kind) if are_choices(cells) and kind_of(item.values) == "text" else []


def _layer_words(item: Item, kind: str, settings: Settings) -> dict[str, str]:
    """Return what the answers about the kind of linkage mean; an empty text where no word of them is known."""
    found = {}
    for answer in _answers(item, kind):
        own = [
            name
            for name, layer in settings.layers.items()
            if words_of(answer) in (words_of(name), words_of(layer.label))
        ]
        found[answer] = f"{own[0]} with" if own else layer_of(answer, kind)
    return found


def _one_layer(sheet: Sheet, item: Item, kind: str) -> tuple[str, str]:
    """Return layer and side of all partners of a question: by its words, by the kind of partner, by the title."""
    heading = item.name.replace("*", " ")
    for text in (heading, *sheet.titles):
        words = words_of(text)
        for name, _, listed in LAYER_WORDS:
            # That inputs are bought from suppliers is what suppliers are for.
            if name != "supply" and names_one(words, listed):
                layer, _, side = layer_of(text, kind).partition(" ")
                return layer, side.split(",")[0]
        name, side, _ = PARTNER_KINDS.get(kind, ("", "", ""))
        if name:
            return name, side
    meaning = layer_of(heading, kind).split(",")[0]
    layer, _, side = meaning.partition(" ")
    return layer, side


# ---------------------------------------------------------------------- resources
def _resources(sheet: Sheet, item: Item, chosen: Mapping[tuple[str, str], Role], above: Subject) -> Table:
    lines = [Line("sheet", sheet.title, ROWS)] if sheet.title else []
    lines.append(Line("resource", item.name, _how(item, SHEET if sheet.title else HEADING)))
    role, reason = _role(sheet, item, above)
    asked = ("resources", "role") in chosen and _all_known(chosen["resources", "role"].item, "role")
    if not asked:
        lines.append(Line("one_role", role or "need", reason))
    if ("resources", "factor") not in chosen:
        words = [word for tail in item.tails for word in tail]
        factors = [name for name, listed in FACTOR_WORDS.items() if names_one(words, listed)]
        # What one needs is a product of somebody, and a material to oneself; the word alone does not say which.
        if len(factors) == 1 and not (factors[0] == "product" and role == "need"):
            lines.append(Line("one_factor", factors[0], HEADING))
    columns = ("role", "factor", "quantity", "unit", "unit_cost") if asked else ("factor", "quantity", "unit", "unit_cost")
    further, named = _further(sheet, "resources", chosen, columns)
    sure = bool(role) or asked
    if sure:
        sheet.used |= {item.name, *named}
    return Table("resources", [*lines, *further], sure=sure)


def _role(sheet: Sheet, item: Item, above: Subject) -> tuple[str, Reason]:
    said = role_in_words([item.name, *item.groups])
    if said and above.about != PARTNER:
        return said, HEADING
    if above.about == PARTNER and above.kind == "supplier":
        return "need", BOUGHT
    if above.about == PARTNER and above.kind == "customer":
        return "offer", SOLD
    said = said or role_in_words(sheet.titles)
    return (said, SHEET) if said else ("", DECIDE)


# ---------------------------------------------------------------------- lines
def _all_known(item: Item, column: str) -> bool:
    answers = [str(answer) for answer in item.values.unique()]
    return are_choices(answers) and all(words_for(column, answers, ()).values())


def _further(
    sheet: Sheet, table: str, chosen: Mapping[tuple[str, str], Role], columns: Sequence[str]
) -> tuple[list[Line], list[str]]:
    """Return the lines of further columns, and the questions that sure ones of them use."""
    lines: list[Line] = []
    used: list[str] = []
    for column in columns:
        if (table, column) not in chosen:
            continue
        item = chosen[table, column].item
        answers = [str(answer) for answer in item.values.unique()]
        sure = True
        if column in ("weight", "factor", "role"):
            words = words_for(column, answers, ())
            sure = all(words.values()) if words else column == "weight" and all(is_number(answer) for answer in answers)
            sure = sure or (not words and all(answer in FACTOR_WORDS for answer in answers))
            if words and any(words.values()):
                sheet.words.setdefault(column, {}).update(words)
        usual = NUMBERS if kind_of(item.values) == "number" else HEADING
        usual = distinct(len(answers)) if column in ("frequency", "unit", "factor") and are_choices(answers) else usual
        lines.append(Line(column, item.name, _how(item, usual) if sure else DECIDE, sure=sure))
        used += [item.name] if sure else []
    return lines, used


def _how(item: Item, usual: Reason) -> Reason:
    return CHOICES if item.choices else NUMBERED if item.is_numbered else usual
