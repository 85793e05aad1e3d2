"""``form``: the questionnaire as an XLSForm."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from clusternet.cli.output import language_of, say
from clusternet.cli.parsing import Commands
from clusternet.errors import InputError
from clusternet.messages import mark, translate

if TYPE_CHECKING:
    from clusternet.model import Settings


def add_form_command(commands: Commands) -> None:
    """Add ``form``."""
    form = commands.add("form", _run_form, "write the questionnaire as an XLSForm for KoboToolbox, ODK and others")
    form.add_argument("--out", required=True, metavar="FILE", help="the file to write, such as form.xlsx")
    form.add_argument(
        "--roster",
        metavar="CSV",
        help="the enterprises to choose partners from: enterprise_id and name, as in a register",
    )
    form.add_argument("--config", metavar="FILE", help="a study.toml (default: the one beside the roster)")
    form.add_argument("--overwrite", action="store_true", help="replace the file if it exists")


def _run_form(arguments: argparse.Namespace) -> int:
    from clusternet.ingest.rosters import read_roster_list
    from clusternet.model.questionnaire import questionnaire
    from clusternet.report.form import write_form

    if arguments.lang:
        language_of(arguments)
    settings = _settings(arguments)
    _check_design(settings.design, has_roster=arguments.roster is not None)
    roster, warnings = read_roster_list(arguments.roster) if arguments.roster is not None else ([], ())
    form = questionnaire(settings, roster)
    languages = tuple(arguments.lang or form.languages)
    path = write_form(form, arguments.out, title=settings.title, languages=languages, overwrite=arguments.overwrite)
    language = languages[0]
    for problem in warnings:
        say(problem.line(language))
    written = mark("Form: {path} (questions: {count}; languages: {languages})")
    about = {"path": path, "count": len(form.questions), "languages": ", ".join(dict.fromkeys(languages))}
    say(translate(written, language, **about))
    say(translate(mark("What to do next:"), language))
    steps = [
        mark("Upload the form to KoboToolbox (New, then Upload an XLSForm), ODK Central, SurveyCTO or a like tool."),
        mark("Try it on a tablet and send a few answers before the interviews begin."),
    ]
    if form.design == "roster":
        steps.append(
            mark("Keep the list of enterprises as enterprises.csv in one folder with the export; it is read with it.")
        )
    if settings.layers:
        steps.append(mark("Keep study.toml in that folder too: it declares the layers that you ask for."))
    steps.append(mark("Export the answers and run: clusternet check EXPORT, then clusternet study EXPORT --out DIR."))
    for number, step in enumerate(steps, start=1):
        say(f"{number}. {translate(step, language)}")
    return 0


def _settings(arguments: argparse.Namespace) -> Settings:
    """Return the settings of the file named, of the one beside the roster, or the defaults."""
    from clusternet.ingest.settings import SETTINGS_FILE, read_settings
    from clusternet.model import Settings

    if arguments.config is not None:
        return read_settings(arguments.config)
    beside = Path(arguments.roster).parent / SETTINGS_FILE if arguments.roster is not None else None
    return read_settings(beside) if beside is not None and beside.is_file() else Settings()


def _check_design(design: str, *, has_roster: bool) -> None:
    """Refuse a form that is not of the design which the study declares."""
    if design == "roster" and not has_roster:
        template = mark(
            'study.toml declares design = "roster", and there is no list to choose from; give it with --roster '
            "enterprises.csv, or declare generator."
        )
        raise InputError(template)
    if design == "generator" and has_roster:
        template = mark(
            'study.toml declares design = "generator", in which partners are named freely; leave out --roster, or '
            "declare roster."
        )
        raise InputError(template)
