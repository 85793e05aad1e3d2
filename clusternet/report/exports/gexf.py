"""GEXF 1.2: nodes with place, colour and size, edges with layer and weight."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from clusternet.report.exports.graph import EDGE_KINDS, NODE_KINDS, ExportGraph, cell_texts, number_text
from clusternet.report.xml_text import escaped

_TYPES = {"text": "string", "whole": "long", "number": "double", "truth": "boolean"}
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://www.gexf.net/1.2draft http://www.gexf.net/1.2draft/gexf.xsd" version="1.2">'
)
#: Columns that have a place of their own in the format.
_HELD = ("id", "source", "target", "weight", "x", "y")


def gexf_bytes(graph: ExportGraph, *, mixed: bool = False) -> bytes:
    """Return a graph as GEXF; a node is labelled with its name, and the file has no date.

    Parameters
    ----------
    graph : ExportGraph
        The graph.
    mixed : bool, default False
        Whether edges of layers without direction are undirected, as Gephi shows them; readers that know one kind of
        edge only (networkx) want every edge directed, and the attribute ``directed`` tells.

    Returns
    -------
    bytes
        The file.
    """
    lines = [_HEAD, '<graph defaultedgetype="directed" mode="static">']
    lines += [*_declared("node", NODE_KINDS), *_declared("edge", EDGE_KINDS), "<nodes>"]
    looks = zip(graph.ids, graph.nodes["name"], _values(graph.nodes, NODE_KINDS), _looks(graph), strict=True)
    for identifier, name, values, look in looks:
        label = escaped(name or identifier)
        lines.append(f'<node id="{escaped(identifier)}" label="{label}">{values}{look}</node>')
    lines += ["</nodes>", "<edges>"]
    table = graph.edges
    rows = zip(
        table["source"],
        table["target"],
        table["layer"],
        table["directed"].tolist(),
        cell_texts(table["weight"], "number"),
        _values(table, EDGE_KINDS),
        strict=True,
    )
    for place, (source, target, layer, directed, weight, values) in enumerate(rows):
        kind = "directed" if directed or not mixed else "undirected"
        # Without a kind, Gephi merges the edges of one pair.
        lines.append(
            f'<edge id="{place}" source="{escaped(source)}" target="{escaped(target)}" type="{kind}" '
            f'kind="{escaped(layer)}" label="{escaped(layer)}" weight="{weight}">{values}</edge>'
        )
    return "\n".join([*lines, "</edges>", "</graph>", "</gexf>", ""]).encode()


def _declared(element: str, kinds: Mapping[str, str]) -> list[str]:
    rows = [
        f'<attribute id="{element}_{name}" title="{name}" type="{_TYPES[kind]}"/>'
        for name, kind in kinds.items()
        if name not in _HELD
    ]
    return [f'<attributes class="{element}" mode="static">', *rows, "</attributes>"]


def _values(table: pd.DataFrame, kinds: Mapping[str, str]) -> list[str]:
    element = "node" if "id" in kinds else "edge"
    columns = [
        [f'<attvalue for="{element}_{name}" value="{escaped(text)}"/>' if text else "" for text in texts]
        for name, texts in ((name, cell_texts(table[name], kind)) for name, kind in kinds.items() if name not in _HELD)
    ]
    return [f"<attvalues>{''.join(cells)}</attvalues>" for cells in zip(*columns, strict=True)]


def _looks(graph: ExportGraph) -> list[str]:
    found = []
    places = zip(graph.nodes["x"].tolist(), graph.nodes["y"].tolist(), graph.colours, graph.sizes, strict=True)
    for x, y, colour, size in places:
        red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
        place = "" if math.isnan(x + y) else f'<viz:position x="{number_text(x)}" y="{number_text(y)}" z="0"/>'
        found.append(f'<viz:color r="{red}" g="{green}" b="{blue}"/>{place}<viz:size value="{size}"/>')
    return found
