"""Social glue: what members share in the layers of the family glue (by default stock, technology, knowledge)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clusternet.messages import mark
from clusternet.metrics.card import metric
from clusternet.metrics.members import per_member, touched_inside
from clusternet.metrics.memory import made_once
from clusternet.metrics.sorting import distinct
from clusternet.model import ClusteredNetwork
from clusternet.model.pairs import LAST_BIT
from clusternet.model.sums import ratio

Values = NDArray[np.float64]

_BATTISTON = "Battiston, F., Nicosia, V. & Latora, V. (2014), doi:10.1103/PhysRevE.89.032804"
_TOO_SMALL = mark("a cluster of one member")


def _possible_pairs(c: ClusteredNetwork) -> Values:
    return c.size * (c.size - 1) / 2


def _pairs_of(c: ClusteredNetwork, *choices: NDArray[np.bool_]) -> list[Values]:
    """Count the distinct pairs inside each cluster that linkages of layers join, each choice giving one count.

    A choice is one truth value per layer. All choices of one call are looked up in the same pairs.
    """
    return [np.bincount(cluster, minlength=c.k).astype(np.float64) for cluster in _joined(c, choices)]


def _joined(c: ClusteredNetwork, choices: Sequence[NDArray[np.bool_]]) -> list[NDArray[np.int64]]:
    """Return, for each choice of layers, the cluster of every distinct pair inside that one of them joins."""
    cluster, sets = _layer_sets(c)
    found = []
    for choice in choices:
        layers = np.flatnonzero(choice)
        if sets is not None and _told_apart(c)[choice].all():
            bits = np.bitwise_or.reduce(np.left_shift(np.uint64(1), layers.astype(np.uint64)), initial=np.uint64(0))
            found.append(cluster[sets & bits != 0])
        else:
            keys = _pair_keys_inside(c, c.network.of_layers(choice.tolist()))
            found.append(c.cluster_of[keys // max(c.network.n_nodes, 1)])
    return found


def _told_apart(c: ClusteredNetwork) -> NDArray[np.bool_]:
    """Return which layers the sets of the flat network's pairs tell apart, shape (layers,)."""
    layers = c.network.layers
    return np.array([layer.counts and place < LAST_BIT for place, layer in enumerate(layers)], dtype=bool)


@made_once
def _layer_sets(c: ClusteredNetwork) -> tuple[NDArray[np.int64], NDArray[np.uint64] | None]:
    """Return the cluster of every linked pair inside, and which layers join it, as bits; None where nobody noted it."""
    sets = c.network.flat.layers
    return c.flat_clusters[0][c.flat_inside], None if sets is None else sets[c.flat_inside]


def _pair_keys_inside(c: ClusteredNetwork, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the distinct pairs inside a cluster that chosen linkages join, each as one number."""
    ties, inside = c.network.ties, c.ties_inside(chosen)
    source, target = ties.source[inside], ties.target[inside]
    return distinct(np.minimum(source, target) * c.network.n_nodes + np.maximum(source, target))[0]


def _family(c: ClusteredNetwork, name: str) -> NDArray[np.bool_]:
    """Return which layers belong to a family, shape (layers,)."""
    return np.array([layer.family == name for layer in c.network.layers], dtype=bool)


@metric(
    label=mark("Reach of the glue"),
    family="glue",
    better="higher",
    formula=r"\frac{|\{i \in S : i \text{ has a glue tie inside}\}|}{n}",
    unit=mark("share of members"),
    range=(0, 1),
    undefined="",
    reference="clusternet's own measure",
    core=True,
)
def glue_reach(c: ClusteredNetwork) -> Values:
    """The share of members that share something with another member."""
    ties, glue = c.network.ties, c.network.family("glue")
    return per_member(c, touched_inside(c, ties.source[glue], ties.target[glue])[c.member_nodes])


@metric(
    label=mark("Density of the glue"),
    family="glue",
    better="higher",
    formula=r"\frac{|P_S|}{n(n-1)/2}",
    unit=mark("share of pairs"),
    range=(0, 1),
    undefined=_TOO_SMALL,
    reference=_BATTISTON,
    core=True,
)
def glue_density(c: ClusteredNetwork) -> Values:
    """Of all pairs of members, the share joined by at least one glue layer."""
    return ratio(_pairs_of(c, _family(c, "glue"))[0], _possible_pairs(c))


@metric(
    label=mark("Breadth of the glue"),
    family="glue",
    better="higher",
    formula=r"\frac{1}{|P_S|} \sum_{p \in P_S} \frac{|\{l : p \in P_S^l\}|}{L}",
    unit=mark("share of glue layers"),
    range=(0, 1),
    undefined=mark("no pair inside shares anything"),
    reference=_BATTISTON,
)
def glue_breadth(c: ClusteredNetwork) -> Values:
    """Of the glue layers of the study, the mean share that joins a pair which shares anything at all."""
    glue = _family(c, "glue")
    single = [np.arange(len(glue)) == place for place in np.flatnonzero(glue)]
    whole, *by_layer = _pairs_of(c, glue, *single)
    return ratio(sum(by_layer, np.zeros(c.k)), len(single) * whole)


@metric(
    label=mark("Overlap of glue and trade"),
    family="glue",
    better="neither",
    formula=r"\frac{|P_S^{glue} \cap P_S^{trade}|}{|P_S^{glue} \cup P_S^{trade}|}",
    unit=mark("share of pairs"),
    range=(0, 1),
    undefined=mark("no pair inside shares anything or trades"),
    reference=_BATTISTON,
)
def glue_overlap(c: ClusteredNetwork) -> Values:
    """Of the pairs inside that share something or trade, the share that does both."""
    glue, trade = _family(c, "glue"), _family(c, "trade")
    of_glue, of_trade, either = _pairs_of(c, glue, trade, glue | trade)
    return ratio(of_glue + of_trade - either, either)


@metric(
    label=mark("Confirmed glue"),
    family="glue",
    better="higher",
    formula=r"\frac{|\{t \in T_S^{glue} : \text{both ends reported } t\}|}{|T_S^{glue}|}",
    unit=mark("share of ties"),
    range=(0, 1),
    undefined=mark("no glue tie inside whose two ends both answered"),
    reference="clusternet's own measure",
)
def glue_confirmed(c: ClusteredNetwork) -> Values:
    """Of the glue ties inside whose two ends both answered, the share that both reported."""
    return confirmed_share_of(c, c.network.family("glue"))


def confirmed_share_of(c: ClusteredNetwork, chosen: NDArray[np.bool_]) -> Values:
    """Return, of chosen reported ties inside whose ends both answered, the share that both reported, shape (k,)."""
    network, ties = c.network, c.network.ties
    asked = c.ties_inside(chosen) & network.answered[ties.source] & network.answered[ties.target] & (ties.n_reports > 0)
    cluster = c.cluster_of[ties.source]
    return ratio(
        np.bincount(cluster[asked & ties.confirmed], minlength=c.k), np.bincount(cluster[asked], minlength=c.k)
    )


@metric(
    label=mark("Density by layer"),
    family="glue",
    better="higher",
    formula=r"\frac{|P_S^l|}{n(n-1)/2}",
    unit=mark("share of pairs"),
    range=(0, 1),
    undefined=_TOO_SMALL,
    reference=_BATTISTON,
    per_layer=True,
)
def layer_density(c: ClusteredNetwork) -> Values:
    """Of all pairs of members, the share linked in one layer."""
    layers = len(c.network.layers)
    counts = _pairs_of(c, *(np.arange(layers) == place for place in range(layers)))
    table = np.column_stack(counts) if counts else np.zeros((c.k, 0))
    return ratio(table, np.broadcast_to(_possible_pairs(c)[:, None], table.shape))
