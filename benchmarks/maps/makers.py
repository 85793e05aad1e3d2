"""How each tool is asked for a page: in its own usual way, with the same positions, colours and names.

This file is also run by the interpreter that has the peers, where clusternet need not be: it imports none of it until
ours is asked for. A maker imports its tool when it is chosen, and returns what writes a graph to a page.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from benchmarks.maps.graphs import LAYERS, Graph

Writer = Callable[[Graph, Path], None]
#: Colours of clusters, in turn, and of layers.
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#7f7f7f")
LAYER_COLOURS = ("#444444", "#009e73", "#0072b2", "#d55e00")
#: Size of the picture on the screen, in pixels; units of a layout are spread over about as much.
WIDTH, HEIGHT = 1200, 800


class Tool(NamedTuple):
    """One tool: how its page is made, and what it does when the mouse comes to a node."""

    maker: Callable[[], Writer]
    package: str
    hover: str


def ours() -> Writer:
    """Return what writes our page: from tables to a network, a partition, and the page of a study."""
    import numpy as np
    import pandas as pd

    from clusternet.draw import map_payload
    from clusternet.model import Network, Partition
    from clusternet.report.map_page import study_map_page

    def write(graph: Graph, path: Path) -> None:
        names = np.array(graph.names, dtype=object)
        linkages = pd.DataFrame(
            {
                "source": names[graph.source],
                "target": names[graph.target],
                "layer": np.array(LAYERS, dtype=object)[graph.layer],
                "weight": graph.weight,
            }
        )
        network = Network.from_tables(pd.DataFrame({"enterprise_id": names, "name": names}), linkages)
        partition = Partition(network.enterprise_ids, graph.cluster)
        positions = np.column_stack([graph.x, graph.y])
        payload = map_payload(network, partition, language="en", positions=positions)
        path.write_text(study_map_page(payload), encoding="utf-8")

    return write


def plotly(kind: str) -> Writer:
    """Return what writes a plain plotly page: one trace of lines for each layer, one of markers for each cluster."""
    import plotly.graph_objects as go

    scatter = {"svg": go.Scatter, "webgl": go.Scattergl}[kind]
    # Plotly imports its parts when they are first used: that belongs to the imports.
    go.Figure(scatter(mode="markers")).to_json()

    def write(graph: Graph, path: Path) -> None:
        figure, names = go.Figure(), graph.names
        x, y = graph.x.tolist(), graph.y.tolist()
        for code, layer in enumerate(LAYERS):
            ends_x: list[float | None] = []
            ends_y: list[float | None] = []
            chosen = graph.layer == code
            for source, target in zip(graph.source[chosen].tolist(), graph.target[chosen].tolist(), strict=True):
                ends_x += [x[source], x[target], None]
                ends_y += [y[source], y[target], None]
            line = {"width": 0.6, "color": LAYER_COLOURS[code]}
            figure.add_trace(scatter(x=ends_x, y=ends_y, mode="lines", line=line, hoverinfo="skip", name=layer))
        for code in range(int(graph.cluster.max()) + 1):
            members = (graph.cluster == code).nonzero()[0].tolist()
            figure.add_trace(
                scatter(
                    x=[x[place] for place in members],
                    y=[y[place] for place in members],
                    mode="markers",
                    text=[names[place] for place in members],
                    hoverinfo="text",
                    marker={"size": 8, "color": COLOURS[code % len(COLOURS)]},
                    name=f"cluster {code + 1}",
                )
            )
        figure.update_layout(hovermode="closest", xaxis={"visible": False}, yaxis={"visible": False})
        figure.write_html(path)

    return write


def _as_networkx(graph: Graph, spread: float) -> Any:
    """Return the graph as networkx has it; positions spread to about pixels, downwards as on a screen."""
    import networkx as nx

    made, names = nx.Graph(), graph.names
    for place, name in enumerate(names):
        colour = COLOURS[int(graph.cluster[place]) % len(COLOURS)]
        made.add_node(name, x=float(graph.x[place]) * spread, y=-float(graph.y[place]) * spread, color=colour)
    rows = zip(graph.source.tolist(), graph.target.tolist(), graph.layer.tolist(), graph.weight.tolist(), strict=True)
    for source, target, layer, weight in rows:
        made.add_edge(
            names[source], names[target], color=LAYER_COLOURS[layer], layer=LAYERS[layer], weight=float(weight)
        )
    return made


def _spread(graph: Graph) -> float:
    """Return how many pixels one unit of the layout takes when about 30 pixels part two neighbours."""
    return float(30 * len(graph.x) ** 0.5 / max(float(graph.x.max() - graph.x.min()), 1e-9))


def pyvis() -> Writer:
    """Return what writes a page of pyvis: everything in one file, physics off, edges of the hovered node lit."""
    from pyvis.network import Network

    def write(graph: Graph, path: Path) -> None:
        made = _as_networkx(graph, _spread(graph))
        # Undirected, every new edge is compared with all before it: 50,000 nodes would take days.
        page = Network(height=f"{HEIGHT - 20}px", width="100%", cdn_resources="in_line", directed=True)
        for name, shown in made.nodes(data=True):
            page.add_node(name, label=name, size=8, x=shown["x"], y=shown["y"], color=shown["color"])
        for source, target, shown in made.edges(data=True):
            page.add_edge(source, target, color=shown["color"], arrows="")
        page.toggle_physics(False)
        page.options.edges.smooth.enabled = False
        page.options.interaction.hover = True
        path.write_text(page.generate_html(), encoding="utf-8")

    return write


def gravis() -> Writer:
    """Return what writes a page of gravis (d3): forces off, neighbours of the hovered node lit."""
    import gravis as tool

    def write(graph: Graph, path: Path) -> None:
        made = _as_networkx(graph, _spread(graph))
        for name, shown in made.nodes(data=True):
            shown.update(size=8, hover=name)
        page = tool.d3(
            made,
            graph_height=HEIGHT - 40,
            layout_algorithm_active=False,
            node_hover_neighborhood=True,
            show_node_label=len(graph.x) <= 1000,
            large_graph_threshold=10 * len(graph.x),
            zoom_factor=min(1.0, WIDTH / (60 * len(graph.x) ** 0.5)),
        )
        page.export_html(str(path), overwrite=True)

    return write


def ipysigma() -> Writer:
    """Return what writes a page of ipysigma: positions given, no layout started."""
    from ipysigma import Sigma

    def write(graph: Graph, path: Path) -> None:
        made = _as_networkx(graph, _spread(graph))
        Sigma.write_html(
            made, str(path), fullscreen=True, node_color="color", raw_node_color="color", start_layout=False
        )

    return write


TOOLS: MappingProxyType[str, Tool] = MappingProxyType(
    {
        "clusternet": Tool(ours, "clusternet", "neighbours lit, the rest dimmed, card of the firm"),
        "plotly, SVG": Tool(lambda: plotly("svg"), "plotly", "name of the node"),
        "plotly, WebGL": Tool(lambda: plotly("webgl"), "plotly", "name of the node"),
        "pyvis": Tool(pyvis, "pyvis", "edges of the node lit"),
        "gravis": Tool(gravis, "gravis", "neighbours lit, the rest dimmed"),
        "ipysigma": Tool(ipysigma, "ipysigma", "neighbours lit, the rest dimmed"),
    }
)


def tool_version(name: str) -> str:
    """Return a tool's version; raises PackageNotFoundError where it is not installed."""
    if name == "clusternet":
        import clusternet

        return clusternet.__version__
    return version(TOOLS[name].package)


def ready(name: str) -> Writer:
    """Import a tool, and return what writes a page with it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return TOOLS[name].maker()
