"""The questions of one sheet of an export: numbered columns and columns of choices taken together, system ones left."""

from __future__ import annotations

import fnmatch
import functools
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from clusternet.ingest.drafting.lexicon import POSITION_PARTS, SYSTEM_HEADERS
from clusternet.ingest.drafting.values import kind_of
from clusternet.ingest.drafting.words import words_of
from clusternet.ingest.exports.export import Export, Part
from clusternet.ingest.exports.headers import LEFT, TAKEN, find_column, simple
from clusternet.ingest.exports.mapped_form import STAR
from clusternet.ingest.names import normalised_name

#: What may stand between a group and a question, a question and a choice.
_BETWEEN = ("/", "__", "_", ".", "-", ":", "|", " - ")
_NUMBER = re.compile(r"(?<![0-9])[0-9]{1,2}(?![0-9])")
#: What a column of a choice holds when it is no question of its own that is answered with yes or no.
_TICKS = frozenset({"", "0", "1", "true", "false", "x", "checked", "unchecked", "selected", "not selected"})


@dataclass(frozen=True, eq=False)
class Item:
    """One question as a mapping names it.

    Parameters
    ----------
    name : str
        What the mapping says: a header, what columns of choices have in common, or a header with a star for a number.
    headers : tuple of str
        The columns.
    values : Series of str
        Its answers, the empty ones left out.
    choices : tuple of str
        The choices, where each has a column of its own.
    groups : tuple of str
        What stands before the question in its header.
    tails : tuple of tuple of str
        The words of the header, behind any of its groups; the first is the most likely question.
    """

    name: str
    headers: tuple[str, ...]
    values: pd.Series
    choices: tuple[str, ...]
    groups: tuple[str, ...]
    tails: tuple[tuple[str, ...], ...]

    @functools.cached_property
    def kind(self) -> str:
        """What kind of answers it got, as :func:`~clusternet.ingest.drafting.values.kind_of` says."""
        return "none" if self.choices else kind_of(self.values)

    @functools.cached_property
    def answers(self) -> tuple[str, ...]:
        """Its distinct answers, in the order of letters; the choices where each has a column of its own."""
        return tuple(sorted(self.choices or {str(value) for value in self.values.unique()}))

    @property
    def words(self) -> list[str]:
        """All words of its header."""
        return [word for tail in self.tails for word in tail]

    @property
    def is_numbered(self) -> bool:
        """Whether the star stands for a number."""
        return STAR in self.name


def items_of(part: Part, export: Export) -> list[Item]:
    """Return the questions of a sheet, in the order of their first column.

    Parameters
    ----------
    part : Part
        The sheet.
    export : Export
        The whole, for the columns that its tool adds.

    Returns
    -------
    list of Item
        Without the columns of the tool, the parts of positions, and choices that one column tells together.
    """
    asked = [header for header in part.headers if not is_system(header, export)]
    asked = [header for header in asked if not _is_part_of_position(header, asked)]
    asked = [header for header in asked if not _is_told_together(header, asked, part.rows)]
    taken: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {}
    for stem, members in _ticked(asked, part.rows).items():
        column = find_column(part.headers, stem, part.rows)
        if column is not None and column.choices:
            taken |= dict.fromkeys(members, (stem, tuple(members), tuple(column.choices)))
    for pattern, members in _numbered([header for header in asked if header not in taken]).items():
        taken |= dict.fromkeys(members, (pattern, tuple(members), ()))
    found: dict[str, Item] = {}
    for header in asked:
        name, headers, choices = taken.get(header, (_written(header), (header,), ()))
        if name not in found and _is_found(name, headers, choices, part):
            found[name] = _item(name, headers, choices, asked, part.rows)
    return list(found.values())


def unmapped(items: Sequence[Item], used: Collection[str], part: Part, export: Export) -> list[str]:
    """Return the headers of a sheet that no line of a draft uses, those of the tool left out; choices as one."""
    covered = {header for item in items for header in item.headers}
    lost = [h for h in part.headers if h not in covered and not is_system(h, export) and STAR in _written(h)]
    return [item.name for item in items if item.name not in used] + lost


def is_system(header: str, export: Export) -> bool:
    """Return whether a column is the tool's own, or for remarks; parts of a position are none."""
    plain = simple(header)
    tail = plain.split("/")[-1]
    if header == export.submission or not plain:
        return True
    if _position_part(plain):
        return False
    return any(fnmatch.fnmatchcase(text, pattern) for text in (plain, tail) for pattern in _system_patterns())


@functools.cache
def _system_patterns() -> tuple[str, ...]:
    return tuple(normalised_name(pattern) for pattern in SYSTEM_HEADERS.split(","))


def _position_part(plain: str) -> str:
    """Return which part of a position a header names: that behind its last separator; empty where none."""
    return next((part for part in POSITION_PARTS if re.search(f"[-_/.:]{part}$", plain)), "")


def _is_part_of_position(header: str, asked: Collection[str]) -> bool:
    """Return whether a column repeats a part of a position, or is one that no study needs."""
    plain = simple(header)
    part = _position_part(plain)
    if not part:
        return False
    if part not in POSITION_PARTS[:2]:
        return True
    stem = re.sub(f"[-_/.:]+{part}$", "", plain)
    questions = {simple(other).split("/")[-1] for other in asked if other != header}
    return any(re.search(rf"(?:^|[-_/.: ]){re.escape(question)}$", stem) for question in questions if question)


def _is_told_together(header: str, asked: Collection[str], rows: pd.DataFrame) -> bool:
    """Return whether a column of one choice only repeats what another column says in words."""
    for other in asked:
        for between in _BETWEEN:
            if other == header or not header.startswith(other + between):
                continue
            choice = simple(header[len(other) + len(between) :])
            ticks = rows[header].fillna("").str.strip().str.casefold()
            if not set(ticks) <= TAKEN | LEFT | {choice}:
                continue
            chosen = rows[other][(ticks.isin(TAKEN) | ticks.eq(choice)).to_numpy()].fillna("")
            if all(choice in simple(cell) for cell in chosen):
                return True
    return False


def _ticked(asked: Sequence[str], rows: pd.DataFrame) -> Mapping[str, list[str]]:
    """Return columns that hold nothing but taken and not taken, by what their headers have in common."""
    found: dict[str, list[str]] = defaultdict(list)
    for header in asked:
        cells = {text.strip().casefold() for text in rows[header].dropna()}
        for between in _BETWEEN:
            stem, _, choice = header.rpartition(between)
            if stem and choice and (cells <= _TICKS or cells <= {simple(choice), choice.strip().casefold(), ""}):
                found[stem].append(header)
                break
    return {
        stem: members
        for stem, members in found.items()
        if len(members) > 1 and stem not in asked and any(rows[member].notna().any() for member in members)
    }


def _numbered(asked: Sequence[str]) -> Mapping[str, list[str]]:
    """Return columns that differ by a number, by their header with a star instead of it."""
    families: dict[str, list[str]] = defaultdict(list)
    for header in asked:
        for number in _NUMBER.finditer(header):
            pattern = header[: number.start()] + STAR + header[number.end() :]
            # A star at the very beginning is no part of a name, and one that stands there already is none of ours.
            if pattern.count(STAR) == 1 and not pattern.startswith(STAR):
                families[pattern].append(header)
    best: dict[str, list[str]] = {}
    left = set(asked)
    for pattern in sorted(families, key=lambda pattern: (-len(families[pattern]), pattern)):
        members = [header for header in families[pattern] if header in left]
        if len(members) > 1:
            best[pattern] = members
            left -= set(members)
    return best


def _written(header: str) -> str:
    """Return a header as a mapping may write it: a star behind it marks a question that must be answered."""
    return header.rstrip(" *") if header.rstrip().endswith(STAR) else header


def _is_found(name: str, headers: Sequence[str], choices: Sequence[str], part: Part) -> bool:
    """Return whether a mapping that says a name will find the column."""
    if len(headers) > 1 and not choices:
        return True
    column = find_column(part.headers, name, part.rows)
    return STAR not in name and column is not None and (bool(choices) or column.header == headers[0])


def _item(
    name: str, headers: tuple[str, ...], choices: tuple[str, ...], asked: Sequence[str], rows: pd.DataFrame
) -> Item:
    values = pd.concat([rows[header] for header in headers]).dropna() if not choices else pd.Series(dtype="str")
    values = values[values.str.strip().ne("")] if len(values) else values.astype("str")
    groups, tails = _split(name.replace(STAR, " "), asked)
    return Item(name, headers, values, choices, groups, tails)


def _split(text: str, asked: Sequence[str]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the groups that a header begins with, and its words behind any of them."""
    if "/" in text:
        *groups, leaf = text.split("/")
        return tuple(groups), (words_of(leaf),)
    # Other separators stand inside names as well: what several headers begin with, or words with spaces, is a group.
    tails, groups = [words_of(text)], []
    for between in ("_", ".", "-", ":"):
        begun = Counter(header.split(between)[0] for header in asked if between in header)
        rest, found = text, []
        while between in rest:
            head, _, rest = rest.partition(between)
            if begun[head] < 2 and " " not in text.strip():
                break
            found.append(head)
            if rest.strip():
                tails.insert(0, words_of(rest))
        groups = groups or found
    return tuple(groups), tuple(dict.fromkeys(tail for tail in tails if tail))
