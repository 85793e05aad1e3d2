"""The block of a question that names partners: of which layer they are, on which side, how strong the tie is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from clusternet.ingest.drafting.answer_lexicon import LAYER_WORDS, PARTNER_KINDS
from clusternet.ingest.drafting.answers import layer_of, single_answers, without_free_text
from clusternet.ingest.drafting.items import Item
from clusternet.ingest.drafting.lines import (
    ANSWERS,
    COMMAS,
    DECIDE,
    HEADING,
    ROWS,
    SEVERAL,
    SHEET,
    SUBJECT,
    Line,
    Table,
)
from clusternet.ingest.drafting.sheets import Sheet, further_lines, how_found, kind_of_partner
from clusternet.ingest.drafting.subjects import Role
from clusternet.ingest.drafting.values import are_choices
from clusternet.ingest.drafting.words import names_one, words_of
from clusternet.model.settings import Settings

_SEVERAL = re.compile(r"[\n;؛|]")
_COMMA = re.compile("[,،]")
#: What nothing is known about a partner is.
_UNKNOWN = ("", "", "")


def linkage_table(sheet: Sheet, item: Item, chosen: Mapping[tuple[str, str], Role], beside: Sequence[Item]) -> Table:
    """Return the block of linkages that a question gives.

    Parameters
    ----------
    sheet : Sheet
        The sheet; its ``used``, ``words`` and ``hidden`` grow.
    item : Item
        The question that names the partners.
    chosen : mapping of (table, column) to Role
        The questions about them.
    beside : sequence of Item
        All questions among which that about the kind of linkage may be.

    Returns
    -------
    Table
        Only proposed where nothing says of which layer they are.
    """
    kind = kind_of_partner(sheet, item)
    lines = [Line("sheet", sheet.title, ROWS)] if sheet.title else []
    lines.append(Line("partner", item.name, how_found(item, SHEET if sheet.title else HEADING)))
    lines += _several(item)
    # Among the questions about the enterprise many are answered with such words.
    loose = [] if sheet.in_root and not item.is_numbered else beside
    layer = chosen[("linkages", "layer")].item if ("linkages", "layer") in chosen else _by_answers(loose, chosen, kind)
    subject = SUBJECT if sheet.title else HEADING
    words = {} if layer is None else _layer_words(layer, kind, sheet.settings)
    sure = True
    used = [item.name]
    if layer is not None and any(words.values()):
        is_called_so = ("linkages", "layer") in chosen
        words, left_out = without_free_text(words, len(layer.values))
        sheet.hidden["layer"] = sheet.hidden.get("layer", 0) + left_out
        lines.append(Line("layer", layer.name, how_found(layer, HEADING if is_called_so else ANSWERS)))
        used.append(layer.name)
        _, side, _ = PARTNER_KINDS.get(kind, _UNKNOWN)
        if side in ("to", "from"):
            lines.append(Line("side", side, subject))
    else:
        words = {}
        name, side = _one_layer(sheet, item, kind)
        sure = bool(name)
        if layer is not None:
            lines.append(Line("layer", layer.name, DECIDE, sure=False))
        lines.append(Line("one_layer", name or "supply", subject if name else DECIDE))
        lines.append(Line("side", side or "from", subject if name else DECIDE))
    further, named = further_lines(sheet, "linkages", chosen, ("weight", "frequency", "amount", "unit"))
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
        return list(item.answers)
    return single_answers(item.answers, kind) if are_choices(item.answers) and item.kind == "text" else []


def _layer_words(item: Item, kind: str, settings: Settings) -> dict[str, str]:
    """Return what the answers about the kind of linkage mean; an empty text where no word of them is known."""
    found = {}
    for answer in _answers(item, kind):
        own = [
            name
            for name, layer in settings.layers.items()
            if words_of(answer) in (words_of(name), words_of(layer.label))
        ]
        found[answer] = _own_layer(own[0], kind, settings) if own else layer_of(answer, kind)
    return found


def _own_layer(name: str, kind: str, settings: Settings) -> str:
    layer = settings.layers[name]
    side = PARTNER_KINDS.get(kind, _UNKNOWN)[1]
    return f"{name} {(side if side in ('to', 'from') else 'to') if layer.directed else 'with'}"


def _one_layer(sheet: Sheet, item: Item, kind: str) -> tuple[str, str]:
    """Return layer and side of all partners of a question: by its words, by the kind of partner, by the title."""
    heading = item.name.replace("*", " ")
    usual, side, _ = PARTNER_KINDS.get(kind, _UNKNOWN)
    for text in (heading, *(() if usual else sheet.titles)):
        # That inputs are bought from suppliers is what suppliers are for.
        if any(name != "supply" and names_one(words_of(text), listed) for name, _, listed in LAYER_WORDS):
            return _first(layer_of(text, kind))
    return (usual, side) if usual else _first(layer_of(heading, kind))


def _first(meaning: str) -> tuple[str, str]:
    layer, _, side = meaning.split(",")[0].partition(" ")
    return layer, side
