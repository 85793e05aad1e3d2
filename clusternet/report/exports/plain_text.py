"""Texts for formats that cannot hold every letter: what is replaced, by what, and how often."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

import pandas as pd

from clusternet.messages import mark
from clusternet.report.csv_text import BYTE_ORDER_MARK, csv_text
from clusternet.report.exports.export import Told

_BREAKS = re.compile("[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


def one_line(text: str) -> str:
    r"""Return a text with tabs and line breaks replaced by a space.

    Examples
    --------
    >>> one_line("Oak\t&\r\nSons")
    'Oak & Sons'
    """
    return _BREAKS.sub(" ", text)


def quotable(text: str) -> str:
    """Return a text that can stand between double quotes: on one line, with single quotes inside.

    Examples
    --------
    >>> quotable('the "Oak"')
    "the 'Oak'"
    """
    return one_line(text).replace('"', "'")


def replaced(before: Iterable[str], after: Iterable[str], file: str) -> tuple[Told, ...]:
    """Tell how many texts are not what they were."""
    count = sum(old != new for old, new in zip(before, after, strict=True))
    forms = (
        mark("In {file} {count} text was changed, because the format cannot hold some of its letters."),
        mark("In {file} {count} texts were changed, because the format cannot hold some of their letters."),
    )
    return (Told(*forms, count, file),) if count else ()


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Return a table as CSV without a byte order mark, which graph programs take for a part of the first head."""
    shown = table.assign(
        **{
            str(name): table[name].map({True: "true", False: "false"}).astype(object)
            for name in table.columns
            if table[name].dtype == bool
        }
    )
    return csv_text(shown).removeprefix(BYTE_ORDER_MARK).encode()


def json_bytes(content: object) -> bytes:
    """Return JSON as UTF-8 with Arabic as Arabic; a number that is not finite is a fault."""
    return (json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n").encode()
