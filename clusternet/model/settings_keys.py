"""The keys of ``study.toml``: what each may hold, and what to say of one that does not fit."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType

from clusternet.errors import InputError, Problem
from clusternet.messages import mark
from clusternet.model.catalogue import nearest
from clusternet.model.layers import STANDARD_LAYERS, Layer

#: What each key holds; a tuple is a list of numbers.
KINDS: Mapping[str, type] = MappingProxyType(
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
        "sectors": str,
        "survey_year": int,
        "bounds": tuple,
        "outline": str,
        "cluster_names": dict,
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
        tuple: "a list of numbers",
        dict: "a table",
    }
)


def fits(value: object, kind: type) -> bool:
    """Return whether a value that TOML gave is of a kind of :data:`KINDS`."""
    if isinstance(value, bool):
        return kind is bool
    if kind is float:
        return isinstance(value, int | float)
    if kind is list:
        return isinstance(value, list) and all(isinstance(entry, str) for entry in value)
    if kind is tuple:
        return isinstance(value, list) and all(fits(entry, float) for entry in value)
    return isinstance(value, kind)


def wrong_kind(key: str, value: object, kind: type, file: str) -> Problem:
    """Return the problem of a key that does not hold what it should (E09)."""
    template = mark('The key "{key}" is {value}; expected {kind}.')
    values = {"key": key, "value": repr(value), "kind": _WORDS[kind]}
    return Problem("E09", "error", template, values, file=file, column=key)


def unknown_key(key: str, known: Mapping[str, type], file: str, path: str = "") -> Problem:
    """Return the problem of a key that nobody knows, naming the nearest (E09)."""
    near = nearest(key, known)
    values = {"key": path + key, "near": path + near, "known": ", ".join(known)}
    template = (
        mark('The key "{key}" is not known; did you mean "{near}"?')
        if near
        else mark('The key "{key}" is not known; known keys: {known}.')
    )
    return Problem("E09", "error", template, values, file=file, column=path + key)


def declared_layer(name: str, table: object, file: str, problems: list[Problem]) -> Layer | None:
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
            problems.append(unknown_key(key, _LAYER_KINDS, file, path))
        elif not fits(value, _LAYER_KINDS[key]):
            problems.append(wrong_kind(path + key, value, _LAYER_KINDS[key], file))
    if len(problems) > before:
        return None
    start = STANDARD_LAYERS[name] if name in STANDARD_LAYERS else Layer(name, name)
    try:
        return dataclasses.replace(start, **table)
    except InputError as error:
        problems.append(Problem("E09", "error", error.template, error.values, file=file, column=path[:-1]))
        return None
