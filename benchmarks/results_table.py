"""The results of the contests as JSON and as a Markdown page."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.growth import growth
from benchmarks.measuring import Contest, Contestant, Row

#: Packages whose module has another name.
_PACKAGES = {"sknetwork": "scikit-network", "graspologic_native": "graspologic-native"}
_ALWAYS = ("numpy", "pandas", "scipy", "igraph", "numba")


def about(contests: Sequence[Contest], words: Mapping[str, str]) -> dict[str, str]:
    """Return what was run on what: the given words, the machine, and the versions of the packages."""
    needed = {name.partition(".")[0] for contest in contests for each in contest.contestants for name in each.needs}
    versions = []
    for name in sorted({*_ALWAYS, *(_PACKAGES.get(name, name) for name in needed)}):
        try:
            versions.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            versions.append(f"{name} (not installed)")
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return {**words, "machine": machine, "versions": ", ".join(versions)}


def as_json(contests: Sequence[Contest], rows: Sequence[Row], told: Mapping[str, str]) -> dict[str, Any]:
    """Return everything as plain values; an undefined number is null."""
    slopes = [
        {"contest": contest.name, "contestant": name, "from": low, "to": high, "slope": whole, "last_step": last}
        for contest in contests
        for name, low, high, whole, last in growth(rows, contest.name)
    ]
    return {"about": dict(told), "rows": [row.as_json() for row in rows], "growth": slopes}


def markdown(
    title: str, contests: Sequence[Contest], rows: Sequence[Row], told: Mapping[str, str], picture: str
) -> str:
    """Return the page: a table for every contest and size, and one of growth.

    Parameters
    ----------
    title : str
        The page's heading.
    contests : sequence of Contest
        The contests.
    rows : sequence of Row
        What was measured.
    told : mapping of str to str
        What was run on what.
    picture : str
        The picture's file name; empty for none.

    Returns
    -------
    str
        Markdown.
    """
    parts = [f"# {title}\n", "\n".join(f"- {name}: {words}" for name, words in told.items()), "", _HOW]
    if picture:
        parts.append(f"![Seconds by size]({picture})\n")
    for contest in contests:
        own = [row for row in rows if row.contest == contest.name]
        if not own:
            continue
        parts.append(f"## {contest.title}\n")
        if contest.words:
            parts.append(f"{contest.words}\n")
        for links in sorted({row.links for row in own}):
            parts.append(f"### {links:,} {contest.unit}\n")
            parts.append(_table(contest, [row for row in own if row.links == links]))
        slopes = growth(rows, contest.name)
        if slopes:
            parts.append(_growth_table(contest, slopes))
    return "\n".join(parts).rstrip() + "\n"


_HOW = """
Every contestant runs in a process of its own, which imports, compiles and does the work once on a tiny input before
anything is timed, unless it is said otherwise. Seconds are those of the fastest of up to seven runs (work of less than
ten seconds is done twice at least), processor seconds count all threads, MB is the peak over what stood in memory
before, input included. "Beside ours" is the time over that of the first row of ours, in seconds and in processor
seconds: 10 x is ten times as slow. Machines are noisy: read the ratios, and where others were at work on the machine
those of the processor seconds.
"""


def _table(contest: Contest, rows: Sequence[Row]) -> str:
    by_name: dict[str, Contestant] = {each.name: each for each in contest.contestants}
    yardstick = next((row for row in rows if by_name[row.contestant].ours and row.seconds), None)
    checks = list(dict.fromkeys(name for row in rows for name in row.check))
    heads = ["", "seconds", "beside ours", "processor s", "beside ours", "MB", *checks, "note"]
    lines = [heads, ["---"] * len(heads)]
    for row in rows:
        contestant = by_name[row.contestant]
        name = f"**{row.contestant}**" if contestant.ours else row.contestant
        lines.append(
            [
                name,
                _short(row.seconds) or row.trouble,
                _beside(row.seconds, yardstick and yardstick.seconds),
                _short(row.cpu_seconds),
                _beside(row.cpu_seconds, yardstick and yardstick.cpu_seconds),
                "" if row.memory_mb is None else f"{row.memory_mb:,.0f}",
                *(_shown(row.check.get(check)) for check in checks),
                contestant.note,
            ]
        )
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def _growth_table(contest: Contest, slopes: Sequence[tuple[str, int, int, float, float]]) -> str:
    lines = [
        f"Growth: the time grows like {contest.unit} to the power of\n",
        "| | from | to | power | in the last step |",
        "|---|---|---|---|---|",
    ]
    ours = {each.name for each in contest.contestants if each.ours}
    for name, low, high, whole, last in slopes:
        shown = f"**{name}**" if name in ours else name
        lines.append(f"| {shown} | {low:,} | {high:,} | {whole:.2f} | {last:.2f} |")
    return "\n".join(lines) + "\n"


def _beside(value: float | None, ours: float | None) -> str:
    return f"{_short(value / ours)} x" if value and ours else ""


def _short(value: float | None) -> str:
    """Write a time or a ratio with three digits.

    Examples
    --------
    >>> _short(0.012345), _short(3.14159), _short(1234.5), _short(None)
    ('0.0123', '3.14', '1,234', '')
    """
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _shown(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "" if value is None else str(value)
    return f"{value:,}" if isinstance(value, int) else f"{value:,.6g}"
