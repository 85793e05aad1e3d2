"""What speaks for and against a mention and a name being of one enterprise, as numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusternet.ingest.matching.index import Ints, Names, Register, Words

Floats = NDArray[np.float64]

#: What is measured of each pair, in the order of the columns of :func:`pair_features`.
FEATURES = (
    "one",
    "same_full_key",
    "same_bare_key",
    "same_closed_key",
    "ratio_full",
    "ratio_closed",
    "ratio_ordered",
    "ratio_partial",
    "ratio_sound",
    "edits",
    "one_edit",
    "mention_agrees",
    "name_agrees",
    "mention_unmatched",
    "name_unmatched",
    "known_unmatched",
    "said",
    "both_agree",
    "name_agrees_squared",
    "said_squared",
    "known_against",
    "known_unmatched_squared",
    "numbers_differ",
    "number_missing",
    "forms_differ",
    "order_differs",
    "initials",
)
#: Beyond so many edits two names are no more different.
_MOST_EDITS = 8
#: Words less alike than this have nothing in common.
_LEAST_ALIKE = 0.6
#: Nats are divided by this, so that all features are of one size.
_NATS = 10.0


def pair_features(mentions: Names, register: Register, mention: Ints, name: Ints, *, own: bool = False) -> Floats:
    """Measure pairs of a mention and a name.

    Parameters
    ----------
    mentions : Names
        The mentions.
    register : Register
        The register.
    mention, name : array of int, shape (pairs,)
        Positions in the two.
    own : bool, default False
        Whether the mentions are names of the register themselves, so that a word is known when another has it too.

    Returns
    -------
    array of float, shape (pairs, features)
        The columns of :data:`FEATURES`; each between -1 and about 1.
    """
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import OSA

    names = register.names

    def alike(one: NDArray[np.object_], other: NDArray[np.object_], scorer) -> Floats:  # type: ignore[no-untyped-def]
        return process.cpdist(one[mention].tolist(), other[name].tolist(), scorer=scorer, dtype=np.float64)  # type: ignore[no-any-return]

    same = [
        (one[mention] == other[name]).astype(np.float64)
        for one, other in ((mentions.full, names.full), (mentions.bare, names.bare), (mentions.closed, names.closed))
    ]
    edits = np.minimum(alike(mentions.closed, names.closed, OSA.distance), _MOST_EDITS) / _MOST_EDITS
    numbers = np.array([_differ(mentions.numbers[i], names.numbers[j]) for i, j in zip(mention, name, strict=True)])
    columns = [
        np.ones(len(mention)),
        *same,
        alike(mentions.full, names.full, fuzz.ratio) / 100,
        alike(mentions.closed, names.closed, OSA.normalized_similarity),
        alike(mentions.ordered, names.ordered, fuzz.ratio) / 100,
        alike(mentions.bare, names.bare, fuzz.partial_ratio) / 100,
        alike(mentions.sounds, names.sounds, fuzz.token_sort_ratio) / 100,
        edits,
        (edits <= 1 / _MOST_EDITS).astype(np.float64),
        *_by_words(mentions, register, mention, name, own=own),
        (numbers == 1).astype(np.float64),
        (numbers == 0.5).astype(np.float64),
        np.array([_differ(mentions.forms[i], names.forms[j]) for i, j in zip(mention, name, strict=True)]),
        np.array([_reordered(mentions.bare[i], names.bare[j]) for i, j in zip(mention, name, strict=True)]),
        np.array([_initials(mentions.bare[i], names.bare[j]) for i, j in zip(mention, name, strict=True)]),
    ]
    return np.column_stack(columns)


def _differ(one: frozenset[str], other: frozenset[str]) -> float:
    """Return 1 where both have some and they differ, 0.5 where only one has."""
    if one == other:
        return 0.0
    return 1.0 if one and other else 0.5


def _reordered(one: str, other: str) -> float:
    """Return whether the same words stand in another order."""
    return float(one != other and sorted(one.split()) == sorted(other.split()))


def _initials(one: str, other: str) -> float:
    """Return the share of the words of a mention that are one letter with which a word of the name begins."""
    words = one.split()
    short = [word for word in words if len(word) == 1]
    if not short:
        return 0.0
    first = [word[0] for word in other.split() if len(word) > 1]
    return sum(1.0 if word in first else -1.0 for word in short) / len(words)


# ---------------------------------------------------------------------- word by word
def _by_words(mentions: Names, register: Register, mention: Ints, name: Ints, *, own: bool) -> list[Floats]:
    """Lay the words of both beside one another, each beside the one that it is most like, weighted by rarity."""
    theirs, ours = mentions.words, register.names.words
    their_rarity, bearers = register.rarity(theirs.distinct)
    known = bearers > int(own)
    our_rarity, _ = register.rarity(ours.distinct)
    pair, their_place, our_place = _word_pairs(theirs, ours, mention, name)
    alike = _word_likeness(theirs, ours, theirs.code[their_place], ours.code[our_place])
    their_start, our_start = _starts(theirs, mention), _starts(ours, name)
    found = []
    worst = []
    for start, place, words, owner, rarity in (
        (their_start, their_place, theirs, mention, their_rarity),
        (our_start, our_place, ours, name, our_rarity),
    ):
        slot = start[pair] + place - words.start[owner][pair]
        best = np.zeros(start[-1])
        np.maximum.at(best, slot, alike)
        code = words.code[_flat(words, owner)]
        weight = rarity[code]
        group = np.repeat(np.arange(len(owner)), np.diff(words.start)[owner])
        total = np.bincount(group, weight, minlength=len(owner))
        agreed = np.bincount(group, weight * best, minlength=len(owner))
        unmatched = np.zeros(len(owner))
        np.maximum.at(unmatched, group, weight * (1 - best))
        found.append((agreed / np.maximum(total, 1e-9), unmatched / _NATS, agreed / _NATS))
        if words is theirs:
            # A word that the register knows is hardly a slip of another one.
            missed = np.zeros(len(owner))
            np.maximum.at(missed, group, (1 - best) * known[code])
            worst.append(missed)
    (their_share, their_lack, _), (our_share, our_lack, said) = found
    said = np.minimum(said, 3.0)
    known_lack = worst[0]
    return [
        their_share,
        our_share,
        their_lack,
        our_lack,
        known_lack,
        said,
        # What is not linear: half of the words in common is far less than half of the evidence.
        np.minimum(their_share, our_share),
        our_share**2,
        said**2,
        (known_lack > 0).astype(np.float64),
        known_lack**2,
    ]


def _flat(words: Words, owner: Ints) -> Ints:
    """Return the places of the words of some names, one name after another."""
    counts = np.diff(words.start)[owner]
    first = np.cumsum(counts) - counts
    return np.arange(counts.sum()) - np.repeat(first - words.start[owner], counts)


def _starts(words: Words, owner: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(np.diff(words.start)[owner])]).astype(np.int64)


def _word_pairs(theirs: Words, ours: Words, mention: Ints, name: Ints) -> tuple[Ints, Ints, Ints]:
    """Return every pair of words of every pair of names: which pair, and the places of the two words."""
    their_count, our_count = np.diff(theirs.start)[mention], np.diff(ours.start)[name]
    number = their_count * our_count
    pair = np.repeat(np.arange(len(mention)), number)
    inside = np.arange(number.sum()) - np.repeat(np.cumsum(number) - number, number)
    width = our_count[pair]
    return pair, theirs.start[mention][pair] + inside // width, ours.start[name][pair] + inside % width


def _word_likeness(theirs: Words, ours: Words, one: Ints, other: Ints) -> Floats:
    """Return how alike words are, 0 to 1; each pair of words is compared once."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    coded, where = np.unique(one * max(1, len(ours.distinct)) + other, return_inverse=True)
    their_words = [theirs.distinct[code] for code in coded // max(1, len(ours.distinct))]
    our_words = [ours.distinct[code] for code in coded % max(1, len(ours.distinct))]
    alike = process.cpdist(their_words, our_words, scorer=OSA.normalized_similarity, dtype=np.float64)
    return np.where(alike >= _LEAST_ALIKE, alike, 0.0)[where]
