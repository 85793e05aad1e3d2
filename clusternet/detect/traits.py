"""What the layers and the weight of a linked pair tell about whether it lies inside a cluster."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from clusternet.model.kernels import compiled, inlined
from clusternet.model.pairs import Pairs

#: Weights are told apart by so many classes of equal size at the most.
WEIGHT_CLASSES = 5
#: What is learnt about a trait is drawn towards nothing as half a squared log-odds times this.
_RIDGE = 0.5
_MOST_STEPS = 25


@dataclass(frozen=True, eq=False)
class Traits:
    """The kinds of linked pairs: each kind is one combination of layers and class of weight.

    Parameters
    ----------
    kind : array of int, shape (pairs,)
        The kind of each linked pair.
    design : array of float, shape (kinds, 1 + traits)
        The traits of each kind, 0 or 1, after a first column of ones: whether a layer links the pair, and whether its
        weight lies above each limit between classes.
    layers : tuple of int
        The layers of the columns that follow the first, positions in the network's list.
    """

    kind: NDArray[np.int32]
    design: NDArray[np.float64]
    layers: tuple[int, ...]

    @cached_property
    def count(self) -> NDArray[np.float64]:
        """How many pairs are of each kind, shape (kinds,)."""
        return np.bincount(self.kind, minlength=len(self.design)).astype(np.float64)

    @property
    def n_traits(self) -> int:
        """How many traits tell kinds apart."""
        return self.design.shape[1] - 1


@dataclass(frozen=True, eq=False)
class Odds:
    """What traits tell, learnt from one partition.

    Parameters
    ----------
    coefficients : array of float, shape (1 + traits,)
        Log-odds of lying inside a cluster: of a pair without any trait, and what each trait adds.
    per_kind : array of float, shape (kinds,)
        How much more likely, in nats, a pair of each kind is among the pairs inside than among those between.
    gain : float
        Nats saved by knowing the traits, less what their coefficients cost to tell; 0 where they tell nothing.
    """

    coefficients: NDArray[np.float64]
    per_kind: NDArray[np.float64]
    gain: float


def traits_of(pairs: Pairs) -> Traits:
    """Return the kinds of linked pairs.

    Parameters
    ----------
    pairs : Pairs
        Linked pairs; their ``layers``, where known, and their weights.

    Returns
    -------
    Traits
        Layers that link all of the pairs or none are no trait, nor are weights that are all equal.
    """
    columns: list[NDArray[np.bool_]] = []
    places: list[int] = []
    if pairs.layers is not None:
        everywhere, somewhere = np.bitwise_and.reduce(pairs.layers), np.bitwise_or.reduce(pairs.layers)
        telling = int(somewhere & ~everywhere) if len(pairs) else 0
        places = [bit for bit in range(64) if telling >> bit & 1]
        columns = [(pairs.layers >> np.uint64(bit)) & np.uint64(1) != 0 for bit in places]
    columns += _weight_columns(pairs.weight)
    kind = np.zeros(len(pairs), dtype=np.int64)
    rows = np.zeros((1, 0), dtype=bool)
    # Column by column, so that no table of all pairs and traits is ever made.
    for column in columns:
        distinct, kind = np.unique(kind * 2 + column, return_inverse=True)
        rows = np.column_stack([rows[distinct // 2], distinct % 2 == 1])
    design = np.column_stack([np.ones(len(rows)), rows.astype(np.float64)])
    return Traits(kind.astype(np.int32), design, tuple(places))


def _weight_columns(weight: NDArray[np.float64]) -> list[NDArray[np.bool_]]:
    if not len(weight) or weight.min() == weight.max():
        return []
    limits = np.unique(np.quantile(weight, np.linspace(0, 1, WEIGHT_CLASSES + 1)[1:-1]))
    above = [weight > limit for limit in limits]
    return [column for column in above if column.any() and not column.all()]


def learnt_odds(traits: Traits, inside: NDArray[np.bool_]) -> Odds:
    """Learn from a partition what the traits of a pair tell about its lying inside a cluster.

    Parameters
    ----------
    traits : Traits
        The kinds of the pairs.
    inside : array of bool, shape (pairs,)
        Whether each pair lies inside a cluster.

    Returns
    -------
    Odds
        From a logistic regression of ``inside`` on the traits, so that traits that come together are not counted twice.

    Notes
    -----
    With x the traits of a pair, Bayes' rule gives log P(x | inside) - log P(x | between) =
    logit P(inside | x) - logit P(inside): what a learnt layer weight is. Traits are used only where the regression
    gains more than half a log of the number of pairs for each (Schwarz 1978).

    References
    ----------
    Schwarz, G. (1978), Estimating the dimension of a model, doi:10.1214/aos/1176344136.
    """
    return odds_of(traits, np.bincount(traits.kind[inside], minlength=len(traits.design)).astype(np.float64))


def odds_of(traits: Traits, hits: NDArray[np.float64]) -> Odds:
    """Return what :func:`learnt_odds` does, from the number of pairs of each kind that lie inside, shape (kinds,)."""
    kinds, width = traits.design.shape
    nothing = Odds(np.zeros(width), np.zeros(kinds), 0.0)
    total = len(traits.kind)
    number = int(hits.sum())
    if width == 1 or not 0 < number < total:
        return nothing
    share = number / total
    coefficients, fit = logistic(traits.design, traits.count, hits, float(np.log(share / (1 - share))))
    without = number * np.log(share) + (total - number) * np.log(1 - share)
    gain = fit - without - 0.5 * traits.n_traits * np.log(total + 1)
    if gain <= 0:
        return nothing
    per_kind = np.einsum("ki,i->k", traits.design, coefficients) - np.log(share / (1 - share))
    return Odds(coefficients, per_kind, float(gain))


def logistic(
    design: NDArray[np.float64], count: NDArray[np.float64], hits: NDArray[np.float64], start: float
) -> tuple[NDArray[np.float64], float]:
    """Return a logistic regression on grouped data, by Newton's steps.

    Parameters
    ----------
    design : array of float, shape (kinds, width)
        The traits of each kind, a column of ones first.
    count, hits : array of float, shape (kinds,)
        How many there are of each kind, and how many of them lie inside.
    start : float
        The log-odds of all to begin with.

    Returns
    -------
    coefficients : array of float, shape (width,)
        All but the first are drawn slightly towards 0.
    fit : float
        The penalised log-likelihood, in nats.
    """
    ridge = np.full(design.shape[1], _RIDGE)
    ridge[0] = 1e-6
    found = np.zeros(design.shape[1])
    found[0] = start
    fit = float(_climb(design, count, hits, ridge, _MOST_STEPS, found))
    return found, fit - 0.5 * float((ridge[1:] * found[1:] ** 2).sum())


@compiled
def _climb(design, count, hits, ridge, most_steps, found):  # type: ignore[no-untyped-def]
    """Take Newton's steps until they are short, and return the log-likelihood."""
    width = len(found)
    slope, bend = np.zeros(width), np.zeros((width, width))
    for _ in range(most_steps):
        _fill_derivatives(design, count, hits, found, slope, bend)
        for i in range(width):
            bend[i, i] += ridge[i]
        step = np.linalg.solve(bend, slope - ridge * found)
        longest = 0.0
        for i in range(width):
            step[i] = min(max(step[i], -3.0), 3.0)
            found[i] += step[i]
            longest = max(longest, abs(step[i]))
        if longest < 1e-8:
            break
    return _fill_derivatives(design, count, hits, found, slope, bend)


@inlined
def _fill_derivatives(design, count, hits, found, slope, bend):  # type: ignore[no-untyped-def]
    """Fill the derivatives of the log-likelihood, and return it.

    Not by matrix products: how these add up depends on the number of threads.
    """
    slope[:] = 0.0
    bend[:, :] = 0.0
    likelihood = 0.0
    kinds, width = design.shape
    for k in range(kinds):
        z = 0.0
        for i in range(width):
            z += design[k, i] * found[i]
        z = min(max(z, -30.0), 30.0)
        likelihood += hits[k] * z - count[k] * (max(z, 0.0) + math.log1p(math.exp(-abs(z))))
        p = 1.0 / (1.0 + math.exp(-z))
        left, spread = hits[k] - count[k] * p, count[k] * p * (1.0 - p)
        for i in range(width):
            if design[k, i] != 0.0:
                slope[i] += design[k, i] * left
                for j in range(i + 1):
                    bend[i, j] += design[k, i] * spread * design[k, j]
    for i in range(width):
        for j in range(i):
            bend[j, i] = bend[i, j]
    return likelihood
