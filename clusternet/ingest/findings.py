"""The problems that reading and checking find, collected so that all of them can be told at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from clusternet.errors import MOST_PROBLEMS, InputError, Problem, shown
from clusternet.messages import mark

Severity = Literal["error", "warning"]

#: A warning about many rows lists the first of them.
ROWS_LISTED = 10


@dataclass(frozen=True, eq=False)
class Origin:
    """Where the rows of a table that was put together from sheets of an export stood in them.

    Parameters
    ----------
    sheets : sequence of (str, str)
        File and sheet of each sheet.
    sheet_of, row_of : sequence or array of int
        For each row of the table, by the label of its index (0, 1, ...): its sheet, and its row there as a spreadsheet
        shows it.
    columns : sequence of mapping of str to str
        For each sheet, how the columns of the table are called there.
    """

    sheets: Sequence[tuple[str, str]]
    sheet_of: Sequence[int] | NDArray[np.int64]
    row_of: Sequence[int] | NDArray[np.int64]
    columns: Sequence[Mapping[str, str]]


class Spot(NamedTuple):
    """One spot of an officer's own file."""

    file: str
    sheet: str
    row: int | None
    column: str


class Place(NamedTuple):
    """Where a table was read: its file and, in a workbook, its sheet; with its origin where it is not as it stood."""

    file: str
    sheet: str = ""
    origin: Origin | None = None

    def spot(self, row: int | None, column: str = "") -> Spot:
        """Return where a row, by its label, and a column stand in the officer's own file."""
        if self.origin is None:
            return Spot(self.file, self.sheet, None if row is None else int(row), column)
        if row is None:
            named = {columns[column] for columns in self.origin.columns if column in columns}
            return Spot(self.file, self.sheet, None, named.pop() if len(named) == 1 else column)
        sheet = int(self.origin.sheet_of[row])
        named_here = self.origin.columns[sheet].get(column, column)
        return Spot(*self.origin.sheets[sheet], int(self.origin.row_of[row]), named_here)

    def listed(self, rows: Iterable[int]) -> str:
        """Return the first rows as text, in the order of the table; see :func:`listed`."""
        rows = [int(row) for row in rows]
        return listed(rows if self.origin is None else [int(self.origin.row_of[row]) for row in rows])


def listed(rows: Iterable[int]) -> str:
    """Return the first rows as text, with an ellipsis where there are more.

    Examples
    --------
    >>> listed([3, 5])
    '3, 5'
    """
    rows = [int(row) for row in rows]
    more = ", …" if len(rows) > ROWS_LISTED else ""
    return ", ".join(str(row) for row in rows[:ROWS_LISTED]) + more


class Findings:
    """The problems found so far, in the order in which they were found."""

    def __init__(self) -> None:
        self._found: list[Problem] = []
        self._told: set[tuple[object, ...]] = set()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What stops the study."""
        return tuple(problem for problem in self._found if problem.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is kept and reported."""
        return tuple(problem for problem in self._found if problem.severity == "warning")

    def add(
        self,
        code: str,
        severity: Severity,
        template: str,
        place: Place,
        *,
        row: int | None = None,
        column: str = "",
        value: str = "",
        **values: object,
    ) -> None:
        """Note one problem; ``value`` must already be as messages may show it."""
        values = {"value": value, **values}
        file, sheet, number, name = place.spot(row, column)
        if place.origin is not None and number is not None:
            # One answer of an export can give several rows; what is wrong with it is told once.
            told = (code, template, file, sheet, number, name, *sorted((key, str(one)) for key, one in values.items()))
            if told in self._told:
                return
            self._told.add(told)
        self._found.append(Problem(code, severity, template, values, file, sheet, number, shown(name), value))

    def error(self, code: str, template: str, place: Place, **about: object) -> None:
        """Note one error."""
        self.add(code, "error", template, place, **about)  # type: ignore[arg-type]

    def warning(self, code: str, template: str, place: Place, **about: object) -> None:
        """Note one warning."""
        self.add(code, "warning", template, place, **about)  # type: ignore[arg-type]

    def each(
        self,
        code: str,
        template: str,
        place: Place,
        rows: Sequence[int],
        *,
        column: str = "",
        values: Sequence[object] | None = None,
        confidential: bool = False,
        severity: Severity = "error",
        **about: object,
    ) -> None:
        """Note one problem for each row; beyond the limit the rest is only counted, so that memory stays small."""
        for position, row in enumerate(rows[:MOST_PROBLEMS]):
            value = "" if values is None else shown(values[position], confidential=confidential)
            self.add(code, severity, template, place, row=row, column=column, value=value, **about)
        self.and_more(code, len(rows), place, column=column, severity=severity)

    def and_more(self, code: str, found: int, place: Place, *, column: str = "", severity: Severity = "error") -> None:
        """Note how many of the problems found were not listed, if any."""
        if found > MOST_PROBLEMS:
            template = mark("{more} more have the same problem; correct them in the same way.")
            self.add(code, severity, template, place, column=column, more=found - MOST_PROBLEMS)

    def counted(self, code: str, template: str, place: Place, rows: Sequence[int], **about: object) -> None:
        """Note one warning about many rows, with their number and the first of them; none for no row."""
        if len(rows):
            about = {"count": len(rows), "rows": place.listed(rows), **about}
            self.warning(code, template, place, row=int(rows[0]), **about)

    def stop_on_errors(self) -> None:
        """Raise an InputError that holds every problem, if one of them is an error."""
        if self.errors:
            raise InputError(
                mark("The survey cannot be read as it stands. Problems to correct: {count}."),
                problems=self.errors,
                count=len(self.errors),
            )
