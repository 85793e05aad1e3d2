"""The results as JSON and as a Markdown table, written after every page that was measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Row = dict[str, Any]

_ABOUT = """# Maps: the same network in ours and in other tools

`python -m benchmarks.maps`

Planted networks with four linkages per node in four layers and clusters of uneven sizes; every tool gets the same
positions, so nobody lays anything out (ours would take the seconds told below, once). Each page is made in a process of
its own and opened in another, in headless Chromium without any connection; WebGL is computed by the processor.

- **build**: seconds from arrays to the written page, imports apart; for ours with the making of the network.
- **first picture**: seconds from the call of the page to the first painted frame with half of what is drawn in the end.
  "blank": nothing was drawn within 25 s, for one as the page takes its scripts from the network.
- **highlight**: milliseconds from a real mouse move to the first painted frame with half of the change that it brings
  in the end; the median of up to nine nodes. What comes is said beside it: plain plotly shows the name, and lights
  nothing.
  Ours is measured with all enterprises shown, also where the page opens on the map of clusters.
- **requests**: addresses that the page asked for, none of them answered.
- **without WebGL**: whether the picture comes with `--disable-3d-apis`.

"n/a": nothing to measure, as no picture came or nothing changed under the mouse. Times are of one run on a shared
machine with 2 cores.
"""
_HEADS = (
    "nodes",
    "tool",
    "build, s",
    "MB",
    "first picture, s",
    "highlight, ms",
    "what the mouse brings",
    "requests",
    "without WebGL",
)


def cells(row: Row) -> list[str]:
    """Return one row of the table as texts."""
    seen = row.get("first_picture_s")
    picture = f"{seen:.2f}" if seen is not None else row.get("picture", "n/a")
    # A browser that breaks down takes leave with a frame of signs.
    picture = picture if any(letter.isalnum() for letter in picture) else "the browser broke down"
    if row.get("opening_view", "network") != "network":
        picture += f" (map of clusters; all shown {row.get('all_shown_s', float('nan')):.2f} after the click)"
    lit = row.get("highlight_ms")
    return [
        f"{row['nodes']:,}",
        row["tool"] + (f" {row['version']}" if "version" in row else ""),
        f"{row['build_s']:.2f}" if "build_s" in row else row.get("trouble", "did not finish"),
        f"{row['megabytes']:.1f}" if "megabytes" in row else "n/a",
        picture,
        f"{lit:.0f}" if lit is not None else "n/a",
        row["hover"] if lit is not None else "",
        str(row.get("requests", "n/a")),
        row.get("without_webgl", "n/a"),
    ]


def markdown(rows: list[Row], layouts: dict[int, float]) -> str:
    """Return the results as Markdown."""
    lines = [_ABOUT, _line(_HEADS), _line(["---"] * len(_HEADS)), *(_line(cells(row)) for row in rows), ""]
    told = ", ".join(f"{seconds:.1f} s for {nodes:,} nodes" for nodes, seconds in layouts.items())
    return "\n".join([*lines, f"Our layout, once for all pages of a study: {told}.", ""])


def _line(texts: Any) -> str:
    return "| " + " | ".join(texts) + " |"


def write(rows: list[Row], layouts: dict[int, float], out: Path) -> None:
    """Write both files anew."""
    out.mkdir(parents=True, exist_ok=True)
    data = {"rows": rows, "layout_s": layouts}
    (out / "maps.json").write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (out / "maps.md").write_text(markdown(rows, layouts), encoding="utf-8")
