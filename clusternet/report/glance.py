"""The first page of the report: what a reader without time must know, in plain words and by stated rules."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from clusternet.draw.wording import cluster_name, number
from clusternet.messages import mark, translate, translate_plural
from clusternet.model import Network, Partition, Scores
from clusternet.report.advice import Advice

#: So many clusters are named on the first page and in the plan of action.
MOST_NAMED = 3
MOST_PLANNED = 12

#: What each verdict means, in plain words.
VERDICT_WORDS = {
    "natural cluster": mark("Its members hold together and complete one another, more than chance would have it."),
    "club": mark("Its members hold together; that they complete one another is not shown."),
    "chain to connect": mark("Its members would complete one another; they do not hold together more than chance."),
    "loose group": mark("Neither is shown: its members may stand together by chance."),
}


def ranked_clusters(partition: Partition, scores: Scores) -> list[int]:
    """Return the clusters, the strongest first: natural clusters, then by the sum of both indices, then by size.

    A cluster that was not tested comes after all that were.
    """
    table = scores.clusters.set_index("cluster").reindex(range(partition.n_clusters))
    both = (table["cohesion_index"].astype("float64") + table["complementarity_index"].astype("float64")).to_numpy()
    natural = table["verdict"].fillna("").eq("natural cluster").to_numpy()
    rank = [
        (not bool(natural[code]), -float(both[code]) if not math.isnan(both[code]) else math.inf, code)
        for code in range(partition.n_clusters)
    ]
    return [entry[-1] for entry in sorted(rank)]


def strongest(
    network: Network,
    partition: Partition,
    scores: Scores,
    labels: Sequence[str],
    advices: Mapping[int, Sequence[Advice]],
    language: str,
) -> list[dict[str, Any]]:
    """Return the first clusters with what the first page says of them.

    Returns
    -------
    list of dict
        ``number``, ``name``, ``facts`` (members and jobs), ``verdict`` (in plain words, or empty) and ``advice`` (the
        first piece, or None).
    """
    verdicts = dict(zip(scores.clusters["cluster"], scores.clusters["verdict"], strict=True))
    found = []
    for cluster in ranked_clusters(partition, scores)[:MOST_NAMED]:
        words = VERDICT_WORDS.get(str(verdicts.get(cluster, "")), "")
        found.append(
            {
                "number": cluster,
                "name": cluster_name(cluster, labels[cluster], language),
                "facts": _facts(network, partition, cluster, language),
                "verdict": translate(words, language) if words else "",
                "advice": next(iter(advices.get(cluster, [])), None),
            }
        )
    return found


def _facts(network: Network, partition: Partition, cluster: int, language: str) -> str:
    """Say how many enterprises and, as far as they told, workers a cluster has."""
    size = int(partition.sizes[cluster])
    said = translate_plural("{number} enterprise", "{number} enterprises", size, language, number=number(float(size)))
    jobs = workers_of(network, partition.codes == cluster)
    if math.isnan(jobs):
        return said
    work = translate_plural("{number} job", "{number} jobs", round(jobs), language, number=number(jobs))
    return f"{said} · {work}"


def workers_of(network: Network, chosen: Any) -> float:
    """Return the workers of some enterprises that said how many they have; NaN where nobody did."""
    given = pd.to_numeric(network.register["workers"], errors="coerce")[chosen].dropna()
    return math.fsum(given) if len(given) else math.nan


def jobs_sentence(network: Network, partition: Partition, language: str) -> Markup | None:
    """Say how many jobs are in clusters; None where nobody told."""
    inside, every = workers_of(network, partition.codes >= 0), workers_of(network, partition.codes >= -1)
    if math.isnan(inside) or not partition.n_clusters:
        return None
    text = mark("Of the {all} jobs that the enterprises told of, {inside} are in a cluster.")
    return escape(translate(text, language)).format(all=number(every), inside=number(inside))


def action_plan(
    partition: Partition, scores: Scores, labels: Sequence[str], advices: Mapping[int, Sequence[Advice]], language: str
) -> list[dict[str, Any]]:
    """Return the rows of the plan of action: the first piece of advice for each of the first clusters."""
    rows = []
    for cluster in ranked_clusters(partition, scores):
        first = next(iter(advices.get(cluster, [])), None)
        if first is not None:
            name = cluster_name(cluster, labels[cluster], language)
            rows.append({"number": cluster, "name": name, "step": first.sentence})
        if len(rows) == MOST_PLANNED:
            break
    return rows
