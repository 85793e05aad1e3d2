"""The evidence behind each mark: what is read when the pointer rests on an enterprise or a linkage."""

from __future__ import annotations

import html
import math
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.draw.wording import caption, cluster_name, number
from clusternet.messages import mark, translate
from clusternet.model import MetricCard, Network, Partition, Scores
from clusternet.model.sectors import named_sector

#: Columns of the register that are shown, with their labels.
SHOWN_COLUMNS = (
    ("sector", mark("Sector")),
    ("stage", mark("Stage")),
    ("place", mark("Place")),
    ("workers", mark("Workers")),
)


def _shown(register: pd.DataFrame, column: str, language: str) -> list[object]:
    """Return a column as a reader sees it: sectors by code and title."""
    values: list[object] = register[column].tolist()
    return [named_sector(value, language) for value in values] if column == "sector" else values


def node_evidence(
    network: Network, partition: Partition, scores: Scores | None, labels: list[str], language: str
) -> list[str]:
    """Return what is shown for each node, with line breaks and bold as plotly writes them, everything else escaped."""
    words = {label: translate(label, language) for _, label in SHOWN_COLUMNS}
    clusters = _cluster_lines(labels, scores, language) | {-1: [translate(mark("In no cluster"), language)]}
    silent = translate(mark("Did not answer the survey"), language)
    sure = translate(mark("Certainty"), language)
    register = network.register
    columns = [(words[label], _shown(register, column, language)) for column, label in SHOWN_COLUMNS]
    certainty = partition.member_certainty
    found = []
    for place, (identifier, name, answered) in enumerate(
        zip(register["enterprise_id"], register["name"], register["respondent"], strict=True)
    ):
        lines = [f"<b>{caption(identifier if pd.isna(name) else name)}</b>", caption(identifier)]
        lines += [f"{label}: {_cell(values[place])}" for label, values in columns if not _absent(values[place])]
        if not answered:
            lines.append(silent)
        lines += clusters[int(partition.codes[place])]
        if certainty is not None and not math.isnan(certainty[place]):
            lines.append(f"{sure}: {number(float(certainty[place]))}")
        found.append("<br>".join(lines))
    outside = translate(mark("Outside partner: named, but not in the register"), language)
    return found + [f"<b>{caption(name)}</b><br>{outside}" for name in network.outside_names]


def _cluster_lines(labels: list[str], scores: Scores | None, language: str) -> dict[int, list[str]]:
    """Return the name of each cluster and the first core score of each family, a line each."""
    first = {card.family: card for card in reversed(_core_cards(scores))}
    cards = [card for card in _core_cards(scores) if first[card.family] is card]
    wide = pd.DataFrame() if scores is None else scores.wide()
    values = wide.reindex(index=range(len(labels)), columns=[card.name for card in cards]).to_numpy(dtype=np.float64)
    words = [translate(card.label, language) for card in cards]
    return {
        cluster: [
            caption(cluster_name(cluster, label, language)),
            *(
                f"{html.escape(word)}: {number(value)}"
                for word, value in zip(words, values[cluster].tolist(), strict=True)
                if not math.isnan(value)
            ),
        ]
        for cluster, label in enumerate(labels)
    }


def _core_cards(scores: Scores | None) -> list[MetricCard]:
    return [] if scores is None else [card for card in scores.cards.values() if card.core and not card.per_layer]


def _absent(value: Any) -> bool:
    return bool(pd.isna(value)) or value == ""


def _cell(value: object) -> str:
    return number(float(value)) if isinstance(value, int | float) else caption(value)


def link_evidence(network: Network, drawn: NDArray[np.intp], language: str) -> list[str]:
    """Return what is shown for each of the chosen linkages: ends, layer, weight, reports, direction."""
    names = [caption(name) for name in [*network.register["name"].fillna("").astype(str), *network.outside_names]]
    ties = network.ties.where(drawn)
    layers = [translate(layer.label, language) for layer in network.layers]
    directed = [layer.directed for layer in network.layers]
    way = {True: translate(mark("directed"), language), False: translate(mark("mutual"), language)}
    weight_word, reports_word = translate(mark("Weight"), language), translate(mark("Reported by"), language)
    confirmed = translate(mark("confirmed by both ends"), language)
    arrow = "←" if language == "ar" else "→"
    found = []
    for source, target, layer, weight, reports, both in zip(
        ties.source.tolist(),
        ties.target.tolist(),
        ties.layer.tolist(),
        ties.weight.tolist(),
        ties.n_reports.tolist(),
        ties.confirmed.tolist(),
        strict=True,
    ):
        sign = arrow if directed[layer] else "—"
        evidence = f"{reports_word}: {reports}{f' ({confirmed})' if both else ''}"
        found.append(
            f"<b>{names[source]} {sign} {names[target]}</b><br>{caption(layers[layer])} ({way[directed[layer]]})"
            f"<br>{weight_word}: {number(weight)}<br>{evidence}"
        )
    return found
