"""The settings of one study, as ``study.toml`` holds them."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from clusternet.errors import InputError, Problem
from clusternet.messages import LANGUAGES, mark
from clusternet.model.layers import STANDARD_LAYERS, Layer
from clusternet.model.settings_keys import KINDS, declared_layer, fits, unknown_key, wrong_kind

TIES = ("union", "intersection")
DESIGNS = ("", "roster", "generator")
#: The classifications of industries whose codes a register may hold; all are read as ISIC Rev.4.
CLASSIFICATIONS = ("ISIC4", "ISIC5", "ISIC31", "ISIC3", "NACE2", "NACE21", "NAICS2022", "NAICS2017", "NAICS2012")
#: Years of surveys and of foundings that a study can speak of.
EARLIEST_YEAR = 1000
LATEST_YEAR = 2999
#: Seeds are kept where every library here takes them.
LARGEST_SEED = 2**32 - 1

_EMPTY: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Settings:
    """What the study declares about itself; every setting has a default.

    Parameters
    ----------
    title : str
        The study's title.
    language : {"en", "ar"}
        The first language of the report.
    boundary : str
        Who was asked, in the office's own words.
    design : {"", "roster", "generator"}
        How partners were asked for.
    max_nominations : int or None
        The largest number of partners that the form allowed.
    poverty_line : float or None
        Monthly income below which a member counts as poor, in the survey's currency.
    final_products : tuple of str
        The finished products; empty means every product that is an input of nothing.
    haulage : float
        Cost of one unit carried for one kilometre, at least 0.
    ties : {"union", "intersection"}
        Whether one report makes a tie or, where both ends answered, both are needed.
    seed : int
        The seed of everything random, 0 to 4,294,967,295.
    sectors : str
        The classification that the codes of the column ``sector`` belong to, one of :data:`CLASSIFICATIONS`.
    survey_year : int or None
        The year of the survey, 1000 to 2999; later foundings and linkages are reported.
    bounds : tuple of four floats, or None
        South, west, north and east end of the country or region, in degrees; enterprises outside are reported. A west
        end larger than the east end means that the region crosses the 180th meridian.
    outline : str
        A GeoJSON file beside ``study.toml`` whose polygons the map draws below the places; empty for none.
    cluster_names : mapping of str to str
        Names for clusters: that of an enterprise_id is the name of the cluster in which it stands.
    layers : mapping of str to Layer
        The layers that this study declares, beside or instead of the standard ones of the same name.
    detection, chance, mapping : mapping
        Options of detection, of the tests against chance, and of reading an export.
    """

    title: str = ""
    language: str = "en"
    boundary: str = ""
    design: str = ""
    max_nominations: int | None = None
    poverty_line: float | None = None
    final_products: tuple[str, ...] = ()
    haulage: float = 0.0
    ties: str = "union"
    seed: int = 0
    sectors: str = "ISIC4"
    survey_year: int | None = None
    bounds: tuple[float, float, float, float] | None = None
    outline: str = ""
    cluster_names: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    layers: Mapping[str, Layer] = field(default_factory=lambda: _EMPTY)
    detection: Mapping[str, Any] = field(default_factory=lambda: _EMPTY)
    chance: Mapping[str, Any] = field(default_factory=lambda: _EMPTY)
    mapping: Mapping[str, Any] = field(default_factory=lambda: _EMPTY)

    def __post_init__(self) -> None:
        for name in ("cluster_names", "layers", "detection", "chance", "mapping"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))
        _one_of("language", self.language, tuple(LANGUAGES))
        _one_of("design", self.design, DESIGNS)
        _one_of("ties", self.ties, TIES)
        _one_of("sectors", self.sectors, CLASSIFICATIONS)
        check_seed(self.seed)
        _check_bounds(self.bounds)
        if self.survey_year is not None and not EARLIEST_YEAR <= self.survey_year <= LATEST_YEAR:
            raise InputError(
                mark('The setting "survey_year" is {value}; expected a year with four digits, such as 2024.'),
                value=self.survey_year,
            )
        for name, least in (("haulage", 0.0), ("poverty_line", 0.0), ("max_nominations", 1)):
            value = getattr(self, name)
            if value is not None and not (math.isfinite(value) and value >= least):
                raise InputError(
                    mark('The setting "{name}" is {value}; expected a finite number of at least {least}.'),
                    name=name,
                    value=value,
                    least=least,
                )

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any], *, file: str = "study.toml") -> Settings:
        """Make settings from the parsed content of a ``study.toml``.

        Parameters
        ----------
        data : mapping
            Keys and tables as TOML gives them.
        file : str
            The name used in messages.

        Returns
        -------
        Settings
            The settings, defaults filled in.

        Raises
        ------
        InputError
            With one problem for every unknown key (naming the nearest known one) and every wrong type.
        """
        problems: list[Problem] = []
        kept: dict[str, Any] = {}
        for key, value in data.items():
            kind = KINDS.get(key)
            if kind is None:
                problems.append(unknown_key(key, KINDS, file))
            elif not fits(value, kind):
                problems.append(wrong_kind(key, value, kind, file))
            else:
                kept[key] = tuple(value) if kind in (list, tuple) else value
        layers: dict[str, Layer] = {}
        for name, table in kept.pop("layers", {}).items():
            layer = declared_layer(name, table, file, problems)
            if layer:
                layers[name] = layer
        if not problems:
            try:
                return cls(layers=layers, **kept)
            except InputError as error:
                problems.append(Problem("E09", "error", error.template, error.values, file=file))
        raise InputError(mark("The settings cannot be used as they stand."), problems=problems)

    def replaced(self, **changes: Any) -> Settings:
        """Return these settings with some of them changed; ``None`` changes nothing."""
        return dataclasses.replace(self, **{name: value for name, value in changes.items() if value is not None})

    def layer(self, name: str) -> Layer | None:
        """Return a layer by name, the study's own before the standard one, or None."""
        return self.layers.get(name) or STANDARD_LAYERS.get(name)

    @property
    def known_layers(self) -> tuple[str, ...]:
        """Every layer name that a linkage may carry."""
        return tuple(dict.fromkeys([*STANDARD_LAYERS, *self.layers]))

    def as_dict(self) -> dict[str, Any]:
        """Return every setting, defaults included, as plain data."""
        values = {entry.name: getattr(self, entry.name) for entry in dataclasses.fields(self)}
        layers = {
            name: {"directed": layer.directed, "family": layer.family, "weight": layer.weight, "asked": layer.asked}
            for name, layer in self.layers.items()
        }
        return {
            **values,
            "final_products": list(self.final_products),
            "bounds": None if self.bounds is None else list(self.bounds),
            "cluster_names": dict(self.cluster_names),
            "layers": layers,
            "detection": dict(self.detection),
            "chance": dict(self.chance),
            "mapping": dict(self.mapping),
        }


def check_seed(seed: object) -> int:
    """Return a seed, or say what a seed must be.

    Raises
    ------
    InputError
        If it is not a whole number from 0 to 4,294,967,295.
    """
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= LARGEST_SEED:
        raise InputError(
            mark("The seed is {value}; expected a whole number from 0 to {largest}."),
            value=repr(seed),
            largest=LARGEST_SEED,
        )
    return seed


def _one_of(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise InputError(
            mark('The setting "{name}" is "{value}"; expected one of: {known}.'),
            name=name,
            value=value,
            known=", ".join(word or '""' for word in known),
        )


def _check_bounds(bounds: tuple[float, ...] | None) -> None:
    """Raise an InputError unless there are none, or four that span a part of the globe."""
    if bounds is None:
        return
    if len(bounds) == 4:
        south, west, north, east = bounds
        if -90 <= south < north <= 90 and abs(west) <= 180 and abs(east) <= 180 and west != east:
            return
    raise InputError(
        mark(
            'The setting "bounds" is {value}; expected four numbers in degrees, [south, west, north, east], with the '
            "south below the north: for example [29.2, 34.9, 33.4, 39.3]."
        ),
        value=list(bounds),
    )
