"""One sheet of an export while a draft is made, and the lines that linkages and resources have alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from clusternet.ingest.drafting.answer_lexicon import FACTOR_WORDS
from clusternet.ingest.drafting.answers import without_free_text, words_for
from clusternet.ingest.drafting.items import Item
from clusternet.ingest.drafting.lines import CHOICES, DECIDE, HEADING, NUMBERED, NUMBERS, Line, Reason, distinct
from clusternet.ingest.drafting.subjects import Role, Subject, partner_kind
from clusternet.ingest.drafting.values import are_choices, is_number
from clusternet.model.settings import Settings

#: Columns of which every answer must be understood.
_UNDERSTOOD = ("weight", "factor", "role")
#: Columns whose answers are those of a list, so that their number says something.
_LISTS = ("frequency", "unit", "factor")


@dataclass(eq=False)
class Sheet:
    """One sheet whose questions are looked through.

    Parameters
    ----------
    title : str
        What the mapping calls it; empty for the submissions.
    items : list of Item
        Its questions that are not used yet.
    subject, above : Subject
        What it is about, and what the sheet around it is about.
    titles : sequence of str
        Everything that it is called.
    settings : Settings
        Those of the study, with its own layers.
    used : set of str
        The questions that a sure line uses; grows.
    words : dict
        The answers of lists, by column of ours; grows.
    hidden : dict
        How many answers look like free text, by column of ours; grows.
    """

    title: str
    items: list[Item]
    subject: Subject
    above: Subject
    titles: Sequence[str]
    settings: Settings
    used: set[str] = field(default_factory=set)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    hidden: dict[str, int] = field(default_factory=dict)

    @property
    def in_root(self) -> bool:
        """Whether it is the sheet of the submissions."""
        return not self.title


def kind_of_partner(sheet: Sheet, item: Item) -> str:
    """Return which kind of partner a question asks for: by its words, else by what the sheet is about."""
    own = partner_kind(item)
    return own if own and own != "partner" else sheet.subject.kind or own


def all_known(item: Item, column: str) -> bool:
    """Return whether every answer to a question is one of a list, and is understood."""
    return are_choices(item.answers) and all(words_for(column, item.answers, ()).values())


def further_lines(
    sheet: Sheet, table: str, chosen: Mapping[tuple[str, str], Role], columns: Sequence[str]
) -> tuple[list[Line], list[str]]:
    """Return the lines of further columns, and the questions that sure ones of them use.

    Parameters
    ----------
    sheet : Sheet
        The sheet; its ``words`` and ``hidden`` grow.
    table : {"linkages", "resources"}
        The contract's table.
    chosen : mapping of (table, column) to Role
        One question for each column.
    columns : sequence of str
        The columns wanted, in their order.

    Returns
    -------
    lines : list of Line
        One for each column that has a question.
    used : list of str
        The names of the questions.
    """
    lines: list[Line] = []
    used: list[str] = []
    for column in columns:
        if (table, column) not in chosen:
            continue
        item = chosen[table, column].item
        sure = column not in _UNDERSTOOD or _is_understood(sheet, item, column)
        usual = NUMBERS if item.kind == "number" else HEADING
        usual = distinct(len(item.answers)) if column in _LISTS and are_choices(item.answers) else usual
        lines.append(Line(column, item.name, how_found(item, usual) if sure else DECIDE, sure=sure))
        used += [item.name] if sure else []
    return lines, used


def _is_understood(sheet: Sheet, item: Item, column: str) -> bool:
    """Return whether every answer is a word of the contract or has a meaning in its words, which is noted."""
    words = words_for(column, item.answers, ())
    if not words:
        return all(is_number(answer) if column == "weight" else answer in FACTOR_WORDS for answer in item.answers)
    shown, left_out = without_free_text(words, len(item.values))
    sheet.words.setdefault(column, {}).update(shown)
    sheet.hidden[column] = sheet.hidden.get(column, 0) + left_out
    return all(words.values())


def how_found(item: Item, usual: Reason) -> Reason:
    """Return from what a line was guessed, where columns are taken together; the usual reason elsewhere."""
    return CHOICES if item.choices else NUMBERED if item.is_numbered else usual
