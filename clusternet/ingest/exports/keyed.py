"""Exports whose repeats stand in files of their own, each row with its key and the key of its parent."""

from __future__ import annotations

import dataclasses
import re

from clusternet.errors import shown
from clusternet.ingest.exports.export import Export, Part
from clusternet.ingest.exports.parts import hung_on, parents_first, read_part
from clusternet.ingest.exports.submissions import latest_submissions
from clusternet.ingest.findings import Place
from clusternet.ingest.sheets import Sheets
from clusternet.ingest.source import Source
from clusternet.messages import mark

KEY, PARENT_KEY = "KEY", "PARENT_KEY"
#: How a second file of one name is told apart in an archive.
_CLASH = re.compile(r"~[0-9]+$")


def read_keyed(sheets: Sheets, source: Source, dialect: str, *, time: str, replaces: str = "") -> Export | None:
    """Read files that hang together by ``KEY`` and ``PARENT_KEY``.

    Parameters
    ----------
    sheets : Sheets
        The files of the archive or folder, or one file of submissions.
    source : Source
        The survey being read; takes E11.
    dialect : str
        The tool that wrote it.
    time : str
        The column with the time of sending.
    replaces : str
        The column that names the submission which an edited one replaces.

    Returns
    -------
    Export or None
        Each submission once; None where an error was noted.
    """
    before = len(source.findings.errors)
    read = [read_part(sheets, title, source) for title in sheets.titles]
    parts = {part.title: part for part in read if part is not None and KEY in part.headers}
    roots = [title for title, part in parts.items() if PARENT_KEY not in part.headers]
    if len(source.findings.errors) > before:
        return None
    if not roots:
        template = mark("The export has no file of submissions, only repeats; export the whole survey again.")
        source.findings.error("E11", template, Place(sheets.file))
        return None
    root = min(roots, key=lambda title: (len(title), title))
    for other in sorted(set(roots) - {root}):
        template = mark('"{value}" holds submissions of another form and was left out.')
        source.findings.warning("E11", template, parts.pop(other).place, value=shown(other))
    # Rows of repeats hang on a key, so that each key must stand for one submission before they do.
    alone = latest_submissions(
        Export(dialect, {root: parts[root]}, root), source, key=KEY, time=time, replaces=replaces
    )
    linked = {root: alone.parts[root]}
    for title, part in parts.items():
        if title != root:
            once = part.kept(~part.rows[KEY].duplicated(keep="last").to_numpy(dtype=bool))
            linked[title] = dataclasses.replace(once, parent=_parent_of(part, parts, root), names=_names(title, root))
    for title, part in parents_first(linked).items():
        if part.parent:
            above = linked[part.parent]
            linked[title] = hung_on(part, above, part.rows[PARENT_KEY], above.rows[KEY], source)
    has_repeats = len(sheets.titles) > 1 or not sheets.format.endswith("CSV")
    export = Export(dialect, parents_first(linked), root, KEY, has_repeats=has_repeats)
    return export if len(source.findings.errors) == before else None


def _parent_of(part: Part, parts: dict[str, Part], root: str) -> str:
    """Return the file whose keys the rows name as their parents; the submissions where none of them is known."""
    wanted: set[str] = set(part.rows[PARENT_KEY].dropna())
    shares = {title: len(wanted & set(other.rows[KEY].dropna())) for title, other in parts.items() if other is not part}
    best = max(shares, key=lambda title: (shares[title], title == root)) if shares else root
    return best if shares.get(best) else root


def _names(title: str, root: str) -> tuple[str, ...]:
    """Return what a repeat is called: the file's name without the form's, and its last part."""
    whole = _CLASH.sub("", title.removeprefix(root).lstrip("-_ ")) or title
    return tuple(dict.fromkeys([whole, re.split(r"[-.]", whole)[-1]]))


def has_headers(heads: dict[str, list[list[str]]], *wanted: str) -> bool:
    """Return whether one of some columns stands in some sheet, however it is spelled."""
    found = {cell.strip().casefold() for rows in heads.values() for cell in (rows[0] if rows else [])}
    return any(name.casefold() in found for name in wanted)
