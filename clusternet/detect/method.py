"""A detection method: a function of linked pairs with the card that explains it."""

from __future__ import annotations

import inspect
import math
import random
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import igraph
import numpy as np
from numpy.typing import NDArray

from clusternet.detect.forms import FORMS, in_form, labels_of
from clusternet.errors import InputError
from clusternet.messages import mark
from clusternet.model.catalogue import nearest
from clusternet.model.pairs import Pairs

Function = Callable[..., Any]
#: Held while igraph draws from a generator of ours; again by who holds it already.
_DRAWING = threading.RLock()


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
        Whether it looks at the direction of linkages, at their weights, at the layers of each pair.
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

    Parameters
    ----------
    function : callable
        Called with one connected component, as ``takes`` says, with ``seed`` and the options. It returns labels per
        node (whole numbers, negative for nodes that are left out) as an array, a list or a mapping from node to label;
        or groups of nodes, such as a list of sets (nodes in no group are left out); or an igraph clustering; or a
        :class:`Found` where it has more to say.
    card : MethodCard
        What is said about it.
    takes : {"pairs", "igraph", "networkx", "sparse"}
        What the function takes: :class:`~clusternet.model.pairs.Pairs`; an undirected igraph or networkx graph with the
        nodes 0 to n - 1 and the edge attribute ``weight``; or the symmetric matrix of weights as a ``csr_array``. The
        weights have the mean 1. While a function that takes an igraph graph runs, igraph draws from the seed.
    """

    function: Function
    card: MethodCard
    takes: str = "pairs"

    def __post_init__(self) -> None:
        # Pickle looks here for the name that __reduce__ gives, as it does for a function.
        object.__setattr__(self, "__module__", self.function.__module__)

    def __reduce__(self) -> str | tuple[Any, ...]:
        """Travel by name, as functions do; whole out of a script or notebook, whose names no other process knows."""
        if self.function.__module__ != "__main__":
            return self.function.__qualname__
        return Method, (self.function, replace(self.card, options=dict(self.card.options)), self.takes)

    @property
    def name(self) -> str:
        """The method's key."""
        return self.card.name

    def __call__(self, pairs: Pairs, *, seed: int, **options: float) -> Found:
        """Return a label for each node of one connected component.

        Raises
        ------
        InputError
            If the function returns neither one whole number per node nor groups of nodes that do not overlap.
        """
        with seeded_igraph(seed) if self.takes == "igraph" else nullcontext():
            found = self.function(in_form(pairs, self.takes), seed=seed, **options)
        if isinstance(found, Found):
            return replace(found, labels=labels_of(found.labels, pairs.n_nodes, self.name))
        return Found(labels_of(found, pairs.n_nodes, self.name))

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
    takes: str = "pairs",
) -> Callable[[Function], Method]:
    """Turn a function into a method; the docstring's first line is its sentence.

    Parameters
    ----------
    label, assumes, deterministic, reference, directed, weighted, layered, options
        As in :class:`MethodCard`. Every method is shown the flat network, in which both directions of a linked pair are
        added up, so ``directed`` is False for all of ours.
    takes : {"pairs", "igraph", "networkx", "sparse"}
        What the function takes, as in :class:`Method`.

    Returns
    -------
    callable
        The decorator.

    Raises
    ------
    InputError
        If ``takes`` is not one of those.

    Examples
    --------
    >>> import networkx
    >>> @method(label="Greedy", assumes="more links inside", deterministic=True, reference="-", takes="networkx")
    ... def greedy(graph, *, seed):
    ...     '''Merge groups as long as modularity grows.'''
    ...     return networkx.community.greedy_modularity_communities(graph, weight="weight")
    >>> path = Pairs(np.array([0, 1, 2]), np.array([1, 2, 3]), np.ones(3), 4)
    >>> greedy(path, seed=0).labels
    array([0, 0, 1, 1])
    """
    if takes not in FORMS:
        raise InputError(
            mark('A method cannot take "{given}"; expected one of: {known}.'), given=takes, known=", ".join(FORMS)
        )

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
        if function.__module__ == "__main__":
            # The name of the function is now that of the method, and pickle must still find the function itself.
            function.__qualname__ += ".function"
        return Method(function, card, takes)

    return decorate


@contextmanager
def seeded_igraph(seed: int) -> Iterator[None]:
    """Let igraph draw from a generator of our own, and give it back its usual one afterwards.

    igraph has one generator for all threads, so one thread at a time may use it.
    """
    with _DRAWING:
        igraph.set_random_number_generator(random.Random(seed))  # noqa: S311  (no secret is drawn)
        try:
            yield
        finally:
            igraph.set_random_number_generator(random)
