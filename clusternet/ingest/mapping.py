"""``[mapping]`` in ``study.toml``: how files that are not in the contract's tables are to be read.

Keys of every kind
------------------
``separator`` (one of ``, ; tab |``), ``encoding`` (default UTF-8), ``decimal`` (``"."`` or ``","``), ``thousands``
(``","``, ``"."``, ``" "`` or ``"'"``) and ``missing_weight`` (the weight of a linkage whose cell is empty). File names
are relative to the survey's folder, and must lie in it. ``[mapping.rename]`` renames columns: name in the file = new
name; columns that are not renamed are kept under their own names.

The contract's tables with a decimal comma (``kind = "tables"`` is the default)::

    [mapping]
    decimal = ","

A roster matrix
---------------
A square table, ids in the first row and the first column; each row holds the answers of one enterprise; a cell is the
weight, empty or 0 is no tie. ``asked = "source"`` (the default here) says that a tie is confirmed when each end named
the other; ``asked = "both"`` that the layer's own rule holds. Several layers go into ``[mapping.matrices]``
(layer = file). Without ``properties`` the register is what the matrix names; a column without a row did not answer. ::

    [mapping]
    kind = "roster"
    file = "network_data.csv"
    layer = "knowledge"
    properties = "firm_properties.csv"
    id = "ID"
    [mapping.rename]
    employee = "workers"

A list of edges
---------------
``source``, ``target``, ``layer``, ``weight`` and ``reporter`` name columns; without ``layer`` all rows are of
``one_layer``. ``enterprises`` is a file with the column ``id``; without it, every end is an enterprise.
``records = true`` says that the rows are records and nobody's answers. ::

    [mapping]
    kind = "edges"
    file = "edges.csv"
    layer = "tie_type"
    enterprises = "firms.csv"
    id = "firm"
    [mapping.layer_names]
    friendship = "association"
    [mapping.rename]
    incubator = "place"

An export of another form
-------------------------
``clusternet map-columns EXPORT`` writes a draft of this. Left stands a column of ours, right the column of the export,
as its header says it; the last part of a header suffices. ``words`` says what answers mean; a word for a layer may say
where the respondent stands: in ``supply from`` the partner is the source. ``one_layer`` and the like are the same in
every row; ``*`` stands for a number (``Supplier *``). ``roster`` is the list of everybody who was asked. In a workbook
whose sheets no tool tied together, ``sheet`` below ``[mapping.enterprises]`` names the one with the enterprises, and
``enterprise_id`` in every table names the column with the id of the respondent. ::

    [mapping]
    kind = "export"
    [mapping.enterprises]
    name = "Enterprise name"
    sector = "Sector"
    [mapping.words.sector]
    "Food" = "10"
    [[mapping.linkages]]
    sheet = "suppliers"
    partner = "Supplier name"
    layer = "Tie type"
    [mapping.linkages.words]
    "Buy inputs" = "supply from"
    [[mapping.resources]]
    sheet = "needs"
    resource = "What do you need?"
    one_role = "need"

A Pajek file
------------
One-mode, or two-mode with ``mode = "first"`` or ``"second"``: the vertices of that mode are the enterprises, linked
when they share a vertex of the other mode, the weight being how many they share. ``n_first`` is the size of the first
mode where the file does not tell. Partitions and vectors become columns under their own names unless they are renamed.
::

    [mapping]
    kind = "pajek"
    file = "Scotland.paj"
    encoding = "latin-1"
    mode = "first"
    layer = "association"
    [mapping.rename]
    "Capital.vec" = "capital"
"""

from __future__ import annotations

import codecs
import dataclasses
import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from clusternet.errors import shown
from clusternet.ingest.exports.mapping_checks import check_export_mapping
from clusternet.ingest.findings import Findings, Place
from clusternet.ingest.numbers import DECIMALS, THOUSANDS
from clusternet.ingest.separators import SEPARATORS
from clusternet.ingest.settings import SETTINGS_FILE
from clusternet.ingest.source import Options
from clusternet.messages import mark
from clusternet.model.catalogue import nearest
from clusternet.model.layers import ASKED
from clusternet.model.settings import Settings

_EVERY_KIND: Mapping[str, type] = MappingProxyType(
    {
        "kind": str,
        "separator": str,
        "encoding": str,
        "decimal": str,
        "thousands": str,
        "missing_weight": float,
        "certainty": float,
        "bands": Mapping,
    }
)
#: Every kind of mapping, with the keys that it may have beside those of every kind.
KINDS: Mapping[str, Mapping[str, type]] = MappingProxyType(
    {
        "tables": {},
        "export": {
            "dialect": str,
            "roster": str,
            "enterprises": Mapping,
            "linkages": list,
            "resources": list,
            "recipes": list,
            "words": Mapping,
        },
        "roster": {
            "file": str,
            "layer": str,
            "matrices": dict,
            "properties": str,
            "id": str,
            "asked": str,
            "rename": dict,
        },
        "edges": {
            "file": str,
            "source": str,
            "target": str,
            "layer": str,
            "weight": str,
            "reporter": str,
            "one_layer": str,
            "layer_names": dict,
            "enterprises": str,
            "id": str,
            "records": bool,
            "rename": dict,
        },
        "pajek": {"file": str, "mode": str, "n_first": int, "layer": str, "rename": dict},
    }
)
_WORDS = {
    str: mark("a text in quotes"),
    int: mark("a whole number"),
    float: mark("a number"),
    bool: mark("true or false"),
    dict: mark("a table of texts"),
    list: mark("a list of tables"),
    Mapping: mark("a table"),
}
MODES = ("first", "second")
#: The tools whose exports are known; a test compares them with the dialects.
DIALECT_NAMES = (
    "kobo",
    "survey_solutions",
    "surveycto",
    "odk",
    "survey_monkey",
    "google_forms",
    "sheet",
)


def mapping_kind(settings: Settings) -> str:
    """Return the declared kind of mapping; the contract's own tables where none is declared."""
    return str(settings.mapping.get("kind", "tables"))


def check_mapping(settings: Settings, findings: Findings, file: str = SETTINGS_FILE) -> None:
    """Note every key of ``[mapping]`` that is not known, or does not hold what it should (E09)."""
    place = Place(file)
    kind = mapping_kind(settings)
    if kind not in KINDS:
        template = mark('[mapping] kind is "{value}"; expected one of: {known}.')
        findings.error("E09", template, place, column="mapping.kind", value=shown(kind), known=", ".join(KINDS))
        return
    known = {**_EVERY_KIND, **KINDS[kind]}
    for key, value in settings.mapping.items():
        column = f"mapping.{key}"
        if key not in known:
            template = mark(
                'The key "{value}" is not known for kind = "{kind}"; the nearest is "{near}". Known: {known}.'
            )
            near = nearest(key, known) or "-"
            about = {"kind": kind, "near": near, "known": ", ".join(known)}
            findings.error("E09", template, place, column=column, value=shown(key), **about)
        elif not _fits(value, known[key]):
            template = mark('The key "{key}" is {value}; expected {expected}.')
            about = {"key": column, "expected": _WORDS[known[key]]}
            findings.error("E09", template, place, column=column, value=shown(repr(value)), **about)
    choices = {
        "decimal": DECIMALS,
        "thousands": THOUSANDS,
        "separator": ("", *SEPARATORS),
        "asked": ASKED,
        "mode": MODES,
        "dialect": tuple(DIALECT_NAMES),
    }
    for key, allowed in choices.items():
        value = settings.mapping.get(key)
        if isinstance(value, str) and value not in allowed:
            template = mark('The key "{key}" is "{value}"; expected one of: {known}.')
            about = {"key": f"mapping.{key}", "known": " ".join(repr(choice) for choice in allowed)}
            findings.error("E09", template, place, column=f"mapping.{key}", value=shown(value), **about)
    _check_values(settings.mapping, findings, place)
    if kind == "export":
        check_export_mapping(settings, findings, file)


def _fits(value: object, kind: type) -> bool:
    if kind is dict:
        return isinstance(value, Mapping) and all(isinstance(entry, str) for entry in value.values())
    if isinstance(value, bool):
        return kind is bool
    if kind is Mapping:
        return isinstance(value, Mapping)
    return isinstance(value, int | float) if kind is float else isinstance(value, kind)


def _check_values(mapping: Mapping[str, Any], findings: Findings, place: Place) -> None:
    encoding, weight = mapping.get("encoding"), mapping.get("missing_weight")
    if isinstance(encoding, str) and encoding:
        try:
            codecs.lookup(encoding)
        except (LookupError, ValueError):
            template = mark('The encoding "{value}" is not known; expected a name such as cp1256, cp1252 or latin-1.')
            findings.error("E09", template, place, column="mapping.encoding", value=shown(encoding))
    if isinstance(weight, int | float) and not (math.isfinite(weight) and weight >= 0):
        template = mark("The key mapping.missing_weight is {value}; expected a finite number of at least 0.")
        findings.error("E09", template, place, column="mapping.missing_weight", value=shown(weight))
    certainty = mapping.get("certainty")
    if isinstance(certainty, int | float) and not 0.5 <= certainty <= 1:
        template = mark("The key mapping.certainty is {value}; expected a number from 0.5 to 1.")
        findings.error("E09", template, place, column="mapping.certainty", value=shown(certainty))
    bands = mapping.get("bands")
    for band, number in bands.items() if isinstance(bands, Mapping) else ():
        if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
            template = mark('The band "{band}" of mapping.bands is {value}; expected the number that stands for it.')
            findings.error("E09", template, place, column="mapping.bands", band=shown(band), value=shown(repr(number)))
    if mapping.get("decimal", ".") == mapping.get("thousands", ""):
        template = mark('The decimal and the thousands separator are both "{value}"; declare two different ones.')
        findings.error("E09", template, place, column="mapping.thousands", value=shown(mapping["thousands"]))


def options_from(settings: Settings, options: Options) -> Options:
    """Return options with what the mapping declares; an argument that was given wins over the file."""
    declared = {
        key: settings.mapping[key]
        for key in ("separator", "encoding", "decimal", "thousands")
        if key in settings.mapping
    }
    if options.missing_weight is None and "missing_weight" in settings.mapping:
        declared["missing_weight"] = float(settings.mapping["missing_weight"])
    return dataclasses.replace(options, **declared)
