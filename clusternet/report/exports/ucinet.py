"""UCINET: one DL file per layer as a list of edges, one for the flat network, and the columns as a table."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from clusternet.messages import mark
from clusternet.report.exports.export import Export, Made
from clusternet.report.exports.graph import ExportGraph, distinct, number_text
from clusternet.report.exports.plain_text import csv_bytes, replaced

#: Labels end at a blank, a comma, an equals sign or a colon, and quotation marks do not help every reader.
_ENDS = re.compile(r"[\s,;=:\"']+")
#: UCINET cuts labels that are longer.
_LONGEST = 255
_FILE_NAME = re.compile("[^a-z0-9_-]+")


def _write(graph: ExportGraph) -> Made:
    labels = dl_labels(graph.ids)
    files: dict[str, bytes] = {}
    named = []
    for number, layer in enumerate(graph.layers["layer"].tolist(), start=1):
        chosen = (graph.edges["layer"] == layer).to_numpy()
        name = f"{number:02d}_{_FILE_NAME.sub('_', layer.casefold()).strip('_')[:40] or 'layer'}.dl"
        rows = zip(
            graph.ends[0][chosen],
            graph.ends[1][chosen],
            graph.edges["weight"][chosen],
            graph.edges["directed"][chosen],
            strict=True,
        )
        files[name] = _dl(labels, rows)
        named.append((layer, name, int(chosen.sum())))
    flat = zip(graph.flat["first"], graph.flat["second"], graph.flat["weight"], [False] * len(graph.flat), strict=True)
    files["flat.dl"] = _dl(labels, flat)
    files["layers.csv"] = csv_bytes(pd.DataFrame(named, columns=["layer", "file", "linkages"]))
    attributes = graph.nodes.copy()
    attributes.insert(0, "label", labels)
    files["nodes.csv"] = csv_bytes(attributes)
    return Made(files, replaced(graph.ids, labels, "*.dl"))


def dl_labels(ids: list[str]) -> list[str]:
    """Return ids as labels of a DL file: without blanks and the signs that end a label, no two alike.

    Examples
    --------
    >>> dl_labels(["Oak & Sons", "a,b", "A_B"])
    ['Oak_&_Sons', 'a_b', 'A_B~2']
    """
    fitted = [_ENDS.sub("_", identifier)[:_LONGEST] or "_" for identifier in ids]
    # UCINET does not tell capitals from small letters.
    turns = distinct([label.casefold() for label in fitted])
    return [label + turn[len(label.casefold()) :] for label, turn in zip(fitted, turns, strict=True)]


def _dl(labels: list[str], edges: Iterable[tuple[int, int, float, bool]]) -> bytes:
    """Return one matrix as a list of edges; an undirected one stands in both directions."""
    lines = [f"dl n={len(labels)}", "format=edgelist1", "labels:", *labels, "data:"]
    for source, target, weight, directed in edges:
        lines.append(f"{source + 1} {target + 1} {number_text(float(weight))}")
        if not directed:
            lines.append(f"{target + 1} {source + 1} {number_text(float(weight))}")
    return "".join(line + "\n" for line in lines).encode()


UCINET = Export(
    "ucinet",
    "UCINET",
    {
        "*.dl": mark("One matrix per layer as a list of edges; what has no direction stands in both."),
        "flat.dl": mark("The sum over the layers that count, without direction."),
        "layers.csv": mark("Which layer is in which file."),
        "nodes.csv": mark("The label of each enterprise, with every column."),
    },
    mark("Data, Import text file, DL: one file after the other."),
    _write,
    [
        mark("Labels are the ids; blanks, commas, colons, equals signs and quotation marks in them are underscores."),
        mark("In CSV files an apostrophe stands before a text that a spreadsheet would run as a formula."),
    ],
)
