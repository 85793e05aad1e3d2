"""Where the nodes of each tool's picture are on the screen, asked of the page itself."""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple


class Picture(NamedTuple):
    """How a tool's page is looked at.

    Parameters
    ----------
    selector : str
        What holds the picture, for a CSS query.
    points : str
        JavaScript function from the names and the positions of nodes to their points on the page; null where there
        is none.
    """

    selector: str
    points: str


_PLOTLY = """([names, xs, ys]) => {
  const graph = document.querySelector('.js-plotly-plot'), box = graph.getBoundingClientRect(),
        across = graph._fullLayout.xaxis, down = graph._fullLayout.yaxis;
  return names.map((_, i) => [box.left + across._offset + across.l2p(xs[i]), box.top + down._offset + down.l2p(ys[i])]);
}"""
_OURS = """([names, xs, ys]) => {
  const cn = window.clusternet, box = document.getElementById('stage').getBoundingClientRect(),
        place = new Map(cn.data.nodes.name.map((name, i) => [name, i]));
  return names.map(name => {
    const i = place.get(name), [x, y] = cn.frame.project(cn.data.nodes.x[i], cn.data.nodes.y[i]);
    return [box.left + x, box.top + y];
  });
}"""
_PYVIS = """([names]) => {
  const box = document.getElementById('mynetwork').getBoundingClientRect();
  return names.map(name => {
    const at = network.canvasToDOM(network.getPosition(name));
    return [box.left + at.x, box.top + at.y];
  });
}"""
_GRAVIS = """([names]) => {
  const marks = [...document.querySelectorAll('svg circle')],
        place = new Map(marks.map(mark => [mark.__data__ && mark.__data__.hover, mark]));
  return names.map(name => {
    const mark = place.get(name);
    if (!mark) return null;
    const box = mark.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];
  });
}"""
# Without a connection no picture of ipysigma comes, so nobody asks where its nodes are.
_SIGMA = "() => []"

PICTURES: MappingProxyType[str, Picture] = MappingProxyType(
    {
        "clusternet": Picture("#stage", _OURS),
        "plotly, SVG": Picture(".js-plotly-plot .cartesianlayer", _PLOTLY),
        "plotly, WebGL": Picture(".js-plotly-plot", _PLOTLY),
        "pyvis": Picture("#mynetwork", _PYVIS),
        "gravis": Picture("[id$=graph-div]", _GRAVIS),
        "ipysigma": Picture(".sigma-nodes", _SIGMA),
    }
)
