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
from clusternet.ingest.exports.containers import STATISTICAL, TABLES, TEXT, WORKBOOK, open_export
from clusternet.ingest.exports.dialects import DIALECTS, Dialect, dialect_of, heads_of, lower_header
from clusternet.ingest.exports.export import Export
from clusternet.ingest.exports.headers import simple
from clusternet.ingest.exports.mapped_form import mapped_blocks, mapped_export
from clusternet.ingest.exports.own_form import NOBODY, OwnForm
from clusternet.ingest.exports.roster_file import ROSTER_FILE, read_roster_file, with_roster
from clusternet.ingest.findings import Place
from clusternet.ingest.mapping import mapping_kind
from clusternet.ingest.names import clean_key
from clusternet.ingest.sheets import Sheets
from clusternet.ingest.source import Reading, Source, TextTable
from clusternet.ingest.tables import contract_columns
from clusternet.messages import mark
from clusternet.model.questionnaire import questionnaire
from clusternet.model.schema import SCHEMA
from clusternet.model.settings import Settings

_SHEET = re.compile(rb'<(?:\w+:)?sheet\s[^>]*?name="([^"]*)"')
_HEAD = 1 << 20
#: What stands in the first row of an export, whatever the form.
_SIGNS = (b"interview__", b"KEY", b"_uuid", b"_submission_time")
#: How the questions about partners end where they are called by their names.
_NAME_ENDINGS = ("_partners", "_others")


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
    return suffix in (".zip", *STATISTICAL, *TEXT, ".parquet")


def _looks_exported(path: Path, names: set[str]) -> bool:
    """Return whether a file of a folder begins as an export of some tool does."""
    for file in sorted(path.iterdir()):
        if file.name.casefold() in names and file.is_file():
            if file.suffix.casefold() in STATISTICAL:
                return True
            if file.suffix.casefold() in WORKBOOK:
                head = b"".join(_part(file, part) for part in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"))
            else:
                with file.open("rb") as stream:
                    head = stream.read(_HEAD).split(b"\n", 1)[0]
            if any(sign in head for sign in _SIGNS):
                return True
    return False


def _titles(path: Path) -> list[str]:
    """Return the titles of a workbook's sheets without opening it; none where it is damaged."""
    return [title.decode("utf-8", "replace") for title in _SHEET.findall(_part(path, "xl/workbook.xml"))]


def _part(path: Path, name: str) -> bytes:
    """Return the beginning of a part of a workbook; nothing where the workbook is damaged or has none."""
    try:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive, archive.open(name) as stream:
            return stream.read(_HEAD)
    except Exception:  # zipfile answers damaged archives with a dozen kinds of exception, told when they are read
        return b""


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
    dialect = dialect_of(heads_of(opened), str(settings.mapping.get("dialect", "")))
    reading = Reading({}, settings, reader=dialect.name, label=dialect.label)
    export = _parts_of(opened, dialect, source)
    if export is None:
        return reading
    root = export.parts[export.root]
    if source.options.missing_weight is None:
        # Who named a partner and not how strong the tie is left one question open, and cannot be asked again.
        source.options = dataclasses.replace(source.options, missing_weight=1.0)
    before = len(source.findings.errors)
    roster = read_roster_file(source)
    blocks = _blocks(export, dialect, roster, source) if len(source.findings.errors) == before else None
    if blocks is None:
        return reading
    tables = tables_of(export, blocks, source)
    answers = _answered(tables["enterprises"], roster, source)
    if roster is not None:
        _warn_of_strangers(answers, roster, source)
    tables["enterprises"] = with_roster(answers, roster)
    if tables["enterprises"].rows.empty and not source.options.allow_empty:
        template = mark("Nobody who says who it is took part ({count} submissions); there is nothing to study.")
        source.findings.error("A03", template, root.place, count=len(root.rows))
        return reading
    if "name" not in tables["enterprises"].rows.columns:
        template = mark(
            'No column holds the names of the enterprises; write name = "COLUMN" below [mapping.enterprises].'
        )
        source.findings.error("A21", template, tables["enterprises"].place, column="name")
        return reading
    if _lack_columns(tables, source):
        return reading
    if "linkages" not in tables:
        tables["linkages"] = _no_linkages(tables["enterprises"].place)
        if mapping_kind(settings) != "export":
            template = mark(
                "The file tells of no partners. Where some were named, export the sheets or files of the repeats too: "
                "XLSX from KoboToolbox, ZIP from other tools."
            )
            source.findings.warning("E11", template, root.place)
    tables = {name: contract_columns(table, name, source.findings) for name, table in tables.items()}
    return dataclasses.replace(reading, tables=tables)


def _parts_of(opened: Sheets, dialect: Dialect, source: Source) -> Export | None:
    """Return the parts of an opened export, or note why there are none, or no submissions among them."""
    if dialect is DIALECTS["sheet"] and (lower := lower_header(opened)):
        template = mark("The names of the columns stand in this row; delete the rows above it.")
        sheet = "" if opened.format in ("CSV", "TSV") else lower[0]
        source.findings.error("B07", template, Place(opened.file, sheet), row=lower[1])
        return None
    export = dialect.read(opened, source)
    if export is not None and mapping_kind(source.settings) == "export":
        export = mapped_export(export, source.settings.mapping, source)
    if export is None or source.options.allow_empty or not export.parts[export.root].rows.empty:
        return export
    template = mark("There are no submissions below the header; export the survey again when it was answered.")
    source.findings.error("A03", template, export.parts[export.root].place)
    return None


def _blocks(export: Export, dialect: Dialect, roster: TextTable | None, source: Source) -> Sequence[Block] | None:
    """Return what of the export becomes rows, by the mapping or by our own questionnaire, or note that neither fits."""
    settings = source.settings
    if mapping_kind(settings) == "export":
        before = len(source.findings.errors)
        blocks = mapped_blocks(export, settings.mapping, source)
        return blocks if len(source.findings.errors) == before else None
    pairs = [] if roster is None else [(str(a), str(b)) for a, b in zip(*_named(roster), strict=True)]
    plain = dataclasses.replace(settings, design="", max_nominations=None)
    forms = [questionnaire(plain), questionnaire(plain, pairs or NOBODY)]
    laid = [OwnForm(export, form) for form in forms]
    best = max(laid, key=lambda form: (form.is_ours, form.partners_found()))
    if best.is_ours:
        listed = roster is not None or _list_is_told(best, source)
        return best.blocks if _is_complete(best, source) and listed else None
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


def _is_complete(form: OwnForm, source: Source) -> bool:
    """Return whether an export of our form says enough to be read, and warn of questions that it leaves out."""
    place = form.export.parts[form.export.root].place
    if form.export.has_codes_only:
        template = mark(
            "The answers are numbers of choices, and no file says what they mean. Keep the .do files together with the "
            "tables, or export as Stata or SPSS."
        )
        source.findings.error("E11", template, place)
        return False
    lost = form.not_found()
    if any(question.column == "name" for question in lost):
        template = mark('The question "{value}" has no column; export the survey again with all its questions.')
        name = next(question.name for question in lost if question.column == "name")
        source.findings.error("A21", template, place, column=name, value=name)
        return False
    if lost:
        template = mark("{count} questions have no column and count as not answered: {value}.")
        names = ", ".join(question.name for question in lost)
        source.findings.warning("A21", template, place, count=len(lost), value=shown(names))
    return True


def _list_is_told(form: OwnForm, source: Source) -> bool:
    """Return whether a form can be read without the list that partners were chosen from, and note its absence."""
    if form.form.design != "roster":
        return True
    place = form.export.parts[form.export.root].place
    chosen = [block.fields["target"].column for block in form.blocks if block.table == "linkages"]
    # Names of choices are ids; labels, joined by spaces, cannot be told apart without the list.
    joined = [column for column in chosen if column is not None and not column.choices]
    if any(not simple(column.header).endswith(_NAME_ENDINGS) for column in joined):
        template = mark(
            "Partners were chosen from a list, and their names cannot be told apart without it. Lay the list beside "
            "the export as enterprises.csv."
        )
        source.findings.error("E11", template, place)
        return False
    template = mark(
        "Partners were chosen from a list that is not at hand, so that only ids are known. Lay the list beside the "
        "export as enterprises.csv."
    )
    source.findings.warning("E11", template, place)
    return True


def _named(roster: TextTable) -> tuple[pd.Series, pd.Series]:
    rows = roster.rows.dropna(subset="enterprise_id")
    rows = rows[~rows["enterprise_id"].duplicated() & ~rows["enterprise_id"].str.contains(r"\s")]
    return rows["enterprise_id"], rows.get("name", rows["enterprise_id"]).fillna(rows["enterprise_id"])


def _answered(table: TextTable, roster: TextTable | None, source: Source) -> TextTable:
    """Leave out submissions of people who declined before they said who they are, by name or by the list."""
    rows = table.rows
    declined = rows.get("respondent", pd.Series("yes", index=rows.index)).fillna("").str.casefold().eq("no")
    named = rows["name"].notna() if "name" in rows.columns else pd.Series(True, index=rows.index)
    if roster is not None:
        listed = set(roster.rows["enterprise_id"].dropna().map(clean_key))
        named |= rows["enterprise_id"].map(clean_key, na_action="ignore").isin(listed)
    lost = (declined & ~named).to_numpy(dtype=bool)
    template = mark(
        "{count} submissions declined to answer and do not say who they are; they were left out (rows {rows})."
    )
    source.findings.counted("N03", template, table.place, rows.index[lost].tolist(), column="respondent")
    source.note_dropped("N03", "enterprises", int(lost.sum()))
    return TextTable(rows[~lost], table.place)


def _warn_of_strangers(answers: TextTable, roster: TextTable, source: Source) -> None:
    """Warn of answers of enterprises that are not in the list of those who were asked."""
    keys = answers.rows["enterprise_id"].map(clean_key, na_action="ignore")
    strange = keys.notna() & ~keys.isin(set(roster.rows["enterprise_id"].dropna().map(clean_key)))
    template = mark(
        "{count} submissions are of enterprises that are not in {file} (rows {rows}). They were kept; check whether it "
        "is the list that the form was made with."
    )
    rows = answers.rows.index[strange].tolist()
    source.findings.counted("E11", template, answers.place, rows, column="enterprise_id", file=roster.place.file)


def _lack_columns(tables: dict[str, TextTable], source: Source) -> bool:
    """Return whether a table is without a column that it must have, and note it."""
    before = len(source.findings.errors)
    template = mark(
        'Nothing in the file tells the "{value}" of the {table}; export the survey again with all its sheets and '
        "questions."
    )
    for name, table in tables.items():
        for column in SCHEMA[name].required_names:
            if column not in table.rows.columns:
                about = {"column": column, "value": column, "table": name}
                source.findings.error("A21", template, table.place, **about)
    return len(source.findings.errors) > before


def _no_linkages(place: Place) -> TextTable:
    columns = ("source", "target", "layer", "reporter")
    empty = {name: pd.array(np.array([], dtype=object), dtype="str") for name in columns}
    return TextTable(pd.DataFrame(empty, index=pd.RangeIndex(0)), place)
