"""One spelling for each unit of measure, and what to say where one resource is given in several units."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from clusternet.errors import shown
from clusternet.ingest.names import normalised_name
from clusternet.ingest.source import Source, TextTable
from clusternet.ingest.unit_spellings import UNITS, Unit
from clusternet.messages import mark

#: Changes that a message shows; the rest is counted.
CHANGES_SHOWN = 6
_LEFT_OUT = re.compile(r"[\s.^_'’·•-]")


def _key(text: str) -> str:
    """Return the form in which spellings of one unit are looked up: no spaces, points, accents or Arabic article."""
    found = unicodedata.normalize("NFKD", normalised_name(text))
    found = "".join(letter for letter in found if not unicodedata.combining(letter))
    return _LEFT_OUT.sub("", found)


@functools.cache
def _known() -> Mapping[str, Unit]:
    return {_key(spelling): unit for unit, spellings in UNITS for spelling in spellings}


def unit_of(text: str) -> Unit | None:
    """Return the unit that a text names in English, French or Arabic, or None when it is not known.

    Examples
    --------
    >>> unit_of("Kgs.").name, unit_of("كيلوغرام").name, unit_of("mètres carrés").name, unit_of("م²").name
    ('kg', 'kg', 'm2', 'm2')
    >>> unit_of("armful") is None
    True
    """
    key = _key(text)
    return _known().get(key) or _known().get(key.removeprefix("ال"))


def one_spelling(texts: Iterable[str], counts: Iterable[int], *, units: bool = False) -> dict[str, str]:
    """Return, for every text, the one spelling under which it is kept.

    Units that are known take their own spelling. Other texts that differ only in case, spaces or variant letters of
    Arabic take the most frequent of their spellings, of equally frequent ones one that is not all in capitals, then the
    first in alphabetical order, so that the order of rows makes no difference.

    Parameters
    ----------
    texts : iterable of str
        The distinct texts.
    counts : iterable of int
        How often each is there.
    units : bool, default False
        Whether the texts are units.

    Returns
    -------
    dict of str to str
        The spelling of each text.

    Examples
    --------
    >>> one_spelling(["Oak", "oak", "OAK "], [1, 3, 1])
    {'Oak': 'oak', 'oak': 'oak', 'OAK ': 'oak'}
    >>> one_spelling(["Sack of 50", "كغم"], [1, 1], units=True)
    {'Sack of 50': 'Sack of 50', 'كغم': 'kg'}
    """
    often = dict(zip(texts, counts, strict=True))
    alike: dict[str, list[str]] = {}
    for text in often:
        alike.setdefault(normalised_name(text), []).append(text)
    best = {key: min(found, key=lambda text: (-often[text], text.isupper(), text)) for key, found in alike.items()}
    known = {text: unit_of(text) if units else None for text in often}
    return {text: unit.name if (unit := known[text]) else best[normalised_name(text)] for text in often}


def with_one_spelling(
    typed: pd.DataFrame,
    column: str,
    table: TextTable,
    source: Source,
    *,
    template: str,
    units: bool = False,
    like: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Return a table in which a column holds one spelling for each thing, and note how many cells were changed (D10).

    Parameters
    ----------
    typed : DataFrame
        The table.
    column : str
        The column; a table without it is returned as it is.
    table : TextTable
        Where the table comes from.
    source : Source
        The survey being read.
    template : str
        The message, marked, with ``{count}``, ``{changes}`` and ``{rows}``.
    units : bool, default False
        Whether the column holds units.
    like : mapping of str to str, optional
        Spellings that another table has chosen, by their normalised form; they win.

    Returns
    -------
    DataFrame
        The same rows.
    """
    if column not in typed.columns or not typed[column].notna().any():
        return typed
    codes, distinct = pd.factorize(typed[column].to_numpy(dtype=object))
    texts = [str(text) for text in distinct]
    chosen = one_spelling(texts, np.bincount(codes[codes >= 0], minlength=len(texts)).tolist(), units=units)
    kept = [(like or {}).get(normalised_name(text), chosen[text]) for text in texts]
    changed = np.array([*(new != old for new, old in zip(kept, texts, strict=True)), False])
    if not changed.any():
        return typed
    pairs = sorted((new, old) for new, old in zip(kept, texts, strict=True) if new != old)
    more = ["…"] * (len(pairs) > CHANGES_SHOWN)
    changes = ", ".join([f'"{shown(old)}" = {shown(new)}' for new, old in pairs[:CHANGES_SHOWN]] + more)
    rows = typed.index[changed[codes]].tolist()
    source.findings.counted("D10", template, table.place, rows, column=column, changes=changes)
    found = np.array([*kept, np.nan], dtype=object)[codes]
    return typed.assign(**{column: pd.array(found, dtype="str")})


def with_known_units(typed: pd.DataFrame, table: TextTable, source: Source) -> pd.DataFrame:
    """Return resources or linkages whose column ``unit`` holds one spelling for each unit; D10 counts the changes."""
    template = mark("{count} units are written in another spelling and were read as one: {changes} (rows {rows}).")
    return with_one_spelling(typed, "unit", table, source, template=template, units=True)


def note_mixed_units(typed: pd.DataFrame, table: TextTable, source: Source) -> None:
    """Note every resource that is given in several units, with the cells to change (D10).

    Parameters
    ----------
    typed : DataFrame
        The resources, each unit in one spelling.
    table : TextTable
        Where they come from.
    source : Source
        The survey being read.
    """
    if "unit" not in typed.columns:
        return
    given = typed[["resource", "unit"]][typed["unit"].notna() & typed["resource"].notna()]
    several = given.groupby("resource")["unit"].transform("nunique") > 1
    for resource, found in given[several].groupby("resource"):
        rows = {str(unit): cells.index.tolist() for unit, cells in found.groupby("unit")}
        ranked = sorted(rows, key=lambda unit: (-len(rows[unit]), unit))
        units = "; ".join(f"{shown(unit)}: {table.place.listed(rows[unit])}" for unit in ranked)
        for unit in ranked[1:]:
            _note_unit(str(resource), unit, ranked[0], rows[unit], units, table, source)


def _note_unit(
    resource: str, unit: str, target: str, rows: list[int], units: str, table: TextTable, source: Source
) -> None:
    """Note the cells of a resource in one unit, where more of them are in another."""
    about = {"value": shown(resource), "units": units, "unit": shown(unit), "target": shown(target)}
    one, other = unit_of(unit), unit_of(target)
    if one and other and one.measure == other.measure != "-":
        # The factor is the larger by the smaller, a round number.
        about["factor"] = f"{max(one.size, other.size) / min(one.size, other.size):.12g}"
        template = (
            mark(
                'The resource "{value}" is given in several units (unit: rows): {units}. Nothing is converted '
                "silently: in rows {rows} multiply the quantity by {factor} and divide the unit cost by {factor}, and "
                'write "{target}" instead of "{unit}".'
            )
            if one.size > other.size
            else mark(
                'The resource "{value}" is given in several units (unit: rows): {units}. Nothing is converted '
                "silently: in rows {rows} divide the quantity by {factor} and multiply the unit cost by {factor}, and "
                'write "{target}" instead of "{unit}".'
            )
        )
    else:
        template = mark(
            'The resource "{value}" is given in several units (unit: rows): {units}. Write the quantity and the unit '
            'cost in rows {rows} for the unit "{target}" instead of "{unit}", or call the resource there by another '
            "name."
        )
    about["rows"] = table.place.listed(rows)
    source.findings.error("D10", template, table.place, row=int(rows[0]), column="unit", **about)
