"""A draft of ``[mapping]`` for an export of a form that is not ours, guessed from its headings and answers."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from clusternet.errors import InputError, shown
from clusternet.ingest.drafting.blocks import guess_blocks
from clusternet.ingest.drafting.items import Item, items_of, unmapped
from clusternet.ingest.drafting.lines import Draft, Reason, Table
from clusternet.ingest.drafting.register import guess_register
from clusternet.ingest.drafting.sheets import Sheet
from clusternet.ingest.drafting.subjects import subject_above, subject_of_sheet, titles_of
from clusternet.ingest.drafting.text import mapping_of
from clusternet.ingest.exports.assembling import tables_of
from clusternet.ingest.exports.containers import open_export
from clusternet.ingest.exports.dialects import DIALECTS, dialect_of
from clusternet.ingest.exports.export import Export, Part
from clusternet.ingest.exports.headers import simple
from clusternet.ingest.exports.mapped_form import mapped_blocks
from clusternet.ingest.exports.own_form import OwnForm
from clusternet.ingest.findings import Findings
from clusternet.ingest.source import Options, Source
from clusternet.messages import mark
from clusternet.model.questionnaire import questionnaire
from clusternet.model.schema import SCHEMA
from clusternet.model.settings import Settings

#: Stands for an enterprise of a roster that is not at hand, so that the questions of a roster can be recognised.
_NOBODY = (("-", "-"),)


def draft_mapping(path: str | Path, settings: Settings | None = None) -> tuple[Draft, Findings]:
    """Guess how an export of another form is to be read.

    Parameters
    ----------
    path : str or Path
        What a survey tool handed out: a workbook, a text table, an archive or a folder of them, a statistics file.
    settings : Settings, optional
        What the study declares, such as layers of its own; defaults without.

    Returns
    -------
    draft : Draft
        The lines; none where the export is of our own form, or holds our own tables.
    findings : Findings
        What was remarkable when the file was opened; no errors.

    Raises
    ------
    InputError
        If the file is missing, damaged, or no table of answers.
    ResourceError
        If it cannot be read though it is there.
    """
    path, settings = Path(path), settings or Settings()
    source = Source(path, settings, Options(allow_empty=True))
    opened = open_export(path, source)
    if opened is None:
        raise _refused(source)
    heads = {title: opened.head(title) for title in opened.titles}
    dialect = dialect_of(heads, str(settings.mapping.get("dialect", "")))
    draft = Draft(path.name, dialect.label)
    titles = {title.strip().casefold() for title in opened.titles}
    if dialect is DIALECTS["sheet"] and {name for name, schema in SCHEMA.items() if schema.required} <= titles:
        needless = mark('"{file}" holds the tables enterprises and linkages; it is read as it is, without any mapping.')
        return dataclasses.replace(draft, needless=needless), source.findings
    export = dialect.read(opened, source)
    if export is None or source.findings.errors:
        raise _refused(source)
    if _is_ours(export, settings):
        needless = mark('"{file}" is an export ({tool}) of our own form; it is read as it is, without any mapping.')
        return dataclasses.replace(draft, needless=needless), source.findings
    drafted = _drafted(draft, export, settings)
    return dataclasses.replace(drafted, counts=_counts(drafted, export, settings)), source.findings


def _refused(source: Source) -> InputError:
    template = mark("The export cannot be read as it stands. Problems to correct: {count}.")
    problems = source.findings.errors
    return InputError(template, problems=problems, count=len(problems))


def _counts(draft: Draft, export: Export, settings: Settings) -> dict[str, int]:
    """Return how many rows a draft gives, by reading the export with it."""
    source = Source(Path(draft.file), settings)
    tables = tables_of(export, mapped_blocks(export, mapping_of(draft), source), source)
    return {name: len(tables[name].rows) if name in tables else 0 for name in ("enterprises", "linkages", "resources")}


def _is_ours(export: Export, settings: Settings) -> bool:
    plain = dataclasses.replace(settings, design="", max_nominations=None)
    return any(OwnForm(export, questionnaire(plain, roster)).is_ours for roster in ((), _NOBODY))


def _drafted(draft: Draft, export: Export, settings: Settings) -> Draft:
    root = export.parts[export.root]
    # Sheets that hang on nothing cannot be told whose they are.
    parts = [part for part in export.parts.values() if part.parent or part is root]
    items = {part.title: items_of(part, export) for part in parts}
    register = guess_register(items[root.title], len(root.rows))
    used = {root.title: set(register.used)}
    words, hidden = register.words, register.hidden
    tables = [Table("enterprises", register.lines)]
    subjects = {part.title: subject_of_sheet(part, items[part.title], export) for part in parts}
    for part in parts:
        left = [item for item in items[part.title] if item.name not in used.get(part.title, set())]
        sheet = Sheet(
            "" if part is root else _name_of(part, export),
            left,
            subjects[part.title],
            subject_above(part, subjects, export),
            [] if part is root else titles_of(part, items[part.title]),
            settings,
            words=words,
            hidden=hidden,
        )
        tables += guess_blocks(sheet)
        used[part.title] = used.get(part.title, set()) | sheet.used
    tables.sort(key=lambda table: list(SCHEMA).index(table.name))
    return dataclasses.replace(
        draft,
        tables=tables,
        words={column: table for column, table in words.items() if table},
        bands=register.bands,
        commas=register.commas,
        left_out=_left_out(parts, items, used, export),
        notes=[*_notes(tables, parts, export), *_free_text(hidden)],
    )


def _name_of(part: Part, export: Export) -> str:
    """Return what a mapping calls a sheet: its whole name, where its title is cut and nothing else is called so."""
    for name in part.names:
        alike = [other for other in export.parts.values() if simple(name) in map(simple, (other.title, *other.names))]
        if alike == [part]:
            return name
    return part.title


def _left_out(
    parts: list[Part], items: dict[str, list[Item]], used: dict[str, set[str]], export: Export
) -> dict[str, list[str]]:
    found = {part.title: unmapped(items[part.title], used[part.title], part, export) for part in parts}
    return {title: names for title, names in found.items() if names}


def _free_text(hidden: dict[str, int]) -> list[Reason]:
    text = mark(
        "{count} answers for {column} have no meaning and look like free text; they are not shown here, where they "
        "might name people."
    )
    return [Reason(text, {"count": count, "column": column}) for column, count in hidden.items() if count]


def _notes(tables: list[Table], parts: list[Part], export: Export) -> list[Reason]:
    found = []
    linked = any(table.name == "linkages" and table.sure for table in tables)
    if not any(line.key == "name" and line.sure for line in tables[0].lines):
        found.append(Reason(mark("No column was recognised as the name of the enterprise; write it below.")))
    if not linked and not export.has_repeats:
        text = mark(
            "No partners were found. The file holds the submissions alone; where partners were asked for one by one, "
            "they are only in the XLSX or ZIP export."
        )
        found.append(Reason(text))
    elif not linked:
        found.append(Reason(mark("No partners were found; write a block [[mapping.linkages]] for them.")))
    for title in sorted(set(export.parts) - {part.title for part in parts}):
        text = mark('The sheet "{sheet}" hangs on no submission and was left out.')
        found.append(Reason(text, {"sheet": shown(title)}))
    return found
