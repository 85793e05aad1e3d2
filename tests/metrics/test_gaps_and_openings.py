"""Gaps and openings, worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from clusternet.metrics import METRICS, score
from clusternet.metrics.gaps import gaps_table
from clusternet.metrics.openings import MOST_OPENINGS, openings_table
from clusternet.model import ClusteredNetwork, Network, Partition
from clusternet.model.scores import GAP_COLUMNS, OPENING_COLUMNS
from clusternet.planted import plant_survey

#: Doors from painted panels from panels from boards: four stages.
RECIPES = pd.DataFrame(
    {
        "product": ["doors", "doors", "painted panels", "painted panels", "panels", "boards"],
        "stage": ["hanging", "hanging", "painting", "painting", "joining", "sawing"],
        "input": ["painted panels", "hinges", "panels", "paint", "boards", "logs"],
        "quantity": [1.0, 2.0, 1.0, 0.1, 3.0, 0.5],
    }
)


@pytest.fixture(scope="module")
def doors():
    """a and b saw, c joins, d hangs doors, nobody in the cluster paints; x paints and y saws outside it."""
    enterprises = pd.DataFrame(
        {
            "enterprise_id": list("abcdxy"),
            "stage": ["sawing", "sawing", "joining", "hanging", "painting", "sawing"],
        }
    )
    linkages = pd.DataFrame({"source": ["a", "c"], "target": ["c", "d"], "layer": "supply"})
    resources = pd.DataFrame(
        [
            ("a", "boards", "offer", 5.0),
            ("b", "boards", "offer", 2.0),
            ("c", "boards", "need", 8.0),
            ("d", "hinges", "need", 2.0),
            ("y", "boards", "offer", 4.0),
            ("b", "hinges", "offer", 1.0),
        ],
        columns=["enterprise_id", "resource", "role", "quantity"],
    )
    network = Network.from_tables(enterprises, linkages, resources, RECIPES)
    return ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, [0, 0, 0, 0, -1, -1]))


def test_a_chain_of_four_stages_with_one_missing(doors):
    assert METRICS["stage_coverage"](doors)[0] == 3 / 4
    # Boards have two makers; panels and doors have one each.
    assert METRICS["single_supplier_share"](doors)[0] == pytest.approx(2 / 3)
    table = gaps_table(doors)
    assert tuple(table.columns) == GAP_COLUMNS
    assert table.drop(columns=["cluster", "final_product"]).values.tolist() == [
        ["boards", "sawing", "present", "a;b"],
        ["doors", "hanging", "single_supplier", "d"],
        ["painted panels", "painting", "missing", ""],
        ["panels", "joining", "single_supplier", "c"],
        ["hinges", "", "raw", "b"],
        ["logs", "", "raw", ""],
        ["paint", "", "raw", ""],
    ]
    assert set(table["final_product"]) == {"doors"}


def test_openings_inside_and_with_recruits(doors):
    """Needs are 8 boards and 2 hinges. a-c is linked; b could give c 2 of 8 and d 1 of 2; y could give c 4 of 8; and
    x, who paints, would close the chain before d."""
    table = openings_table(doors)
    assert tuple(table.columns) == OPENING_COLUMNS
    assert table.values.tolist() == [
        [0, "b", "d", "hinges", 1 / 2 / 2, 0.0],
        [0, "x", "d", "painted panels", 0.0, 1 / 4],
        [0, "y", "c", "boards", 4 / 8 / 2, 0.0],
        [0, "b", "c", "boards", 2 / 8 / 2, 0.0],
    ]


def test_a_cluster_that_makes_nothing_has_no_gaps():
    network = Network.from_tables(
        pd.DataFrame({"enterprise_id": ["a", "b"]}),
        pd.DataFrame({"source": ["a"], "target": ["b"]}),
        recipes=RECIPES,
    )
    c = ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, [0, 0]))
    assert METRICS["stage_coverage"](c)[0] == 0
    assert gaps_table(c).empty
    assert openings_table(c).empty


def test_tables_of_a_planted_survey_hold_what_the_scores_say():
    tables = plant_survey(150, seed=4)
    network = Network.from_tables(tables.enterprises, tables.linkages, tables.resources, tables.recipes)
    truth = Partition.from_labels(network.enterprise_ids, tables.truth.set_index("enterprise_id")["cluster"])
    c = ClusteredNetwork(network, truth)
    scores = score(c, METRICS.values())
    chain = scores.gaps[scores.gaps["status"] != "raw"]
    share = chain["status"].ne("missing").groupby(chain["cluster"]).mean()
    np.testing.assert_allclose(share, scores.wide()["stage_coverage"])
    openings = scores.openings.assign(
        inside=np.logical_and.reduce(
            [
                truth.labels[scores.openings[end]].to_numpy() == scores.openings["cluster"]
                for end in ("supplier", "buyer")
            ]
        )
    )
    assert openings.groupby(["cluster", "inside"]).size().max() <= MOST_OPENINGS
    assert (openings.loc[openings["inside"], "stage_coverage_gain"] == 0).all()
    assert (openings["need_coverage_gain"] + openings["stage_coverage_gain"] > 0).all()
    flat = {frozenset(network.node_ids[[i, j]]) for i, j in zip(network.flat.first, network.flat.second, strict=True)}
    assert not flat & {frozenset(pair) for pair in zip(openings["supplier"], openings["buyer"], strict=True)}
    assert set(truth.labels[openings.loc[openings["inside"], "buyer"]]) == set(range(c.k))
    bare = score(c, [METRICS["density"]], tables=False)
    assert bare.plan.empty
    assert bare.gaps.empty
    assert bare.openings.empty
