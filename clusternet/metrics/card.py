"""A metric: a function of a clustered network with the card that explains it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from clusternet.model import ClusteredNetwork, MetricCard

Function = Callable[[ClusteredNetwork], NDArray[np.float64]]
Notes = Callable[[ClusteredNetwork], list[str]]

#: What is left to chance in the test of each family: who is linked to whom, or who needs, offers and does what.
FAMILY_NULLS = MappingProxyType(
    {"cohesion": "rewiring", "glue": "rewiring", "complementarity": "attributes", "factors": "attributes"}
)


@dataclass(frozen=True)
class Metric:
    """A metric that can be called: its function and its card.

    Calling it with a :class:`~clusternet.model.ClusteredNetwork` of k clusters returns an array of shape (k,), or
    (k, layers) when the card says ``per_layer``; undefined values are NaN. Where a value needs a remark, ``note``
    returns one text for every cluster, empty where there is nothing to remark.
    """

    function: Function
    card: MetricCard
    note: Notes | None = None

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
    null: str | None = None,
    note: Notes | None = None,
) -> Callable[[Function], Metric]:
    """Turn a function into a metric; every field of the card is required, its docstring begins with the sentence.

    Parameters
    ----------
    label, family, better, formula, unit, range, undefined, reference, core, per_layer
        As in :class:`~clusternet.model.MetricCard`.
    null : {"rewiring", "attributes", ""}, optional
        What is left to chance in the test; by default that of the family in :data:`FAMILY_NULLS`, or none.
    note : callable, optional
        From the clustered network to one remark per cluster, such as what had to be left out; empty texts say nothing.

    Returns
    -------
    callable
        The decorator.
    """

    def decorate(function: Function) -> Metric:
        sentence = (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ")
        name = function.__name__
        chance = FAMILY_NULLS.get(family, "") if null is None else null
        card = MetricCard(
            name, label, family, better, formula, unit, range, undefined, reference, sentence, core, per_layer, chance
        )
        return Metric(function, card, note)

    return decorate
