"""The network as GraphML and GEXF, with every enterprise's cluster."""

from __future__ import annotations

import io
import re
from typing import Any

import networkx
import pandas as pd

from clusternet.draw import cluster_labels
from clusternet.model import Network, Partition

#: Letters that XML 1.0 cannot hold, not even escaped.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Columns of the register that the graph carries, where they are given.
_CARRIED = ("sector", "stage", "place", "workers")


def writable(text: object) -> str:
    r"""Return a text with every letter that XML cannot hold replaced by U+FFFD.

    Examples
    --------
    >>> writable("a\x00b") == "a\N{REPLACEMENT CHARACTER}b"
    True
    """
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", str(text))


def clustered_graph(network: Network, partition: Partition) -> networkx.MultiDiGraph:
    """Return every linkage as an edge and every node with its name, cluster (-1 = in none) and columns.

    Parameters
    ----------
    network : Network
        The network.
    partition : Partition
        Its clusters.

    Returns
    -------
    networkx.MultiDiGraph
        Ready to be written as XML: plain values, no missing ones, no letters that XML cannot hold.
    """
    layered = network.to_networkx(layered=True)
    names = _distinct({node: writable(node) for node in layered})
    graph = networkx.MultiDiGraph()
    for node, data in layered.nodes(data=True):
        graph.add_node(names[node], **_plain(data), cluster=-1)
    labels = cluster_labels(network, partition)
    register = network.enterprises
    for place, (identifier, cluster) in enumerate(
        zip(register["enterprise_id"], partition.codes.tolist(), strict=True)
    ):
        row = {column: register[column].iloc[place] for column in _CARRIED}
        label = labels[cluster] if cluster >= 0 else ""
        graph.nodes[names[identifier]].update(_plain({**row, "cluster": cluster, "cluster_label": label}))
    for source, target, key, data in layered.edges(keys=True, data=True):
        graph.add_edge(names[source], names[target], key=writable(key), **_plain(data))
    return graph


def _distinct(names: dict[str, str]) -> dict[str, str]:
    """Keep apart the ids that became alike when letters were replaced."""
    taken: set[str] = set()
    for node, name in names.items():
        unique, turn = name, 2
        while unique in taken:
            unique, turn = f"{name}~{turn}", turn + 1
        taken.add(unique)
        names[node] = unique
    return names


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return {
        key: writable(value) if isinstance(value, str) else value
        for key, value in ((key, value.item() if hasattr(value, "item") else value) for key, value in data.items())
        if value is not None and not pd.isna(value)
    }


def graphml_bytes(graph: networkx.Graph) -> bytes:
    """Return a graph as GraphML."""
    stream = io.BytesIO()
    networkx.write_graphml_xml(graph, stream, named_key_ids=True)
    return stream.getvalue()


def gexf_bytes(graph: networkx.MultiDiGraph) -> bytes:
    """Return a graph as GEXF 1.2, without the date that networkx writes; a node is labelled with its name."""
    labelled = graph.copy()
    for node, data in labelled.nodes(data=True):
        data["label"] = data.get("name") or node
    # An edge needs an id of its own: the layer's name is not one, because many edges have it.
    numbered = networkx.MultiDiGraph()
    numbered.add_nodes_from(labelled.nodes(data=True))
    for place, (source, target, data) in enumerate(labelled.edges(data=True)):
        numbered.add_edge(source, target, key=place, **data)
    stream = io.BytesIO()
    networkx.write_gexf(numbered, stream, version="1.2draft")
    return re.sub(rb"(<meta)[^>]*?( ?/?>)", rb"\1\2", stream.getvalue(), count=1)
