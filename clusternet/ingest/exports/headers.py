"""Finding a question among the headers of an export: by name or label, with groups or without, or one per choice."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import pandas as pd

from clusternet.ingest.exports.export import ANSWERS
from clusternet.ingest.names import normalised_name

#: What stands between a group and its question, or between a question and its choice, in one export or another.
SEPARATORS = ("/", "__", "_", ".", "-", ":", "|", " ", " - ", " / ", "#")
#: What one column for each choice holds where the choice was taken, and where it was not.
TAKEN = frozenset({"1", "true", "yes", "x", "نعم", "checked", "selected"})
LEFT = frozenset({"", "0", "false", "no", "لا", "unchecked", "not selected"})
#: What may stand behind a question without being part of it.
_MARKS = " *:؟?."
_NUMBER = re.compile(r"(?P<number>[0-9]+(?:[_.][0-9]+)*)[\])]?$")
_BEFORE_NUMBER = " _.#[(/-\n"
#: No number stands before so many last characters of a header.
_TAIL = 64


@dataclass(frozen=True)
class Column:
    """Where the answers to one question stand in a part.

    Parameters
    ----------
    header : str
        The column; for one column per choice what they have in common.
    choices : mapping of str to str
        Column of each choice, where there is one for each; empty otherwise.
    """

    header: str
    choices: Mapping[str, str] = field(default_factory=dict)

    def answers(self, rows: pd.DataFrame) -> pd.Series:
        """Return the answers as text; several answers of one row are joined by :data:`ANSWERS`."""
        if not self.choices:
            return rows[self.header]
        taken: list[list[str]] = [[] for _ in range(len(rows))]
        for choice, header in self.choices.items():
            codes, distinct = pd.factorize(rows[header].to_numpy(dtype=object))
            # Some tools write the choice itself instead of 1.
            here = np.array([*(_is_taken(str(text), choice) for text in distinct), False])[codes]
            for position in np.flatnonzero(here):
                taken[position].append(choice)
        text = np.array([ANSWERS.join(answers) or np.nan for answers in taken], dtype=object)
        return pd.Series(pd.array(text, dtype="str"), index=rows.index)


def _is_taken(text: str, choice: str) -> bool:
    return text.strip().casefold() in TAKEN or simple(text) == simple(choice)


@functools.lru_cache(maxsize=65_536)
def simple(text: str) -> str:
    """Return a header or a label as it is compared: spelling variants, spaces and marks of question make no difference.

    Examples
    --------
    >>> simple("  Name of the  Enterprise: *")
    'name of the enterprise'
    """
    whole = normalised_name(text)
    return whole.strip(_MARKS) or whole


def paths(leaves: Iterable[str], groups: Sequence[Collection[str]]) -> set[str]:
    """Return every header, simplified, under which a question inside groups may stand.

    Parameters
    ----------
    leaves : iterable of str
        The question's name and labels.
    groups : sequence of collection of str
        Names and labels of the groups that it lies in, the outermost first.

    Returns
    -------
    set of str
        The question alone, and behind any of its inner groups, with any separator or none.
    """
    found = {simple(leaf) for leaf in leaves if leaf}
    whole = set(found)
    for group in reversed(groups):
        # Within a header the mark at the end of a group's label stays.
        prefixes = {variant for name in group if name for variant in (simple(name), normalised_name(name))}
        ends = [f"{separator}{rest}" for separator in ("", *SEPARATORS) for rest in found]
        found = {f"{prefix}{end}" for prefix in prefixes for end in ends}
        whole |= found
    return whole


def one_per_choice(headers: Sequence[str], stems: Collection[str], rows: pd.DataFrame) -> dict[str, str]:
    """Return the columns that hold one choice each of a question, by what stands behind the question's own header.

    Parameters
    ----------
    headers : sequence of str
        The columns of a part.
    stems : collection of str
        The headers, simplified, under which the question itself would stand.
    rows : DataFrame
        The part's rows: such a column holds nothing but taken and not taken.

    Returns
    -------
    dict of str to str
        Choice and column; empty where the question has no such columns.
    """
    found: dict[str, str] = {}
    shortest = min(map(len, stems), default=0)
    for header in headers:
        choice = _behind_stem(simple(header), stems, shortest)
        if choice and _is_taken_or_left(rows[header], choice):
            found.setdefault(choice, header)
    return found


def _behind_stem(plain: str, stems: Collection[str], shortest: int) -> str:
    """Return what stands behind a stem and a separator; empty where the header does not begin so."""
    for separator in SEPARATORS:
        start = shortest
        while (at := plain.find(separator, start)) >= 0:
            if simple(plain[:at]) in stems and (choice := plain[at + len(separator) :].strip()):
                return choice
            start = at + 1
    return ""


def _is_taken_or_left(cells: pd.Series, choice: str) -> bool:
    return all(text.strip().casefold() in LEFT or _is_taken(text, choice) for text in cells.dropna().unique())


def find_column(headers: Sequence[str], wanted: str, rows: pd.DataFrame) -> Column | None:
    """Return where a column that the mapping names stands: so called, or so called behind its groups, or per choice.

    Parameters
    ----------
    headers : sequence of str
        The columns of a part.
    wanted : str
        What the mapping says; the last part of a header suffices where only one ends so.
    rows : DataFrame
        The part's rows.

    Returns
    -------
    Column or None
        None where there is no such column, or several end so.
    """
    if wanted in headers:
        return Column(wanted)
    plain = simple(wanted)
    alike = [header for header in headers if simple(header) == plain]
    if not alike:
        alike = [header for header in headers if simple(header).endswith(tuple(sep + plain for sep in SEPARATORS))]
    if len(alike) == 1:
        return Column(alike[0])
    if alike:
        return None
    stems = {plain} | {
        simple(header)[: at + len(plain)]
        for header in headers
        for separator in SEPARATORS
        if (at := simple(header).find(separator + plain) + len(separator)) >= len(separator)
    }
    choices = one_per_choice(headers, stems, rows)
    return Column(wanted, MappingProxyType(choices)) if choices else None


@functools.lru_cache(maxsize=65_536)
def numbered(header: str) -> tuple[str, tuple[int, ...]] | None:
    """Return stem and numbers of a header such as ``partner_2``, ``Partner 2`` or ``input_1_3``; None without a number.

    Examples
    --------
    >>> numbered("supply_to_partner_12")
    ('supply_to_partner', (12,))
    >>> numbered("Supplier [3]")
    ('Supplier', (3,))
    """
    header = header.strip()
    tail = header[-_TAIL:]
    found = _NUMBER.search(tail)
    if found is None:
        return None
    stem = header[: len(header) - len(tail) + found.start()].rstrip(_BEFORE_NUMBER)
    return (stem, tuple(int(number) for number in re.split("[_.]", found["number"]))) if stem else None
