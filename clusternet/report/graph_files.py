"""The network as GraphML and GEXF, with every enterprise's cluster and place on the map."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusternet.model import Network, Partition, Scores
from clusternet.report.exports.from_nouns import export_graph
from clusternet.report.exports.gexf import gexf_bytes
from clusternet.report.exports.graph import ExportGraph
from clusternet.report.exports.graphml import graphml_bytes
from clusternet.report.xml_text import writable

__all__ = ["clustered_graph", "gexf_bytes", "graphml_bytes", "writable"]


def clustered_graph(
    network: Network,
    partition: Partition,
    scores: Scores | None = None,
    *,
    positions: NDArray[np.float64] | None = None,
    language: str = "en",
    seed: int = 0,
) -> ExportGraph:
    """Return every linkage as an edge and every node with its name, cluster (-1 = in none), place and columns.

    Parameters
    ----------
    network, partition : Network, Partition
        The network and its clusters.
    scores : Scores, optional
        Gives each enterprise its role.
    positions : array of float, shape (n_nodes, 2), optional
        Where the nodes stand on the map; by default laid out here.
    language : {"en", "ar"}
        The language of the names of clusters.
    seed : int
        Seed of the layout.

    Returns
    -------
    ExportGraph
        Ready to be written: plain values, no letters that XML cannot hold.
    """
    return export_graph(network, partition, scores, positions=positions, language=language, seed=seed, tables=False)
