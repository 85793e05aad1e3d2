"""Needs, offers and recipes: known enterprises, known words, one unit for each resource."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clusternet.ingest.columns import typed_columns
from clusternet.ingest.names import normalised_name
from clusternet.ingest.source import Source, TextTable
from clusternet.ingest.units import note_mixed_units, one_spelling, with_known_units, with_one_spelling
from clusternet.messages import mark
from clusternet.model.schema import SCHEMA

_RESPELT = mark(
    "{count} names of resources differ from others only in case, spaces or variant letters, and were read as one: "
    "{changes} (rows {rows})."
)


def checked_resources(table: TextTable, register: pd.DataFrame | None, source: Source) -> pd.DataFrame:
    """Return the needs and offers with typed columns.

    Parameters
    ----------
    table : TextTable
        The text, with at least ``enterprise_id``, ``resource`` and ``role``.
    register : DataFrame or None
        The register; None where it could not be read.
    source : Source
        The survey being read; takes C18, D10, D11 and the codes of numbers.

    Returns
    -------
    DataFrame
        Every row of the table.
    """
    typed = typed_columns(table, "resources", source, {}, choice_code="D10")
    _check_filled(typed, table, "resources", source)
    if register is not None:
        identifiers = typed["enterprise_id"]
        unknown = (identifiers.notna() & ~identifiers.isin(register["enterprise_id"])).to_numpy(dtype=bool)
        template = mark('"{value}" is not in the register; add it to enterprises, or drop the row.')
        rows, values = typed.index[unknown].tolist(), identifiers[unknown].tolist()
        source.findings.each("C18", template, table.place, rows, column="enterprise_id", values=values)
    typed = with_one_spelling(typed, "resource", table, source, template=_RESPELT)
    typed = with_known_units(typed, table, source)
    note_mixed_units(typed, table, source)
    return typed


def checked_recipes(table: TextTable, source: Source, resources: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the recipes with typed columns, products and inputs spelt as in the ledger; D11 without a product.

    Parameters
    ----------
    table : TextTable
        The text, with at least ``product``.
    source : Source
        The survey being read.
    resources : DataFrame, optional
        The needs and offers as they were checked; their spellings of resources win.

    Returns
    -------
    DataFrame
        Every row of the table.
    """
    typed = typed_columns(table, "recipes", source, {})
    _check_filled(typed, table, "recipes", source)
    like = {} if resources is None else _spellings(resources["resource"])
    # What is an input of one product may be another product, so that both columns are one family of names.
    ends = [column for column in ("product", "input") if column in typed.columns]
    like = {**_spellings(pd.concat([typed[column] for column in ends])), **like}
    for column in ends:
        typed = with_one_spelling(typed, column, table, source, template=_RESPELT, like=like)
    return typed


def _spellings(names: pd.Series) -> dict[str, str]:
    """Return the one spelling of every name, by its normalised form."""
    counts = names.dropna().value_counts()
    chosen = one_spelling([str(name) for name in counts.index], counts.tolist())
    return {normalised_name(name): spelling for name, spelling in chosen.items()}


def _check_filled(typed: pd.DataFrame, table: TextTable, name: str, source: Source) -> None:
    """Note every required cell that is empty; a word that was not understood is already noted."""
    for column in SCHEMA[name].required_names:
        blank = typed[column].isna() & (table.rows[column].isna() | (SCHEMA[name][column].kind != "choice"))
        template = mark('The row has no "{name}"; fill it in, or drop the row.')
        rows = typed.index[np.asarray(blank, dtype=bool)].tolist()
        source.findings.each("D11", template, table.place, rows, column=column, name=column)
