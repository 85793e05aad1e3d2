"""What is accepted among the nominations and still deserves a sentence: loops, repeats, hubs, strangers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.errors import shown
from clusternet.ingest.linkage_times import warn_of_times
from clusternet.ingest.names import distinct_texts
from clusternet.ingest.source import Source, TextTable
from clusternet.messages import mark
from clusternet.model.settings import Settings

#: A hub has at least this share of all linked pairs, of which there must be enough to speak of one.
HUB_SHARE = 0.5
HUB_PAIRS = 10
#: Weights that differ by more than this cannot be told apart from 0 beside the largest.
WIDEST_RANGE = 1e12


@dataclass(frozen=True, eq=False)
class _Ends:
    """The nominations as numbers: positions in the register first, outside partners behind."""

    rows: NDArray[np.int64]
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    reporter: NDArray[np.int64]
    layer: NDArray[np.int64]
    weight: NDArray[np.float64]
    layers: tuple[str, ...]
    names: tuple[str, ...]
    registered: int

    @property
    def loops(self) -> NDArray[np.bool_]:
        return np.equal(self.source, self.target)


def warn_of_linkages(
    typed: pd.DataFrame,
    register: pd.DataFrame,
    table: TextTable,
    register_table: TextTable,
    source: Source,
    settings: Settings,
) -> None:
    """Warn of what is remarkable in nominations that have no error.

    Parameters
    ----------
    typed : DataFrame
        The nominations.
    register : DataFrame
        The register.
    table, register_table : TextTable
        Where the two come from.
    source : Source
        The survey being read; takes C18, C19, D04 to D07, D12, D13, and N01, N02 about who answered.
    settings : Settings
        The settings with all layers.
    """
    ends = _coded(typed, register)
    _warn_of_rows(ends, table, source, settings)
    _warn_of_strangers(ends, table, source)
    _warn_of_hubs(ends, table, source, settings)
    _warn_of_answers(ends, register, table, source, settings)
    warn_of_times(typed, register, table, source)
    linked = np.concatenate(
        [ends.source[~ends.loops & (ends.weight > 0)], ends.target[~ends.loops & (ends.weight > 0)]]
    )
    isolated = ~np.isin(np.arange(len(register)), linked)
    template = mark("{count} enterprises have no linkage; they stay in the study without a cluster (rows {rows}).")
    rows = register.index[isolated].tolist()
    source.findings.counted("C19", template, register_table.place, rows, column="enterprise_id")


def _coded(typed: pd.DataFrame, register: pd.DataFrame) -> _Ends:
    ids = register["enterprise_id"]
    n_rows = len(typed)
    # The register comes first, so that its positions are 0 to n-1.
    codes, distinct = distinct_texts(pd.concat([ids, typed["source"], typed["target"]], ignore_index=True))
    source, target = codes[len(ids) : len(ids) + n_rows], codes[len(ids) + n_rows :]
    default = np.where(source < len(ids), source, target)
    if "reporter" in typed.columns:
        given = typed["reporter"].to_numpy(dtype=object)
        known = pd.Index(ids).get_indexer(given)
        reporter = np.where(typed["reporter"].isna().to_numpy(dtype=bool), default, known)
    else:
        reporter = default
    layer, layers = distinct_texts(typed["layer"])
    weight = typed["weight"].to_numpy(dtype=np.float64)
    rows = typed.index.to_numpy()
    return _Ends(rows, source, target, reporter, layer, weight, tuple(layers), tuple(distinct), len(ids))


def _warn_of_rows(ends: _Ends, table: TextTable, source: Source, settings: Settings) -> None:
    findings, place = source.findings, table.place
    template = mark("{count} linkages of an enterprise with itself are left out of the network (rows {rows}).")
    findings.counted("D06", template, place, ends.rows[ends.loops].tolist(), column="target")
    zero = (ends.weight == 0) & ~ends.loops
    template = mark("{count} linkages of weight 0 are left out of the network (rows {rows}).")
    findings.counted("D04", template, place, ends.rows[zero].tolist(), column="weight")
    positive = ends.weight[ends.weight > 0]
    if len(positive) and positive.max() / WIDEST_RANGE > positive.min():
        template = mark(
            "The largest weight is {most}, the smallest {least}; beside the one the other counts for nothing."
        )
        row = int(ends.rows[ends.weight == positive.min()][0])
        findings.warning("D05", template, place, row=row, column="weight", most=positive.max(), least=positive.min())
    undirected = np.array([not settings.layer(layer).directed for layer in ends.layers], dtype=np.bool_)  # type: ignore[union-attr]
    swap = undirected[ends.layer] & (ends.source > ends.target) if len(ends.layers) else ends.loops
    first, second = np.where(swap, ends.target, ends.source), np.where(swap, ends.source, ends.target)
    repeated = pd.DataFrame({"a": first, "b": second, "layer": ends.layer, "by": ends.reporter}).duplicated().to_numpy()
    template = mark(
        "{count} rows repeat a tie that the same reporter named before; their weights are added (rows {rows})."
    )
    findings.counted("D07", template, place, ends.rows[repeated & ~ends.loops & ~zero].tolist(), column="target")


def _warn_of_strangers(ends: _Ends, table: TextTable, source: Source) -> None:
    for end, codes in (("source", ends.source), ("target", ends.target)):
        outside = codes >= ends.registered
        template = mark(
            "{count} rows name {number} partners that are not in the register; each is kept as an outside partner, "
            "at the boundary and in no cluster (rows {rows})."
        )
        number = len(np.unique(codes[outside]))
        source.findings.counted("C18", template, table.place, ends.rows[outside].tolist(), column=end, number=number)


def _warn_of_hubs(ends: _Ends, table: TextTable, source: Source, settings: Settings) -> None:
    """Warn of a partner of half of all: a wholesaler or a bank says little about who belongs together."""
    counts = np.array([settings.layer(layer).counts for layer in ends.layers], dtype=np.bool_)  # type: ignore[union-attr]
    used = ~ends.loops & (ends.weight > 0) & (counts[ends.layer] if len(counts) else False)
    first = np.minimum(ends.source[used], ends.target[used]).astype(np.int64)
    second = np.maximum(ends.source[used], ends.target[used]).astype(np.int64)
    pairs = pd.unique(first * len(ends.names) + second)
    if len(pairs) < HUB_PAIRS:
        return
    degree = np.bincount(np.concatenate([pairs // len(ends.names), pairs % len(ends.names)]))
    for node in np.flatnonzero(degree >= HUB_SHARE * len(pairs)):
        template = mark(
            '"{value}" is an end of {count} of the {pairs} linked pairs, a hub; look at the clusters without it.'
        )
        value = shown(ends.names[node], confidential=bool(node >= ends.registered))
        about = {"count": int(degree[node]), "pairs": len(pairs)}
        source.findings.warning("D13", template, table.place, column="target", value=value, **about)


def _warn_of_answers(ends: _Ends, register: pd.DataFrame, table: TextTable, source: Source, settings: Settings) -> None:
    if "respondent" in register.columns:
        silent = np.append(register["respondent"].eq("no").to_numpy(dtype=bool), False)
        answers = silent[ends.reporter]
        template = mark("{count} rows are reported by enterprises that did not answer (respondent = no; rows {rows}).")
        source.findings.counted("N01", template, table.place, ends.rows[answers].tolist(), column="reporter")
    if settings.ties != "intersection":
        return
    for position, name in enumerate(ends.layers):
        layer = settings.layer(name)
        here = ends.layer == position
        asked_both = layer is not None and layer.directed and layer.asked == "both"
        reported = here & (ends.reporter >= 0) & ~ends.loops
        inside = reported & (ends.source < ends.registered) & (ends.target < ends.registered)
        if asked_both and inside.any() and not (ends.reporter == ends.target)[inside].any():
            template = mark(
                'In the layer "{value}" no target ever reports, so that ties = "intersection" keeps nothing between '
                'enterprises that answered; if only the source was asked, set asked = "source" in [layers.{layer}].'
            )
            source.findings.warning(
                "N02",
                template,
                table.place,
                row=int(ends.rows[inside][0]),
                column="layer",
                value=shown(name),
                layer=name,
            )
