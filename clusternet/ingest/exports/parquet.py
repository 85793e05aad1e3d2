"""Parquet files, for tables of our own that other programs write."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from clusternet.errors import ResourceError, shown
from clusternet.ingest.exports.memory_sheet import MemorySheet, text_cells
from clusternet.ingest.findings import Place
from clusternet.ingest.source import Source
from clusternet.messages import mark

#: The memory that a cell needs as text.
_CELL_BYTES = 100
#: How pandas calls an index without a name.
_UNNAMED = re.compile(r"__index_level_[0-9]+__")


def open_parquet(name: str, data: bytes, source: Source) -> MemorySheet | None:
    """Open a Parquet file, or note why it cannot be (A20, E10).

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
        If the package that reads such files is not installed, or memory does not suffice.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        template = mark('Reading "{file}" needs one more package; install it with: pip install "clusternet[parquet]"')
        raise ResourceError(template, file=shown(name)) from error
    place = Place(name)
    try:
        about = pyarrow.parquet.read_metadata(io.BytesIO(data))
        # A few bytes can stand for millions of rows.
        source.claim_memory(name, _CELL_BYTES * about.num_rows * about.num_columns)
        schema = about.schema.to_arrow_schema()
        nested = [shown(field.name) for field in schema if pyarrow.types.is_nested(field.type)]
        if _has_faults([shown(column) for column in schema.names], nested, place, source):
            return None
        table = pyarrow.parquet.read_table(io.BytesIO(data))
        # An index without a name is no column; one with a name is, whatever pandas would make of it.
        table = table.drop_columns([column for column in table.column_names if _UNNAMED.fullmatch(column)])
        frame = table.to_pandas(integer_object_nulls=True, timestamp_as_object=True, ignore_metadata=True)
        columns = {str(column): text_cells(frame[column]) for column in frame.columns}
    except ResourceError:
        raise
    except MemoryError as error:
        raise ResourceError(mark("There is not enough memory to read the file.")) from error
    except Exception as error:  # the reader answers damaged files with exceptions of every kind
        template = mark(
            "The file is damaged, encrypted or no Parquet file ({reason}); write it again, or save it as CSV."
        )
        source.findings.error("E10", template, place, reason=type(error).__name__)
        return None
    source.note_format(name, "Parquet", "UTF-8", "")
    return MemorySheet(name, "Parquet", columns)


def _has_faults(names: Sequence[str], nested: Sequence[str], place: Place, source: Source) -> bool:
    """Return whether two columns have one name, or cells hold more than one value, and note it."""
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        template = mark("Several columns are called {value}; keep or rename one of each.")
        source.findings.error("A20", template, place, column=twice[0], value=shown(", ".join(twice)))
    if nested:
        template = mark(
            "The columns {value} hold lists or records; a table of a survey has one text or number in a cell."
        )
        source.findings.error("E10", template, place, column=nested[0], value=shown(", ".join(nested)))
    return bool(twice or nested)
