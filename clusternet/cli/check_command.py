"""``check``: every problem of a survey at once."""

from __future__ import annotations

import argparse

from clusternet.cli.output import language_of, say
from clusternet.cli.parsing import Commands
from clusternet.cli.reading_options import add_reading_options, reading_options
from clusternet.messages import mark, translate, translate_plural


def add_check_command(commands: Commands) -> None:
    """Add ``check``."""
    check = commands.add("check", _run_check, "list every problem of a survey at once")
    check.add_argument("survey", metavar="SURVEY", help="a folder, a workbook, an export, or a graph file")
    check.add_argument("--config", metavar="FILE", help="a study.toml (default: the one beside the survey)")
    add_reading_options(check)


def _run_check(arguments: argparse.Namespace) -> int:
    from clusternet.ingest import read_survey

    language = language_of(arguments)
    survey = read_survey(arguments.survey, arguments.config, **reading_options(arguments))
    for problem in survey.problems:
        say(problem.line(language))
    for name, table in survey.tables.items():
        say(translate(mark("{table}: {rows} rows"), language, table=name, rows=len(table)))
    template = mark("No errors, {count} warning."), mark("No errors, {count} warnings.")
    say(translate_plural(*template, len(survey.problems), language))
    return 0
