"""Comparing headers and answers with the lexicon: words without spelling variants, articles, plurals and fillers."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence

from clusternet.ingest.drafting.lexicon import FILLERS, Term
from clusternet.ingest.names import normalised_name

#: From this score on a header is taken for a column; from the lower one on it is worth proposing.
SURE, PERHAPS = 0.7, 0.5
#: The least letters of an abbreviation, such as "tex" or "cred".
SHORTEST = 3

_CAMEL = re.compile("(?<=[a-z])(?=[A-Z])")
_SPLIT = re.compile(r"[^\w]+|_+|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_BEFORE = ("وال", "بال", "كال", "فال", "لل", "ال")
_BEHIND = ("كم", "نا", "ها", "هم", "ان", "ات", "ون", "ين", "يه", "ك", "ه", "ي")
#: Words of women, which would lose what tells them from those of men.
_KEPT = frozenset({"عاملات", "موظفات"})


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a header or an answer, as they are compared, in their order.

    Parameters
    ----------
    text : str
        In any language and style: ``women_workers``, ``womenWorkers``, ``Women workers``, ``العاملات``.

    Returns
    -------
    tuple of str
        Stems; empty where the text holds nothing but fillers and numbers.

    Examples
    --------
    >>> words_of("What is the name of your enterprise?")
    ('name', 'enterprise')
    >>> words_of("اسم المنشأة") == words_of("اسم منشأة")
    True
    """
    return tuple(_stem(token) for token in _tokens(text) if token not in _fillers() and not token.isdigit())


def _tokens(text: str) -> list[str]:
    plain = normalised_name(_CAMEL.sub(" ", text))
    # Accents of Latin letters; the signs of Arabic ones are gone already.
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))
    return [token for token in _SPLIT.split(plain) if token]


@functools.cache
def _fillers() -> frozenset[str]:
    return frozenset(token for word in FILLERS.split() for token in _tokens(word))


@functools.cache
def _stem(token: str) -> str:
    if token.isascii():
        if len(token) > 4 and token.endswith("ies"):
            return token[:-3] + "y"
        return token[:-1] if len(token) > 3 and token.endswith("s") and not token.endswith("ss") else token
    for article in _BEFORE:
        if token.startswith(article) and len(token) >= len(article) + SHORTEST:
            token = token.removeprefix(article)
            break
    changed = token not in _KEPT
    while changed:
        changed = False
        for ending in _BEHIND:
            if token.endswith(ending) and len(token) >= len(ending) + SHORTEST:
                token, changed = token.removesuffix(ending), True
                break
    return token


@functools.cache
def phrases_of(listed: str) -> tuple[tuple[str, ...], ...]:
    """Return the phrases of a list between commas, each as words; phrases of fillers alone are left out."""
    found = dict.fromkeys(words_of(phrase) for phrase in listed.split(","))
    return tuple(phrase for phrase in found if phrase)


@functools.cache
def single_words(listed: str) -> frozenset[str]:
    """Return all words of a list between commas."""
    return frozenset(word for phrase in phrases_of(listed) for word in phrase)


def likeness(words: Sequence[str], listed: str) -> float:
    """Return how well words fit one of some phrases: 1 for the same words, less the more others stand beside them.

    Parameters
    ----------
    words : sequence of str
        Of a header, as :func:`words_of` gives them.
    listed : str
        Phrases between commas.

    Returns
    -------
    float
        From 0, where no phrase is among the words, to 1. A phrase of one word needs fewer others beside it than one of
        two.

    Examples
    --------
    >>> likeness(words_of("Number of employees"), "number employee, worker")
    1.0
    >>> likeness(words_of("Does the sector suffer from taxes?"), "sector") < SURE
    True
    """
    here = set(words)
    best = 0.0
    for phrase in phrases_of(listed):
        wanted = set(phrase)
        if here and wanted <= here:
            covered = len(wanted) / len(here)
            best = max(best, 0.4 + 0.6 * covered if len(wanted) == 1 else 0.6 + 0.4 * covered)
    return best


def fit(words: Sequence[str], term: Term) -> float:
    """Return how well words fit a column, 0 to 1; 0 where a word says that it is something else."""
    if not words or set(words) & _forbidden(term):
        return 0.0
    return likeness(words, term.phrases)


@functools.cache
def _forbidden(term: Term) -> frozenset[str]:
    """Return the words beside which a term means something else, without those that it is made of itself."""
    return single_words(term.without) if term.without else frozenset()


def names_one(words: Sequence[str], listed: str) -> bool:
    """Return whether one of some phrases stands among the words, its own words side by side."""
    return any(
        tuple(words[at : at + len(phrase)]) == phrase
        for phrase in phrases_of(listed)
        for at in range(len(words) - len(phrase) + 1)
    )


def begins_one(words: Sequence[str], listed: str) -> bool:
    """Return whether a single word of at least three letters is the beginning of one of some phrases.

    Examples
    --------
    >>> begins_one(("cred",), "credit, loan"), begins_one(("c",), "credit")
    (True, False)
    """
    return (
        len(words) == 1
        and len(words[0]) >= SHORTEST
        and any(phrase[0].startswith(words[0]) for phrase in phrases_of(listed))
    )
