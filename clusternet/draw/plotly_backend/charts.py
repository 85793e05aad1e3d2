"""Quadrant, profile, matrices and stability as plotly figures."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from clusternet.draw.matrix import matrix_marks
from clusternet.draw.palette import CLUSTER_COLOURS, cluster_look
from clusternet.draw.profile import profile_marks
from clusternet.draw.quadrant import QUADRANTS, quadrant_marks
from clusternet.draw.stability import stability_marks
from clusternet.draw.wording import caption, number
from clusternet.messages import mark, translate
from clusternet.model import Network, Partition, Scores

_ROW = 26
#: More rows than these cannot carry numbers in their cells.
_MOST_NUMBERED = 25


def _axis(text: str, language: str, **more: Any) -> dict[str, Any]:
    return {"title": {"text": translate(text, language)}, "automargin": True, **more}


def draw_quadrant(
    scores: Scores, partition: Partition | None = None, network: Network | None = None, *, language: str = "en"
) -> go.Figure:
    """Draw how cohesive and how complementary each cluster is, beside chance.

    Parameters
    ----------
    scores : Scores
        Scores that were tested against chance.
    partition, network : Partition, Network, optional
        For the sizes and the names of the clusters.
    language : {"en", "ar"}
        The language.

    Returns
    -------
    plotly.graph_objects.Figure
        One trace of markers, as large as the clusters, with the intervals of
        :func:`clusternet.draw.quadrant.quadrant_marks`.
    """
    marks = quadrant_marks(scores, partition, network, language=language)
    points = marks.points
    largest = max(int(points["size"].max()) if len(points) else 1, 1)
    bars = {
        axis: {
            "type": "data",
            "symmetric": False,
            "array": points[f"{axis}_high"] - points[axis],
            "arrayminus": points[axis] - points[f"{axis}_low"],
            "thickness": 1,
            "visible": marks.draws > 0,
        }
        for axis in ("x", "y")
    }
    figure = go.Figure(
        go.Scatter(
            x=points["x"],
            y=points["y"],
            error_x=bars["x"],
            error_y=bars["y"],
            mode="markers+text",
            text=[str(code) for code in points["cluster"]],
            textposition="top center",
            hovertext=[
                f"{caption(name)}<br>{caption(verdict)}"
                for name, verdict in zip(points["name"], points["verdict"], strict=True)
            ],
            hoverinfo="text",
            marker={
                "size": 8 + 22 * np.sqrt(points["size"] / largest),
                "color": [cluster_look(int(code)).colour for code in points["cluster"]],
                "symbol": [cluster_look(int(code)).shape for code in points["cluster"]],
            },
        )
    )
    for text, cohesive, complementary in QUADRANTS:
        figure.add_annotation(
            x=1.12 if cohesive else 0.02,
            y=1.12 if complementary else 0.02,
            xanchor="right" if cohesive else "left",
            yanchor="top" if complementary else "bottom",
            text=f"<i>{caption(translate(text, language))}</i>",
            showarrow=False,
        )
    figure.add_hline(y=marks.y_line, line_width=1, line_dash="dot")
    figure.add_vline(x=marks.x_line, line_width=1, line_dash="dot")
    figure.update_layout(
        xaxis=_axis(mark("Cohesion: share of chance results beaten"), language, range=[-0.03, 1.12]),
        yaxis=_axis(mark("Complementarity: share of chance results beaten"), language, range=[-0.03, 1.12]),
        showlegend=False,
    )
    return figure


def draw_profile(scores: Scores, cluster: int, *, language: str = "en") -> go.Figure:
    """Draw the scores of one cluster beside chance, each on the range that its card allows.

    Parameters
    ----------
    scores : Scores
        The scores.
    cluster : int
        The number of the cluster.
    language : {"en", "ar"}
        The language.

    Returns
    -------
    plotly.graph_objects.Figure
        A trace for the scores with their intervals, filled where they lie beyond chance, and one for chance.

    Raises
    ------
    InputError
        If the scores do not know the cluster.
    """
    marks = profile_marks(scores, cluster, language=language)
    rows = marks.rows
    labels = [caption(label) for label in rows["label"]]
    figure = go.Figure()
    figure.add_trace(
        go.Scatter(
            x=rows["at"],
            y=labels,
            mode="markers",
            name=translate(mark("The cluster (filled: beyond chance)"), language),
            error_x={
                "type": "data",
                "symmetric": False,
                "array": (rows["at_high"] - rows["at"]).fillna(0.0),
                "arrayminus": (rows["at"] - rows["at_low"]).fillna(0.0),
                "thickness": 1.2,
            },
            marker={
                "size": 10,
                "color": CLUSTER_COLOURS[0],
                "symbol": ["circle" if sure else "circle-open" for sure in rows["sure"]],
            },
            hovertext=[
                f"{label}: {number(value)}<br>{caption(family)}"
                for label, value, family in zip(labels, rows["value"], rows["family"], strict=True)
            ],
            hoverinfo="text",
        )
    )
    figure.add_trace(
        go.Scatter(
            x=rows["at_chance"],
            y=labels,
            mode="markers",
            name=translate(mark("By chance"), language),
            marker={"size": 12, "symbol": "line-ns-open", "color": CLUSTER_COLOURS[1], "line": {"width": 2}},
        )
    )
    figure.update_layout(
        height=140 + _ROW * max(len(rows), 1),
        xaxis=_axis(mark("From the least to the largest possible value"), language, range=[-0.02, 1.02]),
        yaxis={"autorange": "reversed", "automargin": True},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.0},
    )
    return figure


def draw_matrix(network: Network, partition: Partition, *, language: str = "en") -> go.Figure:
    """Draw how dense each layer is in each cluster, and which clusters are linked beyond expectation.

    Parameters
    ----------
    network : Network
        The network.
    partition : Partition
        Its clusters.
    language : {"en", "ar"}
        The language.

    Returns
    -------
    plotly.graph_objects.Figure
        Two heat maps side by side: densities, and the logarithm to base 2 of observed over expected weight, cut at 3.
    """
    marks = matrix_marks(network, partition, language=language)
    titles = [mark("Density by layer"), mark("Weight between clusters, over what is expected")]
    figure = make_subplots(cols=2, subplot_titles=[translate(text, language) for text in titles])
    with np.errstate(divide="ignore"):
        blocks = np.clip(np.log2(marks.blocks.to_numpy()), -3, 3)
    names = [caption(name) for name in marks.layers.index]
    panels = (
        (marks.layers.to_numpy(), [caption(name) for name in marks.layers.columns], "Cividis", {"zmin": 0}, 0.44),
        (blocks, names, "RdBu_r", {"zmin": -3, "zmax": 3}, 1.0),
    )
    for column, (values, across, scale, ends, side) in enumerate(panels, start=1):
        figure.add_trace(
            go.Heatmap(
                z=values,
                x=across,
                y=names,
                colorscale=scale,
                colorbar={"x": side, "thickness": 12},
                texttemplate="%{z:.2f}" if len(names) <= _MOST_NUMBERED else None,
                hovertemplate="%{y}<br>%{x}<br>%{z:.3f}<extra></extra>",
                **ends,
            ),
            row=1,
            col=column,
        )
    figure.update_yaxes(autorange="reversed", automargin=True)
    figure.update_yaxes(showticklabels=False, row=1, col=2)
    figure.update_layout(height=240 + _ROW * max(len(names), 4))
    return figure


def draw_stability(
    network: Network, partition: Partition, scores: Scores | None = None, *, language: str = "en"
) -> go.Figure:
    """Draw how surely each member belongs, and how well each cluster keeps together.

    Parameters
    ----------
    network : Network
        The network.
    partition : Partition
        Its clusters.
    scores : Scores, optional
        Whose stability by resampling is shown.
    language : {"en", "ar"}
        The language.

    Returns
    -------
    plotly.graph_objects.Figure
        A trace of members by certainty, and one of the stability of clusters.
    """
    marks = stability_marks(network, partition, scores, language=language)
    names = dict(zip(marks.clusters["cluster"], (caption(name) for name in marks.clusters["name"]), strict=True))
    figure = go.Figure(
        [
            go.Scatter(
                x=marks.members["certainty"],
                y=[names[code] for code in marks.members["cluster"]],
                mode="markers",
                name=translate(mark("Certainty of members"), language),
                marker={"size": 7, "opacity": 0.55, "color": CLUSTER_COLOURS[0]},
                hovertext=[
                    f"{caption(name)}: {number(value)}"
                    for name, value in zip(marks.members["name"], marks.members["certainty"], strict=True)
                ],
                hoverinfo="text",
            ),
            go.Scatter(
                x=marks.clusters["stability"],
                y=list(names.values()),
                mode="markers",
                name=translate(mark("Stability of clusters"), language),
                marker={"size": 12, "symbol": "diamond-open", "color": CLUSTER_COLOURS[1], "line": {"width": 2}},
            ),
        ]
    )
    figure.update_layout(
        height=160 + _ROW * max(len(names), 1),
        xaxis=_axis(mark("From 0 (by chance) to 1 (always)"), language, range=[-0.02, 1.02]),
        yaxis={"autorange": "reversed", "automargin": True},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.0},
    )
    return figure
