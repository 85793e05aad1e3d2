"""Figures of a partition as a whole, for those who compare methods."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.messages import mark
from clusternet.model import Catalogue, ClusteredNetwork, Network, Partition
from clusternet.model.sums import grouped_sum

Function = Callable[[ClusteredNetwork], float]

_EMPTY = mark("a network without linkages")
_TOO_SMALL = mark("a network of fewer than two enterprises")
_FORTUNATO = "Fortunato, S. (2010), doi:10.1016/j.physrep.2009.11.002"


@dataclass(frozen=True)
class FigureCard:
    """Everything that is said about a figure of a partition.

    Parameters
    ----------
    name, label : str
        The key, and what a reader sees.
    better : {"higher", "lower"}
        Which direction is good.
    formula : str
        The definition, in LaTeX.
    unit : str
        In words.
    range : (float, float)
        The least and the largest possible value.
    undefined : str
        When it is undefined; empty when it never is.
    reference : str
        Author, year, title or DOI.
    sentence : str
        What it means (the first paragraph of the function's docstring).
    """

    name: str
    label: str
    better: Literal["higher", "lower"]
    formula: str
    unit: str
    range: tuple[float, float]
    undefined: str
    reference: str
    sentence: str


@dataclass(frozen=True)
class Figure:
    """A figure that can be called with a clustered network: its function and its card."""

    function: Function
    card: FigureCard

    @property
    def name(self) -> str:
        """The figure's key."""
        return self.card.name

    def __call__(self, clustered: ClusteredNetwork) -> float:
        """Return the figure; NaN where it is undefined."""
        return self.function(clustered)


def _figure(
    *,
    label: str,
    formula: str,
    unit: str,
    range: tuple[float, float],  # noqa: A002  (the card's word)
    undefined: str,
    reference: str,
) -> Callable[[Function], Figure]:
    def decorate(function: Function) -> Figure:
        sentence = (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ")
        card = FigureCard(function.__name__, label, "higher", formula, unit, range, undefined, reference, sentence)
        return Figure(function, card)

    return decorate


def _pairs_of(size: NDArray[np.int64] | int) -> NDArray[np.float64]:
    return np.asarray(size, dtype=np.float64) * (np.asarray(size, dtype=np.float64) - 1) / 2


def _divergence(share: NDArray[np.float64] | float, expected: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """Return the Kullback-Leibler divergence of two yes-or-no distributions in nats, with 0 log 0 = 0."""
    q, p = np.broadcast_arrays(np.asarray(share, dtype=np.float64), np.asarray(expected, dtype=np.float64))
    total = np.zeros(q.shape)
    for part, whole in ((q, p), (1 - q, 1 - p)):
        seen = (part > 0) & (whole > 0)
        total[seen] += part[seen] * np.log(part[seen] / whole[seen])
    return total


def _total(values: NDArray[np.float64]) -> float:
    return float(grouped_sum(values, np.zeros(len(values), dtype=np.intp), 1)[0])


@_figure(
    label=mark("Modularity"),
    formula=r"\sum_c \left[\frac{W_c}{W_T} - \left(\frac{\mathrm{vol}_c}{\mathrm{vol}_T}\right)^2\right]",
    unit=mark("share of linkage weight above expectation"),
    range=(-0.5, 1),
    undefined=_EMPTY,
    reference="Newman, M. E. J. & Girvan, M. (2004), doi:10.1103/PhysRevE.69.026113",
)
def modularity(c: ClusteredNetwork) -> float:
    """The share of linkage weight inside clusters, less what nodes so strong would have there by chance."""
    flat = c.network.flat
    if not len(flat):
        return float("nan")
    alone = flat.strength[c.cluster_of < 0]
    expected = np.concatenate([c.volume, alone]) / (2 * flat.total)
    return _total(c.weight_inside) / flat.total - _total(expected**2)


@_figure(
    label=mark("Constant Potts quality"),
    formula=r"\sum_c \left[W_c - \gamma \binom{n_c}{2}\right], \quad \gamma = W_T / \binom{N}{2}",
    unit=mark("linkage weight"),
    range=(-np.inf, np.inf),
    undefined=_TOO_SMALL,
    reference="Traag, V. A., Van Dooren, P. & Nesterov, Y. (2011), doi:10.1103/PhysRevE.84.016114",
)
def cpm(c: ClusteredNetwork) -> float:
    """The linkage weight inside clusters beyond what as many pairs would have at the mean of the whole network."""
    if c.network.n_nodes < 2:
        return float("nan")
    return potts_quality(c, c.network.flat.total / float(_pairs_of(c.network.n_nodes)))


def potts_quality(c: ClusteredNetwork, resolution: float) -> float:
    """Return the quality of the constant Potts model.

    Parameters
    ----------
    c : ClusteredNetwork
        The network seen through its clusters.
    resolution : float
        The weight that a pair must have on average (gamma), in linkage weight.

    Returns
    -------
    float
        The sum over clusters of the weight inside less ``resolution`` times the pairs inside, in linkage weight.

    References
    ----------
    Traag, V. A., Van Dooren, P. & Nesterov, Y. (2011), doi:10.1103/PhysRevE.84.016114.
    """
    return _total(c.weight_inside) - resolution * float(_pairs_of(c.size).sum())


@_figure(
    label=mark("Asymptotic surprise"),
    formula=r"M D(q \,\|\, \langle q \rangle), \quad q = \frac{\sum_c m_c}{M},"
    r" \quad \langle q \rangle = \frac{\sum_c \binom{n_c}{2}}{\binom{N}{2}}",
    unit=mark("nats"),
    range=(0, np.inf),
    undefined=_TOO_SMALL,
    reference="Traag, V. A., Aldecoa, R. & Delvenne, J.-C. (2015), doi:10.1103/PhysRevE.92.022816",
)
def surprise(c: ClusteredNetwork) -> float:
    """How unlikely it is that as many linked pairs lie inside clusters as do, if pairs were linked at random."""
    if c.network.n_nodes < 2:
        return float("nan")
    linked = len(c.network.flat)
    share = float(c.pairs_inside.sum()) / linked if linked else 0.0
    expected = float(_pairs_of(c.size).sum() / _pairs_of(c.network.n_nodes))
    return linked * float(_divergence(share, expected))


@_figure(
    label=mark("Significance"),
    formula=r"\sum_c \binom{n_c}{2} D(p_c \,\|\, p), \quad p_c = m_c / \binom{n_c}{2}, \quad p = M / \binom{N}{2}",
    unit=mark("nats"),
    range=(0, np.inf),
    undefined=_TOO_SMALL,
    reference="Traag, V. A., Krings, G. & Van Dooren, P. (2013), doi:10.1038/srep02930",
)
def significance(c: ClusteredNetwork) -> float:
    """How unlikely it is that subgraphs as dense as the clusters stand in a network linked at random."""
    if c.network.n_nodes < 2:
        return float("nan")
    possible = _pairs_of(c.size)
    some = possible > 0
    density = len(c.network.flat) / float(_pairs_of(c.network.n_nodes))
    return float((possible[some] * _divergence(c.pairs_inside[some] / possible[some], density)).sum())


@_figure(
    label=mark("Coverage of linked pairs"),
    formula=r"\frac{\sum_c m_c}{M}",
    unit=mark("share of linked pairs"),
    range=(0, 1),
    undefined=_EMPTY,
    reference=_FORTUNATO,
)
def coverage(c: ClusteredNetwork) -> float:
    """The share of linked pairs that lie inside a cluster."""
    linked = len(c.network.flat)
    return float(c.pairs_inside.sum()) / linked if linked else float("nan")


@_figure(
    label=mark("Performance"),
    formula=r"\frac{\sum_c m_c + \left(\binom{N}{2} - \sum_c \binom{n_c}{2}\right) - (M - \sum_c m_c)}{\binom{N}{2}}",
    unit=mark("share of pairs"),
    range=(0, 1),
    undefined=_TOO_SMALL,
    reference=_FORTUNATO,
)
def performance(c: ClusteredNetwork) -> float:
    """The share of pairs told apart rightly: linked inside a cluster, or not linked between."""
    if c.network.n_nodes < 2:
        return float("nan")
    inside, possible = float(c.pairs_inside.sum()), float(_pairs_of(c.network.n_nodes))
    between = possible - float(_pairs_of(c.size).sum())
    return (inside + between - (len(c.network.flat) - inside)) / possible


#: Every figure of a partition, in order.
FIGURES: Catalogue[Figure] = Catalogue("figure", [modularity, cpm, surprise, significance, coverage, performance])


def partition_figures(network: Network, partition: Partition) -> pd.DataFrame:
    """Return the figures of a partition as a whole, each with its card.

    Parameters
    ----------
    network : Network
        The network.
    partition : Partition
        Its clusters. Enterprises in no cluster, and outside partners, count as clusters of one.

    Returns
    -------
    DataFrame
        One row per figure, indexed by its key: ``value``, ``label``, ``sentence``, ``formula`` (LaTeX), ``unit``,
        ``low`` and ``high`` (the range), ``better``, ``undefined``, ``reference``. Modularity and the Potts quality
        look at weights, the others at linked pairs.

    Raises
    ------
    InputError
        If the two speak of different enterprises.

    Examples
    --------
    >>> network = Network.from_edges(list("abcdefc"), list("bcaefdd"))
    >>> clusters = Partition.from_labels(network.enterprise_ids, [0, 0, 0, 1, 1, 1])
    >>> partition_figures(network, clusters)["value"].round(3).to_dict()  # doctest: +NORMALIZE_WHITESPACE
    {'modularity': 0.357, 'cpm': 3.2, 'surprise': 3.138, 'significance': 4.573, 'coverage': 0.857,
     'performance': 0.933}
    """
    clustered = ClusteredNetwork(network, partition)
    columns = ("label", "sentence", "formula", "unit", "better", "undefined", "reference")
    rows = [
        {
            "figure": figure.name,
            "value": figure(clustered),
            "low": figure.card.range[0],
            "high": figure.card.range[1],
            **{column: getattr(figure.card, column) for column in columns},
        }
        for figure in FIGURES.values()
    ]
    order = [
        "figure",
        "value",
        "label",
        "sentence",
        "formula",
        "unit",
        "low",
        "high",
        "better",
        "undefined",
        "reference",
    ]
    return pd.DataFrame(rows)[order].set_index("figure")
