"""What hides cells of a sheet or runs them together, so that it is no table."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from string import ascii_uppercase

from clusternet.errors import MOST_PROBLEMS, shown
from clusternet.ingest.findings import Findings, Place
from clusternet.ingest.names import INVISIBLE
from clusternet.messages import mark

#: A header that does not stand in the first row stands in one of these.
_TOP = 6


def check_layout(
    merged: Sequence[str], hidden: Sequence[int], filled: Sequence[int], place: Place, findings: Findings
) -> None:
    """Note merged cells and hidden rows among those that hold something.

    Parameters
    ----------
    merged : sequence of str
        Ranges of merged cells, such as ``"A1:B1"``.
    hidden : sequence of int
        Rows that are hidden, in their order.
    filled : sequence of int
        Rows that hold something, in their order.
    place : Place
        The sheet.
    findings : Findings
        Takes B07.
    """
    within = [reference for reference in merged if _holds_any(_rows_of(reference), filled)]
    template = mark(
        "The cells {value} are merged, so that nobody can tell what stands in each; unmerge them and fill in every "
        "cell."
    )
    for reference in within[:MOST_PROBLEMS]:
        findings.error("B07", template, place, row=_rows_of(reference).start, value=reference)
    findings.and_more("B07", len(within), place)
    lost = [row for row in hidden if _holds_any(range(row, row + 1), filled)]
    if lost:
        template = mark("The rows {value} are hidden; show them (clear the filter), or delete them.")
        findings.error("B07", template, place, row=lost[0], value=shown(", ".join(runs_of(lost))))


def note_lower_header(
    cells: Sequence[Sequence[str]], rows: Sequence[int], required: Collection[str], place: Place, findings: Findings
) -> bool:
    """Note a row below the first that names all required columns, and return whether there is one (B07).

    Parameters
    ----------
    cells : sequence of sequence of str
        The rows that are not blank.
    rows : sequence of int
        Their numbers.
    required : collection of str
        The names of the columns that must be there.
    place : Place
        Where the table is.
    findings : Findings
        Takes B07.

    Returns
    -------
    bool
        Whether the header stands lower, or twice.
    """
    named = [set(required) <= {INVISIBLE.sub("", name).strip() for name in record} for record in cells[:_TOP]]
    if not required or True not in named[1:]:
        return False
    template = (
        mark("The header is repeated in this row; delete it.")
        if named[0]
        else mark("The names of the columns stand in this row; delete the rows above it.")
    )
    findings.error("B07", template, place, row=rows[named.index(True, 1)])
    return True


def runs_of(rows: Sequence[int]) -> Iterator[str]:
    """Yield rows that follow one another as one text.

    Examples
    --------
    >>> list(runs_of([2, 3, 4, 9]))
    ['2-4', '9']
    """
    for _, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        found = [row for _, row in run]
        yield str(found[0]) if len(found) == 1 else f"{found[0]}-{found[-1]}"


def _rows_of(reference: str) -> range:
    first, _, last = reference.partition(":")
    return range(int(first.lstrip(ascii_uppercase)), int((last or first).lstrip(ascii_uppercase)) + 1)


def _holds_any(rows: range, filled: Sequence[int]) -> bool:
    at = bisect_left(filled, rows.start)
    return at < len(filled) and filled[at] < rows.stop
