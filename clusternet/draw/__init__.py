"""From nouns to pictures: nouns become marks (plain tables of what will be drawn), and marks become a figure."""

from clusternet.draw.cluster_labels import cluster_labels, describe_clusters
from clusternet.draw.layout import lay_out
from clusternet.draw.map_payload import map_payload
from clusternet.draw.marks import MapMarks, map_marks
from clusternet.draw.plotly_backend import (
    draw_chain,
    draw_flow,
    draw_map,
    draw_matrix,
    draw_profile,
    draw_quadrant,
    draw_stability,
    figure_json,
    plotly_script,
)
from clusternet.draw.sketch import sketch_cluster, sketch_map

__all__ = [
    "MapMarks",
    "cluster_labels",
    "describe_clusters",
    "draw_chain",
    "draw_flow",
    "draw_map",
    "draw_matrix",
    "draw_profile",
    "draw_quadrant",
    "draw_stability",
    "figure_json",
    "lay_out",
    "map_marks",
    "map_payload",
    "plotly_script",
    "sketch_cluster",
    "sketch_map",
]
