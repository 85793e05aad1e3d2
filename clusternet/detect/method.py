"""A detection method: a function of linked pairs with the card that explains it."""

from __future__ import annotations

import inspect
import math
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import igraph
import numpy as np
from numpy.typing import NDArray

from clusternet.errors import InputError
from clusternet.messages import mark
from clusternet.model.catalogue import nearest
from clusternet.model.pairs import Pairs

Function = Callable[..., Any]


@dataclass(frozen=True)
class Option:
    """A number that a method takes: its default and the range that makes sense."""

    default: float
    least: float
    most: float

    def checked(self, name: str, value: object) -> float:
        """Return a value of the option, or raise an InputError that says what was expected."""
        number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if not (number and self.least <= value <= self.most):  # type: ignore[operator]
            raise InputError(
                mark('The option "{name}" is {value}; expected a number from {least} to {most}.'),
                name=name,
                value=repr(value),
                least=f"{self.least:g}",
                most=f"{self.most:g}",
            )
        return type(self.default)(value)  # type: ignore[arg-type]


@dataclass(frozen=True, eq=False)
class Found:
    """What a method found in one connected component, where it has more to say than labels.

    Parameters
    ----------
    labels : array of int, shape (n,)
        The group of each node; negative for none.
    certainty : array of float, shape (n,), optional
        How sure the membership is, 0 to 1.
    shares : array of float, shape (n, B), optional
        How far each node belongs to each of the groups 0 to B - 1, together at most 1.
    stability : array of float, shape (B,), optional
        How well each group keeps together in repeated looks, 0 to 1.
    """

    labels: NDArray[np.int64]
    certainty: NDArray[np.float64] | None = None
    shares: NDArray[np.float64] | None = None
    stability: NDArray[np.float64] | None = None


@dataclass(frozen=True)
class MethodCard:
    """Everything that is said about a method, in one place.

    Parameters
    ----------
    name, label : str
        The key, and what a reader sees.
    assumes : str
        What a cluster is, for this method.
    deterministic : bool
        Whether the seed changes nothing.
    directed, weighted, layered : bool
        Whether it looks at the direction of linkages, at their weights, at the layer of each.
    reference : str
        Author, year, title or DOI.
    sentence : str
        What it does, in one sentence (the first of the function's docstring).
    options : mapping of str to Option
        The numbers that it takes.
    """

    name: str
    label: str
    assumes: str
    deterministic: bool
    directed: bool
    weighted: bool
    layered: bool
    reference: str
    sentence: str
    options: Mapping[str, Option]


@dataclass(frozen=True)
class Method:
    """A method that can be called: ``method(pairs, seed=..., **options)`` returns one label per node.

    ``pairs`` is one connected component with weights of mean 1; labels are whole numbers, negative for nodes that are
    left out, or a :class:`Found` where the method has more to say.
    """

    function: Function
    card: MethodCard

    @property
    def name(self) -> str:
        """The method's key."""
        return self.card.name

    def __call__(self, pairs: Pairs, *, seed: int, **options: float) -> Found:
        """Return a label for each node of one connected component."""
        found = self.function(pairs, seed=seed, **options)
        return found if isinstance(found, Found) else Found(np.asarray(found, dtype=np.int64))

    def checked_options(self, given: Mapping[str, object]) -> dict[str, float]:
        """Return every option with its value, defaults filled in.

        Raises
        ------
        InputError
            If an option is unknown to the method or its value lies outside the range.
        """
        for name in given:
            if name not in self.card.options:
                near = nearest(name, self.card.options)
                raise InputError(
                    mark('The method "{method}" has no option "{name}".{hint} It takes: {known}.'),
                    method=self.name,
                    name=name,
                    hint=f' Did you mean "{near}"?' if near else "",
                    known=", ".join(self.card.options) or "-",
                )
        return {
            name: option.checked(name, given.get(name, option.default)) for name, option in self.card.options.items()
        }


def method(
    *,
    label: str,
    assumes: str,
    deterministic: bool,
    reference: str,
    directed: bool = False,
    weighted: bool = True,
    layered: bool = False,
    options: Mapping[str, Option] = MappingProxyType({}),
) -> Callable[[Function], Method]:
    """Turn a function into a method; the docstring's first line is its sentence.

    Parameters
    ----------
    label, assumes, deterministic, reference, directed, weighted, layered, options
        As in :class:`MethodCard`.

    Returns
    -------
    callable
        The decorator.
    """

    def decorate(function: Function) -> Method:
        sentence = (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ")
        card = MethodCard(
            function.__name__,
            label,
            assumes,
            deterministic,
            directed,
            weighted,
            layered,
            reference,
            sentence,
            options,
        )
        return Method(function, card)

    return decorate


@contextmanager
def seeded_igraph(seed: int) -> Iterator[None]:
    """Let igraph draw from a generator of our own, and give it back its usual one afterwards."""
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311  (no secret is drawn)
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)
