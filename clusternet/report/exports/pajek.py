"""Pajek: the network once plain and once by layer, the clusters as a partition, numbers as vectors."""

from __future__ import annotations

import numpy as np

from clusternet.messages import mark
from clusternet.report.exports.export import Export, Made
from clusternet.report.exports.graph import ExportGraph, distinct, number_text
from clusternet.report.exports.plain_text import csv_bytes, quotable, replaced

#: Pajek takes a file for UTF-8 by this mark; the comment behind it keeps other readers from stumbling over it.
_HEAD = "\ufeff% clusternet\r\n"
#: What Pajek writes where a vector has no value.
MISSING = "999999998"
#: The drawing window has its origin at the upper left and runs from 0 to 1.
_MARGIN = 0.05


def _write(graph: ExportGraph) -> Made:
    labels = distinct([quotable(label) for label in graph.labels])
    vertices = _vertices(graph, labels)
    key = graph.nodes.assign(label=labels)
    key.insert(0, "number", range(1, len(key) + 1))
    files = {
        "network.net": _HEAD + vertices + _ties(graph, by_layer=False),
        "network_by_layer.net": _HEAD + vertices + _ties(graph, by_layer=True),
        "clusters.clu": _values(graph, [str(code + 1) for code in graph.nodes["cluster"]]),
        "workers.vec": _values(graph, [number_text(value) or MISSING for value in graph.nodes["workers"]]),
        "certainty.vec": _values(graph, [number_text(value) or MISSING for value in graph.nodes["certainty"]]),
    }
    made = {name: text.encode() for name, text in files.items()}
    return Made({**made, "nodes.csv": csv_bytes(key)}, replaced(graph.labels, labels, "network.net"))


def _vertices(graph: ExportGraph, labels: list[str]) -> str:
    places = graph.nodes[["x", "y"]].to_numpy(dtype=float)
    lines = [f"*Vertices {len(labels)}"]
    if len(places) and np.isfinite(places).all():
        span = float((places.max(axis=0) - places.min(axis=0)).max()) or 1.0
        scaled = _MARGIN + (1 - 2 * _MARGIN) * (places - places.min(axis=0)) / span
        for number, (label, (x, y)) in enumerate(zip(labels, scaled.tolist(), strict=True), start=1):
            lines.append(f'{number} "{label}" {x:.4f} {1 - y:.4f} 0.5000')
    else:
        lines += [f'{number} "{label}"' for number, label in enumerate(labels, start=1)]
    return _joined(lines)


def _ties(graph: ExportGraph, *, by_layer: bool) -> str:
    """Return the arcs and the edges; by layer, each relation has its number and name."""
    sections: dict[tuple[str, bool], list[str]] = {}
    rows = zip(
        *graph.ends, graph.edges["layer"], graph.edges["directed"].tolist(), graph.edges["weight"].tolist(), strict=True
    )
    for source, target, layer, directed, weight in rows:
        section = sections.setdefault((layer if by_layer else "", directed), [])
        section.append(f"{source + 1} {target + 1} {number_text(weight)}")
    # Readers that know arcs and edges apart want the arcs first.
    order = sorted(sections, key=lambda section: (section[0], not section[1]))
    lines = []
    for number, (layer, directed) in enumerate(order, start=1):
        head = "*Arcs" if directed else "*Edges"
        lines.append(f'{head} :{number} "{quotable(layer)}"' if by_layer else head)
        lines += sections[layer, directed]
    return _joined(lines)


def _values(graph: ExportGraph, values: list[str]) -> str:
    return _joined([f"*Vertices {len(graph.nodes)}", *values])


def _joined(lines: list[str]) -> str:
    return "".join(line + "\r\n" for line in lines)


PAJEK = Export(
    "pajek",
    "Pajek",
    {
        "network.net": mark("The network with places; the linkages of all layers in one relation."),
        "network_by_layer.net": mark("The same with one relation per layer."),
        "clusters.clu": mark("The cluster of each vertex, one more than in the tables; 0 for those in none."),
        "workers.vec": mark("The number of workers of each vertex; 999999998 where it is not known."),
        "certainty.vec": mark("How sure the membership of each vertex is; 999999998 where it is not known."),
        "nodes.csv": mark("The number, label and id of each vertex, with every column."),
    },
    mark("Read network_by_layer.net as a network, clusters.clu as a partition, the other two as vectors."),
    _write,
    (
        mark("Tabs and line breaks in names are spaces, double quotation marks are single ones."),
        mark("Enterprises of one name have their id behind it, so that every label is one vertex."),
        mark("In CSV files an apostrophe stands before a text that a spreadsheet would run as a formula."),
    ),
)
