"""The list of enterprises from which partners are chosen on a form."""

from __future__ import annotations

from pathlib import Path

from clusternet.errors import InputError, Problem, shown
from clusternet.ingest.findings import Place
from clusternet.ingest.names import clean_key
from clusternet.ingest.source import Source
from clusternet.ingest.tables import read_table
from clusternet.messages import mark
from clusternet.model.schema import SCHEMA
from clusternet.model.settings import Settings

_REQUIRED = ("enterprise_id", "name")
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")


def read_roster_list(path: str | Path) -> tuple[list[tuple[str, str]], tuple[Problem, ...]]:
    """Read ids and names of the enterprises that a form offers.

    Parameters
    ----------
    path : str or Path
        A CSV file with the columns ``enterprise_id`` and ``name``, such as the ``enterprises.csv`` of a survey.

    Returns
    -------
    list of (str, str)
        Id and name of each enterprise, in the order of the file; the id where there is no name.
    tuple of Problem
        Warnings.

    Raises
    ------
    InputError
        With every problem of the file at once: what is wrong with any table, ids that are missing (C07), that hold a
        space (C07), or that stand in two rows (C02).
    ResourceError
        If the file cannot be read though it is there.
    """
    path = Path(path)
    source = Source(path, Settings())
    findings = source.findings
    table = None
    if path.suffix.casefold() in _WORKBOOKS and path.is_file():
        template = mark("The list of enterprises must be a CSV file; save its sheet as CSV (UTF-8) and name that file.")
        findings.error("A25", template, Place(path.name))
    else:
        table = read_table(path, source, required=_REQUIRED, known=SCHEMA["enterprises"].names)
    roster: list[tuple[str, str]] = []
    if table is not None:
        place, rows = table.place, table.rows.index.tolist()
        names = [" ".join(name.split()) for name in table.rows["name"].fillna("").tolist()]
        ids = [clean_key(identifier) for identifier in table.rows["enterprise_id"].fillna("").tolist()]
        blank = [row for row, identifier in zip(rows, ids, strict=True) if not identifier]
        template = mark("The row has no id; give every enterprise one, and clear rows that are not used.")
        findings.each("C07", template, place, blank, column="enterprise_id")
        spaced = [position for position, identifier in enumerate(ids) if len(identifier.split()) > 1]
        template = mark(
            'The id "{value}" holds a space, and a form separates answers by spaces; write it without, here and '
            "wherever the id stands."
        )
        about = [ids[position] for position in spaced]
        findings.each("C07", template, place, [rows[at] for at in spaced], column="enterprise_id", values=about)
        first: dict[str, int] = {}
        for row, identifier in zip(rows, ids, strict=True):
            if identifier in first:
                template = mark('"{value}" stands in row {first} already; keep one of the two rows.')
                about_row = {"column": "enterprise_id", "value": shown(identifier), "first": first[identifier]}
                findings.error("C02", template, place, row=row, **about_row)
            elif identifier:
                first[identifier] = row
        unnamed = [row for row, name in zip(rows, names, strict=True) if not name]
        template = mark("{count} enterprises have no name; their id is shown instead (rows {rows}).")
        findings.counted("C07", template, place, unnamed, column="name")
        roster = [(identifier, name or identifier) for identifier, name in zip(ids, names, strict=True)]
    if findings.errors:
        raise InputError(
            mark("The roster cannot be used as it stands. Problems to correct: {count}."),
            problems=findings.errors,
            count=len(findings.errors),
        )
    return roster, findings.warnings
