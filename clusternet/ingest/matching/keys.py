"""The two keys of a name, with and without its legal form, and the consonants by which it sounds."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import NamedTuple

from clusternet.ingest.matching.legal_forms import is_short_form, spelt_alike, without_form
from clusternet.ingest.names import normalised_name

_ACCENTS = re.compile("[\u0300-\u036f]")
_APOSTROPHES = re.compile("['`´ʻʼʽʾʿˈ‘’‛′]")
_LATIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss"})
#: Cyrillic and Greek letters that look like Latin ones; they are taken for these beside Latin letters only.
_LOOK_ALIKES = str.maketrans("аеорсхуіјѕкмтвнԁԛԝαορνικτυχε", "aeopcxyijskmtbhdqwaopviktuxe")
_LATIN_LETTER = re.compile("[a-z]")
_ARABIC_LETTER = re.compile("[\u0620-\u064a\u0671-\u06d3]")
_ARTICLES = frozenset(("al", "el", "ال"))
#: Words that are as often written apart from the next one as together with it.
_FIRST_PARTS = frozenset(("عبد", "ابو", "abd", "abdul", "abdel", "abdal", "abu", "abou"))


class NameKeys(NamedTuple):
    """One name as it is compared: with its legal form in one spelling, and without it; neither is ever empty."""

    full: str
    bare: str


@functools.lru_cache(maxsize=1 << 16)
def name_keys(text: str) -> NameKeys:
    """Return the two keys of a name.

    Beyond :func:`~clusternet.ingest.names.normalised_name`, accents of Latin letters, punctuation, dots between
    initials, the space behind an article, and the ways of writing a legal form make no difference.

    Parameters
    ----------
    text : str
        The name as it was written.

    Returns
    -------
    NameKeys
        The keys; each is its own key.

    Examples
    --------
    >>> name_keys("Café El-Noor L.L.C.")
    NameKeys(full='cafe alnoor llc', bare='cafe alnoor')
    >>> name_keys("شركة النور للأغذية ذ.م.م").bare == name_keys("شركه النور للاغذيه").bare
    True
    """
    full = _settled(text, with_form=True)
    return NameKeys(full, _settled(full, with_form=False))


def _settled(text: str, *, with_form: bool) -> str:
    """Go on until nothing changes: what is joined or left out can open the way for another step."""
    seen = text
    for _ in range(8 + len(text)):
        parts = [part for word in seen.split() for part in _parts(word)]
        words = _words(parts)
        if not with_form:
            words = without_form(words)
        found = " ".join(words) or normalised_name(seen) or seen
        # Parts that stay as they are, each and together, need no further look.
        if found == seen or (words == parts and all(_parts(part) == (part,) for part in parts)):
            return found
        seen = found
    return seen


def _words(parts: list[str]) -> list[str]:
    """Return the words of a name from its parts."""
    if "&" in parts:
        together = "و" if any(_ARABIC_LETTER.match(part) for part in parts) else "and"
        parts = [together if part == "&" else part for part in parts]
    return spelt_alike(_joined(parts))


@functools.lru_cache(maxsize=1 << 17)
def _parts(word: str) -> tuple[str, ...]:
    """Return what one written word consists of; the same words come again and again, so each is looked at once."""
    text = _APOSTROPHES.sub("", normalised_name(word))
    if not text.isascii():
        text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).translate(_LATIN)
        text = normalised_name(text)
        text = text.translate(_LOOK_ALIKES) if _LATIN_LETTER.search(text) else text
    text = text.replace("&", " & ")
    return tuple("".join(letter if letter == "&" or _in_a_word(letter) else " " for letter in text).split())


@functools.cache
def _in_a_word(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter).startswith("M")


def _joined(words: list[str]) -> list[str]:
    """Put together what belongs together: initials, an article and its word, the Arabic "and" and its word."""
    found: list[str] = []
    place = 0
    while place < len(words):
        word = words[place]
        following = words[place + 1] if place + 1 < len(words) else ""
        if following and (word in _ARTICLES or word in _FIRST_PARTS or (word == "و" and len(following) > 1)):
            found.append(("al" if word == "el" else word) + following)
            place += 2
        elif len(word) == 1 and word.isalpha() and len(following) == 1:
            end = place
            while end < len(words) and len(words[end]) == 1 and words[end].isalpha():
                end += 1
            found += _initials("".join(words[place:end]))
            place = max(end, place + 1)
        else:
            found.append(word)
            place += 1
    return found


def _initials(letters: str) -> list[str]:
    """Return initials as one word, with a legal form at their end as a word of its own."""
    for start in range(1, len(letters) - 1):
        if len(letters) - start >= 3 and is_short_form(letters[start:]):
            return [letters[:start], letters[start:]]
    return [letters]


# ---------------------------------------------------------------------- by sound
_DIGRAPHS = tuple(
    {
        "sch": "c",
        "tch": "c",
        "sh": "c",
        "ch": "c",
        "kh": "x",
        "gh": "g",
        "th": "s",
        "dh": "d",
        "ph": "f",
        "ck": "k",
    }.items()
)
_CONSONANTS = {
    **dict.fromkeys("bpبپ", "b"), **dict.fromkeys("tتط", "t"), **dict.fromkeys("gjجغگ", "g"),
    **dict.fromkeys("hحه", "h"), **dict.fromkeys("xخ", "x"), **dict.fromkeys("dدضذ", "d"),
    **dict.fromkeys("zزظ", "z"), **dict.fromkeys("rر", "r"), **dict.fromkeys("sسصث", "s"),
    **dict.fromkeys("cشچ", "c"), **dict.fromkeys("fvفڤ", "f"), **dict.fromkeys("kqكق", "k"),
    **dict.fromkeys("lل", "l"), **dict.fromkeys("mم", "m"), **dict.fromkeys("nن", "n"),
}  # fmt: skip
_SOFT = re.compile("c(?=[eiy])")
_HARD = re.compile("c(?![h])")
_TWICE = re.compile(r"(.)\1+")
_PREFIX = re.compile("^(?:وال|بال|كال|لل|ال|al|el)(?=..)")


def sound_key(text: str) -> str:
    """Return the consonants by which a name without its legal form sounds, alike in Arabic and Latin letters.

    Parameters
    ----------
    text : str
        The name.

    Returns
    -------
    str
        Words of consonants; empty for a name that has none.

    Examples
    --------
    >>> sound_key("Mostafa El Naggar") == sound_key("مصطفى النجار")
    True
    """
    return sound_of(name_keys(text).bare)


def sound_of(bare: str) -> str:
    """Return the consonants of a key without its legal form; see :func:`sound_key`."""
    return " ".join(sound for sound in (_sound(word) for word in bare.split()) if sound)


@functools.lru_cache(maxsize=1 << 16)
def _sound(word: str) -> str:
    word = _PREFIX.sub("", word)
    for letters, one in _DIGRAPHS:
        word = word.replace(letters, one.upper())
    word = _HARD.sub("k", _SOFT.sub("s", word)).casefold()
    consonants = "".join(letter if letter.isdigit() else _CONSONANTS.get(letter, "") for letter in word)
    consonants = _TWICE.sub(r"\1", consonants)
    return consonants.removesuffix("h") or consonants


def has_arabic(key: str) -> bool:
    """Return whether a key has Arabic letters."""
    return _ARABIC_LETTER.search(key) is not None


def has_latin(key: str) -> bool:
    """Return whether a key has Latin letters."""
    return _LATIN_LETTER.search(key) is not None
