"""``[mapping] kind = "export"``: which columns of somebody else's form are which columns of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from clusternet.errors import shown
from clusternet.ingest.exports.blocks import Block, Field
from clusternet.ingest.exports.export import Export, Part
from clusternet.ingest.exports.headers import find_column, simple
from clusternet.ingest.exports.mapping_checks import EXTRA, PARTNER
from clusternet.ingest.findings import Place
from clusternet.ingest.source import Source
from clusternet.messages import mark
from clusternet.model.catalogue import nearest

#: Stands for the number in the headers of partners that have columns of their own: ``Supplier *``.
STAR = "*"


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
        if part is not None:
            blocks += _blocks_of(export, part, name, entry, words, source)
    return blocks


def _words(table: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({simple(word): meaning for word, meaning in table.items()})


def _part(export: Export, entry: Mapping[str, Any], name: str, source: Source) -> Part | None:
    """Return the sheet of a block; None where it is not there because nobody answered it, or with an error."""
    wanted = entry.get("sheet", "")
    if not wanted:
        return export.parts[export.root]
    for part in export.parts.values():
        titles = {part.title, part.place.sheet, *part.names}
        if simple(wanted) in {simple(title) for title in titles if title} or _cut_alike(part.title, wanted):
            return part
    place = Place(export.parts[export.root].place.file)
    if export.has_repeats:
        template = mark('There is no sheet "{value}", so nobody answered it ({table}); the sheets are: {found}.')
    else:
        template = mark(
            'The file holds the submissions alone; the sheet "{value}" ({table}) is only in the XLSX or ZIP export.'
        )
    found = ", ".join(shown(title) for title in export.parts)
    source.findings.warning("E11", template, place, value=shown(wanted), table=name, found=found)
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
    own = {**words, **({"layer": _words(entry["words"])} if "words" in entry else {})}
    starred = [value for value in entry.values() if isinstance(value, str) and STAR in value]
    numbers = _numbers(part, starred) if starred else [""]
    found: list[Block] = []
    for number in numbers:
        fields: dict[str, Field] = {}
        for key, value in entry.items():
            column = "target" if key == PARTNER else key
            if key in EXTRA:
                continue
            if key.startswith("one_"):
                fields[key.removeprefix("one_")] = Field(fixed=str(value))
                continue
            wanted = [value] if isinstance(value, str) else list(value)
            field = _field(
                export, part, [text.replace(STAR, number) for text in wanted], own.get(column, {}), column, entry
            )
            if field is not None:
                fields[column] = field
            elif number == numbers[0]:
                _note_missing(part, key, wanted, name, source)
        needed = {"linkages": ("target",), "resources": ("resource",), "recipes": ("product",)}.get(name, ())
        found.append(Block(name, part.title, fields, str(entry.get("side", "")), needed))
    return found


def _numbers(part: Part, starred: Sequence[str]) -> list[str]:
    """Return what stands for the star in the headers of a sheet, in the order of the numbers."""
    found: set[str] = set()
    for pattern in starred:
        before, _, after = simple(pattern).partition(STAR)
        for header in part.headers:
            plain = simple(header)
            if plain.startswith(before.rstrip()) and plain.endswith(after.strip()):
                inner = plain[len(before.rstrip()) : len(plain) - len(after.strip()) or None].strip()
                if inner.isdigit():
                    found.add(inner)
    return sorted(found, key=int) or [""]


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
    near = nearest(wanted[0], part.headers)
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
