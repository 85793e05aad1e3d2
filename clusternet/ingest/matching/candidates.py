"""Which names of a register are worth comparing with a mention: by letters, by key, and across scripts by sound."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clusternet.ingest.matching.index import Ints, Names, Register

#: So many names are compared closely with each mention.
MOST_CANDIDATES = 12
#: In registers of up to so many names all are looked at, which costs less than to load scikit-learn. That it does not
#: depend on the number of mentions lets each be matched alike whatever stands beside it.
ALL_NAMES = 1_000
#: Letters of a mention are looked up from the rarest on until they stand in so many names: common ones tell little.
MOST_POSTINGS = 60_000
#: So many pairs of mention and name are held at a time.
_BATCH = 4_000_000
#: A sequence of consonants that more names share says nothing.
_MOST_SHARERS = 2_000
#: Names in another script with at least this much of the consonants in common are suggested.
LEAST_SOUND = 0.6


def candidate_pairs(mentions: Names, register: Register) -> tuple[Ints, Ints]:
    """Return pairs of a mention and a name of the register that are worth comparing.

    Parameters
    ----------
    mentions : Names
        The mentions, m of them.
    register : Register
        The register.

    Returns
    -------
    mention, name : array of int, shape (pairs,)
        Positions; sorted by mention, then name, each pair once.
    """
    if not len(mentions) or not len(register.names):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    if len(register.names) <= ALL_NAMES:
        pairs = _most_alike_of_all(mentions, register.names)
    else:
        pairs = _most_alike_by_letters(mentions, register)
    pairs += _with_one_key(mentions, register)
    coded = np.unique(np.concatenate([mention * len(register.names) + name for mention, name in pairs]))
    mention, name = coded // len(register.names), coded % len(register.names)
    # Letters of different scripts have nothing to compare; what only sounds alike is suggested elsewhere.
    other_script = (mentions.arabic[mention] & ~mentions.latin[mention] & ~register.names.arabic[name]) | (
        mentions.latin[mention] & ~mentions.arabic[mention] & ~register.names.latin[name]
    )
    return mention[~other_script], name[~other_script]


def _with_one_key(mentions: Names, register: Register) -> list[tuple[Ints, Ints]]:
    """Return the pairs that share a key."""
    found: list[tuple[Ints, Ints]] = []
    for keys, holders in zip((mentions.full, mentions.bare, mentions.closed), register.holders, strict=True):
        pairs = [(place, name) for place, key in enumerate(keys.tolist()) for name in holders.get(key, ())]
        both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        found.append((both[:, 0], both[:, 1]))
    return found


def _most_alike_of_all(mentions: Names, names: Names) -> list[tuple[Ints, Ints]]:
    from rapidfuzz import fuzz, process

    found = []
    for one, other, scorer in (
        (mentions.closed, names.closed, fuzz.ratio),
        (mentions.bare, names.bare, fuzz.token_ratio),
        (mentions.bare, names.bare, fuzz.partial_ratio),
    ):
        alike = process.cdist(one.tolist(), other.tolist(), scorer=scorer, dtype=np.float32)
        for place in range(len(one)):
            best = _best(alike[place], MOST_CANDIDATES)
            found.append((np.full(len(best), place, dtype=np.int64), best))
    return found


def _best(values: NDArray[np.float32], count: int, position: Ints | None = None) -> Ints:
    """Return the positions of the largest values, the first of equal ones; the order of rows has no say."""
    position = np.arange(len(values)) if position is None else position
    if len(values) > count:
        least = np.partition(values, len(values) - count)[len(values) - count]
        kept = np.flatnonzero(values >= least)
        kept = kept[np.lexsort((position[kept], -values[kept]))[:count]]
        return position[kept].astype(np.int64)
    return position.astype(np.int64)


# ---------------------------------------------------------------------- many names
def _most_alike_by_letters(mentions: Names, register: Register) -> list[tuple[Ints, Ints]]:
    """Return the names with the highest cosine of weighted letter sequences, the rarest sequences of a mention only."""
    letters = register.letters
    bearers = np.diff(letters.weights.indptr).astype(np.int64)
    weights = _rarest(letters.of_mentions(mentions.words), bearers)
    cost = np.zeros(len(mentions), dtype=np.int64)
    np.add.at(cost, np.repeat(np.arange(len(mentions)), np.diff(weights.indptr)), bearers[weights.indices])
    batch = np.cumsum(cost) // _BATCH
    found = []
    for number in np.unique(batch):
        rows = np.flatnonzero(batch == number)
        product = weights[rows] @ letters.weights
        for place, row in enumerate(rows):
            inside = slice(product.indptr[place], product.indptr[place + 1])
            best = _best(np.round(product.data[inside], 5), MOST_CANDIDATES, product.indices[inside])
            found.append((np.full(len(best), row, dtype=np.int64), best))
    return found


def _rarest(weights: Any, bearers: Ints) -> Any:
    """Keep of each row the rarest sequences, until they stand in so many names; at least one."""
    cost = bearers[weights.indices]
    row = np.repeat(np.arange(weights.shape[0]), np.diff(weights.indptr))
    order = np.lexsort((weights.indices, cost, row))
    total = np.cumsum(cost[order])
    before = np.concatenate([[0], total])[weights.indptr[:-1]]
    kept = np.zeros(weights.nnz, dtype=bool)
    kept[order] = total - before[row[order]] <= MOST_POSTINGS
    first = weights.indptr[:-1][np.diff(weights.indptr) > 0]
    kept[order[first]] = True
    weights.data[~kept] = 0
    weights.eliminate_zeros()
    return weights


# ---------------------------------------------------------------------- across scripts
def alike_by_sound(mentions: Names, register: Register, *, most: int = 3) -> list[tuple[int, int, float]]:
    """Return names of the other script that sound alike: a suggestion for a person, no evidence.

    Parameters
    ----------
    mentions : Names
        The mentions.
    register : Register
        The register.
    most : int, default 3
        So many for each mention, at most.

    Returns
    -------
    list of (mention, name, likeness)
        Positions and the share of the consonants in common, ``LEAST_SOUND`` to 1; the most alike first.
    """
    from rapidfuzz import fuzz

    names = register.names
    sharing: dict[str, list[int]] = defaultdict(list)
    for place, sounds in enumerate(names.sounds.tolist()):
        for sound in set(sounds.split()):
            if len(sound) > 1:
                sharing[sound].append(place)
    found = []
    for mention, sounds in enumerate(mentions.sounds.tolist()):
        near = {
            name
            for sound in set(sounds.split())
            if 0 < len(sharing.get(sound, ())) <= _MOST_SHARERS
            for name in sharing[sound]
            if names.arabic[name] != mentions.arabic[mention]
        }
        scored = [(-fuzz.token_sort_ratio(sounds, names.sounds[name]) / 100, name) for name in sorted(near)]
        found += [(mention, name, -likeness) for likeness, name in sorted(scored)[:most] if -likeness >= LEAST_SOUND]
    return found
