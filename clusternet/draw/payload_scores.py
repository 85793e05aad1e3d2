"""What is said of every cluster, as the map's cards show it: scores, verdict, gaps, and who fits whom."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.draw.payload_arrays import packed, packed_codes, packed_positions, places_of, shown_texts
from clusternet.draw.wording import score_label, translated_note
from clusternet.messages import translate
from clusternet.model import Network, Partition, Scores
from clusternet.model.scores import SCORE_FAMILIES
from clusternet.model.sums import grouped_mean

#: The most openings that a map embeds; the files hold all.
MOST_OPENINGS = 20_000
#: The columns of the table of scores that a card shows, and what they are called on the page.
_VALUES = {"value": "value", "chance_mean": "chance", "low": "low", "high": "high", "q_value": "q"}


def score_board(network: Network, partition: Partition, scores: Scores | None, *, language: str) -> dict[str, Any]:
    """Return all scores as one matrix per kind of number, clusters by metrics.

    Parameters
    ----------
    network, partition : Network, Partition
        The network and its clusters.
    scores : Scores or None
        The scores.
    language : {"en", "ar"}
        The language.

    Returns
    -------
    dict
        ``metrics`` (key, label, family, unit, better, core); ``value``, ``chance``, ``low``, ``high``, ``q`` (row by
        row, one per cluster; NaN where missing); ``notes`` (texts) and ``note`` (codes, -1 for none).
    """
    k = partition.n_clusters
    if scores is None or not k or scores.rows.empty:
        return {"metrics": []}
    rows = scores.rows
    order = _metric_order(scores)
    at = rows["cluster"].to_numpy(dtype=np.int64) * len(order) + places_of(rows["metric"], order)
    board: dict[str, Any] = {"metrics": [_metric(key, scores, network, language) for key in order]}
    for column, name in _VALUES.items():
        cells = np.full(k * len(order), np.nan)
        cells[at] = rows[column].to_numpy(dtype=np.float64)
        board[name] = packed(cells, "f4")
    given = rows["note"].fillna("").astype(str)
    notes = sorted(set(given) - {""})
    codes = np.full(k * len(order), -1, dtype=np.int64)
    codes[at] = places_of(given, notes)
    board["notes"] = shown_texts(translated_note(note, language) for note in notes)
    board["note"] = packed_codes(codes, len(notes))
    return board


def _metric_order(scores: Scores) -> list[str]:
    """The metrics by family, in the order of the families and then of the table."""
    place = {family: number for number, family in enumerate(SCORE_FAMILIES)}
    keys = list(dict.fromkeys(scores.rows["metric"]))
    return sorted(keys, key=lambda key: place[scores.cards[key.partition(":")[0]].family])


def _metric(key: str, scores: Scores, network: Network, language: str) -> dict[str, Any]:
    name, _, layer = key.partition(":")
    card = scores.cards[name]
    labels = {entry.name: entry.label for entry in network.layers}
    return {
        "key": key,
        "label": shown_texts([score_label(card, labels.get(layer, layer), language)])[0],
        "family": translate(SCORE_FAMILIES[card.family], language),
        "unit": translate(card.unit, language),
        "better": card.better,
        "core": card.core,
    }


def cluster_cards(
    network: Network, partition: Partition, scores: Scores | None, *, language: str
) -> list[dict[str, Any]]:
    """Return what is said of each cluster beside its scores.

    Parameters
    ----------
    network, partition : Network, Partition
        The network and its clusters.
    scores : Scores or None
        The scores.
    language : {"en", "ar"}
        The language.

    Returns
    -------
    list of dict
        One per cluster: ``code``, ``verdict``, ``verdict_label``, ``size``, ``answered``, ``certainty`` (mean of the
        members, or None), ``stability`` (0 to 1, or None), ``missing`` and ``single`` (stages of its chains).
    """
    k, codes = partition.n_clusters, partition.codes
    inside = codes >= 0
    answered = np.bincount(codes[inside & network.answered[: len(codes)]], minlength=k)
    certainty = np.asarray(partition.member_certainty, dtype=np.float64)
    known = inside & ~np.isnan(certainty)
    mean = grouped_mean(certainty[known], codes[known], k)
    stability = np.asarray(partition.cluster_stability, dtype=np.float64)
    verdicts = [""] * k
    if scores is not None and len(scores.clusters):
        tests = scores.clusters.drop_duplicates("cluster").set_index("cluster").reindex(range(k))
        verdicts = tests["verdict"].fillna("").astype(str).tolist()
        measured = pd.to_numeric(tests["stability"], errors="coerce").to_numpy(dtype=np.float64)
        stability = np.where(np.isnan(measured), stability, measured)
    gaps = _gaps(network, scores)
    return [
        {
            "code": code,
            "verdict": verdicts[code],
            "verdict_label": translate(verdicts[code], language),
            "size": int(partition.sizes[code]),
            "answered": int(answered[code]),
            "certainty": or_none(mean[code]),
            "stability": or_none(stability[code]),
            **gaps.get(code, {"missing": [], "single": []}),
        }
        for code in range(k)
    ]


def or_none(value: float) -> float | None:
    """Return a number with nine significant digits for JSON, which knows no NaN: None stands for it."""
    return None if np.isnan(value) else float(f"{value:.9g}")


def _gaps(network: Network, scores: Scores | None) -> dict[int, dict[str, list[dict[str, Any]]]]:
    """Return for each cluster the stages that its chains lack, and those that one member alone makes."""
    if scores is None or scores.gaps.empty:
        return {}
    table = scores.gaps[scores.gaps["status"].isin(["missing", "single_supplier"])]
    table = table.drop_duplicates(["cluster", "product", "stage", "status"])
    supplier = places_of(table["suppliers"].fillna("").astype(str), network.enterprise_ids)
    products, stages = shown_texts(table["product"]), shown_texts(table["stage"])
    found: dict[int, dict[str, list[dict[str, Any]]]] = {}
    for cluster, status, product, stage, place in zip(
        table["cluster"].tolist(), table["status"].tolist(), products, stages, supplier.tolist(), strict=True
    ):
        own = found.setdefault(int(cluster), {"missing": [], "single": []})
        entry: dict[str, Any] = {"product": product, "stage": stage}
        if status == "missing":
            own["missing"].append(entry)
        else:
            own["single"].append({**entry, "supplier": place})
    return found


def openings(network: Network, scores: Scores | None) -> dict[str, Any]:
    """Return the pairs that fit and are not linked yet, the most telling first within their cluster.

    Parameters
    ----------
    network : Network
        The network.
    scores : Scores or None
        The scores.

    Returns
    -------
    dict
        ``supplier``, ``buyer`` (positions), ``cluster``, and ``resources`` (one text for each).
    """
    table = pd.DataFrame() if scores is None else scores.openings
    if table.empty:
        nothing: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        return {
            "supplier": packed(nothing, "u4"),
            "buyer": packed(nothing, "u4"),
            "cluster": packed(nothing, "i4"),
            "resources": [],
        }
    ends = [places_of(table[name], network.enterprise_ids) for name in ("supplier", "buyer")]
    rank = table.groupby("cluster", sort=False).cumcount().to_numpy()
    known = np.flatnonzero((ends[0] >= 0) & (ends[1] >= 0))
    # Of each cluster the first ones, where there are more than a page can hold.
    kept = np.sort(known[np.argsort(rank[known], kind="stable")][:MOST_OPENINGS])
    return {
        "supplier": packed_positions(ends[0][kept], network.n_nodes),
        "buyer": packed_positions(ends[1][kept], network.n_nodes),
        "cluster": packed(table["cluster"].to_numpy(dtype=np.int64)[kept], "i4"),
        "resources": shown_texts(_joined(table["resources"].iloc[kept])),
    }


def _joined(resources: pd.Series) -> list[str]:
    return [str(text).replace(";", "; ") for text in resources]
