"""GraphML: written row by row, and read back from a result folder."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import defusedxml.ElementTree
import pandas as pd

from clusternet.report.csv_text import each
from clusternet.report.exports.graph import (
    EDGE_KINDS,
    NODE_KINDS,
    ExportGraph,
    blocks_of,
    cell_texts,
    encoded,
    typed,
)
from clusternet.report.xml_text import escaped

_TYPES = {"text": "string", "whole": "long", "number": "double", "truth": "boolean"}
_SPACE = "{http://graphml.graphdrawing.org/xmlns}"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">'
)
#: Columns that the id or the ends of an element hold already.
_HELD = ("id", "source", "target")
#: Gephi takes the looks of a node from these; their order is that of the file.
_LOOKS = {"r": "int", "g": "int", "b": "int", "size": "double"}


def graphml_bytes(graph: ExportGraph, *, looks: bool = False) -> bytes:
    """Return a graph as GraphML; an edge's direction is its attribute ``directed``.

    Parameters
    ----------
    graph : ExportGraph
        The graph.
    looks : bool, default False
        Whether the nodes have colour and size, as Gephi reads them.

    Returns
    -------
    bytes
        The file; a missing value is an attribute that is not there.
    """
    return b"".join(graphml_blocks(graph, looks=looks))


def graphml_blocks(graph: ExportGraph, *, looks: bool = False) -> Iterator[bytes]:
    """Yield the bytes of :func:`graphml_bytes` in parts, so that a large graph is never held whole.

    Parameters
    ----------
    graph : ExportGraph
        The graph.
    looks : bool, default False
        As for :func:`graphml_bytes`.

    Yields
    ------
    bytes
        Whole lines, of at most 100,000 nodes or edges at a time.
    """
    lines = [_HEAD, *_keys("node", NODE_KINDS), *_keys("edge", EDGE_KINDS)]
    if looks:
        lines += [f'<key id="{key}" for="node" attr.name="{key}" attr.type="{kind}"/>' for key, kind in _LOOKS.items()]
    lines.append('<graph edgedefault="directed">')
    yield encoded(lines)
    for first, rows in blocks_of(graph.nodes):
        attributes = _data(rows, NODE_KINDS)
        appearance = _appearance(graph, first, len(rows)) if looks else [""] * len(rows)
        ids = each(escaped, rows["id"].tolist())
        yield encoded(
            f'<node id="{identifier}">{attribute}{look}</node>'
            for identifier, attribute, look in zip(ids, attributes, appearance, strict=True)
        )
    for first, rows in blocks_of(graph.edges):
        ends = (each(escaped, rows[end].tolist()) for end in ("source", "target"))
        yield encoded(
            f'<edge id="e{place}" source="{source}" target="{target}">{attributes}</edge>'
            for place, source, target, attributes in zip(
                range(first, first + len(rows)), *ends, _data(rows, EDGE_KINDS), strict=True
            )
        )
    yield encoded(["</graph>", "</graphml>"])


def _keys(element: str, kinds: Mapping[str, str]) -> list[str]:
    return [
        f'<key id="{name}" for="{element}" attr.name="{name}" attr.type="{_TYPES[kind]}"/>'
        for name, kind in kinds.items()
        if name not in _HELD
    ]


def _data(table: pd.DataFrame, kinds: Mapping[str, str]) -> list[str]:
    """Return the attributes of every row; what is missing is left out."""
    columns = [each(_cell(name), cell_texts(table[name], kind)) for name, kind in kinds.items() if name not in _HELD]
    return ["".join(cells) for cells in zip(*columns, strict=True)]


def _cell(name: str) -> Callable[[str], str]:
    return lambda text: f'<data key="{name}">{escaped(text)}</data>' if text else ""


def _appearance(graph: ExportGraph, first: int, count: int) -> list[str]:
    found = []
    chosen = slice(first, first + count)
    for colour, size in zip(graph.colours[chosen], graph.sizes[chosen], strict=True):
        parts = [int(colour[start : start + 2], 16) for start in (1, 3, 5)]
        values = zip(_LOOKS, [*parts, size], strict=True)
        found.append("".join(f'<data key="{key}">{value}</data>' for key, value in values))
    return found


def read_graphml(data: bytes) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the nodes and the edges of a GraphML file that :func:`graphml_bytes` wrote.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    nodes, edges : DataFrame
        With the columns of an :class:`ExportGraph`; what is not there is missing.
    """
    nodes: list[dict[str, Any]] = []
    edges: list[dict[str, Any]] = []
    for _, element in defusedxml.ElementTree.iterparse(io.BytesIO(data), forbid_dtd=True):
        if element.tag == f"{_SPACE}node":
            nodes.append({"id": element.get("id"), **_values(element)})
            element.clear()
        elif element.tag == f"{_SPACE}edge":
            ends = {"source": element.get("source"), "target": element.get("target")}
            edges.append({**ends, **_values(element)})
            element.clear()
    return typed(_table(nodes, NODE_KINDS), NODE_KINDS), typed(_table(edges, EDGE_KINDS), EDGE_KINDS)


def _values(element: Any) -> dict[str, str]:
    return {child.get("key"): child.text or "" for child in element.iterfind(f"{_SPACE}data")}


def _table(rows: list[dict[str, Any]], kinds: Mapping[str, str]) -> pd.DataFrame:
    blank = {"number": math.nan, "whole": -1, "truth": False}
    columns = {
        name: pd.Series([row.get(name, blank.get(kind, "")) for row in rows], dtype=object)
        for name, kind in kinds.items()
    }
    return pd.DataFrame(columns)
