"""The clusters of a large map as discs: a drawing of every enterprise would weigh more than the report."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusternet.draw.marks import MapMarks


def disc_shapes(marks: MapMarks, points: NDArray[np.float64]) -> str:
    """Return one SVG circle for each cluster: around the middle of its members, reaching nine in ten of them.

    Parameters
    ----------
    marks : MapMarks
        The marks of the map.
    points : array of float, shape (n_nodes, 2)
        Where the nodes stand, in units of the drawing.

    Returns
    -------
    str
        Elements of SVG; empty without clusters.
    """
    group = marks.nodes["group"].to_numpy()
    order = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[order], np.arange(len(marks.groups) + 1))
    parts = []
    for entry in marks.groups:
        if entry.code < 0:
            continue
        own = points[order[starts[entry.code] : starts[entry.code + 1]]]
        x, y = own.mean(axis=0).tolist()
        reach = float(np.quantile(np.sqrt(((own - (x, y)) ** 2).sum(axis=1)), 0.9))
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{max(reach, 1.0):.1f}" fill="{entry.colour}" fill-opacity=".75"/>'
        )
    return "".join(parts)
