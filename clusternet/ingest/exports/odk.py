"""ODK Central: an archive with one CSV for the submissions and one for each repeat, linked by keys."""

from __future__ import annotations

from clusternet.ingest.exports.export import Export
from clusternet.ingest.exports.keyed import KEY, PARENT_KEY, has_headers, read_keyed
from clusternet.ingest.sheets import Sheets
from clusternet.ingest.source import Source


def is_odk(heads: dict[str, list[list[str]]]) -> bool:
    """Return whether the first rows are those of an ODK export."""
    return has_headers(heads, KEY) and has_headers(
        heads, PARENT_KEY, "SubmissionDate", "meta-instanceID", "instanceID", "SubmitterName", "ReviewState"
    )


def read_odk(sheets: Sheets, source: Source) -> Export | None:
    """Read an ODK export; see :func:`clusternet.ingest.exports.keyed.read_keyed`."""
    return read_keyed(sheets, source, "odk", time="SubmissionDate", replaces="meta-deprecatedID")
