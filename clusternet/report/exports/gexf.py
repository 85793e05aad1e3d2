"""GEXF 1.2: nodes with place, colour and size, edges with layer and weight."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from clusternet.report.csv_text import each
from clusternet.report.exports.graph import (
    EDGE_KINDS,
    NODE_KINDS,
    ExportGraph,
    blocks_of,
    cell_texts,
    encoded,
    number_text,
)
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
    return b"".join(gexf_blocks(graph, mixed=mixed))


def gexf_blocks(graph: ExportGraph, *, mixed: bool = False) -> Iterator[bytes]:
    """Yield the bytes of :func:`gexf_bytes` in parts, so that a large graph is never held whole.

    Parameters
    ----------
    graph : ExportGraph
        The graph.
    mixed : bool, default False
        As for :func:`gexf_bytes`.

    Yields
    ------
    bytes
        Whole lines, of at most 100,000 nodes or edges at a time.
    """
    lines = [_HEAD, '<graph defaultedgetype="directed" mode="static">']
    yield encoded([*lines, *_declared("node", NODE_KINDS), *_declared("edge", EDGE_KINDS), "<nodes>"])
    for first, rows in blocks_of(graph.nodes):
        looks = zip(rows["id"], rows["name"], _values(rows, NODE_KINDS), _looks(graph, first, rows), strict=True)
        yield encoded(
            f'<node id="{escaped(identifier)}" label="{escaped(name or identifier)}">{values}{look}</node>'
            for identifier, name, values, look in looks
        )
    yield encoded(["</nodes>", "<edges>"])
    for first, rows in blocks_of(graph.edges):
        yield encoded(_edge_lines(first, rows, mixed))
    yield encoded(["</edges>", "</graph>", "</gexf>"])


def _edge_lines(first: int, table: pd.DataFrame, mixed: bool) -> Iterator[str]:
    rows = zip(
        range(first, first + len(table)),
        each(escaped, table["source"].tolist()),
        each(escaped, table["target"].tolist()),
        each(escaped, table["layer"].tolist()),
        table["directed"].tolist(),
        cell_texts(table["weight"], "number"),
        _values(table, EDGE_KINDS),
        strict=True,
    )
    for place, source, target, layer, directed, weight, values in rows:
        kind = "directed" if directed or not mixed else "undirected"
        # Without a kind, Gephi merges the edges of one pair.
        yield (
            f'<edge id="{place}" source="{source}" target="{target}" type="{kind}" '
            f'kind="{layer}" label="{layer}" weight="{weight}">{values}</edge>'
        )


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
        each(_cell(f"{element}_{name}"), cell_texts(table[name], kind))
        for name, kind in kinds.items()
        if name not in _HELD
    ]
    return [f"<attvalues>{''.join(cells)}</attvalues>" for cells in zip(*columns, strict=True)]


def _cell(attribute: str) -> Callable[[str], str]:
    return lambda text: f'<attvalue for="{attribute}" value="{escaped(text)}"/>' if text else ""


def _looks(graph: ExportGraph, first: int, rows: pd.DataFrame) -> list[str]:
    found = []
    chosen = slice(first, first + len(rows))
    places = zip(rows["x"].tolist(), rows["y"].tolist(), graph.colours[chosen], graph.sizes[chosen], strict=True)
    for x, y, colour, size in places:
        red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
        place = "" if math.isnan(x + y) else f'<viz:position x="{number_text(x)}" y="{number_text(y)}" z="0"/>'
        found.append(f'<viz:color r="{red}" g="{green}" b="{blue}"/>{place}<viz:size value="{size}"/>')
    return found
