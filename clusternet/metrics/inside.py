"""The graphs inside all clusters at once, as one compressed table of rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clusternet.metrics.memory import made_once
from clusternet.model import ClusteredNetwork

Positions = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Inside:
    """G[S] of every cluster, unweighted; members are numbered cluster by cluster, as in ``member_nodes``.

    Parameters
    ----------
    start : array of int, shape (k + 1,)
        The members of cluster c are ``start[c]`` to ``start[c + 1]``.
    rows : array of int, shape (members + 1,)
        The partners of member i stand in ``others[rows[i]:rows[i + 1]]``.
    others : array of int, shape (2 x pairs,)
        Partners, sorted within each row.
    """

    start: Positions
    rows: Positions
    others: Positions

    @property
    def size(self) -> Positions:
        """The members of each cluster, shape (k,)."""
        return np.diff(self.start)

    @property
    def degree(self) -> Positions:
        """The partners of each member inside its cluster, shape (members,)."""
        return np.diff(self.rows)

    @property
    def pairs(self) -> Positions:
        """The linked pairs inside each cluster, shape (k,)."""
        return np.diff(self.rows[self.start]) // 2

    def ends(self, cluster: int) -> tuple[Positions, Positions]:
        """Return both ends of every linked pair of one cluster, in either direction, numbered from 0."""
        low, high = self.start[cluster], self.start[cluster + 1]
        row = np.repeat(np.arange(high - low), np.diff(self.rows[low : high + 1]))
        return row, self.others[self.rows[low] : self.rows[high]] - low


@made_once
def inside_graphs(c: ClusteredNetwork) -> Inside:
    """Return the graphs inside all clusters."""
    # Compiled kernels take half a second to import, and not every command computes a score.
    from clusternet.metrics.graph_kernels import symmetric_rows

    flat, members = c.network.flat, c.member_nodes
    place = np.zeros(c.network.n_nodes, dtype=np.int64)
    place[members] = np.arange(len(members))
    start = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(c.size, dtype=np.int64)])
    inside = c.flat_inside
    rows, others = symmetric_rows(place[flat.first[inside]], place[flat.second[inside]], len(members))
    return Inside(start, rows, others)


@made_once
def parts_and_cuts(c: ClusteredNetwork) -> tuple[Positions, NDArray[np.bool_]]:
    """Return which connected part of its cluster each member belongs to, and whether its leaving breaks that part.

    Returns
    -------
    part : array of int, shape (members,)
        The first member of the part, numbered as in ``member_nodes``.
    cut : array of bool, shape (members,)
        Whether the part has more pieces without the member.
    """
    from clusternet.metrics.graph_kernels import parts_and_cut_members

    inside = inside_graphs(c)
    part, cut = parts_and_cut_members(inside.rows, inside.others)
    return part, cut


@made_once
def n_parts(c: ClusteredNetwork) -> Positions:
    """Return the number of connected parts of each cluster, shape (k,)."""
    part, _ = parts_and_cuts(c)
    first = part == np.arange(len(part))
    found: Positions = np.bincount(c.member_cluster[first], minlength=c.k)
    return found


@made_once
def triangles_at(c: ClusteredNetwork) -> Positions:
    """Return the number of triangles at each member inside its cluster, shape (members,)."""
    from clusternet.metrics.graph_kernels import triangle_corners

    inside = inside_graphs(c)
    found: Positions = triangle_corners(inside.start, inside.rows, inside.others)
    return found
