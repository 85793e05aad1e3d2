"""A draft of ``[mapping]`` as data: its lines, where each was guessed from, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from clusternet.messages import mark


@dataclass(frozen=True)
class Reason:
    """From what a line was guessed: a sentence with placeholders, and what they stand for."""

    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)


HEADING = Reason(mark("Guessed from its heading."))
SHEET = Reason(mark("Guessed from its heading and the sheet that it stands in."))
ROWS = Reason(mark("The sheet that holds these answers."))
ANSWERS = Reason(mark("Guessed from its answers."))
NUMBERS = Reason(mark("Guessed from its heading; its answers are numbers."))
POSITIONS = Reason(mark("Guessed from its heading; its answers are positions, latitude first."))
YES_NO = Reason(mark("Guessed from its heading; its answers are yes or no."))
NUMBERED = Reason(mark("Guessed from its heading; * stands for a number."))
CHOICES = Reason(mark("Guessed from its heading; each choice has a column of its own."))
SUBJECT = Reason(mark("Guessed from the heading of the partner and the title of the sheet."))
BOUGHT = Reason(mark("What a supplier sells to the respondent is a need."))
SOLD = Reason(mark("What a customer buys from the respondent is an offer."))
DECIDE = Reason(mark("Nothing in the file says which; decide, and write it here."))
OTHER = Reason(mark("This column is called much alike; take it instead if it is the right one."))
UNSUITED = Reason(mark("The heading fits and the answers do not; see what they hold."))
SEVERAL = Reason(mark("Some cells hold several partners, one below the other or between semicolons."))
COMMAS = Reason(
    mark("Some cells hold commas; where they stand between partners, write semicolons in the file instead.")
)


def distinct(count: int) -> Reason:
    """Return the reason for a column with a list of answers."""
    return Reason(mark("Guessed from its heading; different answers: {count}."), {"count": count})


@dataclass(frozen=True)
class Line:
    """One key of a table.

    Parameters
    ----------
    key : str
        The column of ours, or a key of the mapping's language.
    value : str or bool
        What the mapping says.
    reason : Reason
        From what it was guessed.
    sure : bool
        Whether it holds as it stands; otherwise it is only proposed.
    """

    key: str
    value: str | bool
    reason: Reason
    sure: bool = True


@dataclass(frozen=True)
class Table:
    """One block of the mapping.

    Parameters
    ----------
    name : {"enterprises", "linkages", "resources"}
        The contract's table.
    lines : sequence of Line
        Its keys.
    words : mapping of str to str
        Answers about the layer, and what they mean; an empty text where it is not known.
    sure : bool
        Whether it holds as it stands; otherwise all of it is only proposed.
    """

    name: str
    lines: Sequence[Line]
    words: Mapping[str, str] = field(default_factory=dict)
    sure: bool = True


@dataclass(frozen=True)
class Draft:
    """What was guessed about an export.

    Parameters
    ----------
    file : str
        Its name.
    tool : str
        The tool that wrote it, as its label in English.
    tables : sequence of Table
        That of the enterprises first; none where no mapping is needed.
    words : mapping of str to mapping
        For each column of ours, its answers and what they mean.
    bands : mapping of str to str
        Bands of numbers, each with its middle.
    commas : bool
        Whether some numbers have a comma that must be declared.
    left_out : mapping of str to sequence of str
        For each sheet the columns that are not used.
    needless : str
        Why no mapping is needed, as a sentence; empty where it is.
    notes : sequence of Reason
        What the officer must know beside.
    counts : mapping of str to int
        How many rows of each table it gives as it stands.
    """

    file: str
    tool: str = ""
    tables: Sequence[Table] = ()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    bands: Mapping[str, str] = field(default_factory=dict)
    commas: bool = False
    left_out: Mapping[str, Sequence[str]] = field(default_factory=dict)
    needless: str = ""
    notes: Sequence[Reason] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
