"""From text to numbers: exact, declared, in Western, Arabic-Indic and Persian digits."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
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
_WORDS_NAN = frozenset({"nan", "na", "n/a", "none", "null", "#n/a", "-", "–", "—"})
_WORDS_INFINITE = frozenset({"inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "∞", "-∞", "+∞"})
#: What looks like a sign of ASCII: the comma of Arabic is one for people who type both, so it is as ambiguous.
_LIKE_ASCII = str.maketrans(
    {
        **dict.fromkeys(("\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{THIN SPACE}", "\N{FIGURE SPACE}"), " "),
        **dict.fromkeys(("\N{MINUS SIGN}", "\N{NON-BREAKING HYPHEN}", "\N{FULLWIDTH HYPHEN-MINUS}"), "-"),
        "\N{ARABIC COMMA}": ",",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        **dict.fromkeys("\u200e\u200f\u061c\u200b\ufeff\u202a\u202b\u202c\u202d\u202e", ""),
    }
)
#: Arabic-Indic and Persian digits as Western ones.
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_HAS_EASTERN = re.compile("[٠-٩۰-۹٫٬]")
#: A number with the decimal and thousands separators of Arabic, which nobody can misread.
_EASTERN = re.compile("[+-]?(?:[0-9]{1,3}(?:٬[0-9]{3})+|[0-9]*)(?:٫[0-9]*)?")
#: A band or a rough number: 10-49, 10 to 49, من 10 إلى 49, ~20, <10, 50+, about 20.
_BAND = re.compile(
    r"[~≈<>≤≥=]+ ?[0-9][0-9.,]*|[0-9][0-9.,]* ?\+|(?:[0-9][0-9.,]*|من [0-9][0-9.,]*|from [0-9][0-9.,]*) ?"
    r"(?:-|–|—|to|until|à|الى|إلى|حتى|لغاية) ?[0-9][0-9.,]*|"
    r"(?:about|around|approx\.?|circa|ca\.?|c\.|less than|more than|over|under|up to|at least|at most|"
    r"حوالي|حوالى|نحو|تقريبا|أقل من|اقل من|أكثر من|اكثر من|environ|plus de|moins de) ?[0-9][0-9.,]*|"
    r"[0-9][0-9.,]* ?(?:or more|and more|and above|or less|فأكثر|وأكثر|فما فوق|أو أكثر|أو أقل|فأقل|ou plus)"
)


class Kind(IntEnum):
    """What a cell of a numeric column turned out to be."""

    NUMBER = 0
    MISSING = 1
    EASTERN = 2  # a number in Arabic-Indic or Persian digits
    AMBIGUOUS = 3  # a comma or a group that nobody declared
    NOT_A_NUMBER_WORD = 4  # "nan", "None", "-"
    INFINITE = 5
    NO_NUMBER = 6
    BAND = 7  # "10-49", "~20"


@dataclass(frozen=True, eq=False)
class Numbers:
    """One column as numbers: NaN wherever the kind is neither a number, nor eastern digits, nor a declared band."""

    values: NDArray[np.float64]
    kinds: NDArray[np.uint8]

    @property
    def declared_bands(self) -> NDArray[np.bool_]:
        """Which cells hold a band whose number is declared."""
        return self.of_kind(Kind.BAND) & ~np.isnan(self.values)

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
    if decimal == "." and not (thousands and thousands in text) and _PLAIN.fullmatch(text) and text.isascii():
        # By far the most frequent case needs none of what follows.
        value = float(text)
        return (value, Kind.NUMBER) if math.isfinite(value) else (np.nan, Kind.INFINITE)
    text = plain_digits(text)
    if not text:
        return np.nan, Kind.MISSING
    kind = Kind.EASTERN if _HAS_EASTERN.search(text) or text.translate(DIGITS) != text else Kind.NUMBER
    text = text.translate(DIGITS)
    plain: str | None
    if "٫" in text or "٬" in text:
        # These separators mean one thing, whatever is declared for the others.
        plain = text.replace("٬", "").replace("٫", ".") if _EASTERN.fullmatch(text) else None
        plain = plain if plain and _PLAIN.fullmatch(plain) else None
    else:
        plain = _declared_reading(text, decimal, thousands)
    if plain is not None:
        value = float(plain)
        return (value, kind) if math.isfinite(value) else (np.nan, Kind.INFINITE)
    return np.nan, _kind_of_words(text)


def plain_digits(text: str) -> str:
    """Return a text with signs that look like those of ASCII as such, without spaces around it.

    Examples
    --------
    >>> plain_digits(" 10\N{EN DASH}49 ")
    '10–49'
    """
    return text.translate(_LIKE_ASCII).strip()


def _kind_of_words(text: str) -> Kind:
    """Return what a text is that is no number as it stands; its digits are those of ASCII."""
    word = text.casefold()
    if word in _WORDS_NAN:
        return Kind.NOT_A_NUMBER_WORD
    if word in _WORDS_INFINITE:
        return Kind.INFINITE
    if _GROUPED.fullmatch(text) or _COMMA.fullmatch(text):
        return Kind.AMBIGUOUS
    return Kind.BAND if _BAND.fullmatch(word) else Kind.NO_NUMBER


def band_key(text: str) -> str:
    """Return the form in which a band of the survey and one that is declared are equal: dashes, digits, spaces, case.

    Examples
    --------
    >>> band_key("١٠ – ٤٩") == band_key("10-49")
    True
    """
    text = re.sub("[–—‑]", "-", plain_digits(text).translate(DIGITS).casefold())
    return re.sub(r" *- *", "-", " ".join(text.split()))


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
    text = plain_digits(text).translate(DIGITS)
    if " " in text or "'" in text:
        return text.replace(" ", "").replace("'", "").replace(",", "."), " / ".join(re.split("[ ']", text))
    last = max(text.rfind(","), text.rfind("."))
    whole, fraction = text[:last], text[last + 1 :]
    digits = re.sub("[,.]", "", whole)
    return f"{digits}.{fraction}", digits + fraction


def numbers_of(
    values: Sequence[object] | pd.Series,
    *,
    decimal: str = ".",
    thousands: str = "",
    bands: Mapping[str, float] | None = None,
) -> Numbers:
    """Return a column of text as numbers; each distinct text is read once.

    Parameters
    ----------
    values : sequence of str or missing
        The cells.
    decimal, thousands : str
        The declared separators.
    bands : mapping of str to float, optional
        The numbers that bands stand for; a cell that is a number stays itself.

    Returns
    -------
    Numbers
        Values and kinds, in the order of the cells; a band that is declared has its number, and the kind of a band.
    """
    codes, distinct = pd.factorize(values if isinstance(values, pd.Series) else np.asarray(values, dtype=object))
    declared = {band_key(band): (float(value), Kind.BAND) for band, value in (bands or {}).items()}
    parsed = [parsed_number(str(text), decimal=decimal, thousands=thousands) for text in distinct]
    if declared:
        parsed = [
            (value, kind) if kind in (Kind.NUMBER, Kind.EASTERN) else declared.get(band_key(str(text)), (value, kind))
            for text, (value, kind) in zip(distinct, parsed, strict=True)
        ]
    # Code -1 (an empty cell) takes the last entry.
    found = np.array([*(value for value, _ in parsed), np.nan], dtype=np.float64)
    kinds = np.array([*(kind for _, kind in parsed), Kind.MISSING], dtype=np.uint8)
    return Numbers(found[codes], kinds[codes])
