"""Flows that return to where they came from, found in each strongly connected part of the trade."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import eigs

from clusternet.metrics.memory import made_once
from clusternet.metrics.spectral import one_thread
from clusternet.metrics.trade import flows_inside
from clusternet.model import ClusteredNetwork

Values = NDArray[np.float64]
Positions = NDArray[np.int64]

#: Up to this many enterprises in one cyclic part eigenvalues are found with dense matrices where rounds do not.
_DENSE_UP_TO = 1500
#: Up to this many enterprises in one cyclic part the flows that return are worked out.
MOST_IN_CIRCLES = 5000
#: A part from which less than this share of a node's throughflow escapes counts as closed.
_CLOSED = 1e-13
#: How closely an eigenvalue must be enclosed, as a share of it, and in how many rounds.
_PRECISION, _MOST_ROUNDS = 1e-13, 3000


@dataclass(frozen=True, eq=False)
class Circles:
    """The strongly connected parts of two or more nodes, one after the other, and the flows within each.

    Parameters
    ----------
    nodes : array of int, shape (nodes in circles,)
        Positions, part by part, sorted within each.
    start : array of int, shape (parts + 1,)
        The nodes of part p are ``nodes[start[p]:start[p + 1]]``; rows and others number them by their place here.
    rows, others, weight : arrays
        Node i sells ``weight[e]`` to ``others[e]`` for e from ``rows[i]`` to ``rows[i + 1]``.
    """

    nodes: Positions
    start: Positions
    rows: Positions
    others: Positions
    weight: Values


@made_once
def circles(c: ClusteredNetwork) -> Circles:
    """Return the strongly connected parts of the directed trade inside clusters."""
    flows, n = flows_inside(c), c.network.n_nodes
    matrix = sparse.csr_array((flows.weight, (flows.source, flows.target)), shape=(n, n))
    part = sparse.csgraph.connected_components(matrix, connection="strong")[1]
    large = np.bincount(part, minlength=1)[part] > 1
    nodes = np.argsort(part, kind="stable")
    nodes = nodes[large[nodes]].astype(np.int64)
    first = np.flatnonzero(np.diff(part[nodes], prepend=-1))
    place = np.zeros(n, dtype=np.int64)
    place[nodes] = np.arange(len(nodes))
    kept = (part[flows.source] == part[flows.target]) & large[flows.source]
    ends = (place[flows.source[kept]], place[flows.target[kept]])
    within = sparse.csr_array((flows.weight[kept], ends), shape=(len(nodes), len(nodes)))
    rows, others = within.indptr.astype(np.int64), within.indices.astype(np.int64)
    return Circles(nodes, np.append(first, len(nodes)).astype(np.int64), rows, others, within.data)


def _dense(found: Circles, part: int) -> Values:
    """Return the flows among the nodes of one part as a matrix."""
    low, high = found.start[part], found.start[part + 1]
    flows = np.zeros((high - low, high - low))
    row = np.repeat(np.arange(high - low), np.diff(found.rows[low : high + 1]))
    some = slice(found.rows[low], found.rows[high])
    flows[row, found.others[some] - low] = found.weight[some]
    return flows


def spectral_radii(found: Circles) -> Values:
    """Return the largest eigenvalue of the flows of each part, which is real and positive, shape (parts,).

    Rounds over the flows enclose it ever more closely: as many as the shape asks for, some 50 to 200 in most parts.
    Where 3,000 do not suffice, as in long circles, it is found with dense matrices in steps of the order n^3.
    """
    from clusternet.metrics.flow_kernels import perron_roots

    radii: Values = perron_roots(found.start, found.rows, found.others, found.weight, _PRECISION, _MOST_ROUNDS)
    with one_thread():
        for part in np.flatnonzero(np.isnan(radii)).tolist():
            low, high = found.start[part], found.start[part + 1]
            some = slice(found.rows[low], found.rows[high])
            scale = found.weight[some].max()
            if high - low <= _DENSE_UP_TO:
                radii[part] = scale * np.abs(np.linalg.eigvals(_dense(found, part) / scale)).max()
            else:
                content = (
                    found.weight[some] / scale,
                    found.others[some] - low,
                    found.rows[low : high + 1] - some.start,
                )
                matrix = sparse.csr_array(content, shape=(high - low, high - low))
                largest = eigs(matrix, k=1, which="LR", v0=np.ones(high - low), return_eigenvectors=False)
                radii[part] = scale * largest.real.max()
    return radii


def return_shares(found: Circles, throughflow: Values) -> Values:
    """Return, for each node of the parts, the share of its throughflow that comes from itself, as in ``nodes``.

    It is (n_ii - 1) / n_ii with N = (I - Q)^-1 and q_ij = F_ij / T_j. Only the node's own part matters: a flow that
    leaves it never returns. Where nothing escapes from the part, everything returns in the end, and the share is 1.
    A part of n nodes takes about 2 n^3 steps; for more than :data:`MOST_IN_CIRCLES` nodes the shares are NaN.
    """
    shares = np.full(len(found.nodes), np.nan)
    with one_thread():
        for part in np.flatnonzero(np.diff(found.start) <= MOST_IN_CIRCLES).tolist():
            here = slice(found.start[part], found.start[part + 1])
            flows, through = _dense(found, part), throughflow[found.nodes[here]]
            escaping = (through - flows.sum(axis=0)) / through
            if escaping.max() <= _CLOSED:
                shares[here] = 1.0
            else:
                visits = np.diag(np.linalg.inv(np.eye(len(through)) - flows / through))
                shares[here] = np.clip(1 - 1 / visits, 0.0, 1.0)
    return shares
