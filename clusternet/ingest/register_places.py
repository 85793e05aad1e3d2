"""Where enterprises lie: degrees in either way to write decimals, columns that are swapped, places out of bounds."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.ingest.numbers import numbers_of, plain_digits
from clusternet.ingest.source import Source, TextTable
from clusternet.messages import mark
from clusternet.model.schema import SCHEMA

_PAIR = ("latitude", "longitude")
#: Degrees have at most three digits before the decimals, so that their separator cannot be one of thousands.
_DEGREES = re.compile(r"[+-]?[0-9٠-٩۰-۹]{1,3}[.,][0-9٠-٩۰-۹]+")


def with_decimal_degrees(table: TextTable, source: Source) -> TextTable:
    """Return the register with latitude and longitude written as the survey declares its decimals (C11 counts commas).

    Parameters
    ----------
    table : TextTable
        The register as text.
    source : Source
        The survey being read.

    Returns
    -------
    TextTable
        The same rows.
    """
    decimal, thousands = source.options.decimal, source.options.thousands
    changed: dict[str, pd.Series] = {}
    for column in _PAIR:
        if column not in table.rows.columns or thousands in (".", ","):
            continue
        values = table.rows[column]
        # Only a sign other than the declared one is looked at, so that plain columns cost nothing.
        signs = "[,،]" if decimal == "." else "[.]"
        held = values.str.contains(signs, regex=True, na=False).to_numpy(dtype=bool)
        odd, texts = np.zeros(len(values), dtype=bool), values.to_numpy(dtype=object, copy=True)
        for place in np.flatnonzero(held):
            text = plain_digits(texts[place])
            if _DEGREES.fullmatch(text):
                odd[place], texts[place] = True, re.sub("[.,]", decimal, text)
        if odd.any():
            changed[column] = pd.Series(pd.array(texts, dtype="str"), index=values.index)
            template = mark("{count} degrees are written with a decimal comma and were read as such (rows {rows}).")
            if decimal == ".":
                rows = table.rows.index[odd].tolist()
                source.findings.counted("C11", template, table.place, rows, column=column)
    return TextTable(table.rows.assign(**changed), table.place) if changed else table


def places_look_swapped(table: TextTable, source: Source) -> bool:
    """Return whether latitude and longitude only fit when they are taken for one another, and note it (C11)."""
    if not set(_PAIR) <= set(table.rows.columns):
        return False
    options, most = source.options, SCHEMA["enterprises"]["latitude"].most
    latitude = numbers_of(table.rows["latitude"], decimal=options.decimal, thousands=options.thousands).values
    if not (np.abs(latitude[~np.isnan(latitude)]) > most).any():
        return False
    longitude = numbers_of(table.rows["longitude"], decimal=options.decimal, thousands=options.thousands).values
    with np.errstate(invalid="ignore"):
        swapped = (np.abs(latitude) > most) & (np.abs(latitude) <= 180) & (np.abs(longitude) <= most)
    if not swapped.any():
        return False
    template = mark(
        "Latitude and longitude look swapped: {count} rows fit only the other way round (rows {rows}). "
        "Swap the names of the two columns."
    )
    rows = table.rows.index[swapped].tolist()
    about = {"row": rows[0], "column": "latitude", "count": len(rows), "rows": table.place.listed(rows)}
    source.findings.error("C11", template, table.place, **about)
    return True


def check_places(typed: pd.DataFrame, table: TextTable, source: Source, *, swapped: bool) -> pd.DataFrame:
    """Return the register without places at 0, 0, and warn of half and of far places (C11).

    Parameters
    ----------
    typed : DataFrame
        The register with degrees as numbers.
    table : TextTable
        Where it comes from.
    source : Source
        The survey being read; its settings hold the bounds.
    swapped : bool
        Whether the columns were already found to be swapped.

    Returns
    -------
    DataFrame
        The same rows.
    """
    if not set(_PAIR) <= set(typed.columns):
        return typed
    nowhere = ((typed["latitude"] == 0) & (typed["longitude"] == 0)).to_numpy()
    template = mark("{count} enterprises lie at 0, 0 in the ocean; their place counts as missing (rows {rows}).")
    source.findings.counted("C11", template, table.place, typed.index[nowhere].tolist(), column="latitude")
    typed = typed.assign(**{column: typed[column].mask(nowhere) for column in _PAIR})
    if swapped:
        return typed
    half = (typed["latitude"].isna() ^ typed["longitude"].isna()).to_numpy()
    template = mark("{count} enterprises have only one of latitude and longitude (rows {rows}).")
    source.findings.counted("C11", template, table.place, typed.index[half].tolist(), column="latitude")
    if source.settings.bounds is not None:
        _warn_of_far_places(typed, source.settings.bounds, table, source)
    return typed


def _warn_of_far_places(
    typed: pd.DataFrame, bounds: tuple[float, float, float, float], table: TextTable, source: Source
) -> None:
    """Warn of places outside the bounds of the study, apart from those that lie inside when they are swapped."""
    latitude, longitude = (typed[column].to_numpy(dtype=np.float64) for column in _PAIR)
    given = ~(np.isnan(latitude) | np.isnan(longitude))
    outside = given & ~_inside(latitude, longitude, bounds)
    turned = outside & _inside(longitude, latitude, bounds)
    template = mark(
        "{count} enterprises lie outside the bounds of the study and would lie inside if their latitude and longitude "
        "were swapped; swap them (rows {rows})."
    )
    source.findings.counted("C11", template, table.place, typed.index[turned].tolist(), column="latitude")
    template = mark(
        "{count} enterprises lie outside the bounds of the study, which are south {south}, west {west}, north {north}, "
        "east {east} (rows {rows}). Correct their place, or bounds in study.toml."
    )
    about = dict(zip(("south", "west", "north", "east"), bounds, strict=True))
    rows = typed.index[outside & ~turned].tolist()
    source.findings.counted("C11", template, table.place, rows, column="latitude", **about)


def _inside(
    latitude: NDArray[np.float64], longitude: NDArray[np.float64], bounds: tuple[float, float, float, float]
) -> NDArray[np.bool_]:
    south, west, north, east = bounds
    with np.errstate(invalid="ignore"):
        above, below = longitude >= west, longitude <= east
        # A region that crosses the 180th meridian has its west end at the larger number.
        return (latitude >= south) & (latitude <= north) & ((above & below) if west < east else (above | below))
