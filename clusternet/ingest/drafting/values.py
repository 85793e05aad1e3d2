"""What kind of answers a question got: numbers, positions, yes or no, a few words, or anything."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from clusternet.ingest.drafting.answer_lexicon import NO, YES
from clusternet.ingest.drafting.words import phrases_of, words_of
from clusternet.ingest.exports.headers import simple
from clusternet.ingest.numbers import Kind, parsed_number

#: A list of choices has at most this many answers, and none that is longer.
MOST_CHOICES = 60
LONGEST_CHOICE = 60
#: So many different answers tell what kind they are.
MOST_LOOKED_AT = 1_000
#: The share of answers that must be of a kind; a few slips of the pen do not hide what a column holds.
_SHARE = 0.8
_BAND = re.compile(r"\s*([0-9]{1,6})\s*[-\N{EN DASH}]\s*([0-9]{1,6})\s*")
_POSITION = re.compile(r"\s*(-?[0-9]{1,3}(?:\.[0-9]+)?)[\s,;]+(-?[0-9]{1,3}(?:\.[0-9]+)?)(?:[\s,;]+-?[0-9.]+){0,2}\s*")


def kind_of(values: pd.Series) -> str:
    """Return what kind of answers there are.

    Parameters
    ----------
    values : Series of str
        The answers, the empty ones left out.

    Returns
    -------
    {"none", "position", "yes or no", "number", "band", "text"}
        "none" without any answer; 1 and 0 alone are "yes or no" as well as numbers, and are called so.
    """
    texts = sorted({str(text) for text in values.unique()})
    if not texts:
        return "none"
    # Evenly from all of them, so that the order of rows makes no difference.
    texts = texts[:: max(1, len(texts) // MOST_LOOKED_AT)]
    if _share(is_position(text) for text in texts) >= _SHARE:
        return "position"
    if all(yes_or_no(text) for text in texts):
        return "yes or no"
    if _share(is_number(text) for text in texts) >= _SHARE:
        return "number"
    if _share(bool(_BAND.fullmatch(text)) or is_number(text) for text in texts) >= _SHARE:
        return "band"
    return "text"


def suits(kind: str, wanted: str, values: pd.Series) -> bool:
    """Return whether answers of a kind can be what a column wants; no answer contradicts nothing."""
    if kind == "none" or wanted == "any":
        return True
    if wanted == "number":
        return kind in ("number", "band") or (kind == "yes or no" and all(is_number(str(v)) for v in values.unique()))
    if wanted == "id":
        return kind in ("number", "text") and values.is_unique
    if wanted == "text":
        return kind in ("text", "number")
    return kind == wanted


def is_number(text: str) -> bool:
    """Return whether a text is a number, also with a comma that nobody declared yet."""
    return parsed_number(text)[1] in (Kind.NUMBER, Kind.EASTERN, Kind.AMBIGUOUS)


def has_commas(values: pd.Series) -> bool:
    """Return whether numbers are written with a comma that must be declared."""
    return any(parsed_number(str(text))[1] is Kind.AMBIGUOUS for text in values.unique())


def is_position(text: str) -> bool:
    """Return whether a text is a latitude and a longitude, perhaps with altitude and precision.

    Examples
    --------
    >>> is_position("31.95 35.91 800 5"), is_position("12")
    (True, False)
    """
    found = _POSITION.fullmatch(text)
    return found is not None and abs(float(found[1])) <= 90 and abs(float(found[2])) <= 180 and "." in found[1]


def yes_or_no(text: str) -> str:
    """Return "yes" or "no" for an answer in any of the languages; empty for any other."""
    plain = text.strip().casefold()
    if plain in ("1", "0"):
        return "yes" if plain == "1" else "no"
    for word, listed in (("no", NO), ("yes", YES)):
        if simple(text) in {simple(phrase) for phrase in listed.split(",")}:
            return word
    return ""


def bands(values: pd.Series) -> dict[str, str]:
    """Return every band such as "10-49" with its middle, in the order of the numbers."""
    found = {str(text): _BAND.fullmatch(str(text)) for text in values.unique()}
    middles = {text: (int(match[1]) + int(match[2])) / 2 for text, match in found.items() if match}
    return {text: f"{middles[text]:g}" for text in sorted(middles, key=lambda text: (middles[text], text))}


def are_choices(answers: Sequence[str]) -> bool:
    """Return whether answers may be those of a list: few and short. Only such answers are ever shown in a draft."""
    return 0 < len(answers) <= MOST_CHOICES and all(len(answer) <= LONGEST_CHOICE for answer in answers)


def meant(answer: str, listed: str) -> bool:
    """Return whether an answer is, word for word, one of some phrases."""
    return words_of(answer) in phrases_of(listed)


def _share(found: object) -> float:
    flags = [bool(flag) for flag in found]  # type: ignore[attr-defined]
    return sum(flags) / len(flags)
