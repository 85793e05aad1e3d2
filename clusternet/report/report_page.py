"""The report: one page that opens anywhere, in one language."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from typing import Any

from clusternet.draw import MapMarks, cluster_labels, sketch_map
from clusternet.draw.palette import SVG_DASHES
from clusternet.draw.quadrant import quadrant_marks
from clusternet.draw.sketch import MOST_SKETCHED_NODES
from clusternet.draw.sketch_quadrant import MOST_BARRED, sketch_quadrant
from clusternet.draw.wording import cluster_name, isolated, number
from clusternet.errors import Problem
from clusternet.messages import mark, translate
from clusternet.model import MetricCard, Network, Partition, Scores, Survey
from clusternet.model.layers import FAMILIES
from clusternet.model.scores import ROLES, SCORE_FAMILIES
from clusternet.report.advice import advice
from clusternet.report.cluster_pages import ARROWS, MOST_PAGES, cluster_pages
from clusternet.report.data_quality import data_quality
from clusternet.report.dictionary import CSV_NOTE, DICTIONARY
from clusternet.report.glance import action_plan, jobs_sentence, strongest
from clusternet.report.overview import figures, rank_sentences, sentences
from clusternet.report.pages import render

#: What a card's direction means.
DIRECTION_WORDS = {
    "higher": mark("higher is better"),
    "lower": mark("lower is better"),
    "neither": mark("neither is better"),
}


def report_page(
    network: Network,
    partition: Partition,
    scores: Scores,
    marks: MapMarks,
    *,
    language: str,
    problems: Sequence[Problem] = (),
    record: Mapping[str, Any],
    other_reports: Mapping[str, str],
    survey: Survey | None = None,
) -> str:
    """Return the report as HTML.

    Parameters
    ----------
    network, partition, scores : Network, Partition, Scores
        The results.
    marks : MapMarks
        The marks of the map, in the report's language.
    language : {"en", "ar"}
        The language.
    problems : sequence of Problem
        Everything found in the input.
    record : mapping
        How the results were made, as in the manifest.
    other_reports : mapping of str to str
        The file of the report in each other language.
    survey : Survey, optional
        The survey that the network was built from.

    Returns
    -------
    str
        HTML that needs no other file, no script and no connection.
    """
    labels = cluster_labels(network, partition, language=language)
    advices = advice(network, partition, scores, language)
    jobs = jobs_sentence(network, partition, language)
    quadrant = quadrant_marks(scores, partition, network, language=language)
    core = [card for card in scores.cards.values() if card.core and not card.per_layer]
    return render(
        "report.html.j2",
        language,
        style=(resources.files("clusternet.report") / "templates" / "report.css").read_text(encoding="utf-8"),
        title=network.settings.title or translate(mark("Clusters of enterprises"), language),
        boundary=network.settings.boundary,
        other_reports=other_reports,
        figures=figures(network, partition, language),
        sentences=[*sentences(network, partition, scores, language), *([jobs] if jobs else [])],
        ranks=rank_sentences(partition, scores, labels, language),
        strongest=strongest(network, partition, scores, labels, advices, language),
        action_plan=action_plan(partition, scores, labels, advices, language),
        quadrant=sketch_quadrant(quadrant, label=translate(_QUADRANT, language)),
        quadrant_draws=quadrant.draws if len(quadrant.points) <= MOST_BARRED else 0,
        advices=advices,
        known_needs=len(network.ledger) > 0 or len(network.recipe_table) > 0,
        quality=data_quality(network, problems, language, survey),
        core=core,
        clusters=_cluster_rows(partition, scores, core, labels, language),
        most_pages=MOST_PAGES,
        drawing=sketch_map(marks, label=translate(_DRAWING, language)),
        note=" ".join(text for text in (marks.note, _discs_note(marks, language)) if text),
        legend=_legend(marks),
        pages=cluster_pages(network, partition, scores, marks, labels, language),
        record=record,
        layers=_layer_rows(network, scores),
        **_background(scores, language),
        short=functools.partial(cluster_name, label="", language=language),
    )


def _discs_note(marks: MapMarks, language: str) -> str:
    if len(marks.nodes) <= MOST_SKETCHED_NODES:
        return ""
    return translate(mark("Of so many enterprises this drawing shows the clusters alone, as discs."), language)


_DRAWING = mark(
    "Drawing of all enterprises and linkages, clusters numbered; the tables of this report hold the same in words."
)


_QUADRANT = mark(
    "Quadrant of the clusters: cohesion to the right, complementarity upwards; the table of clusters holds the same."
)


def _background(scores: Scores, language: str) -> dict[str, Any]:
    """Return what the templates know of every study: words, signs, cards and the data dictionary."""
    return {
        "arrows": ARROWS,
        "direction_words": DIRECTION_WORDS,
        "dashes": SVG_DASHES,
        "layer_families": FAMILIES,
        "roles": ROLES,
        "families": _cards_by_family(scores.cards.values(), language),
        "bounds": _bounds,
        "arguments": _arguments,
        "dictionary": DICTIONARY,
        "csv_note": CSV_NOTE,
    }


def _cluster_rows(
    partition: Partition,
    scores: Scores,
    core: Sequence[MetricCard],
    labels: list[str],
    language: str,
) -> list[dict[str, Any]]:
    verdicts = dict(zip(scores.clusters["cluster"], scores.clusters["verdict"], strict=True))
    wide = scores.wide().reindex(index=range(partition.n_clusters), columns=[card.name for card in core])
    return [
        {
            "number": cluster,
            "label": isolated(labels[cluster]),
            "size": number(float(size)),
            "verdict": translate(verdicts[cluster], language) if verdicts.get(cluster) else "–",
            "values": [number(value) for value in values],
        }
        for cluster, (size, values) in enumerate(zip(partition.sizes, wide.to_numpy(dtype=float), strict=True))
    ]


def _layer_rows(network: Network, scores: Scores) -> list[dict[str, Any]]:
    """Return the layers of the study, with how far the clusters hold in each."""
    known = scores.layers.set_index("layer")[["inside", "expected", "log_odds"]].astype("float64")
    found = known.reindex([layer.name for layer in network.layers]).to_numpy()
    return [
        {"layer": layer, "inside": number(inside), "expected": number(expected), "log_odds": number(log_odds)}
        for layer, (inside, expected, log_odds) in zip(network.layers, found, strict=True)
    ]


def _legend(marks: MapMarks) -> list[dict[str, Any]]:
    counts = [(layer.label, layer.colour, layer.dash, number(float(layer.count))) for layer in marks.layers]
    return [{"label": label, "colour": colour, "dash": dash, "count": count} for label, colour, dash, count in counts]


def _cards_by_family(cards: Iterable[MetricCard], language: str) -> list[tuple[str, list[MetricCard]]]:
    listed = list(cards)
    return [
        (translate(label, language), own)
        for family, label in SCORE_FAMILIES.items()
        if (own := [card for card in listed if card.family == family])
    ]


def _bounds(card: MetricCard) -> str:
    return f"{number(card.range[0])} … {number(card.range[1])}"


def _arguments(arguments: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in arguments.items())
