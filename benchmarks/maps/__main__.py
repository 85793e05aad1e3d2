"""The same planted networks as pages of ours, pyvis, gravis, ipysigma and plain plotly: ``python -m benchmarks.maps``.

The peers are taken from the interpreter that ``CLUSTERNET_MAP_PEERS`` names, by default from this one; a tool that is
not installed there has a row that says so. The files are written after every row, so a run that is stopped keeps them.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.maps.graphs import planted
from benchmarks.maps.makers import TOOLS
from benchmarks.maps.tables import Row, write
from clusternet.draw import lay_out
from clusternet.model import Network, Partition

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "benchmarks" / "results"
SIZES = (500, 5_000, 50_000)
#: Seconds that the making of a page, and each part of looking at it, may take.
MAKING, LOOKING = 900, 60


def run(command: Sequence[str], limit: float, folder: Path) -> tuple[dict[str, Any] | None, str]:
    """Run a module in a process group of its own; return its JSON, or None and what went wrong."""
    log = folder / "errors.txt"
    with log.open("w+", encoding="utf-8") as errors:
        # The interpreter of the peers finds this package by its path, and nothing else of this one.
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
        process = subprocess.Popen(  # noqa: S603 (our own modules)
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True,
            start_new_session=True,
        )  # fmt: skip
        try:
            text, _ = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return None, "did not finish"
        errors.seek(0)
        said = errors.read().strip().splitlines()
    said = [line for line in said if any(letter.isalnum() for letter in line)]
    lines = text.strip().splitlines()
    if not lines:
        missing = any("ModuleNotFoundError" in line for line in said)
        return None, "not installed" if missing else (said[-1] if said else "failed")
    return json.loads(lines[-1]), ""


def measured(tool: str, nodes: int, graph: Path, folder: Path) -> Row:
    """Make a page and look at it, with and without WebGL; with a folder, with the tool's scripts served from it."""
    row: Row = {"nodes": nodes, "tool": tool, "hover": TOOLS[tool].hover}
    page = folder / "page.html"
    peers = os.environ.get("CLUSTERNET_MAP_PEERS", sys.executable)
    python = sys.executable if tool == "clusternet" or (tool.startswith("plotly")) else peers
    made, trouble = run([python, "-m", "benchmarks.maps.make", tool, str(graph), str(page)], MAKING, folder)
    if made is None:
        return {**row, "trouble": trouble, "picture": "n/a"}
    row.update(made)
    look = [sys.executable, "-m", "benchmarks.maps.watch", tool, str(graph), str(page), str(LOOKING)]
    seen, trouble = run([*look, "--hover"], 3 * LOOKING + 30, folder)
    row.update(seen or {"picture": trouble})
    if row["picture"] == "seen":
        without, trouble = run([*look, "--without-webgl"], LOOKING + 30, folder)
        whole = without is not None and without["picture"] == "seen" and 2 * without["ink"] >= row["ink"]
        row["without_webgl"] = "yes" if whole else "no" if without is not None else trouble
    return row


def laid_out(nodes: int, path: Path) -> float:
    """Write a planted network with positions to a file; return the seconds of the layout."""
    graph = planted(nodes)
    names = np.array(graph.names, dtype=object)
    linkages = pd.DataFrame({"source": names[graph.source], "target": names[graph.target], "weight": graph.weight})
    network = Network.from_tables(pd.DataFrame({"enterprise_id": names, "name": names}), linkages)
    clock = time.perf_counter()
    at = lay_out(network, Partition(network.enterprise_ids, graph.cluster))
    seconds = round(time.perf_counter() - clock, 2)
    dataclasses.replace(graph, x=at[:, 0], y=at[:, 1]).save(path)
    return seconds


def main(given: Sequence[str] | None = None) -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.maps", description=__doc__.partition("\n")[0])
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="numbers of nodes")
    parser.add_argument("--tools", default="", help="parts of names, with commas; all by default")
    parser.add_argument("--out", type=Path, default=RESULTS, help="where the results go")
    options = parser.parse_args(given)
    parts = [part.strip() for part in options.tools.split(",") if part.strip()]
    tools = [name for name in TOOLS if not parts or any(part in name for part in parts)]
    rows: list[Row] = []
    layouts: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder, graph = Path(name), Path(name) / "graph.npz"
        for nodes in options.sizes:
            layouts[nodes] = laid_out(nodes, graph)
            for tool in tools:
                rows.append(measured(tool, nodes, graph, folder))
                write(rows, layouts, options.out)
                told = {key: value for key, value in rows[-1].items() if key not in ("requested", "hover")}
                print(json.dumps(told, ensure_ascii=False), file=sys.stderr, flush=True)
    print((options.out / "maps.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
