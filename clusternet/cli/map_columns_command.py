"""``map-columns``: a draft of ``[mapping]`` for an export of another form."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from clusternet.cli.output import language_of, say
from clusternet.cli.parsing import Commands
from clusternet.errors import InputError, Problem
from clusternet.messages import mark, translate

if TYPE_CHECKING:
    from clusternet.model import Settings


def add_map_columns_command(commands: Commands) -> None:
    """Add ``map-columns``."""
    added = commands.add(
        "map-columns", _run_map_columns, "guess how an export of another form is to be read, as a draft to correct"
    )
    added.add_argument(
        "export", metavar="EXPORT", help="what a survey tool handed out: a workbook, CSV, archive, folder"
    )
    added.add_argument("--out", metavar="FILE", help="the study.toml to write (default: print the draft)")
    added.add_argument("--config", metavar="FILE", help="a study.toml whose other settings are kept in the draft")
    added.add_argument("--overwrite", action="store_true", help="replace the file if it exists")


def _run_map_columns(arguments: argparse.Namespace) -> int:
    from clusternet.ingest.drafting.draft import draft_mapping
    from clusternet.ingest.drafting.text import draft_text
    from clusternet.report.settings_file import check_settings_out, write_settings_file

    language = language_of(arguments)
    if arguments.out:
        check_settings_out(arguments.out, overwrite=arguments.overwrite)
    settings, before = _kept_settings(arguments)
    draft, findings = draft_mapping(arguments.export, settings)
    for problem in findings.warnings:
        sys.stderr.write(problem.line(language) + "\n")
    if draft.needless:
        tool = translate(draft.tool, language)
        say(translate(draft.needless, language, file=draft.file, tool=tool))
        say(translate(mark("Run: clusternet check {file}"), language, file=draft.file))
        return 0
    text = before + draft_text(draft, settings, language)
    if not arguments.out:
        sys.stdout.write(text)
        return 0
    path = write_settings_file(text, arguments.out, overwrite=arguments.overwrite)
    for note in draft.notes:
        sys.stderr.write(translate(note.sentence, language, **note.values) + "\n")
    say(translate(mark("Draft of the mapping: {path}"), language, path=path))
    counts = mark(
        "Rows that it gives as it stands: enterprises {enterprises}, linkages {linkages}, needs and offers {resources}."
    )
    say(translate(counts, language, **draft.counts))
    say(translate(mark("Look through it and correct it, then run: clusternet check {file}"), language, file=draft.file))
    return 0


def _kept_settings(arguments: argparse.Namespace) -> tuple[Settings, str]:
    """Return the settings of the file that is to be kept, and its text; refuse one that holds a mapping already."""
    from pathlib import Path

    from clusternet.ingest.settings import content_of, settings_from
    from clusternet.model import Settings

    if arguments.config is None:
        return Settings(), ""
    data, name = content_of(arguments.config), Path(arguments.config).name
    settings = settings_from(data, name)
    if settings.mapping:
        template = mark(
            "The file holds a [mapping] already, which may have been corrected by hand and is not replaced; take it "
            "out of the file, or leave out --config and look at the new draft beside the old one."
        )
        problem = Problem("E09", "error", template, file=name, column="mapping")
        raise InputError(mark("The settings cannot be used as they stand."), problems=[problem])
    kept = data.decode("utf-8-sig").rstrip()
    return settings, f"{kept}\n\n" if kept else ""
