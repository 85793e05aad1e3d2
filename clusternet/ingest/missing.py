"""Ends of linkages that are not in the register, taken into it where the user asks for that."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from clusternet.ingest.findings import Origin, Place, Spot
from clusternet.ingest.names import keys_of
from clusternet.ingest.source import Source, TextTable
from clusternet.messages import mark

_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]+")
#: Ids of enterprises that are only known by a name in words.
_ID = "unregistered-{number}"


def with_missing_sources(
    register: pd.DataFrame, table: TextTable, linkages: TextTable, source: Source
) -> tuple[pd.DataFrame, TextTable, TextTable]:
    """Take sources that are not in the register into it, before the linkages are checked.

    Parameters
    ----------
    register : DataFrame
        The register, checked.
    table : TextTable
        The same as it was read.
    linkages : TextTable
        The linkages as they were read.
    source : Source
        The survey being read; takes C18.

    Returns
    -------
    register, table, linkages
        The same with the new enterprises, which carry ``unregistered = "yes"`` and ``respondent = "no"``.
    """
    rows = linkages.rows
    named = pd.Series(keys_of(rows["source"]).values, index=rows.index)
    ids, register, table = _taken_in(register, table, named, linkages.place, "source", source)
    new = {text: identifier for text, identifier in ids.items() if text != identifier}
    for column in ("source", "target", "reporter") if new else ():
        if column in rows.columns:
            keys = pd.Series(keys_of(rows[column]).values, index=rows.index)
            rows = rows.assign(**{column: rows[column].where(~keys.isin(new), keys.map(new))})
    return register, table, TextTable(rows, linkages.place)


def with_missing_targets(
    register: pd.DataFrame, table: TextTable, linkages: pd.DataFrame, place: Place, source: Source
) -> tuple[pd.DataFrame, TextTable, pd.DataFrame]:
    """Take targets that are still not in the register into it, after names in words were matched to it.

    Parameters
    ----------
    register : DataFrame
        The register, checked.
    table : TextTable
        The same as it was read.
    linkages : DataFrame
        The linkages, checked.
    place : Place
        Where they were read.
    source : Source
        The survey being read; takes C18.

    Returns
    -------
    register, table, linkages
        As :func:`with_missing_sources`.
    """
    ids, register, table = _taken_in(register, table, linkages["target"], place, "target", source)
    target = linkages["target"].map(lambda text: ids.get(text, text), na_action="ignore") if ids else linkages["target"]
    return register, table, linkages.assign(target=target.astype("str"))


def _taken_in(
    register: pd.DataFrame, table: TextTable, named: pd.Series, place: Place, column: str, source: Source
) -> tuple[dict[str, str], pd.DataFrame, TextTable]:
    """Return the ids of those who were not in the register, and the register with them."""
    known = pd.Index(register["enterprise_id"])
    strange = named[named.notna() & named.ne("") & ~named.isin(known)]
    first = {str(text): int(row) for row, text in strange.drop_duplicates().items()}  # type: ignore[call-overload]
    if not first:
        return {}, register, table
    template = mark(
        "{count} linkages name enterprises that are not in the register; these {number} were added to it as "
        "unregistered, as asked (rows {rows})."
    )
    rows = strange.index.tolist()
    source.findings.counted("C18", template, place, rows, column=column, number=len(first))
    texts = sorted(first)
    ids = _new_ids(texts, known)
    following = int(max(register.index.max(), table.rows.index.max(), 0)) + 1
    new = pd.DataFrame(
        {
            "enterprise_id": [ids[text] for text in texts],
            "name": texts,
            "respondent": "no",
            "unregistered": "yes",
        },
        index=pd.RangeIndex(following, following + len(texts)),
        dtype="str",
    )
    joined = pd.concat([register, new])
    joined["respondent"] = joined["respondent"].fillna("yes")
    joined["unregistered"] = joined["unregistered"].fillna("no")
    spots = [place.spot(first[text]) for text in texts]
    both = pd.concat([table.rows, new.drop(columns="unregistered")])
    return ids, joined, TextTable(both, _longer_place(table, spots))


def _new_ids(texts: list[str], known: pd.Index) -> dict[str, str]:
    """Return an id for each text: itself where it is written as the register's ids are, else a number.

    A name in words would be shown wherever ids are, and a name is confidential.
    """
    shapes = {_shape(str(identifier)) for identifier in known}
    taken = set(known)
    ids: dict[str, str] = {}
    number = 0
    for text in texts:
        if _shape(text) in shapes and any(letter.isdigit() for letter in text):
            ids[text] = text
            continue
        while True:
            number += 1
            ids[text] = _ID.format(number=number)
            if ids[text] not in taken:
                break
    return ids


def _shape(text: str) -> str:
    return _LETTERS.sub("A", _DIGITS.sub("9", text))


def _longer_place(table: TextTable, spots: list[Spot]) -> Place:
    """Return where the rows of a register stand; new ones stand where a linkage first names them."""
    place = table.place
    labels = table.rows.index.to_numpy(dtype=np.int64)
    size = int(labels.max(initial=0)) + 1
    if place.origin is None:
        sheets, columns = [(place.file, place.sheet)], [dict[str, str]()]
        sheet_of, row_of = np.zeros(size, dtype=np.int64), np.arange(size)
    else:
        sheets, columns = list(place.origin.sheets), [dict(names) for names in place.origin.columns]
        sheet_of, row_of = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        sheet_of[labels] = np.asarray(place.origin.sheet_of, dtype=np.int64)[labels]
        row_of[labels] = np.asarray(place.origin.row_of, dtype=np.int64)[labels]
    further = sorted({(spot.file, spot.sheet) for spot in spots} - set(sheets))
    sheets += further
    columns += [dict[str, str]() for _ in further]
    added = [sheets.index((spot.file, spot.sheet)) for spot in spots]
    numbers = [spot.row or 0 for spot in spots]
    origin = Origin(sheets, np.append(sheet_of, added), np.append(row_of, numbers), columns)
    return Place(place.file, place.sheet, origin)
