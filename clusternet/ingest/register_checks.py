"""The register of enterprises: one row each, ids that are text, plausible places and numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clusternet.errors import MOST_PROBLEMS, shown
from clusternet.ingest.columns import Codes, typed_columns
from clusternet.ingest.register_places import check_places, places_look_swapped, with_decimal_degrees
from clusternet.ingest.sectors import with_sectors
from clusternet.ingest.source import Source, TextTable
from clusternet.ingest.years import years_of
from clusternet.messages import mark

_PLACE = Codes(word="C11", infinite="C11", no_number="C11", negative="C11", beyond="C11")
#: More workers than the largest employers of the world have.
_MOST_WORKERS = 10_000_000


def checked_register(table: TextTable, source: Source) -> pd.DataFrame:
    """Return the register with typed columns, identical rows dropped.

    Parameters
    ----------
    table : TextTable
        The text, with at least ``enterprise_id`` and ``name``.
    source : Source
        The survey being read; takes C01, C02, C05 to C07, C11 to C13, D12 and the codes of numbers.

    Returns
    -------
    DataFrame
        One row per enterprise in the order of the file; the index is the row in the file.
    """
    degrees = with_decimal_degrees(table, source)
    swapped = places_look_swapped(degrees, source)
    typed = typed_columns(degrees, "enterprises", source, {"latitude": _PLACE, "longitude": _PLACE})
    typed = _without_repeats(typed, table, source)
    typed = check_places(typed, table, source, swapped=swapped)
    _check_workers(typed, table, source)
    typed = with_sectors(typed, table, source)
    _check_founding(typed, table, source)
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
    if source.options.on_conflict != "error":
        text = _one_row_each(text, table, source)
    first: dict[str, int] = {}
    conflicts = 0
    for row, identifier in text["enterprise_id"][text["enterprise_id"].duplicated(keep=False)].items():
        conflicts += identifier in first
        if identifier in first and conflicts <= MOST_PROBLEMS:
            template = mark('"{value}" stands in row {first} with other values; keep one of the two rows.')
            about = {
                "column": "enterprise_id",
                "value": shown(identifier),
                "first": table.place.spot(first[identifier]).row,
            }
            source.findings.error("C02", template, table.place, row=int(row), **about)  # type: ignore[call-overload]
        first.setdefault(str(identifier), int(row))  # type: ignore[call-overload]
    source.findings.and_more("C02", conflicts, table.place, column="enterprise_id")
    return typed.loc[text.index]


def _one_row_each(text: pd.DataFrame, table: TextTable, source: Source) -> pd.DataFrame:
    """Keep the first or the last of the rows of one enterprise, as the user asked."""
    first = source.options.on_conflict == "first"
    lost = text["enterprise_id"].duplicated(keep="first" if first else "last")
    template = (
        mark("{count} rows contradict another row of their enterprise; the first was kept, as asked (rows {rows}).")
        if first
        else mark("{count} rows contradict another row of their enterprise; the last was kept, as asked (rows {rows}).")
    )
    source.findings.counted("C02", template, table.place, text.index[lost].tolist(), column="enterprise_id")
    source.note_dropped("C02", "enterprises", int(lost.sum()))
    return text[~lost]


# ---------------------------------------------------------------------- workers and years
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


def _check_founding(typed: pd.DataFrame, table: TextTable, source: Source) -> None:
    """Warn of foundings that are no year, or later than the survey."""
    if "founded" not in typed.columns:
        return
    years, unreadable = years_of(typed["founded"])
    template = mark(
        "{count} cells are no year; expected one such as 2015, or a date such as 2015-03-21. They are left aside "
        "(rows {rows})."
    )
    source.findings.counted("D12", template, table.place, typed.index[unreadable].tolist(), column="founded")
    if source.settings.survey_year is None:
        return
    with np.errstate(invalid="ignore"):
        late = years > source.settings.survey_year
    template = mark(
        "{count} enterprises were founded after the year of the survey, {year} (rows {rows}). Correct the year of "
        "founding, or survey_year in study.toml."
    )
    about = {"column": "founded", "year": source.settings.survey_year}
    source.findings.counted("D12", template, table.place, typed.index[late].tolist(), **about)
