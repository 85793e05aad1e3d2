"""The outline of a region, from the office's own GeoJSON: rings of points that the map draws below the enterprises."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from clusternet.errors import shown
from clusternet.ingest.findings import Findings, Place
from clusternet.messages import mark

#: A larger file, or more points, would make the map slower than an outline is worth.
MOST_BYTES = 20_000_000
MOST_POINTS = 200_000
#: GeoJSON holds its rings this deep at most: collection, feature, geometry, polygons, rings, points.
_DEEPEST = 40

Ring = tuple[tuple[float, float], ...]


class _UnfitError(ValueError):
    """What is wrong with an outline, as a marked sentence."""


def outline_of(data: bytes, name: str, findings: Findings) -> tuple[Ring, ...]:
    """Return the rings of the polygons in a GeoJSON file.

    Parameters
    ----------
    data : bytes
        The content of the file, at most 20 MB.
    name : str
        Its name, for messages.
    findings : Findings
        Where an error (E08) is noted when it is no GeoJSON of polygons in degrees.

    Returns
    -------
    tuple of rings
        Each a tuple of (longitude, latitude) in degrees, first and last point the same; empty after an error.
    """
    try:
        if len(data) > MOST_BYTES:
            raise _UnfitError(mark("The outline is larger than 20 MB; simplify it first."))
        rings = tuple(_ring(points) for points in _rings(_parsed(data), 0))
        if not rings:
            raise _UnfitError(mark("The outline holds no polygon; expected GeoJSON with a Polygon or MultiPolygon."))
        if sum(map(len, rings)) > MOST_POINTS:
            raise _UnfitError(mark("The outline has more than 200,000 points; simplify it first."))
    except _UnfitError as trouble:
        findings.error("E08", str(trouble), Place(name))
        return ()
    return rings


def outline_file(folder: Path, name: str, findings: Findings) -> bytes:
    """Return the bytes of the outline that the settings name, which lies beside them; empty after an error (A01)."""
    if name != Path(name).name or name in (".", ".."):
        template = mark('The outline "{value}" must be a file beside study.toml, without any folder.')
        findings.error("A01", template, Place("study.toml"), column="outline", value=shown(name))
        return b""
    try:
        return (folder / name).read_bytes()
    except OSError:
        template = mark('There is no outline "{value}" beside the settings that can be read; check its name.')
        findings.error("A01", template, Place("study.toml"), column="outline", value=shown(name))
        return b""


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _UnfitError(mark("The outline is no JSON; expected GeoJSON as a mapping program saves it.")) from error


def _rings(part: Any, depth: int) -> Iterator[list[Any]]:
    """Walk over collections, features and geometries, and give the rings of every polygon."""
    if depth > _DEEPEST:
        raise _UnfitError(mark("The outline is nested too deeply for GeoJSON."))
    kind = part.get("type") if isinstance(part, dict) else None
    inner = {"FeatureCollection": "features", "GeometryCollection": "geometries"}.get(str(kind))
    if inner:
        for entry in _list(part.get(inner)):
            yield from _rings(entry, depth + 1)
    elif kind == "Feature":
        if part.get("geometry") is not None:
            yield from _rings(part["geometry"], depth + 1)
    elif kind == "Polygon":
        yield from _list(part.get("coordinates"))
    elif kind == "MultiPolygon":
        for polygon in _list(part.get("coordinates")):
            yield from _list(polygon)
    elif kind is None:
        raise _UnfitError(mark("The outline is no GeoJSON: a part of it has no type."))


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _UnfitError(mark("The outline is no GeoJSON: a list of coordinates is missing."))
    return value


def _ring(points: Any) -> Ring:
    found = []
    for point in _list(points):
        fits = isinstance(point, list) and len(point) >= 2 and all(type(end) in (int, float) for end in point[:2])
        if not fits or not (abs(point[0]) <= 180 and abs(point[1]) <= 90) or not all(map(math.isfinite, point[:2])):
            raise _UnfitError(
                mark("A point of the outline is not a longitude and a latitude in degrees (EPSG:4326); convert it.")
            )
        found.append((float(point[0]), float(point[1])))
    if len(found) < 4 or found[0] != found[-1]:
        raise _UnfitError(mark("A ring of the outline is not closed: its last point must be its first."))
    return tuple(found)
