"""How a network is made from tables: ends, layers and reporters become positions, and every part is checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.errors import InputError, shown
from clusternet.messages import mark
from clusternet.model.layers import Layer
from clusternet.model.reports import NOBODY
from clusternet.model.schema import complete_table
from clusternet.model.settings import Settings

if TYPE_CHECKING:
    from clusternet.model.network import Network

#: The layer of linkages that name none.
GENERAL_LAYER = "linkage"


@dataclass(frozen=True, eq=False)
class CodedReports:
    """Reports whose ends, layers and reporters are positions."""

    register: pd.DataFrame
    outside_names: tuple[str, ...]
    layers: tuple[Layer, ...]
    answered: NDArray[np.bool_]
    reports: tuple[NDArray[Any], ...]


def check_network(network: Network) -> None:
    """Raise an InputError unless the parts of a network fit together."""
    ids = network.register["enterprise_id"]
    if ids.isna().any() or not (ids.is_unique and ids.is_monotonic_increasing):
        raise InputError(mark("The enterprises must be sorted by enterprise_id, each of them once."))
    ties = network.ties
    ends = np.concatenate([ties.source, ties.target])
    if ends.size and not (ends.min() >= 0 and ends.max() < network.n_nodes):
        raise InputError(mark("A linkage has an end that is neither an enterprise nor an outside partner."))
    if ties.layer.size and not (ties.layer.min() >= 0 and ties.layer.max() < len(network.layers)):
        raise InputError(mark("A linkage has a layer that is not in the list of layers."))
    check_weights(ties.weight)
    if (ties.weight <= 0).any():
        raise InputError(mark("A linkage has the weight 0; leave it out."))


def check_weights(weight: NDArray[np.float64]) -> None:
    """Raise an InputError unless every weight, and their sum, is a finite number of at least 0."""
    with np.errstate(over="ignore"):
        fine = np.isfinite(weight).all() and (weight >= 0).all() and np.isfinite(weight.sum())
    if not fine:
        bad = weight[~(np.isfinite(weight) & (weight >= 0))]
        raise InputError(
            mark("{count} weights are not finite numbers of at least 0 (the first is {value}); correct them first."),
            count=max(len(bad), 1),
            value=float(bad[0]) if len(bad) else "a sum that overflows",
        )


def coded_reports(
    enterprises: pd.DataFrame, linkages: pd.DataFrame, settings: Settings, declared: Sequence[Layer]
) -> CodedReports:
    """Code tables as positions; ends that are not in the register become outside partners."""
    register = coded_register(enterprises)
    rows = complete_table(linkages.assign(layer=linkages.get("layer", GENERAL_LAYER)), "linkages")
    ids = pd.Index(register["enterprise_id"])
    ends = {end: ids.get_indexer(rows[end]) for end in ("source", "target")}
    lost = (ends["source"] < 0) & (ends["target"] < 0)
    if lost.any():
        raise InputError(
            mark("{count} linkages join two partners that are both outside the register; drop these rows."),
            count=int(lost.sum()),
        )
    unknown = [rows[end][ends[end] < 0] for end in ends]
    outside = pd.Index(np.sort(pd.concat(unknown).unique().to_numpy(dtype=object)), dtype=object)
    for end in ends:
        other = outside.get_indexer(rows[end])
        ends[end] = np.where(ends[end] < 0, len(ids) + other, ends[end]).astype(np.int64)
    layers = _layers_of(rows["layer"], settings, declared)
    layer = pd.Index([entry.name for entry in layers], dtype=object).get_indexer(pd.Index(rows["layer"]))
    weight = rows["weight"].to_numpy(dtype=np.float64, copy=True)
    check_weights(weight)
    reporter = _reporters(rows["reporter"], ids, ends["source"], ends["target"])
    answered = np.append(register["respondent"].to_numpy(dtype=bool), np.zeros(len(outside), dtype=bool))
    reports = (ends["source"], ends["target"], layer.astype(np.int64), weight, reporter)
    return CodedReports(register, tuple(outside), layers, answered, reports)


def coded_register(enterprises: pd.DataFrame) -> pd.DataFrame:
    """Return the register sorted by id, every column of the schema there, ``respondent`` as truth values."""
    if "name" not in enterprises.columns and "enterprise_id" in enterprises.columns:
        enterprises = enterprises.assign(name=enterprises["enterprise_id"])
    table = complete_table(enterprises, "enterprises")
    repeated = table["enterprise_id"][table["enterprise_id"].duplicated()]
    if len(repeated) or table["enterprise_id"].isna().any():
        value = shown(repeated.iloc[0]) if len(repeated) else ""
        raise InputError(
            mark('The enterprise "{value}" stands more than once in the register, or has no id.'), value=value
        )
    order = np.argsort(table["enterprise_id"].to_numpy(dtype=object), kind="stable")
    table = table.take(order).reset_index(drop=True)
    return table.assign(respondent=table["respondent"].eq("yes"))


def given_order(given: pd.Series | list[str], ids: pd.Series) -> NDArray[np.int64]:
    """Return the positions of ids in the order in which they were given, read-only."""
    order: NDArray[np.int64] = pd.Index(ids).get_indexer(pd.Index(given).astype("str")).astype(np.int64)
    order.flags.writeable = False
    return order


def _layers_of(names: pd.Series, settings: Settings, declared: Sequence[Layer]) -> tuple[Layer, ...]:
    """Return the layers that occur or are declared by the study, sorted by name."""
    known = {layer.name: layer for layer in declared}
    found = {}
    for name in sorted({*names.unique(), *settings.layers, *known}):
        layer = known.get(name) or settings.layer(name)
        if layer is None and name == GENERAL_LAYER:
            layer = Layer(name, mark("Linkage"))
        if layer is None:
            raise InputError(
                mark('The layer "{value}" is not known; use one of {known}, or declare it in study.toml.'),
                value=shown(name),
                known=", ".join(settings.known_layers),
            )
        found[name] = layer
    return tuple(found.values())


def _reporters(
    given: pd.Series, ids: pd.Index, source: NDArray[np.int64], target: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Code who reported each row: the source where nobody is named, the target where the source is outside."""
    default = np.where(source < len(ids), source, target)
    coded = ids.get_indexer(pd.Index(given))
    unknown = given.notna() & (coded < 0) & given.ne("")
    if unknown.any():
        raise InputError(
            mark('The reporter "{value}" is not in the register; add it there or correct the row.'),
            value=shown(given[unknown].iloc[0]),
        )
    return np.where(given.isna(), default, np.where(given.eq(""), NOBODY, coded)).astype(np.int64)


def coded_ledger(resources: pd.DataFrame | None, ids: pd.Series) -> pd.DataFrame:
    """Return needs and offers with the enterprise as a position, sorted so that the order of rows leaves no trace."""
    table = complete_table(resources, "resources").reset_index(drop=True)
    position = pd.Index(ids).get_indexer(table["enterprise_id"])
    if (position < 0).any():
        value = table["enterprise_id"][position < 0].iloc[0]
        raise InputError(
            mark('The enterprise "{value}" of the table resources is not in the register.'), value=shown(value)
        )
    table = table.drop(columns="enterprise_id")
    table.insert(0, "enterprise", position.astype(np.int64))
    keys = ["enterprise", "resource", "role", "factor", "quantity", "unit", "unit_cost"]
    return table[keys].sort_values(keys, kind="stable", ignore_index=True)


def recipe_table(recipes: pd.DataFrame | None) -> pd.DataFrame:
    """Return the recipes sorted, each row once."""
    table = complete_table(recipes, "recipes")[["product", "stage", "input", "quantity"]]
    return table.drop_duplicates().sort_values(list(table.columns), kind="stable", ignore_index=True)
