"""What is known of every enterprise, column by column, as the map filters, colours and sizes by it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.draw.payload_arrays import coded, packed, packed_codes, places_of, shown_texts
from clusternet.messages import mark, translate
from clusternet.model import Network, Partition, Scores
from clusternet.model.schema import SCHEMA
from clusternet.model.scores import SCORE_FAMILIES
from clusternet.model.sectors import named_sector

#: Categories of the register, with their labels.
CATEGORIES = {
    "sector": mark("Sector"),
    "stage": mark("Stage"),
    "place": mark("Place"),
    "formal": mark("Formally registered"),
    "respondent": mark("Answered the survey"),
}
#: Numbers of the register, with their labels; the words of the questionnaire hold the units.
NUMBERS = {
    "workers": mark("Workers"),
    "women_workers": mark("Women among the workers"),
    "youth_workers": mark("Young people among the workers"),
    "monthly_income": mark("Monthly income"),
    "turnover": mark("Turnover"),
    "energy_use": mark("Use of energy"),
}
#: A further column of the office's own is a category of the map up to so many distinct values, ...
MOST_VALUES = 60
#: ... and only where a value stands, on average, for at least so many enterprises: else it names them.
LEAST_REPEATS = 2
_YES_NO = {"yes": mark("Yes"), "no": mark("No")}

Column = dict[str, Any]


def node_columns(network: Network, partition: Partition, scores: Scores | None, *, language: str) -> list[Column]:
    """Return the columns of the map that have a value for anybody.

    Parameters
    ----------
    network, partition : Network, Partition
        The network and its clusters.
    scores : Scores, optional
        Gives roles, verdicts and the core scores of the clusters.
    language : {"en", "ar"}
        The language of the labels.

    Returns
    -------
    list of dict
        ``key``, ``label``, ``group`` (heading in a list of columns), ``kind``, and for a ``"category"`` ``values`` and
        ``codes``, for a ``"number"`` ``unit`` and ``values``. A column that is the same for all members of a cluster
        has ``by: "cluster"`` and one entry per cluster instead of one per node.
    """
    columns = [
        *_register_categories(network, language),
        *_membership(partition, scores, network, language),
        *_register_numbers(network, language),
        *_own_columns(network, language),
        *_linkage_numbers(network, language),
        *_score_columns(partition, scores, language),
    ]
    return [column for column in columns if column]


def _register_categories(network: Network, language: str) -> list[Column]:
    found = []
    for key, label in CATEGORIES.items():
        values = network.register[key]
        if key == "respondent":
            values = values.map({True: "yes", False: "no"})
        texts, codes = coded(values)
        if key == "sector":
            texts = [str(named_sector(code, language)) for code in texts]
        elif key in ("formal", "respondent"):
            texts = [translate(_YES_NO[text], language) if text in _YES_NO else text for text in texts]
        found.append(_category(key, translate(label, language), texts, codes, network, language))
    return found


def _membership(partition: Partition, scores: Scores | None, network: Network, language: str) -> list[Column]:
    group = translate(mark("Cluster"), language)
    certainty = np.asarray(partition.member_certainty, dtype=np.float64)
    found = [_number("certainty", translate(mark("Certainty"), language), certainty, network, group)]
    if scores is None or scores.members.empty:
        return found
    place = places_of(network.enterprise_ids, scores.members["enterprise_id"].tolist())
    roles = scores.members["role"].reset_index(drop=True).reindex(place).reset_index(drop=True)
    texts, codes = coded(roles)
    words = [translate(text, language) for text in texts]
    found.insert(0, _category("role", translate(mark("Role"), language), words, codes, network, language, group))
    return found


def _register_numbers(network: Network, language: str) -> list[Column]:
    group = translate(mark("Enterprise"), language)
    return [
        _number(key, translate(label, language), network.register[key].to_numpy(dtype=np.float64), network, group)
        for key, label in NUMBERS.items()
    ]


def _own_columns(network: Network, language: str) -> list[Column]:
    """Further columns of the register: numbers where all are, else categories where the values come again."""
    known = {column.name for column in SCHEMA["enterprises"].columns} - {"founded"}
    group = translate(mark("Further columns"), language)
    found = []
    for name in network.register.columns:
        if name in known:
            continue
        values = network.register[name]
        texts, codes = coded(values)
        label = shown_texts([name])[0]
        numbers = pd.to_numeric(values.where(codes >= 0), errors="coerce").to_numpy(dtype=np.float64)
        if texts and np.isfinite(numbers[codes >= 0]).all():
            found.append(_number(f"column:{label}", label, numbers, network, group))
        elif len(texts) <= MOST_VALUES and LEAST_REPEATS * len(texts) <= (codes >= 0).sum():
            found.append(_category(f"column:{label}", label, texts, codes, network, language, group))
    return found


def _linkage_numbers(network: Network, language: str) -> list[Column]:
    group = translate(mark("Linkages"), language)
    return [
        {
            "key": key,
            "label": translate(label, language),
            "group": group,
            "unit": "",
            "kind": "number",
            "values": packed(values, "f4"),
        }
        for key, label, values in (
            ("partners", mark("Linked partners"), network.flat.degree),
            ("strength", mark("Weight of all linkages"), network.flat.strength),
        )
    ]


def _score_columns(partition: Partition, scores: Scores | None, language: str) -> list[Column]:
    """The verdict, stability and core scores of the clusters: one entry per cluster."""
    k = partition.n_clusters
    if scores is None or not k:
        return []
    found: list[Column] = []
    tests = scores.clusters.drop_duplicates("cluster").set_index("cluster").reindex(range(k))
    texts, codes = coded(tests["verdict"])
    if texts:
        found.append(
            {
                "key": "verdict",
                "label": translate(mark("Verdict on the cluster"), language),
                "group": translate(mark("Cluster"), language),
                "kind": "category",
                "by": "cluster",
                "values": [translate(text, language) for text in texts],
                "codes": packed_codes(codes, len(texts)),
            }
        )
    wide = scores.wide().reindex(index=range(k))
    for family, heading in SCORE_FAMILIES.items():
        for card in scores.cards.values():
            if card.family != family or not card.core or card.per_layer or card.name not in wide.columns:
                continue
            values = wide[card.name].to_numpy(dtype=np.float64)
            if np.isnan(values).all():
                continue
            found.append(
                {
                    "key": f"score:{card.name}",
                    "label": translate(card.label, language),
                    "group": translate(heading, language),
                    "unit": translate(card.unit, language),
                    "kind": "number",
                    "by": "cluster",
                    "values": packed(values, "f4"),
                }
            )
    return found


def _category(
    key: str,
    label: str,
    texts: list[str],
    codes: NDArray[np.int64],
    network: Network,
    language: str,
    group: str = "",
) -> Column:
    """Return a category of the enterprises; outside partners have none. Empty where nobody has one."""
    if not texts:
        return {}
    return {
        "key": key,
        "label": label,
        "group": group or translate(mark("Enterprise"), language),
        "kind": "category",
        "values": shown_texts(texts),
        "codes": packed_codes(np.append(codes, np.full(len(network.outside_names), -1)), len(texts)),
    }


def _number(key: str, label: str, values: NDArray[np.float64], network: Network, group: str) -> Column:
    if np.isnan(values).all():
        return {}
    whole = np.append(values, np.full(len(network.outside_names), np.nan))
    return {"key": key, "label": label, "group": group, "unit": "", "kind": "number", "values": packed(whole, "f4")}
