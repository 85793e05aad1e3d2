"""``study`` and ``demo``: from a survey to its report."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from clusternet.cli.output import Progress, say
from clusternet.cli.parsing import Commands
from clusternet.cli.reading_options import add_reading_options, reading_options
from clusternet.messages import LANGUAGES, mark, translate, translate_plural

_DEMO = "clusternet-demo"


def add_study_commands(commands: Commands) -> None:
    """Add ``demo`` and ``study``."""
    demo = commands.add("demo", _run_demo, "run a whole study on the shipped furniture survey (synthetic)")
    demo.add_argument("--out", default=_DEMO, metavar="DIR", help=f"folder to write (default: {_DEMO})")
    demo.add_argument(
        "--overwrite", action="store_true", help="replace an earlier result (the default folder is replaced anyway)"
    )
    _add_work(demo)
    study = commands.add("study", _run_study, "turn a survey into report, map, workbook and tables")
    study.add_argument("survey", metavar="SURVEY", help="a folder, a workbook, an export, or a graph file")
    study.add_argument("--out", required=True, metavar="DIR", help="folder to write")
    study.add_argument("--overwrite", action="store_true", help="replace an earlier result in that folder")
    _add_work(study)
    add_reading_options(study)


def _add_work(added: argparse.ArgumentParser) -> None:
    added.add_argument(
        "--pdf", action="store_true", help="print each report as PDF too (needs Chromium, Chrome or Edge)"
    )
    added.add_argument("--config", metavar="FILE", help="a study.toml (default: the one beside the survey)")
    added.add_argument("--method", metavar="NAME", help="a detection method (see: clusternet methods)")
    added.add_argument("--seed", type=int, metavar="N", help="seed of everything random (default: 0)")
    added.add_argument("--draws", type=int, metavar="N", help="random draws of the tests against chance (default: 200)")
    added.add_argument("--resamples", type=int, metavar="N", help="resamples for intervals and stability (default: 50)")

    added.add_argument(
        "--cache", metavar="DIR", help="folder to keep finished stages in, confidential (default: the result's .stages)"
    )
    added.add_argument("--no-cache", action="store_true", help="keep no stages, and take none from an earlier run")


def _cache(arguments: argparse.Namespace, out: str) -> Path | None:
    """Return where the stages are kept: beside the result, where the user sees it."""
    if arguments.no_cache:
        return None
    if arguments.cache is not None:
        return Path(arguments.cache)
    target = Path(out).resolve()
    return target.with_name(f"{target.name}.stages") if target.name else None


def _notice(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")


def _study(arguments: argparse.Namespace, survey: str, *, out: str, overwrite: bool, reading: Mapping[str, Any]) -> int:
    from clusternet.study import run_study

    language = (arguments.lang or ["en"])[0]
    progress = Progress(language if language in LANGUAGES else "en")
    arguments.kept = _cache(arguments, out)
    try:
        study = run_study(
            survey,
            out=out,
            config=arguments.config,
            method=arguments.method,
            seed=arguments.seed,
            languages=arguments.lang,
            draws=arguments.draws,
            resamples=arguments.resamples,
            overwrite=overwrite,
            pdf=arguments.pdf,
            command=arguments.typed,
            cache=arguments.kept,
            progress=progress,
            notice=_notice,
            reading=reading,
        )
    finally:
        progress.close()
    language = (arguments.lang or [study.survey.settings.language])[0]
    n = study.network.n_enterprises
    say(translate_plural(mark("{count} enterprise"), mark("{count} enterprises"), n, language))
    say(translate_plural(mark("{count} cluster"), mark("{count} clusters"), study.clusters.n_clusters, language))
    warnings = len(study.survey.problems)
    if warnings:
        template = (
            mark("{count} warning about the data; see problems.csv"),
            mark("{count} warnings about the data; see problems.csv"),
        )
        say(translate_plural(*template, warnings, language))
    say(translate(mark("Report: {path}"), language, path=study.report))
    return 0


def _run_study(arguments: argparse.Namespace) -> int:
    return _study(
        arguments,
        arguments.survey,
        out=arguments.out,
        overwrite=arguments.overwrite,
        reading=reading_options(arguments),
    )


def _run_demo(arguments: argparse.Namespace) -> int:
    from clusternet.datasets import DATASETS

    # The demo's own folder holds nothing of the user's, so a second run may replace the first.
    overwrite = arguments.overwrite or arguments.out == _DEMO
    return _study(arguments, str(DATASETS["furniture"].folder), out=arguments.out, overwrite=overwrite, reading={})
