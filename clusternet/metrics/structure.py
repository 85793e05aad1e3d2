"""Cohesion of the graph inside: G[S], the graph of a cluster's linked pairs, unweighted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusternet.messages import mark
from clusternet.metrics import spectral
from clusternet.metrics.card import metric
from clusternet.metrics.core_periphery import best_fits
from clusternet.metrics.estimates import BY_DEGREE, ESTIMATED, UPPER_BOUND, WITHIN, remarks
from clusternet.metrics.inside import inside_graphs, parts_and_cuts, triangles_at
from clusternet.metrics.members import per_member
from clusternet.metrics.reach import efficiencies
from clusternet.metrics.splits import vertex_connectivity
from clusternet.model import ClusteredNetwork
from clusternet.model.sums import ratio

Values = NDArray[np.float64]

_TOO_SMALL = mark("a cluster of one member")
_WASSERMAN = "Wasserman, S. & Faust, K. (1994), Social Network Analysis: Methods and Applications"


def _split_notes(c: ClusteredNetwork) -> list[str]:
    return remarks(UPPER_BOUND, vertex_connectivity(c)[1])


def _eigenvalue_notes(c: ClusteredNetwork) -> list[str]:
    return remarks(WITHIN, spectral.algebraic_connectivities(c)[1])


def _reach_notes(c: ClusteredNetwork) -> list[str]:
    return remarks(ESTIMATED, efficiencies(c)[1])


def _core_notes(c: ClusteredNetwork) -> list[str]:
    return [BY_DEGREE if roughly else "" for roughly in best_fits(c)[1].tolist()]


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
    degree = inside_graphs(c).degree
    corners = np.bincount(c.member_cluster, weights=triangles_at(c), minlength=c.k)
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
    return per_member(c, triangles_at(c) > 0)


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
    note=_split_notes,
)
def structural_cohesion(c: ClusteredNetwork) -> Values:
    """The least number of members whose leaving would split the cluster; its size less one where all are linked.

    Work: at most as many rounds of n + 2 m steps as the answer, and m more for each way that must be looked for; after
    1,000,000,000 steps (seconds) the value is the least split found, an upper bound, and the note says with which
    chance a smaller one was missed.
    """
    return vertex_connectivity(c)[0]


@metric(
    label=mark("Algebraic connectivity"),
    family="cohesion",
    better="higher",
    formula=r"\lambda_2(L(G[S]))",
    unit=mark("eigenvalue"),
    range=(0, np.inf),
    undefined=_TOO_SMALL,
    reference="Fiedler, M. (1973), Algebraic connectivity of graphs",
    note=_eigenvalue_notes,
)
def algebraic_connectivity(c: ClusteredNetwork) -> Values:
    """The second smallest eigenvalue of the Laplacian: 0 for a cluster in pieces, larger the harder it is to split.

    Work: n^3 steps up to 1,500 members; beyond that 100 to 5,000 products of m + 80 n steps. Should even these not
    suffice, the note says how far off the value may be.
    """
    return spectral.algebraic_connectivities(c)[0]


@metric(
    label=mark("Reach efficiency"),
    family="cohesion",
    better="higher",
    formula=r"\frac{2}{n(n-1)} \sum_{i<j} \frac{1}{d_{ij}}",
    unit=mark("mean of inverse steps"),
    range=(0, 1),
    undefined=_TOO_SMALL,
    reference="Latora, V. & Marchiori, M. (2001), doi:10.1103/PhysRevLett.87.198701",
    note=_reach_notes,
)
def reach_efficiency(c: ClusteredNetwork) -> Values:
    """How few steps inside lead from member to member: 1 when all are linked, 0 when none can be reached.

    Work: n / 64 x the steps of the longest way x 2 m. Where n x 2 m is above 50,000,000,000 it is estimated from some
    members, and the note gives the standard error.
    """
    return efficiencies(c)[0]


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
    part, _ = parts_and_cuts(c)
    size = np.bincount(part, minlength=len(part))
    largest = np.zeros(c.k)
    np.maximum.at(largest, c.member_cluster, size)
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
    """The least conductance of any split of the cluster: exact up to 12 members, beyond that a sweep's upper bound.

    Work: 2^n steps up to 12 members, n^3 up to 1,500, and 100 to 5,000 products of m + 80 n steps beyond that.
    """
    return spectral.inner_conductances(c)


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
    degree = inside_graphs(c).degree
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
    note=_core_notes,
)
def core_periphery_fit(c: ClusteredNetwork) -> Values:
    """How well the cluster looks like a core linked to everybody and a periphery linked only to the core.

    Exact up to 12 members; beyond that the best core that a greedy search with single exchanges finds, a lower bound.

    Work: 2^n steps up to 12 members, beyond that n^2 / 2 + m and n for each exchange. In clusters of more than 60,000
    members only those with most partners are tried, in n log n + m steps, and the note says so.
    """
    return best_fits(c)[0]
