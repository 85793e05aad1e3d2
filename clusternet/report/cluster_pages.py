"""One page per cluster: its members, linkages, needs and offers, scores, and a drawing."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.draw import MapMarks, sketch_cluster
from clusternet.draw.sketch import MOST_SKETCHED_MEMBERS
from clusternet.draw.wording import (
    FACTOR_LABELS,
    cluster_name,
    isolated,
    number,
    score_label,
    translated_note,
)
from clusternet.messages import mark, translate
from clusternet.model import Network, Partition, Scores
from clusternet.model.scores import SCORE_FAMILIES
from clusternet.report.glance import VERDICT_WORDS
from clusternet.report.members import makeup, member_rows
from clusternet.report.outlook import outlook
from clusternet.report.overview import percent, verdict_sentence

#: So many of the largest clusters have a page of their own; the others stand in the table.
MOST_PAGES = 60
#: So many members are listed on a page, and so many resources; the files hold all.
MOST_LISTED = 400
MOST_RESOURCES = 40

ARROWS = {"higher": "↑", "lower": "↓", "neither": "·"}


def cluster_pages(
    network: Network, partition: Partition, scores: Scores, marks: MapMarks, labels: list[str], language: str
) -> Iterable[dict[str, Any]]:
    """Yield what stands on the page of each of the largest clusters, in order.

    Parameters
    ----------
    network, partition, scores : Network, Partition, Scores
        The results.
    marks : MapMarks
        The marks of the map.
    labels : list of str
        The label of each cluster.
    language : {"en", "ar"}
        The language.

    Yields
    ------
    dict
        ``number``, ``name``, ``size``, ``answered``, ``makeup``, ``drawing`` (and how many members are not in it),
        ``columns`` (of the register, where
        anybody said anything), ``members``, ``layers``, ``resources``, ``scores``, ``tested``, ``doubted``,
        ``stability``, ``support``, ``meaning``, ``verdict``, ``life``, ``outlook`` (chain, plan and openings), and how
        many members and resources are not listed.
    """
    shown = scores.table["cluster"] < MOST_PAGES
    tables = dict(iter(scores.table[shown].groupby("cluster", sort=True)))
    tested = bool(scores.table["q_value"].notna().any())
    doubted = bool(scores.table["low"].notna().any())
    roles = dict(zip(scores.members["enterprise_id"], scores.members["role"], strict=True))
    inside = _layer_of_ties_inside(network, partition)
    ahead = outlook(network, scores, language)
    ledger = network.ledger.assign(cluster=partition.codes[network.ledger["enterprise"].to_numpy(dtype=np.int64)])
    needs = dict(iter(ledger[ledger["cluster"] < MOST_PAGES].groupby("cluster")))
    drawing = mark("Drawing of {cluster}: its members and the linkages among them; the tables below hold the same.")
    for cluster in range(min(partition.n_clusters, MOST_PAGES)):
        members = np.flatnonzero(partition.codes == cluster)
        name = cluster_name(cluster, labels[cluster], language)
        resources = _resources(needs.get(cluster, ledger.iloc[:0]), language)
        yield {
            "number": cluster,
            "name": name,
            "label": isolated(labels[cluster]),
            "size": len(members),
            "answered": int(network.answered[members].sum()),
            "undrawn": max(len(members) - MOST_SKETCHED_MEMBERS, 0),
            "drawing": sketch_cluster(marks, cluster, label=translate(drawing, language, cluster=name)),
            "makeup": makeup(network, members, language),
            "columns": [name for name in ("sector", "stage", "place") if network.register[name].notna().any()],
            "members": member_rows(network, members[:MOST_LISTED], roles, partition.member_certainty, language),
            "members_left": max(len(members) - MOST_LISTED, 0),
            "layers": _layers(network, inside, cluster, tables.get(cluster, scores.table.iloc[:0]), language),
            "resources": resources[:MOST_RESOURCES],
            "resources_left": max(len(resources) - MOST_RESOURCES, 0),
            "verdict": "" if len(members) == network.n_enterprises else verdict_sentence(scores, cluster, language),
            "meaning": _meaning(network, scores, cluster, len(members), language),
            "life": _life(tables.get(cluster, scores.table.iloc[:0]), scores, language),
            "outlook": ahead(cluster),
            "tested": tested,
            "doubted": doubted,
            "stability": _stability(scores, cluster, language),
            "support": _support(partition, cluster, language),
            "scores": _scores(network, tables.get(cluster, scores.table.iloc[:0]), scores, language),
        }


#: What a page says of lives and surroundings before all other scores.
LIFE = ("jobs", "women_share", "youth_share", "income_mean", "poverty_share", "formal_share", "byproduct_reuse")


#: A cluster of everybody has no outside: redrawn linkages stay in it, so no test can set it apart.
_EVERYBODY = mark(
    "It holds every enterprise of the survey: there is nobody outside to set it apart from, so nothing is shown by "
    "comparing it with chance."
)


def _meaning(network: Network, scores: Scores, cluster: int, size: int, language: str) -> str:
    """Return what the verdict means in plain words; an empty text without one."""
    if size == network.n_enterprises:
        return translate(_EVERYBODY, language)
    found = scores.clusters.loc[scores.clusters["cluster"].eq(cluster), "verdict"]
    words = VERDICT_WORDS.get(str(found.iloc[0]), "") if len(found) else ""
    return translate(words, language) if words else ""


def _life(rows: pd.DataFrame, scores: Scores, language: str) -> list[tuple[str, str]]:
    """Return jobs, women, youth, incomes and the like as figures: those that are known."""
    values = dict(zip(rows["metric"], rows["value"], strict=True))
    found = []
    for key in LIFE:
        value = float(values.get(key, math.nan))
        if not math.isnan(value):
            share = scores.cards[key].range == (0, 1)
            found.append((translate(scores.cards[key].label, language), percent(value) if share else number(value)))
    return found


def _layer_of_ties_inside(network: Network, partition: Partition) -> pd.DataFrame:
    ties = network.ties
    cluster_of = np.concatenate([partition.codes, np.full(len(network.outside_names), -1)])
    cluster = cluster_of[ties.source]
    inside = (cluster == cluster_of[ties.target]) & (cluster >= 0)
    table = pd.DataFrame({"cluster": cluster, "layer": ties.layer, "weight": ties.weight, "confirmed": ties.confirmed})[
        inside
    ]
    grouped = table.groupby(["cluster", "layer"])
    return grouped.agg(linkages=("weight", "size"), weight=("weight", math.fsum), confirmed=("confirmed", "sum"))


def _stability(scores: Scores, cluster: int, language: str) -> str:
    found = scores.clusters.loc[scores.clusters["cluster"].eq(cluster), "stability"].dropna()
    if found.empty:
        return ""
    text = mark("Stability {value}: how much of it comes back, on average, when a fifth of the answers is left out.")
    return translate(text, language, value=number(float(found.iloc[0])))


def _support(partition: Partition, cluster: int, language: str) -> str:
    """Say whether chance alone could have made a group like this one somewhere in the network."""
    value = float(partition.clusters["support"].iloc[cluster])
    if np.isnan(value):
        return ""
    beyond = mark(
        "Support {value} nats: chance alone would hardly make a group like this one anywhere in this network."
    )
    within = mark(
        "Support {value} nats: looked at alone, its linkages do not set this group apart from what chance makes."
    )
    chosen = beyond if partition.clusters["beyond_chance"].iloc[cluster] else within
    return translate(chosen, language, value=number(value))


def _layers(
    network: Network, inside: pd.DataFrame, cluster: int, scored: pd.DataFrame, language: str
) -> list[dict[str, Any]]:
    """Return the linkages inside by layer, with the share of pairs that each joins, beside chance where tested."""
    known = scored.set_index("metric")[["value", "chance_mean"]].astype("float64")
    if cluster not in inside.index.get_level_values("cluster"):
        return []
    rows: Any = inside.loc[cluster].sort_index().itertuples()
    return [
        {
            "label": translate(network.layers[int(row.Index)].label, language),
            "directed": network.layers[int(row.Index)].directed,
            "linkages": number(float(row.linkages)),
            "weight": number(row.weight),
            "confirmed": number(float(row.confirmed)),
            **_share_of_pairs(known, network.layers[int(row.Index)].name),
        }
        for row in rows
    ]


def _share_of_pairs(known: pd.DataFrame, layer: str) -> dict[str, Any]:
    """Return the share of all pairs that a layer joins, in words and for a bar, and its mean by chance."""
    key = f"layer_density:{layer}"
    share, chance = math.nan, math.nan
    if key in known.index:
        share, chance = (float(known[column][key]) for column in ("value", "chance_mean"))
    bar = 0 if math.isnan(share) else round(100 * share)
    return {"share": number(share), "bar": bar, "chance": number(chance)}


def _resources(ledger: pd.DataFrame, language: str) -> list[dict[str, Any]]:
    """Return the resources that some members need and others offer, those with most needs first."""
    # Plain arrays: there are a hundred resources on each of sixty pages, and a frame for each takes milliseconds.
    role, unit, factor = (ledger[name].to_numpy(dtype=object) for name in ("role", "unit", "factor"))
    enterprise, quantity = ledger["enterprise"].to_numpy(), ledger["quantity"].to_numpy(dtype=np.float64)
    place, names = pd.factorize(ledger["resource"].to_numpy(dtype=object), sort=True)
    order = np.argsort(place, kind="stable")
    starts = np.searchsorted(place[order], np.arange(len(names) + 1))
    found = []
    for number_of_resource, resource in enumerate(names):
        rows = order[starts[number_of_resource] : starts[number_of_resource + 1]]
        needs, offers = rows[role[rows] == "need"], rows[role[rows] == "offer"]
        serving, served = set(enterprise[offers].tolist()), set(enterprise[needs].tolist())
        # Somebody who needs what only he himself offers is not served by the cluster.
        if not serving or not served or (serving == served and len(serving) == 1):
            continue
        said = next((entry for entry in factor[rows] if isinstance(entry, str)), None)
        found.append(
            {
                "resource": resource,
                "factor": "" if said is None else translate(FACTOR_LABELS.get(said, ""), language),
                "unit": next((entry for entry in unit[rows] if isinstance(entry, str)), ""),
                "needing": len(served),
                "needed": _total(quantity[needs]),
                "offering": len(serving),
                "offered": _total(quantity[offers]),
            }
        )
    return sorted(found, key=lambda row: (-row["needing"], str(row["resource"])))


def _total(quantities: NDArray[np.float64]) -> str:
    """Return a sum that does not depend on the order of rows; a dash where no quantity is given."""
    given = quantities[~np.isnan(quantities)]
    return number(math.fsum(given)) if len(given) else "–"


def _scores(network: Network, rows: pd.DataFrame, scores: Scores, language: str) -> list[dict[str, Any]]:
    """Return the scores by family, in the order of the families."""
    layers = {layer.name: layer.label for layer in network.layers}
    found: dict[str, list[dict[str, Any]]] = {}
    tidy: Any = rows.itertuples(index=False)
    for row in tidy:
        key, _, layer = str(row.metric).partition(":")
        card = scores.cards[key]
        note = "" if pd.isna(row.note) else str(row.note)
        found.setdefault(card.family, []).append(
            {
                "label": score_label(card, layers.get(layer, layer), language),
                "value": number(row.value),
                "interval": "" if pd.isna(row.low) else f"{number(row.low)} – {number(row.high)}",
                "chance": number(row.chance_mean),
                "q_value": number(row.q_value),
                "unit": translate(card.unit, language),
                "better": card.better,
                "arrow": ARROWS[card.better],
                "core": card.core,
                "note": translated_note(note, language),
            }
        )
    return [
        {"family": translate(label, language), "rows": found[family]}
        for family, label in SCORE_FAMILIES.items()
        if family in found
    ]
