"""How a network is made from edges and graphs, and turned into graphs again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from clusternet.errors import InputError
from clusternet.messages import mark
from clusternet.model.coding import (
    GENERAL_LAYER,
    check_weights,
    coded_ledger,
    coded_register,
    given_order,
    recipe_table,
)
from clusternet.model.layers import STANDARD_LAYERS, Layer
from clusternet.model.pairs import Pairs
from clusternet.model.reports import NOBODY, linkages_from_reports

if TYPE_CHECKING:
    import igraph
    import networkx
    from scipy import sparse

    from clusternet.model.network import Network


def parts_from_edges(
    source: ArrayLike,
    target: ArrayLike,
    weight: ArrayLike | None,
    layer: ArrayLike | str | None,
    directed: bool,
    nodes: ArrayLike | None,
    attributes: pd.DataFrame | None = None,
) -> dict[str, Any]:
    """Return the parts of a network whose linkages are records given as arrays of ends."""
    ends = [np.asarray(end) for end in (source, target)]
    n_ties = len(ends[0])
    weights = np.ones(n_ties) if weight is None else np.array(weight, dtype=np.float64)
    if isinstance(layer, str) or layer is None:
        layer_codes, layer_names = np.zeros(n_ties, dtype=np.int64), [layer or GENERAL_LAYER]
    else:
        layer_codes, found = pd.factorize(pd.Series(layer, dtype="str"), sort=True)
        layer_names = [str(name) for name in found]
    if not len(ends[1]) == len(weights) == len(layer_codes) == n_ties:
        raise InputError(
            mark("The arrays differ in length: {source} sources, {target} targets, {weight} weights, {layer} layers."),
            source=n_ties,
            target=len(ends[1]),
            weight=len(weights),
            layer=len(layer_codes),
        )
    check_weights(weights)
    codes, ids = _coded_ids([*ends, np.asarray([] if nodes is None else nodes)])
    layers = tuple(
        STANDARD_LAYERS[name] if name in STANDARD_LAYERS else Layer(name, name, directed=directed)
        for name in layer_names
    )
    ties, dropped = linkages_from_reports(
        codes[:n_ties],
        codes[n_ties : 2 * n_ties],
        layer_codes.astype(np.int64),
        weights,
        np.full(n_ties, NOBODY),
        layers=layers,
        answered=np.ones(len(ids), dtype=bool),
    )
    table = pd.DataFrame({"enterprise_id": pd.array(ids, dtype="str")})
    if attributes is not None:
        table = table.join(attributes, on="enterprise_id")
    return {
        "register": coded_register(table),
        "outside_names": (),
        "ties": ties,
        "layers": layers,
        "ledger": coded_ledger(None, table["enterprise_id"]),
        "recipe_table": recipe_table(None),
        "dropped": dropped,
    }


def _coded_ids(parts: list[NDArray[Any]]) -> tuple[NDArray[np.int64], NDArray[np.object_]]:
    """Code ids of any kind by the rank of their text; only distinct ids are ever turned into text."""
    parts = [part for part in parts if len(part)]
    if not parts:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=object)
    same_kind = len({part.dtype.kind for part in parts}) == 1
    joined = np.concatenate(parts if same_kind else [part.astype(object) for part in parts])
    codes, distinct = pd.factorize(joined)
    if (codes < 0).any():
        raise InputError(mark("An end of a linkage is missing; every linkage needs a source and a target."))
    texts = np.array([str(entry) for entry in distinct], dtype=object)
    order = np.argsort(texts, kind="stable")
    if len(texts) > 1 and (texts[order][1:] == texts[order][:-1]).any():
        raise InputError(mark("Two ids are written alike, such as the number 1 and the text 1; make them differ."))
    rank = np.empty(len(texts), dtype=np.int64)
    rank[order] = np.arange(len(texts))
    return rank[codes], texts[order]


def parts_from_networkx(graph: networkx.Graph, weight: str, layer: str) -> dict[str, Any]:
    """Return the parts of a network from a networkx graph."""
    edges = list(graph.edges(data=True))
    attributes = pd.DataFrame.from_dict({str(node): data for node, data in graph.nodes(data=True)}, orient="index")
    return _parts_from_records(
        [edge[0] for edge in edges],
        [edge[1] for edge in edges],
        [edge[2].get(weight, 1.0) for edge in edges],
        [edge[2].get(layer, GENERAL_LAYER) for edge in edges],
        graph.is_directed(),
        list(graph.nodes),
        attributes,
    )


def parts_from_igraph(graph: igraph.Graph, weight: str, layer: str) -> dict[str, Any]:
    """Return the parts of a network from an igraph graph."""
    names = graph.vs["name"] if "name" in graph.vs.attributes() else list(range(graph.vcount()))
    given = {name: graph.vs[name] for name in graph.vs.attributes() if name != "name"}
    attributes = pd.DataFrame(given, index=[str(name) for name in names])
    source, target = zip(*graph.get_edgelist(), strict=True) if graph.ecount() else ((), ())
    return _parts_from_records(
        [names[end] for end in source],
        [names[end] for end in target],
        graph.es[weight] if weight in graph.es.attributes() else [1.0] * graph.ecount(),
        graph.es[layer] if layer in graph.es.attributes() else [GENERAL_LAYER] * graph.ecount(),
        graph.is_directed(),
        names,
        attributes,
    )


def _parts_from_records(
    source: list[Any],
    target: list[Any],
    weight: list[Any],
    layer: list[Any],
    directed: bool,
    nodes: list[Any],
    attributes: pd.DataFrame,
) -> dict[str, Any]:
    missing = sum(value is None for value in weight)
    if missing:
        raise InputError(
            mark("{count} linkages have no weight while others have one; give each its weight."), count=missing
        )
    try:
        weights = np.array(weight, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputError(mark("A weight is not a number; correct it first.")) from None
    texts = [str(node) for node in nodes]
    if len(set(texts)) < len(texts):
        raise InputError(mark("Two ids are written alike, such as the number 1 and the text 1; make them differ."))
    attributes = attributes.drop(columns=[name for name in ("enterprise_id", "respondent") if name in attributes])
    names = [name if name else GENERAL_LAYER for name in layer]
    parts = parts_from_edges(
        np.array([str(end) for end in source], dtype=object),
        np.array([str(end) for end in target], dtype=object),
        weights,
        names if names else None,
        directed,
        np.array(texts, dtype=object),
        attributes if len(attributes.columns) else None,
    )
    return {**parts, "given_order": given_order(texts, parts["register"]["enterprise_id"])}


# ---------------------------------------------------------------------- to graphs
def flat_networkx(network: Network) -> networkx.Graph:
    """Return the flat network as a networkx graph; enterprises carry ``name``, outside partners ``outside=True``."""
    import networkx

    graph = networkx.Graph()
    _add_nodes(graph, network)
    flat = network.flat
    ids = network.node_ids
    graph.add_weighted_edges_from(zip(ids[flat.first], ids[flat.second], flat.weight.tolist(), strict=True))
    return graph


def layered_networkx(network: Network) -> networkx.MultiDiGraph:
    """Return every linkage as an edge with layer, directed, weight and n_reports."""
    import networkx

    graph = networkx.MultiDiGraph()
    _add_nodes(graph, network)
    ids, ties = network.node_ids, network.ties
    for source, target, layer, weight, reports in zip(
        ids[ties.source],
        ids[ties.target],
        ties.layer.tolist(),
        ties.weight.tolist(),
        ties.n_reports.tolist(),
        strict=True,
    ):
        entry = network.layers[layer]
        graph.add_edge(
            source, target, key=entry.name, layer=entry.name, directed=entry.directed, weight=weight, n_reports=reports
        )
    return graph


def _add_nodes(graph: networkx.Graph, network: Network) -> None:
    for identifier, name in zip(network.register["enterprise_id"], network.register["name"], strict=True):
        graph.add_node(identifier, name=name, outside=False)
    graph.add_nodes_from(network.outside_names, outside=True)


def layer_matrix(network: Network, layer: str) -> sparse.csr_array:
    """Return the weighted adjacency matrix of one layer, symmetric unless the layer is directed."""
    from scipy import sparse

    known = [entry.name for entry in network.layers]
    if layer not in known:
        raise InputError(
            mark('The network has no layer "{layer}"; it has: {known}.'), layer=layer, known=", ".join(known)
        )
    place = known.index(layer)
    ties = network.ties.where(network.ties.layer == place)
    if not network.layers[place].directed:
        return Pairs.from_ties(ties.source, ties.target, ties.weight, network.n_nodes).matrix
    return sparse.csr_array((ties.weight, (ties.source, ties.target)), shape=(network.n_nodes, network.n_nodes))
