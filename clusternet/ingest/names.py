"""Ids and names: what is compared, beside what is shown."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

#: Characters that nobody sees: zero-width ones, the soft hyphen, controls of writing direction, the byte order mark.
INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
#: Latin letters beside Cyrillic or Greek ones in one word look alike and are not.
_MIXED = re.compile("[A-Za-z][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][A-Za-z]")
_ARABIC = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        "ؤ": "و",
        **dict.fromkeys("ئىی", "ي"),
        "ة": "ه",
        "ک": "ك",
        **{eastern: str(digit) for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for digit, eastern in enumerate(digits)},
    }
)
# Tatweel, short vowels and the other signs above and below the letters.
_SIGNS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]")


def clean_key(text: str) -> str:
    """Return an id as it is compared: NFC, no invisible characters, no spaces around it.

    Examples
    --------
    >>> clean_key(" E1" + chr(0x200F))
    'E1'
    """
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFC", INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()


def is_plain_key(text: str) -> bool:
    """Return whether an id is as it is compared, and nothing about it deserves a warning.

    Examples
    --------
    >>> is_plain_key("007"), is_plain_key(" 7"), is_plain_key("")
    (True, False, False)
    """
    if text.isascii():
        return text == text.strip() != ""
    return text == clean_key(text) != "" and not _MIXED.search(text)


def normalised_name(text: str) -> str:
    """Return the form in which two spellings of one name are equal; never empty for a name that is not.

    Compatibility forms, case, spaces, invisible characters, and in Arabic the forms of alef, hamza carriers, yeh, teh
    marbuta, tatweel, short vowels and digits make no difference. Nothing is guessed: no letter is left out.

    Parameters
    ----------
    text : str
        The name as it was written.

    Returns
    -------
    str
        The form to compare, not to show.

    Examples
    --------
    >>> normalised_name("  Al-Noor   TRADING ")
    'al-noor trading'
    >>> normalised_name("أثاث الشّـركة") == normalised_name("اثاث الشركه")
    True
    """
    if text.isascii():
        return " ".join(text.casefold().split()) or text
    found = text
    # Each step can open the way for another (a sign between two letters that compose), so go on until nothing changes.
    while (following := _normalised_once(found)) != found:
        found = following
    return found or text


def _normalised_once(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _SIGNS.sub("", INVISIBLE.sub("", text)).translate(_ARABIC)
    return " ".join(unicodedata.normalize("NFKC", text).split())


def distinct_texts(values: pd.Series) -> tuple[NDArray[np.intp], NDArray[np.object_]]:
    """Return the place of each text among the distinct ones (-1 where it is missing), and these as they first occur.

    Examples
    --------
    >>> distinct_texts(pd.Series(["b", None, "a", "b"]))
    (array([ 0, -1,  1,  0]), array(['b', 'a'], dtype=object))
    """
    # Of texts that are stored side by side no cell has to become an object.
    codes, distinct = pd.factorize(values)
    return codes, np.asarray(distinct, dtype=object)


@dataclass(frozen=True, eq=False)
class Keys:
    """One column of ids: their clean forms (missing as NaN), and which rows were changed and why."""

    values: NDArray[np.object_]
    invisible: NDArray[np.bool_]
    recomposed: NDArray[np.bool_]
    spaced: NDArray[np.bool_]
    mixed: NDArray[np.bool_]


def keys_of(values: pd.Series) -> Keys:
    """Return a column as keys; each distinct text is cleaned once.

    Parameters
    ----------
    values : Series of str
        The cells; missing where empty.

    Returns
    -------
    Keys
        In the order of the cells.
    """
    codes, distinct = distinct_texts(values)
    texts = [str(text) for text in distinct]
    cleaned = np.array([*(clean_key(text) or np.nan for text in texts), np.nan], dtype=object)
    foreign = [not text.isascii() for text in texts]
    reasons = np.zeros((4, len(texts) + 1), dtype=bool)
    for position, (text, odd) in enumerate(zip(texts, foreign, strict=True)):
        reasons[2, position] = text != text.strip()
        if odd:
            reasons[0, position] = bool(INVISIBLE.search(text))
            reasons[1, position] = not unicodedata.is_normalized("NFC", text)
            reasons[3, position] = bool(_MIXED.search(text))
    return Keys(cleaned[codes], *reasons[:, codes])
