"""Kumu: one JSON file of elements and connections."""

from __future__ import annotations

from clusternet.messages import mark, translate
from clusternet.report.exports.export import Export, Made
from clusternet.report.exports.graph import ExportGraph
from clusternet.report.exports.plain_text import json_bytes
from clusternet.report.exports.records import records

#: Kumu reads a description as Markdown; the texts of a survey never go there.
_KINDS = {False: mark("enterprise"), True: mark("outside partner")}


def _write(graph: ExportGraph) -> Made:
    words = {outside: translate(word, graph.language) for outside, word in _KINDS.items()}
    rows = zip(
        graph.ids,
        graph.labels,
        graph.nodes["outside"].tolist(),
        graph.colours,
        records(graph.nodes, without=("id", "name", "outside")),
        strict=True,
    )
    elements = [
        {"id": f"node-{identifier}", "label": label, "type": words[outside], **values, "colour": colour}
        for identifier, label, outside, colour, values in rows
    ]
    connections = [
        {
            "id": f"link-{place}",
            "from": f"node-{values.pop('source')}",
            "to": f"node-{values.pop('target')}",
            "direction": "directed" if values.pop("directed") else "undirected",
            "type": values.pop("layer"),
            **values,
        }
        for place, values in enumerate(records(graph.edges))
    ]
    return Made({"network.json": json_bytes({"elements": elements, "connections": connections})})


KUMU = Export(
    "kumu",
    "Kumu",
    {"network.json": mark("Every enterprise as an element and every linkage as a connection, with all columns.")},
    mark("Drag network.json onto an empty map."),
    _write,
    [
        mark(
            "Kumu keeps what it is given on its own servers: ask whether the enterprises agreed (consent_publish), and "
            "make the project private."
        ),
        mark("Kumu lays the map out itself; x and y go along as fields."),
    ],
)
