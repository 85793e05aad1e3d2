"""Linkages, ties between clusters, and needs and offers, as the map embeds them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.draw.palette import LAYER_COLOURS, SVG_DASHES, layer_look
from clusternet.draw.payload_arrays import coded, packed, packed_positions, shown_texts
from clusternet.draw.wording import FACTOR_LABELS
from clusternet.messages import translate
from clusternet.model import Network, Partition
from clusternet.model.layers import FAMILIES
from clusternet.model.sums import grouped_sum

#: Ties of one pair in several layers stand side by side at this distance, in units of the layout.
LANE = 0.09
#: The colours of layers on a dark page, in the order of those on a light one: lighter, of the same hue.
LAYER_COLOURS_DARK = ("#8FB0DC", "#DBA06E", "#7CC4AC", "#CF9FC7", "#B4B4B4", "#D9BD5A")


def strongest_links(network: Network, most: int) -> NDArray[np.intp]:
    """Return the positions of the linkages with the largest weight times layer weight, in the network's order.

    Parameters
    ----------
    network : Network
        The network.
    most : int
        How many at most; of equal ones the first in the network's order.

    Returns
    -------
    array of int, shape (at most ``most``,)
        Positions, ascending.
    """
    ties = network.ties
    if len(ties) <= most:
        return np.arange(len(ties))
    factor = np.array([layer.weight for layer in network.layers])
    strength = ties.weight * (factor[ties.layer] if len(factor) else 1.0)
    return np.sort(np.argsort(-strength, kind="stable")[:most])


def lanes(source: NDArray[np.int64], target: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return how far each link is moved sideways, so that several ties of one pair stand side by side.

    Parameters
    ----------
    source, target : array of int, shape (m,)
        The ends.

    Returns
    -------
    array of float, shape (m,)
        Units of the layout, to the left of the way from the lower to the higher end (else two opposite ties
        would fall on one line); the ties of a pair lie evenly around 0.
    """
    if not len(source):
        return np.zeros(0)
    low, high = np.minimum(source, target), np.maximum(source, target)
    pair = low * (int(high.max()) + 1) + high
    order = np.argsort(pair, kind="stable")
    starts = np.flatnonzero(np.diff(pair[order], prepend=-1))
    count = np.diff(starts, append=len(pair))
    place = np.empty(len(pair), dtype=np.float64)
    place[order] = np.arange(len(pair)) - np.repeat(starts + (count - 1) / 2, count)
    return place * LANE


def map_links(network: Network, drawn: NDArray[np.intp]) -> dict[str, Any]:
    """Return the chosen linkages as typed arrays: ends, layer, weight, reports, confirmed, lane."""
    ties = network.ties
    source, target = ties.source[drawn], ties.target[drawn]
    return {
        "count": len(drawn),
        "total": len(ties),
        "source": packed_positions(source, network.n_nodes),
        "target": packed_positions(target, network.n_nodes),
        "layer": packed(ties.layer[drawn], "u1" if len(network.layers) <= 256 else "u2"),
        "weight": packed(ties.weight[drawn], "f4"),
        "reports": packed(np.minimum(ties.n_reports[drawn], 65_535), "u2"),
        "confirmed": packed(ties.confirmed[drawn], "u1"),
        "lane": packed(lanes(source, target), "f4"),
    }


def map_layers(network: Network, drawn: NDArray[np.intp], *, language: str) -> list[dict[str, Any]]:
    """Return the legend of linkages: every layer of the network, in its order, with how many are drawn."""
    count = np.bincount(network.ties.layer[drawn], minlength=len(network.layers))
    found = []
    for place, layer in enumerate(network.layers):
        colour, dash = layer_look(place)
        found.append(
            {
                "name": shown_texts([layer.name])[0],
                "label": shown_texts([translate(layer.label, language)])[0],
                "colour": colour,
                "colour_dark": LAYER_COLOURS_DARK[LAYER_COLOURS.index(colour)],
                "dash": [float(part) for part in SVG_DASHES[dash].split()],
                "directed": layer.directed,
                "family": translate(FAMILIES[layer.family], language),
                "count": int(count[place]),
            }
        )
    return found


def between_clusters(network: Network, partition: Partition) -> dict[str, Any]:
    """Return the linked pairs of the flat network added up over pairs of clusters, for the map of clusters."""
    k = partition.n_clusters
    code = np.append(partition.codes, np.full(len(network.outside_names), -1))
    flat = network.flat
    first, second = code[flat.first], code[flat.second]
    use = (first >= 0) & (second >= 0) & (first != second)
    low, high = np.minimum(first, second)[use], np.maximum(first, second)[use]
    key, group, count = np.unique(low * max(k, 1) + high, return_inverse=True, return_counts=True)
    return {
        "source": packed_positions(key // max(k, 1), k),
        "target": packed_positions(key % max(k, 1), k),
        "weight": packed(grouped_sum(flat.weight[use], group, len(key)), "f4"),
        "count": packed(count, "u4"),
    }


def map_ledger(network: Network, *, language: str) -> dict[str, Any]:
    """Return needs and offers as typed arrays, with the words they point to; an empty word where none is given."""
    ledger = network.ledger
    found: dict[str, Any] = {
        "node": packed_positions(ledger["enterprise"].to_numpy(dtype=np.int64), network.n_nodes),
        "role": packed(ledger["role"].eq("offer").to_numpy(), "u1"),
        "quantity": packed(ledger["quantity"].to_numpy(dtype=np.float64), "f4"),
    }
    for name, column in (("resources", "resource"), ("units", "unit"), ("factors", "factor")):
        words, codes = _pointed(ledger[column])
        if name == "factors":
            words = [translate(FACTOR_LABELS.get(word, word), language) for word in words]
        found[name] = shown_texts(words)
        found[column] = packed(codes, "u1") if name == "factors" else packed_positions(codes, max(len(words), 1))
    return found


def _pointed(values: pd.Series) -> tuple[list[str], NDArray[np.int64]]:
    words, codes = coded(values)
    if (codes < 0).any():
        codes = np.where(codes < 0, len(words), codes)
        words = [*words, ""]
    return words, codes
