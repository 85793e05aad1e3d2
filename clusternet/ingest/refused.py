"""Formats that are never read: by the ending of a name, or by how the bytes begin, whatever the name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from clusternet.errors import shown
from clusternet.ingest.findings import Findings, Place
from clusternet.messages import mark

#: The code of each format, by the ending.
_ENDINGS: Mapping[str, str] = MappingProxyType(
    {
        ".gz": "A22",
        **dict.fromkeys((".pdf", ".doc", ".docx"), "A25"),
        **dict.fromkeys((".xls", ".xlsb", ".ods", ".numbers"), "A26"),
        ".gml": "E06",
        **dict.fromkeys((".pkl", ".pickle", ".joblib", ".npy", ".npz", ".pt"), "E07"),
        **dict.fromkeys((".yaml", ".yml", ".rds", ".rdata", ".rda"), "E07"),
        **dict.fromkeys((".json", ".jsonl", ".geojson"), "E08"),
    }
)
_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "A22": mark("The file is compressed ({format}), which is not supported; unpack it first."),
        "A25": mark("The file is a document ({format}) and no table; save its table as .xlsx or as CSV (UTF-8)."),
        "A26": mark("A workbook in the format {format} is not read; open it and save it as .xlsx or as CSV (UTF-8)."),
        "E06": mark("A graph in the format {format} is not read; save it as GraphML."),
        "E07": mark(
            "Files of this kind ({format}) can run programs when they are opened, so pickle, YAML and the like are "
            "not accepted; save the data as CSV (UTF-8)."
        ),
        "E08": mark("Files in JSON ({format}) are not read; save the data as .xlsx or as CSV (UTF-8)."),
    }
)
#: Pickles of every binary protocol, and arrays of NumPy, which may hold pickles.
_PICKLED = (*(b"\x80" + bytes([protocol]) for protocol in range(2, 6)), b"\x93NUMPY")
_OTHERS = (b"PAR1", b"SQLite format 3\x00", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")


def check_ending(path: Path, findings: Findings) -> None:
    """Note that the name of a file has the ending of a format that is not read (A22, A25, A26, E06 to E08)."""
    suffix = path.suffix.casefold()
    code = _ENDINGS.get(suffix)
    if code is not None:
        findings.error(code, _SENTENCES[code], Place(str(path)), value=shown(path.name), format=suffix)


def is_refused(data: bytes, place: Place, findings: Findings) -> bool:
    """Return whether some bytes are no text whatever their name, and note it (A25, E07)."""
    if data.startswith(_PICKLED):
        template = mark("The file is a pickle, whatever its name says; pickle is not accepted. Save it as CSV (UTF-8).")
        findings.error("E07", template, place)
        return True
    if data.startswith(_OTHERS):
        template = mark("The file is not text, whatever its name says; save the table as CSV (UTF-8).")
        findings.error("A25", template, place)
        return True
    return False
