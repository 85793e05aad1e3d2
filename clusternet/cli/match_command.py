"""``match``: partners named in words, and enterprises that stand twice, for somebody to decide."""

from __future__ import annotations

import argparse
from pathlib import Path

from clusternet.cli.output import language_of, say
from clusternet.cli.parsing import Commands
from clusternet.cli.reading_options import add_reading_options, reading_options
from clusternet.messages import mark, translate


def add_match_command(commands: Commands) -> None:
    """Add ``match``."""
    match = commands.add("match", _run_match, "write doubtful names into a workbook, and read the decisions back")
    match.add_argument("survey", metavar="SURVEY", help="a folder, a workbook, an export, or a graph file")
    match.add_argument(
        "--out",
        required=True,
        metavar="FILE",
        help="the workbook to write (.xlsx); decisions in it are read first where it exists",
    )
    match.add_argument("--decisions", metavar="FILE", help="another workbook of this command with decisions")
    match.add_argument("--config", metavar="FILE", help="a study.toml (default: the one beside the survey)")
    add_reading_options(match)


def _run_match(arguments: argparse.Namespace) -> int:
    from clusternet.ingest.matching.aliases import joined_decisions
    from clusternet.ingest.matching.decisions import read_decisions
    from clusternet.ingest.matching.review import review_survey
    from clusternet.report.review_workbook import write_aliases, write_review

    language = language_of(arguments)
    out = Path(arguments.out)
    given = [out] if out.exists() else []
    given += [Path(arguments.decisions)] if arguments.decisions else []
    options = reading_options(arguments)
    review = review_survey(arguments.survey, arguments.config, **options)
    language = language if arguments.lang else review.language
    decided = [decision for path in given for decision in read_decisions(path, review.ids)]
    if decided:
        path = write_aliases(joined_decisions(review.decisions, decided), arguments.survey)
        text = mark("Decisions read and remembered in {file}: {count}.")
        say(translate(text, language, file=path, count=len(decided)))
        review = review_survey(arguments.survey, arguments.config, **options)
    write_review(review, out, language=language)
    for text, number in (
        (mark("Partners to decide: {count}."), len(review.doubtful)),
        (mark("Pairs of enterprises that may be one: {count}."), len(review.duplicates)),
        (mark("Partners taken for an enterprise automatically: {count}."), len(review.accepted)),
    ):
        say(translate(text, language, count=number))
    text = (
        mark("To decide: {out}. Then give the same command again.")
        if review.doubtful or review.duplicates
        else mark("Nothing is left to decide; what was taken automatically can be overruled in {out}.")
    )
    say(translate(text, language, out=out))
    return 0
