"""KoboToolbox: one sheet for the submissions, one for each repeat, linked by ``_index`` and ``_parent_index``."""

from __future__ import annotations

import dataclasses
import re

import pandas as pd

from clusternet.errors import shown
from clusternet.ingest.exports.export import Export, Part
from clusternet.ingest.exports.parts import hung_on, parents_first, read_part, titles_of_answers
from clusternet.ingest.exports.submissions import latest_submissions, warn_of_rejected
from clusternet.ingest.findings import Place
from clusternet.ingest.sheets import Sheets
from clusternet.ingest.source import Source, TextTable
from clusternet.messages import mark

_INDEX, _PARENT, _PARENT_INDEX = "_index", "_parent_table_name", "_parent_index"
_MARKS = frozenset({"_uuid", "_submission_time", "_submission__uuid", "_submission__id"})
#: How a submission is called in its own sheet, and in those of its repeats.
_NAMED = (("_uuid", "_submission__uuid"), ("_id", "_submission__id"))
#: What stands at the end of a sheet's title that was cut at 31 characters.
_CUT = "..."
#: What cannot stand in a sheet's title.
_FORBIDDEN = re.compile(r"[\[\]*?:\\/]|^'|'$")
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
        The survey being read; takes E11, and A21: a column that ties the sheets together is not there.

    Returns
    -------
    Export or None
        Each submission once; None where an error was noted.
    """
    before = len(source.findings.errors)
    # Kobo writes a text answer that begins with "=" as a live formula.
    read = [read_part(sheets, title, source, formulas_as_text=True) for title in titles_of_answers(sheets)]
    parts = {part.title: part for part in read if part is not None}
    if len(source.findings.errors) > before:
        return None
    roots = [title for title, part in parts.items() if not _is_repeat(part)]
    if not roots:
        template = mark("The export has no sheet of submissions, only repeats; export the whole survey again.")
        source.findings.error("E11", template, Place(sheets.file))
        return None
    root = next((title for title in roots if _INDEX in parts[title].headers), roots[0])
    for other in roots:
        if other != root:
            template = mark('The sheet was left out: it holds no repeat of the submissions in "{value}".')
            source.findings.warning("E11", template, parts.pop(other).place, value=shown(root))
    linked = _with_parents(parts, root, source)
    if linked is None:
        return None
    key = next((own for own, _ in _NAMED if own in parts[root].headers), "")
    replaces = next((column for column in _REPLACES if column in parts[root].headers), "")
    # A repeat hangs on an index, so that each submission must stand once before it does.
    alone = latest_submissions(
        Export("kobo", {root: parts[root]}, root),
        source,
        key=key,
        time="_submission_time",
        replaces=replaces,
        stays="_id",
    )
    found = {root: alone.parts[root]}
    for title, part in parents_first(linked).items():
        if part.parent:
            above = found[part.parent]
            found[title] = _hung_on(part, above, linked[part.parent], source)
    named = {title: dataclasses.replace(part, names=_whole_names(title, parts)) for title, part in found.items()}
    # A text table holds the submissions alone, in whatever it is packed.
    export = Export("kobo", named, root, "_id", has_repeats=bool(parts[root].place.sheet))
    warn_of_rejected(export, source)
    return export if len(source.findings.errors) == before else None


def _is_repeat(part: Part) -> bool:
    return not {_PARENT_INDEX, _PARENT, *(inner for _, inner in _NAMED)}.isdisjoint(part.headers)


# ---------------------------------------------------------------------- which sheet hangs on which
def _with_parents(parts: dict[str, Part], root: str, source: Source) -> dict[str, Part] | None:
    """Return every sheet with the one that it hangs on, or note for which there is none."""
    before = len(source.findings.errors)
    linked = {root: parts[root]}
    for title, part in parts.items():
        if title == root:
            continue
        if _PARENT_INDEX not in part.headers:
            _note_missing(_PARENT_INDEX, part, source)
            continue
        parent = _parent_title(part, parts, root)
        if parent is None:
            template = mark(
                'The sheet hangs on "{value}", which is not in the file. If that sheet was renamed, give it its name '
                "back; if not, export the whole survey again."
            )
            source.findings.error("E11", template, part.place, value=shown(", ".join(_parent_names(part))))
            continue
        if _INDEX not in parts[parent].headers:
            _note_missing(_INDEX, parts[parent], source)
            return None
        linked[title] = dataclasses.replace(part, parent=parent)
    return linked if len(source.findings.errors) == before else None


def _note_missing(column: str, part: Part, source: Source) -> None:
    template = mark(
        'The column "{value}", which says what belongs to which submission, is missing; export the survey again and '
        "leave the columns whose names begin with _ where they are."
    )
    source.findings.error("A21", template, part.place, row=1, column=column, value=column)


def _parent_names(part: Part) -> list[str]:
    return [str(name) for name in part.rows[_PARENT].dropna().unique()] if _PARENT in part.headers else []


def _parent_title(part: Part, parts: dict[str, Part], root: str) -> str | None:
    """Return the sheet that a repeat hangs on; ``_parent_table_name`` is whole where the sheet's title is cut."""
    names = _parent_names(part)
    if not names:
        return root  # nobody filled the repeat in, so that it does not matter
    for title in parts:
        if title in (names[0], _FORBIDDEN.sub("_", names[0])):
            return title
    alike = [title for title in parts if title != part.title and _is_cut(title, names[0])]
    if len(alike) > 1:
        # Two long names that begin alike: the indices tell which sheet is meant.
        wanted = set(part.rows[_PARENT_INDEX].dropna())
        alike = [title for title in alike if wanted <= set(parts[title].rows.get(_INDEX, ()))]
    return alike[0] if alike else _renamed(part, parts, root)


def _renamed(part: Part, parts: dict[str, Part], root: str) -> str | None:
    """Return the one sheet of another name whose rows have both the index and the submission that a repeat names."""
    meant = {name for other in parts.values() for name in _parent_names(other)}
    found = []
    for title, other in parts.items():
        pairs = _named_pair(part, other, of_root=title == root)
        if title in (part.title, *meant) or _INDEX not in other.headers or pairs is None:
            continue
        here = set(zip(part.rows[_PARENT_INDEX], part.rows[pairs[1]], strict=True))
        if here <= set(zip(other.rows[_INDEX], other.rows[pairs[0]], strict=True)):
            found.append(title)
    return found[0] if len(found) == 1 else None


def _named_pair(part: Part, above: Part, *, of_root: bool) -> tuple[str, str] | None:
    """Return the columns of a sheet and of a repeat in it that name the submission, or None."""
    for own, inner in _NAMED:
        theirs = own if of_root else inner
        if theirs in above.headers and inner in part.headers:
            return theirs, inner
    return None


def _is_cut(title: str, name: str) -> bool:
    stem = title.rstrip("0123456789()_ ") if _CUT in title or len(title) >= 28 else title
    stem = stem.removesuffix(_CUT)
    return len(stem) >= 20 and _FORBIDDEN.sub("_", name).startswith(stem)


def _whole_names(title: str, parts: dict[str, Part]) -> tuple[str, ...]:
    """Return what the sheets that hang on a sheet call it."""
    return tuple(sorted({name for part in parts.values() for name in _parent_names(part) if _is_cut(title, name)}))


# ---------------------------------------------------------------------- which row hangs on which
def _hung_on(part: Part, above: Part, above_as_read: Part, source: Source) -> Part:
    """Return a repeat whose rows hang on those of the sheet above it, by index and, where that repeats, submission."""
    keys, theirs, every = part.rows[_PARENT_INDEX], above.rows[_INDEX], above_as_read.rows[_INDEX]
    if not every.dropna().duplicated().any():
        return hung_on(part, above, keys, theirs, source, every_key=every)
    # Sheets that were put together from several exports count from 1 again.
    pair = _named_pair(part, above, of_root=not above.parent)
    if pair is None:
        template = mark(
            'The same "_index" stands in several rows of "{value}", as where exports were put together by hand; '
            "export all submissions at once."
        )
        source.findings.error("E11", template, part.place, value=shown(above.title))
        return hung_on(part, above, keys, theirs, source, every_key=every)
    whole, inner = pair
    keys = _both(keys, part.rows[inner])
    last = _last_run(part, keys)
    part = dataclasses.replace(part, table=TextTable(part.rows[last], part.place))
    return hung_on(
        part,
        above,
        keys[last],
        _both(theirs, above.rows[whole]),
        source,
        every_key=_both(every, above_as_read.rows[whole]),
    )


def _both(index: pd.Series, submission: pd.Series) -> pd.Series:
    return index.fillna("") + "/" + submission.fillna("").str.removeprefix("uuid:")


def _last_run(part: Part, keys: pd.Series) -> pd.Series:
    """Return which rows are of the last of several exports that hold rows of their parent."""
    if _INDEX not in part.headers:
        return ~pd.concat([part.rows, keys.rename("\x1f")], axis=1).duplicated(keep="last")
    numbers = pd.to_numeric(part.rows[_INDEX], errors="coerce")
    run = (numbers.diff() <= 0).cumsum()
    return run.eq(run.groupby(keys).transform("max")).astype(bool)
