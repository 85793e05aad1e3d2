"""Where a file of ties comes without the contract's register: one from another file, or from the ties themselves."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.ingest.findings import Place
from clusternet.ingest.names import clean_key
from clusternet.ingest.source import Source, TextTable
from clusternet.ingest.tables import contract_columns, read_table
from clusternet.messages import mark
from clusternet.model.coding import GENERAL_LAYER
from clusternet.model.layers import Layer
from clusternet.model.settings import Settings


def register_from_file(source: Source, *, key: str) -> TextTable | None:
    """Read the register from the file that a key of the mapping names, with its columns renamed.

    Parameters
    ----------
    source : Source
        The survey being read.
    key : str
        The key of ``[mapping]`` that holds the name of the file.

    Returns
    -------
    TextTable or None
        At least ``enterprise_id`` and ``name`` (the id where no column is the name); None where an error was noted.
    """
    mapping = source.settings.mapping
    path = source.file_in_folder(mapping[key], key=f"mapping.{key}")
    if path is None:
        return None
    identifier = mapping.get("id", "enterprise_id")
    rename = {**mapping.get("rename", {}), identifier: "enterprise_id"}
    table = read_table(path, source, required=[identifier], rename=rename)
    if table is None:
        return None
    rows = table.rows if "name" in table.rows.columns else table.rows.assign(name=table.rows["enterprise_id"])
    return contract_columns(TextTable(rows, table.place), "enterprises", source.findings)


def register_of_ids(ids: Iterable[object], place: Place) -> TextTable:
    """Return a register of ids alone, each once, in the order in which they come."""
    clean = (clean_key(str(identifier)) for identifier in ids if isinstance(identifier, str))
    distinct = list(dict.fromkeys(identifier for identifier in clean if identifier))
    return text_table({"enterprise_id": distinct, "name": distinct}, range(2, len(distinct) + 2), place)


def register_of_ends(linkages: TextTable) -> TextTable:
    """Return a register of every id that stands at an end of a linkage."""
    ends = linkages.rows[["source", "target"]].to_numpy(dtype=object)
    return register_of_ids(pd.unique(ends.ravel()), linkages.place)


def text_table(
    columns: Mapping[str, Sequence[object] | NDArray[np.object_]], rows: Iterable[int], place: Place
) -> TextTable:
    """Return a table of text from columns that a reader worked out."""
    found = {name: pd.array(np.array(values, dtype=object), dtype="str") for name, values in columns.items()}
    return TextTable(pd.DataFrame(found, index=pd.Index(list(rows), dtype="int64")), place)


def with_layer(settings: Settings, layer: Layer, **changes: object) -> Settings:
    """Return settings that know a layer; what the study declares about it stays, but for the changes."""
    known = settings.layer(layer.name) or layer
    return settings.replaced(layers={**settings.layers, layer.name: dataclasses.replace(known, **changes)})  # type: ignore[arg-type]


def with_general(settings: Settings, name: str, *, directed: bool) -> Settings:
    """Return settings that know a layer; one that nobody declared is general."""
    if not name.strip() or settings.layer(name) is not None:
        return settings
    label = mark("Linkage") if name == GENERAL_LAYER else name
    return with_layer(settings, Layer(name, label, directed=directed))


def number_text(value: float, decimal: str) -> str:
    """Return a number as the survey's own cells would write it."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value).replace(".", decimal)
