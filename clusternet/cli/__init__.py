"""The command line: arguments only, no thinking; one file for each family of commands."""

from __future__ import annotations

import argparse
import io
import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from clusternet import __version__
from clusternet.cli.cache_command import add_cache_command
from clusternet.cli.catalogue_commands import add_catalogue_commands
from clusternet.cli.check_command import add_check_command
from clusternet.cli.codes_command import add_codes_command
from clusternet.cli.export_command import add_export_command
from clusternet.cli.form_command import add_form_command
from clusternet.cli.map_columns_command import add_map_columns_command
from clusternet.cli.match_command import add_match_command
from clusternet.cli.output import say
from clusternet.cli.parsing import Commands
from clusternet.cli.publish_command import add_publish_command
from clusternet.cli.stopping import CLOSED_PIPE, TERMINATED, AskedToEndError, orderly_end
from clusternet.cli.study_commands import add_study_commands
from clusternet.cli.verify_command import add_verify_command
from clusternet.errors import ClusternetError
from clusternet.messages import LANGUAGES, mark, translate


def _run_version(arguments: argparse.Namespace) -> int:
    say(f"clusternet {__version__}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="clusternet",
        description="Find natural clusters of enterprises in a survey, and say how cohesive and complementary each is.",
        epilog="Start with: clusternet demo",
    )
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    commands = Commands(parser)
    add_study_commands(commands)
    add_check_command(commands)
    add_cache_command(commands)
    add_codes_command(commands)
    add_export_command(commands)
    add_form_command(commands)
    add_map_columns_command(commands)
    add_match_command(commands)
    add_publish_command(commands)
    add_verify_command(commands)
    add_catalogue_commands(commands)
    commands.add("version", _run_version, "print the version")
    return parser


def _shown_command(typed: Sequence[str], out: str | None) -> str:
    """Return the command for the manifest: paths as bare names, so that it does not tell whose machine it was."""
    # The folder's own name is left out, so that two runs into two folders write the same bytes.
    parts = ["DIR" if part == out else part.replace(f"--out={out}", "--out=DIR") for part in _without_cache(typed)]
    return shlex.join(["clusternet", *(Path(part).name if "/" in part or "\\" in part else part for part in parts)])


def _without_cache(typed: Sequence[str]) -> Iterator[str]:
    """Yield what was typed but for the options that say where stages are kept: the result does not depend on them."""
    waiting = iter(typed)
    for part in waiting:
        name, equals, _ = part.partition("=")
        # Options may be shortened as far as they stay clear: "--c" could be "--config" too.
        if len(name) > len("--c") and "--cache".startswith(name):
            if not equals:
                next(waiting, None)
        elif len(name) <= len("--") or not "--no-cache".startswith(name):
            yield part


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Parameters
    ----------
    argv : sequence of str, optional
        The arguments; by default those of the process.

    Returns
    -------
    int
        0 done, 1 a bug of ours, 2 bad input, 3 resource trouble, 4 refused for privacy, 130 interrupted,
        141 nobody reads any more what it says,
        143 asked to end by the system.
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
        with orderly_end():
            code: int = arguments.run(arguments)
            # Whoever reads what we say may have gone; here that can be told in order, and at the very end no more.
            sys.stdout.flush()
            return code
    except ClusternetError as error:
        if arguments.debug:
            raise
        sys.stderr.write(error.text(language if language in LANGUAGES else "en") + "\n")
        return error.exit_code
    except (KeyboardInterrupt, AskedToEndError) as stopped:
        shown = language if language in LANGUAGES else "en"
        sys.stderr.write(translate(mark("Stopped; nothing was changed."), shown) + "\n")
        kept = getattr(arguments, "kept", None)
        if kept is not None and kept.is_dir():
            told = mark("Stages that were done are kept in {cache}; the same command continues after them.")
            sys.stderr.write(translate(told, shown, cache=kept.name) + "\n")
        return TERMINATED if isinstance(stopped, AskedToEndError) else 130
    except BrokenPipeError:
        # What is still to be said goes nowhere, or Python would complain of it when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED_PIPE
    except MemoryError:
        if arguments.debug:
            raise
        text = mark("The machine has no memory left; nothing was changed. Split the survey, or use a larger machine.")
        sys.stderr.write(translate(text, language if language in LANGUAGES else "en") + "\n")
        return 3
    except Exception as error:  # every other failure is ours, and must not end in a traceback
        if arguments.debug:
            raise
        sys.stderr.write(
            f"clusternet failed by a fault of its own ({type(error).__name__}); run it again with --debug.\n"
        )
        return 1
