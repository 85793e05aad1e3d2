"""SPSS and Stata files: codes become their labels, old Stata files without an encoding are tried in two."""

from __future__ import annotations

import io
from typing import Any

import pandas as pd

from clusternet.errors import ResourceError, shown
from clusternet.ingest.exports.memory_sheet import MemorySheet, text_cells
from clusternet.ingest.findings import Place
from clusternet.ingest.source import Source
from clusternet.messages import mark

#: Stata files before this release do not say which encoding they are in.
_FIRST_UNICODE = 118
_ENCODINGS = ("UTF-8", "CP1256")
_NEW = b"<stata_dta><header><release>"


def open_statistical(name: str, data: bytes, source: Source) -> MemorySheet | None:
    """Open a ``.sav``, ``.zsav`` or ``.dta`` file, or note why it cannot be (A22, F12).

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
        Values that have labels as their labels; user-missing values as missing.

    Raises
    ------
    ResourceError
        If the package that reads such files is not installed.
    """
    try:
        import pyreadstat
    except ImportError as error:
        template = mark('Reading "{file}" needs one more package; install it with: pip install "clusternet[spss]"')
        raise ResourceError(template, file=shown(name)) from error
    stata = name.casefold().endswith(".dta")
    encodings: tuple[str | None, ...] = (source.options.encoding or None,)
    if stata and not source.options.encoding and _release(data) < _FIRST_UNICODE:
        encodings = _ENCODINGS
    place, reason = Place(name), ""
    for encoding in encodings:
        try:
            read = pyreadstat.read_dta if stata else pyreadstat.read_sav
            frame, about = read(io.BytesIO(data), apply_value_formats=False, encoding=encoding)
        except Exception as error:  # the reader answers damaged files with exceptions of every kind
            reason = f"{type(error).__name__}: {error}"
            continue
        if encoding == _ENCODINGS[1]:
            template = mark(
                "The file does not say its encoding and is not UTF-8; it was read as {encoding}. "
                "Save it by Stata 14 or later."
            )
            source.findings.warning("A06", template, place, encoding=encoding)
        source.note_format(name, "DTA" if stata else "SAV", encoding or "UTF-8", "")
        return MemorySheet(name, "DTA" if stata else "SAV", _columns(frame, about))
    template = mark("The file cannot be read ({reason}); save it again, or export the survey as CSV.")
    source.findings.error("A22", template, place, reason=shown(reason))
    return None


def _release(data: bytes) -> int:
    if data.startswith(_NEW):
        digits = data[len(_NEW) : len(_NEW) + 3]
        return int(digits) if digits.isdigit() else _FIRST_UNICODE
    return data[0] if data else 0


def _columns(frame: pd.DataFrame, about: Any) -> dict[str, list[str]]:
    labels = about.variable_value_labels
    found = {}
    for column in frame.columns:
        values = frame[column]
        named = labels.get(column)
        if named:
            values = pd.Series([named.get(value, value) for value in values], dtype=object)
        found[str(column)] = text_cells(values)
    return found
