"""Polinode: one workbook with the sheets Nodes and Edges."""

from __future__ import annotations

from clusternet.messages import mark
from clusternet.report.exports.export import Export, Made
from clusternet.report.exports.graph import ExportGraph
from clusternet.report.workbook import sheets_bytes


def _write(graph: ExportGraph) -> Made:
    nodes = graph.nodes.drop(columns="name")
    nodes.insert(0, "Name", graph.labels)
    nodes["colour"] = graph.colours
    edges = graph.edges.drop(columns=["source", "target"])
    source, target = graph.ends
    edges.insert(0, "Source", [graph.labels[place] for place in source])
    edges.insert(1, "Target", [graph.labels[place] for place in target])
    return Made({"network.xlsx": sheets_bytes({"Nodes": nodes, "Edges": edges}, title=graph.title)})


POLINODE = Export(
    "polinode",
    "Polinode",
    {"network.xlsx": mark("The sheet Nodes with one row per enterprise, and the sheet Edges with one per linkage.")},
    mark("New Network, File Type Excel, and choose network.xlsx."),
    _write,
    [
        mark(
            "Polinode keeps what it is given on its own servers: ask whether the enterprises agreed (consent_publish), "
            "and keep the network private."
        ),
        mark("Enterprises of one name have their id behind it, because linkages go by name."),
    ],
)
