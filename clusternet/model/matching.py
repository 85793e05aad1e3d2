"""What is doubtful about names: partners that may be enterprises of the register, and enterprises that may be one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from clusternet.messages import mark

#: The file in which decisions about names are remembered, beside the survey.
ALIASES_FILE = "aliases.csv"
#: What the two kinds of decisions are about, as the file says it.
PARTNER: Literal["partner"] = "partner"
DUPLICATE: Literal["duplicate"] = "duplicate"
_BETWEEN = " | "
#: So many enterprises are offered for one mention.
MOST_OFFERED = 5
_OFFERS = tuple(
    f"{what}_{number}" for number in range(1, MOST_OFFERED + 1) for what in ("id", "name", "place", "sector", "score")
)
#: The sheets of a review workbook with the keys of their columns, which stand in a hidden first row, so that the
#: workbook can be read back in whatever language it was written and wherever somebody moved a column.
SHEETS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        PARTNER: ("decision", "text", "rows", "layers", "named_by", "gap", *_OFFERS),
        DUPLICATE: (
            "decision",
            "score",
            *(f"{what}_{n}" for n in (1, 2) for what in ("id", "name", "place", "sector")),
        ),
        "accepted": ("decision", "text", "taken_for", "rows", "layers", "named_by", "gap", *_OFFERS),
    }
)
#: The words of decisions, and how an id is written that could be taken for the number of a candidate.
NONE, SAME, DIFFERENT, ID_PREFIX = mark("none"), mark("same"), mark("different"), "id:"


@dataclass(frozen=True)
class Candidate:
    """An enterprise that a name may mean.

    Parameters
    ----------
    enterprise_id, name, place, sector : str
        What the register says of it; empty where it says nothing.
    score : float
        The certainty, 0 to 1; where ``by_sound``, the share of the consonants in common, which is no evidence.
    by_sound : bool
        Whether the name is in another script and only sounds alike.
    """

    enterprise_id: str
    name: str
    place: str = ""
    sector: str = ""
    score: float = 0.0
    by_sound: bool = False


@dataclass(frozen=True)
class Mention:
    """A partner that is named in words.

    Parameters
    ----------
    text : str
        The words.
    rows : int
        How many nominations name it.
    layers : tuple of str
        In which layers, sorted.
    named_by : tuple of str
        The enterprises that name it, the first of them by id.
    candidates : tuple of Candidate
        At most five, the likeliest first.
    gap : float
        By how much the first is more certain than the second, 0 to 1.
    taken_for : str
        The id of the enterprise that it was taken for automatically; empty where it stays outside the register.
    """

    text: str
    rows: int
    layers: tuple[str, ...]
    named_by: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    gap: float
    taken_for: str = ""


@dataclass(frozen=True)
class Duplicate:
    """Two enterprises of the register that may be one, the one with the smaller id first, and how certain that is."""

    first: Candidate
    second: Candidate
    score: float

    @property
    def pair(self) -> str:
        """Both ids in one text."""
        return pair_text(self.first.enterprise_id, self.second.enterprise_id)


@dataclass(frozen=True)
class Decision:
    """What somebody decided about a name.

    Parameters
    ----------
    kind : {"partner", "duplicate"}
        Whether it is about a partner named in words or about two enterprises.
    text : str
        The words, or the two ids as :func:`pair_text` writes them.
    enterprise_id : str
        The enterprise that is meant, or the one of the two that stays; empty for "not in the register" and "different".
    """

    kind: Literal["partner", "duplicate"]
    text: str
    enterprise_id: str


@dataclass(frozen=True, eq=False)
class Review:
    """Everything about names in a survey that somebody should look at, what counts most first.

    Parameters
    ----------
    doubtful : tuple of Mention
        Partners that may be enterprises of the register and were not taken for one.
    duplicates : tuple of Duplicate
        Enterprises that may be one and were not merged.
    accepted : tuple of Mention
        Partners that were taken for an enterprise automatically.
    ids : frozenset of str
        Every id of the register.
    decisions : tuple of Decision
        What was decided before.
    language : {"en", "ar"}
        The language of the study.
    """

    doubtful: tuple[Mention, ...]
    duplicates: tuple[Duplicate, ...]
    accepted: tuple[Mention, ...]
    ids: frozenset[str]
    decisions: tuple[Decision, ...] = ()
    language: str = "en"


def pair_text(one: str, other: str) -> str:
    """Return two ids as one text, whichever comes first.

    Examples
    --------
    >>> pair_text("E9", "E5")
    'E5 | E9'
    """
    return _BETWEEN.join(sorted((one, other)))


def other_of(pair: str, one: str) -> str:
    """Return the other id of a pair; empty if the text is no pair with this id.

    Examples
    --------
    >>> other_of("E5 | E9", "E5"), other_of("E5 | E9", "E7")
    ('E9', '')
    """
    for other in (pair.removeprefix(one + _BETWEEN), pair.removesuffix(_BETWEEN + one)):
        if other != pair and pair_text(one, other) == pair:
            return other
    return ""
