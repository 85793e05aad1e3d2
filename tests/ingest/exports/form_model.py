"""A filled-in form as every server sees it: the XLSForm through pyxform, tables of fields, and answers to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyxform.xls2xform import convert

#: What pyxform calls the types, and the words of XLSForm for them.
TYPES = {"select one": "select_one", "select all that apply": "select_multiple"}
#: Nodes that are put in by pyxform itself or that a server never exports as an answer.
HIDDEN = ("instanceID", "instanceName", "deprecatedID")


@dataclass(frozen=True)
class Option:
    """One choice of a list."""

    name: str
    labels: Mapping[str, str]

    def label(self, language: str) -> str:
        return self.labels.get(language) or self.name


@dataclass(frozen=True)
class Part:
    """A group or a repeat."""

    name: str
    labels: Mapping[str, str]
    repeat: bool

    def label(self, language: str) -> str:
        return self.labels.get(language) or self.name


@dataclass(frozen=True)
class Field:
    """One question, with all groups and repeats around it, the outermost first, and every condition that they set."""

    name: str
    kind: str
    labels: Mapping[str, str]
    around: tuple[Part, ...]
    options: tuple[Option, ...] = ()
    relevant: str = ""

    def label(self, language: str) -> str:
        return self.labels.get(language) or self.name

    def code(self, option: str) -> int:
        """The number that a system with numeric codes gives to a choice: its place in the list, from 1."""
        return [entry.name for entry in self.options].index(option) + 1

    def option(self, name: str) -> Option:
        return next(entry for entry in self.options if entry.name == name)


@dataclass(frozen=True, eq=False)
class Table:
    """What becomes one sheet: the main level or one repeat."""

    name: str
    labels: Mapping[str, str]
    fields: tuple[Field, ...]
    children: tuple[Table, ...]
    around: tuple[Part, ...]

    def walk(self) -> Iterator[Table]:
        """This table and all below it, depth first, as in the form."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, eq=False)
class Form:
    """The form."""

    title: str
    form_id: str
    languages: tuple[str, ...]
    root: Table

    @property
    def tables(self) -> list[Table]:
        return list(self.root.walk())

    @property
    def fields(self) -> list[Field]:
        return [entry for table in self.tables for entry in table.fields]

    def find(self, name: str) -> Field:
        return next(entry for entry in self.fields if entry.name == name)

    def language(self, word: str) -> str:
        """The form's own name of a language, as "Arabic (ar)" for "ar"."""
        return next(name for name in self.languages if f"({word})" in name)


@dataclass
class Submission:
    """One filled-in form: answers by question; a repeat's name holds the list of its rows, which nest alike.

    Texts, numbers and chosen names are text; a select_multiple is a tuple of names; no answer is no key.
    """

    number: int
    answers: dict[str, Any] = field(default_factory=dict)

    @property
    def uuid(self) -> str:
        return f"{self.number:08x}-1c2d-4e5f-8a9b-{self.number * 7919:012x}"

    @property
    def instance(self) -> str:
        return f"uuid:{self.uuid}"

    @property
    def minute(self) -> str:
        return f"{self.number % 60:02d}"


def read_form(path: Path) -> Form:
    """Read an XLSForm as a server does; pyxform must have nothing to complain of."""
    result = convert(str(path))
    assert not result.warnings, result.warnings
    definition = result._pyxform
    languages = {
        language for node in _nodes(definition) if isinstance(node.get("label"), dict) for language in node["label"]
    }
    root = _table(definition, definition["title"], (), languages)
    return Form(definition["title"], definition["id_string"], tuple(sorted(languages)), root)


def _nodes(definition: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for node in definition.get("children", ()):
        yield node
        yield from _nodes(node)


def _is_made_up(node: Mapping[str, Any]) -> bool:
    """Whether pyxform itself put the node in, to count the rows of a repeat."""
    return node["type"] == "calculate" and node["name"].endswith("_count")


def _labels(node: Mapping[str, Any], languages: set[str]) -> dict[str, str]:
    label = node.get("label", {})
    return dict(label) if isinstance(label, dict) else dict.fromkeys(languages, str(label))


def _table(
    node: Mapping[str, Any], name: str, around: tuple[Part, ...], languages: set[str], condition: str = ""
) -> Table:
    fields: list[Field] = []
    children: list[Table] = []

    def gather(inner: Mapping[str, Any], path: tuple[Part, ...], condition: str) -> None:
        for child in inner.get("children", ()):
            kind = child["type"]
            relevant = f"{condition} {child.get('bind', {}).get('relevant', '')}".strip()
            if kind in ("group", "repeat"):
                part = Part(child["name"], _labels(child, languages), kind == "repeat")
                if kind == "repeat":
                    children.append(_table(child, child["name"], (*path, part), languages, relevant))
                elif child["name"] != "meta":
                    gather(child, (*path, part), relevant)
            elif child["name"] not in HIDDEN and not _is_made_up(child):
                options = tuple(
                    Option(str(entry["name"]), _labels(entry, languages)) for entry in child.get("choices", ())
                )
                kind = TYPES.get(kind, kind)
                fields.append(Field(child["name"], kind, _labels(child, languages), path, options, relevant))

    gather(node, around, condition)
    return Table(name, _labels(node, languages), tuple(fields), tuple(children), around)


def rows_of(table: Table, form: Form, submission: Submission) -> list[dict[str, Any]]:
    """The rows of one repeat of one submission, in order, whatever stands around it."""
    return [row for row, _ in placed_rows(table, form, submission)]


def placed_rows(table: Table, form: Form, submission: Submission) -> list[tuple[dict[str, Any], tuple[int, ...]]]:
    """The same with the positions, counted from 1, of the row in every repeat around it, the outermost first."""
    found: list[tuple[dict[str, Any], tuple[int, ...]]] = [(submission.answers, ())]
    for part in table.around:
        if part.repeat:
            found = [
                (row, (*place, number))
                for answers, place in found
                for number, row in enumerate(answers.get(part.name, ()), start=1)
            ]
    return found
