"""Reading an export: which tool wrote it, which form it is of, and what it says in the contract's tables."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from clusternet.errors import shown
from clusternet.ingest.exports.assembling import tables_of
from clusternet.ingest.exports.blocks import Block
from clusternet.ingest.exports.containers import STATISTICAL, TABLES, open_export
from clusternet.ingest.exports.dialects import DIALECTS, Dialect, dialect_of
from clusternet.ingest.exports.export import Export
from clusternet.ingest.exports.mapped_form import mapped_blocks
from clusternet.ingest.exports.own_form import OwnForm
from clusternet.ingest.exports.roster_file import ROSTER_FILE, read_roster_file, with_roster
from clusternet.ingest.findings import Place
from clusternet.ingest.mapping import mapping_kind
from clusternet.ingest.source import Reading, Source, TextTable
from clusternet.ingest.tables import contract_columns
from clusternet.messages import mark
from clusternet.model.questionnaire import questionnaire
from clusternet.model.schema import SCHEMA
from clusternet.model.settings import Settings

_SHEET = re.compile(rb'<(?:\w+:)?sheet\s[^>]*?name="([^"]*)"')
_HEAD = 1 << 20
#: Stands for an enterprise of a roster that is not at hand, so that the questions of a roster can be recognised.
_NOBODY = (("-", "-"),)


def could_be_export(path: Path, settings: Settings) -> bool:
    """Return whether a path is an export: by the mapping, by its kind of file, or for want of our tables."""
    kind, suffix = mapping_kind(settings), path.suffix.casefold()
    if kind != "tables":
        return kind == "export"
    if path.is_dir():
        files = {file.name.casefold() for file in path.iterdir() if file.is_file()}
        tables = {file for file in files if Path(file).suffix in TABLES}
        ours = {Path(file).stem for file in tables} & {"linkages", "enterprises"}
        # A roster may lie beside the files of an export.
        return "linkages" not in ours and len(tables - {ROSTER_FILE}) > 0 and _looks_exported(path, tables)
    if suffix in (".xlsx", ".xlsm"):
        titles = {title.strip().casefold() for title in _titles(path)}
        return bool(titles) and not titles & {name for name, schema in SCHEMA.items() if schema.required}
    return suffix in (".zip", *STATISTICAL, ".csv", ".tab", ".parquet")


def _looks_exported(path: Path, names: set[str]) -> bool:
    """Return whether a file of a folder begins as an export of some tool does."""
    marks = (b"interview__", b"KEY", b"_uuid", b"_submission_time")
    for file in sorted(path.iterdir()):
        if file.name.casefold() in names and file.is_file():
            with file.open("rb") as stream:
                head = stream.read(65_536)
            if any(mark_ in head.split(b"\n", 1)[0] for mark_ in marks) or file.suffix.casefold() in STATISTICAL:
                return True
    return False


def _titles(path: Path) -> list[str]:
    """Return the titles of a workbook's sheets without opening it; none where it is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive, archive.open("xl/workbook.xml") as stream:
            return [title.decode("utf-8", "replace") for title in _SHEET.findall(stream.read(_HEAD))]
    except (OSError, KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError):
        return []


def read_export(source: Source) -> Reading:
    """Read an export of a survey tool.

    Parameters
    ----------
    source : Source
        The survey being read; takes A20, A21, E11 and the codes of files and workbooks.

    Returns
    -------
    Reading
        The contract's tables; no table where an error was noted.
    """
    settings = source.settings
    opened = open_export(source.path, source)
    if opened is None:
        return Reading({}, settings)
    heads = {title: opened.head(title) for title in opened.titles}
    dialect = dialect_of(heads, str(settings.mapping.get("dialect", "")))
    export = dialect.read(opened, source)
    reading = Reading({}, settings, reader=dialect.name, label=dialect.label)
    if export is None:
        return reading
    if source.options.missing_weight is None:
        # Who named a partner and not how strong the tie is left one question open, and cannot be asked again.
        source.options = dataclasses.replace(source.options, missing_weight=1.0)
    roster = read_roster_file(source)
    blocks = _blocks(export, dialect, roster, source)
    if blocks is None:
        return reading
    tables = tables_of(export, blocks, source)
    tables["enterprises"] = with_roster(_answered(tables["enterprises"], source), roster)
    if "name" not in tables["enterprises"].rows.columns:
        template = mark(
            'No column holds the names of the enterprises; write name = "COLUMN" below [mapping.enterprises].'
        )
        source.findings.error("A21", template, tables["enterprises"].place, column="name")
        return reading
    tables.setdefault("linkages", _no_linkages(tables["enterprises"].place))
    tables = {name: contract_columns(table, name, source.findings) for name, table in tables.items()}
    return dataclasses.replace(reading, tables=tables)


def _blocks(export: Export, dialect: Dialect, roster: TextTable | None, source: Source) -> Sequence[Block] | None:
    """Return what of the export becomes rows, by the mapping or by our own questionnaire, or note that neither fits."""
    settings = source.settings
    if mapping_kind(settings) == "export":
        before = len(source.findings.errors)
        blocks = mapped_blocks(export, settings.mapping, source)
        return blocks if len(source.findings.errors) == before else None
    pairs = [] if roster is None else [(str(a), str(b)) for a, b in zip(*_named(roster), strict=True)]
    plain = dataclasses.replace(settings, design="", max_nominations=None)
    forms = [questionnaire(plain), questionnaire(plain, pairs or _NOBODY)]
    laid = [OwnForm(export, form) for form in forms]
    best = max(laid, key=lambda form: (form.is_ours, form.partners_found()))
    if best.is_ours:
        return best.blocks
    template = mark(
        'The file is an export ({tool}) of a form that is not ours. Run "clusternet map-columns {value} --out '
        'study.toml", look through what it guessed, and read the survey again.'
    )
    if dialect is DIALECTS["sheet"]:
        template = mark(
            'No table of a survey was recognised (sheets: {found}): a workbook has the sheets "enterprises" and '
            '"linkages". For any other form run "clusternet map-columns {value} --out study.toml", look through '
            "what it guessed, and read the survey again."
        )
    found = ", ".join(shown(title) for title in export.parts)
    source.findings.error(
        "B08", template, Place(source.path.name), tool=dialect.label, value=shown(source.path.name), found=found
    )
    return None


def _named(roster: TextTable) -> tuple[pd.Series, pd.Series]:
    rows = roster.rows.dropna(subset="enterprise_id")
    rows = rows[~rows["enterprise_id"].duplicated() & ~rows["enterprise_id"].str.contains(r"\s")]
    return rows["enterprise_id"], rows.get("name", rows["enterprise_id"]).fillna(rows["enterprise_id"])


def _answered(table: TextTable, source: Source) -> TextTable:
    """Leave out submissions of people who declined before they said who they are."""
    rows = table.rows
    declined = rows.get("respondent", pd.Series("yes", index=rows.index)).fillna("").str.casefold().eq("no")
    named = rows["name"].notna() if "name" in rows.columns else pd.Series(True, index=rows.index)
    lost = (declined & ~named).to_numpy(dtype=bool)
    template = mark(
        "{count} submissions declined to answer and do not say who they are; they were left out (rows {rows})."
    )
    source.findings.counted("N03", template, table.place, rows.index[lost].tolist(), column="respondent")
    source.note_dropped("N03", "enterprises", int(lost.sum()))
    return TextTable(rows[~lost], table.place)


def _no_linkages(place: Place) -> TextTable:
    columns = ("source", "target", "layer", "reporter")
    empty = {name: pd.array(np.array([], dtype=object), dtype="str") for name in columns}
    return TextTable(pd.DataFrame(empty, index=pd.RangeIndex(0)), place)
