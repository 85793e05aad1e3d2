"""SPSS and Stata files: codes become their labels, old Stata files without an encoding are tried in two."""

from __future__ import annotations

import codecs
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
    declared = source.options.encoding
    encodings: tuple[str | None, ...] = (_spelled(declared) or None,)
    if stata and not declared and _release(data) < _FIRST_UNICODE:
        encodings = _ENCODINGS
    place, reason = Place(name), ""
    for encoding in encodings:
        try:
            read = pyreadstat.read_dta if stata else pyreadstat.read_sav
            frame, about = read(io.BytesIO(data), apply_value_formats=False, encoding=encoding)
        except Exception as error:  # the reader answers damaged files with exceptions of every kind
            reason = f"{type(error).__name__}: {error}"
            continue
        if not declared and encoding == _ENCODINGS[1]:
            template = mark(
                "The file does not say its encoding and is not UTF-8; it was read as {encoding}. "
                "Save it by Stata 14 or later."
            )
            source.findings.warning("A06", template, place, encoding=encoding)
        source.note_format(name, "DTA" if stata else "SAV", encoding or "UTF-8", "")
        return MemorySheet(name, "DTA" if stata else "SAV", _columns(frame, about))
    if declared:
        template = mark(
            "The file cannot be read as {encoding}, which [mapping] encoding declares ({reason}). Declare another, "
            "such as cp1256, or none where the file is of Stata 14 or later."
        )
        source.findings.error("A06", template, place, encoding=shown(declared), reason=shown(reason))
        return None
    template = mark("The file cannot be read ({reason}); save it again, or export the survey as CSV.")
    source.findings.error("A22", template, place, reason=shown(reason))
    return None


def _spelled(encoding: str) -> str:
    """Return the name of an encoding as the reader spells it, where Python has a spelling of its own."""
    name = codecs.lookup(encoding).name.removesuffix("-sig") if encoding else ""
    return name.upper().replace("ISO8859", "ISO-8859").replace("MAC-", "MAC")


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
