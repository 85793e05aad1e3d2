"""What of an export becomes rows of which table: the plan that a questionnaire of ours or ``[mapping]`` gives."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from clusternet.ingest.exports.export import ANSWERS
from clusternet.ingest.exports.headers import Column, simple

#: Where the respondent of a directed linkage stands: its source, or its target; either end where it has no direction.
SIDES = ("to", "from", "with")
#: An answer of so many characters may be the beginning of a label that was cut.
_LONG = 40
_BETWEEN = re.compile(r"[\n;؛|]")
_BETWEEN_KNOWN = re.compile(r"[\n;؛|,،]")
#: A word with the separator behind it, if there is one: labels may hold both themselves.
_TOKEN = re.compile(r"[^\s;؛|,،]*\s*[;؛|,،]|[^\s;؛|,،]+")
_BETWEEN_CHOICES = re.compile(r"[\s;؛|,،]+")


@dataclass(frozen=True, eq=False)
class Field:
    """Where one column of the contract comes from.

    Parameters
    ----------
    column : Column or None
        Where the answers stand; None for a constant.
    part : str
        The sheet that they stand in: that of the block, or one above it.
    fixed : str
        The constant.
    words : mapping of str to str
        Answers, simplified, and what they mean.
    several : bool
        Whether one cell holds several answers.
    chosen : bool
        Whether they were ticked in a list, though the list may not be at hand.
    """

    column: Column | None = None
    part: str = ""
    fixed: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    several: bool = False
    chosen: bool = False

    def meaning(self, answer: str) -> str:
        """Return what one answer means; itself where no word is known for it."""
        plain = simple(answer)
        if plain in self.words or len(plain) < _LONG:
            return self.words.get(plain, answer)
        # Statistics packages cut long labels.
        begun: set[str] = set()
        at = bisect_left(self._in_order, plain)
        while at < len(self._in_order) and self._in_order[at].startswith(plain):
            begun.add(self.words[self._in_order[at]])
            at += 1
        return begun.pop() if len(begun) == 1 else answer

    def answers(self, cell: str, *, choices: bool) -> list[str]:
        """Return the answers of one cell; see :func:`answers_in`."""
        return answers_in(cell, self.words, choices=choices, longest=self._longest)

    @functools.cached_property
    def _in_order(self) -> list[str]:
        return sorted(self.words)

    @functools.cached_property
    def _longest(self) -> int:
        return longest_of(self.words)


@dataclass(frozen=True, eq=False)
class Block:
    """One family of rows.

    Parameters
    ----------
    table : str
        The contract's table.
    part : str
        The sheet that gives the rows.
    fields : mapping of str to Field
        The columns of the contract, and ``location`` for latitude and longitude in one.
    side : str
        For linkages: where the respondent stands, unless the word for the layer says it.
    needed : sequence of str
        A row without any answer in these is no row.
    numbers : tuple of int
        Where repeats stand in numbered columns: the number of this one, behind those of the repeats around it.
    inside : bool
        Whether its rows lie in an entry of another repeat: inputs in a product.
    """

    table: str
    part: str
    fields: Mapping[str, Field]
    side: str = ""
    needed: Sequence[str] = field(default_factory=tuple)
    numbers: tuple[int, ...] = ()
    inside: bool = False


def longest_of(words: Mapping[str, str]) -> int:
    """Return of how many words, as cells are cut into them, the longest known answer is; at least 1."""
    return max((len(_TOKEN.findall(word)) for word in words), default=1)


def answers_in(cell: str, words: Mapping[str, str], *, choices: bool, longest: int | None = None) -> list[str]:
    """Return the answers of one cell.

    Parameters
    ----------
    cell : str
        What stands in it.
    words : mapping of str to str
        The answers that are known, simplified: some tools join labels that hold spaces by a space.
    choices : bool
        Whether the answers were chosen from a list; otherwise they are free text, one per line or between semicolons.
    longest : int, optional
        What :func:`longest_of` says of the words, for whoever asks of many cells.

    Returns
    -------
    list of str
        Each once, in their order.
    """
    if ANSWERS in cell:
        parts = cell.split(ANSWERS)
    elif simple(cell) in words:
        parts = [cell]
    elif not choices:
        parts = _BETWEEN.split(cell)
    else:
        parts = _known_runs(cell, words, longest_of(words) if longest is None else longest)
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _known_runs(cell: str, words: Mapping[str, str], longest: int) -> list[str]:
    """Return a cell cut into known answers, as few as there can be; at every separator where that does not work out."""
    if not words:
        return [token for token in _BETWEEN_CHOICES.split(cell) if token]
    found = _fewest_runs(cell, words, longest)
    if found is not None:
        return found
    # A separator that is no space says where an answer ends.
    pieces = [part for part in _BETWEEN_KNOWN.split(cell) if part.strip()]
    return [run for piece in pieces for run in _fewest_runs(piece, words, longest) or [piece]]


def _fewest_runs(cell: str, words: Mapping[str, str], longest: int) -> list[str] | None:
    """Return the fewest known answers that make up a cell; None where none do."""
    cell = " ".join(cell.split())
    tokens = [token.span() for token in _TOKEN.finditer(cell)]
    # Where a known answer may begin: at the first token, and behind every known answer that begins at such a place.
    runs: dict[int, list[tuple[int, str]]] = {0: []}
    for at in range(len(tokens)):
        for end in range(at + 1, min(at + longest, len(tokens)) + 1) if at in runs else ():
            run = _known_run(cell[tokens[at][0] : tokens[end - 1][1]], words)
            if run:
                runs[at].append((end, run))
                runs.setdefault(end, [])
    # From the end: the fewest known answers that make up the tokens from each place on; of as many, the longest first.
    best: dict[int, list[str]] = {len(tokens): []}
    for at in sorted(runs, reverse=True):
        for end, run in reversed(runs[at]):
            if end in best and (at not in best or len(best[end]) + 1 < len(best[at])):
                best[at] = [run, *best[end]]
    return best.get(0)


def _known_run(run: str, words: Mapping[str, str]) -> str:
    """Return a run of words that is a known answer, without the separator behind it; empty where it is none."""
    if simple(run) in words:
        return run
    short = run.rstrip(",;|،؛")
    return short if short != run and simple(short) in words else ""
