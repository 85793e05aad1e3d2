"""Marks as a plotly figure: the only file that knows plotly."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike
from plotly.offline import get_plotlyjs

from clusternet.draw.marks import GroupMark, LayerMark, MapMarks, map_marks
from clusternet.draw.wording import caption
from clusternet.messages import mark, translate
from clusternet.model import Network, Partition, Scores

_FONT = "system-ui, 'Segoe UI', 'Noto Sans', 'Noto Sans Arabic', Tahoma, Arial, sans-serif"
_INK, _PAPER = "#1F2937", "#FFFFFF"
_LONGEST_LEGEND = 42
_HALO = ", ".join(f"{x}px {y}px 1px {_PAPER}" for x in (-1, 0, 1) for y in (-1, 0, 1))
#: More numbers than these would cover the map.
MOST_NUMBERS = 60


def draw_map(
    network: Network,
    partition: Partition,
    scores: Scores | None = None,
    *,
    language: str = "en",
    seed: int = 0,
    positions: ArrayLike | None = None,
) -> go.Figure:
    """Draw the map of a network: enterprises by cluster, linkages by layer, evidence on hover.

    Every cluster and every layer can be switched on and off in the legend.

    Parameters
    ----------
    network : Network
        The network.
    partition : Partition
        Clusters of its enterprises.
    scores : Scores, optional
        The first core score of each family is shown in the evidence of a cluster's members.
    language : {"en", "ar"}
        The language of labels and evidence.
    seed : int
        Seed of the layout.
    positions : array of float, shape (n_nodes, 2), optional
        Positions to use instead of our own layout.

    Returns
    -------
    plotly.graph_objects.Figure
        One trace per layer (and one for the evidence at the middle of its links), then one per cluster, one for
        the enterprises in no cluster, one for the outside partners, one for the numbers of the clusters.

    Raises
    ------
    InputError
        If the partition is not of this network, or the positions have another shape or are not finite.
    """
    return draw_marks(map_marks(network, partition, scores, language=language, seed=seed, positions=positions))


def draw_marks(marks: MapMarks) -> go.Figure:
    """Draw marks that are already made."""
    figure = go.Figure()
    for layer in marks.layers:
        figure.add_traces(_layer_traces(marks, layer))
    figure.add_traces([_group_trace(marks, group) for group in marks.groups])
    if any(group.code >= 0 for group in marks.groups):
        figure.add_trace(_numbers_trace(marks))
    figure.update_layout(_layout(marks))
    return figure


def _kind(marks: MapMarks) -> type[go.Scatter] | type[go.Scattergl]:
    return go.Scattergl if marks.large else go.Scatter


def _layer_traces(marks: MapMarks, layer: LayerMark) -> list[Any]:
    links = marks.links[marks.links["layer"] == layer.position]
    arrow = ("←" if marks.language == "ar" else "→") if layer.directed else ""
    name = _entry(marks, " ".join(part for part in (caption(layer.label, _LONGEST_LEGEND), arrow) if part), layer.count)
    shared = {"legend": "legend2", "legendgroup": f"layer:{layer.position}"}
    ends = [_ends(links, "x0", "x1"), _ends(links, "y0", "y1")]
    lines = _kind(marks)(
        x=ends[0],
        y=ends[1],
        mode="lines",
        name=name,
        line={"color": layer.colour, "width": 1.1 if len(marks.links) < 2_000 else 0.6, "dash": layer.dash},
        opacity=0.6 if len(marks.links) < 2_000 else 0.42,
        hoverinfo="skip",
        **shared,
    )
    arrows = layer.directed and marks.arrows
    # A line cannot be hovered along its length, so its evidence sits on a mark in the middle.
    middles = _kind(marks)(
        x=_rounded(links["middle_x"]),
        y=_rounded(links["middle_y"]),
        mode="markers",
        name=name,
        marker={
            "symbol": "triangle-up" if arrows else "circle",
            "angle": links["angle"].to_numpy() if arrows else 0,
            "size": 6 if arrows else 4,
            "color": layer.colour,
            "opacity": 0.75 if marks.arrows else 0.0,
        },
        hoverinfo="text",
        hovertext=links["evidence"].tolist(),
        showlegend=False,
        **shared,
    )
    return [lines, middles]


def _entry(marks: MapMarks, label: str, count: int) -> str:
    """Return an entry of the legend, which an SVG text would else write from left to right in any language."""
    opening = "\u2067" if marks.language == "ar" else "\u2066"
    return f"{opening}{label} ({count:,})\u2069"


def _rounded(values: Any) -> np.ndarray:
    return np.round(np.asarray(values, dtype=np.float64), 3).astype(np.float32)


def _ends(links: Any, start: str, end: str) -> np.ndarray:
    """Return the two ends of each link in one row of numbers, with a gap after each link."""
    gap = np.full(len(links), np.nan)
    return _rounded(np.column_stack([links[start], links[end], gap]).ravel())


def _group_trace(marks: MapMarks, group: GroupMark) -> Any:
    nodes = marks.nodes[marks.nodes["group"] == group.code]
    return _kind(marks)(
        x=_rounded(nodes["x"]),
        y=_rounded(nodes["y"]),
        mode="markers",
        name=_entry(marks, caption(group.label, _LONGEST_LEGEND), group.count),
        marker={
            "symbol": group.symbol,
            "size": nodes["size"].to_numpy(),
            "color": group.colour,
            "opacity": 1,
            "line": {"color": _PAPER if not group.symbol.endswith("-open") else group.colour, "width": 1.2},
        },
        hoverinfo="text",
        hovertext=nodes["evidence"].tolist(),
        legend="legend",
        legendgroup=f"group:{group.code}",
    )


def _numbers_trace(marks: MapMarks) -> Any:
    """Write the number of each of the largest clusters in its middle, so that no reader depends on colours."""
    codes = [group.code for group in marks.groups if group.code >= 0][:MOST_NUMBERS]
    middle = marks.nodes.groupby("group")[["x", "y"]].mean().loc[codes]
    return go.Scatter(
        x=_rounded(middle["x"]),
        y=_rounded(middle["y"]),
        mode="text",
        text=[f"<b>{code}</b>" for code in codes],
        textfont={"size": 14, "color": _INK, "shadow": _HALO},
        name=translate(mark("Numbers of clusters"), marks.language),
        hoverinfo="skip",
        legend="legend",
        legendgroup="numbers",
    )


def _layout(marks: MapMarks) -> dict[str, Any]:
    axis = {"visible": False, "showgrid": False, "zeroline": False}
    right = marks.language == "ar"
    legend = {
        "bgcolor": "rgba(255,255,255,0.85)",
        "itemsizing": "constant",
        "tracegroupgap": 0,
        "groupclick": "togglegroup",
        "x": -0.01 if right else 1.01,
        "xanchor": "right" if right else "left",
        "font": {"size": 12},
    }
    note = f"<br><span style='font-size:13px'>{marks.note}</span>" if marks.note else ""
    return {
        "template": None,
        "title": {
            "text": f"{caption(marks.title, 90)}{note}",
            "x": 0.99 if right else 0.01,
            "xanchor": "right" if right else "left",
            "font": {"size": 18},
        },
        "font": {"family": _FONT, "color": _INK, "size": 13},
        "paper_bgcolor": _PAPER,
        "plot_bgcolor": _PAPER,
        "hovermode": "closest",
        "hoverdistance": 12,
        "hoverlabel": {
            "align": "right" if right else "left",
            "bgcolor": _PAPER,
            "bordercolor": _INK,
            "font": {"color": _INK, "family": _FONT, "size": 13},
        },
        "dragmode": "pan",
        "margin": {"l": 12, "r": 12, "t": 84 if marks.note else 60, "b": 12},
        "xaxis": axis,
        "yaxis": {**axis, "scaleanchor": "x", "scaleratio": 1},
        "legend": {**legend, "title": _title(mark("Enterprises"), marks), "y": 1, "yanchor": "top", "maxheight": 0.55},
        "legend2": {**legend, "title": _title(mark("Linkages"), marks), "y": 0, "yanchor": "bottom", "maxheight": 0.4},
    }


def _title(text: str, marks: MapMarks) -> dict[str, str]:
    return {"text": f"<b>{translate(text, marks.language)}</b>"}


def plotly_script() -> str:
    """Return the text of plotly.js as the installed plotly package holds it."""
    return str(get_plotlyjs())


def figure_json(figure: go.Figure) -> str:
    """Return traces and layout of a figure as JSON for a page; equal figures give equal bytes.

    Traces for the graphics card become ordinary ones: plotly compiles code for them at run time, which the security
    policy of our pages forbids.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        The figure.

    Returns
    -------
    str
        JSON with ``data`` and ``layout``; without the template.
    """
    text = str(figure.to_json(validate=False, pretty=False, engine="json"))
    # Inside a text of the figure the quotes would be escaped, so only the type of a trace can be meant.
    return text.replace('"type":"scattergl"', '"type":"scatter"')
