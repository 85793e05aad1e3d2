"""A list of edges: with named columns through the mapping, or the plain files that analysts keep."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from clusternet.ingest.encoding import noted_text
from clusternet.ingest.findings import Place
from clusternet.ingest.registers import register_from_file, register_of_ends, text_table, with_general
from clusternet.ingest.settings import SETTINGS_FILE
from clusternet.ingest.source import Reading, Source, TextTable
from clusternet.ingest.tables import contract_columns, read_table
from clusternet.messages import mark
from clusternet.model.coding import GENERAL_LAYER

_ENDS = ("source", "target")


def read_mapped_edges(source: Source) -> Reading:
    """Read a list of edges whose columns the mapping names; see :mod:`clusternet.ingest.mapping`.

    Parameters
    ----------
    source : Source
        The survey being read.

    Returns
    -------
    Reading
        One linkage per row, reported by its source unless a column names the reporter or they are records.
    """
    mapping, settings = source.settings.mapping, source.settings
    name = mapping.get("file") or ("" if source.path.is_dir() else source.path.name)
    if not name:
        template = mark('The mapping names no file of edges; write file = "edges.csv" below [mapping].')
        source.findings.error("E09", template, Place(SETTINGS_FILE), column="mapping.file")
        return Reading({}, settings)
    columns = {role: mapping.get(role, role) for role in _ENDS}
    columns |= {role: mapping[role] for role in ("layer", "weight", "reporter") if role in mapping}
    rename = {column: role for role, column in columns.items()}
    path = source.file_in_folder(name, key="mapping.file")
    table = None if path is None else read_table(path, source, required=list(columns.values()), rename=rename)
    tables: dict[str, TextTable] = {}
    if table is not None:
        rows = table.rows
        if "layer" not in rows.columns:
            layer = mapping.get("one_layer", GENERAL_LAYER)
            settings = with_general(settings, layer, directed=True)
            rows = rows.assign(layer=pd.array([layer] * len(rows), dtype="str"))
        if mapping.get("layer_names"):
            rows = rows.assign(layer=rows["layer"].replace(dict(mapping["layer_names"])))
        if mapping.get("records"):
            rows = rows.assign(reporter=pd.array([""] * len(rows), dtype="str"))
        tables["linkages"] = contract_columns(TextTable(rows, table.place), "linkages", source.findings)
    if "enterprises" in mapping:
        register = register_from_file(source, key="enterprises")
        if register is not None:
            tables["enterprises"] = register
    elif table is not None:
        tables["enterprises"] = register_of_ends(tables["linkages"])
    return Reading(tables, settings)


def read_edge_list(source: Source) -> Reading:
    """Read a file of edges without a mapping: ``source,target`` with a header, or two or three bare columns.

    Parameters
    ----------
    source : Source
        The survey being read; its path is the file.

    Returns
    -------
    Reading
        One record per row; nobody's answer. Layers that the file names and nobody declared are general and undirected.
    """
    if has_ends(source.path):
        table = read_table(source.path, source, required=_ENDS, known=("layer", "weight"))
    else:
        table = bare_columns(source)
    if table is None:
        return Reading({}, source.settings)
    rows, settings = table.rows, source.settings
    if "layer" not in rows.columns:
        rows = rows.assign(layer=pd.array([GENERAL_LAYER] * len(rows), dtype="str"))
    for layer in rows["layer"].dropna().unique():
        settings = with_general(settings, layer, directed=False)
    rows = rows.assign(reporter=pd.array([""] * len(rows), dtype="str"))
    linkages = contract_columns(TextTable(rows, table.place), "linkages", source.findings)
    return Reading({"linkages": linkages, "enterprises": register_of_ends(linkages)}, settings)


def _head(path: Path) -> str:
    """Return the beginning of a file as far as it is plain text."""
    try:
        with path.open("rb") as stream:
            first = stream.read(4096)
    except OSError:
        return ""  # the reader itself says what is wrong with the file
    encoding = "utf-16" if first.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    return first.decode(encoding, errors="replace").lstrip("\ufeff").partition("\n")[0].partition("\r")[0]


def has_ends(path: Path) -> bool:
    """Return whether the first line of a file names a source and a target."""
    head = _head(path).casefold()
    return all(end in head for end in _ENDS)


def bare_columns(source: Source) -> TextTable | None:
    """Read lines of two ids and perhaps a weight, separated by spaces or by the usual separators; # begins a remark."""
    data = source.content(source.path)
    if data is None:
        return None
    place = Place(source.path.name)
    text = noted_text(data, place, source, "TXT")
    if text is None:
        return None
    records: list[list[str]] = []
    rows: list[int] = []
    for row, line in enumerate(text.splitlines(), 1):
        content = line.partition("#")[0].strip()
        if content:
            separator = next((one for one in ("\t", ";", ",", "|") if one in content), None)
            records.append([field.strip() for field in content.split(separator)])
            rows.append(row)
    widths = {len(record) for record in records}
    if not records:
        source.findings.error("A03", mark("There are no edges here; expected lines of two ids."), place)
        return None
    if widths - {2, 3} or len(widths) > 1:
        usual = max(sorted(widths & {2, 3}) or [2], key=lambda width: sum(len(record) == width for record in records))
        wrong = [row for row, record in zip(rows, records, strict=True) if len(record) != usual]
        values = [" ".join(record) for record in records if len(record) != usual]
        template = mark('"{value}" is not an edge as the others are; expected {usual} fields: source, target, weight.')
        source.findings.each("A13", template, place, wrong, values=values, usual=usual)
        return None
    source.note_rows(place.file, len(rows))
    cells = np.array(records, dtype=object)
    cells[cells == ""] = np.nan
    names = ("source", "target", "weight")
    return text_table({name: cells[:, i] for i, name in enumerate(names[: cells.shape[1]])}, rows, place)
