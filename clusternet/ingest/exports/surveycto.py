"""SurveyCTO: long, with a file for each repeat, or wide, with numbered columns in one file."""

from __future__ import annotations

from clusternet.ingest.exports.export import Export
from clusternet.ingest.exports.keyed import KEY, has_headers, read_keyed
from clusternet.ingest.sheets import Sheets
from clusternet.ingest.source import Source


def is_surveycto(heads: dict[str, list[list[str]]]) -> bool:
    """Return whether the first rows are those of a SurveyCTO export."""
    return has_headers(heads, KEY) and has_headers(heads, "formdef_version", "review_quality", "CompletionDate")


def read_surveycto(sheets: Sheets, source: Source) -> Export | None:
    """Read a SurveyCTO export; see :func:`clusternet.ingest.exports.keyed.read_keyed`."""
    return read_keyed(sheets, source, "surveycto", time="SubmissionDate")
