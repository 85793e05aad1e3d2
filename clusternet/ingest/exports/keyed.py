"""Exports whose repeats stand in files of their own, each row with its key and the key of its parent."""

from __future__ import annotations

import dataclasses
import re

from clusternet.errors import shown
from clusternet.ingest.exports.export import Export, Part
from clusternet.ingest.exports.parts import hung_on, parents_first, read_part, titles_of_answers
from clusternet.ingest.exports.submissions import latest_submissions, warn_of_rejected
from clusternet.ingest.findings import Place
from clusternet.ingest.sheets import Sheets
from clusternet.ingest.source import Source
from clusternet.messages import mark

KEY, PARENT_KEY = "KEY", "PARENT_KEY"
#: How a second file of one name is told apart in an archive.
_CLASH = re.compile(r"~[0-9]+$")
#: How a submission is told of which only the envelope could be read.
_STATUS = "Status"
_LOCKED = frozenset({"not decrypted", "missing encrypted form data"})


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
    read = [read_part(sheets, title, source) for title in titles_of_answers(sheets)]
    parts = {part.title: part for part in read if part is not None and KEY in part.headers}
    roots = [title for title, part in parts.items() if PARENT_KEY not in part.headers]
    if len(source.findings.errors) > before:
        return None
    if not roots:
        template = (
            mark("The export has no file of submissions, only repeats; export the whole survey again.")
            if parts
            else mark('No file has the column "KEY", as exports of this tool do; correct [mapping] dialect.')
        )
        source.findings.error("E11", template, Place(sheets.file))
        return None
    root = min(roots, key=lambda title: (len(title), title))
    others = sorted(set(roots) - {root})
    if others:
        template = mark("{count} files hold submissions of another form and were left out ({value}).")
        about = {"count": len(others), "value": shown(", ".join(others))}
        source.findings.warning("E11", template, parts[others[0]].place, **about)
    parts = {title: part for title, part in parts.items() if title not in others}
    # Rows of repeats hang on a key, so that each key must stand for one submission before they do.
    alone = latest_submissions(
        Export(dialect, {root: parts[root]}, root), source, key=KEY, time=time, replaces=replaces
    )
    linked = _hung(parts, _without_encrypted(alone, source).parts[root], source)
    has_repeats = len(sheets.titles) > 1 or not sheets.format.endswith("CSV")
    export = Export(dialect, parents_first(linked), root, KEY, has_repeats=has_repeats)
    warn_of_rejected(export, source)
    return export if len(source.findings.errors) == before else None


def _hung(parts: dict[str, Part], root: Part, source: Source) -> dict[str, Part]:
    """Return the parts with the rows that belong to a submission; the submissions stand once already."""
    linked = {root.title: root}
    keys = {title: set(part.rows[KEY].dropna()) for title, part in parts.items()}
    for title, part in parts.items():
        if title != root.title:
            named = part.rows[KEY]
            once = part.kept(~(named.duplicated(keep="last") & named.notna()).to_numpy(dtype=bool))
            linked[title] = dataclasses.replace(
                once, parent=_parent_of(part, keys, root.title), names=_names(title, root.title)
            )
    for title, part in parents_first(linked).items():
        if part.parent:
            above, every = linked[part.parent], parts[part.parent].rows[KEY]
            linked[title] = hung_on(part, above, part.rows[PARENT_KEY], above.rows[KEY], source, every_key=every)
    return linked


def _without_encrypted(export: Export, source: Source) -> Export:
    """Leave out submissions that were not decrypted, of which nothing is known."""
    root = export.parts[export.root]
    if _STATUS not in root.headers:
        return export
    locked = root.rows[_STATUS].fillna("").str.strip().str.casefold().isin(_LOCKED).to_numpy(dtype=bool)
    template = mark(
        "{count} submissions are still encrypted and were left out (rows {rows}); export them with the passphrase."
    )
    source.findings.counted("E11", template, root.place, root.rows.index[locked].tolist(), column=_STATUS)
    source.note_dropped("E11", root.title, int(locked.sum()))
    return export.without(locked)


def _parent_of(part: Part, keys: dict[str, set[str]], root: str) -> str:
    """Return the file whose keys the rows name as their parents; the submissions where none of them is known."""
    wanted: set[str] = set(part.rows[PARENT_KEY].dropna())
    shares = {title: len(wanted & theirs) for title, theirs in keys.items() if title != part.title}
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
