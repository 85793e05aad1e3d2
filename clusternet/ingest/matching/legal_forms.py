"""The legal forms of enterprises, as words of a normalised name: which words are one, and which say nothing more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

#: Ways of writing one word; the first key of a name holds the short one.
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("limited", "lted", "ltda", "limitada", "limitee"), "ltd"),
        **dict.fromkeys(("company", "cie", "compagnie"), "co"),
        **dict.fromkeys(("corporation", "corpn"), "corp"),
        **dict.fromkeys(("incorporated", "incorporation"), "inc"),
        **dict.fromkeys(("private", "pte", "prv"), "pvt"),
        **dict.fromkeys(("proprietary", "propriety"), "pty"),
        **dict.fromkeys(("establishment", "etablissement", "etablissements", "estb"), "est"),
        **dict.fromkeys(("aktiengesellschaft",), "ag"),
        **dict.fromkeys(("bros",), "brothers"),
        "mfg": "manufacturing",
        "intl": "international",
        "الشركه": "شركه",
        "شركة": "شركه",
        **dict.fromkeys(("الموسسه", "موسسة"), "موسسه"),
        **dict.fromkeys(("وشركاوه", "وشركاءه", "وشركايه", "وشركاهم", "وشركاوهم"), "وشركاه"),
        **dict.fromkeys(("وابناوه", "وابناءه", "وابنايه"), "وابناوه"),
        **dict.fromkeys(("المحدوده",), "محدوده"),
        **dict.fromkeys(("المساهمه",), "مساهمه"),
        **dict.fromkeys(("العامه",), "عامه"),
        **dict.fromkeys(("المقفله",), "مقفله"),
        **dict.fromkeys(("التضامن", "التضامنيه", "تضامنيه"), "تضامن"),
        **dict.fromkeys(("التوصيه",), "توصيه"),
        **dict.fromkeys(("البسيطه",), "بسيطه"),
        **dict.fromkeys(("المسووليه", "المسيوليه", "مسيوليه"), "مسووليه"),
    }
)

#: Forms of several words, and the one word that stands for them.
_PHRASES: Mapping[tuple[str, ...], str] = MappingProxyType(
    {
        ("ltd", "liability", "co"): "llc",
        ("ltd", "liability", "partnership"): "llp",
        ("with", "ltd", "liability"): "wll",
        ("public", "ltd", "co"): "plc",
        ("joint", "stock", "co"): "jsc",
        ("public", "shareholding", "co"): "psc",
        ("private", "shareholding", "co"): "psc",
        ("pvt", "shareholding", "co"): "psc",
        ("sp", "z", "oo"): "spzoo",
        ("sp", "zoo"): "spzoo",
        ("ذات", "مسووليه", "محدوده"): "ذمم",
        ("ذات", "مسووليه"): "ذمم",
        ("مساهمه", "عامه", "محدوده"): "شمع",
        ("مساهمه", "عامه"): "شمع",
        ("مساهمه", "خاصه"): "شمخ",
        ("مساهمه", "خصوصيه"): "شمخ",
        ("مساهمه", "مقفله"): "شمم",
        ("مساهمه", "مصريه"): "شمم",
        ("توصيه", "بسيطه"): "توصيه",
        ("شخص", "واحد"): "ششو",
        ("الشخص", "الواحد"): "ششو",
    }
)

_FIRST_WORDS = frozenset(phrase[0] for phrase in _PHRASES)

#: Words that are a legal form wherever they stand.
_ANYWHERE = frozenset({
    "ltd", "llc", "llp", "plc", "inc", "corp", "gmbh", "kft", "zrt", "nyrt", "sarl", "eurl", "sasu", "wll", "spc",
    "fzco", "fze", "fzc", "dmcc", "pvt", "pty", "jsc", "pjsc", "psc", "ojsc", "srl", "sprl", "bvba", "sdn", "bhd",
    "ooo", "zao", "ao", "spzoo", "kabushiki", "gaisha", "شركه", "موسسه", "ذمم", "شذمم", "شمم", "شمع", "شمل", "شمخ",
    "ششو", "محدوده", "مساهمه", "تضامن",
})  # fmt: skip
#: Words that are one at the end of a name only, where they are no abbreviation of anything else.
_AT_END = frozenset({
    "co", "sa", "sas", "sae", "sal", "sac", "sl", "slu", "spa", "ag", "kg", "kgaa", "ohg", "bt", "rt", "ab", "as",
    "aps", "oy", "oyj", "nv", "bv", "se", "est", "dba", "tic", "san", "pt", "cv", "ca", "ltee", "snc", "scs", "sca",
    "eirl", "مم", "ذم", "شم", "تب", "توصيه", "فرديه", "الفرديه", "وشركاه", "وشريكه", "واولاده", "وابناوه", "واخوانه",
    "واخوته", "وبناته",
})  # fmt: skip
_AT_START = frozenset(("pt", "cv", "ud", "ooo", "pjsc", "messrs", "ms", "est"))
#: Family and partners behind a name.
_FAMILY = frozenset(("sons", "son", "partners", "partner", "brothers", "brother", "daughters", "associates", "co"))


def spelt_alike(words: Sequence[str]) -> list[str]:
    """Return the words of a name with each legal form in one spelling.

    Examples
    --------
    >>> spelt_alike(["noor", "limited", "liability", "company"])
    ['noor', 'llc']
    """
    found = [_WORDS.get(word, word) for word in words]
    if _FIRST_WORDS.isdisjoint(found):
        return found
    for phrase, short in _PHRASES.items():
        if phrase[0] not in found:
            continue
        place = 0
        while place <= len(found) - len(phrase):
            if tuple(found[place : place + len(phrase)]) == phrase:
                found[place : place + len(phrase)] = [short]
            place += 1
    return found


def without_form(words: Sequence[str]) -> list[str]:
    """Return the words of a name without its legal form; all of them where nothing else would be left.

    Parameters
    ----------
    words : sequence of str
        The words as :func:`spelt_alike` gives them.

    Returns
    -------
    list of str
        At least one word for a name that has one.

    Examples
    --------
    >>> without_form(["layla", "carpentry", "and", "sons", "co", "ltd"])
    ['layla', 'carpentry']
    >>> without_form(["ltd"])
    ['ltd']
    """
    left = [word for place, word in enumerate(words) if word not in _ANYWHERE and not _is_company(words, place)]
    while len(left) > 1:
        if left[-1] in _AT_END:
            left = left[:-1]
        elif len(left) > 2 and left[-1] in _FAMILY and left[-2] == "and":
            left = left[:-2]
        elif left[-1] == "and":
            left = left[:-1]
        elif left[0] in _AT_START:
            left = left[1:]
        else:
            break
    return left or list(words)


def _is_company(words: Sequence[str], place: int) -> bool:
    """Return whether a word inside a name is "company" and not the beginning of "co-operative"."""
    return words[place] == "co" and 0 < place < len(words) - 1 and words[place + 1] not in ("op", "operative", "ops")


def is_short_form(word: str) -> bool:
    """Return whether letters that stand alone spell a legal form when they are put together."""
    return len(word) > 1 and (word in _ANYWHERE or word in _AT_END)


def form_of(words: Sequence[str], bare: Sequence[str]) -> frozenset[str]:
    """Return the words of the legal form of a name, but those that say no more than that it is an enterprise."""
    return frozenset(words) - frozenset(bare) - {"co", "شركه", "and", "ltd"}
