"""A plain table of edges, read with every check: what is wrong is told with its row and column."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping

import pandas as pd

from clusternet.errors import shown
from clusternet.ingest.edges import bare_columns, has_ends
from clusternet.ingest.exports.parquet import open_parquet
from clusternet.ingest.findings import Findings, Place
from clusternet.ingest.linkage_checks import checked_linkages
from clusternet.ingest.names import clean_key
from clusternet.ingest.registers import with_general
from clusternet.ingest.source import Source, TextTable
from clusternet.ingest.tables import read_table, table_of
from clusternet.messages import mark
from clusternet.model.coding import GENERAL_LAYER

#: What an edge may have, the first two always.
EDGE_COLUMNS = ("source", "target", "layer", "weight")
#: Endings of files that may have no header: lines of two ids and perhaps a weight.
_BARE = (".txt", ".edgelist", ".edges")
#: How alike another column must be to one of an edge to be taken for a slip.
_SLIP = 0.85


def edge_rows(source: Source, rename: Mapping[str, str], *, directed: bool) -> pd.DataFrame | None:
    """Read a table of edges row by row.

    Parameters
    ----------
    source : Source
        The survey being read; its path is the file.
    rename : mapping of str to str
        Names of columns in the file, and what of :data:`EDGE_COLUMNS` they are.
    directed : bool
        Whether layers that are no standard ones have a direction.

    Returns
    -------
    DataFrame or None
        source, target, layer and weight, checked; None where the table could not be made. Layers without a column are
        missing altogether.
    """
    table = _table(source, rename)
    if table is None:
        return None
    note_slips(table.rows.columns, source.findings, table.place)
    rows, settings = table.rows[[name for name in EDGE_COLUMNS if name in table.rows.columns]], source.settings
    layered = "layer" in rows.columns
    if not layered:
        rows = rows.assign(layer=pd.array([GENERAL_LAYER] * len(rows), dtype="str"))
    for layer in rows["layer"].dropna().unique():
        settings = with_general(settings, clean_key(layer), directed=directed)
    found = checked_linkages(TextTable(rows, table.place), None, table.place, source, settings)
    return found if layered else found.drop(columns="layer")


def _table(source: Source, rename: Mapping[str, str]) -> TextTable | None:
    path, required = source.path, required_columns(rename)
    if path.suffix.casefold() == ".parquet":
        data = source.content(path)
        sheet = None if data is None else open_parquet(path.name, data, source)
        grid = None if sheet is None else sheet.grid(sheet.titles[0])
        return None if grid is None else table_of(grid, source, required=required, rename=rename)
    if path.suffix.casefold() in _BARE and not rename and not has_ends(path):
        return bare_columns(source)
    return read_table(path, source, required=required, rename=rename, known=EDGE_COLUMNS)


def required_columns(rename: Mapping[str, str]) -> list[str]:
    """Return the columns, by their names in the file, without which there are no edges, or that somebody asked for."""
    return [*rename, *(name for name in EDGE_COLUMNS[:2] if name not in rename.values())]


def note_slips(columns: Collection[str], findings: Findings, place: Place) -> None:
    """Warn of a column that is called nearly as one that an edge may have and is not there (A21)."""
    missing = [name for name in EDGE_COLUMNS if name not in columns]
    for column in columns:
        if difflib.get_close_matches(column.casefold(), missing, n=1, cutoff=_SLIP):
            template = mark('The column "{value}" is not known and was ignored; known columns: {known}.')
            known = ", ".join(EDGE_COLUMNS)
            findings.warning("A21", template, place, row=1, column=column, value=shown(column), known=known)
