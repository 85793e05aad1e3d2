"""Quadrant, profile, matrices, stability, chain and flow: as marks without plotly, then each as a figure."""

from dataclasses import replace

import networkx
import numpy as np
import pandas as pd
import pytest

from clusternet.draw import (
    draw_chain,
    draw_flow,
    draw_matrix,
    draw_profile,
    draw_quadrant,
    draw_stability,
    figure_json,
)
from clusternet.draw.chain import chain_marks
from clusternet.draw.flow import MOST_FLOWS, flow_marks
from clusternet.draw.matrix import matrix_marks
from clusternet.draw.profile import profile_marks
from clusternet.draw.quadrant import quadrant_marks, share_interval
from clusternet.draw.stability import stability_marks
from clusternet.errors import InputError
from clusternet.messages import LANGUAGES
from clusternet.model import Network, Partition
from clusternet.model.layers import STANDARD_LAYERS
from clusternet.model.provenance import Provenance, Step
from clusternet.model.scores import CLUSTER_COLUMNS, GAP_COLUMNS, PLAN_COLUMNS


@pytest.fixture
def tested(scores):
    rows = [(0, 0.99, 0.01, 0.01, 0.5, 0.5, 0.5, "club", 0.8), (1, 0.4, 0.6, 0.6, np.nan, np.nan, np.nan, "", np.nan)]
    gaps = [
        (0, "door", "door", "joinery", "single_supplier", "c"),
        (0, "door", "boards", "sawing", "present", "a;b"),
        (0, "door", "glue", "glue", "missing", ""),
        (0, "door", "logs", "", "raw", "a"),
    ]
    plan = [(0, "boards", "m3", "a", "b", 4.0, 2.0, 8.0), (0, "boards", "m3", "a", "c", 5.0, 2.0, 10.0)]
    return replace(
        scores,
        clusters=pd.DataFrame(rows, columns=list(CLUSTER_COLUMNS)),
        gaps=pd.DataFrame(gaps, columns=list(GAP_COLUMNS)),
        plan=pd.DataFrame(plan, columns=list(PLAN_COLUMNS)),
        provenance=Provenance(steps=(Step("score_clusters", {"draws": 100}),)),
    )


@pytest.fixture
def chained(network):
    recipes = pd.DataFrame(
        [("boards", "sawing", "logs", 2.0), ("door", "joinery", "boards", 3.0), ("door", "joinery", "glue", 0.1)],
        columns=["product", "stage", "input", "quantity"],
    )
    return replace(network, recipe_table=recipes)


class TestQuadrant:
    def test_a_point_for_each_cluster_that_was_tested_in_both_families(self, tested, partition, network):
        marks = quadrant_marks(tested, partition, network)
        assert marks.points[["cluster", "size", "x", "y", "verdict"]].values.tolist() == [[0, 3, 0.99, 0.5, "club"]]
        assert marks.left_out == 1
        assert marks.draws == 100
        assert quadrant_marks(tested, language="ar").points["verdict"].item() not in ("club", "")

    def test_wilson_by_hand(self):
        # 95 of 100: (0.95 + 0.0192 ± 1.96 * sqrt(0.000475 + 0.000096)) / 1.0384
        low, high = share_interval(np.array([0.95]), 100)
        assert low.item() == pytest.approx(0.8882, abs=1e-3)
        assert high.item() == pytest.approx(0.9785, abs=1e-3)
        assert np.isnan(share_interval(np.array([0.5]), 0)).all()

    def test_the_interval_holds_the_share_and_narrows(self):
        share = np.linspace(0, 1, 21)
        few, many = share_interval(share, 19), share_interval(share, 999)
        assert (few[0] <= share).all()
        assert (share <= few[1]).all()
        assert ((many[1] - many[0]) < (few[1] - few[0])).all()


class TestProfile:
    def test_scores_stand_on_the_range_of_their_card(self, tested):
        marks = profile_marks(tested, 0)
        assert marks.rows["label"].tolist() == ["Density", f"Density: {STANDARD_LAYERS['stock'].label}"]
        assert marks.rows["at"].tolist() == [1.0, pytest.approx(2 / 3)]
        assert not marks.rows["sure"].any()

    def test_scores_without_bounds_are_named_and_not_drawn(self, tested):
        assert profile_marks(tested, 1).left_out == ("Density",)

    def test_an_unknown_cluster_is_an_error(self, tested):
        with pytest.raises(InputError, match="7"):
            profile_marks(tested, 7)


class TestMatrix:
    def test_density_by_layer_by_hand(self, network, partition):
        layers = matrix_marks(network, partition).layers
        # Cluster 0 (a, b, c): supply links a-b and b-c; stock links a-b and a-c; two of three pairs each.
        assert layers.iloc[0].to_dict() == pytest.approx(
            {name: 2 / 3 if "tock" in name or "upply" in name else 0.0 for name in layers.columns}
        )

    def test_observed_over_expected_agrees_with_networkx(self, network, partition):
        blocks = matrix_marks(network, partition).blocks.to_numpy()
        graph = network.to_networkx()
        group = dict(zip(network.enterprise_ids, partition.codes, strict=True))
        strength = dict(graph.degree(weight="weight"))
        total = sum(strength.values())
        for one in range(2):
            for other in range(2):
                seen = sum(
                    data["weight"]
                    for a, b, data in networkx.DiGraph(graph).edges(data=True)
                    if group.get(a) == one and group.get(b) == other
                )
                volume = [sum(strength[node] for node in graph if group.get(node) == code) for code in (one, other)]
                assert blocks[one, other] == pytest.approx(seen * total / (volume[0] * volume[1]))


class TestStability:
    def test_members_by_certainty_and_clusters_by_stability(self, network, partition, tested):
        sure = replace(partition, member_certainty=np.array([1.0, 0.5, np.nan, 0.2, 0.4, 0.6, 0.9, 0.9]))
        marks = stability_marks(network, sure, tested)
        assert marks.members[["cluster", "id"]].values.tolist() == [[0, "b"], [0, "a"], [1, "d"], [1, "e"], [1, "f"]]
        assert marks.clusters["certainty"].tolist() == pytest.approx([0.75, 0.4])
        assert marks.clusters["stability"].tolist() == pytest.approx([0.8, np.nan], nan_ok=True)


class TestChain:
    def test_products_stand_one_step_after_their_inputs(self, chained, tested):
        marks = chain_marks(chained, tested, 0)
        assert dict(zip(marks.products["product"], marks.products["step"], strict=True)) == {
            "door": 2,
            "boards": 1,
            "glue": 0,
            "logs": 0,
        }
        assert marks.final_product == "door"
        assert marks.products["makers"].tolist() == [["Cedar"], ["Oak & Sons", "ورشة النور"], [], ["Oak & Sons"]]
        assert len(marks.flows) == 3

    def test_a_circle_ends(self, chained, tested):
        turning = pd.concat(
            [
                chained.recipe_table,
                pd.DataFrame([("logs", "", "door", 1.0)], columns=["product", "stage", "input", "quantity"]),
            ]
        )
        assert chain_marks(replace(chained, recipe_table=turning), tested, 0).products["step"].max() <= 4

    def test_a_cluster_without_chain_is_empty(self, chained, tested):
        assert chain_marks(chained, tested, 1).products.empty


class TestFlow:
    def test_the_dearest_deliveries_first(self, network, tested):
        marks = flow_marks(network, tested, 0)
        assert marks.by_cost
        assert marks.flows["buyer"].tolist() == ["Cedar", "ورشة النور"]
        assert marks.flows["width"].tolist() == [10.0, 8.0]

    def test_without_prices_every_delivery_is_as_wide(self, network, tested):
        free = replace(tested, plan=tested.plan.assign(cost=np.nan))
        assert flow_marks(network, free).flows["width"].tolist() == [1.0, 1.0]

    def test_what_is_left_out_is_told(self, network, tested):
        many = replace(tested, plan=pd.concat([tested.plan] * 40, ignore_index=True))
        marks = flow_marks(network, many)
        assert len(marks.flows) == MOST_FLOWS
        assert "80" in marks.note


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_every_figure_is_made_twice_alike_and_escaped(chained, partition, tested, language):
    def figures():
        yield draw_quadrant(tested, partition, chained, language=language)
        yield draw_profile(tested, 0, language=language)
        yield draw_matrix(chained, partition, language=language)
        yield draw_stability(chained, partition, tested, language=language)
        yield draw_chain(chained, tested, 0, language=language)
        yield draw_flow(chained, tested, language=language)

    first, second = ([figure_json(figure) for figure in figures()] for _ in range(2))
    assert first == second
    assert not any("Oak & Sons" in text for text in first)


def test_nothing_to_draw_is_no_error(scores):
    empty = Network.from_edges([], [])
    nobody = Partition(empty.enterprise_ids, np.zeros(0, dtype=np.int64))
    bare = replace(scores, rows=scores.rows.iloc[:0])
    assert quadrant_marks(bare).points.empty
    assert matrix_marks(empty, nobody).blocks.empty
    assert stability_marks(empty, nobody).members.empty
    assert flow_marks(empty, bare).flows.empty
    for figure in (draw_quadrant(bare), draw_matrix(empty, nobody), draw_stability(empty, nobody)):
        assert figure.data
