"""Codes of industries as people write them: with a section's letter, dots, a trailing dot, further digits, a title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from clusternet.ingest.names import normalised_name
from clusternet.model.sectors import SECTORS, section_of

#: The letter of a section; then digits in groups; then letters of a country's own, as in the French 31.01Z.
_CODE = re.compile(r"([A-Z])?[ .-]?([0-9]+(?: ?\. ?[0-9]+)*)([A-Z]{0,2})")
_RANGE = re.compile(r"([0-9]{2})-([0-9]{2})")
#: A code with its title behind it, as lists to choose from show it.
_WITH_TITLE = re.compile(r"([A-Z]?[ .-]?[0-9][0-9.]*[A-Z]?)(?: ?[:)–—-] ?|(?<=[0-9]{3}) )[^0-9]{3,}.*")
_BEFORE = re.compile(r"(?:ISIC|NACE|NAICS|CODE|رمز)(?: ?REV\.? ?[0-9.]+)?[ :.]*(?=[A-Z]?[ .-]?[0-9])")
#: A number of a spreadsheet: the code with a fraction of nothing.
_AS_NUMBER = re.compile(r"([0-9]{3,})\.0+")
#: Countries add digits to the four of ISIC, and no more than these are meant as one code.
MOST_DIGITS = 8


class Code(NamedTuple):
    """A code taken apart: the letter of its section or an empty text, its digits, and where a range of them ends."""

    letter: str
    digits: str
    last: str = ""


def parsed_code(text: str) -> Code | None:
    """Return the code that a text holds, or None when it is written in words.

    Examples
    --------
    >>> parsed_code("C31.09"), parsed_code("3100."), parsed_code("٣١٠٠")
    (Code(letter='C', digits='3109', last=''), Code(letter='', digits='3100', last=''), Code(letter='', digits='3100', last=''))
    >>> parsed_code("C"), parsed_code("31-33"), parsed_code("furniture")
    (Code(letter='C', digits='', last=''), Code(letter='', digits='31', last='33'), None)
    >>> parsed_code("31 - Manufacture of furniture")
    Code(letter='', digits='31', last='')
    """  # noqa: E501
    text = normalised_name(text).upper().replace("٫", ".").strip(" '\"`").rstrip(". ")
    text = _BEFORE.sub("", text, count=1)
    if len(text) == 1 and "A" <= text <= "Z":
        return Code(text, "")
    if found := _RANGE.fullmatch(text):
        return Code("", found[1], found[2])
    if found := _WITH_TITLE.fullmatch(text):
        text = found[1].rstrip(".")
    if found := _AS_NUMBER.fullmatch(text):
        return Code("", found[1])
    found = _CODE.fullmatch(text)
    return None if found is None else Code(found[1] or "", re.sub("[. ]", "", found[2]))


def isic_code(code: Code) -> str:
    """Return a code of ISIC Rev.4, or an empty text where it is none, or its letter contradicts its digits.

    Examples
    --------
    >>> isic_code(Code("C", "3100")), isic_code(Code("D", "3100")), isic_code(Code("F", ""))
    ('3100', '', 'F')
    """
    if code.last:
        return ""
    if not code.digits:
        return code.letter if code.letter in SECTORS else ""
    fits = len(code.digits) > 1 and code.digits in SECTORS and code.letter in ("", section_of(code.digits))
    return code.digits if fits else ""


def extended_code(code: Code) -> str:
    """Return the class of ISIC Rev.4 that a country's longer code starts with, or an empty text.

    Examples
    --------
    >>> extended_code(Code("", "310010")), extended_code(Code("", "337122"))
    ('3100', '')
    """
    if not 4 < len(code.digits) <= MOST_DIGITS:
        return ""
    return isic_code(Code(code.letter, code.digits[:4]))


def nearest_codes(digits: str, known: Iterable[str] = SECTORS, *, longest: int = 4, most: int = 3) -> list[str]:
    """Return the codes of a classification that a code is most likely meant to be, the likeliest first.

    A code that lost its leading zero comes first, then those that share the longest beginning, then the nearest number.
    A code of more digits than the classification has belongs to another one, so that none is near.

    Examples
    --------
    >>> nearest_codes("111")
    ['0111', '110', '1104']
    >>> nearest_codes("3101")[0], nearest_codes("337122")
    ('3100', [])
    """
    if not 0 < len(digits) <= longest:
        return []
    lost, least = "0" + digits, min(2, len(digits))
    alike = [code for code in known if code == lost or (code.isdigit() and _shared(code, digits) >= least)]

    def rank(code: str) -> tuple[bool, int, int, int, str]:
        gap = abs(int(code.ljust(longest, "0")) - int(digits.ljust(longest, "0")))
        return code != lost, -_shared(code, digits), abs(len(code) - len(digits)), gap, code

    return sorted(alike, key=rank)[:most]


def _shared(one: str, other: str) -> int:
    """Return how many characters two codes have in common from the start."""
    differing = (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differing, min(len(one), len(other)))
