"""``verify``: whether a result is still what a study wrote, and whether the study gives the same again."""

from __future__ import annotations

import argparse

from clusternet.cli.output import Progress, language_of, say
from clusternet.cli.parsing import Commands
from clusternet.messages import mark, translate


def add_verify_command(commands: Commands) -> None:
    """Add ``verify``."""
    verify = commands.add("verify", _run_verify, "check a result's files, and with the survey run the study again")
    verify.add_argument("folder", metavar="DIR", help="the folder that a study wrote")
    verify.add_argument("survey", nargs="?", metavar="SURVEY", help="the survey, to run the study again and compare")
    verify.add_argument("--config", metavar="FILE", help="the study.toml of that run, if not beside the survey")


def _run_verify(arguments: argparse.Namespace) -> int:
    from clusternet.study import verify_study

    language = language_of(arguments)
    progress = Progress(language)
    try:
        found = verify_study(arguments.folder, arguments.survey, config=arguments.config, progress=progress)
    finally:
        progress.close()
    for difference in found:
        say(difference.text(language))
    if found:
        return 2
    whole = mark("Every file is as the study wrote it.")
    same = mark("Every file is as the study wrote it, and the study gives the same again.")
    say(translate(same if arguments.survey else whole, language))
    return 0
