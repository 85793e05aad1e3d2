"""Chains and flows as Sankey diagrams of plotly."""

from __future__ import annotations

import plotly.graph_objects as go

from clusternet.draw.chain import MOST_NAMED, STATUS_LABELS, chain_marks
from clusternet.draw.flow import flow_marks
from clusternet.draw.palette import CLUSTER_COLOURS
from clusternet.draw.wording import caption, number
from clusternet.messages import translate
from clusternet.model import Network, Scores

#: Colours of the statuses; each stands beside its words, never alone.
STATUS_COLOURS = {
    "present": CLUSTER_COLOURS[2],
    "single_supplier": CLUSTER_COLOURS[5],
    "missing": CLUSTER_COLOURS[1],
    "raw": "#9CA3AF",
}
_LINK = "rgba(107,114,128,0.35)"


def draw_chain(network: Network, scores: Scores, cluster: int, *, language: str = "en") -> go.Figure:
    """Draw the chain of the product that a cluster comes closest to, with what nobody makes.

    Parameters
    ----------
    network : Network
        The network, with recipes.
    scores : Scores
        Whose ``gaps`` say what is made and what is missing.
    cluster : int
        The cluster.
    language : {"en", "ar"}
        The language.

    Returns
    -------
    plotly.graph_objects.Figure
        A Sankey diagram from inputs to products; every flow is equally wide, because units differ.
    """
    marks = chain_marks(network, scores, cluster, language=language)
    products, flows = marks.products, marks.flows
    labels, evidence = [], []
    for row in products.to_dict("records"):
        status = translate(STATUS_LABELS[row["status"]], language)
        named = [caption(name) for name in row["makers"][:MOST_NAMED]]
        labels.append(f"{caption(row['product'])} – {caption(status)}")
        more = "<br>…" if row["n_makers"] > MOST_NAMED else ""
        evidence.append("<br>".join([caption(row["stage"]), *named]) + more)
    figure = go.Figure(
        go.Sankey(
            arrangement="snap",
            node={
                "label": labels,
                "color": [STATUS_COLOURS[status] for status in products["status"]],
                "customdata": evidence,
                "hovertemplate": "%{label}<br>%{customdata}<extra></extra>",
                "pad": 18,
            },
            link={
                "source": flows["input"],
                "target": flows["product"],
                "value": [1.0] * len(flows),
                "color": _LINK,
                "customdata": [number(quantity) for quantity in flows["quantity"]],
                "hovertemplate": "%{source.label} → %{target.label}<br>%{customdata}<extra></extra>",
            },
        )
    )
    figure.update_layout(title={"text": caption(marks.final_product)})
    return figure


def draw_flow(network: Network, scores: Scores, cluster: int | None = None, *, language: str = "en") -> go.Figure:
    """Draw who could supply whom by the least-cost plan.

    Parameters
    ----------
    network : Network
        The network, for the names.
    scores : Scores
        Whose ``plan`` is shown.
    cluster : int, optional
        One cluster; by default all.
    language : {"en", "ar"}
        The language.

    Returns
    -------
    plotly.graph_objects.Figure
        A Sankey diagram from suppliers to buyers: as wide as costs where every delivery has one, else all alike.
    """
    marks = flow_marks(network, scores, cluster, language=language)
    flows = marks.flows
    suppliers = dict(zip(flows["supplier_id"], flows["supplier"], strict=True))
    buyers = dict(zip(flows["buyer_id"], flows["buyer"], strict=True))
    # Somebody who both supplies and buys stands on both sides: a Sankey diagram cannot go round in a circle.
    start = {identifier: place for place, identifier in enumerate(suppliers)}
    end = {identifier: len(suppliers) + place for place, identifier in enumerate(buyers)}
    evidence = [
        f"{caption(row['resource'])}: {number(row['quantity'])} {caption(row['unit'])}"
        for row in flows.to_dict("records")
    ]
    figure = go.Figure(
        go.Sankey(
            node={"label": [caption(name) for name in (*suppliers.values(), *buyers.values())], "pad": 12},
            link={
                "source": [start[identifier] for identifier in flows["supplier_id"]],
                "target": [end[identifier] for identifier in flows["buyer_id"]],
                "value": flows["width"].tolist(),
                "color": _LINK,
                "customdata": evidence,
                "hovertemplate": "%{source.label} → %{target.label}<br>%{customdata}<extra></extra>",
            },
        )
    )
    if marks.note:
        figure.update_layout(title={"text": caption(marks.note, 120)})
    return figure
