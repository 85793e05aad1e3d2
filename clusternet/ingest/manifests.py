"""A manifest beside the files of a survey, which says how many rows each had when it was written."""

from __future__ import annotations

import json
from typing import Any

from clusternet.ingest.findings import Place
from clusternet.ingest.source import Source
from clusternet.messages import mark

MANIFEST_FILE = "manifest.json"


def check_row_counts(source: Source) -> None:
    """Compare the rows that were read with the manifest in the survey's folder, if there is one (A22).

    A file with fewer rows was cut off on its way, which nothing in it can tell; one with more was continued.

    Parameters
    ----------
    source : Source
        The survey, after its files were read.
    """
    path = source.folder / MANIFEST_FILE
    if source.path == path or not path.is_file():
        return
    written = _rows_written(path.read_bytes())
    for file in source.inputs:
        expected = written.get(file.name)
        if expected is None or file.rows == expected:
            continue
        about: dict[str, Any] = {"found": file.rows, "expected": expected, "manifest": MANIFEST_FILE}
        if file.rows < expected:
            template = mark(
                "The file has {found} rows, and {manifest} beside it says {expected}: the end is missing. Get the "
                "whole file again, or delete {manifest} if you took rows out."
            )
            source.findings.error("A22", template, Place(file.name), **about)
        else:
            template = mark("The file has {found} rows, more than the {expected} that {manifest} beside it says.")
            source.findings.warning("A22", template, Place(file.name), **about)


def _rows_written(data: bytes) -> dict[str, int]:
    """Return the rows of each file that a manifest lists; none where it is no manifest of ours."""
    try:
        outputs = json.loads(data)["outputs"]
        return {str(entry["file"]): int(entry["rows"]) for entry in outputs if entry["rows"] is not None}
    except (ValueError, TypeError, KeyError, RecursionError):
        return {}  # somebody else's file of that name says nothing about ours
