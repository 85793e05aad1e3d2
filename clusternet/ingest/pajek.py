"""Pajek networks: one-mode as they are, two-mode projected on one of their modes."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from clusternet.errors import shown
from clusternet.ingest.encoding import noted_text
from clusternet.ingest.findings import Place
from clusternet.ingest.pajek_text import PajekText, parsed_pajek
from clusternet.ingest.registers import number_text, text_table, with_general
from clusternet.ingest.settings import SETTINGS_FILE
from clusternet.ingest.source import Reading, Source, TextTable
from clusternet.ingest.tables import contract_columns
from clusternet.messages import mark
from clusternet.model.catalogue import nearest
from clusternet.model.coding import GENERAL_LAYER

#: The layer of two that share a board, a club or an event.
SHARED_LAYER = "association"
_AFFILIATION = "affiliation partition"


def read_pajek(source: Source) -> Reading:
    """Read a Pajek network or project; see :mod:`clusternet.ingest.mapping`.

    Parameters
    ----------
    source : Source
        The survey being read.

    Returns
    -------
    Reading
        Vertices as enterprises (their ids are the labels where these differ, else the numbers), ties as records that
        nobody reported, partitions and vectors as columns of text.
    """
    mapping = source.settings.mapping
    path = source.path
    if source.path.is_dir() or "file" in mapping:
        if "file" not in mapping:
            template = mark('The mapping names no Pajek file; write file = "firms.net" below [mapping].')
            source.findings.error("E09", template, Place(SETTINGS_FILE), column="mapping.file")
        found = source.file_in_folder(mapping["file"], key="mapping.file") if "file" in mapping else None
        if found is None:
            return Reading({}, source.settings)
        path = found
    data = source.content(path)
    place = Place(path.name)
    text = None if data is None else noted_text(data, place, source, "Pajek")
    if text is None:
        return Reading({}, source.settings)
    before = len(source.findings.errors)
    pajek = parsed_pajek(text, place, source.findings)
    chosen = _chosen_vertices(pajek, source) if len(source.findings.errors) == before else None
    if chosen is None:
        return Reading({}, source.settings)
    two_mode = len(chosen) < pajek.n_vertices
    layer = mapping.get("layer", SHARED_LAYER if two_mode else GENERAL_LAYER)
    settings = with_general(source.settings, layer, directed=any(tie[3] for tie in pajek.ties))
    declared = settings.layer(layer)
    ids = _ids(pajek, chosen, source, place)
    linkages = (
        _projected(pajek, chosen, ids, layer, source, place)
        if two_mode
        else _ties(pajek, ids, layer, place, directed=declared is not None and declared.directed)
    )
    source.note_rows(place.file, len(pajek.ties))
    return Reading({"enterprises": _register(pajek, chosen, ids, source, place), "linkages": linkages}, settings)


def _chosen_vertices(pajek: PajekText, source: Source) -> range | None:
    """Return the vertices that are enterprises: all of them, or those of one mode."""
    mapping = source.settings.mapping
    if not pajek.two_mode and "mode" not in mapping and "n_first" not in mapping:
        return range(1, pajek.n_vertices + 1)
    n_first = mapping.get("n_first") or pajek.n_first or _affiliated(pajek)
    if not 0 < n_first < pajek.n_vertices:
        template = mark(
            "The size of the first mode is {value} of {count} vertices; "
            "write n_first = ... below [mapping] in study.toml."
        )
        place = Place(SETTINGS_FILE)
        about = {"value": str(n_first or "?"), "count": pajek.n_vertices}
        source.findings.error("E09", template, place, column="mapping.n_first", **about)
        return None
    first = mapping.get("mode", "first") == "first"
    return range(1, n_first + 1) if first else range(n_first + 1, pajek.n_vertices + 1)


def _affiliated(pajek: PajekText) -> int:
    """Return the size of the first mode as the affiliation partition tells it, 0 where there is none."""
    for name, values in pajek.columns.items():
        if name.casefold().startswith(_AFFILIATION) and len(values) == pajek.n_vertices:
            first = next((position for position, value in enumerate(values) if value != values[0]), 0)
            return first if values[0] not in values[first:] else 0
    return 0


def _ids(pajek: PajekText, chosen: range, source: Source, place: Place) -> dict[int, str]:
    labels = {vertex: pajek.label(vertex) for vertex in chosen}
    if len({label.strip() for label in labels.values()}) == len(labels):
        return labels
    template = mark("Some vertices have the same label; their numbers are used as ids and the labels as names.")
    source.findings.warning("E06", template, place)
    return {vertex: str(vertex) for vertex in chosen}


# ---------------------------------------------------------------------- ties
def _ties(pajek: PajekText, ids: dict[int, str], layer: str, place: Place, *, directed: bool) -> TextTable:
    """Return arcs and edges as records; in a directed layer an edge goes both ways."""
    both = [(target, source, weight, row) for source, target, weight, arc, row in pajek.ties if directed and not arc]
    one = [(source, target, weight, row) for source, target, weight, _, row in pajek.ties]
    ties = [*one, *(tie for tie in both if tie[0] != tie[1])]
    columns = {
        "source": [ids[source] for source, *_ in ties],
        "target": [ids[target] for _, target, *_ in ties],
        "layer": [layer] * len(ties),
        "weight": [weight for *_, weight, _ in ties],
        "reporter": [""] * len(ties),
    }
    return text_table(columns, [row for *_, row in ties], place)


def _projected(
    pajek: PajekText, chosen: range, ids: dict[int, str], layer: str, source: Source, place: Place
) -> TextTable:
    """Return a record for every two vertices of one mode that share vertices of the other; how many is the weight."""
    from scipy import sparse

    inside = [(tie[0] in chosen, tie[1] in chosen) for tie in pajek.ties]
    wrong = [tie[4] for tie, (one, other) in zip(pajek.ties, inside, strict=True) if one == other]
    template = mark("The tie joins two vertices of one mode; in a two-mode network every tie joins the two modes.")
    source.findings.each("E06", template, place, wrong)
    crossing = [
        (tie[0], tie[1]) if one else (tie[1], tie[0])
        for tie, (one, other) in zip(pajek.ties, inside, strict=True)
        if one != other and tie[2] not in ("0", "0.0")
    ]
    pairs = np.array(sorted(set(crossing)), dtype=np.int64).reshape(-1, 2)
    shape = (len(chosen), pajek.n_vertices + 1)
    shares = sparse.csr_array((np.ones(len(pairs)), (pairs[:, 0] - chosen.start, pairs[:, 1])), shape=shape)
    shared = sparse.triu(shares @ shares.T, k=1).tocoo()
    order = np.lexsort((shared.col, shared.row))
    ends = [[ids[chosen.start + int(at)] for at in side[order]] for side in (shared.row, shared.col)]
    decimal = source.options.decimal
    columns = {
        "source": ends[0],
        "target": ends[1],
        "layer": [layer] * len(order),
        "weight": [number_text(float(value), decimal) for value in shared.data[order]],
        "reporter": [""] * len(order),
    }
    return text_table(columns, [pajek.lines.get(chosen.start + int(at), 1) for at in shared.row[order]], place)


# ---------------------------------------------------------------------- the register
def _register(pajek: PajekText, chosen: range, ids: dict[int, str], source: Source, place: Place) -> TextTable:
    rename = source.settings.mapping.get("rename", {})
    columns: dict[str, list[str]] = {
        "enterprise_id": [ids[vertex] for vertex in chosen],
        "name": [pajek.label(vertex) for vertex in chosen],
    }
    for name, values in pajek.columns.items():
        if name.casefold().startswith(_AFFILIATION):
            continue
        if len(values) == pajek.n_vertices:
            values = values[chosen.start - 1 : chosen.stop - 1]
        if len(values) != len(chosen):
            template = mark('"{value}" has {found} values for {expected} vertices and was left out.')
            about = {"found": len(values), "expected": len(chosen)}
            source.findings.warning("E06", template, place, value=shown(name), **about)
            continue
        plain = name.removesuffix(".clu").removesuffix(".vec")
        columns[rename.get(name, rename.get(plain, plain))] = values
    for name in rename:
        if name not in pajek.columns and f"{name}.clu" not in pajek.columns and f"{name}.vec" not in pajek.columns:
            template = mark('There is no partition or vector "{value}"; the nearest is "{near}".')
            near = nearest(name, pajek.columns) or "-"
            source.findings.error("A21", template, place, column=name, value=shown(name), near=near)
    rows = [pajek.lines.get(vertex, vertex + 1) for vertex in chosen]
    table = text_table(columns, rows, place)
    return contract_columns(table, "enterprises", source.findings)


def is_pajek(path: Path) -> bool:
    """Return whether a file is called as Pajek calls its networks and projects."""
    return path.suffix.casefold() in (".net", ".paj")
