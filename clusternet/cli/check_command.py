"""``check``: every problem of a survey at once, on the terminal and as files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from clusternet.cli.output import language_of, say
from clusternet.cli.parsing import Commands
from clusternet.cli.reading_options import add_reading_options, reading_options
from clusternet.errors import InputError, Problem
from clusternet.messages import mark, translate, translate_plural

if TYPE_CHECKING:
    from clusternet.model.receipt import Receipt


def add_check_command(commands: Commands) -> None:
    """Add ``check``."""
    check = commands.add("check", _run_check, "list every problem of a survey at once")
    check.add_argument("survey", metavar="SURVEY", help="a folder, a workbook, an export, or a graph file")
    check.add_argument("--config", metavar="FILE", help="a study.toml (default: the one beside the survey)")
    check.add_argument(
        "--out", metavar="DIR", help="also write problems.csv and a copy of the workbook with the bad cells marked"
    )
    check.add_argument("--overwrite", action="store_true", help="replace the result of an earlier check in that folder")
    add_reading_options(check)


def _run_check(arguments: argparse.Namespace) -> int:
    from clusternet.ingest import read_survey
    from clusternet.model.receipt import Receipt
    from clusternet.report import check_out
    from clusternet.report.problem_files import MARKED_FILE

    language = language_of(arguments)
    if arguments.out:
        check_out(arguments.out, overwrite=arguments.overwrite, own_file=MARKED_FILE)
    try:
        survey = read_survey(arguments.survey, arguments.config, **reading_options(arguments))
    except InputError as error:
        if not error.problems:
            raise
        receipt = error.receipt if isinstance(error.receipt, Receipt) else Receipt()
        return _refused(error, receipt, arguments, language)
    for line in survey.receipt.lines(language):
        say(line)
    for name, table in survey.tables.items():
        say(translate(mark("{table}: {rows} rows"), language, table=name, rows=len(table)))
    _tell(survey.problems, language, error=False)
    template = mark("No errors, {count} warning."), mark("No errors, {count} warnings.")
    say(("\n" if survey.problems else "") + translate_plural(*template, len(survey.problems), language))
    _write(survey.problems, survey.receipt, arguments, language, error=False)
    _next(survey.problems, language, error=False)
    return 0


def _refused(error: InputError, receipt: Receipt, arguments: argparse.Namespace, language: str) -> int:
    """Tell what is wrong with a survey that could not be read."""
    from clusternet.report.problem_list import counts_sentence, problem_counts

    problems = (*error.problems, *error.warnings)
    values = {**error.values, "count": problem_counts(problems)["error"]}
    lines = [*receipt.lines(language), translate(error.template, language, **values)]
    for line in lines:
        _say(line, error=True)
    _tell(problems, language, error=True)
    _say("\n" + counts_sentence(problems, language) + ".", error=True)
    _write(problems, receipt, arguments, language, error=True)
    _next(problems, language, error=True)
    return error.exit_code


def _say(text: str, *, error: bool) -> None:
    (sys.stderr if error else sys.stdout).write(text + "\n")


def _tell(problems: Sequence[Problem], language: str, *, error: bool) -> None:
    from clusternet.report.problem_list import problem_lines

    for line in problem_lines(problems, language):
        _say(line, error=error)


def _next(problems: Sequence[Problem], language: str, *, error: bool) -> None:
    from clusternet.report.problem_list import next_steps

    for line in next_steps(problems, language):
        _say(line, error=error)


def _write(
    problems: Sequence[Problem], receipt: Receipt, arguments: argparse.Namespace, language: str, *, error: bool
) -> None:
    """Write the list and the marked copy, where a folder was named."""
    if not arguments.out:
        return
    from clusternet.ingest.shown_files import ShownFiles, shown_files
    from clusternet.report.marked_workbook import Original
    from clusternet.report.problem_files import MARKED_FILE, write_problems

    path = Path(arguments.survey)
    shown = shown_files(path, receipt, problems) if path.exists() else ShownFiles([], [], [])
    originals = [Original(*file) for file in shown.files]
    folder = write_problems(
        problems, out=arguments.out, originals=originals, language=language, overwrite=arguments.overwrite
    )
    for name in shown.in_part:
        text = mark("{file} is large: only its header and its rows with problems were copied, each in its own row.")
        _say(translate(text, language, file=name), error=error)
    for name in shown.too_large:
        text = mark("{file} is too large to be copied with marks; its problems are listed on the first sheet.")
        _say(translate(text, language, file=name), error=error)
    text = mark("The list: {list}. The copy with the bad cells marked: {copy}.")
    _say(translate(text, language, list=folder / "problems.csv", copy=folder / MARKED_FILE), error=error)
