"""Colours that colour-blind readers tell apart, each always together with a symbol or a dash."""

from __future__ import annotations

from typing import NamedTuple

#: Fills of clusters: apart in hue and in lightness, after the palettes of Okabe & Ito (2008).
CLUSTER_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#B0478E", "#56B4E9", "#E69F00", "#7A4A1E", "#4B3FA0")

#: Symbols of clusters, by the names that plotly knows. Their number shares no factor with that of the colours,
#: so that 56 clusters go by before a pair of colour and symbol comes again.
CLUSTER_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "pentagon", "star", "triangle-down")

NO_CLUSTER_COLOUR, NO_CLUSTER_SYMBOL = "#6B7280", "circle-open"
OUTSIDE_COLOUR, OUTSIDE_SYMBOL = "#374151", "x-thin-open"

#: Lines of layers: darker and duller than the clusters, so that lines stay behind the enterprises.
LAYER_COLOURS = ("#4C6A92", "#A0632D", "#3F7F6B", "#8A5A83", "#6D6D6D", "#9A7D0A")
LAYER_DASHES = ("solid", "dash", "dot", "dashdot", "longdash")

#: Dashes as SVG wants them, in units of the line's width.
SVG_DASHES = {"solid": "", "dash": "5 3", "dot": "1.5 2.5", "dashdot": "5 2.5 1.5 2.5", "longdash": "9 4"}


class Look(NamedTuple):
    """A colour and what goes with it: the symbol of a cluster or the dash of a layer."""

    colour: str
    shape: str


def cluster_look(cluster: int) -> Look:
    """Return colour and symbol of a cluster.

    Examples
    --------
    >>> cluster_look(0)
    Look(colour='#0072B2', shape='circle')
    >>> len({cluster_look(cluster) for cluster in range(56)})
    56
    """
    return Look(CLUSTER_COLOURS[cluster % len(CLUSTER_COLOURS)], CLUSTER_SYMBOLS[cluster % len(CLUSTER_SYMBOLS)])


def layer_look(layer: int) -> Look:
    """Return colour and dash of the layer at a position.

    Examples
    --------
    >>> len({layer_look(layer) for layer in range(30)})
    30
    """
    return Look(LAYER_COLOURS[layer % len(LAYER_COLOURS)], LAYER_DASHES[layer % len(LAYER_DASHES)])
