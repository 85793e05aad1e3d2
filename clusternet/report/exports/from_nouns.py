"""From the nouns of a study to what exports are made of."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.draw import cluster_labels, lay_out
from clusternet.model import Network, Partition, Scores
from clusternet.report.exports.graph import (
    CARRIED_NUMBERS,
    CARRIED_TEXTS,
    EDGE_KINDS,
    LAYER_KINDS,
    NODE_KINDS,
    POINTS,
    ExportGraph,
    distinct,
    rounded,
    typed,
)
from clusternet.report.exports.study_tables import study_tables
from clusternet.report.xml_text import writable


def export_graph(
    network: Network,
    partition: Partition,
    scores: Scores | None = None,
    *,
    positions: NDArray[np.float64] | None = None,
    language: str = "en",
    seed: int = 0,
    tables: bool = True,
) -> ExportGraph:
    """Return a network with its clusters as plain tables.

    Parameters
    ----------
    network, partition : Network, Partition
        The network and its clusters.
    scores : Scores, optional
        Gives each enterprise its role, and the study its tables.
    positions : array of float, shape (n_nodes, 2), optional
        Where the nodes stand, as from :func:`clusternet.draw.lay_out`; by default laid out here.
    language : {"en", "ar"}
        The language of the names of clusters.
    seed : int
        Seed of the layout.
    tables : bool, default True
        Whether the graph carries the study's tables; it has them only with scores.

    Returns
    -------
    ExportGraph
        Enterprises in the order of their ids, then outside partners; ids that became alike where letters were replaced
        are told apart.
    """
    if positions is None:
        positions = lay_out(network, partition, seed=seed)
    nodes = _nodes(network, partition, scores, positions, language)
    return ExportGraph(
        nodes,
        _edges(network, nodes["id"]),
        _layers(network),
        title=writable(network.settings.title),
        language=language,
        tables=study_tables(network, partition, scores, language) if tables and scores is not None else {},
    )


def _nodes(
    network: Network, partition: Partition, scores: Scores | None, positions: NDArray[np.float64], language: str
) -> pd.DataFrame:
    n_outside = len(network.outside_names)
    labels = np.array([*cluster_labels(network, partition, language=language), ""], dtype=object)
    roles = {} if scores is None else dict(zip(scores.members["enterprise_id"], scores.members["role"], strict=True))
    register = network.register
    nothing = [None] * n_outside
    points = np.round(positions * POINTS, 2) + 0.0
    columns = {
        "id": distinct([writable(node) for node in network.node_ids]),
        "name": [*register["name"].tolist(), *nothing],
        "outside": [False] * network.n_enterprises + [True] * n_outside,
        "cluster": [*partition.codes.tolist(), *[-1] * n_outside],
        "cluster_label": [*labels[partition.codes].tolist(), *nothing],
        "certainty": [*np.asarray(partition.member_certainty).tolist(), *nothing],
        "role": [*(roles.get(identifier) for identifier in register["enterprise_id"]), *nothing],
        "respondent": network.answered.tolist(),
        **{
            column: [*register[column].tolist(), *nothing]
            for column in (*CARRIED_TEXTS, *CARRIED_NUMBERS)
            if column in register.columns
        },
        "x": points[:, 0].tolist(),
        "y": points[:, 1].tolist(),
    }
    return typed(pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in columns.items()}), NODE_KINDS)


def _edges(network: Network, ids: pd.Series) -> pd.DataFrame:
    """Return the linkages; columns of arrays, and of texts that are there once, as there may be millions."""
    names = ids.to_numpy(dtype=object)
    layers, ties = network.layers, network.ties
    layer_names = np.array([writable(layer.name) for layer in layers], dtype=object)
    directed = np.array([layer.directed for layer in layers], dtype=bool)
    columns = {
        "source": pd.Series(names[ties.source], dtype=object),
        "target": pd.Series(names[ties.target], dtype=object),
        "layer": pd.Series(layer_names[ties.layer], dtype=object),
        "directed": directed[ties.layer],
        "weight": rounded(ties.weight),
        "n_reports": np.asarray(ties.n_reports, dtype=np.int64),
    }
    return pd.DataFrame({name: columns[name] for name in EDGE_KINDS})


def _layers(network: Network) -> pd.DataFrame:
    rows = [(layer.name, bool(layer.counts), float(layer.weight)) for layer in network.layers]
    return typed(pd.DataFrame(rows, columns=list(LAYER_KINDS)).astype(object), LAYER_KINDS)
