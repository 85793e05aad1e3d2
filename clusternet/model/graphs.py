"""How a network is made from edges and graphs, and turned into graphs again."""

from __future__ import annotations

from collections.abc import Sequence
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
from clusternet.model.ids import coded_ids
from clusternet.model.layers import STANDARD_LAYERS, Layer
from clusternet.model.pairs import Pairs
from clusternet.model.reports import linkages_from_reports

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
    ends = [end if isinstance(end, pd.Series) else np.asarray(end) for end in (source, target)]
    n_ties = len(ends[0])
    weights = np.ones(n_ties) if weight is None else np.array(weight, dtype=np.float64)
    if isinstance(layer, str) or layer is None:
        layer_codes, layer_names = None, [layer or GENERAL_LAYER]
    else:
        layer_codes, found = pd.factorize(pd.Series(layer, dtype="str"), sort=True)
        layer_names = [str(name) for name in found]
    n_layers = n_ties if layer_codes is None else len(layer_codes)
    if not len(ends[1]) == len(weights) == n_layers == n_ties:
        raise InputError(
            mark("The arrays differ in length: {source} sources, {target} targets, {weight} weights, {layer} layers."),
            source=n_ties,
            target=len(ends[1]),
            weight=len(weights),
            layer=n_layers,
        )
    (source_codes, target_codes, _), ids = coded_ids([*ends, [] if nodes is None else nodes])
    return parts_from_codes(
        source_codes,
        target_codes,
        ids,
        weight=weights,
        layer=layer_codes,
        layer_names=layer_names,
        directed=directed,
        attributes=attributes,
    )


def parts_from_codes(
    source: NDArray[np.integer],
    target: NDArray[np.integer],
    ids: pd.Series,
    *,
    weight: NDArray[np.float64] | None = None,
    layer: NDArray[np.integer] | None = None,
    layer_names: Sequence[str] = (GENERAL_LAYER,),
    directed: bool = False,
    attributes: pd.DataFrame | None = None,
) -> dict[str, Any]:
    """Return the parts of a network whose linkages are records with coded ends.

    Parameters
    ----------
    source, target : array of int, shape (m,)
        Positions in ``ids``.
    ids : Series of str
        The ids, sorted by code point, each once.
    weight : array of float, shape (m,), optional
        Finite, at least 0; default 1.
    layer : array of int, shape (m,), optional
        Positions in ``layer_names``; default the first.
    layer_names : sequence of str
        The layers, sorted; standard names keep their meaning.
    directed : bool
        Whether layers without a standard meaning have a direction.
    attributes : DataFrame, optional
        Further columns of the register, by id.

    Returns
    -------
    dict
        What ``Network`` is called with.

    Raises
    ------
    InputError
        If a weight is not a finite number of at least 0, or the ids repeat.
    """
    weight = np.ones(len(source)) if weight is None else weight
    check_weights(weight)
    layers = tuple(
        STANDARD_LAYERS[name] if name in STANDARD_LAYERS else Layer(name, name, directed=directed)
        for name in layer_names
    )
    if layer is not None and len(layers) == 1:
        layer = None
    ties, dropped = linkages_from_reports(
        source, target, layer, weight, None, layers=layers, answered=np.ones(len(ids), dtype=bool)
    )
    table = pd.DataFrame({"enterprise_id": ids})
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
