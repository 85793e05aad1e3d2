"""Cohesion of the graph inside: G[S], the graph of a cluster's linked pairs, unweighted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from clusternet.messages import mark
from clusternet.metrics import core_periphery, spectral
from clusternet.metrics.card import metric
from clusternet.metrics.members import per_member
from clusternet.model import ClusteredNetwork
from clusternet.model.sums import ratio

Values = NDArray[np.float64]

_TOO_SMALL = mark("a cluster of one member")
_WASSERMAN = "Wasserman, S. & Faust, K. (1994), Social Network Analysis: Methods and Applications"


def inside_matrix(c: ClusteredNetwork) -> sparse.csr_array:
    """Return the unweighted adjacency of the pairs inside any cluster, shape (n_nodes, n_nodes)."""
    flat = c.network.flat
    inside = (c.cluster_of[flat.first] == c.cluster_of[flat.second]) & (c.cluster_of[flat.first] >= 0)
    first, second = flat.first[inside], flat.second[inside]
    ends = (np.concatenate([first, second]), np.concatenate([second, first]))
    return sparse.csr_array((np.ones(2 * len(first)), ends), shape=(c.network.n_nodes, c.network.n_nodes))


def triangles_at(matrix: sparse.csr_array) -> NDArray[np.float64]:
    """Return the number of triangles at each node, shape (n_nodes,)."""
    return np.asarray((matrix @ matrix).multiply(matrix).sum(axis=1)).ravel() / 2


@metric(
    label=mark("Transitivity"),
    family="cohesion",
    better="higher",
    formula=r"\frac{3 \times \text{triangles}}{\text{connected triples}}",
    unit=mark("share of connected triples"),
    range=(0, 1),
    undefined=mark("no member is linked to two others"),
    reference=_WASSERMAN,
)
def transitivity(c: ClusteredNetwork) -> Values:
    """Of the pairs of members with a common partner in the cluster, the share that is linked as well."""
    matrix = inside_matrix(c)
    degree = np.asarray(matrix.sum(axis=1)).ravel()[c.member_nodes]
    corners = np.bincount(c.member_cluster, weights=triangles_at(matrix)[c.member_nodes], minlength=c.k)
    triples = np.bincount(c.member_cluster, weights=degree * (degree - 1) / 2, minlength=c.k)
    return ratio(corners, triples)


@metric(
    label=mark("Members in a triangle"),
    family="cohesion",
    better="higher",
    formula=r"\frac{|\{i \in S : i \text{ in a triangle of } G[S]\}|}{n}",
    unit=mark("share of members"),
    range=(0, 1),
    undefined="",
    reference="Yang, J. & Leskovec, J. (2015), doi:10.1007/s10115-013-0693-z",
)
def triangle_participation(c: ClusteredNetwork) -> Values:
    """The share of members that belong to a triangle of linked members."""
    return per_member(c, triangles_at(inside_matrix(c))[c.member_nodes] > 0)


@metric(
    label=mark("Structural cohesion"),
    family="cohesion",
    better="higher",
    formula=r"\kappa(G[S])",
    unit=mark("members"),
    range=(0, np.inf),
    undefined=_TOO_SMALL,
    reference="Moody, J. & White, D. R. (2003), doi:10.2307/3088904",
    core=True,
)
def structural_cohesion(c: ClusteredNetwork) -> Values:
    """The least number of members whose leaving would split the cluster; its size less one where all are linked."""
    return np.array(
        [graph.vertex_connectivity() if graph.vcount() > 1 else np.nan for graph in c.subgraphs], dtype=float
    )


@metric(
    label=mark("Algebraic connectivity"),
    family="cohesion",
    better="higher",
    formula=r"\lambda_2(L(G[S]))",
    unit=mark("eigenvalue"),
    range=(0, np.inf),
    undefined=_TOO_SMALL,
    reference="Fiedler, M. (1973), Algebraic connectivity of graphs",
)
def algebraic_connectivity(c: ClusteredNetwork) -> Values:
    """The second smallest eigenvalue of the Laplacian: 0 for a cluster in pieces, larger the harder it is to split."""
    return np.array([spectral.algebraic_connectivity(graph) for graph in c.subgraphs], dtype=float)


@metric(
    label=mark("Reach efficiency"),
    family="cohesion",
    better="higher",
    formula=r"\frac{2}{n(n-1)} \sum_{i<j} \frac{1}{d_{ij}}",
    unit=mark("mean of inverse steps"),
    range=(0, 1),
    undefined=_TOO_SMALL,
    reference="Latora, V. & Marchiori, M. (2001), doi:10.1103/PhysRevLett.87.198701",
)
def reach_efficiency(c: ClusteredNetwork) -> Values:
    """How few steps inside lead from member to member: 1 when all are linked, 0 when none can be reached."""
    return np.array([_efficiency(graph.distances(), graph.vcount()) for graph in c.subgraphs], dtype=float)


def _efficiency(distances: list[list[float]], n: int) -> float:
    if n < 2:
        return np.nan
    steps = np.asarray(distances)
    # Whole numbers of steps are counted first, so that no sum of fractions depends on the order of members.
    count = np.bincount(steps[np.isfinite(steps) & (steps > 0)].astype(np.int64))
    return float((count[1:] / np.arange(1, len(count))).sum() / (n * (n - 1)))


@metric(
    label=mark("Largest connected part"),
    family="cohesion",
    better="higher",
    formula=r"\frac{\max_{C} |C|}{n}",
    unit=mark("share of members"),
    range=(0, 1),
    undefined="",
    reference=_WASSERMAN,
    core=True,
)
def largest_component_share(c: ClusteredNetwork) -> Values:
    """The share of members in the largest part of the cluster that hangs together."""
    part = sparse.csgraph.connected_components(inside_matrix(c), directed=False)[1][c.member_nodes]
    _, first, size = np.unique(part, return_index=True, return_counts=True)
    largest = np.zeros(c.k)
    np.maximum.at(largest, c.member_cluster[first], size)
    return largest / c.size


@metric(
    label=mark("Inner conductance"),
    family="cohesion",
    better="higher",
    formula=r"\min_{A \subset S} \frac{\mathrm{cut}(A, \bar A)}{\min(\mathrm{vol}(A), \mathrm{vol}(\bar A))}",
    unit=mark("share of linked ends"),
    range=(0, 1),
    undefined=mark("a cluster of one member or without linked pairs"),
    reference="Kannan, R., Vempala, S. & Vetta, A. (2004), doi:10.1145/990308.990313",
)
def inner_conductance(c: ClusteredNetwork) -> Values:
    """The least conductance of any split of the cluster: exact up to 12 members, beyond that a sweep's upper bound."""
    return np.array([spectral.inner_conductance(graph) for graph in c.subgraphs], dtype=float)


@metric(
    label=mark("Centralisation"),
    family="cohesion",
    better="neither",
    formula=r"\frac{\sum_i (k_{\max} - k_i)}{(n-1)(n-2)}",
    unit=mark("share of a star's centralisation"),
    range=(0, 1),
    undefined=mark("a cluster of fewer than three members"),
    reference="Freeman, L. C. (1978), doi:10.1016/0378-8733(78)90021-7",
)
def centralisation(c: ClusteredNetwork) -> Values:
    """How far the linked pairs hang on one member: 1 for a star, 0 where all have as many partners."""
    degree = np.asarray(inside_matrix(c).sum(axis=1)).ravel()[c.member_nodes]
    largest = np.zeros(c.k)
    np.maximum.at(largest, c.member_cluster, degree)
    total = np.bincount(c.member_cluster, weights=degree, minlength=c.k)
    return ratio(c.size * largest - total, np.where(c.size > 2, (c.size - 1) * (c.size - 2), 0))


@metric(
    label=mark("Core-periphery fit"),
    family="cohesion",
    better="neither",
    formula=r"\max_{C \subset S} \operatorname{cor}(a_{ij}, [i \in C \lor j \in C])",
    unit=mark("correlation"),
    range=(-1, 1),
    undefined=mark("a cluster of fewer than four members, without linked pairs or with all pairs linked"),
    reference="Borgatti, S. P. & Everett, M. G. (2000), doi:10.1016/S0378-8733(99)00019-2",
)
def core_periphery_fit(c: ClusteredNetwork) -> Values:
    """How well the cluster looks like a core linked to everybody and a periphery linked only to the core.

    Exact up to 12 members; beyond that the best core that a greedy search with single exchanges finds, a lower bound.
    """
    return np.array([core_periphery.best_fit(graph) for graph in c.subgraphs], dtype=float)
