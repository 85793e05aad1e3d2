"""GeoJSON: enterprises as points, linkages as lines between them."""

from __future__ import annotations

import math
from typing import Any

from clusternet.messages import mark
from clusternet.report.exports.export import Export, Made, Told
from clusternet.report.exports.graph import ExportGraph
from clusternet.report.exports.plain_text import json_bytes
from clusternet.report.exports.records import records

#: Seven decimals of a degree are about a centimetre.
_DECIMALS = 7


def _write(graph: ExportGraph) -> Made:
    places = [
        None if math.isnan(longitude + latitude) else [round(longitude, _DECIMALS), round(latitude, _DECIMALS)]
        for longitude, latitude in zip(graph.nodes["longitude"].tolist(), graph.nodes["latitude"].tolist(), strict=True)
    ]
    rows = records(graph.nodes, without=("latitude", "longitude", "x", "y"))
    points = [
        _feature("Point", place, {**values, "colour": colour})
        for place, values, colour in zip(places, rows, graph.colours, strict=True)
    ]
    lines = []
    for source, target, values in zip(*graph.ends, records(graph.edges), strict=True):
        ends = [places[source], places[target]]
        lines.append(_feature("LineString", None if None in ends else ends, values))
    told = []
    unplaced = places.count(None)
    if unplaced:
        forms = (
            mark("{count} enterprise or partner has no coordinates; it is in the file without a place."),
            mark("{count} enterprises or partners have no coordinates; they are in the file without a place."),
        )
        told.append(Told(*forms, unplaced))
    return Made({"enterprises.geojson": _collection(points), "linkages.geojson": _collection(lines)}, tuple(told))


def _feature(kind: str, coordinates: object, properties: dict[str, Any]) -> dict[str, Any]:
    geometry = None if coordinates is None else {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _collection(features: list[dict[str, Any]]) -> bytes:
    return json_bytes({"type": "FeatureCollection", "features": features})


GEOJSON = Export(
    "geojson",
    "GeoJSON",
    {
        "enterprises.geojson": mark("One point per enterprise, with all its columns."),
        "linkages.geojson": mark("One line per linkage between two places."),
    },
    mark("Open both files in QGIS or another geographic information system."),
    _write,
    (mark("Coordinates are WGS 84, longitude before latitude; what has no coordinates has an empty geometry."),),
)
