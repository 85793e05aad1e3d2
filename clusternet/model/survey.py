"""A survey: the tables of the contract, cleaned, with every original value kept beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import pandas as pd

from clusternet.errors import InputError, Problem, shown
from clusternet.messages import mark
from clusternet.model.provenance import Noun, Provenance
from clusternet.model.receipt import Receipt
from clusternet.model.schema import SCHEMA, complete_table
from clusternet.model.settings import Settings


@dataclass(frozen=True, eq=False)
class Survey(Noun):
    """The answers of one survey.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``enterprises``, ``linkages``, ``resources`` and ``recipes`` with the contract's columns (all of them, missing
        values where nothing was given; ``respondent`` and ``formal`` as ``"yes"`` / ``"no"``). The index holds the row
        as a spreadsheet shows it. ``enterprises`` may have further columns of the office's own.
    settings : Settings
        What the study declares about itself.
    original : mapping of str to DataFrame
        The same tables as they were read, all text, rows under the same index.
    problems : tuple of Problem
        The warnings found while reading.
    provenance : Provenance
        Where it comes from.
    receipt : Receipt
        What was read, as what, and what became of every row.
    outline : tuple of rings
        The outline of the region, where the settings name one: rings of (longitude, latitude) in degrees.

    Raises
    ------
    InputError
        With every problem at once: an enterprise twice, an unknown layer, a weight that is not a finite number of at
        least 0, two units for one resource.
    """

    tables: Mapping[str, pd.DataFrame]
    settings: Settings = field(default_factory=Settings)
    original: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)
    receipt: Receipt = field(default_factory=Receipt)
    outline: tuple[tuple[tuple[float, float], ...], ...] = ()

    def __post_init__(self) -> None:
        tables = {name: complete_table(self.tables.get(name), name) for name in SCHEMA}
        object.__setattr__(self, "tables", MappingProxyType(tables))
        original = {name: table.copy(deep=False) for name, table in dict(self.original).items()}
        object.__setattr__(self, "original", MappingProxyType(original))
        object.__setattr__(self, "problems", tuple(self.problems))
        found = [
            *_repeated(tables["enterprises"]),
            *_unknown_layers(tables["linkages"], self.settings),
            *_bad_weights(tables["linkages"]),
            *_mixed_units(tables["resources"]),
        ]
        if found:
            raise InputError(mark("The survey cannot be used as it stands."), problems=found)

    @classmethod
    def from_tables(
        cls,
        enterprises: pd.DataFrame,
        linkages: pd.DataFrame,
        resources: pd.DataFrame | None = None,
        recipes: pd.DataFrame | None = None,
        *,
        settings: Settings | None = None,
    ) -> Survey:
        """Make a survey from tables with the contract's columns that are already typed.

        Parameters
        ----------
        enterprises, linkages, resources, recipes : DataFrame
            The tables; columns that are missing are added empty.
        settings : Settings, optional
            What the study declares about itself.

        Returns
        -------
        Survey
            The survey.

        Raises
        ------
        InputError
            As for the class.
        """
        given = {"enterprises": enterprises, "linkages": linkages, "resources": resources, "recipes": recipes}
        tables = {
            name: table.set_axis(pd.RangeIndex(2, len(table) + 2)) for name, table in given.items() if table is not None
        }
        return cls(tables, settings or Settings())

    @property
    def enterprises(self) -> pd.DataFrame:
        """The enterprises of the register, one row each."""
        return self.tables["enterprises"].copy(deep=False)

    @property
    def linkages(self) -> pd.DataFrame:
        """The nominations, one row per reported tie."""
        return self.tables["linkages"].copy(deep=False)

    @property
    def resources(self) -> pd.DataFrame:
        """The needs and offers."""
        return self.tables["resources"].copy(deep=False)

    @property
    def recipes(self) -> pd.DataFrame:
        """How products are made."""
        return self.tables["recipes"].copy(deep=False)

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(table)} {name}" for name, table in self.tables.items())
        return f"<Survey: {counts}>"


def _repeated(enterprises: pd.DataFrame) -> list[Problem]:
    identifiers = enterprises["enterprise_id"]
    rows = identifiers.index[identifiers.duplicated(keep=False)]
    template = mark('The enterprise "{value}" stands more than once in the register; keep one row of it.')
    return [
        Problem(
            "C02",
            "error",
            template,
            {"value": shown(identifiers[row])},
            "enterprises",
            row=int(row),
            column="enterprise_id",
            value=shown(identifiers[row]),
        )
        for row in rows
    ]


def _unknown_layers(linkages: pd.DataFrame, settings: Settings) -> list[Problem]:
    unknown = linkages["layer"][~linkages["layer"].isin(settings.known_layers)]
    template = mark('The layer "{value}" is not known; use one of {known}, or declare it in study.toml.')
    known = ", ".join(settings.known_layers)
    return [
        Problem(
            "D10",
            "error",
            template,
            {"value": shown(layer), "known": known},
            "linkages",
            row=int(row),
            column="layer",
            value=shown(layer),
        )
        for row, layer in zip(unknown.index, unknown, strict=True)
    ]


def _bad_weights(linkages: pd.DataFrame) -> list[Problem]:
    weight = linkages["weight"]
    bad = weight[~(np.isfinite(weight) & (weight >= 0))]
    template = mark("The weight is {value}; expected a finite number of at least 0.")
    return [
        Problem(
            "D03" if value < 0 else "D02",
            "error",
            template,
            {"value": value},
            "linkages",
            row=int(row),
            column="weight",
            value=str(value),
        )
        for row, value in zip(bad.index, bad, strict=True)
    ]


def _mixed_units(resources: pd.DataFrame) -> list[Problem]:
    given = resources[resources["unit"].notna()]
    units = given.groupby("resource")["unit"].unique()
    template = mark('The resource "{resource}" is given in several units ({units}); convert them to one.')
    return [
        Problem(
            "D10",
            "error",
            template,
            {"resource": shown(resource), "units": ", ".join(sorted(found))},
            "resources",
            column="unit",
            value=shown(resource),
        )
        for resource, found in units.items()
        if len(found) > 1
    ]
