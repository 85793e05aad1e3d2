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
from clusternet.model.catalogue import nearest
from clusternet.model.layers import STANDARD_LAYERS, Layer

TIES = ("union", "intersection")
DESIGNS = ("", "roster", "generator")
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
    layers: Mapping[str, Layer] = field(default_factory=lambda: _EMPTY)
    detection: Mapping[str, Any] = field(default_factory=lambda: _EMPTY)
    chance: Mapping[str, Any] = field(default_factory=lambda: _EMPTY)
    mapping: Mapping[str, Any] = field(default_factory=lambda: _EMPTY)

    def __post_init__(self) -> None:
        for name in ("layers", "detection", "chance", "mapping"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))
        _one_of("language", self.language, tuple(LANGUAGES))
        _one_of("design", self.design, DESIGNS)
        _one_of("ties", self.ties, TIES)
        check_seed(self.seed)
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
            kind = _KINDS.get(key)
            if kind is None:
                problems.append(_unknown_key(key, _KINDS, file))
            elif not _fits(value, kind):
                template = mark('The key "{key}" is {value}; expected {kind}.')
                problems.append(
                    Problem(
                        "E09",
                        "error",
                        template,
                        {"key": key, "value": repr(value), "kind": _WORDS[kind]},
                        file=file,
                        column=key,
                    )
                )
            else:
                kept[key] = tuple(value) if kind is list else value
        layers: dict[str, Layer] = {}
        for name, table in kept.pop("layers", {}).items():
            layer = _layer(name, table, file, problems)
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


_KINDS: Mapping[str, type] = MappingProxyType(
    {
        "title": str,
        "language": str,
        "boundary": str,
        "design": str,
        "max_nominations": int,
        "poverty_line": float,
        "final_products": list,
        "haulage": float,
        "ties": str,
        "seed": int,
        "layers": dict,
        "detection": dict,
        "chance": dict,
        "mapping": dict,
    }
)
_LAYER_KINDS: Mapping[str, type] = MappingProxyType(
    {"label": str, "family": str, "directed": bool, "weight": float, "asked": str}
)
_WORDS: Mapping[type, str] = MappingProxyType(
    {
        str: "a text in quotes",
        int: "a whole number",
        float: "a number",
        bool: "true or false",
        list: "a list of texts",
        dict: "a table",
    }
)


def _fits(value: object, kind: type) -> bool:
    if isinstance(value, bool):
        return kind is bool
    if kind is float:
        return isinstance(value, int | float)
    if kind is list:
        return isinstance(value, list) and all(isinstance(entry, str) for entry in value)
    return isinstance(value, kind)


def _one_of(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise InputError(
            mark('The setting "{name}" is "{value}"; expected one of: {known}.'),
            name=name,
            value=value,
            known=", ".join(word or '""' for word in known),
        )


def _unknown_key(key: str, known: Mapping[str, type], file: str, path: str = "") -> Problem:
    near = nearest(key, known)
    values = {"key": path + key, "near": path + near, "known": ", ".join(known)}
    template = (
        mark('The key "{key}" is not known; did you mean "{near}"?')
        if near
        else mark('The key "{key}" is not known; known keys: {known}.')
    )
    return Problem("E09", "error", template, values, file=file, column=path + key)


def _layer(name: str, table: object, file: str, problems: list[Problem]) -> Layer | None:
    """Make one declared layer from its table, starting from the standard layer of that name."""
    path = f"layers.{name}."
    if not isinstance(table, dict):
        problems.append(
            Problem(
                "E09",
                "error",
                mark('The key "{key}" must be a table.'),
                {"key": path[:-1]},
                file=file,
                column=path[:-1],
            )
        )
        return None
    before = len(problems)
    for key, value in table.items():
        if key not in _LAYER_KINDS:
            problems.append(_unknown_key(key, _LAYER_KINDS, file, path))
        elif not _fits(value, _LAYER_KINDS[key]):
            values = {"key": path + key, "value": repr(value), "kind": _WORDS[_LAYER_KINDS[key]]}
            problems.append(
                Problem(
                    "E09",
                    "error",
                    mark('The key "{key}" is {value}; expected {kind}.'),
                    values,
                    file=file,
                    column=path + key,
                )
            )
    if len(problems) > before:
        return None
    start = STANDARD_LAYERS[name] if name in STANDARD_LAYERS else Layer(name, name)
    try:
        return dataclasses.replace(start, **table)
    except InputError as error:
        problems.append(Problem("E09", "error", error.template, error.values, file=file, column=path[:-1]))
        return None
