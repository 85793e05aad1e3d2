"""The picture of an edition: its groups and which of them are linked, and no enterprise."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from markupsafe import escape

_SIZE, _RING, _LEAST, _MOST = 640.0, 250.0, 12.0, 34.0


def picture(sizes: Sequence[int], linked: Iterable[tuple[int, int]], *, label: str) -> str:
    """Return the groups on a ring as an SVG; larger groups have larger discs.

    Parameters
    ----------
    sizes : sequence of int
        The enterprises of each group.
    linked : iterable of (int, int)
        The groups that are linked, numbered from 0.
    label : str
        What the picture shows, for who cannot see it.
    """
    points = [
        (
            _SIZE / 2 + _RING * math.sin(2 * math.pi * place / max(len(sizes), 1)),
            _SIZE / 2 - _RING * math.cos(2 * math.pi * place / max(len(sizes), 1)),
        )
        for place in range(len(sizes))
    ]
    largest = max(sizes, default=1)
    lines = "".join(
        f'<path d="M{points[one][0]:.1f} {points[one][1]:.1f}Q{_SIZE / 2:.0f} {_SIZE / 2:.0f} '
        f'{points[two][0]:.1f} {points[two][1]:.1f}"/>'
        for one, two in linked
    )
    discs = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_LEAST + (_MOST - _LEAST) * math.sqrt(size / largest):.1f}"/>'
        for (x, y), size in zip(points, sizes, strict=True)
    )
    names = "".join(f'<text x="{x:.1f}" y="{y + 5:.1f}">{place + 1}</text>' for place, (x, y) in enumerate(points))
    return (
        f'<svg viewBox="0 0 {_SIZE:.0f} {_SIZE:.0f}" role="img" aria-label="{escape(label)}" direction="ltr">'
        f'<g fill="none" stroke="#7d8da1" stroke-opacity=".6" stroke-width="1.5">{lines}</g>'
        f'<g fill="#0072b2" stroke="#ffffff" stroke-width="1.5">{discs}</g>'
        f'<g fill="#ffffff" font-size="15" font-weight="600" text-anchor="middle">{names}</g></svg>'
    )
