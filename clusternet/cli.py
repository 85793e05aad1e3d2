"""The command line: arguments only, no thinking."""

from __future__ import annotations

import argparse
import io
import json
import math
import shlex
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from clusternet import __version__
from clusternet.errors import ClusternetError, InputError
from clusternet.messages import LANGUAGES, mark, translate, translate_plural


def _stages() -> dict[str, str]:
    return {
        "read": mark("Reading the survey"),
        "network": mark("Building the network"),
        "clusters": mark("Finding clusters"),
        "scores": mark("Scoring clusters"),
        "doubt": mark("Measuring doubt"),
        "report": mark("Writing the report"),
    }


class _Progress:
    """Shows the stage of the work on a terminal, and nothing in a pipe."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.bar: Any = None
        if sys.stderr.isatty():
            from tqdm import tqdm

            self.bar = tqdm(total=len(_stages()), leave=False, bar_format="{desc} {bar:20} {postfix}")
        self.stage = ""

    def __call__(self, stage: str, text: str) -> None:
        if self.bar is None:
            return
        if stage != self.stage:
            self.bar.update(1 if self.stage else 0)
            self.stage = stage
        self.bar.set_description_str(translate(_stages()[stage], self.language))
        self.bar.set_postfix_str(text)

    def close(self) -> None:
        if self.bar is not None:
            self.bar.close()


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _languages(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _study(arguments: argparse.Namespace, survey: str, *, out: str, overwrite: bool) -> int:
    from clusternet.study import run_study

    language = (arguments.lang or ["en"])[0]
    progress = _Progress(language if language in LANGUAGES else "en")
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
            command=arguments.typed,
            progress=progress,
        )
    finally:
        progress.close()
    language = (arguments.lang or [study.survey.settings.language])[0]
    n = study.network.n_enterprises
    _say(translate_plural(mark("{count} enterprise"), mark("{count} enterprises"), n, language))
    _say(translate_plural(mark("{count} cluster"), mark("{count} clusters"), study.clusters.n_clusters, language))
    warnings = len(study.survey.problems)
    if warnings:
        template = (
            mark("{count} warning about the data; see problems.csv"),
            mark("{count} warnings about the data; see problems.csv"),
        )
        _say(translate_plural(*template, warnings, language))
    _say(translate(mark("Report: {path}"), language, path=study.report))
    return 0


def _run_study(arguments: argparse.Namespace) -> int:
    return _study(arguments, arguments.survey, out=arguments.out, overwrite=arguments.overwrite)


def _run_demo(arguments: argparse.Namespace) -> int:
    from clusternet.datasets import DATASETS

    # The demo's folder holds nothing of the user's, so a second run may replace the first.
    return _study(arguments, str(DATASETS["furniture"].folder), out=arguments.out, overwrite=True)


def _run_check(arguments: argparse.Namespace) -> int:
    from clusternet.ingest import read_survey

    language = (arguments.lang or ["en"])[0]
    survey = read_survey(arguments.survey, arguments.config)
    for problem in survey.problems:
        _say(problem.line(language))
    for name, table in survey.tables.items():
        _say(translate(mark("{table}: {rows} rows"), language, table=name, rows=len(table)))
    template = mark("No errors, {count} warning."), mark("No errors, {count} warnings.")
    _say(translate_plural(*template, len(survey.problems), language))
    return 0


def _run_metrics(arguments: argparse.Namespace) -> int:
    from clusternet.metrics import METRICS
    from clusternet.metrics.reference import card_facts, reference_page

    chosen = [METRICS[arguments.entry]] if arguments.entry else list(METRICS.values())
    if arguments.markdown:
        sys.stdout.write(reference_page(chosen, _language(arguments)))
        return 0
    cards = [entry.card for entry in chosen]
    return _list(cards, arguments, columns=("name", "family", "better", "label"), facts=card_facts)


def _run_methods(arguments: argparse.Namespace) -> int:
    from clusternet.detect import METHODS
    from clusternet.detect.reference import method_facts

    chosen = [METHODS[arguments.entry]] if arguments.entry else list(METHODS.values())
    cards = [entry.card for entry in chosen]
    code = _list(cards, arguments, columns=("name", "label", "sentence"), facts=method_facts)
    for refusal in () if arguments.entry else METHODS.refused:
        sys.stderr.write(refusal.text(_language(arguments)) + "\n")
    return code


def _language(arguments: argparse.Namespace) -> str:
    """Return the first language asked for, English by default."""
    language: str = (arguments.lang or ["en"])[0]
    if language not in LANGUAGES:
        template = mark('There is no language "{given}"; expected one of: {known}.')
        raise InputError(template, given=language, known=", ".join(LANGUAGES))
    return language


def _list(
    cards: Sequence[Any],
    arguments: argparse.Namespace,
    *,
    columns: Sequence[str],
    facts: Callable[[Any, str], list[tuple[str, str]]],
) -> int:
    """Print cards: as JSON, the one that was named in full, or all as a table."""
    language = _language(arguments)
    if arguments.json:
        _say(json.dumps(_json_ready(cards), ensure_ascii=False, indent=2, allow_nan=False))
        return 0
    if arguments.entry:
        for card in cards:
            _say(f"{card.name}: {translate(card.label, language)}\n{translate(card.sentence, language)}\n")
            for heading, text in facts(card, language):
                _say(f"{heading}: {text}")
        return 0
    rows = [[translate(str(getattr(card, column)), language) for column in columns] for card in cards]
    widths = [max(len(row[place]) for row in rows) for place in range(len(columns))]
    for row in rows:
        _say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    return 0


def _json_ready(value: Any) -> Any:
    """Return cards as what JSON can hold; a range without a bound has null there."""
    if is_dataclass(value):
        return {entry.name: _json_ready(getattr(value, entry.name)) for entry in fields(value)}
    if isinstance(value, Mapping):
        return {key: _json_ready(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_json_ready(entry) for entry in value]
    return None if isinstance(value, float) and math.isinf(value) else value


def _run_version(arguments: argparse.Namespace) -> int:
    _say(f"clusternet {__version__}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="clusternet",
        description="Find natural clusters of enterprises in a survey, and say how cohesive and complementary each is.",
        epilog="Start with: clusternet demo",
    )
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    commands = parser.add_subparsers(dest="name", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], help_text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help_text, description=help_text)
        added.set_defaults(run=run)
        added.add_argument("--lang", type=_languages, metavar="en,ar", help="languages of the report and of messages")
        added.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        return added

    def work(added: argparse.ArgumentParser) -> None:
        added.add_argument("--config", metavar="FILE", help="a study.toml (default: the one beside the survey)")
        added.add_argument("--method", metavar="NAME", help="a detection method (see: clusternet methods)")
        added.add_argument("--seed", type=int, metavar="N", help="seed of everything random (default: 0)")
        added.add_argument(
            "--draws", type=int, metavar="N", help="random draws of the tests against chance (default: 200)"
        )
        added.add_argument(
            "--resamples", type=int, metavar="N", help="resamples for intervals and stability (default: 50)"
        )

    demo = command("demo", _run_demo, "run a whole study on the shipped furniture survey (synthetic)")
    demo.add_argument(
        "--out", default="clusternet-demo", metavar="DIR", help="folder to write (default: clusternet-demo)"
    )
    work(demo)
    study = command("study", _run_study, "turn a survey into report, map, workbook and tables")
    study.add_argument("survey", metavar="SURVEY", help="a folder of CSV files, an XLSX, or a graph file")
    study.add_argument("--out", required=True, metavar="DIR", help="folder to write")
    study.add_argument("--overwrite", action="store_true", help="replace an earlier result in that folder")
    work(study)
    check = command("check", _run_check, "list every problem of a survey at once")
    check.add_argument("survey", metavar="SURVEY", help="a folder of CSV files, an XLSX, or a graph file")
    check.add_argument("--config", metavar="FILE", help="a study.toml (default: the one beside the survey)")
    for name, run, text, one in (
        ("metrics", _run_metrics, "list every metric, or print the card of one", "METRIC"),
        ("methods", _run_methods, "list every method, or print the card of one", "METHOD"),
    ):
        listing = command(name, run, text)
        listing.add_argument("entry", nargs="?", metavar=one, help="print the whole card of this one")
        listing.add_argument("--json", action="store_true", help="print the whole cards as JSON")
        if name == "metrics":
            listing.add_argument("--markdown", action="store_true", help="print the reference page as Markdown")
    command("version", _run_version, "print the version")
    return parser


def _shown_command(typed: Sequence[str], out: str | None) -> str:
    """Return the command for the manifest: paths as bare names, so that it does not tell whose machine it was."""
    # The folder's own name is left out, so that two runs into two folders write the same bytes.
    parts = ["DIR" if part == out else part.replace(f"--out={out}", "--out=DIR") for part in typed]
    return shlex.join(["clusternet", *(Path(part).name if "/" in part or "\\" in part else part for part in parts)])


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Parameters
    ----------
    argv : sequence of str, optional
        The arguments; by default those of the process.

    Returns
    -------
    int
        0 done, 1 a bug of ours, 2 bad input, 3 resource trouble, 4 refused for privacy, 130 interrupted.
    """
    for stream in (sys.stdout, sys.stderr):
        # Arabic must not stop a run on a terminal whose code page lacks it.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    typed = list(sys.argv[1:] if argv is None else argv)
    arguments = _parser().parse_args(typed)
    arguments.typed = _shown_command(typed, getattr(arguments, "out", None))
    language = (arguments.lang or ["en"])[0]
    try:
        return arguments.run(arguments)
    except ClusternetError as error:
        if arguments.debug:
            raise
        sys.stderr.write(error.text(language if language in LANGUAGES else "en") + "\n")
        return error.exit_code
    except KeyboardInterrupt:
        sys.stderr.write(
            translate(mark("Stopped; nothing was changed."), language if language in LANGUAGES else "en") + "\n"
        )
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 141
    except Exception as error:  # every other failure is ours, and must not end in a traceback
        if arguments.debug:
            raise
        sys.stderr.write(
            f"clusternet failed by a fault of its own ({type(error).__name__}); run it again with --debug.\n"
        )
        return 1


if __name__ == "__main__":
    sys.exit(main())
