"""Node-link JSON, as networkx and D3 read it."""

from __future__ import annotations

from clusternet.messages import mark
from clusternet.report.exports.export import Export, Made
from clusternet.report.exports.graph import ExportGraph
from clusternet.report.exports.plain_text import json_bytes
from clusternet.report.exports.records import records


def _write(graph: ExportGraph) -> Made:
    nodes = [{**values, "colour": colour} for values, colour in zip(records(graph.nodes), graph.colours, strict=True)]
    edges = [{**values, "key": values["layer"]} for values in records(graph.edges)]
    about = {"title": graph.title} if graph.title else {}
    content = {"directed": True, "multigraph": True, "graph": about, "nodes": nodes, "edges": edges}
    return Made({"network.json": json_bytes(content)})


NODELINK = Export(
    "nodelink",
    mark("Node-link JSON"),
    {"network.json": mark("Nodes and edges with all their columns; the key of an edge is its layer.")},
    mark('In Python: networkx.node_link_graph(json.load(open("network.json", encoding="utf-8")), edges="edges").'),
    _write,
    (mark("Every edge has a direction in the file; its column directed says whether it means one."),),
)
