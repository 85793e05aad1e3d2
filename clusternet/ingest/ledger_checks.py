"""Needs, offers and recipes: known enterprises, known words, one unit for each resource."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clusternet.errors import shown
from clusternet.ingest.columns import typed_columns
from clusternet.ingest.source import Source, TextTable
from clusternet.messages import mark
from clusternet.model.schema import SCHEMA


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
    if "unit" in typed.columns:
        given = typed[["resource", "unit"]][typed["unit"].notna() & typed["resource"].notna()].drop_duplicates()
        for resource, found in given.groupby("resource"):
            if len(found) > 1:
                template = mark('The resource "{value}" is given in several units ({units}); convert them to one.')
                units = ", ".join(sorted(shown(unit) for unit in found["unit"]))
                row = int(found.index[1])
                source.findings.error(
                    "D10", template, table.place, row=row, column="unit", value=shown(resource), units=units
                )
    return typed


def checked_recipes(table: TextTable, source: Source) -> pd.DataFrame:
    """Return the recipes with typed columns; D11 for a row without a product.

    Parameters
    ----------
    table : TextTable
        The text, with at least ``product``.
    source : Source
        The survey being read.

    Returns
    -------
    DataFrame
        Every row of the table.
    """
    typed = typed_columns(table, "recipes", source, {})
    _check_filled(typed, table, "recipes", source)
    return typed


def _check_filled(typed: pd.DataFrame, table: TextTable, name: str, source: Source) -> None:
    """Note every required cell that is empty; a word that was not understood is already noted."""
    for column in SCHEMA[name].required_names:
        blank = typed[column].isna() & (table.rows[column].isna() | (SCHEMA[name][column].kind != "choice"))
        template = mark('The row has no "{name}"; fill it in, or drop the row.')
        rows = typed.index[np.asarray(blank, dtype=bool)].tolist()
        source.findings.each("D11", template, table.place, rows, column=column, name=column)
