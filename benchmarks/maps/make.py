"""Make one page with one tool, in a process of its own: ``python -m benchmarks.maps.make TOOL GRAPH PAGE``."""

from __future__ import annotations

import json
import resource
import sys
import time
import warnings
from pathlib import Path

from benchmarks.maps.graphs import Graph
from benchmarks.maps.makers import ready, tool_version


def main(name: str, graph_file: str, page: str) -> None:
    """Print the seconds of the imports and of the making, and the megabytes of the page, as JSON."""
    warnings.simplefilter("ignore")
    clock = time.perf_counter()
    write = ready(name)
    imports = time.perf_counter() - clock
    graph = Graph.load(Path(graph_file))
    clock = time.perf_counter()
    write(graph, Path(page))
    build = time.perf_counter() - clock
    found = {
        "version": tool_version(name),
        "imports_s": round(imports, 2),
        "build_s": round(build, 3),
        "megabytes": round(Path(page).stat().st_size / 1e6, 3),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
