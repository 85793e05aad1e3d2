"""Where a result comes from: the steps that made it, added by one decorator."""

from __future__ import annotations

import copy
import functools
import inspect
import platform
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import PurePath
from types import MappingProxyType
from typing import Any, ParamSpec, Self, TypeVar, cast

import numpy as np
import pandas as pd

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

#: The packages whose version can change a result.
DECISIVE_PACKAGES = ("clusternet", "igraph", "networkx", "numba", "numpy", "pandas", "plotly", "scikit-learn", "scipy")

#: Arguments that change no result, but differ between machines.
UNRECORDED = ("cls", "progress", "workers")

#: Longer lists are data and not settings; they are described and not repeated.
LONGEST_LIST = 20


@dataclass(frozen=True)
class InputFile:
    """One file that was read: its name without folder, its SHA-256, its number of data rows."""

    name: str
    sha256: str
    rows: int


@dataclass(frozen=True)
class Step:
    """One verb that was called, with every argument, defaults included."""

    verb: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True)
class Provenance:
    """The steps that made a noun, oldest first, and the files that they started from."""

    steps: tuple[Step, ...] = ()
    inputs: tuple[InputFile, ...] = ()

    @classmethod
    def joined(cls, earlier: Iterable[Provenance]) -> Provenance:
        """Put several histories one after another, each step and each file once."""
        steps: list[Step] = []
        inputs: list[InputFile] = []
        for history in earlier:
            steps += [step for step in history.steps if step not in steps]
            inputs += [file for file in history.inputs if file not in inputs]
        return cls(tuple(steps), tuple(inputs))

    def followed_by(self, step: Step) -> Provenance:
        """Return this history with one more step."""
        return Provenance((*self.steps, step), self.inputs)

    @staticmethod
    def versions() -> dict[str, str]:
        """Return the version of Python and of every package that can change a result."""
        found = {"python": platform.python_version()}
        for package in DECISIVE_PACKAGES:
            try:
                found[package] = metadata.version(package)
            except metadata.PackageNotFoundError:
                found[package] = "not installed"
        return found


class Noun:
    """What every noun shares: it knows where it comes from."""

    provenance: Provenance

    def with_provenance(self, provenance: Provenance) -> Self:
        """Return the same noun with another history."""
        changed = copy.copy(self)
        object.__setattr__(changed, "provenance", provenance)
        return changed


def plain(value: object) -> Any:
    """Return a value as plain data that can be written as JSON; nouns and tables as a short description.

    Examples
    --------
    >>> plain({"seed": np.int64(3), "out": PurePath("/home/office/out")})
    {'seed': 3, 'out': 'out'}
    """
    match value:
        case None | bool() | int() | float() | str():
            return value
        case np.generic():
            return value.item()
        case PurePath():
            return value.name  # a folder's path would disclose whose machine it was
        case Mapping():
            return {str(key): plain(entry) for key, entry in value.items()}
        case list() | tuple() | set() | frozenset() if len(value) > LONGEST_LIST:
            return f"{len(value)} values"
        case list() | tuple() | set() | frozenset():
            return [plain(entry) for entry in (sorted(value) if isinstance(value, set | frozenset) else value)]
        case np.ndarray():
            return f"array of shape {value.shape}"
        case pd.DataFrame() | pd.Series():
            return f"table of {len(value)} rows"
        case Noun():
            return f"<{type(value).__name__}>"
    if hasattr(value, "as_dict"):
        return plain(value.as_dict())
    return str(getattr(value, "name", None) or getattr(value, "__name__", None) or type(value).__name__)


def recorded(verb: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Let a verb write itself, with all its arguments, into the provenance of the noun or nouns that it returns."""
    signature = inspect.signature(verb)

    @functools.wraps(verb)
    def call(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        result = verb(*args, **kwargs)
        given = [value.provenance for value in bound.arguments.values() if isinstance(value, Noun)]
        step = Step(
            verb.__name__,
            MappingProxyType(
                {
                    name: plain(value)
                    for name, value in bound.arguments.items()
                    if name not in UNRECORDED and not isinstance(value, Noun)
                }
            ),
        )
        told: Any = (
            tuple(_told(noun, given, step) for noun in result)
            if isinstance(result, tuple)
            else _told(result, given, step)
        )
        return cast("Result", told)

    return call


def _told(noun: Any, earlier: list[Provenance], step: Step) -> Any:
    return noun.with_provenance(Provenance.joined([*earlier, noun.provenance]).followed_by(step))
