"""How a network is made from tables, edges and graphs, and turned into graphs again: the kernels behind Network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from clusternet.errors import InputError, shown
from clusternet.messages import mark
from clusternet.model.layers import STANDARD_LAYERS, Layer
from clusternet.model.pairs import Pairs
from clusternet.model.reports import NOBODY, linkages_from_reports
from clusternet.model.schema import complete_table
from clusternet.model.settings import Settings

if TYPE_CHECKING:
    import igraph
    import networkx
    from scipy import sparse

    from clusternet.model.network import Network

#: The layer of linkages that name none.
GENERAL_LAYER = "linkage"


@dataclass(frozen=True, eq=False)
class CodedReports:
    """Reports whose ends, layers and reporters are positions."""

    register: pd.DataFrame
    outside_names: tuple[str, ...]
    layers: tuple[Layer, ...]
    answered: NDArray[np.bool_]
    reports: tuple[NDArray[Any], ...]


def check_network(network: Network) -> None:
    """Raise an InputError unless the parts of a network fit together."""
    ids = network.register["enterprise_id"]
    if ids.isna().any() or not (ids.is_unique and ids.is_monotonic_increasing):
        raise InputError(mark("The enterprises must be sorted by enterprise_id, each of them once."))
    ties = network.ties
    ends = np.concatenate([ties.source, ties.target])
    if ends.size and not (ends.min() >= 0 and ends.max() < network.n_nodes):
        raise InputError(mark("A linkage has an end that is neither an enterprise nor an outside partner."))
    if ties.layer.size and not (ties.layer.min() >= 0 and ties.layer.max() < len(network.layers)):
        raise InputError(mark("A linkage has a layer that is not in the list of layers."))
    check_weights(ties.weight)
    if (ties.weight <= 0).any():
        raise InputError(mark("A linkage has the weight 0; leave it out."))


def check_weights(weight: NDArray[np.float64]) -> None:
    """Raise an InputError unless every weight, and their sum, is a finite number of at least 0."""
    with np.errstate(over="ignore"):
        fine = np.isfinite(weight).all() and (weight >= 0).all() and np.isfinite(weight.sum())
    if not fine:
        bad = weight[~(np.isfinite(weight) & (weight >= 0))]
        raise InputError(
            mark("{count} weights are not finite numbers of at least 0 (the first is {value}); correct them first."),
            count=max(len(bad), 1),
            value=float(bad[0]) if len(bad) else "a sum that overflows",
        )


# ---------------------------------------------------------------------- from tables
def coded_reports(
    enterprises: pd.DataFrame, linkages: pd.DataFrame, settings: Settings, declared: Sequence[Layer]
) -> CodedReports:
    """Code tables as positions; ends that are not in the register become outside partners."""
    register = _register(enterprises)
    rows = complete_table(linkages.assign(layer=linkages.get("layer", GENERAL_LAYER)), "linkages")
    ids = pd.Index(register["enterprise_id"])
    ends = {end: ids.get_indexer(rows[end]) for end in ("source", "target")}
    lost = (ends["source"] < 0) & (ends["target"] < 0)
    if lost.any():
        raise InputError(
            mark("{count} linkages join two partners that are both outside the register; drop these rows."),
            count=int(lost.sum()),
        )
    unknown = [rows[end][ends[end] < 0] for end in ends]
    outside = pd.Index(np.sort(pd.concat(unknown).unique().to_numpy(dtype=object)), dtype=object)
    for end in ends:
        other = outside.get_indexer(rows[end])
        ends[end] = np.where(ends[end] < 0, len(ids) + other, ends[end]).astype(np.int64)
    layers = _layers_of(rows["layer"], settings, declared)
    layer = pd.Index([entry.name for entry in layers], dtype=object).get_indexer(rows["layer"])
    weight = rows["weight"].to_numpy(dtype=np.float64, copy=True)
    check_weights(weight)
    reporter = _reporters(rows["reporter"], ids, ends["source"], ends["target"])
    answered = np.append(register["respondent"].to_numpy(dtype=bool), np.zeros(len(outside), dtype=bool))
    reports = (ends["source"], ends["target"], layer.astype(np.int64), weight, reporter)
    return CodedReports(register, tuple(outside), layers, answered, reports)


def _register(enterprises: pd.DataFrame) -> pd.DataFrame:
    if "name" not in enterprises.columns and "enterprise_id" in enterprises.columns:
        enterprises = enterprises.assign(name=enterprises["enterprise_id"])
    table = complete_table(enterprises, "enterprises")
    repeated = table["enterprise_id"][table["enterprise_id"].duplicated()]
    if len(repeated) or table["enterprise_id"].isna().any():
        value = shown(repeated.iloc[0]) if len(repeated) else ""
        raise InputError(
            mark('The enterprise "{value}" stands more than once in the register, or has no id.'), value=value
        )
    order = np.argsort(table["enterprise_id"].to_numpy(dtype=object), kind="stable")
    table = table.take(order).reset_index(drop=True)
    return table.assign(respondent=table["respondent"].eq("yes"))


def _layers_of(names: pd.Series, settings: Settings, declared: Sequence[Layer]) -> tuple[Layer, ...]:
    """Return the layers that occur or are declared by the study, sorted by name."""
    known = {layer.name: layer for layer in declared}
    found = {}
    for name in sorted({*names.unique(), *settings.layers, *known}):
        layer = known.get(name) or settings.layer(name)
        if layer is None and name == GENERAL_LAYER:
            layer = Layer(name, mark("Linkage"))
        if layer is None:
            raise InputError(
                mark('The layer "{value}" is not known; use one of {known}, or declare it in study.toml.'),
                value=shown(name),
                known=", ".join(settings.known_layers),
            )
        found[name] = layer
    return tuple(found.values())


def _reporters(
    given: pd.Series, ids: pd.Index, source: NDArray[np.int64], target: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Code who reported each row: the source where nobody is named, the target where the source is outside."""
    default = np.where(source < len(ids), source, target)
    coded = ids.get_indexer(given)
    unknown = given.notna() & (coded < 0) & given.ne("")
    if unknown.any():
        raise InputError(
            mark('The reporter "{value}" is not in the register; add it there or correct the row.'),
            value=shown(given[unknown].iloc[0]),
        )
    return np.where(given.isna(), default, np.where(given.eq(""), NOBODY, coded)).astype(np.int64)


def coded_ledger(resources: pd.DataFrame | None, ids: pd.Series) -> pd.DataFrame:
    """Return needs and offers with the enterprise as a position, sorted so that the order of rows leaves no trace."""
    table = complete_table(resources, "resources").reset_index(drop=True)
    position = pd.Index(ids).get_indexer(table["enterprise_id"])
    if (position < 0).any():
        value = table["enterprise_id"][position < 0].iloc[0]
        raise InputError(
            mark('The enterprise "{value}" of the table resources is not in the register.'), value=shown(value)
        )
    table = table.drop(columns="enterprise_id")
    table.insert(0, "enterprise", position.astype(np.int64))
    keys = ["enterprise", "resource", "role", "factor", "quantity", "unit", "unit_cost"]
    return table[keys].sort_values(keys, kind="stable", ignore_index=True)


def recipe_table(recipes: pd.DataFrame | None) -> pd.DataFrame:
    """Return the recipes sorted, each row once."""
    table = complete_table(recipes, "recipes")[["product", "stage", "input", "quantity"]]
    return table.drop_duplicates().sort_values(list(table.columns), kind="stable", ignore_index=True)


# ---------------------------------------------------------------------- from edges and graphs
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
        "register": _register(table),
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
    ends = [np.array([str(end) for end in side], dtype=object) for side in (source, target)]
    texts = [str(node) for node in nodes]
    if len(set(texts)) < len(texts):
        raise InputError(mark("Two ids are written alike, such as the number 1 and the text 1; make them differ."))
    attributes = attributes.drop(columns=[name for name in ("enterprise_id", "respondent") if name in attributes])
    names = [name if name else GENERAL_LAYER for name in layer]
    return parts_from_edges(
        *ends,
        weights,
        names if names else None,
        directed,
        np.array(texts, dtype=object),
        attributes if len(attributes.columns) else None,
    )


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
