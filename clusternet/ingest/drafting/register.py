"""Guessing which questions are about the enterprise itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from clusternet.ingest.drafting.answers import without_free_text, words_for
from clusternet.ingest.drafting.items import Item
from clusternet.ingest.drafting.lexicon import ENTERPRISE_TERMS, Term
from clusternet.ingest.drafting.lines import (
    ANSWERS,
    HEADING,
    NUMBERS,
    OTHER,
    POSITIONS,
    UNSUITED,
    YES_NO,
    Line,
    Reason,
    distinct,
)
from clusternet.ingest.drafting.values import are_choices, bands, has_commas, suits
from clusternet.ingest.drafting.words import PERHAPS, SURE, fit

#: Columns whose answers are those of a list, so that their number says something.
_LISTS = ("sector", "stage", "place", "consent_publish")
_HALVES = ("latitude", "longitude")


class Guess(NamedTuple):
    """How well a question fits a column of ours."""

    score: float
    specific: int
    order: int
    position: int
    term: Term
    item: Item
    kind: str


class Register(NamedTuple):
    """What was guessed about the enterprises.

    Lines; the answers of lists, and how many were free text; bands; whether numbers hold commas; the questions used.
    """

    lines: list[Line]
    words: dict[str, dict[str, str]]
    hidden: dict[str, int]
    bands: dict[str, str]
    commas: bool
    used: set[str]


def guess_register(items: Sequence[Item], rows: int) -> Register:
    """Return the columns of the register that the questions of the submissions are.

    Parameters
    ----------
    items : sequence of Item
        The questions.
    rows : int
        The number of submissions.

    Returns
    -------
    Register
        Each question once, in the order of the contract; of two that fit alike the second is proposed.
    """
    guesses = sorted(_guesses(items), key=lambda guess: (-guess.score, -guess.specific, guess.order, guess.position))
    chosen: dict[str, Guess] = {}
    proposed: dict[str, Guess] = {}
    taken: set[str] = set()
    for guess in guesses:
        column, name = guess.term.column, guess.item.name
        if name in taken:
            continue
        sure = guess.score >= SURE and not (column == "enterprise_id" and len(guess.item.values) < rows)
        if sure and column not in chosen:
            chosen[column] = guess
            taken.add(name)
    for guess in guesses:
        if guess.item.name not in taken and guess.term.column not in proposed:
            proposed[guess.term.column] = guess
            taken.add(guess.item.name)
    if "location" in chosen:
        chosen = {column: guess for column, guess in chosen.items() if column not in _HALVES}
    elif len(places := [item for item in items if item.kind == "position"]) == 1:
        # Nothing else looks like a position, whatever the heading is.
        term = next(term for term in ENTERPRISE_TERMS if term.column == "location")
        chosen = {column: guess for column, guess in chosen.items() if column not in _HALVES}
        chosen["location"] = Guess(0.0, 0, 0, 0, term, places[0], "position")
        proposed = {column: guess for column, guess in proposed.items() if guess.item is not places[0]}
    elif len(set(_HALVES) & set(chosen)) == 1:
        chosen = {column: guess for column, guess in chosen.items() if column not in _HALVES}
    return _register(chosen, proposed)


def _guesses(items: Sequence[Item]) -> list[Guess]:
    found = []
    for position, item in enumerate(items):
        if item.is_numbered or item.choices:
            continue
        kind = item.kind
        for order, term in enumerate(ENTERPRISE_TERMS):
            best = max(((fit(tail, term), len(tail)) for tail in item.tails), default=(0.0, 0))
            score = best[0]
            if not suits(kind, term.kind, item.values):
                # A heading that fits word for word is worth a look, whatever the answers are.
                score = PERHAPS if score >= 1 and term.kind not in ("position", "yes or no") else 0.0
            elif kind == "none" and score < 1:
                score = min(score, PERHAPS)
            if score >= PERHAPS:
                found.append(Guess(score, best[1], order, position, term, item, kind))
    return found


def _register(chosen: Mapping[str, Guess], proposed: Mapping[str, Guess]) -> Register:
    lines: list[Line] = []
    words: dict[str, dict[str, str]] = {}
    hidden: dict[str, int] = {}
    middles: dict[str, str] = {}
    commas = False
    for term in ENTERPRISE_TERMS:
        column = term.column
        if column in chosen:
            guess = chosen[column]
            lines.append(Line(column, guess.item.name, _reason(guess)))
            meant = words_for(column, guess.item.answers, guess.item.words)
            words[column], hidden[column] = without_free_text(meant, len(guess.item.values))
            if term.kind == "number":
                middles |= bands(guess.item.values)
                commas |= has_commas(guess.item.values)
        if column in proposed and (column not in chosen or proposed[column].score >= SURE):
            guess = proposed[column]
            suited = suits(guess.kind, term.kind, guess.item.values)
            reason = OTHER if column in chosen else HEADING if suited else UNSUITED
            lines.append(Line(column, guess.item.name, reason, sure=False))
    return Register(lines, words, hidden, middles, commas, {guess.item.name for guess in chosen.values()})


def _reason(guess: Guess) -> Reason:
    if guess.term.kind == "number":
        return NUMBERS
    if guess.term.kind == "position":
        return POSITIONS if guess.score else ANSWERS
    if guess.term.kind == "yes or no":
        return YES_NO
    answers = guess.item.answers
    return distinct(len(answers)) if guess.term.column in _LISTS and are_choices(answers) else HEADING
