"""What every command says and how: plain lines, the language asked for, progress on a terminal."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from clusternet.errors import InputError
from clusternet.messages import LANGUAGES, mark, translate


def say(text: str) -> None:
    """Print one line."""
    sys.stdout.write(text + "\n")


def languages_of(text: str) -> list[str]:
    """Return the languages of an argument such as ``en,ar``."""
    return [part.strip() for part in text.split(",") if part.strip()]


def language_of(arguments: argparse.Namespace) -> str:
    """Return the first language asked for, English by default."""
    language: str = (arguments.lang or ["en"])[0]
    if language not in LANGUAGES:
        template = mark('There is no language "{given}"; expected one of: {known}.')
        raise InputError(template, given=language, known=", ".join(LANGUAGES))
    return language


def stage_words() -> dict[str, str]:
    """Return what each stage of a study does, in words to be translated."""
    return {
        "read": mark("Reading the survey"),
        "network": mark("Building the network"),
        "clusters": mark("Finding clusters"),
        "scores": mark("Scoring clusters"),
        "doubt": mark("Measuring doubt"),
        "report": mark("Writing the report"),
    }


class Progress:
    """Shows the stage of the work on a terminal, and nothing in a pipe."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.bar: Any = None
        if sys.stderr.isatty():
            from tqdm import tqdm

            self.bar = tqdm(total=len(stage_words()), leave=False, bar_format="{desc} {bar:20} {postfix}")
        self.stage = ""

    def __call__(self, stage: str, text: str) -> None:
        """Show a stage, by its key, and how far it is."""
        if self.bar is None:
            return
        if stage != self.stage:
            self.bar.update(1 if self.stage else 0)
            self.stage = stage
        self.bar.set_description_str(translate(stage_words()[stage], self.language))
        self.bar.set_postfix_str(text)

    def close(self) -> None:
        """Leave the terminal as it was."""
        if self.bar is not None:
            self.bar.close()
