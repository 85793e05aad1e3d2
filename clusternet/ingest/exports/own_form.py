"""Our own questionnaire, come back through any tool: which column of an export answers which question."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Collection, Mapping
from types import MappingProxyType

from clusternet.ingest.exports.blocks import Block, Field
from clusternet.ingest.exports.export import Export, Part
from clusternet.ingest.exports.headers import Column, numbered, one_per_choice, paths, simple
from clusternet.messages import LANGUAGES
from clusternet.model.questionnaire import Question, Questionnaire, Section
from clusternet.model.questionnaire.phrases import in_language

#: An export is of our form when it has at least this share of the questions about the enterprise itself.
_LEAST = 0.6
_ABOUT = "enterprises"
_NUMERIC = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?")
#: Stands for an enterprise of a roster that is not at hand, so that the questions of a roster can be recognised.
NOBODY = (("-", "-"),)
_COORDINATES = ("latitude", "longitude")
#: What a row must have at least: a partner, a resource, a product or an input.
_NEEDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"linkages": ("target",), "resources": ("resource",), "recipes": ("product",), "enterprises": ()}
)


class OwnForm:
    """A questionnaire laid over an export.

    Parameters
    ----------
    export : Export
        What was read.
    form : Questionnaire
        The questionnaire, with the roster where there was one.
    """

    def __init__(self, export: Export, form: Questionnaire) -> None:
        self.export = export
        self.form = form
        self._sections = {section.name: section for section in form.sections}
        self._groups = {section.name: self._groups_of(section) for section in form.sections}
        self._stems = {
            question.name: paths(_names(question), self._groups[section.name])
            for section in form.sections
            for question in section.questions
            if question.column
        }
        self._headers = {
            title: {simple(header): header for header in reversed(part.headers)} for title, part in export.parts.items()
        }
        self._vocabularies: dict[str, Mapping[str, str]] = {}
        self._numbered_headers = {title: _by_number(part) for title, part in export.parts.items()}

    def share_found(self) -> float:
        """Return the share of the questions about the enterprise that the submissions answer."""
        asked = [question for question in self.form.questions if question.table == _ABOUT and question.column]
        root = self.export.parts[self.export.root]
        found = [question for question in asked if self._field(question, root, ()) is not None]
        return len(found) / len(asked) if asked else 0.0

    @property
    def is_ours(self) -> bool:
        """Whether the export is of this questionnaire."""
        return self.share_found() >= _LEAST

    def not_found(self) -> list[Question]:
        """Return the questions about the enterprise that have no column, the question of where it is aside."""
        root = self.export.parts[self.export.root]
        asked = [q for q in self.form.questions if q.table == _ABOUT and q.column and q.column != "location"]
        return [question for question in asked if self._field(question, root, ()) is None]

    def partners_found(self) -> int:
        """Return in how many places partners are named."""
        return sum(block.table == "linkages" for block in self.blocks)

    @functools.cached_property
    def blocks(self) -> list[Block]:
        """Return the rows that the export gives."""
        about = {
            question.column: field
            for question in self.form.questions
            if question.table == _ABOUT and question.column
            for field in [self._field(question, self.export.parts[self.export.root], ())]
            if field is not None
        }
        found = [Block(_ABOUT, self.export.root, {**about, **self._coordinates(about)})]
        for section in self.form.sections:
            if any(question.table not in ("", _ABOUT) for question in section.questions):
                found += self._section_blocks(section)
        return found

    # ------------------------------------------------------------------ fields
    def _field(self, question: Question, part: Part, numbers: tuple[int, ...]) -> Field | None:
        """Return where a question is answered in a part, or None."""
        column = self._column(question, part, numbers)
        if column is None:
            return None
        words = self._words(question)
        several = question.type == "select_multiple" or (question.table == "linkages" and question.column == "target")
        if question.type == "text":
            several = several and question.name.endswith("_others")
        return Field(column, part.title, words=words, several=several, chosen=question.type == "select_multiple")

    def _column(self, question: Question, part: Part, numbers: tuple[int, ...]) -> Column | None:
        stems, headers = self._stems[question.name], self._headers[part.title]
        if numbers:
            alike = self._numbered_headers[part.title].get(numbers, {})
            return next((Column(header) for stem, header in alike.items() if stem in stems), None)
        found = [header for plain, header in headers.items() if plain in stems]
        if found:
            return Column(found[0])
        if question.type == "select_multiple":
            choices = one_per_choice(part.headers, stems, part.rows)
            return Column(question.name, MappingProxyType(choices)) if choices else None
        return None

    def _words(self, question: Question) -> Mapping[str, str]:
        """Return every name and label of a question's choices, and the choice that it means."""
        if question.choices not in self._vocabularies:
            self._vocabularies[question.choices] = self._vocabulary(question.choices)
        return self._vocabularies[question.choices]

    def _vocabulary(self, choices: str) -> Mapping[str, str]:
        found: dict[str, str] = {}
        twice: set[str] = set()
        for choice in self.form.choices.get(choices, ()):
            if (choice.name, choice.label) in NOBODY:
                continue
            for text in {choice.name, *(in_language(choice.label, language) for language in LANGUAGES)}:
                plain = simple(text)
                if found.setdefault(plain, choice.name) != choice.name:
                    twice.add(plain)
        # Two enterprises of one name: the name alone does not say which was meant.
        names = {simple(choice.name) for choice in self.form.choices.get(choices, ())}
        found = {word: name for word, name in found.items() if word not in twice or word in names}
        # An export with typed cells makes numbers of answers that look like some: 007 becomes 7.
        as_numbers = [(number_of(word), name) for word, name in found.items()]
        counts = Counter(number for number, name in set(as_numbers))
        numbers = {number: name for number, name in as_numbers if number and counts[number] == 1}
        return MappingProxyType({**numbers, **found})

    def _coordinates(self, about: Mapping[str, Field]) -> dict[str, Field]:
        """Return latitude and longitude where they stand in columns of their own and not together in one."""
        if "location" in about:
            return {}
        root = self.export.parts[self.export.root]
        found = {}
        for question in self.form.questions:
            if question.column != "location":
                continue
            stems = self._stems[question.name]
            for name in _COORDINATES:
                for plain, header in self._headers[root.title].items():
                    stem = plain.removesuffix(name)
                    if stem != plain and (
                        stem.rstrip("-_/.: ") in stems or stem.rstrip("-_/.: ").replace("_", "", 1) in stems
                    ):
                        found[name] = Field(Column(header), root.title)
        return found

    # ------------------------------------------------------------------ sections
    def _section_blocks(self, section: Section) -> list[Block]:
        """Return the rows of a section: in a sheet of its own, else in numbered columns of the submissions."""
        found = [block for part in self.export.parts.values() for block in self._blocks_in(section, part, ())]
        if not found and section.repeat:
            root = self.export.parts[self.export.root]
            for numbers in self._numbers(section, root):
                found += self._blocks_in(section, root, numbers)
        return found

    def _numbers(self, section: Section, part: Part) -> list[tuple[int, ...]]:
        """Return how the columns of a repeat are numbered in one sheet."""
        stems = {stem for question in section.questions if question.column for stem in self._stems[question.name]}
        return sorted(
            numbers for numbers, alike in self._numbered_headers[part.title].items() if not stems.isdisjoint(alike)
        )

    def _blocks_in(self, section: Section, part: Part, numbers: tuple[int, ...]) -> list[Block]:
        """Return the rows that a section gives in one sheet; none where none of its questions stands there."""
        asked = [question for question in section.questions if question.column and question.table not in ("", _ABOUT)]
        table = asked[0].table
        answered = [(question, self._field(question, part, numbers)) for question in asked]
        fields = {question.column: field for question, field in answered if field is not None}
        if not fields:
            return []
        if table == "linkages":
            fields["layer"] = Field(fixed=section.layer)
        if table == "resources":
            fields["role"] = Field(fixed=section.role)
        if section.inside:
            fields |= self._fields_above(section, part, numbers, set(fields))
        # Partners ticked in the list and others written below it are two questions about one column.
        targets = [field for question, field in answered if field is not None and question.column == "target"]
        variants = [{**fields, "target": target} for target in targets] if table == "linkages" else [fields]
        inside = bool(section.inside)
        needed = ("input",) if inside else _NEEDED[table]
        return [Block(table, part.title, variant, section.side, needed, numbers, inside) for variant in variants]

    def _fields_above(
        self, section: Section, part: Part, numbers: tuple[int, ...], taken: Collection[str]
    ) -> dict[str, Field]:
        """Return what the enclosing repeat says of each row: the product of an input."""
        above = self._sections[section.inside]
        where = self.export.parts[part.parent] if part.parent and not numbers else part
        found = {}
        for question in above.questions:
            if question.column and question.column not in taken:
                field = self._field(question, where, numbers[:-1])
                if field is not None:
                    found[question.column] = field
        return found

    def _groups_of(self, section: Section) -> list[Collection[str]]:
        """Return names and labels of the groups around a section's questions, the outermost first."""
        groups: list[Collection[str]] = []
        current: Section | None = section
        while current is not None and current.name:
            groups.insert(0, {current.name, *(current.text(language) for language in LANGUAGES)})
            current = self._sections.get(current.inside)
        return groups


def _by_number(part: Part) -> Mapping[tuple[int, ...], Mapping[str, str]]:
    """Return the numbered columns of a part: numbers, then stem, then header."""
    found: dict[tuple[int, ...], dict[str, str]] = {}
    for header in part.headers:
        split = numbered(header)
        if split is not None:
            found.setdefault(split[1], {}).setdefault(simple(split[0]), header)
    return found


def number_of(word: str) -> str:
    """Return what a spreadsheet makes of an answer that looks like a number; empty where it is none.

    Examples
    --------
    >>> number_of("007"), number_of("12e5"), number_of("A1")
    ('7', '1200000', '')
    """
    if not _NUMERIC.fullmatch(word):
        return ""
    value = float(word)
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _names(question: Question) -> set[str]:
    return {question.name, *(question.text(language) for language in LANGUAGES)}
