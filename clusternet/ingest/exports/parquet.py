"""Parquet files, for tables of our own that other programs write."""

from __future__ import annotations

import io

from clusternet.errors import ResourceError, shown
from clusternet.ingest.exports.memory_sheet import MemorySheet, text_cells
from clusternet.ingest.findings import Place
from clusternet.ingest.source import Source
from clusternet.messages import mark


def open_parquet(name: str, data: bytes, source: Source) -> MemorySheet | None:
    """Open a Parquet file, or note why it cannot be (E10).

    Parameters
    ----------
    name : str
        The name of the file.
    data : bytes
        Its content.
    source : Source
        The survey being read.

    Returns
    -------
    MemorySheet or None
        Every cell as text.

    Raises
    ------
    ResourceError
        If the package that reads such files is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        template = mark('Reading "{file}" needs one more package; install it with: pip install "clusternet[parquet]"')
        raise ResourceError(template, file=shown(name)) from error
    place = Place(name)
    try:
        table = pyarrow.parquet.read_table(io.BytesIO(data))
        nested = [field.name for field in table.schema if pyarrow.types.is_nested(field.type)]
        frame = table.to_pandas(integer_object_nulls=True, timestamp_as_object=True)
    except MemoryError as error:
        raise ResourceError(mark("There is not enough memory to read the file.")) from error
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        template = mark(
            "The file is damaged, encrypted or no Parquet file ({reason}); write it again, or save it as CSV."
        )
        source.findings.error("E10", template, place, reason=type(error).__name__)
        return None
    if nested:
        template = mark(
            "The columns {value} hold lists or records; a table of a survey has one text or number in a cell."
        )
        source.findings.error("E10", template, place, column=nested[0], value=shown(", ".join(nested)))
        return None
    source.note_format(name, "Parquet", "UTF-8", "")
    frame = frame.reset_index() if frame.index.name else frame
    return MemorySheet(name, "Parquet", {str(column): text_cells(frame[column]) for column in frame.columns})
