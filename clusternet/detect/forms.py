"""The forms in which a method takes a connected component, and those in which it may return what it found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import igraph
import numpy as np
from numpy.typing import NDArray

from clusternet.errors import InputError
from clusternet.messages import mark
from clusternet.model.pairs import Pairs

#: What a method can take: linked pairs, or what other libraries work with.
FORMS = ("pairs", "igraph", "networkx", "sparse")


def in_form(pairs: Pairs, form: str) -> Any:
    """Return a connected component in the form that a method takes.

    Parameters
    ----------
    pairs : Pairs
        The component.
    form : {"pairs", "igraph", "networkx", "sparse"}
        As it is; or an undirected graph with the nodes 0 to n - 1 and the edge attribute ``weight``; or the symmetric
        matrix of weights. Graphs and matrices are new ones, which the method may change.

    Returns
    -------
    Pairs, igraph.Graph, networkx.Graph or csr_array
        The component.
    """
    if form == "igraph":
        return pairs.graph()
    if form == "sparse":
        return pairs.matrix.copy()
    if form == "networkx":
        import networkx

        graph = networkx.Graph()
        graph.add_nodes_from(range(pairs.n_nodes))
        edges = zip(pairs.first.tolist(), pairs.second.tolist(), pairs.weight.tolist(), strict=True)
        graph.add_weighted_edges_from(edges)
        return graph
    return pairs


def labels_of(found: Any, n_nodes: int, method: str) -> NDArray[np.int64]:
    """Read what a method returned as one label per node.

    Parameters
    ----------
    found : array, list, mapping, groups of nodes, or igraph clustering
        Labels per node, negative for none; a mapping from node to label; groups such as a list of sets, where nodes in
        no group are left out; a clustering or dendrogram of igraph.
    n_nodes : int
        The number of nodes.
    method : str
        The method's name, for the message.

    Returns
    -------
    array of int, shape (n_nodes,)
        The label of each node.

    Raises
    ------
    InputError
        If it is none of these, or if groups overlap.

    Examples
    --------
    >>> labels_of([{0, 3}, {2}], 4, "mine")
    array([ 0, -1,  1,  0])
    >>> labels_of({2: 5, 1: 5, 0: 4}, 3, "mine")
    array([4, 5, 5])
    """
    if isinstance(found, igraph.VertexDendrogram):
        found = found.as_clustering()
    if isinstance(found, igraph.VertexClustering):
        found = found.membership
    if isinstance(found, Mapping) and set(found) == set(range(n_nodes)):
        found = [found[node] for node in range(n_nodes)]
    if isinstance(found, Iterable) and not isinstance(found, np.ndarray | Mapping | str):
        found = list(found)
        if all(isinstance(entry, Collection) and not isinstance(entry, str) for entry in found):
            return _of_groups(found, n_nodes, method)
    try:
        labels = np.asarray(found)
    except ValueError:  # a list of single labels and of groups
        labels = np.asarray(None)
    whole = labels.dtype.kind in "biu" or (
        labels.dtype.kind == "f" and bool((np.isfinite(labels) & (labels == np.floor(labels))).all())
    )
    if labels.shape != (n_nodes,) or not whole:
        raise InputError(
            mark(
                'The method "{method}" did not return what was expected for {count} enterprises: one whole number for '
                "each, or groups of their positions."
            ),
            method=method,
            count=n_nodes,
        )
    return labels.astype(np.int64, copy=False)


def _of_groups(groups: Iterable[Collection[Any]], n_nodes: int, method: str) -> NDArray[np.int64]:
    labels = np.full(n_nodes, -1, dtype=np.int64)
    for number, group in enumerate(groups):
        for node in group:
            if not isinstance(node, int | np.integer) or not 0 <= node < n_nodes:
                raise InputError(
                    mark('The method "{method}" returned a group with {node} in it; expected positions 0 to {most}.'),
                    method=method,
                    node=repr(node),
                    most=n_nodes - 1,
                )
            if labels[node] not in (-1, number):
                raise InputError(
                    mark('The method "{method}" put position {node} into two groups; clusters must not overlap.'),
                    method=method,
                    node=int(node),
                )
            labels[node] = number
    return labels
