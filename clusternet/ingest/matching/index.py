"""Names as numbers: the words of every name, how rare each word is, and who bears the name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.ingest.matching.keys import NameKeys, has_arabic, has_latin, name_keys, sound_of
from clusternet.ingest.matching.legal_forms import form_of

Ints = NDArray[np.int64]


#: Of a key that very many names share the first few suffice to tell that many do.
MOST_HOLDERS = 12
#: Names of other towns that are thought to stand beside a register, so that words of a small one count as rare too.
BACKGROUND = 300


@dataclass(frozen=True, eq=False)
class Names:
    """Names with their keys, split into words.

    Parameters
    ----------
    texts : tuple of str, length n
        The names as they were written.
    keys : tuple of NameKeys, length n
        Their keys.
    """

    texts: tuple[str, ...]
    keys: tuple[NameKeys, ...]

    @classmethod
    def from_texts(cls, texts: Iterable[str]) -> Names:
        """Make the keys of names."""
        texts = tuple(texts)
        return cls(texts, tuple(name_keys(text) for text in texts))

    def __len__(self) -> int:
        return len(self.texts)

    @cached_property
    def full(self) -> NDArray[np.object_]:
        """The keys with the legal form."""
        return np.array([key.full for key in self.keys], dtype=object)

    @cached_property
    def bare(self) -> NDArray[np.object_]:
        """The keys without the legal form."""
        return np.array([key.bare for key in self.keys], dtype=object)

    @cached_property
    def closed(self) -> NDArray[np.object_]:
        """The keys without the legal form and without spaces."""
        return np.array([key.bare.replace(" ", "") for key in self.keys], dtype=object)

    @cached_property
    def ordered(self) -> NDArray[np.object_]:
        """The keys without the legal form, words in alphabetical order."""
        return np.array([" ".join(sorted(key.bare.split())) for key in self.keys], dtype=object)

    @cached_property
    def sounds(self) -> NDArray[np.object_]:
        """The consonants of the names."""
        return np.array([sound_of(key.bare) for key in self.keys], dtype=object)

    @cached_property
    def forms(self) -> tuple[frozenset[str], ...]:
        """The legal forms."""
        return tuple(form_of(key.full.split(), key.bare.split()) for key in self.keys)

    @cached_property
    def numbers(self) -> tuple[frozenset[str], ...]:
        """The words with digits, which tell branches and workshops of one name apart."""
        return tuple(
            frozenset(word for word in key.bare.split() if any(letter.isdigit() for letter in word))
            for key in self.keys
        )

    @cached_property
    def latin(self) -> NDArray[np.bool_]:
        """Whether a name has Latin letters."""
        return np.array([has_latin(key.full) for key in self.keys], dtype=np.bool_)

    @cached_property
    def arabic(self) -> NDArray[np.bool_]:
        """Whether a name has Arabic letters."""
        return np.array([has_arabic(key.full) for key in self.keys], dtype=np.bool_)

    @cached_property
    def words(self) -> Words:
        """The words of the keys without the legal form."""
        return Words.of([key.bare.split() for key in self.keys])


@dataclass(frozen=True, eq=False)
class Words:
    """The words of names: ``code[start[i]:start[i + 1]]`` are the words of name i, as positions in ``distinct``."""

    distinct: tuple[str, ...]
    code: Ints
    start: Ints

    @classmethod
    def of(cls, names: Sequence[Sequence[str]]) -> Words:
        """Number the words of names; the distinct ones are sorted."""
        every = [word for words in names for word in words]
        codes, distinct = pd.factorize(np.array(every, dtype=object), sort=True)
        start = np.concatenate([[0], np.cumsum([len(words) for words in names], dtype=np.int64)]).astype(np.int64)
        return cls(tuple(str(word) for word in distinct), codes.astype(np.int64), start)

    def __len__(self) -> int:
        return len(self.start) - 1

    @cached_property
    def bearers(self) -> Ints:
        """In how many names each distinct word stands, shape (distinct,)."""
        name = np.repeat(np.arange(len(self)), np.diff(self.start))
        pairs = np.unique(name * max(1, len(self.distinct)) + self.code)
        return np.bincount(pairs % max(1, len(self.distinct)), minlength=len(self.distinct)).astype(np.int64)


@dataclass(frozen=True, eq=False)
class Letters:
    """Names as sequences of two and three letters, weighted by rarity; loads scikit-learn.

    Parameters
    ----------
    counting, weighting : CountVectorizer, TfidfTransformer
        What was learnt of the names.
    weights : sparse matrix, shape (sequences, names)
        The weights; the squares of each name add up to 1.
    """

    counting: Any
    weighting: Any
    weights: Any

    @classmethod
    def of(cls, names: Words) -> Letters:
        """Learn from the words of names which sequences are rare."""
        from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

        # Letters are counted once for each distinct word, of which there are far fewer than names.
        counting = CountVectorizer(analyzer="char_wb", ngram_range=(2, 3), lowercase=False, dtype=np.float32)
        counts = _added_up(names, counting.fit_transform(names.distinct))
        weighting = TfidfTransformer(sublinear_tf=True).fit(counts)
        return cls(counting, weighting, weighting.transform(counts).astype(np.float32).T.tocsr())

    def of_mentions(self, mentions: Words) -> Any:
        """Return the weights of other names, one row each, shape (mentions, sequences)."""
        counts = _added_up(mentions, self.counting.transform(mentions.distinct))
        found = self.weighting.transform(counts).astype(np.float32)
        found.sort_indices()
        return found


def _added_up(names: Words, letters: Any) -> Any:
    """Add up the sequences of the words of each name."""
    from scipy import sparse

    ones = np.ones(len(names.code), dtype=np.float32)
    return sparse.csr_matrix((ones, names.code, names.start), shape=(len(names), len(names.distinct))) @ letters


def _holders(keys: NDArray[np.object_]) -> Mapping[str, Sequence[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(keys.tolist()):
        if len(found[key]) < MOST_HOLDERS:
            found[key].append(place)
    return dict(found)


@dataclass(frozen=True, eq=False)
class Register:
    """The names by which the enterprises of a register go.

    Parameters
    ----------
    names : Names
        Every name, those of an enterprise next to one another.
    owner : array of int, shape (names,)
        The enterprise that bears it, 0 to n-1.
    ids : tuple of str, length n
        The ids of the enterprises, sorted.
    """

    names: Names
    owner: Ints
    ids: tuple[str, ...]

    @classmethod
    def from_table(cls, enterprises: pd.DataFrame) -> Register:
        """Take the names of a register: ``name`` and, where there is one, ``name_alt``.

        The order of the rows makes no difference.
        """
        table = enterprises.sort_values("enterprise_id", kind="stable")
        columns = [table[column].to_numpy(dtype=object) for column in ("name", "name_alt") if column in table.columns]
        texts: list[str] = []
        owner: list[int] = []
        for position, names in enumerate(zip(*columns, strict=True)):
            for name in dict.fromkeys(name for name in names if isinstance(name, str) and name.strip()):
                texts.append(name)
                owner.append(position)
        ids = tuple(str(identifier) for identifier in table["enterprise_id"])
        return cls(Names.from_texts(texts), np.array(owner, dtype=np.int64), ids)

    @cached_property
    def holders(self) -> tuple[Mapping[str, Sequence[int]], ...]:
        """For each kind of key (full, bare, closed) the first names that have it, up to ``MOST_HOLDERS``."""
        return tuple(_holders(keys) for keys in (self.names.full, self.names.bare, self.names.closed))

    @cached_property
    def letters(self) -> Letters:
        """The sequences of letters of the names."""
        return Letters.of(self.names.words)

    def rarity(self, words: Sequence[str]) -> tuple[NDArray[np.float64], Ints]:
        """Return how much it says that two names share a word, in nats, and how many names of the register have it.

        Parameters
        ----------
        words : sequence of str
            Distinct words.

        Returns
        -------
        rarity : array of float, shape (words,)
            The logarithm of names, ``BACKGROUND`` included, for each name with the word; a word that no name has counts
            as one that one has.
        bearers : array of int, shape (words,)
            The number of names.
        """
        own = self.names.words
        place = pd.Index(own.distinct, dtype=object).get_indexer(pd.Index(list(words), dtype=object))
        known = place >= 0
        bearers = np.zeros(len(place), dtype=np.int64)
        bearers[known] = own.bearers[place[known]]
        return np.log((len(self.names) + BACKGROUND) / np.maximum(bearers, 1)), bearers
