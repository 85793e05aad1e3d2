"""How the time of each contestant grows with the size: the slope, and the picture."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.measuring import Contest, Row


def slope(times: Mapping[int, float]) -> float:
    """Return by which power of the size the time grows: the slope of a straight line through the logarithms.

    Parameters
    ----------
    times : mapping of int to float
        Seconds, above 0, by size.

    Returns
    -------
    float
        1 for twice the time at twice the size; NaN for fewer than two sizes.

    Examples
    --------
    >>> round(slope({10: 0.5, 100: 5.0, 1000: 50.0}), 12)
    1.0
    """
    if len(times) < 2:
        return float("nan")
    across = [math.log(size) for size in times]
    up = [math.log(seconds) for seconds in times.values()]
    middle, height = sum(across) / len(across), sum(up) / len(up)
    spread = sum((x - middle) ** 2 for x in across)
    return sum((x - middle) * (y - height) for x, y in zip(across, up, strict=True)) / spread


def times_of(rows: Sequence[Row], contest: str) -> dict[str, dict[int, float]]:
    """Return the seconds of a contest by contestant and size, as far as there are any."""
    found: dict[str, dict[int, float]] = {}
    for row in rows:
        if row.contest == contest and row.seconds:
            found.setdefault(row.contestant, {})[row.links] = row.seconds
    return found


def growth(rows: Sequence[Row], contest: str) -> list[tuple[str, int, int, float, float]]:
    """Return how each contestant grows.

    Parameters
    ----------
    rows : sequence of Row
        What was measured.
    contest : str
        The contest's name.

    Returns
    -------
    list of tuple
        Contestant, smallest and largest size, the slope over all sizes, and that of the last step.
    """
    return [
        (name, min(times), max(times), slope(times), slope(dict(sorted(times.items())[-2:])))
        for name, times in times_of(rows, contest).items()
        if len(times) > 1
    ]


def draw(rows: Sequence[Row], contests: Sequence[Contest], path: Path) -> bool:
    """Write the picture of seconds by size as SVG, one panel for each contest with more than one size.

    Parameters
    ----------
    rows : sequence of Row
        What was measured.
    contests : sequence of Contest
        The contests.
    path : Path
        Where to write it.

    Returns
    -------
    bool
        Whether it was drawn; False where there is nothing to draw or matplotlib is not installed.
    """
    shown = [contest for contest in contests if growth(rows, contest.name)]
    try:
        import matplotlib as mpl
    except ImportError:
        return False
    if not shown:
        return False
    mpl.use("svg")
    import matplotlib.pyplot as plt

    # Fixed names inside the file and no date: the same results give the same bytes.
    with mpl.rc_context({"svg.hashsalt": "clusternet", "svg.fonttype": "none", "font.size": 9}):
        figure, panels = plt.subplots(
            1, len(shown), figsize=(1 + 6.5 * len(shown), 5.5), squeeze=False, layout="constrained"
        )
        for axes, contest in zip(panels[0], shown, strict=True):
            _lines(axes, rows, contest)
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
        plt.close(figure)
    return True


def _lines(axes, rows: Sequence[Row], contest: Contest) -> None:
    times = times_of(rows, contest.name)
    marks = "osvD^PX*<>ph"
    for place, contestant in enumerate(contest.contestants):
        if contestant.name in times:
            sizes, seconds = zip(*sorted(times[contestant.name].items()), strict=True)
            wide = 2.6 if contestant.ours else 1.0
            axes.plot(sizes, seconds, marker=marks[place % len(marks)], linewidth=wide, label=contestant.name)
    axes.set(xscale="log", yscale="log", xlabel=contest.unit, ylabel="seconds")
    axes.set_title(contest.title, fontsize=10, wrap=True)
    axes.grid(visible=True, alpha=0.3)
    axes.legend(fontsize=7, loc="upper left", bbox_to_anchor=(0, -0.12), ncols=2)
