"""How names come out when they are written from memory: slips, other spellings, words left out, moved or shortened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from clusternet.ingest.matching.keys import has_arabic, name_keys

_LATIN_LETTERS = "abcdefghijklmnoprstuvwyz"
_ARABIC_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_VARIANTS_ARABIC = (
    ("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ة", "ه"), ("ى", "ي"), ("ؤ", "و"), ("ئ", "ي"), ("ي", "ى"), ("ا", "أ"),
    ("ه", "ة"),
)  # fmt: skip
_VARIANTS_LATIN = (
    ("ou", "u"), ("oo", "ou"), ("ee", "i"), ("q", "k"), ("k", "q"), ("c", "k"), ("ph", "f"), ("ei", "ai"), ("u", "o"),
    ("e", "a"), ("i", "e"), ("z", "s"), ("Al ", "El "), ("Al ", "Al-"), ("y", "i"), ("é", "e"), ("ő", "o"),
    ("and", "&"),
)  # fmt: skip
_SHORT = (
    ("Trading", "Trdg"), ("Industries", "Ind"), ("International", "Intl"), ("General", "Gen"), ("Contracting", "Contr"),
    ("Company", "Co"), ("Import and Export", "Imp Exp"), ("Furniture", "Furn"), ("Materials", "Mat"), ("Works", "Wks"),
)  # fmt: skip
_EXTRA_LATIN = ("Ltd", "Co.", "Company", "LLC", "Est.", "& Co", "Group")
_EXTRA_ARABIC = ("شركة", "مؤسسة", "ذ.م.م", "ش.م.م", "المحدودة")

Noise = Callable[[str, np.random.Generator], str]


def slip(name: str, generator: np.random.Generator) -> str:
    """Leave out, double, change or swap letters inside words."""
    letters = list(name)
    alphabet = _ARABIC_LETTERS if has_arabic(name) else _LATIN_LETTERS
    inside = [place for place, letter in enumerate(letters) if letter.isalpha()]
    if len(inside) < 4:
        return name
    place = inside[int(generator.integers(len(inside)))]
    other = alphabet[int(generator.integers(len(alphabet)))]
    match int(generator.integers(4)):
        case 0:
            del letters[place]
        case 1:
            letters.insert(place, other)
        case 2:
            letters[place] = other
        case _:
            following = min(place + 1, len(letters) - 1)
            letters[place], letters[following] = letters[following], letters[place]
    return "".join(letters)


def variant(name: str, generator: np.random.Generator) -> str:
    """Write one or two letters, or groups of them, as others write them."""
    pairs = _VARIANTS_ARABIC if has_arabic(name) else _VARIANTS_LATIN
    fitting = [pair for pair in pairs if pair[0] in name]
    for _ in range(1 + int(generator.integers(2))):
        if fitting:
            old, new = fitting[int(generator.integers(len(fitting)))]
            name = name.replace(old, new, 1 if generator.random() < 0.5 else -1)
    return name


def without_form(name: str, generator: np.random.Generator) -> str:
    """Leave out the legal form, or write another one."""
    if generator.random() < 0.75:
        return name_keys(name).bare if generator.random() < 0.3 else _bare_as_written(name)
    extra = _EXTRA_ARABIC if has_arabic(name) else _EXTRA_LATIN
    word = extra[int(generator.integers(len(extra)))]
    bare = _bare_as_written(name)
    return f"{word} {bare}" if word in ("شركة", "مؤسسة") else f"{bare} {word}"


def _bare_as_written(name: str) -> str:
    """Return the words of a name that are not its legal form, as they were written."""
    kept = set(name_keys(name).bare.split())
    words = [word for word in name.split() if word in ("Al", "El", "عبد") or set(name_keys(word).full.split()) & kept]
    compact = name_keys(" ".join(words)).bare == name_keys(name).bare
    return " ".join(words) if words and compact else name_keys(name).bare


def swapped(name: str, generator: np.random.Generator) -> str:
    """Move a word to another place."""
    words = name.split()
    if len(words) < 2:
        return name
    first = int(generator.integers(len(words)))
    word = words.pop(first)
    words.insert(int(generator.integers(len(words) + 1)), word)
    return " ".join(words)


def shortened(name: str, generator: np.random.Generator) -> str:
    """Write a word by its first letter, or as it is commonly shortened."""
    fitting = [pair for pair in _SHORT if pair[0] in name]
    if fitting and generator.random() < 0.6:
        return name.replace(*fitting[int(generator.integers(len(fitting)))])
    words = name.split()
    long = [place for place, word in enumerate(words) if len(word) > 3]
    if len(long) < 2:
        return name
    place = long[0] if generator.random() < 0.7 else long[int(generator.integers(len(long)))]
    words[place] = words[place][0] + ("." if generator.random() < 0.5 else "")
    return " ".join(words)


def word_left_out(name: str, generator: np.random.Generator) -> str:
    """Leave out a word that is not the first."""
    words = _bare_as_written(name).split()
    if len(words) < 3:
        return name
    del words[1 + int(generator.integers(len(words) - 1))]
    return " ".join(words)


def closed_up(name: str, generator: np.random.Generator) -> str:
    """Write two words as one, or one as two."""
    words = name.split()
    place = int(generator.integers(max(1, len(words) - 1)))
    if len(words) > 1 and generator.random() < 0.7:
        return " ".join([*words[:place], words[place] + words[place + 1], *words[place + 2 :]])
    middle = len(words[place]) // 2
    return (
        name
        if middle < 2
        else " ".join([*words[:place], words[place][:middle], words[place][middle:], *words[place + 1 :]])
    )


def as_it_is(name: str, generator: np.random.Generator) -> str:
    """Write the name as it is, with other capitals or spaces perhaps."""
    return (name.upper(), name.lower(), name.replace(" ", "  "), name)[int(generator.integers(4))]


#: The kinds of noise that a benchmark is asked for, alone.
ASKED: Mapping[str, Noise] = MappingProxyType(
    {"character slips": slip, "dropped legal forms": without_form, "swapped words": swapped, "variant letters": variant}
)
#: All kinds, with how often each comes.
EVERY: tuple[tuple[Noise, float], ...] = (
    (slip, 0.26), (without_form, 0.22), (swapped, 0.1), (variant, 0.2), (shortened, 0.06), (word_left_out, 0.06),
    (closed_up, 0.05), (as_it_is, 0.05),
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Mentions:
    """Names as they were written, with the enterprise that was meant: its position, or -1 where it is none."""

    texts: list[str]
    truth: np.ndarray
    kinds: list[str]


def planted_mentions(
    names: list[str], strangers: list[str], count: int, seed: int, *, kinds: Mapping[str, Noise] | None = None
) -> Mentions:
    """Write names of a register, and some that are not in it, from memory.

    Parameters
    ----------
    names : list of str
        The register.
    strangers : list of str
        Names of enterprises that are not in it.
    count : int
        How many mentions of enterprises of the register; strangers come on top, each once.
    seed : int
        Seed.
    kinds : mapping of str to callable, optional
        The kinds of noise, each alone and equally often; by default all of them, one to three together.

    Returns
    -------
    Mentions
        In random order.
    """
    generator = np.random.default_rng([seed, 77])
    meant = np.concatenate([generator.integers(len(names), size=count), np.full(len(strangers), -1)])
    texts, labels = [], []
    for place, position in enumerate(meant.tolist()):
        text = names[position] if position >= 0 else strangers[place - count]
        if kinds is not None:
            label = list(kinds)[int(generator.integers(len(kinds)))]
            for _ in range(1 if generator.random() < 0.8 else 2):
                text = kinds[label](text, generator)
        else:
            label = "mixed"
            weights = np.array([weight for _, weight in EVERY])
            for _ in range(1 + int(generator.choice(3, p=(0.5, 0.35, 0.15)))):
                text = EVERY[int(generator.choice(len(EVERY), p=weights / weights.sum()))][0](text, generator)
        texts.append(text)
        labels.append(label if position >= 0 else "stranger")
    order = generator.permutation(len(texts))
    return Mentions([texts[i] for i in order], meant[order], [labels[i] for i in order])
