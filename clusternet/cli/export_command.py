"""``export``: a study's result for other programs."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from clusternet.cli.output import language_of, say
from clusternet.cli.parsing import Commands
from clusternet.errors import InputError
from clusternet.messages import mark, translate

if TYPE_CHECKING:
    from clusternet.report.export_folder import Exported

_ALL = "all"


def add_export_command(commands: Commands) -> None:
    """Add ``export``."""
    export = commands.add("export", _run_export, "write a study's result for Gephi, Cytoscape, Pajek and others")
    export.add_argument("folder", nargs="?", metavar="DIR", help="the folder that a study wrote")
    export.add_argument(
        "--to",
        nargs="?",
        const="",
        default="",
        metavar="NAME",
        help="the program or format, or all; without a name: list them",
    )
    export.add_argument("--out", metavar="FOLDER", help="folder to write (default: DIR-NAME, beside the result)")
    export.add_argument("--overwrite", action="store_true", help="replace an earlier export in that folder")


def _run_export(arguments: argparse.Namespace) -> int:
    from clusternet.report.exports import EXPORTS

    language = language_of(arguments)
    if not arguments.to:
        for export in EXPORTS.values():
            say(f"{export.name:<10} {translate(export.label, language)} ({', '.join(export.files)})")
        say(f"{_ALL:<10} {translate(mark('Every one of them, each in a folder of its own'), language)}")
        return 0
    if arguments.to != _ALL:
        EXPORTS[arguments.to]
    if arguments.folder is None:
        raise InputError(
            mark("Name the folder that a study wrote: clusternet export DIR --to {name}."), name=arguments.to
        )
    return _write_all(arguments) if arguments.to == _ALL else _write_one(arguments)


def _write_one(arguments: argparse.Namespace) -> int:
    from clusternet.report.export_folder import export_result

    _say_exported(
        export_result(
            arguments.folder,
            arguments.to,
            arguments.out,
            language=language_of(arguments) if arguments.lang else None,
            overwrite=arguments.overwrite,
        ),
        language_of(arguments),
    )
    return 0


def _write_all(arguments: argparse.Namespace) -> int:
    """Write every export; those that could not be written are told, and decide the exit code."""
    from clusternet.report.export_folder import export_all

    language = language_of(arguments)
    done, refused = export_all(
        arguments.folder,
        arguments.out,
        language=language if arguments.lang else None,
        overwrite=arguments.overwrite,
    )
    for exported in done:
        _say_exported(exported, language)
    for trouble in refused:
        sys.stderr.write(trouble.text(language) + "\n")
    return max((trouble.exit_code for trouble in refused), default=0)


def _say_exported(exported: Exported, language: str) -> None:
    line = mark("{name}: {files} in {folder}")
    say(translate(line, language, name=exported.name, files=", ".join(exported.files), folder=exported.folder))
    for sentence in exported.told:
        say(f"  {sentence}")
    if exported.notice:
        sys.stderr.write(exported.notice + "\n")
