"""Marks as a light SVG drawing: for paper, for readers without scripts, for pages that must stay small."""

from __future__ import annotations

import html

import numpy as np
import pandas as pd

from clusternet.draw.marks import GroupMark, MapMarks
from clusternet.draw.palette import SVG_DASHES
from clusternet.draw.sketch_discs import disc_shapes
from clusternet.draw.wording import cut, number, visible

#: A drawing of many links would weigh more than the report.
MOST_SKETCHED_LINKS = 3_000
#: Of more enterprises the whole map shows the clusters alone, as discs; of a cluster so many members are drawn.
MOST_SKETCHED_NODES = 20_000
MOST_SKETCHED_MEMBERS = 1_500
MOST_NUMBERS = 60
_MOST_NAMES = 40
_LONGEST_SHOWN = 22
_WIDTH = 1_000.0

#: The outline of each symbol in a box from -1 to 1.
_OUTLINES = {
    "square": "-.85,-.85 .85,-.85 .85,.85 -.85,.85",
    "diamond": "0,-1.15 1.15,0 0,1.15 -1.15,0",
    "triangle-up": "0,-1.1 1.05,.8 -1.05,.8",
    "triangle-down": "0,1.1 1.05,-.8 -1.05,-.8",
    "pentagon": "0,-1.05 1,-.32 .62,.85 -.62,.85 -1,-.32",
    "star": "0,-1.3 .34,-.45 1.24,-.4 .55,.17 .76,1.05 0,.57 -.76,1.05 -.55,.17 -1.24,-.4 -.34,-.45",
}


def sketch_map(marks: MapMarks, *, label: str) -> str:
    """Draw the whole map as SVG, clusters numbered; of more than 20,000 enterprises the clusters alone, as discs.

    Parameters
    ----------
    marks : MapMarks
        The marks.
    label : str
        The text that stands for the picture where it cannot be seen.

    Returns
    -------
    str
        An ``<svg>`` element whose texts are escaped.
    """
    if marks.nodes.empty:
        return ""
    points, height = _scaled(marks.nodes[["x", "y"]].to_numpy(), _WIDTH)
    links = marks.links.nlargest(MOST_SKETCHED_LINKS, "weight", keep="first").sort_index()
    scale = 0.55 if len(marks.nodes) < 600 else 0.3
    many = len(marks.nodes) > MOST_SKETCHED_NODES
    shapes = disc_shapes(marks, points) if many else _symbols(marks, marks.nodes, points, scale)
    parts = [_opening(height, label), _lines(marks, links, points), shapes]
    parts += _numbers(marks, points)
    return "".join([*parts, "</svg>"])


def sketch_cluster(marks: MapMarks, cluster: int, *, label: str) -> str:
    """Draw one cluster as SVG, its members named as far as there is room; of many, the 1,500 with most linkages.

    Parameters
    ----------
    marks : MapMarks
        The marks of the whole map.
    cluster : int
        The cluster.
    label : str
        The text that stands for the picture where it cannot be seen.

    Returns
    -------
    str
        An ``<svg>`` element whose texts are escaped.
    """
    nodes = marks.nodes[marks.nodes["group"] == cluster]
    if len(nodes) > MOST_SKETCHED_MEMBERS:
        nodes = nodes.nlargest(MOST_SKETCHED_MEMBERS, "size", keep="first").sort_index()
    drawn = np.zeros(len(marks.nodes), dtype=bool)
    drawn[nodes.index] = True
    inside = drawn[marks.links["source"]] & drawn[marks.links["target"]]
    links = marks.links[inside].nlargest(MOST_SKETCHED_LINKS, "weight", keep="first").sort_index()
    found, height = _scaled(nodes[["x", "y"]].to_numpy(), _WIDTH, most_height=620.0, margin=90.0)
    points = np.zeros((len(marks.nodes), 2))
    points[nodes.index] = found
    scale = 0.8 if len(nodes) <= _MOST_NAMES else 0.45
    parts = [_opening(height, label), _lines(marks, links, points), _symbols(marks, nodes, points, scale)]
    if len(nodes) <= _MOST_NAMES:
        parts += _names(nodes, points)
    return "".join([*parts, "</svg>"])


def _opening(height: float, label: str) -> str:
    return (
        f'<svg class="sketch" viewBox="0 0 {_WIDTH:.0f} {height:.0f}" role="img"'
        f' aria-label="{html.escape(visible(label), quote=True)}" direction="ltr">'
    )


def _scaled(
    points: np.ndarray, width: float, most_height: float = 900.0, margin: float = 34.0
) -> tuple[np.ndarray, float]:
    """Fit points into a box of a given width, the vertical axis turned down; return them and the box's height."""
    low, high = points.min(axis=0), points.max(axis=0)
    span = np.maximum(high - low, 1e-9)
    factor = min((width - 2 * margin) / span[0], (most_height - 2 * margin) / span[1])
    factor = min(factor, 120.0)  # two members need not stand at the two ends of the page
    height = span[1] * factor + 2 * margin if len(points) > 1 else 2 * margin
    middle = (low + high) / 2
    x = (points[:, 0] - middle[0]) * factor + width / 2
    y = (middle[1] - points[:, 1]) * factor + height / 2
    return np.column_stack([x, y]), float(height)


def _lines(marks: MapMarks, links: pd.DataFrame, points: np.ndarray) -> str:
    """One path per layer."""
    parts = []
    for layer in marks.layers:
        own = links[links["layer"] == layer.position]
        if own.empty:
            continue
        ends = zip(points[own["source"]].round(1).tolist(), points[own["target"]].round(1).tolist(), strict=True)
        path = "".join(f"M{a:g} {b:g}L{c:g} {d:g}" for (a, b), (c, d) in ends)
        dash = f' stroke-dasharray="{SVG_DASHES[layer.dash]}"' if SVG_DASHES[layer.dash] else ""
        width, opacity = (1.3, 0.6) if len(links) < 800 else (0.7, 0.35)
        parts.append(
            f'<path d="{path}" fill="none" stroke="{layer.colour}" stroke-width="{width}"'
            f' stroke-opacity="{opacity}"{dash}/>'
        )
    return "".join(parts)


def _symbols(marks: MapMarks, nodes: pd.DataFrame, points: np.ndarray, scale: float) -> str:
    """One group of shapes per cluster."""
    found: dict[int, list[str]] = {}
    looks = {group.code: group for group in marks.groups}
    for place, code, size in zip(nodes.index, nodes["group"].tolist(), nodes["size"].tolist(), strict=True):
        x, y = points[place].tolist()
        found.setdefault(code, []).append(_shape(looks[code].symbol, x, y, scale * size))
    return "".join(f"<g {_paint(looks[code])}>{''.join(found[code])}</g>" for code in looks if code in found)


def _paint(group: GroupMark) -> str:
    if group.symbol.endswith("-open"):
        return f'fill="none" stroke="{group.colour}" stroke-width="1.5"'
    return f'fill="{group.colour}" stroke="#fff" stroke-width=".8"'


def _shape(symbol: str, x: float, y: float, radius: float) -> str:
    if symbol in _OUTLINES:
        corners = " ".join(
            f"{x + radius * float(a):.1f},{y + radius * float(b):.1f}"
            for a, b in (corner.split(",") for corner in _OUTLINES[symbol].split())
        )
        return f'<polygon points="{corners}"/>'
    if symbol.startswith("x-"):
        left, right, top, bottom = x - radius, x + radius, y - radius, y + radius
        return (
            f'<path d="M{left:.1f} {top:.1f}L{right:.1f} {bottom:.1f}M{left:.1f} {bottom:.1f}L{right:.1f} {top:.1f}"/>'
        )
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'


def _numbers(marks: MapMarks, points: np.ndarray) -> list[str]:
    """Write the number of each of the largest clusters in its middle."""
    parts = []
    group = marks.nodes["group"].to_numpy()
    for entry in marks.groups[:MOST_NUMBERS]:
        if entry.code < 0:
            continue
        x, y = points[group == entry.code].mean(axis=0)
        parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" class="number" text-anchor="middle" dominant-baseline="central">'
            f"{number(float(entry.code))}</text>"
        )
    return parts


def _names(nodes: pd.DataFrame, points: np.ndarray) -> list[str]:
    """Write names beside the members, those with most linkages first, each only where it covers no other."""
    taken = [(x - 9, y - 9, x + 9, y + 9) for x, y in points[nodes.index].tolist()]
    parts = []
    for place in nodes.sort_values(["size", "id"], ascending=[False, True], kind="stable").index:
        text = cut(visible(nodes.loc[place, "name"] or nodes.loc[place, "id"]), _LONGEST_SHOWN)
        x, y = points[place].tolist()
        wide = 4 + sum(6.6 if "\u0600" <= letter <= "\u06ff" else 8.3 for letter in text)
        for left, top in ((x + 11, y - 9), (x - 11 - wide, y - 9), (x - wide / 2, y - 30), (x - wide / 2, y + 12)):
            box = (left, top, left + wide, top + 18)
            if left >= 2 and box[2] <= _WIDTH - 2 and top > 0 and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                parts.append(
                    f'<text x="{left + wide / 2:.1f}" y="{top + 9:.1f}" class="name" text-anchor="middle"'
                    f' dominant-baseline="central">\u2068{html.escape(text)}\u2069</text>'
                )
                break
    return parts


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
