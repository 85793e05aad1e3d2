"""GraphML and GEXF, for analysts who have a graph already: records that nobody reported."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusternet.errors import ResourceError, shown
from clusternet.ingest.findings import Findings, Place
from clusternet.ingest.graph_faults import check_graph
from clusternet.ingest.memory import GRAPH_FACTOR
from clusternet.ingest.registers import text_table, with_general
from clusternet.ingest.source import Reading, Source
from clusternet.ingest.tables import contract_columns
from clusternet.messages import mark
from clusternet.model.coding import GENERAL_LAYER

if TYPE_CHECKING:
    import networkx

#: Node attributes that say what a node is called, the best first.
_NAMES = ("name", "label")
_END_COLUMNS = ("enterprise_id", "name", "label", "outside")


def read_graph(source: Source) -> Reading:
    """Read a GraphML or GEXF file.

    Parameters
    ----------
    source : Source
        The survey being read; its path is the file.

    Returns
    -------
    Reading
        Nodes as enterprises with their attributes as columns (those marked ``outside`` are partners outside the
        register), edges as records; ``weight`` and ``layer`` are edge attributes. Layers that nobody declared are
        general, directed as the graph is.
    """
    data = source.content(source.path, factor=GRAPH_FACTOR)
    place = Place(source.path.name)
    if data is None or not check_graph(data, place, source.findings):
        return Reading({}, source.settings)
    source.note_format(place.file, source.path.suffix.removeprefix(".").upper())
    graph = _parsed(data, source.path, place, source.findings)
    if graph is None:
        return Reading({}, source.settings)
    nodes = list(graph.nodes(data=True))
    names = sorted({str(name) for _, attributes in nodes for name in attributes} - set(_END_COLUMNS))
    inside = [(str(node), attributes) for node, attributes in nodes if not _is_true(attributes.get("outside"))]
    columns: dict[str, list[Any]] = {
        "enterprise_id": [node for node, _ in inside],
        "name": [_first_text(attributes) or node for node, attributes in inside],
        **{name: [_cell(attributes.get(name)) for _, attributes in inside] for name in names},
    }
    register = text_table(columns, range(2, len(inside) + 2), place)
    settings = source.settings
    edges = [(str(one), str(other), attributes) for one, other, attributes in graph.edges(data=True)]
    layers = [_cell(attributes.get("layer")) or GENERAL_LAYER for *_, attributes in edges]
    for layer in sorted(set(layers)):
        stated = [
            attributes.get("directed") for (*_, attributes), other in zip(edges, layers, strict=True) if other == layer
        ]
        directed = graph.is_directed() if stated[0] is None else _is_true(stated[0])
        settings = with_general(settings, layer, directed=directed)
    linkages = text_table(
        {
            "source": [one for one, *_ in edges],
            "target": [other for _, other, _ in edges],
            "layer": layers,
            "weight": [_cell(attributes.get("weight", 1)) for *_, attributes in edges],
            "reporter": [""] * len(edges),
        },
        range(2, len(edges) + 2),
        place,
    )
    source.note_rows(place.file, len(edges))
    return Reading(
        {"enterprises": contract_columns(register, "enterprises", source.findings), "linkages": linkages}, settings
    )


def _parsed(data: bytes, path: Path, place: Place, findings: Findings) -> networkx.Graph | None:
    import networkx

    read = networkx.read_gexf if path.suffix.casefold() == ".gexf" else networkx.read_graphml
    try:
        return read(io.BytesIO(data))
    except MemoryError as error:
        raise ResourceError(mark("There is not enough memory to read the graph.")) from error
    except Exception as error:  # networkx answers files that lack something with exceptions of every kind
        template = mark("The file is not a graph that can be read ({reason}); export it again as GraphML or GEXF.")
        findings.error("E03", template, place, reason=shown(error) or type(error).__name__)
        return None


def _cell(value: Any) -> str | None:
    """Return an attribute as the text of a cell."""
    match value:
        case None | "":
            return None
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
    return str(value)


def _first_text(attributes: dict[str, Any]) -> str | None:
    return next((text for name in _NAMES if (text := _cell(attributes.get(name)))), None)


def _is_true(value: object) -> bool:
    return str(value).casefold() in ("true", "yes", "1")
