"""The quadrant as a light SVG drawing, for paper and for pages without scripts."""

from __future__ import annotations

import html

import numpy as np

from clusternet.draw.palette import cluster_look
from clusternet.draw.quadrant import QUADRANTS, QuadrantMarks
from clusternet.draw.wording import number, visible
from clusternet.messages import mark, translate

_SIDE, _LEFT, _TOP = 430.0, 58.0, 26.0
_ROUNDS = 300
#: With more clusters than these their intervals would cross out one another's numbers.
MOST_BARRED = 12
_WIDTH, _HEIGHT = _LEFT + _SIDE + 24, _TOP + _SIDE + 52


def sketch_quadrant(marks: QuadrantMarks, *, label: str) -> str:
    """Draw the quadrant as SVG: a numbered disc for each cluster, its interval as thin bars.

    Parameters
    ----------
    marks : QuadrantMarks
        The marks.
    label : str
        The text that stands for the picture where it cannot be seen.

    Returns
    -------
    str
        An ``<svg>`` element whose texts are escaped; an empty text without any tested cluster.
    """
    if marks.points.empty:
        return ""
    return "".join(
        [
            (
                f'<svg class="sketch quadrant" viewBox="0 0 {_WIDTH:.0f} {_HEIGHT:.0f}" role="img" direction="ltr"'
                f' aria-label="{html.escape(visible(label), quote=True)}">'
            ),
            *_ground(marks),
            *_discs(marks),
            "</svg>",
        ]
    )


def _place(marks: QuadrantMarks, x: float, y: float) -> tuple[float, float]:
    """Return where a point stands: all four fields are equally large, wherever the lines between them lie."""
    return _LEFT + _half(x, marks.x_line) * _SIDE, _TOP + (1 - _half(y, marks.y_line)) * _SIDE


def _half(share: float, line: float) -> float:
    """Return a share on an axis whose line stands in the middle."""
    return 0.5 * share / line if share <= line and line > 0 else 0.5 + 0.5 * (share - line) / (1 - line)


def _text(x: float, y: float, text: str, anchor: str = "middle", more: str = "") -> str:
    words = f"\u2068{html.escape(visible(text))}\u2069"
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" class="name"{more}>{words}</text>'


def _ground(marks: QuadrantMarks) -> list[str]:
    language = marks.language
    half = _SIDE / 2
    parts = [
        f'<rect x="{_LEFT:.1f}" y="{_TOP:.1f}" width="{_SIDE:.0f}" height="{_SIDE:.0f}" fill="none" stroke="#6B7280"/>',
        (
            f'<path d="M{_LEFT + half:.1f} {_TOP:.1f}v{_SIDE:.0f}M{_LEFT:.1f} {_TOP + half:.1f}h{_SIDE:.0f}"'
            ' stroke="#9CA3AF" stroke-dasharray="4 4" fill="none"/>'
        ),
    ]
    for text, cohesive, complementary in QUADRANTS:
        x = _LEFT + (0.75 if cohesive else 0.25) * _SIDE
        y = _TOP + 18 if complementary else _TOP + _SIDE - 9
        parts.append(_text(x, y, translate(text, language)))
    for ticks, line in ((True, marks.x_line), (False, marks.y_line)):
        for share in (0.0, *((line,) if line < 1 else ()), 1.0):
            along = _half(share, line) * _SIDE
            written = number(round(share, 3))
            if ticks:
                parts.append(_text(_LEFT + along, _TOP + _SIDE + 18, written))
            else:
                parts.append(_text(_LEFT - 8, _TOP + _SIDE - along + 5, written, "end"))
    across = translate(mark("Cohesion: share of chance results beaten"), language)
    upward = translate(mark("Complementarity: share of chance results beaten"), language)
    parts.append(_text(_LEFT + half, _HEIGHT - 12, across))
    turn = f' transform="rotate(-90 16 {_TOP + half:.0f})"'
    parts.append(_text(16, _TOP + half, upward, more=turn))
    return parts


def _discs(marks: QuadrantMarks) -> list[str]:
    points = marks.points
    largest = max(int(points["size"].max()), 1)
    radius = 8 + 7 * np.sqrt(points["size"].to_numpy() / largest)
    # Discs are moved apart inside their own field only, so that none crosses over to another verdict.
    centres = _apart(
        np.array([_place(marks, x, y) for x, y in zip(points["x"], points["y"], strict=True)]), radius, marks
    )
    bars, discs = [], []
    for row, (x, y), size in zip(points.to_dict("records"), centres.tolist(), radius.tolist(), strict=True):
        if marks.draws and len(points) <= MOST_BARRED:
            west, south = _place(marks, row["x_low"], row["y_low"])
            east, north = _place(marks, row["x_high"], row["y_high"])
            bars.append(f"M{west:.1f} {y:.1f}H{east:.1f}M{x:.1f} {south:.1f}V{north:.1f}")
        look = cluster_look(int(row["cluster"]))
        discs.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="#fff" stroke="{look.colour}" stroke-width="2.5"/>'
            + _text(x, y + 4.5, number(float(row["cluster"])), more=' font-size="12"')
        )
    path = f'<path d="{"".join(bars)}" stroke="#9CA3AF" stroke-width="1" fill="none"/>' if bars else ""
    return [path, *discs]


def _apart(centres: np.ndarray, radius: np.ndarray, marks: QuadrantMarks) -> np.ndarray:
    """Move discs that lie on one another apart, as little as needed, each inside its field."""
    centres = centres.copy()
    first = np.array([_LEFT, _TOP])
    side = (marks.points["x"].to_numpy() > marks.x_line, marks.points["y"].to_numpy() <= marks.y_line)
    low = first + np.column_stack(side) * _SIDE / 2 + radius[:, None] + 1
    high = low + _SIDE / 2 - 2 * radius[:, None] - 2
    order = np.arange(len(centres))
    for _ in range(_ROUNDS):
        way = centres[:, None] - centres[None]
        distance = np.sqrt((way**2).sum(axis=2))
        lacking = np.where(order[:, None] == order, 0.0, radius[:, None] + radius + 2 - distance).clip(min=0.0)
        if lacking.max(initial=0.0) < 0.01:
            break
        # Two on one spot part along an angle of their own, the same in every run.
        angle = 2.399963 * (order[:, None] + 1) + np.where(order[:, None] > order, 0.0, np.pi)
        spot = np.stack([np.cos(angle), np.sin(angle)], axis=2) * (distance < 1e-6)[:, :, None]
        step = np.divide(way, distance[:, :, None], out=spot, where=distance[:, :, None] > 1e-6)
        centres = np.clip(centres + (step * lacking[:, :, None] / 4).sum(axis=1), low, high)
    return centres
