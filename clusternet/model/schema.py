"""The tables of a survey as data: which columns there are and what each may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from clusternet.errors import InputError
from clusternet.messages import mark

#: What a need or an offer can be of.
FACTORS = ("material", "product", "energy", "labour", "capital", "technology", "knowledge", "byproduct")


@dataclass(frozen=True)
class Column:
    """One column: its name, the kind of value, whether it is required, and what it may hold.

    ``kind`` is ``"text"``, ``"number"`` or ``"choice"``; ``least`` and ``most`` bound a number; ``choices`` are
    the words of a choice; ``default`` stands where a cell is empty; a ``confidential`` value is hidden in messages;
    a column that is ``added`` is understood and checked where a survey has it, and no table needs it.
    """

    name: str
    kind: str = "text"
    required: bool = False
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()
    default: str | float | None = None
    confidential: bool = False
    added: bool = False


@dataclass(frozen=True)
class TableSchema:
    """One table: its name, its columns, and whether a survey must have it."""

    name: str
    columns: tuple[Column, ...]
    required: bool = False

    def __getitem__(self, column: str) -> Column:
        return next(entry for entry in self.columns if entry.name == column)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in the contract's order."""
        return tuple(column.name for column in self.columns)

    @property
    def required_names(self) -> tuple[str, ...]:
        """The names of the columns that must be there."""
        return tuple(column.name for column in self.columns if column.required)


_YES_NO = ("yes", "no")

SCHEMA: Mapping[str, TableSchema] = MappingProxyType(
    {
        table.name: table
        for table in (
            TableSchema(
                "enterprises",
                (
                    Column("enterprise_id", required=True),
                    Column("name", required=True, confidential=True),
                    Column("name_alt", confidential=True),
                    Column("sector"),
                    Column("stage"),
                    Column("place"),
                    Column("latitude", "number", least=-90, most=90, confidential=True),
                    Column("longitude", "number", least=-180, most=180, confidential=True),
                    Column("workers", "number", least=0),
                    Column("women_workers", "number", least=0),
                    Column("youth_workers", "number", least=0),
                    Column("monthly_income", "number", confidential=True),
                    Column("turnover", "number", confidential=True),
                    Column("energy_use", "number", least=0),
                    Column("formal", "choice", choices=_YES_NO),
                    Column("respondent", "choice", choices=_YES_NO, default="yes"),
                    Column("consent_publish", "choice", choices=("none", "aggregate", "named"), default="none"),
                    Column("founded", added=True),
                ),
                required=True,
            ),
            TableSchema(
                "linkages",
                (
                    Column("source", required=True),
                    Column("target", required=True),
                    Column("layer", required=True),
                    Column("weight", "number", least=0, default=1.0),
                    Column("reporter"),
                    Column("frequency"),
                    Column("amount", "number"),
                    Column("unit"),
                    Column("since", added=True),
                ),
                required=True,
            ),
            TableSchema(
                "resources",
                (
                    Column("enterprise_id", required=True),
                    Column("resource", required=True),
                    Column("role", "choice", required=True, choices=("need", "offer")),
                    Column("factor", "choice", choices=FACTORS),
                    Column("quantity", "number", least=0),
                    Column("unit"),
                    Column("unit_cost", "number", least=0, confidential=True),
                ),
            ),
            TableSchema(
                "recipes",
                (
                    Column("product", required=True),
                    Column("stage"),
                    Column("input"),
                    Column("quantity", "number", least=0),
                ),
            ),
        )
    }
)


def complete_table(table: pd.DataFrame | None, name: str) -> pd.DataFrame:
    """Return a table with every column of its schema, in the schema's order and kind, further columns behind.

    Columns that are added stay where they are given, and are not made where they are not.

    Parameters
    ----------
    table : DataFrame or None
        The table as far as it is given.
    name : str
        Which table of the schema it is.

    Returns
    -------
    DataFrame
        All columns; missing values where nothing was given and the schema has no default.

    Raises
    ------
    InputError
        If a required column is not there.
    """
    schema = SCHEMA[name]
    table = pd.DataFrame(columns=list(schema.required_names)) if table is None else table
    missing = [column for column in schema.required_names if column not in table.columns]
    if missing:
        raise InputError(
            mark('The table "{table}" has no column {missing}; expected at least: {required}.'),
            table=name,
            missing=", ".join(missing),
            required=", ".join(schema.required_names),
        )
    columns = {
        column.name: _typed(table.get(column.name), column, table.index)
        for column in schema.columns
        if not column.added or column.name in table.columns
    }
    further = {column: table[column] for column in table.columns if column not in columns}
    return pd.DataFrame({**columns, **further}, index=table.index)


def _typed(values: pd.Series | None, column: Column, index: pd.Index) -> pd.Series:
    if values is None and column.default is not None:
        return pd.Series(column.default, index=index, dtype="float64" if column.kind == "number" else "str")
    if column.kind == "number":
        typed = pd.Series(np.nan, index=index) if values is None else pd.to_numeric(values).astype("float64")
    else:
        typed = pd.Series(pd.NA, index=index, dtype="str") if values is None else _text(values)
    return typed if column.default is None else typed.fillna(column.default)


def _text(values: pd.Series) -> pd.Series:
    if values.dtype == pd.StringDtype(na_value=np.nan):
        return values
    if values.dtype == bool:
        values = values.map({True: "yes", False: "no"})
    return values.astype("str").where(values.notna())
