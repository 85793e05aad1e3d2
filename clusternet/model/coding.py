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
from clusternet.model.ids import missing_end
from clusternet.model.layers import Layer
from clusternet.model.ordering import FEW_ROWS
from clusternet.model.reports import NOBODY
from clusternet.model.schema import complete_table
from clusternet.model.settings import Settings
from clusternet.model.texts import TextCoder, strictly_ascending, text_order

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
    if not strictly_ascending(network.register["enterprise_id"]):
        raise InputError(mark("The enterprises must be sorted by enterprise_id, each of them once."))
    ties = network.ties
    if not all(_all_below(ends, network.n_nodes) for ends in (ties.source, ties.target)):
        raise InputError(mark("A linkage has an end that is neither an enterprise nor an outside partner."))
    if not _all_below(ties.layer, len(network.layers)):
        raise InputError(mark("A linkage has a layer that is not in the list of layers."))
    check_weights(ties.weight)
    if ties.weight.size and ties.weight.min() <= 0:
        raise InputError(mark("A linkage has the weight 0; leave it out."))


def _all_below(positions: NDArray[np.int64], bound: int) -> bool:
    return not positions.size or bool(positions.min() >= 0 and positions.max() < bound)


def check_weights(weight: NDArray[np.float64]) -> None:
    """Raise an InputError unless every weight, and their sum, is a finite number of at least 0."""
    with np.errstate(over="ignore", invalid="ignore"):
        # One number that is not finite makes the sum so; no array of truth values is made for it.
        fine = np.isfinite(weight.sum()) and (not weight.size or weight.min() >= 0)
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
    if "layer" not in linkages.columns:
        linkages = linkages.assign(layer=pd.Series(GENERAL_LAYER, index=linkages.index, dtype="str"))
    rows = complete_table(linkages, "linkages")
    n = len(register)
    coder = TextCoder(compiled=None if max(len(rows), n) >= FEW_ROWS else False)
    coder.code(register["enterprise_id"])
    source, target = coder.code(rows["source"]), coder.code(rows["target"])
    if len(rows) and min(source.min(), target.min()) < 0:
        raise missing_end()
    lost = (source >= n) & (target >= n)
    if lost.any():
        raise InputError(
            mark("{count} linkages join two partners that are both outside the register; drop these rows."),
            count=int(lost.sum()),
        )
    outside = coder.distinct()[n:]
    order = text_order(outside)
    if len(outside):
        # Numbered as they came, the outside partners stand behind the register in the order of their names.
        place = np.arange(n + len(outside), dtype=np.int32)
        place[n + order] = np.arange(n, n + len(outside), dtype=np.int32)
        source, target = place[source], place[target]
    layers, layer = _coded_layers(rows["layer"], settings, declared)
    weight = rows["weight"].to_numpy(dtype=np.float64, copy=True)
    check_weights(weight)
    reporter = _reporters(rows["reporter"], coder, n, source, target)
    answered = np.append(register["respondent"].to_numpy(dtype=bool), np.zeros(len(outside), dtype=bool))
    reports = (source, target, layer, weight, reporter)
    return CodedReports(register, tuple(outside.take(order)), layers, answered, reports)


def coded_register(enterprises: pd.DataFrame) -> pd.DataFrame:
    """Return the register sorted by id, every column of the schema there, ``respondent`` as truth values."""
    if "name" not in enterprises.columns and "enterprise_id" in enterprises.columns:
        enterprises = enterprises.assign(name=enterprises["enterprise_id"])
    table = complete_table(enterprises, "enterprises")
    if strictly_ascending(table["enterprise_id"]):
        return table.reset_index(drop=True).assign(respondent=table["respondent"].eq("yes").to_numpy())
    repeated = table["enterprise_id"][table["enterprise_id"].duplicated()]
    if len(repeated) or table["enterprise_id"].isna().any():
        value = shown(repeated.iloc[0]) if len(repeated) else ""
        raise InputError(
            mark('The enterprise "{value}" stands more than once in the register, or has no id.'), value=value
        )
    table = table.take(text_order(table["enterprise_id"])).reset_index(drop=True)
    return table.assign(respondent=table["respondent"].eq("yes"))


def given_order(given: pd.Series | list[str], ids: pd.Series) -> NDArray[np.int64]:
    """Return the positions of ids in the order in which they were given, read-only."""
    texts = pd.Series(given).astype("str")
    # The ids are these texts sorted, so that no index of them need be made.
    order = np.empty(len(ids), dtype=np.int64)
    order[text_order(texts)] = np.arange(len(ids))
    order.flags.writeable = False
    return order


def _coded_layers(
    names: pd.Series, settings: Settings, declared: Sequence[Layer]
) -> tuple[tuple[Layer, ...], NDArray[np.int64]]:
    """Return the layers that occur or are declared by the study, sorted by name, and the position of each row's."""
    known = {layer.name: layer for layer in declared}
    codes, distinct = pd.factorize(names)
    # A row without a layer has the empty name, which no layer bears.
    occurring = [str(name) for name in distinct] + ([""] if (codes < 0).any() else [])
    found = {}
    for name in sorted({*occurring, *settings.layers, *known}):
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
    order = list(found)
    place = np.array([order.index(name) for name in occurring], dtype=np.int64)
    return tuple(found.values()), place[codes] if len(place) else np.zeros(0, dtype=np.int64)


def _reporters(
    given: pd.Series, coder: TextCoder, n: int, source: NDArray[np.int32], target: NDArray[np.int32]
) -> NDArray[np.int64]:
    """Code who reported each row: the source where nobody is named, the target where the source is outside."""
    default = np.where(source < n, source, target)
    if given.isna().all():
        return default.astype(np.int64)
    coded = coder.code(given)
    texts = coder.distinct()
    record = np.append(texts.eq("").to_numpy(), False)[coded]
    unknown = (coded >= n) & ~record
    if unknown.any():
        raise InputError(
            mark('The reporter "{value}" is not in the register; add it there or correct the row.'),
            value=shown(given[unknown].iloc[0]),
        )
    return np.where(coded < 0, default, np.where(record, NOBODY, coded)).astype(np.int64)


def coded_ledger(resources: pd.DataFrame | None, ids: pd.Series) -> pd.DataFrame:
    """Return needs and offers with the enterprise as a position, sorted so that the order of rows leaves no trace."""
    table = complete_table(resources, "resources").reset_index(drop=True)
    # An index of many ids takes a while to make; without needs and offers there is nothing to look up.
    position = pd.Index(ids).get_indexer(table["enterprise_id"]) if len(table) else np.zeros(0, dtype=np.int64)
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
