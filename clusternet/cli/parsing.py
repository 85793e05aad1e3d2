"""The family of commands: each adds its own arguments."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from clusternet.cli.output import languages_of


class Commands:
    """Takes commands with what all of them have: a language, and ``--debug``.

    Parameters
    ----------
    parser : ArgumentParser
        The parser of the program.
    """

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._added: Any = parser.add_subparsers(dest="name", required=True, metavar="COMMAND")

    def add(self, name: str, run: Callable[[argparse.Namespace], int], help_text: str) -> argparse.ArgumentParser:
        """Add one command and return its parser.

        Parameters
        ----------
        name : str
            What the user types.
        run : callable
            Takes the arguments and returns the exit code.
        help_text : str
            What the command does.

        Returns
        -------
        ArgumentParser
            For the command's own arguments.
        """
        added: argparse.ArgumentParser = self._added.add_parser(name, help=help_text, description=help_text)
        added.set_defaults(run=run)
        added.add_argument("--lang", type=languages_of, metavar="en,ar", help="languages of the report and of messages")
        added.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        return added
