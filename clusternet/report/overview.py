"""What stands first in the report: the figures at a glance, and sentences by stated rules."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from clusternet.draw.wording import cluster_name, number
from clusternet.messages import mark, translate, translate_plural
from clusternet.model import Network, Partition, Scores
from clusternet.model.scores import SCORE_FAMILIES
from clusternet.report.pages import bdi

#: Below this share of answers the report warns.
ENOUGH_ANSWERS = 0.8
#: Clusters of fewer members are not named as the first by their scores.
LEAST_MEMBERS = 3


def percent(share: float) -> str:
    """Return a share as a percentage without decimals, such as ``"42 %"``."""
    return f"{round(100 * share)}\N{NO-BREAK SPACE}%"


def figures(network: Network, partition: Partition, language: str) -> list[tuple[str, str]]:
    """Return the figures of the first page: a label and a number each."""
    counts = network.describe()
    inside = int((partition.codes >= 0).sum())
    answered = counts["answered"] / max(counts["enterprises"], 1)
    shown = [
        (mark("enterprises in the register"), number(counts["enterprises"])),
        (mark("answered the survey"), percent(answered)),
        (mark("clusters"), number(partition.n_clusters)),
        (mark("enterprises in a cluster"), number(inside)),
    ]
    members = network.register[partition.codes >= 0]
    jobs, incomes = members["workers"].dropna(), members["monthly_income"].dropna()
    if len(jobs):
        shown.append((mark("jobs in clusters"), number(math.fsum(jobs))))
    if len(incomes):
        shown.append((mark("mean monthly income in clusters"), number(round(math.fsum(incomes) / len(incomes)))))
    return [(translate(label, language), value) for label, value in shown]


def sentences(network: Network, partition: Partition, scores: Scores, language: str) -> list[Markup]:
    """Return the summary: each sentence follows from one rule, and is left out where the rule does not apply."""
    found = [_count_sentence(network, partition, language)]
    if partition.n_clusters == 1 and partition.method == "natural":
        text = mark(
            "No division of it describes the linkages more shortly than one cluster does; "
            "other methods (see: clusternet methods) may show finer groups, with less ground."
        )
        found.append(_say(text, language))
    found += _warnings(network, scores, language)
    return found


def rank_sentences(partition: Partition, scores: Scores, labels: list[str], language: str) -> list[Markup]:
    """Return which cluster stands first in each family of core scores, where two or more can be compared."""
    found = []
    for family in ("cohesion", "complementarity"):
        best = first_by_rank(scores, partition, family)
        if best is not None:
            text = mark("{family}: {cluster} stands first by the mean rank of its core scores.")
            words = {"family": translate(SCORE_FAMILIES[family], language)}
            found.append(_say(text, language, cluster=bdi(cluster_name(best, labels[best], language)), **words))
    return found


def _say(text: str, language: str, **values: object) -> Markup:
    return escape(translate(text, language)).format(**values)


def _count_sentence(network: Network, partition: Partition, language: str) -> Markup:
    count = partition.n_clusters
    words = {
        "number": number(float(count)),
        "inside": number(float((partition.codes >= 0).sum())),
        "all": number(float(network.n_enterprises)),
    }
    return escape(
        translate_plural(
            "One cluster was found; {inside} of {all} enterprises belong to it.",
            "{number} clusters were found; {inside} of {all} enterprises belong to one of them.",
            count,
            language,
            **words,
        )
    )


def first_by_rank(scores: Scores, partition: Partition, family: str) -> int | None:
    """Return the cluster whose mean rank over a family's core scores is best; None with fewer than two to compare.

    Clusters of fewer than three members, and those with an undefined core score, are not compared.
    """
    core = [card for card in scores.cards.values() if card.core and card.family == family and card.better != "neither"]
    wide = scores.wide()
    core = [card for card in core if card.name in wide.columns]
    if not core:
        return None
    large = [cluster for cluster in wide.index if partition.sizes[cluster] >= LEAST_MEMBERS]
    values = wide.loc[large, [card.name for card in core]].dropna()
    if len(values) < 2:
        return None
    ranks = [values[card.name].rank(ascending=card.better == "lower") for card in core]
    best: Any = pd.concat(ranks, axis=1).mean(axis=1).idxmin()
    return int(best)


def _warnings(network: Network, scores: Scores, language: str) -> list[Markup]:
    found = []
    counts = network.describe()
    if counts["isolated"]:
        said = translate_plural(
            "{number} enterprise has no linkage at all.",
            "{number} enterprises have no linkage at all.",
            counts["isolated"],
            language,
            number=number(counts["isolated"]),
        )
        found.append(escape(said))
    share = counts["answered"] / max(counts["enterprises"], 1)
    if share < ENOUGH_ANSWERS:
        text = mark("Only {share} answered: linkages among those who did not are unknown, not absent.")
        found.append(_say(text, language, share=percent(share)))
    if scores.table["p_value"].isna().all():
        text = mark("Nothing was tested against chance: the scores describe, and no verdict is given.")
        found.append(_say(text, language))
    else:
        found.append(_verdicts(scores.clusters["verdict"].tolist(), language))
    return found


def _verdicts(verdicts: list[str], language: str) -> Markup:
    given = [verdict for verdict in verdicts if verdict]
    if not given:
        text = mark(
            "Scores were tested against chance; a verdict needs both families, and needs and offers are not known."
        )
        return _say(text, language)
    text = mark("Beyond chance, {both} of {all} clusters are cohesive and complementary (natural clusters).")
    counts = {"both": number(float(given.count("natural cluster"))), "all": number(float(len(given)))}
    return _say(text, language, **counts)


def verdict_sentence(scores: Scores, cluster: int, language: str) -> str:
    """Return the verdict on one cluster with what it rests on; an empty text where nothing was tested."""
    rows = scores.clusters[scores.clusters["cluster"] == cluster]
    if rows.empty or rows["cohesion_index"].isna().all():
        return ""
    row = rows.iloc[0]
    values = {
        "cohesion": percent(row["cohesion_index"]),
        "cohesion_q": number(row["cohesion_q"]),
        "verdict": translate(row["verdict"], language),
    }
    if not row["verdict"]:
        text = mark(
            "Its cohesion beats {cohesion} of chance draws (q = {cohesion_q}); no verdict without both families."
        )
        return translate(text, language, **values)
    values |= {
        "complementarity": percent(row["complementarity_index"]),
        "complementarity_q": number(row["complementarity_q"]),
    }
    text = mark(
        "Verdict: {verdict}. Its cohesion beats {cohesion} of chance draws (q = {cohesion_q}), "
        "its complementarity {complementarity} (q = {complementarity_q})."
    )
    return translate(text, language, **values)
