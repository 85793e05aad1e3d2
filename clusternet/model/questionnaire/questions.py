"""A questionnaire as a noun: its sections, their questions, the choices, and which column of the survey each fills."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from clusternet.errors import InputError, shown
from clusternet.messages import LANGUAGES, mark
from clusternet.model.questionnaire.phrases import in_language

#: The longest name that every survey tool takes (Survey Solutions sets the limit), and what a name may look like.
LONGEST_NAME = 32
_NAME = re.compile(rf"[a-z](?:_?[a-z0-9]){{0,{LONGEST_NAME - 1}}}")


@dataclass(frozen=True)
class Choice:
    """One answer that can be chosen: its name in the data, and what the respondent sees."""

    name: str
    label: str


@dataclass(frozen=True)
class Question:
    """One question.

    Parameters
    ----------
    name : str
        Its name in the data, at most 32 characters.
    type : str
        The type as an XLSForm calls it: ``text``, ``integer``, ``decimal``, ``geopoint``, ``select_one``,
        ``select_multiple``, ``note``, ``start``, ``end`` or ``today``.
    label : str
        What is asked, in English; :meth:`text` gives it in another language.
    table, column : str
        The table and the column of the contract that the answer fills; empty where there is none. The column
        ``location`` stands for latitude and longitude.
    choices : str
        The name of the list of choices.
    hint : str
        What the interviewer may add.
    required : bool
        Whether an answer must be given.
    constraint, constraint_message : str
        What the answer must be, as an XPath, and what is said where it is not.
    relevant : str
        When the question is asked, as an XPath; always where it is empty.
    appearance : str
        How the question is shown, in the words of an XLSForm.
    choice_filter : str
        Which of the choices are offered, as an XPath.
    """

    name: str
    type: str
    label: str
    table: str = ""
    column: str = ""
    choices: str = ""
    hint: str = ""
    required: bool = False
    constraint: str = ""
    constraint_message: str = ""
    relevant: str = ""
    appearance: str = ""
    choice_filter: str = ""

    def text(self, language: str = "en") -> str:
        """Return what is asked, in a language."""
        return in_language(self.label, language)


@dataclass(frozen=True)
class Section:
    """A group of questions, or a repeat that is asked once for each entry.

    Parameters
    ----------
    name : str
        Its name in the data; empty for questions that lie in no group.
    label : str
        Its title, in English; :meth:`text` gives it in another language.
    questions : tuple of Question
        In the order in which they are asked.
    repeat : bool
        Whether it is asked once for each entry.
    layer, side : str
        The layer of linkage asked for, and from which end: ``"to"``, the respondent is the source; ``"from"``, the
        partner is; ``"with"``, the layer has no direction.
    role : str
        ``"need"`` or ``"offer"``.
    inside : str
        The name of the repeat that it lies in.
    relevant : str
        When it is asked, as an XPath.
    count : str
        The name of the question that says how many entries there are; the respondent decides where it is empty.
    """

    name: str
    label: str
    questions: tuple[Question, ...]
    repeat: bool
    layer: str = ""
    side: str = ""
    role: str = ""
    inside: str = ""
    relevant: str = ""
    count: str = ""

    def text(self, language: str = "en") -> str:
        """Return the title in a language."""
        return in_language(self.label, language)


@dataclass(frozen=True, eq=False)
class Questionnaire:
    """A whole form.

    Parameters
    ----------
    sections : tuple of Section
        In the order in which they are asked; one that lies in another stands right behind it.
    choices : mapping of str to tuple of Choice
        The lists of choices by name.
    design : {"generator", "roster"}
        Whether partners are named freely or chosen from a list.
    languages : tuple of str
        Every language, the study's own first.

    Raises
    ------
    InputError
        If two names, or two labels in one language, are the same, or a name is not one that every survey tool takes.
    """

    sections: tuple[Section, ...]
    choices: Mapping[str, tuple[Choice, ...]]
    design: str
    languages: tuple[str, ...] = tuple(LANGUAGES)

    def __post_init__(self) -> None:
        object.__setattr__(self, "choices", MappingProxyType(dict(self.choices)))
        parts: list[Section | Question] = [*(part for part in self.sections if part.name), *self.questions]
        for name in _repeated(part.name for part in parts):
            template = mark('The form has two questions or sections named "{value}"; rename a layer in study.toml.')
            raise InputError(template, value=name)
        for part in parts:
            if len(part.name) > LONGEST_NAME or not _NAME.fullmatch(part.name):
                template = mark(
                    'The name "{value}" cannot stand in a form; expected a small letter of English, then small '
                    "letters, digits and single underscores, at most {most} characters."
                )
                raise InputError(template, value=shown(part.name), most=LONGEST_NAME)
        for language in self.languages:
            labels = [part.text(language) for part in parts if part.label]
            for label in _repeated(labels):
                template = mark(
                    'The form would ask twice for "{value}"; give the layers of study.toml labels that differ.'
                )
                raise InputError(template, value=shown(label))

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in the order in which they are asked."""
        return tuple(question for section in self.sections for question in section.questions)

    def question(self, name: str) -> Question:
        """Return a question by name.

        Raises
        ------
        KeyError
            If there is none of that name.
        """
        return self._asked[name][1]

    def section_of(self, name: str) -> Section:
        """Return the section in which a question is asked.

        Raises
        ------
        KeyError
            If there is no question of that name.
        """
        return self._asked[name][0]

    @cached_property
    def _asked(self) -> dict[str, tuple[Section, Question]]:
        return {question.name: (section, question) for section in self.sections for question in section.questions}

    def __repr__(self) -> str:
        return f"<Questionnaire: {self.design}, {len(self.sections)} sections, {len(self.questions)} questions>"


def _repeated(texts: Iterable[str]) -> list[str]:
    """Return the texts that stand twice; case, spaces and marks at the end make no difference to an export."""
    seen: set[str] = set()
    found = []
    for text in texts:
        plain = " ".join(text.casefold().split()).rstrip(" ?؟:.*")
        if plain in seen:
            found.append(text)
        seen.add(plain)
    return found
