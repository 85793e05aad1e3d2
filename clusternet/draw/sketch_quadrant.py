"""The quadrant as a light SVG drawing, for paper and for pages without scripts."""

from __future__ import annotations

import html

import numpy as np

from clusternet.draw.palette import cluster_look
from clusternet.draw.quadrant import QUADRANTS, QuadrantMarks
from clusternet.draw.wording import number, visible
from clusternet.messages import mark, translate

_SIDE, _LEFT, _TOP = 430.0, 58.0, 26.0
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
            *_ground(marks.language),
            *_discs(marks),
            "</svg>",
        ]
    )


def _place(x: float, y: float) -> tuple[float, float]:
    return _LEFT + x * _SIDE, _TOP + (1 - y) * _SIDE


def _text(x: float, y: float, text: str, anchor: str = "middle", more: str = "") -> str:
    words = f"\u2068{html.escape(visible(text))}\u2069"
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" class="name"{more}>{words}</text>'


def _ground(language: str) -> list[str]:
    left, top = _place(0, 1)
    parts = [
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{_SIDE:.0f}" height="{_SIDE:.0f}" fill="none" stroke="#6B7280"/>'
    ]
    middle = _place(0.5, 0.5)
    parts.append(
        f'<path d="M{middle[0]:.1f} {_TOP:.1f}V{_TOP + _SIDE:.1f}M{_LEFT:.1f} {middle[1]:.1f}H{_LEFT + _SIDE:.1f}"'
        ' stroke="#9CA3AF" stroke-dasharray="4 4" fill="none"/>'
    )
    for text, cohesive, complementary in QUADRANTS:
        x, y = _place(0.75 if cohesive else 0.25, 1.0 if complementary else 0.0)
        parts.append(_text(x, y + (18 if complementary else -9), translate(text, language)))
    for share in (0.0, 0.5, 1.0):
        x, y = _place(share, share)
        parts.append(_text(x, _TOP + _SIDE + 18, number(share)))
        parts.append(_text(_LEFT - 8, y + 5, number(share), "end"))
    across = translate(mark("Cohesion: share of chance results beaten"), language)
    upward = translate(mark("Complementarity: share of chance results beaten"), language)
    parts.append(_text(_LEFT + _SIDE / 2, _HEIGHT - 12, across))
    turn = f' transform="rotate(-90 16 {_TOP + _SIDE / 2:.0f})"'
    parts.append(_text(16, _TOP + _SIDE / 2, upward, more=turn))
    return parts


def _discs(marks: QuadrantMarks) -> list[str]:
    points = marks.points
    largest = max(int(points["size"].max()), 1)
    radius = 8 + 7 * np.sqrt(points["size"].to_numpy() / largest)
    centres = _apart(np.array([_place(x, y) for x, y in zip(points["x"], points["y"], strict=True)]), radius)
    bars, discs = [], []
    for row, (x, y), size in zip(points.to_dict("records"), centres.tolist(), radius.tolist(), strict=True):
        if marks.draws:
            (west, south), (east, north) = _place(row["x_low"], row["y_low"]), _place(row["x_high"], row["y_high"])
            bars.append(f"M{west:.1f} {y:.1f}H{east:.1f}M{x:.1f} {south:.1f}V{north:.1f}")
        look = cluster_look(int(row["cluster"]))
        discs.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="#fff" stroke="{look.colour}" stroke-width="2.5"/>'
            + _text(x, y + 4.5, number(float(row["cluster"])), more=' font-size="12"')
        )
    path = f'<path d="{"".join(bars)}" stroke="#9CA3AF" stroke-width="1" fill="none"/>' if bars else ""
    return [path, *discs]


def _apart(centres: np.ndarray, radius: np.ndarray) -> np.ndarray:
    """Move discs that lie on one another apart, as little as needed, inside the frame: many beat all of chance."""
    centres = centres.copy()
    low, high = np.array([_LEFT, _TOP]) + 12, np.array([_LEFT + _SIDE, _TOP + _SIDE]) - 12
    for _ in range(200):
        moved = False
        for one in range(len(centres)):
            for other in range(one):
                way = centres[one] - centres[other]
                distance = float(np.hypot(*way))
                lacking = radius[one] + radius[other] + 2 - distance
                if lacking > 0.01:
                    # Two on one spot part along an angle of their own, the same in every run.
                    angle = 2.399963 * one
                    step = way / distance if distance > 1e-6 else np.array([np.cos(angle), np.sin(angle)])
                    centres[one] += step * lacking / 2
                    centres[other] -= step * lacking / 2
                    moved = True
        centres = np.clip(centres, low, high)
        if not moved:
            break
    return centres
