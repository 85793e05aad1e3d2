"""How a plain table of edges is built, as its first rows show: where they begin, and what each column is."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping

from clusternet.ingest.edge_blocks import OddTableError, TextLayout
from clusternet.ingest.edge_rows import EDGE_COLUMNS, note_slips, required_columns
from clusternet.ingest.encoding import HEAD_BYTES, noted_text
from clusternet.ingest.findings import Place
from clusternet.ingest.names import INVISIBLE
from clusternet.ingest.separators import grid_of
from clusternet.ingest.source import Source
from clusternet.ingest.tables import table_of


def text_layout(source: Source, rename: Mapping[str, str]) -> TextLayout:
    """Find out how a text table is built; its first rows are read as carefully as ever.

    Parameters
    ----------
    source : Source
        The survey being read; its path is the file. Takes the warnings about the header.
    rename : mapping of str to str
        Names of columns in the file, and what of an edge they are.

    Returns
    -------
    TextLayout
        Where the rows begin, what separates cells, and the columns by what they are of an edge.

    Raises
    ------
    OddTableError
        If anything about the first rows is a fault.
    """
    with source.path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    if len(head) == HEAD_BYTES:
        # A cut inside a character or a row must not look like a fault.
        head = head[: max(head.rfind(b"\n"), head.rfind(b"\r")) + 1]
    place = Place(source.path.name)
    text = noted_text(head, place, source, "CSV")
    if text is None or source.formats[place.file].encoding != "UTF-8":
        raise OddTableError
    grid = grid_of(text, place, source.findings, source.options, (*EDGE_COLUMNS, *rename))
    table = None if grid is None else table_of(grid, source, required=required_columns(rename), rename=rename)
    if grid is None or table is None:
        raise OddTableError
    note_slips(table.rows.columns, source.findings, place)
    names = [INVISIBLE.sub("", name).strip() for name in grid.cells[0]]
    if "" in names:
        raise OddTableError
    begin = _bytes_of_header(text, grid.separator) + len(codecs.BOM_UTF8) * head.startswith(codecs.BOM_UTF8)
    return TextLayout(begin, grid.separator, tuple(rename.get(name, name) for name in names))


def _bytes_of_header(text: str, separator: str) -> int:
    """Return how many bytes there are up to the end of the header, the first row that is not blank."""
    lines: list[str] = []

    def remembered() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            lines.append(line)
            yield line

    for record in csv.reader(remembered(), delimiter=separator, strict=True):
        if "".join(record).strip():
            break
    return len("".join(lines).encode())


def parquet_columns(source: Source, rename: Mapping[str, str]) -> dict[str, str]:
    """Return what of an edge is called how in a Parquet file; see :func:`text_layout`."""
    import pyarrow as pa
    import pyarrow.parquet

    try:
        names = pyarrow.parquet.read_schema(source.path).names
    except (pa.ArrowException, OSError) as error:
        raise OddTableError from error
    roles = [rename.get(name, name) for name in names]
    wanted = {role: name for role, name in zip(roles, names, strict=True) if role in EDGE_COLUMNS}
    if len(set(roles)) < len(roles) or not {*required_columns(rename)} <= {*names}:
        raise OddTableError
    note_slips(roles, source.findings, Place(source.path.name))
    return {role: wanted[role] for role in EDGE_COLUMNS if role in wanted}
