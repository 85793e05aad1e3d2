"""The nominations: both ends, a known layer, a weight that is a number, a reporter of the register."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.errors import MOST_PROBLEMS, shown
from clusternet.ingest.columns import Codes, typed_columns
from clusternet.ingest.findings import Place
from clusternet.ingest.mapping import mapping_kind
from clusternet.ingest.matching.aliases import Aliases
from clusternet.ingest.matching.partners import with_named_partners
from clusternet.ingest.names import distinct_texts
from clusternet.ingest.source import Source, TextTable
from clusternet.ingest.units import with_known_units
from clusternet.messages import mark
from clusternet.model.catalogue import nearest
from clusternet.model.settings import Settings

_WEIGHT = Codes(word="D01", infinite="D02", no_number="D02", negative="D03", beyond="D02")
_AMOUNT = Codes(word="D01", infinite="D02", no_number="D02", negative="D03", beyond="D02")


def checked_linkages(
    table: TextTable,
    register: pd.DataFrame | None,
    register_place: Place,
    source: Source,
    settings: Settings,
    aliases: Aliases | None = None,
) -> pd.DataFrame:
    """Return the nominations with typed columns; partners named in words that are certainly one enterprise have its id.

    Parameters
    ----------
    table : TextTable
        The text, with at least ``source``, ``target`` and ``layer``.
    register : DataFrame or None
        The register; None where it could not be read, so that no end can be looked up.
    register_place : Place
        Where the register was read.
    source : Source
        The survey being read; takes C03, C04, C18, D01 to D03, D10, D11.
    settings : Settings
        The settings with all layers.
    aliases : Aliases, optional
        What was decided about names before.

    Returns
    -------
    DataFrame
        Every row of the table.
    """
    typed = typed_columns(table, "linkages", source, {"weight": _WEIGHT, "amount": _AMOUNT})
    rows = typed.index.to_numpy()
    for end in ("source", "target"):
        blank = typed[end].isna().to_numpy()
        template = mark("The row names no {end}; write the id or the name of the partner, or drop the row.")
        source.findings.each("D11", template, table.place, rows[blank].tolist(), column=end, end=end)
    typed = _with_known_layers(typed, table, source, settings)
    _check_layers(typed, table, source, settings)
    typed = _with_weights(typed, table, source)
    typed = with_known_units(typed, table, source)
    _check_units(typed, table, source)
    if register is None:
        return typed
    typed = with_named_partners(typed, register, register_place, table, source, aliases or Aliases())
    _check_ends(typed, register, table, source)
    return typed


def _with_known_layers(typed: pd.DataFrame, table: TextTable, source: Source, settings: Settings) -> pd.DataFrame:
    """Read layers whatever the case of their letters; an exact name comes first."""
    known = {name.casefold(): name for name in reversed(settings.known_layers)}
    codes, distinct = distinct_texts(typed["layer"])
    read = [text if text in settings.known_layers else known.get(str(text).casefold(), text) for text in distinct]
    if read == distinct.tolist():
        return typed
    changed = np.array([*(one != other for one, other in zip(read, distinct, strict=True)), False])[codes]
    template = mark("{count} cells were read as one of the layers {known}, written otherwise (rows {rows}).")
    about = {"column": "layer", "known": ", ".join(dict.fromkeys(map(str, read)))}
    source.findings.counted("A19", template, table.place, typed.index[changed].tolist(), **about)
    return typed.assign(layer=pd.array(np.array([*read, np.nan], dtype=object)[codes], dtype="str"))


def _check_layers(typed: pd.DataFrame, table: TextTable, source: Source, settings: Settings) -> None:
    """Note each unknown layer once, however many rows carry it."""
    layers, rows = typed["layer"], typed.index.to_numpy()
    blank = layers.isna().to_numpy()
    template = mark("The row names no layer; expected one of: {known}.")
    known = ", ".join(settings.known_layers)
    source.findings.each("D10", template, table.place, rows[blank].tolist(), column="layer", known=known)
    codes, distinct = distinct_texts(layers)
    unknown = np.flatnonzero(~np.isin(distinct, settings.known_layers)) if len(distinct) else np.zeros(0, dtype=int)
    source.findings.and_more("D10", len(unknown), table.place, column="layer")
    for position in unknown[:MOST_PROBLEMS]:
        layer = distinct[position]
        carrying = rows[codes == position]
        near = nearest(str(layer), settings.known_layers)
        template = _unknown_layer(near, mapped=mapping_kind(settings) == "export")
        about = {
            "near": near,
            "count": len(carrying),
            "rows": table.place.listed(carrying),
            "known": known,
        }
        source.findings.error(
            "D10", template, table.place, row=int(carrying[0]), column="layer", value=shown(layer), **about
        )


def _unknown_layer(near: str, *, mapped: bool) -> str:
    """Return the sentence about a layer that is not known; for an answer to somebody else's form another one."""
    if mapped:
        return mark(
            'The answer "{value}" of {count} rows (rows {rows}) has no meaning yet; below [mapping.linkages.words] in '
            'study.toml write "{value}" = and one of {known}, with " to" or " from" behind a directed layer.'
        )
    if near:
        return mark(
            'The layer "{value}" of {count} rows (rows {rows}) is not known; the nearest is "{near}". '
            "Use one of {known}, or declare it in study.toml as [layers.NAME]."
        )
    return mark(
        'The layer "{value}" of {count} rows (rows {rows}) is not known. '
        "Use one of {known}, or declare it in study.toml as [layers.NAME]."
    )


def _with_weights(typed: pd.DataFrame, table: TextTable, source: Source) -> pd.DataFrame:
    """Give every row a weight: 1 without a column, the declared one for an empty cell."""
    if "weight" not in typed.columns:
        return typed.assign(weight=1.0)
    empty = table.rows["weight"].isna().to_numpy()
    rows = typed.index.to_numpy()
    declared = source.options.missing_weight
    if len(typed) and empty.all():
        template = mark("The column weight is empty in all {count} rows; every linkage counts as 1.")
        source.findings.counted("D01", template, table.place, rows.tolist(), column="weight")
        return typed.assign(weight=1.0)
    if declared is None:
        template = mark(
            "The weight is missing; fill it in, or say what an empty cell means: "
            "missing_weight = 1 below [mapping] in study.toml."
        )
        source.findings.each("D01", template, table.place, rows[empty].tolist(), column="weight")
        return typed
    template = mark("{count} linkages without a weight count as {weight}, as declared (rows {rows}).")
    source.findings.counted("D01", template, table.place, rows[empty].tolist(), column="weight", weight=declared)
    return typed.assign(weight=typed["weight"].mask(empty, declared))


def _check_units(typed: pd.DataFrame, table: TextTable, source: Source) -> None:
    """Warn of layers whose amounts are in several units.

    Goods are naturally counted in different units, so this is no error; nothing here adds amounts up.
    """
    if not {"amount", "unit"} <= set(typed.columns) or not typed["unit"].notna().any():
        return
    units = typed[["layer", "unit"]][typed["unit"].notna() & typed["amount"].notna()]
    first = units.drop_duplicates()
    for layer, found in first.groupby("layer"):
        if len(found) > 1:
            names = ", ".join(sorted(shown(unit) for unit in found["unit"]))
            template = mark(
                'The amounts of the layer "{value}" are in several units ({units}); they are kept and never added up.'
            )
            row = int(found.index[1])
            source.findings.warning(
                "D10", template, table.place, row=row, column="unit", value=shown(layer), units=names
            )


def _check_ends(typed: pd.DataFrame, register: pd.DataFrame, table: TextTable, source: Source) -> None:
    """Note rows that nobody of the register is part of, and reporters that nobody knows."""
    ids = pd.Index(register["enterprise_id"])
    registered = {end: _known(typed[end], ids) for end in ("source", "target")}
    given = (typed["source"].notna() & typed["target"].notna()).to_numpy(dtype=bool)
    lost = given & ~registered["source"] & ~registered["target"]
    rows = typed.index.to_numpy()
    values = typed["source"].to_numpy(dtype=object)[lost].tolist()
    template = mark(
        'Neither "{value}" nor its target is in the register; add one of them to enterprises, or drop the row.'
    )
    source.findings.each("C18", template, table.place, rows[lost].tolist(), column="source", values=values)
    if "reporter" in typed.columns:
        reporter = typed["reporter"]
        unknown = (reporter.notna() & reporter.ne("")).to_numpy(dtype=bool) & ~_known(reporter, ids)
        values = reporter.to_numpy(dtype=object)[unknown].tolist()
        template = mark('The reporter "{value}" is not in the register; correct the id or add the enterprise.')
        source.findings.each("C18", template, table.place, rows[unknown].tolist(), column="reporter", values=values)


def _known(values: pd.Series, ids: pd.Index) -> NDArray[np.bool_]:
    codes, distinct = distinct_texts(values)
    return np.append(
        np.isin(np.arange(len(distinct)), np.flatnonzero(ids.get_indexer(pd.Index(distinct, dtype=object)) >= 0)), False
    )[codes]
