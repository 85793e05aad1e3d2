"""Everything that map.html shows, as plain data for a page: texts, and numbers as typed arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clusternet.draw.cluster_labels import cluster_labels
from clusternet.draw.layout import lay_out
from clusternet.draw.marks import NO_CLUSTER, OUTSIDE, checked_positions, groups_of
from clusternet.draw.payload_arrays import packed, shown_texts
from clusternet.draw.payload_columns import node_columns
from clusternet.draw.payload_links import (
    between_clusters,
    map_layers,
    map_ledger,
    map_links,
    strongest_links,
)
from clusternet.draw.payload_scores import cluster_cards, openings, or_none, score_board
from clusternet.errors import InputError
from clusternet.messages import LANGUAGES, mark, translate
from clusternet.model import ClusteredNetwork, Network, Partition, Scores

#: Above so many enterprises, or so many linkages, the map opens on the map of clusters.
LARGE_ENTERPRISES = 10_000
LARGE_LINKS = 50_000
#: The most linkages that a page holds: more would take a browser minutes to read.
MOST_EMBEDDED = 400_000


def map_payload(
    network: Network,
    partition: Partition,
    scores: Scores | None = None,
    *,
    language: str = "en",
    positions: ArrayLike | None = None,
    seed: int = 0,
    outline: Sequence[ArrayLike] = (),
) -> dict[str, Any]:
    """Turn a network, its clusters and their scores into the data of map.html.

    Parameters
    ----------
    network : Network
        The network.
    partition : Partition
        Clusters of its enterprises.
    scores : Scores, optional
        Roles, verdicts, scores, gaps and openings.
    language : {"en", "ar"}
        The language of labels.
    positions : array of float, shape (n_nodes, 2), optional
        Positions to use instead of our own layout.
    seed : int
        Seed of the layout, where no positions are given.
    outline : sequence of array of float, shape (points, 2)
        Rings of longitude and latitude, in degrees, drawn below the map of places.

    Returns
    -------
    dict
        What JSON can hold; a typed array is ``{"dtype": ..., "bdata": ...}``. The same network, partition and scores
        give the same data, in whatever order the rows of the survey came.

    Raises
    ------
    InputError
        If the partition is not of this network, the positions have another shape or are not finite, or the language is
        not known.
    """
    ClusteredNetwork(network, partition)  # raises unless the two belong together
    if language not in LANGUAGES:
        raise InputError(
            mark("The languages are {given}; expected one or more of: {known}."),
            given=language,
            known=", ".join(LANGUAGES),
        )
    points = lay_out(network, partition, seed=seed) if positions is None else checked_positions(positions, network)
    drawn = strongest_links(network, MOST_EMBEDDED)
    return {
        "language": language,
        "direction": LANGUAGES[language],
        "title": shown_texts([network.settings.title or translate(mark("Map of linkages"), language)])[0],
        "note": left_out(len(drawn), len(network.ties), language),
        "confidential": True,
        "large": network.n_enterprises > LARGE_ENTERPRISES or len(network.ties) > LARGE_LINKS,
        "nodes": {
            **_nodes(network, partition, points),
            "columns": node_columns(network, partition, scores, language=language),
        },
        "links": map_links(network, drawn),
        "layers": map_layers(network, drawn, language=language),
        "groups": _groups(network, partition, points, language),
        "between": between_clusters(network, partition),
        "clusters": cluster_cards(network, partition, scores, language=language),
        "board": score_board(network, partition, scores, language=language),
        "ledger": map_ledger(network, language=language),
        "openings": openings(network, scores),
        "outline": [packed(np.asarray(ring, dtype=np.float64).ravel(), "f4") for ring in outline] or None,
    }


def left_out(drawn: int, whole: int, language: str) -> str:
    """Say how many linkages are drawn, where some are left out; else an empty text."""
    if drawn == whole:
        return ""
    text = mark("Drawn are the {drawn} strongest of {all} linkages.")
    return translate(text, language, drawn=f"{drawn:,}", all=f"{whole:,}")


def _nodes(network: Network, partition: Partition, points: NDArray[np.float64]) -> dict[str, Any]:
    register, outside = network.register, list(network.outside_names)
    alt = shown_texts(register["name_alt"]) if register["name_alt"].notna().any() else []
    latitude, longitude = (register[name].to_numpy(dtype=np.float64) for name in ("latitude", "longitude"))
    known = ~np.isnan(latitude) & ~np.isnan(longitude)
    unknown = np.full(len(outside), np.nan)
    places = {
        "lon": packed(np.append(np.where(known, longitude, np.nan), unknown), "f4"),
        "lat": packed(np.append(np.where(known, latitude, np.nan), unknown), "f4"),
    }
    silent = ~network.answered
    silent[network.n_enterprises :] = False
    return {
        "count": network.n_nodes,
        "id": shown_texts([*register["enterprise_id"], *outside]),
        "name": shown_texts([*register["name"], *outside]),
        "alt": [*alt, *[""] * len(outside)] if alt else [],
        "x": packed(points[:, 0], "f4"),
        "y": packed(points[:, 1], "f4"),
        **(places if known.any() else {}),
        "group": packed(np.append(partition.codes, np.full(len(outside), OUTSIDE)), "i4"),
        "silent": packed(silent, "u1"),
        "degree": packed(network.flat.degree, "u4"),
    }


def _groups(network: Network, partition: Partition, points: NDArray[np.float64], language: str) -> list[dict[str, Any]]:
    labels = cluster_labels(network, partition, language=language)
    centre, radius = discs(partition, points)
    found = []
    for group in groups_of(network, partition, labels, language):
        inside = group.code >= 0
        found.append(
            {
                "code": group.code,
                "label": shown_texts([group.label])[0],
                "short": str(group.code) if inside else "",
                "colour": group.colour,
                "symbol": group.symbol,
                "count": group.count,
                "x": or_none(centre[group.code, 0]) if inside else None,
                "y": or_none(centre[group.code, 1]) if inside else None,
                "radius": or_none(radius[group.code]) if inside else None,
            }
        )
    return found


def discs(partition: Partition, points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the middle, shape (k, 2), and the radius, shape (k,), of the disc that holds each cluster's members."""
    codes, k = partition.codes, partition.n_clusters
    inside = np.flatnonzero(codes > NO_CLUSTER)
    own, code = points[inside], codes[inside]
    # The middle of the box, not the mean: half of the members on one side must not push the disc there.
    low, high = np.full((k, 2), np.inf), np.full((k, 2), -np.inf)
    np.minimum.at(low, code, own)
    np.maximum.at(high, code, own)
    centre = (low + high) / 2
    radius = np.zeros(k)
    np.maximum.at(radius, code, np.sqrt(((own - centre[code]) ** 2).sum(axis=1)))
    return centre, radius + 0.5
