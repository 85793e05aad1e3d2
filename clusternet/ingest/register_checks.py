"""The register of enterprises: one row each, ids that are text, plausible places and numbers."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from clusternet.errors import MOST_PROBLEMS, shown
from clusternet.ingest.columns import Codes, typed_columns
from clusternet.ingest.source import Source, TextTable
from clusternet.messages import mark
from clusternet.model.schema import SCHEMA

_PLACE = Codes(word="C11", infinite="C11", no_number="C11", negative="C11", beyond="C11")
_SECTOR = re.compile(r"([A-U])?([0-9]{2,4})")
#: More workers than the largest employers of the world have.
_MOST_WORKERS = 10_000_000


def checked_register(table: TextTable, source: Source) -> pd.DataFrame:
    """Return the register with typed columns, identical rows dropped.

    Parameters
    ----------
    table : TextTable
        The text, with at least ``enterprise_id`` and ``name``.
    source : Source
        The survey being read; takes C01, C02, C05 to C07, C11 to C13 and the codes of numbers.

    Returns
    -------
    DataFrame
        One row per enterprise in the order of the file; the index is the row in the file.
    """
    swapped = _swapped_places(table, source)
    typed = typed_columns(table, "enterprises", source, {"latitude": _PLACE, "longitude": _PLACE})
    typed = _without_repeats(typed, table, source)
    _check_places(typed, table, source, swapped)
    _check_workers(typed, table, source)
    typed = _with_sectors(typed, table, source)
    unnamed = typed["name"].isna()
    template = mark("{count} enterprises have no name; their id is shown instead (rows {rows}).")
    source.findings.counted("C07", template, table.place, typed.index[unnamed].tolist(), column="name")
    return typed.assign(name=typed["name"].where(~unnamed, typed["enterprise_id"]))


def _without_repeats(typed: pd.DataFrame, table: TextTable, source: Source) -> pd.DataFrame:
    """Note rows without an id, drop rows that repeat another word for word, and note those that contradict one."""
    blank = typed["enterprise_id"].isna().to_numpy()
    template = mark("The row has no id; give every enterprise one, and clear rows that are not used.")
    source.findings.each("C07", template, table.place, typed.index[blank].tolist(), column="enterprise_id")
    # The text decides, but for the id, whose clean form is what is compared everywhere.
    text = table.rows.assign(enterprise_id=typed["enterprise_id"])[~blank]
    identical = text.duplicated(keep="first")
    template = mark("{count} rows repeat another row word for word and were left out (rows {rows}).")
    source.findings.counted("C01", template, table.place, text.index[identical].tolist(), column="enterprise_id")
    text = text[~identical]
    first: dict[str, int] = {}
    conflicts = 0
    for row, identifier in text["enterprise_id"][text["enterprise_id"].duplicated(keep=False)].items():
        conflicts += identifier in first
        if identifier in first and conflicts <= MOST_PROBLEMS:
            template = mark('"{value}" stands in row {first} with other values; keep one of the two rows.')
            about = {
                "column": "enterprise_id",
                "value": shown(identifier),
                "first": table.place.at(first[identifier], "")[1],
            }
            source.findings.error("C02", template, table.place, row=int(row), **about)  # type: ignore[call-overload]
        first.setdefault(str(identifier), int(row))  # type: ignore[call-overload]
    source.findings.and_more("C02", conflicts, table.place, column="enterprise_id")
    return typed.loc[text.index]


# ---------------------------------------------------------------------- places
def _swapped_places(table: TextTable, source: Source) -> bool:
    """Return whether latitude and longitude only fit when they are taken for one another, and note it."""
    if not {"latitude", "longitude"} <= set(table.rows.columns):
        return False
    places = table.rows[["latitude", "longitude"]].apply(pd.to_numeric, errors="coerce").dropna()
    outside = places["latitude"].abs() > SCHEMA["enterprises"]["latitude"].most
    fits = places["longitude"].abs() <= SCHEMA["enterprises"]["latitude"].most
    if not (outside & fits & (places["latitude"].abs() <= 180)).any():
        return False
    template = mark(
        "Latitude and longitude look swapped: {count} rows fit only the other way round (rows {rows}). "
        "Swap the names of the two columns."
    )
    rows = places.index[outside & fits].tolist()
    about = {"row": rows[0], "column": "latitude", "count": len(rows), "rows": table.place.listed(rows)}
    source.findings.error("C11", template, table.place, **about)
    return True


def _check_places(typed: pd.DataFrame, table: TextTable, source: Source, swapped: bool) -> None:
    if not {"latitude", "longitude"} <= set(typed.columns):
        return
    nowhere = (typed["latitude"] == 0) & (typed["longitude"] == 0)
    template = mark("{count} enterprises lie at 0, 0 in the ocean; their place counts as missing (rows {rows}).")
    source.findings.counted("C11", template, table.place, typed.index[nowhere].tolist(), column="latitude")
    typed.loc[nowhere, ["latitude", "longitude"]] = np.nan
    half = typed["latitude"].isna() ^ typed["longitude"].isna()
    if not swapped:
        template = mark("{count} enterprises have only one of latitude and longitude (rows {rows}).")
        source.findings.counted("C11", template, table.place, typed.index[half].tolist(), column="latitude")


# ---------------------------------------------------------------------- workers and sectors
def _check_workers(typed: pd.DataFrame, table: TextTable, source: Source) -> None:
    if "workers" not in typed.columns:
        return
    many = typed["workers"] > _MOST_WORKERS
    template = mark("{value} workers are more than any enterprise has; correct the number.")
    values = table.rows["workers"].loc[typed.index[many]].tolist()
    rows = typed.index[many].tolist()
    source.findings.each("C12", template, table.place, rows, column="workers", values=values)
    for column in ("women_workers", "youth_workers"):
        if column in typed.columns:
            more = typed[column] > typed["workers"]
            template = mark(
                "In {count} rows there are more of them than workers; correct one of the two (rows {rows})."
            )
            source.findings.counted("C12", template, table.place, typed.index[more].tolist(), column=column)


def _with_sectors(typed: pd.DataFrame, table: TextTable, source: Source) -> pd.DataFrame:
    """Read codes of sectors: digits, whatever letter of a section or dot stands around them."""
    if "sector" not in typed.columns:
        return typed
    codes, distinct = pd.factorize(typed["sector"].to_numpy(dtype=object))
    read: list[object] = []
    odd = np.zeros(len(distinct) + 1, dtype=bool)
    for position, text in enumerate(distinct):
        found = _SECTOR.fullmatch(str(text).rstrip(".").strip())
        odd[position] = found is None or str(text).endswith(".")
        read.append(found[2] if found else text)
    for position in np.flatnonzero(odd)[:MOST_PROBLEMS].tolist():
        rows = typed.index[codes == position].tolist()
        template = mark(
            'The sector "{value}" in {count} rows (rows {rows}) is not an ISIC code of 2 to 4 digits; read as "{read}".'
        )
        value, text = shown(distinct[position]), shown(read[position])
        source.findings.counted("C13", template, table.place, rows, column="sector", value=value, read=text)
    source.findings.and_more("C13", int(odd.sum()), table.place, column="sector", severity="warning")
    return typed.assign(sector=pd.array(np.array([*read, np.nan], dtype=object)[codes], dtype="str"))
