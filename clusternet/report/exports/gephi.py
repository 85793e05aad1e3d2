"""Gephi and Gephi Lite: GEXF, GraphML, and a pair of CSV files."""

from __future__ import annotations

import pandas as pd

from clusternet.messages import mark
from clusternet.report.exports.export import Export, Made
from clusternet.report.exports.gexf import gexf_bytes
from clusternet.report.exports.graph import ExportGraph
from clusternet.report.exports.graphml import graphml_bytes
from clusternet.report.exports.plain_text import csv_bytes


def _write(graph: ExportGraph) -> Made:
    nodes = graph.nodes.rename(columns={"id": "Id"}).drop(columns="name")
    nodes.insert(1, "Label", pd.Series(graph.nodes["name"].where(graph.nodes["name"] != "", graph.nodes["id"])))
    kinds = graph.edges["directed"].map({True: "Directed", False: "Undirected"}).astype(object)
    edges = pd.DataFrame(
        {
            "Source": graph.edges["source"],
            "Target": graph.edges["target"],
            "Type": kinds,
            "Id": range(len(graph.edges)),
            "Label": graph.edges["layer"],
            "Kind": graph.edges["layer"],
            "Weight": graph.edges["weight"],
            "n_reports": graph.edges["n_reports"],
        }
    )
    return Made(
        {
            "network.gexf": gexf_bytes(graph, mixed=True),
            "network.graphml": graphml_bytes(graph, looks=True),
            "nodes.csv": csv_bytes(nodes),
            "edges.csv": csv_bytes(edges),
        }
    )


GEPHI = Export(
    "gephi",
    "Gephi, Gephi Lite",
    {
        "network.gexf": mark("The network with places, colours and sizes; links without a direction are undirected."),
        "network.graphml": mark("The network as GraphML, with places, colours and sizes."),
        "nodes.csv": mark("One row per enterprise or outside partner, for the import of spreadsheets."),
        "edges.csv": mark("One row per linkage, for the import of spreadsheets."),
    },
    mark("Open network.gexf; or import nodes.csv and then edges.csv as spreadsheets."),
    _write,
    (mark("In CSV files an apostrophe stands before a text that a spreadsheet would run as a formula."),),
)
