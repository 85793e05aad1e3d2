"""The reference of all metrics, written from their cards, with examples worked out by the functions themselves."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import networkx as nx
import numpy as np
import pandas as pd

from clusternet.messages import LANGUAGES, mark, translate
from clusternet.metrics.card import Metric
from clusternet.model import ClusteredNetwork, MetricCard, Network, Partition
from clusternet.model.scores import SCORE_FAMILIES

_UNDEFINED = "–"


def card_facts(card: MetricCard, language: str = "en") -> list[tuple[str, str]]:
    """Return what a metric's card says, as pairs of a heading and a text.

    Parameters
    ----------
    card : MetricCard
        The card.
    language : {"en", "ar"}
        The language of headings and texts; formula and reference are the same in all.

    Returns
    -------
    list of (str, str)
        Family, direction, range, unit, when it is undefined (left out where it never is), formula, reference.

    Raises
    ------
    ValueError
        If the language is not known.
    """
    directions = {
        "higher": mark("higher is better"),
        "lower": mark("lower is better"),
        "neither": mark("neither is better"),
    }
    low, high = (_shown(bound) for bound in card.range)
    facts = [
        (mark("Family"), translate(SCORE_FAMILIES[card.family], language)),
        (mark("Direction"), translate(directions[card.better], language)),
        (mark("Range"), translate(mark("{low} to {high}"), language, low=low, high=high)),
        (mark("Unit"), translate(card.unit, language)),
        (mark("Undefined for"), translate(card.undefined, language)),
        (mark("Formula"), card.formula),
        (mark("Reference"), card.reference),
    ]
    return [(translate(heading, language), text) for heading, text in facts if text]


def worked_examples() -> Mapping[str, ClusteredNetwork]:
    """Return small networks whose scores can be worked out by hand, by what they are called.

    Returns
    -------
    mapping of str to ClusteredNetwork
        Their first cluster is the example.
    """
    triangles = [*nx.complete_graph(list("abc")).edges, *nx.complete_graph(list("def")).edges, ("c", "d")]
    bipartite = [(supplier, buyer) for supplier in "abc" for buyer in "xyz"]
    clique = list(nx.complete_graph(list("abcde")).edges)
    return {
        mark("Two triangles, a-b-c and d-e-f, and the bridge c-d; the first triangle"): _seen(triangles, "abc"),
        mark("Three suppliers, each of which supplies all of three buyers"): _seen(bipartite, "abcxyz", "supply"),
        mark("Five enterprises, each linked to all others"): _seen(clique, "abcde"),
        mark("A chain of four products, boards, frames, seats and chairs, in which nobody weaves seats"): _chain(),
        mark("Two suppliers of boards, 6 at a price of 2 and 6 at 3, and two buyers who need 5 and 4"): _market(),
    }


def _chain() -> ClusteredNetwork:
    recipes = [("boards", "logs"), ("frames", "boards"), ("seats", "straw"), ("chairs", "frames"), ("chairs", "seats")]
    offers = [("a", "boards"), ("b", "frames"), ("c", "chairs")]
    return _together(
        pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "layer": "supply"}),
        pd.DataFrame(offers, columns=["enterprise_id", "resource"]).assign(
            role="offer", factor="material", quantity=1.0
        ),
        pd.DataFrame(recipes, columns=["product", "input"]).assign(quantity=1.0),
    )


def _market() -> ClusteredNetwork:
    rows = [("s", "offer", 6.0, 2.0), ("t", "offer", 6.0, 3.0), ("x", "need", 5.0, np.nan), ("y", "need", 4.0, np.nan)]
    ledger = pd.DataFrame(rows, columns=["enterprise_id", "role", "quantity", "unit_cost"])
    trade = pd.DataFrame({"source": ["s", "s", "t"], "target": ["x", "y", "y"], "layer": "supply"})
    return _together(trade, ledger.assign(resource="boards", factor="material", unit="piece"))


def _together(linkages: pd.DataFrame, resources: pd.DataFrame, recipes: pd.DataFrame | None = None) -> ClusteredNetwork:
    """Return a network whose enterprises, all that have linkages, are one cluster."""
    ids = sorted({*linkages["source"], *linkages["target"]})
    network = Network.from_tables(pd.DataFrame({"enterprise_id": ids}), linkages, resources, recipes)
    return ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, dict.fromkeys(ids, 0)))


def _seen(edges: list[tuple[str, str]], first: str, layer: str | None = None) -> ClusteredNetwork:
    """Return a network of equal weights with the first cluster and, if anybody is left, a second of the others."""
    source, target = zip(*edges, strict=True)
    network = Network.from_edges(source, target, layer=layer)
    labels = {identifier: int(identifier not in first) for identifier in network.enterprise_ids}
    return ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, labels))


def reference_page(metrics: Iterable[Metric], language: str = "en") -> str:
    """Return the reference of some metrics as a page of Markdown.

    Parameters
    ----------
    metrics : iterable of Metric
        The metrics, in order.
    language : {"en", "ar"}
        The language; Arabic pages are set from right to left.

    Returns
    -------
    str
        A heading and the examples; then, family by family, one section a metric: sentence, formula, the facts of its
        card, and its values in the examples.

    Raises
    ------
    ValueError
        If the language is not known.
    """
    examples = worked_examples()
    intro = mark(
        "Written from the metrics' own cards; the values of the examples are computed by the metrics themselves."
    )
    lines = [f"# {translate(mark('What every score means'), language)}", "", translate(intro, language), ""]
    lines += [f"{place}. {translate(name, language)}" for place, name in enumerate(examples, start=1)]
    family = ""
    for metric in metrics:
        if metric.card.family != family:
            family = metric.card.family
            lines += ["", f"## {translate(SCORE_FAMILIES[family], language)}"]
        lines += ["", *_section(metric, examples.values(), language)]
    text = "\n".join(lines) + "\n"
    if LANGUAGES[language] == "rtl":
        text = f'<div dir="rtl" lang="{language}">\n\n{text}\n</div>\n'
    return text


def _section(metric: Metric, examples: Iterable[ClusteredNetwork], language: str) -> list[str]:
    card = metric.card
    values = [
        _shown(float(metric(example)[0].flat[0] if card.per_layer else metric(example)[0])) for example in examples
    ]
    shown = "; ".join(f"({place}) {value}" for place, value in enumerate(values, start=1))
    facts = [f"- {heading}: {text}" for heading, text in card_facts(card, language) if text != card.formula]
    return [
        f"### {translate(card.label, language)} (`{card.name}`)",
        "",
        translate(card.sentence, language),
        "",
        f"$${card.formula}$$",
        "",
        *facts,
        f"- {translate(mark('In the examples'), language)}: {shown}",
    ]


def _shown(value: float) -> str:
    """Return a number with up to four significant digits; a dash where it is undefined.

    Examples
    --------
    >>> _shown(1 / 13), _shown(12.0), _shown(math.inf), _shown(math.nan)
    ('0.07692', '12', '∞', '–')
    """
    if math.isnan(value):
        return _UNDEFINED
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    return f"{round(value, 12) + 0.0:.4g}"
