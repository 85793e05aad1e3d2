"""A metric: a function of a clustered network with the card that explains it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from clusternet.model import ClusteredNetwork, MetricCard

Function = Callable[[ClusteredNetwork], NDArray[np.float64]]


@dataclass(frozen=True)
class Metric:
    """A metric that can be called: its function and its card.

    Calling it with a :class:`~clusternet.model.ClusteredNetwork` of k clusters returns an array of shape (k,), or
    (k, layers) when the card says ``per_layer``; undefined values are NaN.
    """

    function: Function
    card: MetricCard

    @property
    def name(self) -> str:
        """The metric's key."""
        return self.card.name

    def __call__(self, clustered: ClusteredNetwork) -> NDArray[np.float64]:
        """Return the metric of every cluster."""
        return self.function(clustered)


def metric(
    *,
    label: str,
    family: str,
    better: Literal["higher", "lower", "neither"],
    formula: str,
    unit: str,
    range: tuple[float, float],  # noqa: A002  (the card's word)
    undefined: str,
    reference: str,
    core: bool = False,
    per_layer: bool = False,
    null: str = "",
) -> Callable[[Function], Metric]:
    """Turn a function into a metric; every field of the card is required, its docstring begins with the sentence.

    Parameters
    ----------
    label, family, better, formula, unit, range, undefined, reference, core, per_layer, null
        As in :class:`~clusternet.model.MetricCard`.

    Returns
    -------
    callable
        The decorator.
    """

    def decorate(function: Function) -> Metric:
        sentence = (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ")
        name = function.__name__
        card = MetricCard(
            name, label, family, better, formula, unit, range, undefined, reference, sentence, core, per_layer, null
        )
        return Metric(function, card)

    return decorate
