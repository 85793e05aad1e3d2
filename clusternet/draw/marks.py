"""The marks of a map: what will be drawn, as plain tables that a test can read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from clusternet.draw.cluster_labels import cluster_labels
from clusternet.draw.evidence import link_evidence, node_evidence
from clusternet.draw.layout import lay_out
from clusternet.draw.palette import (
    NO_CLUSTER_COLOUR,
    NO_CLUSTER_SYMBOL,
    OUTSIDE_COLOUR,
    OUTSIDE_SYMBOL,
    cluster_look,
    layer_look,
)
from clusternet.draw.payload_links import lanes, strongest_links
from clusternet.draw.wording import cluster_name
from clusternet.errors import InputError
from clusternet.messages import mark, translate
from clusternet.model import Network, Partition, Scores

#: The groups of nodes that are no cluster.
NO_CLUSTER, OUTSIDE = -1, -2
#: Above this number of enterprises a map is drawn by the graphics card, and with the strongest links only.
LARGE_MAP = 3_000
#: The most links that a large map shows.
MOST_LINKS = 6_000
#: Up to this number of links each shows its direction by an arrow.
MOST_ARROWS = 1_500


@dataclass(frozen=True)
class GroupMark:
    """One entry of the legend of enterprises: a cluster, those in no cluster, or the outside partners."""

    code: int
    label: str
    colour: str
    symbol: str
    count: int


@dataclass(frozen=True)
class LayerMark:
    """One entry of the legend of linkages: a layer."""

    position: int
    name: str
    label: str
    colour: str
    dash: str
    directed: bool
    count: int


@dataclass(frozen=True, eq=False)
class MapMarks:
    """Everything that a map shows.

    Parameters
    ----------
    nodes : DataFrame
        One row per node: ``id``, ``name``, ``x``, ``y``, ``group`` (a code of ``groups``), ``size`` (diameter in
        pixels), ``evidence`` (hover text).
    links : DataFrame
        One row per linkage drawn: ``source``, ``target`` (rows of ``nodes``), ``layer`` (position), ``weight``, the
        ends ``x0``, ``y0``, ``x1``, ``y1``, the middle ``middle_x``, ``middle_y``, ``angle`` (degrees clockwise from
        up) and ``evidence``.
    groups : tuple of GroupMark
        The legend of enterprises, clusters first.
    layers : tuple of LayerMark
        The legend of linkages.
    title, note, language : str
        The title, a sentence about what is left out (or an empty text), and the language.
    large : bool
        Whether the map is so large that it is drawn by the graphics card.
    """

    nodes: pd.DataFrame
    links: pd.DataFrame
    groups: tuple[GroupMark, ...]
    layers: tuple[LayerMark, ...]
    title: str
    note: str
    language: str
    large: bool

    @property
    def arrows(self) -> bool:
        """Whether there are so few links that their direction can be shown."""
        return len(self.links) <= MOST_ARROWS


def map_marks(
    network: Network,
    partition: Partition,
    scores: Scores | None = None,
    *,
    language: str = "en",
    seed: int = 0,
    positions: ArrayLike | None = None,
    evidence: bool = True,
) -> MapMarks:
    """Turn a network, its clusters and their scores into marks.

    Parameters
    ----------
    network : Network
        The network.
    partition : Partition
        Clusters of its enterprises.
    scores : Scores, optional
        The first core score of each family is shown in the evidence of a cluster's members.
    language : {"en", "ar"}
        The language of labels and evidence.
    seed : int
        Seed of the layout.
    positions : array of float, shape (n_nodes, 2), optional
        Positions to use instead of our own layout.
    evidence : bool, default True
        Whether every mark has its hover text; drawings on paper have no use for them.

    Returns
    -------
    MapMarks
        The marks; empty texts without evidence.

    Raises
    ------
    InputError
        If the partition is not of this network, or the positions have another shape or are not finite.
    """
    if not partition.enterprise_ids.equals(network.enterprise_ids):
        raise InputError(
            mark("The partition ({given} enterprises) is not of this network ({expected}); make it from this network."),
            given=len(partition.enterprise_ids),
            expected=network.n_enterprises,
        )
    points = lay_out(network, partition, seed=seed) if positions is None else checked_positions(positions, network)
    labels = cluster_labels(network, partition, language=language)
    large = network.n_enterprises > LARGE_MAP
    drawn = strongest_links(network, MOST_LINKS) if large else np.arange(len(network.ties))
    groups = groups_of(network, partition, labels, language)
    told = (
        (node_evidence(network, partition, scores, labels, language), link_evidence(network, drawn, language))
        if evidence
        else ("", "")
    )
    return MapMarks(
        _nodes(network, partition, points, told[0]),
        _links(network, points, drawn, told[1]),
        groups,
        _layers(network, drawn, language),
        network.settings.title or translate(mark("Map of linkages"), language),
        _note(len(drawn), len(network.ties), language),
        language,
        large,
    )


def _note(drawn: int, whole: int, language: str) -> str:
    """Say how many linkages are drawn, where some are left out."""
    if drawn == whole:
        return ""
    text = mark("Drawn are the {drawn} strongest of {all} linkages.")
    return translate(text, language, drawn=f"{drawn:,}", all=f"{whole:,}")


def checked_positions(positions: ArrayLike, network: Network) -> NDArray[np.float64]:
    """Return positions as floats, one per node; raise an InputError if they are not that, or not finite."""
    points = np.asarray(positions, dtype=np.float64)
    if points.shape != (network.n_nodes, 2) or not np.isfinite(points).all():
        raise InputError(
            mark("The positions have the shape {given}; expected {expected}, all numbers finite."),
            given=points.shape,
            expected=(network.n_nodes, 2),
        )
    return points


def groups_of(network: Network, partition: Partition, labels: list[str], language: str) -> tuple[GroupMark, ...]:
    """Return the legend of enterprises: clusters by code, then those in none, then outside partners."""
    groups = [
        GroupMark(cluster, cluster_name(cluster, label, language), *cluster_look(cluster), int(size))
        for cluster, (label, size) in enumerate(zip(labels, partition.sizes, strict=True))
    ]
    alone = int((partition.codes < 0).sum())
    if alone:
        label = translate(mark("In no cluster"), language)
        groups.append(GroupMark(NO_CLUSTER, label, NO_CLUSTER_COLOUR, NO_CLUSTER_SYMBOL, alone))
    if network.outside_names:
        label = translate(mark("Outside partners"), language)
        groups.append(GroupMark(OUTSIDE, label, OUTSIDE_COLOUR, OUTSIDE_SYMBOL, len(network.outside_names)))
    return tuple(groups)


def _layers(network: Network, drawn: NDArray[np.intp], language: str) -> tuple[LayerMark, ...]:
    count = np.bincount(network.ties.layer[drawn], minlength=len(network.layers))
    return tuple(
        LayerMark(
            place,
            layer.name,
            translate(layer.label, language),
            *layer_look(place),
            layer.directed,
            int(count[place]),
        )
        for place, layer in enumerate(network.layers)
        if count[place]
    )


def _nodes(
    network: Network, partition: Partition, points: NDArray[np.float64], evidence: list[str] | str
) -> pd.DataFrame:
    outside = len(network.outside_names)
    names = [*network.register["name"].fillna("").astype(str), *network.outside_names]
    degree = network.flat.degree
    largest = max(int(degree.max(initial=0)), 1)
    spread, smallest = (4.0, 3.0) if network.n_enterprises > LARGE_MAP else (11.0, 9.0)
    size = smallest + spread * np.sqrt(degree / largest)
    size[network.n_enterprises :] = smallest
    return pd.DataFrame(
        {
            "id": network.node_ids,
            "name": pd.Series(names, dtype=object),
            "x": points[:, 0],
            "y": points[:, 1],
            "group": np.concatenate([partition.codes, np.full(outside, OUTSIDE)]).astype(np.int64),
            "size": np.round(size, 1),
            "evidence": pd.Series(evidence, index=range(network.n_nodes), dtype=object),
        }
    )


def _links(
    network: Network, points: NDArray[np.float64], drawn: NDArray[np.intp], evidence: list[str] | str
) -> pd.DataFrame:
    ties = network.ties.where(drawn)
    ends = points[ties.source], points[ties.target]
    # Sideways is measured from the lower to the higher node, as the lanes are.
    along = np.where((ties.source < ties.target)[:, None], ends[1] - ends[0], ends[0] - ends[1])
    length = np.maximum(np.sqrt((along**2).sum(axis=1)), 1e-12)
    across = np.column_stack([-along[:, 1], along[:, 0]]) / length[:, None]
    shift = across * lanes(ties.source, ties.target)[:, None]
    start, end = ends[0] + shift, ends[1] + shift
    way = end - start
    middle = (start + end) / 2
    return pd.DataFrame(
        {
            "source": ties.source,
            "target": ties.target,
            "layer": ties.layer,
            "weight": ties.weight,
            "x0": start[:, 0],
            "y0": start[:, 1],
            "x1": end[:, 0],
            "y1": end[:, 1],
            "middle_x": middle[:, 0],
            "middle_y": middle[:, 1],
            "angle": np.round(np.degrees(np.arctan2(way[:, 0], way[:, 1])), 1),
            "evidence": pd.Series(evidence, index=range(len(drawn)), dtype=object),
        }
    )
