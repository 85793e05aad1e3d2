"""Marks as plotly figures: the only folder that knows plotly."""

from clusternet.draw.plotly_backend.charts import (
    draw_matrix,
    draw_profile,
    draw_quadrant,
    draw_stability,
)
from clusternet.draw.plotly_backend.map_figure import draw_map, draw_marks, figure_json, plotly_script
from clusternet.draw.plotly_backend.sankeys import draw_chain, draw_flow

__all__ = [
    "draw_chain",
    "draw_flow",
    "draw_map",
    "draw_marks",
    "draw_matrix",
    "draw_profile",
    "draw_quadrant",
    "draw_stability",
    "figure_json",
    "plotly_script",
]
