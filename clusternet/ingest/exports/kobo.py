"""KoboToolbox: one sheet for the submissions, one for each repeat, linked by ``_index`` and ``_parent_index``."""

from __future__ import annotations

import dataclasses

import pandas as pd

from clusternet.errors import shown
from clusternet.ingest.exports.export import Export, Part
from clusternet.ingest.exports.parts import hung_on, parents_first, read_part
from clusternet.ingest.exports.submissions import latest_submissions
from clusternet.ingest.findings import Place
from clusternet.ingest.sheets import Sheets
from clusternet.ingest.source import Source
from clusternet.messages import mark

_INDEX, _PARENT, _PARENT_INDEX = "_index", "_parent_table_name", "_parent_index"
_MARKS = frozenset({"_uuid", "_submission_time", "_submission__uuid", "_submission__id"})
#: What stands at the end of a sheet's title that was cut at 31 characters.
_CUT = "..."
_REPLACES = ("meta/deprecatedID", "deprecatedID", "_deprecatedID", "meta_deprecatedID", "meta.deprecatedID")


def is_kobo(heads: dict[str, list[list[str]]]) -> bool:
    """Return whether the first rows of some sheets are those of a KoboToolbox export."""
    headers = {cell.strip() for rows in heads.values() for cell in (rows[0] if rows else [])}
    return bool(headers & _MARKS) and bool(headers & {_INDEX, _PARENT_INDEX, "_id"})


def read_kobo(sheets: Sheets, source: Source) -> Export | None:
    """Read a KoboToolbox export, XLSX or CSV, in any of its styles.

    Parameters
    ----------
    sheets : Sheets
        The file.
    source : Source
        The survey being read; takes E11.

    Returns
    -------
    Export or None
        Each submission once; None where an error was noted.
    """
    before = len(source.findings.errors)
    # Kobo writes a text answer that begins with "=" as a live formula.
    read = [read_part(sheets, title, source, formulas_as_text=True) for title in sheets.titles]
    parts = {part.title: part for part in read if part is not None}
    roots = [title for title, part in parts.items() if _PARENT_INDEX not in part.headers]
    if len(source.findings.errors) > before:
        return None
    if not roots:
        template = mark("The export has no sheet of submissions, only repeats; export the whole survey again.")
        source.findings.error("E11", template, sheets_place(sheets))
        return None
    root = next((title for title in roots if _INDEX in parts[title].headers), roots[0])
    linked = {root: parts[root]}
    for title, part in parts.items():
        if title in roots:
            continue
        parent = _parent_title(part, parts, root)
        if parent is None:
            template = mark('The sheet hangs on "{value}", which is not in the file; export the whole survey again.')
            names = [str(name) for name in part.rows.get(_PARENT, pd.Series(dtype="str")).dropna().unique()]
            source.findings.error("E11", template, part.place, value=shown(", ".join(names)))
            continue
        linked[title] = dataclasses.replace(part, parent=parent)
    for title, part in parents_first(linked).items():
        if part.parent:
            above = linked[part.parent]
            linked[title] = hung_on(part, above, part.rows[_PARENT_INDEX], above.rows[_INDEX], source)
    named = {title: dataclasses.replace(part, names=_whole_names(title, parts)) for title, part in linked.items()}
    export = Export("kobo", parents_first(named), root, "_id", has_repeats=sheets.format == "XLSX")
    replaces = next((column for column in _REPLACES if column in parts[root].headers), "")
    export = latest_submissions(export, source, key="_uuid", time="_submission_time", replaces=replaces)
    return export if len(source.findings.errors) == before else None


def _parent_title(part: Part, parts: dict[str, Part], root: str) -> str | None:
    """Return the sheet that a repeat hangs on; ``_parent_table_name`` is whole where the sheet's title is cut."""
    names = [str(name) for name in part.rows[_PARENT].dropna().unique()] if _PARENT in part.headers else []
    if not names:
        return root  # nobody filled the repeat in, so that it does not matter
    for title in parts:
        if title == names[0]:
            return title
    alike = [title for title in parts if title != part.title and _is_cut(title, names[0])]
    if len(alike) > 1:
        # Two long names that begin alike: the indices tell which sheet is meant.
        wanted = set(part.rows[_PARENT_INDEX].dropna())
        alike = [title for title in alike if wanted <= set(parts[title].rows.get(_INDEX, ()))]
    return alike[0] if alike else None


def _is_cut(title: str, name: str) -> bool:
    stem = title.rstrip("0123456789()_ ") if _CUT in title or len(title) >= 28 else title
    stem = stem.removesuffix(_CUT)
    return len(stem) >= 20 and name.startswith(stem)


def _whole_names(title: str, parts: dict[str, Part]) -> tuple[str, ...]:
    """Return what the sheets that hang on a sheet call it."""
    found: set[str] = set()
    for part in parts.values():
        if _PARENT in part.headers:
            found |= {str(name) for name in part.rows[_PARENT].dropna().unique() if _is_cut(title, str(name))}
    return tuple(sorted(found))


def sheets_place(sheets: Sheets) -> Place:
    """Return the place of a file as a whole."""
    return Place(sheets.file)
