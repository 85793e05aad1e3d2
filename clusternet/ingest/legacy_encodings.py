"""Encodings from before Unicode: in which of them some bytes make sense, judged by the words that they spell."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

#: Encodings that surveys of the region come in; where two give the same text, the first is named.
CANDIDATES = ("cp1252", "cp1254", "cp1256", "iso-8859-6")

_WORDS = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
#: Letters, marks, and the signs that letters turn into; no digits and no punctuation.
_TOKENS = re.compile(
    "[A-Za-z\u00aa\u00b5\u00ba\u00c0-\u024f\u02c6\u0620-\u065f\u066e-\u06d3\u06d5\u06ee-\u06ff\u200c-\u200f]+"
)
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
#: A word of Arabic: letters, perhaps with vowels behind them; signs of a final vowel, ``ة`` and ``ى`` only at its end.
_ARABIC = re.compile(
    "(?:[\u0621-\u0628\u062a-\u063a\u0641-\u0648\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff]"
    "[\u064e-\u0652\u0670\u0640\u200c\u200d]*)*[\u0621-\u064a\u066e-\u06d3\u06d5][\u064b-\u0652]*\u0627?"
)
_LATIN = re.compile("[A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+")
_ACCENTS_ONLY = re.compile("^[\u00c0-\u024f]+$|[\u00c0-\u024f]{4}")
_CASES = re.compile("X?x*|X+")
#: One accented letter that is a word.
_SINGLE = frozenset("àÀôÔóÓòÒéÉèÈöÖåÅ")
#: Letters of the North in cp1252 that stand where cp1254 has the letters of Turkish; and what Turkish never writes.
_NORTHERN = frozenset("ðþýÐÞÝ")
_NOT_TURKISH = frozenset("áéíóúæåøãõñÁÉÍÓÚÆÅØÃÕÑ")
#: At least this share of the distinct words must make sense in an encoding.
_PLAUSIBLE = 0.9
#: How many times likelier a text must be than the same bytes in any other encoding, as a natural logarithm.
_MARGIN = math.log(10_000)
#: What a word that makes no sense costs, and what an accented letter in a word of Latin letters is worth.
_NONSENSE, _ACCENT = -math.log(1000), math.log(20)
#: How often letters stand in a thousand letters of Arabic or Persian; all others are rare.
_FREQUENCIES: Mapping[str, float] = MappingProxyType(
    {letter: count for letters, count in (
        ("ا", 130), ("ل", 115), ("ي", 70), ("م", 63), ("و", 60), ("ن", 58), ("ر", 50), ("ت", 48), ("ب", 37),
        ("ع", 36), ("ةهدسف", 30), ("أقكح", 22), ("جش", 15), ("صطخى", 10), ("إضذزث", 7), ("غئء", 5), ("ظؤآ", 2),
        # Persian
        ("ی", 70), ("ک", 30), ("گپچ", 10), ("ژ", 2),
    ) for letter in letters}
)  # fmt: skip
_RARE = 0.5
#: Any other word may be a name, and names are confidential.
_TRADE_WORDS = (
    "شركة", "مؤسسة", "مصنع", "معمل", "ورشة", "مشغل", "محل", "مخبز", "مطبعة", "تعاونية", "جمعية", "شركه",
    "مؤسسه", "مدرسة", "مزرعة", "نعم", "لا", "للتجارة", "للصناعة", "للصناعات", "والتجارة", "الغذائية", "الخشبية",
    "société", "générale", "coopérative", "établissement", "établissements", "générales", "matériaux",
    "électricité", "mécanique", "qualité", "şirket", "şirketi", "işletme", "üretim", "möbel", "büro", "für",
    "größe",
)  # fmt: skip
#: The least mean logarithm of these in Arabic and Persian; other alphabets read as Arabic stay far below.
_LEAST_MEAN = 3.0
_ARTICLE = math.log(20)


@dataclass(frozen=True)
class LegacyReading:
    """Some bytes as one encoding reads them.

    Parameters
    ----------
    encoding : str
        The encoding.
    share : float
        The share of the distinct words that make sense, from 0 to 1.
    likelihood : float
        The logarithm of how likely the letters are, up to a constant.
    """

    encoding: str
    share: float
    likelihood: float


def legacy_encoding(data: bytes) -> str:
    """Return the one encoding in which some bytes make sense by a clear margin, or an empty text.

    Parameters
    ----------
    data : bytes
        A text that is not UTF-8.

    Returns
    -------
    str
        One of :data:`CANDIDATES`, or an empty text where none fits, or more than one does.

    Examples
    --------
    >>> legacy_encoding("مؤسسة النور للصناعات الخشبية".encode("cp1256"))
    'cp1256'
    >>> legacy_encoding("Société générale des forêts".encode("cp1252"))
    'cp1252'
    >>> legacy_encoding(bytes(range(128, 256)))
    ''
    """
    readings = [] if _NO_TEXT.search(data) else legacy_readings(set(_WORDS.findall(data)))
    if not readings or readings[0].share < _PLAUSIBLE:
        return ""
    best, *others = readings
    clear = all(best.likelihood - other.likelihood >= _MARGIN for other in others)
    return best.encoding if clear else ""


def legacy_readings(words: Iterable[bytes]) -> list[LegacyReading]:
    """Return how much sense words make in every candidate, the likeliest first; equal texts once.

    Parameters
    ----------
    words : iterable of bytes
        Words with bytes beyond ASCII.

    Returns
    -------
    list of LegacyReading
        One for each candidate that can decode them without control characters.
    """
    joined = b"\n".join(sorted(words))
    seen: set[str] = set()
    readings: list[LegacyReading] = []
    for encoding in CANDIDATES:
        try:
            text = joined.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text in seen or _CONTROLS.search(text.replace("\n", "")):
            continue
        seen.add(text)
        tokens = [token for token in _TOKENS.findall(text) if not token.isascii()]
        if tokens:
            good = [token for token in tokens if _makes_sense(token, encoding)]
            share = len(good) / len(tokens) if _is_like_arabic("".join(good)) else 0.0
            likelihood = sum(map(_likelihood, good)) + _NONSENSE * (len(tokens) - len(good))
            readings.append(LegacyReading(encoding, share, likelihood))
    return sorted(readings, key=lambda reading: -reading.likelihood)


def words_to_show(data: bytes, encoding: str, *, most: int = 4) -> list[str]:
    """Return words of everyday trade that a text holds, by which a reader can judge its encoding; no names."""
    found = {word.decode(encoding).casefold() for word in set(_WORDS.findall(data))}
    return [word for word in _TRADE_WORDS if word in found][:most]


def letters_beyond_ascii(data: bytes, encoding: str, *, most: int = 8) -> list[str]:
    """Return the letters beyond ASCII that a text holds, the most frequent first."""
    counts = Counter(letter for letter in data.decode(encoding) if not letter.isascii() and letter.isalpha())
    return [letter for _, letter in sorted((-count, letter) for letter, count in counts.items())[:most]]


def _makes_sense(word: str, encoding: str) -> bool:
    """Return whether a word is of one script and spelled as that script is."""
    if _ARABIC.fullmatch(word):
        return True
    if not _LATIN.fullmatch(word):
        return False
    if len(word) == 1:
        return word in _SINGLE
    if encoding == "cp1252" and not _NORTHERN.isdisjoint(word):
        return False
    if encoding == "cp1254" and not _NOT_TURKISH.isdisjoint(word):
        return False
    cases = "".join("x" if letter.islower() else "X" for letter in word)
    # Some letter has no accent, few accents follow one another, and capitals stand at the beginning or everywhere.
    return not _ACCENTS_ONLY.search(word) and bool(_CASES.fullmatch(cases))


def _is_like_arabic(text: str) -> bool:
    """Return whether the Arabic letters of a text, if any, are those that Arabic and Persian use."""
    letters = [letter for letter in text if "\u0620" <= letter <= "\u064a" or "\u066e" <= letter <= "\u06d5"]
    found = sum(math.log(_FREQUENCIES.get(letter, _RARE)) for letter in letters)
    return found >= _LEAST_MEAN * len(letters)


def _likelihood(word: str) -> float:
    """Return the logarithm of how likely the letters beyond ASCII of a word are, up to a constant."""
    found = sum(
        math.log(_FREQUENCIES.get(letter, _RARE)) if letter >= "\u0600" else _ACCENT
        for letter in word
        if not letter.isascii()
    )
    return found + _ARTICLE * (word.startswith(("ال", "لل")) and len(word) > 3)
