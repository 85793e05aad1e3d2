"""Formats that are never read: by the ending of a name, or by how the bytes begin, whatever the name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from clusternet.errors import shown
from clusternet.ingest.findings import Findings, Place
from clusternet.messages import mark

_PICKLE = mark("a pickle")
_YAML = mark("a YAML file")
_JSON = mark("a JSON file")
_DOCUMENT = mark("a document and no table")
#: The code and the name of each format, by the ending.
_ENDINGS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        ".gz": ("A22", mark("a compressed file (.gz)")),
        ".pdf": ("A25", _DOCUMENT),
        ".docx": ("A25", _DOCUMENT),
        ".doc": ("A25", _DOCUMENT),
        ".xls": ("A26", mark("an old workbook (.xls)")),
        ".xlsb": ("A26", mark("a binary workbook (.xlsb)")),
        ".ods": ("A26", mark("an OpenDocument sheet (.ods)")),
        ".numbers": ("A26", mark("a sheet of Numbers (.numbers)")),
        ".gml": ("E06", mark("a graph in GML")),
        **dict.fromkeys((".pkl", ".pickle", ".joblib", ".npy", ".npz", ".pt"), ("E07", _PICKLE)),
        **dict.fromkeys((".yaml", ".yml"), ("E07", _YAML)),
        **dict.fromkeys((".rds", ".rdata", ".rda"), ("E07", mark("a file of R"))),
        **dict.fromkeys((".json", ".geojson", ".jsonl"), ("E08", _JSON)),
    }
)
#: Pickles of every binary protocol, and arrays of NumPy, which may hold pickles.
_PICKLED = (*(b"\x80" + bytes([protocol]) for protocol in range(2, 6)), b"\x93NUMPY")
_OTHERS = (b"PAR1", b"SQLite format 3\x00", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")


def check_ending(path: Path, findings: Findings) -> None:
    """Note that the name of a file has the ending of a format that is not read (A22, A25, A26, E06 to E08)."""
    known = _ENDINGS.get(path.suffix.casefold())
    if known is None:
        return
    code, name = known
    template = (
        mark("The file is {format}, which is never opened, because it can run programs; save it as CSV (UTF-8).")
        if code == "E07"
        else mark("The file is {format}, which is not read; save it as GraphML.")
        if code == "E06"
        else mark("The file is {format}, which is not read; save it as .xlsx or as CSV (UTF-8).")
    )
    findings.error(code, template, Place(str(path)), value=shown(path.name), format=name)


def is_refused(data: bytes, place: Place, findings: Findings) -> bool:
    """Return whether some bytes are no text whatever their name, and note it (A25, E07)."""
    if data.startswith(_PICKLED):
        template = mark("The file is a pickle, which is never opened, because it can run programs; save it as CSV.")
        findings.error("E07", template, place)
        return True
    if data.startswith(_OTHERS):
        template = mark("The file is not text, whatever its name says; save the table as CSV (UTF-8).")
        findings.error("A25", template, place)
        return True
    return False
