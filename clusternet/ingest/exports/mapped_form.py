"""``[mapping] kind = "export"``: which columns of somebody else's form are which columns of ours."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from clusternet.errors import shown
from clusternet.ingest.exports.blocks import SIDES, Block, Field
from clusternet.ingest.exports.export import Export, Part
from clusternet.ingest.exports.headers import find_column, simple
from clusternet.ingest.exports.mapping_checks import EXTRA, PARTNER, STAR
from clusternet.ingest.findings import Place
from clusternet.ingest.settings import SETTINGS_FILE
from clusternet.ingest.source import Source
from clusternet.messages import mark
from clusternet.model.catalogue import nearest
from clusternet.model.settings import Settings

#: What may stand between a group and its question.
_LEAF = re.compile(r"\s*[/:|]\s*| - ")
#: A row without any of these is no row.
_NEEDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"linkages": ("target",), "resources": ("resource",), "recipes": ("product",)}
)
__all__ = ["STAR", "mapped_blocks", "mapped_export"]


def mapped_export(export: Export, mapping: Mapping[str, Any], source: Source) -> Export | None:
    """Return an export whose submissions are the sheet that ``[mapping.enterprises]`` names.

    Parameters
    ----------
    export : Export
        What was read.
    mapping : mapping
        The table ``[mapping]``, already checked.
    source : Source
        The survey being read; takes B08: a sheet that is not there, and E09: one that is a repeat.

    Returns
    -------
    Export or None
        None where an error was noted.
    """
    wanted = mapping.get("enterprises", {}).get("sheet", "")
    if not wanted:
        return export
    part = _sheet(export, wanted)
    if part is not None and not part.parent:
        return export if part.title == export.root else dataclasses.replace(export, root=part.title, submission="")
    if part is None:
        template = mark('There is no sheet "{value}" ({table}); the sheets are: {found}. Correct [mapping].')
        found = ", ".join(shown(title) for title in export.parts)
        place = Place(export.parts[export.root].place.file)
        source.findings.error("B08", template, place, value=shown(wanted), table="enterprises", found=found)
    else:
        template = mark('The sheet "{value}" has several rows for one submission; enterprises come from "{root}".')
        about = {"value": shown(wanted), "root": shown(export.root)}
        source.findings.error("E09", template, Place(SETTINGS_FILE), column="mapping.enterprises.sheet", **about)
    return None


def mapped_blocks(export: Export, mapping: Mapping[str, Any], source: Source) -> list[Block]:
    """Return the rows that the mapping describes.

    Parameters
    ----------
    export : Export
        What was read.
    mapping : mapping
        The table ``[mapping]``, already checked.
    source : Source
        The survey being read; takes A21: columns that are not there.

    Returns
    -------
    list of Block
        The enterprises first.
    """
    words = {column: _words(table) for column, table in mapping.get("words", {}).items()}
    tables: list[tuple[str, Mapping[str, Any]]] = [("enterprises", mapping.get("enterprises", {}))]
    tables += [(name, entry) for name in ("linkages", "resources", "recipes") for entry in mapping.get(name, ())]
    blocks: list[Block] = []
    for name, entry in tables:
        part = _part(export, entry, name, source)
        if part is not None and _says_whose(export, part, name, entry, source):
            blocks += _blocks_of(export, part, name, entry, words, source)
    return blocks


def _says_whose(export: Export, part: Part, name: str, entry: Mapping[str, Any], source: Source) -> bool:
    """Return whether the rows of a sheet are known to belong to submissions, or note that they are not."""
    if name == "recipes" or "enterprise_id" in entry or not export.hangs_on_nothing(part.title):
        return True
    template = mark(
        "Nothing says to whom the rows of this sheet belong. Name the column that holds the id of the respondent: "
        'enterprise_id = "COLUMN" below [[mapping.{table}]] and below [mapping.enterprises].'
    )
    source.findings.error("E11", template, part.place, table=name)
    return False


def _words(table: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({simple(word): meaning for word, meaning in table.items()})


def _part(export: Export, entry: Mapping[str, Any], name: str, source: Source) -> Part | None:
    """Return the sheet of a block; None where it is not there because nobody answered it, or with an error."""
    wanted = entry.get("sheet", "")
    if not wanted or name == "enterprises":
        return export.parts[export.root]
    part = _sheet(export, wanted)
    if part is not None:
        return part
    place = Place(export.parts[export.root].place.file)
    found = ", ".join(shown(title) for title in export.parts)
    about = {"value": shown(wanted), "table": name, "found": found}
    if export.has_repeats:
        template = mark(
            'There is no sheet "{value}" ({table}). If it is a repeat, nobody answered it; if not, correct [mapping]. '
            "The sheets are: {found}."
        )
        source.findings.warning("E11", template, place, **about)
    elif len(export.parts) == 1:
        template = mark(
            'The file holds the submissions alone; the sheet "{value}" ({table}) is only in the XLSX or ZIP export.'
        )
        source.findings.warning("E11", template, place, **about)
    else:
        template = mark('There is no sheet "{value}" ({table}); the sheets are: {found}. Correct [mapping].')
        source.findings.error("B08", template, place, **about)
    return None


def _sheet(export: Export, wanted: str) -> Part | None:
    """Return the sheet of a title, which may be cut or spelled otherwise; an exact title wins."""
    for part in export.parts.values():
        if wanted in (part.title, part.place.sheet, *part.names):
            return part
    for part in export.parts.values():
        titles = {part.title, part.place.sheet, *part.names}
        if simple(wanted) in {simple(title) for title in titles if title} or _cut_alike(part.title, wanted):
            return part
    return None


def _cut_alike(title: str, wanted: str) -> bool:
    stem = title.split("...")[0]
    return "..." in title and len(stem) >= 20 and wanted.startswith(stem)


def _blocks_of(
    export: Export,
    part: Part,
    name: str,
    entry: Mapping[str, Any],
    words: Mapping[str, Mapping[str, str]],
    source: Source,
) -> list[Block]:
    own = {"layer": _layers(source.settings), **words}
    if "words" in entry:
        own["layer"] = _words(entry["words"])
    numbers = _numbers(part, name, entry)
    found: list[Block] = []
    for number in numbers:
        fields: dict[str, Field] = {}
        missing: list[tuple[str, Sequence[str]]] = []
        for key, value in entry.items():
            column = _column_of(key)
            if key in EXTRA:
                continue
            if key.startswith("one_"):
                fields[column] = Field(fixed=str(value))
                continue
            wanted = [value] if isinstance(value, str) else list(value)
            numbered = [text.replace(STAR, number) for text in wanted]
            field = _field(export, part, numbered, own.get(column, {}), column, entry)
            if field is not None:
                fields[column] = field
            else:
                missing.append((key, wanted))
        # Of some numbers there may be no strength, and of none may there be no partner.
        told = missing if number == numbers[0] else [lack for lack in missing if lack[0] == "layer"]
        for key, headers in told:
            _note_missing(part, key, headers, name, source)
        found.append(Block(name, part.title, fields, str(entry.get("side", "")), _NEEDED.get(name, ())))
    least = {*_NEEDED.get(name, ()), *(["layer"] if name == "linkages" else [])}
    return [block for block in found if least <= set(block.fields)]


def _layers(settings: Settings) -> Mapping[str, str]:
    """Return the words for layers that need no explanation: their names, alone or with a side."""
    names = [*settings.known_layers, *(f"{name} {side}" for name in settings.known_layers for side in SIDES)]
    return {simple(name): name for name in names}


def _column_of(key: str) -> str:
    """Return which column of the contract a key of the mapping fills."""
    column = key.removeprefix("one_")
    return "target" if column == PARTNER else column


def _numbers(part: Part, name: str, entry: Mapping[str, Any]) -> list[str]:
    """Return what stands for the star in the headers of a sheet, in the order of the numbers."""
    patterns: Mapping[str, Sequence[str]] = {
        _column_of(key): [value] if isinstance(value, str) else list(value)
        for key, value in entry.items()
        if key not in EXTRA and not key.startswith("one_")
    }
    # What a row must have numbers the rest.
    needed = [text for column in _NEEDED.get(name, ()) for text in patterns.get(column, ()) if STAR in text]
    starred = needed or [text for texts in patterns.values() for text in texts if STAR in text]
    found: set[str] = set()
    for pattern in starred:
        before, _, after = simple(pattern).partition(STAR)
        before, after = before.rstrip(), after.strip()
        for header in part.headers:
            plain = simple(header)
            if len(plain) > len(before) + len(after) and plain.startswith(before) and plain.endswith(after):
                inner = plain[len(before) : len(plain) - len(after)].strip()
                if inner.isdecimal():
                    found.add(inner)
    # Where no header has a number, the star is taken as it is written: forms mark questions so.
    return sorted(found, key=lambda number: (int(number), number)) or [STAR if starred else ""]


def _field(
    export: Export, part: Part, wanted: Sequence[str], words: Mapping[str, str], column: str, entry: Mapping[str, Any]
) -> Field | None:
    """Return where a column stands: in the sheet of the block, or in one above it."""
    current: Part | None = part
    while current is not None:
        for text in wanted:
            found = find_column(current.headers, text, current.rows)
            if found is not None:
                several = (
                    column == "layer" or bool(found.choices) or (column == "target" and bool(entry.get("several")))
                )
                return Field(found, current.title, words=words, several=several)
        current = export.parts[current.parent] if current.parent else None
    return None


def _note_missing(part: Part, key: str, wanted: Sequence[str], name: str, source: Source) -> None:
    # A header may have its groups in front.
    leaves = {leaf: header for header in reversed(part.headers) for leaf in (_LEAF.split(header)[-1], header)}
    near = leaves.get(nearest(wanted[0], leaves), "")
    template = (
        mark('The column "{value}" ({table}.{key}) is not there, or stands there twice; the nearest is "{near}".')
        if near
        else mark('The column "{value}" ({table}.{key}) is not there, or stands there twice; the columns are: {found}.')
    )
    found = shown(", ".join(part.headers))
    source.findings.error(
        "A21",
        template,
        part.place,
        row=1,
        column=wanted[0],
        value=shown(wanted[0]),
        near=near,
        found=found,
        table=name,
        key=key,
    )
