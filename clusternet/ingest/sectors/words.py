"""Sectors in words: titles of ISIC Rev.4 in English and Arabic, and what people call them every day."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import NamedTuple

from clusternet.ingest.names import normalised_name
from clusternet.ingest.sectors.classifications import english_titles
from clusternet.ingest.sectors.everyday import EVERYDAY
from clusternet.model.sectors import DIVISION_TITLES, SECTION_TITLES, only_class, sector_label

#: Two texts of at least this many letters that are this much alike (0 to 100) are taken for the same; a title that is
#: nearly as like as the best one leaves it open.
NEARLY = 90.0
SHORTEST = 6
GAP = 4.0
#: Below this likeness nothing is proposed; and how many codes are proposed, out of how many titles.
LEAST_LIKE = 60.0
PROPOSED = 3
CANDIDATES = 40

#: Words, in normalised form, that say nothing about what is made or sold.
_FILLERS = frozenset(
    re.findall(
        r"\w+",
        "manufacture manufacturing manufacturer production producing producer making maker industry sector business "
        "activity of the and in for a صنع صناعه صناعات تصنيع انتاج قطاع مجال نشاط انشطه في",
    )
)
_NO_ANSWER = frozenset({"other", "اخري"})
_SPLIT = re.compile(r"[^\w]+|_")


class Understood(NamedTuple):
    """What words mean: one code, or an empty text; and the codes that they come near to, the nearest first."""

    code: str
    near: tuple[str, ...]


def key_of(text: str) -> str:
    """Return the form in which two ways to write a sector in words are equal; never empty for a word.

    Case, marks, plurals of English, the Arabic article and words that every title has make no difference.

    Examples
    --------
    >>> key_of("Manufacture of Textiles") == key_of("textile industry")
    True
    >>> key_of("صناعة الأثاث") == key_of("اثاث")
    True
    """
    tokens = [token for token in _SPLIT.split(normalised_name(text)) if token]
    tokens = [_stem(token) for token in tokens]
    kept = [token for token in tokens if token not in _FILLERS]
    # "Other industries" is a division, and "other" is no answer.
    return " ".join(tokens if set(kept) <= _NO_ANSWER else kept)


def _stem(token: str) -> str:
    if token.isascii():
        if len(token) > 4 and token.endswith("ies"):
            return token[:-3] + "y"
        return token[:-1] if len(token) > 3 and token.endswith("s") and not token.endswith("ss") else token
    for article in ("وال", "لل", "ال"):
        if token.startswith(article) and len(token) > len(article) + 1:
            # "and the bread" is the same as "and bread".
            return "و" * (article == "وال") + token.removeprefix(article)
    return token


@functools.cache
def _everyday() -> Mapping[str, tuple[str, ...]]:
    return {
        key_of(word): codes if len(codes) > 1 else (only_class(codes[0]),)
        for codes, words in EVERYDAY
        for word in words
    }


@functools.cache
def _coarse_titles() -> Mapping[str, tuple[str, ...]]:
    """Return the titles of sections and divisions in both languages."""
    found: dict[str, tuple[str, ...]] = {}
    # Divisions come last, so that they win where their section is called alike.
    for code in [*SECTION_TITLES, *DIVISION_TITLES]:
        for language in ("en", "ar"):
            found[key_of(sector_label(code, language))] = (only_class(code),)
    return found


@functools.cache
def _titles_as_they_stand() -> Mapping[str, str]:
    """Return the same titles word for word: a section and a division can differ in an "and" only."""
    return {
        normalised_name(sector_label(code, language)): only_class(code)
        for code in [*SECTION_TITLES, *DIVISION_TITLES]
        for language in ("en", "ar")
    }


@functools.cache
def _all_titles() -> Mapping[str, str]:
    """Return the English titles of groups and classes as well, and every word that means one sector."""
    found = {key_of(title): only_class(code) for code, title in english_titles().items()}
    clear = {
        key: codes[0] for known in (_coarse_titles(), _everyday()) for key, codes in known.items() if len(codes) == 1
    }
    return {**found, **clear}


def understood(text: str) -> Understood:
    """Return the sector that words mean: exactly an everyday word or a title, or very nearly one.

    Parameters
    ----------
    text : str
        The words.

    Returns
    -------
    Understood
        An empty code where the words are not understood, or mean several sectors.

    Examples
    --------
    >>> understood("صناعة الأثاث").code, understood("Textiles").code, understood("Repair")
    ('3100', '13', Understood(code='', near=('33', '45', '95')))
    """
    if code := _titles_as_they_stand().get(normalised_name(text)):
        return Understood(code, ())
    key = key_of(text)
    for known in (_everyday, _coarse_titles):
        if key in known():
            codes = known()[key]
            return Understood(codes[0] if len(codes) == 1 else "", codes if len(codes) > 1 else ())
    if set(key.split()) <= _NO_ANSWER:
        return Understood("", ())
    # "Bread and pastry" is what each of the two is.
    words = [part for part in key.split() if part != "و"]
    parts = {_everyday().get(part) or _everyday().get(part.removeprefix("و")) for part in words}
    shared = parts.pop() if len(parts) == 1 else None
    if shared and len(shared) == 1:
        return Understood(shared[0], ())
    # Only now are the titles of classes worth the seconds that reading them takes.
    if key in _all_titles():
        return Understood(_all_titles()[key], ())
    return _nearest(key)


def _nearest(key: str) -> Understood:
    from rapidfuzz import fuzz, process

    titles = list(_all_titles())
    misspelt = [token for token in key.split() if not _is_nearly_filler(token)]
    key = " ".join(misspelt or key.split())
    likeness: dict[str, float] = {}
    exact = ""
    for title, score, _ in process.extract(key, titles, scorer=fuzz.ratio, limit=CANDIDATES):
        code = _all_titles()[title]
        if score > likeness.get(code, 0.0):
            likeness[code] = score
            exact = (
                code if not exact and score >= NEARLY and len(key) >= SHORTEST and _starts_alike(key, title) else exact
            )
    best = max(likeness.values(), default=0.0)
    rivals = [code for code, score in likeness.items() if code != exact and score > best - GAP]
    if exact and likeness[exact] == best and not rivals:
        return Understood(exact, ())
    # A longer text that holds every word of a title is the next best to propose.
    for title, score, _ in process.extract(key, titles, scorer=fuzz.token_set_ratio, limit=CANDIDATES):
        code = _all_titles()[title]
        likeness[code] = max(likeness.get(code, 0.0), score)
    ranked = sorted((code for code, score in likeness.items() if score >= LEAST_LIKE), key=lambda c: (-likeness[c], c))
    return Understood("", tuple(ranked[:PROPOSED]))


def _is_nearly_filler(token: str) -> bool:
    from rapidfuzz import fuzz

    return any(len(filler) >= SHORTEST and fuzz.ratio(token, filler) >= NEARLY for filler in _FILLERS)


def _starts_alike(one: str, other: str) -> bool:
    """Return whether two texts begin alike, word for word: "wood products" is not a misspelling of "food products"."""
    words, others = one.split(), other.split()
    if len(words) != len(others):
        return one[0] == other[0]
    return all(word[0] == another[0] for word, another in zip(words, others, strict=True))
