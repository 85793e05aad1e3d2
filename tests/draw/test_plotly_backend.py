import json

import plotly.graph_objects as go

from clusternet.draw import draw_map, figure_json, marks


def test_one_trace_per_cluster_and_layer(network, partition, scores):
    figure = draw_map(network, partition, scores)
    shown = [trace for trace in figure.data if trace.showlegend is not False]
    enterprises = [trace.name for trace in shown if trace.legend == "legend"]
    linkages = [trace.name for trace in shown if trace.legend == "legend2"]
    assert len(enterprises) == 5  # two clusters, in no cluster, outside partners, the numbers
    assert "Cluster 0: sawing · North" in enterprises[0].replace("\u2068", "").replace("\u2069", "")
    assert "In no cluster" in enterprises[2]
    assert "Outside partners" in enterprises[3]
    assert len(linkages) == 3
    assert sum("→" in name for name in linkages) == 1
    assert figure.layout.legend.title.text == "<b>Enterprises</b>"


def test_lines_and_evidence_of_a_layer_are_switched_together(network, partition):
    figure = draw_map(network, partition)
    for trace in figure.data:
        if trace.showlegend is False:
            partner = [other for other in figure.data if other.legendgroup == trace.legendgroup and other is not trace]
            assert [other.mode for other in partner] == ["lines"]
    assert figure.layout.legend2.groupclick == "togglegroup"


def test_directed_layers_have_arrows(network, partition):
    symbols = {
        trace.name: trace.marker.symbol for trace in draw_map(network, partition).data if trace.mode == "markers"
    }
    assert [symbol for name, symbol in symbols.items() if "Supply" in name] == ["triangle-up"]
    assert [symbol for name, symbol in symbols.items() if "stock" in name] == ["circle"]


def test_texts_are_escaped(network, partition):
    figure = draw_map(network, partition)
    assert "&lt;i&gt;wood" in figure.layout.title.text


def test_a_large_map_is_drawn_by_the_graphics_card(network, partition, monkeypatch):
    monkeypatch.setattr(marks, "LARGE_MAP", 5)
    figure = draw_map(network, partition)
    assert sum(isinstance(trace, go.Scattergl) for trace in figure.data) == len(figure.data) - 1
    # A page must do without: its security policy forbids the code that plotly would compile.
    assert "scattergl" not in figure_json(figure)


def test_the_same_figure_gives_the_same_bytes_without_a_template(network, partition, scores):
    first, second = (figure_json(draw_map(network, partition, scores, seed=2)) for _ in range(2))
    assert first == second
    assert not json.loads(first)["layout"].get("template")


def test_arabic_turns_the_legend_to_the_other_side(network, partition):
    figure = draw_map(network, partition, language="ar")
    assert figure.layout.legend.xanchor == "right"
