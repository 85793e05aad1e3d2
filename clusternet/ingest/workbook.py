"""From one XLSX workbook in the contract's tables to tables of text."""

from __future__ import annotations

from pathlib import Path

from clusternet.errors import shown
from clusternet.ingest.cells import Expected
from clusternet.ingest.findings import Findings, Place
from clusternet.ingest.sheets import open_workbook
from clusternet.ingest.source import Source, TextTable
from clusternet.ingest.spreadsheet import Spreadsheet
from clusternet.ingest.tables import table_of, warn_of_slip
from clusternet.messages import mark
from clusternet.model.catalogue import nearest
from clusternet.model.schema import SCHEMA

#: Columns in which a date or a year is due.
DATE_COLUMNS = ("founded", "since")
_NAMES = ("name", "name_alt", "target")


def read_workbook(path: Path, source: Source) -> dict[str, TextTable]:
    """Read the sheets of a workbook that are named as the tables of the contract.

    Parameters
    ----------
    path : Path
        The workbook.
    source : Source
        The survey being read; takes A26 and the codes of group B.

    Returns
    -------
    dict of str to TextTable
        The tables that could be read.
    """
    workbook = open_workbook(path, source)
    if workbook is None:
        return {}
    contract = {name for schema in SCHEMA.values() for name in schema.names}
    tables = {}
    for name, title in _sheets(workbook, Place(path.name), source.findings).items():
        required = SCHEMA[name].required_names
        expected = Expected(contract.difference(DATE_COLUMNS), DATE_COLUMNS, ("enterprise_id",), required, _NAMES)
        grid = workbook.checked_grid(title, expected)
        table = None if grid is None else table_of(grid, source, required=required)
        if table is not None:
            tables[name] = table
    return tables


def _sheets(workbook: Spreadsheet, place: Place, findings: Findings) -> dict[str, str]:
    """Return the title of the sheet of each table."""
    titles = workbook.titles
    found: dict[str, str] = {}
    for title in titles:
        name = title.strip().casefold()
        if name in found:
            template = mark('Two sheets are called "{value}" but for capitals or spaces; keep one.')
            findings.error("B08", template, place, value=shown(name))
        elif name in SCHEMA:
            found[name] = title
    hidden = {title.strip().casefold() for title in workbook.hidden}
    if not found and hidden.isdisjoint(SCHEMA):
        template = mark(
            "None of the sheets is called as a table of a survey; name them enterprises and linkages. The sheets are: "
            "{found}."
        )
        findings.error("B08", template, place, found=shown(", ".join(titles)) or "-")
        return {}
    for name, schema in SCHEMA.items():
        if name in found or (name in hidden and not schema.required):
            continue
        if not schema.required:
            warn_of_slip(name, [title for title in titles if title not in found.values()], place, findings)
        elif name in hidden:
            template = mark('The sheet "{name}" is hidden; show it, so that all can see what is studied.')
            findings.error("B07", template, place, name=name)
        else:
            near = nearest(name, titles)
            template = (
                mark('There is no sheet "{name}"; if "{near}" is meant, rename that sheet. The sheets are: {found}.')
                if near
                else mark('There is no sheet "{name}". The sheets are: {found}. Rename the one that is meant.')
            )
            about = {"name": name, "near": near, "found": shown(", ".join(titles))}
            findings.error("B08", template, place, **about)
    return found
