"""From text to numbers: exact, declared, in Western, Arabic-Indic and Persian digits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

#: Separators of thousands that may be declared; a space stands for the narrow and the no-break space as well.
THOUSANDS = ("", ",", ".", " ", "'")
DECIMALS = (".", ",")

_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:(?P<group>[,. '])[0-9]{3})(?:(?P=group)[0-9]{3})*(?:(?P<point>[.,])[0-9]+)?")
_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]*(?:[eE][+-]?[0-9]+)?|[+-]?,[0-9]+")
_WORDS_NAN = frozenset({"nan", "na", "n/a", "none", "null", "#n/a", "-"})
_WORDS_INFINITE = frozenset({"inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "∞", "-∞", "+∞"})
_SPACES = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " ", "\N{THIN SPACE}": " "})
#: Arabic-Indic and Persian digits with their decimal and thousands separators; the latter are unambiguous.
_EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫", "01234567890123456789.", "٬")
_HAS_EASTERN = re.compile("[٠-٩۰-۹٫٬]")
_EASTERN_GROUPS = re.compile("[+-]?[٠-٩۰-۹0-9]{1,3}(?:٬[٠-٩۰-۹0-9]{3})+(?:٫[٠-٩۰-۹0-9]+)?")
_LIKE_SIGNS = str.maketrans({"\N{MINUS SIGN}": "-", "\u200e": "", "\u200f": "", "\u061c": ""})


class Kind(IntEnum):
    """What a cell of a numeric column turned out to be."""

    NUMBER = 0
    MISSING = 1
    EASTERN = 2  # a number in Arabic-Indic or Persian digits
    AMBIGUOUS = 3  # a comma or a group that nobody declared
    NOT_A_NUMBER_WORD = 4  # "nan", "None", "-"
    INFINITE = 5
    NO_NUMBER = 6


@dataclass(frozen=True, eq=False)
class Numbers:
    """One column as numbers: NaN wherever the kind is neither a number nor eastern digits."""

    values: NDArray[np.float64]
    kinds: NDArray[np.uint8]

    def of_kind(self, *kinds: Kind) -> NDArray[np.bool_]:
        """Return which cells are of some kinds."""
        return np.isin(self.kinds, kinds)


def parsed_number(text: str, *, decimal: str = ".", thousands: str = "") -> tuple[float, Kind]:
    """Return the number that a text means, and what it turned out to be.

    Parameters
    ----------
    text : str
        The cell.
    decimal, thousands : str
        The declared separators; see :data:`DECIMALS` and :data:`THOUSANDS`.

    Returns
    -------
    value : float
        NaN unless it is a number.
    kind : Kind
        What it is.

    Examples
    --------
    >>> parsed_number("١٢٫٥")
    (12.5, <Kind.EASTERN: 2>)
    >>> parsed_number("2,5", decimal=",")
    (2.5, <Kind.NUMBER: 0>)
    >>> parsed_number("2,5")[1]
    <Kind.AMBIGUOUS: 3>
    """
    text = text.translate(_LIKE_SIGNS).translate(_SPACES).strip()
    if not text:
        return np.nan, Kind.MISSING
    kind = Kind.NUMBER
    if _HAS_EASTERN.search(text):
        if "٬" in text and not _EASTERN_GROUPS.fullmatch(text):
            return np.nan, Kind.NO_NUMBER
        text, kind = text.translate(_EASTERN), Kind.EASTERN
        decimal, thousands = ("." if decimal == "." or "," not in text else decimal), thousands
    plain = _declared_reading(text, decimal, thousands)
    if plain is not None:
        value = float(plain)
        return (value, kind) if np.isfinite(value) else (np.nan, Kind.INFINITE)
    word = text.casefold()
    if word in _WORDS_NAN:
        return np.nan, Kind.NOT_A_NUMBER_WORD
    if word in _WORDS_INFINITE:
        return np.nan, Kind.INFINITE
    if _GROUPED.fullmatch(text) or _COMMA.fullmatch(text):
        return np.nan, Kind.AMBIGUOUS
    return np.nan, Kind.NO_NUMBER


def _declared_reading(text: str, decimal: str, thousands: str) -> str | None:
    """Return a text that float() reads, or None when the declared separators do not give one reading."""
    if thousands and thousands in text:
        grouped = _GROUPED.fullmatch(text)
        if not (grouped and grouped["group"] == thousands and grouped["point"] in (None, decimal)):
            return None
        text = text.replace(thousands, "")
    if decimal == ",":
        # With a declared comma, "1.200" has two readings again.
        if "." in text:
            return None
        text = text.replace(",", ".", 1)
    return text if _PLAIN.fullmatch(text) else None


def readings(text: str) -> tuple[str, str]:
    """Return the two ways to read a number with a separator that nobody declared.

    Examples
    --------
    >>> readings("1,200")
    ('1.200', '1200')
    """
    text = text.translate(_SPACES).translate(_EASTERN).strip()
    if " " in text or "'" in text:
        return text.replace(" ", "").replace("'", "").replace(",", "."), " / ".join(re.split("[ ']", text))
    last = max(text.rfind(","), text.rfind("."))
    whole, fraction = text[:last], text[last + 1 :]
    digits = re.sub("[,.]", "", whole)
    return f"{digits}.{fraction}", digits + fraction


def numbers_of(values: Sequence[object] | pd.Series, *, decimal: str = ".", thousands: str = "") -> Numbers:
    """Return a column of text as numbers; each distinct text is read once.

    Parameters
    ----------
    values : sequence of str or missing
        The cells.
    decimal, thousands : str
        The declared separators.

    Returns
    -------
    Numbers
        Values and kinds, in the order of the cells.
    """
    codes, distinct = pd.factorize(np.asarray(values, dtype=object))
    parsed = [parsed_number(str(text), decimal=decimal, thousands=thousands) for text in distinct]
    # Code -1 (an empty cell) takes the last entry.
    found = np.array([*(value for value, _ in parsed), np.nan], dtype=np.float64)
    kinds = np.array([*(kind for _, kind in parsed), Kind.MISSING], dtype=np.uint8)
    return Numbers(found[codes], kinds[codes])
