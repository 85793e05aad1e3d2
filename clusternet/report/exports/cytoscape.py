"""Cytoscape: its JSON with positions, GraphML, and SIF with tables of attributes."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from clusternet.messages import mark
from clusternet.report.csv_text import harmless
from clusternet.report.exports.export import Export, Made
from clusternet.report.exports.graph import ExportGraph, distinct
from clusternet.report.exports.graphml import graphml_bytes
from clusternet.report.exports.plain_text import csv_bytes, json_bytes, one_line, replaced
from clusternet.report.exports.records import records


def _write(graph: ExportGraph) -> Made:
    # The names in the SIF must be those in the tables, and a table must not run a name as a formula.
    names = distinct([harmless(one_line(identifier)) for identifier in graph.ids])
    layers = {layer: harmless(one_line(layer)) for layer in graph.edges["layer"].unique()}
    ties = [
        (names[source], layers[layer], names[target])
        for source, target, layer in zip(*graph.ends, graph.edges["layer"], strict=True)
    ]
    return Made(
        {
            "network.cyjs": json_bytes(_elements(graph)),
            "network.graphml": graphml_bytes(graph),
            "network.sif": _sif(names, ties),
            "nodes.csv": csv_bytes(_one_lined(graph.nodes.rename(columns={"id": "shared name"}), names)),
            "edges.csv": csv_bytes(_edge_table(graph, ties)),
        },
        replaced(graph.ids, names, "network.sif"),
    )


def _elements(graph: ExportGraph) -> dict[str, Any]:
    """Return the network as Cytoscape.js keeps it; the vertical axis points down there."""
    nodes = []
    looks = zip(
        graph.ids,
        graph.labels,
        records(graph.nodes, without=("id", "name", "x", "y")),
        zip(graph.nodes["x"].tolist(), graph.nodes["y"].tolist(), strict=True),
        graph.colours,
        strict=True,
    )
    for identifier, label, values, (x, y), colour in looks:
        node: dict[str, Any] = {
            "data": {
                "id": identifier,
                "value": identifier,
                "shared_name": identifier,
                "name": label,
                **values,
                "colour": colour,
            }
        }
        if not math.isnan(x + y):
            node["position"] = {"x": x, "y": -y + 0.0}
        nodes.append(node)
    edges = [
        {"data": {"id": f"link{place}", "key": layer, **values, "interaction": layer, "shared_interaction": layer}}
        for place, (values, layer) in enumerate(zip(records(graph.edges), graph.edges["layer"], strict=True))
    ]
    return {
        "format_version": "1.0",
        "generated_by": "clusternet",
        "target_cytoscapejs_version": "~2.1",
        "data": {"name": graph.title or "clusternet", "shared_name": graph.title or "clusternet"},
        "directed": True,
        "multigraph": True,
        "elements": {"nodes": nodes, "edges": edges},
    }


def _sif(names: list[str], ties: list[tuple[str, str, str]]) -> bytes:
    """Return one line per linkage and one per node without any; tabs part the fields, so names may hold spaces."""
    linked = {end for source, _, target in ties for end in (source, target)}
    alone = [name for name in names if name not in linked]
    return "".join(line + "\n" for line in ["\t".join(tie) for tie in ties] + alone).encode()


def _one_lined(table: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Return a table in which every text is on one line, with the names of the SIF as its key."""
    columns = [str(name) for name in table.columns if table[name].dtype == object]
    texts: dict[str, Any] = {name: table[name].map(one_line) for name in columns}
    return table.assign(**{**texts, "shared name": names})


def _edge_table(graph: ExportGraph, ties: list[tuple[str, str, str]]) -> pd.DataFrame:
    keys = [f"{source} ({layer}) {target}" for source, layer, target in ties]
    table = graph.edges.drop(columns=["source", "target"]).rename(columns={"layer": "interaction"})
    table = table.assign(interaction=[layer for _, layer, _ in ties])
    table.insert(0, "shared name", keys)
    return table


CYTOSCAPE = Export(
    "cytoscape",
    "Cytoscape",
    {
        "network.cyjs": mark("The network as Cytoscape JSON, with places and colours."),
        "network.graphml": mark("The network as GraphML, with every column."),
        "network.sif": mark("The linkages as source, layer, target, parted by tabs; on its own line who has none."),
        "nodes.csv": mark('The columns of the nodes, by "shared name", to go with the SIF.'),
        "edges.csv": mark('The columns of the linkages, by "shared name", to go with the SIF.'),
    },
    mark("File, Import, Network from File: network.cyjs. For the SIF, import the two tables after it."),
    _write,
    [
        mark("In the SIF and its tables, tabs and line breaks are spaces."),
        mark("In CSV files an apostrophe stands before a text that a spreadsheet would run as a formula."),
    ],
)
