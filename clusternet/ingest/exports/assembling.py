"""From the parts of an export and the plan of blocks to the tables of the contract, each row knowing where it stood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.errors import shown
from clusternet.ingest.exports.blocks import SIDES, Block, Field
from clusternet.ingest.exports.export import Export
from clusternet.ingest.exports.mapping_checks import NO_SIDE
from clusternet.ingest.findings import Origin, Place
from clusternet.ingest.names import clean_key
from clusternet.ingest.settings import SETTINGS_FILE
from clusternet.ingest.source import Source, TextTable
from clusternet.model.schema import SCHEMA
from clusternet.model.settings import Settings

_PLACE = ("latitude", "longitude")


def tables_of(export: Export, blocks: Sequence[Block], source: Source) -> dict[str, TextTable]:
    """Return the tables that the blocks describe.

    Parameters
    ----------
    export : Export
        The parts.
    blocks : sequence of Block
        One of enterprises at least.
    source : Source
        The survey being read; takes E09: a layer with a direction of which nobody says where the partner stands.

    Returns
    -------
    dict of str to TextTable
        Text; the places know file, sheet, row and column of every cell.
    """
    ids = _identifiers(export, [block for block in blocks if block.table == "enterprises"])
    tables: dict[str, TextTable] = {}
    for name in SCHEMA:
        pieces = [_piece(export, block, ids, source) for block in blocks if block.table == name]
        if pieces:
            place = Place(export.parts[export.root].place.file)
            tables[name] = (
                _without_bare_products(_joined(pieces, place), pieces) if name == "recipes" else _joined(pieces, place)
            )
    return tables


def _identifiers(export: Export, blocks: Sequence[Block]) -> NDArray[np.object_]:
    """Return the id of each submission's enterprise: its own, else that of the submission, else its row."""
    root = export.parts[export.root]
    ids = np.array([f"R{row}" for row in root.rows.index], dtype=object)
    if export.submission in root.headers:
        given = root.rows[export.submission].fillna("").to_numpy(dtype=object)
        ids = np.where(given != "", given, ids)
    for block in blocks:
        if "enterprise_id" in block.fields:
            own = _texts(export, block, block.fields["enterprise_id"])
            ids = np.where(_is_filled(own), own, ids)
    return ids


def _texts(export: Export, block: Block, field: Field) -> NDArray[np.object_]:
    """Return a field's answers for each row of the block, not yet taken apart; empty where there is none."""
    n = len(export.parts[block.part].rows)
    if field.column is None:
        return np.full(n, field.fixed, dtype=object)
    part = field.part or block.part
    values = field.column.answers(export.parts[part].rows).fillna("").to_numpy(dtype=object)
    at = np.arange(n)
    title = block.part
    while title != part:
        at = export.parts[title].parent_at[at]
        title = export.parts[title].parent
    values = values[at]
    if field.several:
        return values
    codes, distinct = pd.factorize(values)
    meanings = np.array([field.meaning(str(text)) if text else "" for text in distinct], dtype=object)
    return np.asarray(meanings[codes] if len(distinct) else values, dtype=object)


def _is_filled(texts: NDArray[np.object_]) -> NDArray[np.bool_]:
    return np.array([bool(str(text).strip()) for text in texts], dtype=bool)


class _Piece:
    """The rows that one block gives, with the position in its part that each comes from."""

    def __init__(
        self,
        export: Export,
        block: Block,
        columns: dict[str, NDArray[np.object_]],
        at: NDArray[np.int64],
    ) -> None:
        part = export.parts[block.part]
        self.columns = columns
        self.entries = _entries(export, block, at) if block.table == "recipes" else []
        self.rows = part.rows.index.to_numpy(dtype=np.int64)[at]
        self.sheet = (part.place.file, part.place.sheet)
        self.headers = {name: entry.column.header for name, entry in block.fields.items() if entry.column is not None}
        if block.table == "linkages" and "target" in self.headers:
            # The partner is the source or the target, as the respondent's side has it.
            self.headers["source"] = self.headers["target"]
        if "location" in self.headers:
            self.headers |= dict.fromkeys(_PLACE, self.headers["location"])


def _piece(export: Export, block: Block, ids: NDArray[np.object_], source: Source) -> _Piece:
    needed = {name: _texts(export, block, block.fields[name]) for name in block.needed if name in block.fields}
    filled = np.full(len(export.parts[block.part].rows), not block.needed)
    for values in needed.values():
        filled |= _is_filled(values)
    at = np.flatnonzero(filled)
    # Wide sheets have columns for many more partners than most people name.
    texts = {
        name: (needed[name] if name in needed else _texts(export, block, field))[at]
        for name, field in block.fields.items()
        if len(at) or name in needed
    } | ({} if len(at) else dict.fromkeys(block.fields, np.zeros(0, dtype=object)))
    if block.table == "recipes":
        return _Piece(export, block, texts, at)
    linked = not export.hangs_on_nothing(block.part)
    own = ids[export.positions_in_root(block.part)[at]] if linked else np.full(len(at), "", dtype=object)
    if block.table != "enterprises" and "enterprise_id" in texts:
        said = texts.pop("enterprise_id")
        own = np.where(_is_filled(said), said, own)
    if block.table != "enterprises":
        # Spaces around an id are told once, where the id was given.
        own = np.array([clean_key(str(identifier)) for identifier in own], dtype=object)
    if block.table == "linkages":
        columns, chosen = _linkages(texts, block, own, source)
        return _Piece(export, block, columns, at[chosen])
    texts["enterprise_id"] = own
    if "location" in texts:
        texts |= _place(texts.pop("location"), texts)
    return _Piece(export, block, texts, at)


def _place(location: NDArray[np.object_], texts: dict[str, NDArray[np.object_]]) -> dict[str, NDArray[np.object_]]:
    """Return latitude and longitude from cells such as ``31.95 35.91 800 5``; what has a column of its own stays."""
    pieces = [str(text).replace(",", " ").split() for text in location]
    found = {
        name: np.array([piece[i] if len(piece) > i else "" for piece in pieces], dtype=object)
        for i, name in enumerate(_PLACE)
    }
    return {name: texts.get(name, values) for name, values in found.items()}


def _linkages(
    texts: dict[str, NDArray[np.object_]], block: Block, own: NDArray[np.object_], source: Source
) -> tuple[dict[str, NDArray[np.object_]], NDArray[np.int64]]:
    """Return one row for each partner and layer of each row, and the row that each comes from."""
    partner, layer = block.fields["target"], block.fields["layer"]
    partners_of = _known_of(partner, texts["target"], choices=partner.chosen or bool(partner.words))
    layers_of = {
        cell: [pair for answer in answers or [""] for pair in _layers_of(answer, block.side, source.settings)]
        for cell, answers in _known_of(layer, texts["layer"], choices=True).items()
    }
    _note_no_side(layers_of, source)
    found: dict[str, list[Any]] = {"source": [], "target": [], "layer": []}
    chosen: list[int] = []
    for row, (who, cell, mine) in enumerate(zip(texts["target"], texts["layer"], own, strict=True)):
        for other in partners_of[who]:
            for name, side in layers_of[cell]:
                found["source"].append(other if side == "from" else mine)
                found["target"].append(mine if side == "from" else other)
                found["layer"].append(name)
                chosen.append(row)
    at = np.array(chosen, dtype=np.int64)
    columns = {name: np.array(values, dtype=object) for name, values in found.items()}
    rest = {name: values[at] for name, values in texts.items() if name not in ("target", "layer")}
    return {**rest, **columns, "reporter": own[at]}, at


def _known_of(field: Field, cells: NDArray[np.object_], *, choices: bool) -> dict[str, list[str]]:
    """Return what each different cell says, taken apart; a field of one answer was understood before."""
    if not field.several:
        return {cell: [cell] for cell in pd.unique(cells)}
    return {
        cell: [field.meaning(answer) for answer in field.answers(cell, choices=choices)] for cell in pd.unique(cells)
    }


def _layers_of(meaning: str, side: str, settings: Settings) -> list[tuple[str, str]]:
    """Return layers and sides of a word such as ``supply from`` or ``supply from, knowledge to``."""
    found = []
    for entry in meaning.split(","):
        words = entry.split()
        if len(words) > 1 and words[-1] in SIDES and settings.layer(" ".join(words[:-1])) is not None:
            found.append((" ".join(words[:-1]), words[-1]))
        else:
            found.append((entry.strip(), side))
    return found


def _note_no_side(layers_of: dict[str, list[tuple[str, str]]], source: Source) -> None:
    """Note layers that have a direction where neither the mapping nor the answer says which."""
    bare = sorted({name for pairs in layers_of.values() for name, side in pairs if side not in ("to", "from")})
    told = {problem.value for problem in source.findings.errors if problem.template == NO_SIDE}
    for name in bare:
        layer = source.settings.layer(name)
        if layer is not None and layer.directed and shown(name) not in told:
            column = "mapping.linkages.words"
            source.findings.error("E09", NO_SIDE, Place(SETTINGS_FILE), column=column, key=column, value=shown(name))


def _joined(pieces: Sequence[_Piece], place: Place) -> TextTable:
    """Return the rows of several blocks as one table, numbered through, with the origin of each."""
    names = list(dict.fromkeys(name for piece in pieces for name in piece.columns))
    columns: dict[str, object] = {}
    for name in names:
        cells = [
            piece.columns[name] if name in piece.columns else np.full(len(piece.rows), "", dtype=object)
            for piece in pieces
        ]
        codes, distinct = pd.factorize(np.concatenate(cells))
        known = np.array([*(text if str(text).strip() else np.nan for text in distinct), np.nan], dtype=object)
        columns[name] = pd.array(known[codes], dtype="str")
    rows = np.concatenate([piece.rows for piece in pieces])
    sheet_of = np.repeat(np.arange(len(pieces)), [len(piece.rows) for piece in pieces])
    origin = Origin([piece.sheet for piece in pieces], sheet_of, rows, [piece.headers for piece in pieces])
    table = pd.DataFrame(columns, index=pd.RangeIndex(len(rows)), copy=False)
    return TextTable(table, place._replace(origin=origin))


def _entries(export: Export, block: Block, at: NDArray[np.int64]) -> list[tuple[object, ...]]:
    """Return which entry of a repeat each row is or, for one inside an entry, lies in."""
    part = export.parts[block.part]
    if block.inside and part.parent and not block.numbers:
        return [(part.parent, int(position)) for position in part.parent_at[at]]
    numbers = block.numbers[:-1] if block.inside else block.numbers
    return [(part.title, int(position), *numbers) for position in at]


def _without_bare_products(table: TextTable, pieces: Sequence[_Piece]) -> TextTable:
    """Leave out a product without input where its inputs are told in rows of their own."""
    rows = table.rows
    if not {"product", "input"} <= set(rows.columns):
        return table
    entries = [entry for piece in pieces for entry in piece.entries]
    filled = rows["input"].notna().to_numpy(dtype=bool)
    told = {entry for entry, given in zip(entries, filled, strict=True) if given}
    bare = np.array([entry in told for entry in entries], dtype=bool) & ~filled
    return TextTable(rows[~bare], table.place)
