"""A study's result folder, read back: only what the study wrote, unchanged."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pandas as pd

from clusternet.errors import InputError, ResourceError
from clusternet.messages import LANGUAGES, mark
from clusternet.model.layers import STANDARD_LAYERS, Layer
from clusternet.report.csv_text import harmless
from clusternet.report.exports.graph import LAYER_KINDS, ExportGraph, typed
from clusternet.report.exports.graphml import read_graphml
from clusternet.report.exports.study_tables import TABLES, plain_table
from clusternet.report.publish import MANIFEST
from clusternet.report.xml_text import writable

_GRAPH = "network.graphml"


def read_result(folder: str | Path, *, language: str | None = None) -> ExportGraph:
    """Read the folder that a study wrote.

    Parameters
    ----------
    folder : str or Path
        The folder.
    language : {"en", "ar"}, optional
        The language of what will be said around the data; by default that of the study's first report.

    Returns
    -------
    ExportGraph
        The network with its clusters, and the study's tables.

    Raises
    ------
    InputError
        If it is not a study's folder, or a file in it is gone or not as the study wrote it.
    ResourceError
        If a file cannot be read.
    """
    place = Path(folder)
    manifest = read_manifest(place)
    expected = {entry["file"]: entry["sha256"] for entry in manifest["outputs"]}
    nodes, edges = read_graphml(_content(place, _GRAPH, expected))
    tables = {name: _table(_content(place, f"{name}.csv", expected)) for name in TABLES}
    spoken = manifest.get("languages") or ["en"]
    return ExportGraph(
        nodes,
        edges,
        _layers(tables["layers"], edges),
        title=writable(manifest["configuration"].get("title", "")),
        language=language or (spoken[0] if spoken[0] in LANGUAGES else "en"),
        tables={name: plain_table(name, table) for name, table in tables.items()},
        origin=manifest["sha256"],
    )


def read_manifest(place: Path) -> dict[str, Any]:
    """Return the manifest of a study's folder.

    Raises
    ------
    InputError
        If the folder is no study's, or the manifest was changed.
    ResourceError
        If it cannot be read.
    """
    if not place.is_dir():
        template = mark('There is no folder "{folder}"; name the one that a study wrote.')
        raise InputError(template, folder=place.name)
    foreign = mark('The folder "{folder}" holds no result of a study: it has no manifest.json that a study wrote.')
    if not (place / MANIFEST).is_file():
        raise InputError(foreign, folder=place.name)
    try:
        manifest = json.loads(_read(place / MANIFEST).decode())
    except ValueError:
        raise InputError(foreign, folder=place.name) from None
    parts = ("outputs", "sha256", "versions", "configuration", "method")
    if not isinstance(manifest, dict) or any(part not in manifest for part in parts):
        raise InputError(foreign, folder=place.name)
    content = {key: value for key, value in manifest.items() if key not in ("sha256", "timing")}
    digest = hashlib.sha256(json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    if digest != manifest["sha256"]:
        _refuse(place, MANIFEST)
    return manifest


def _content(place: Path, name: str, expected: dict[str, str]) -> bytes:
    """Return a file of the folder, if the study wrote it and nobody changed it since."""
    if name not in expected or not (place / name).is_file():
        template = mark('"{file}" is not in the folder "{folder}"; run the study again.')
        raise InputError(template, file=name, folder=place.name)
    data = _read(place / name)
    if hashlib.sha256(data).hexdigest() != expected[name]:
        _refuse(place, name)
    return data


def _refuse(place: Path, name: str) -> None:
    template = mark(
        '"{file}" in the folder "{folder}" is not as the study wrote it (its SHA-256 differs from the manifest); '
        "run the study again."
    )
    raise InputError(template, file=name, folder=place.name)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as trouble:
        template = mark('"{file}" cannot be read ({reason}).')
        raise ResourceError(template, file=path.name, reason=trouble.strerror or type(trouble).__name__) from trouble


def _table(data: bytes) -> pd.DataFrame:
    """Return a table as texts, each as it was before an apostrophe kept it from being run as a formula."""
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    cells = [[_restored(text) for text in row] for row in rows]
    return pd.DataFrame(cells, columns=[_restored(name) for name in head], dtype=object)


def _layers(table: pd.DataFrame, edges: pd.DataFrame) -> pd.DataFrame:
    """Return whether and how much each layer counts; one that the study's table lacks as the questionnaire has it."""
    known = set(table["layer"])
    others = [STANDARD_LAYERS.get(name) or Layer(name, name) for name in edges["layer"].unique() if name not in known]
    added = [(layer.name, "yes" if layer.counts else "no", layer.weight) for layer in others]
    rows = [*table[list(LAYER_KINDS)].itertuples(index=False, name=None), *added]
    return typed(pd.DataFrame(sorted(rows), columns=list(LAYER_KINDS), dtype=object), LAYER_KINDS)


def _restored(text: str) -> str:
    return text[1:] if text.startswith("'") and harmless(text[1:]) == text else text
