import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from clusternet.draw.cluster_labels import cluster_labels, describe_clusters, idle_names
from clusternet.draw.quadrant import quadrant_marks
from clusternet.draw.sketch_quadrant import sketch_quadrant
from clusternet.model import Partition
from clusternet.model.scores import CLUSTER_COLUMNS, COLUMNS, GAP_COLUMNS, OPENING_COLUMNS
from clusternet.report.advice import advice
from clusternet.report.glance import action_plan, jobs_sentence, ranked_clusters, strongest

sys.path.insert(0, str(Path(__file__).parents[1] / "draw"))

#: A row of scores that says nothing yet.
_EMPTY = {**dict.fromkeys(COLUMNS, np.nan), "note": ""}


@pytest.fixture
def tested(scores):
    rows = [
        (0, 0.99, 0.01, 0.01, 0.5, 0.5, 0.5, "club", 0.8),
        (1, 0.9, 0.04, 0.04, 0.98, 0.01, 0.01, "natural cluster", 0.9),
    ]
    gaps = [
        (0, "door", "door", "joinery", "single_supplier", "c"),
        (0, "door", "glue", "glue", "missing", ""),
        (0, "door", "logs", "", "raw", "a"),
    ]
    openings = [
        (0, "a", "b", "boards;logs", 0.25, 0.0),
        (0, "a", "e", "boards", 0.5, 0.0),
        (0, "b", "c", "x", 0.001, 0.0),
    ]
    return replace(
        scores,
        clusters=pd.DataFrame(rows, columns=list(CLUSTER_COLUMNS)),
        gaps=pd.DataFrame(gaps, columns=list(GAP_COLUMNS)),
        openings=pd.DataFrame(openings, columns=list(OPENING_COLUMNS)),
    )


@pytest.fixture
def chained(network):
    recipes = pd.DataFrame(
        [("door", "joinery", "glue", 1.0), ("glue", "glue", "logs", 1.0)],
        columns=["product", "stage", "input", "quantity"],
    )
    return replace(network, recipe_table=recipes)


class TestAdvice:
    def test_a_missing_stage_is_to_be_recruited_from_who_has_it(self, chained, partition, tested):
        found = advice(chained, partition, tested, "en")[0]
        recruit = next(entry for entry in found if entry.kind == "recruit")
        # Glue is made by d, e and f of the other cluster; the chain has two products besides the raw input.
        assert recruit.gain == 0.5
        assert "Door &lt;b&gt;" in recruit.sentence
        assert "50" in recruit.sentence

    def test_a_single_supplier_is_to_be_backed_up(self, chained, partition, tested):
        found = advice(chained, partition, tested, "en")[0]
        assert any(entry.kind == "back_up" and "Cedar" in entry.sentence for entry in found)

    def test_two_members_that_fit_are_to_be_connected_and_nobody_else(self, chained, partition, tested):
        connect = [entry for entry in advice(chained, partition, tested, "en")[0] if entry.kind == "connect"]
        assert [entry.gain for entry in connect] == [0.25]
        assert "Oak &amp; Sons" in connect[0].sentence

    def test_those_who_did_not_answer_are_to_be_asked(self, chained, partition, tested):
        # d, one of the three members of cluster 1, did not answer.
        ask = [entry for entry in advice(chained, partition, tested, "en")[1] if entry.kind == "ask"]
        assert [round(entry.gain, 6) for entry in ask] == [round(1 / 3, 6)]
        assert not [entry for entry in advice(chained, partition, tested, "en")[0] if entry.kind == "ask"]

    def test_a_member_that_holds_others_is_to_be_backed_up(self, chained, partition, tested):
        # In cluster 1, e - d - f is not there: e links d and f, f links d: a triangle; nobody can be cut off.
        assert not [entry for entry in advice(chained, partition, tested, "en")[1] if entry.kind == "back_up"]
        star = Partition.from_labels(
            chained.enterprise_ids, {**dict.fromkeys("abcef", 0), "d": -1, "g": -1, "lone": -1}
        )
        # a, b and c hang together; c alone links them to f, and f alone links e: two of four others hang on f or c.
        cut = [entry for entry in advice(chained, star, tested, "en")[0] if "cut off" in entry.sentence]
        assert sorted(entry.gain for entry in cut) == [0.25, 0.5]

    def test_kinds_take_turns(self, chained, partition, tested):
        kinds = [entry.kind for entry in advice(chained, partition, tested, "en")[0]]
        assert kinds[:3] == ["recruit", "connect", "back_up"]

    def test_ties_are_to_be_confirmed_only_below_the_whole_survey(self, chained, partition, tested):
        row = {**_EMPTY, "cluster": 0, "family": "evidence", "metric": "confirmed_share"}
        card = replace(tested.cards["density"], name="confirmed_share", family="evidence")
        low = replace(
            tested,
            rows=pd.concat([tested.rows, pd.DataFrame([{**row, "value": 0.1, "note": ""}])], ignore_index=True),
            cards={**tested.cards, "confirmed_share": card},
        )
        half = replace(chained, ties=replace(chained.ties, confirmed=np.arange(len(chained.ties)) % 2 == 0))
        assert [entry.gain for entry in advice(half, partition, low, "en")[0] if entry.kind == "confirm"] == [0.9]
        nobody = replace(chained, ties=replace(chained.ties, confirmed=np.zeros(len(chained.ties), dtype=bool)))
        assert not [entry for entry in advice(nobody, partition, low, "en")[0] if entry.kind == "confirm"]

    def test_glue_no_better_than_chance_is_to_be_strengthened(self, chained, partition, tested):
        row = {**_EMPTY, "cluster": 0, "family": "glue", "metric": "glue_density"}
        card = replace(tested.cards["density"], name="glue_density", family="glue")
        weak = replace(
            tested,
            rows=pd.concat(
                [tested.rows, pd.DataFrame([{**row, "value": 0.25, "chance_mean": 0.5, "note": ""}])], ignore_index=True
            ),
            cards={**tested.cards, "glue_density": card},
        )
        assert [entry.gain for entry in advice(chained, partition, weak, "en")[0] if entry.kind == "glue"] == [0.25]

    def test_no_rule_no_advice_of_that_kind(self, network, partition, scores):
        kinds = {entry.kind for entry in advice(network, partition, scores, "en")[0]}
        assert not kinds & {"recruit", "connect"}

    def test_every_piece_names_its_rule_in_either_language(self, chained, partition, tested):
        for language in ("en", "ar"):
            for found in advice(chained, partition, tested, language).values():
                assert all(entry.rule and entry.sentence and 0 <= entry.gain <= 1 for entry in found)


class TestGlance:
    def test_natural_clusters_come_first(self, partition, tested):
        assert ranked_clusters(partition, tested) == [1, 0]

    def test_untested_clusters_come_by_number(self, partition, scores):
        assert ranked_clusters(partition, scores) == [0, 1]

    def test_the_strongest_have_facts_and_plain_words(self, chained, partition, tested):
        labels = cluster_labels(chained, partition)
        found = strongest(chained, partition, tested, labels, advice(chained, partition, tested, "en"), "en")
        assert [row["number"] for row in found] == [1, 0]
        assert found[1]["facts"] == "3 enterprises · 8 jobs"
        assert "complete one another" in found[0]["verdict"]

    def test_jobs_are_counted_where_they_are_told(self, network, partition):
        sentence = jobs_sentence(network, partition, "en")
        assert "19 jobs" in sentence
        assert " 14 are in a cluster" in sentence

    def test_the_plan_has_a_row_for_each_cluster_with_advice(self, chained, partition, tested):
        labels = cluster_labels(chained, partition)
        rows = action_plan(partition, tested, labels, advice(chained, partition, tested, "en"), "en")
        assert [row["number"] for row in rows] == [1, 0]


class TestNames:
    def test_the_study_names_a_cluster_by_one_of_its_members(self, network, partition):
        named = replace(
            network, settings=network.settings.replaced(cluster_names={"b": "Oak street", "e": "Glue lane"})
        )
        assert cluster_labels(named, partition) == ["Oak street", "Glue lane"]
        assert idle_names(named, partition) == []

    def test_names_that_reach_no_cluster_are_told(self, network, partition):
        names = {"a": "first", "b": "second", "lone": "alone", "zzz": "nobody"}
        named = replace(network, settings=network.settings.replaced(cluster_names=names))
        assert cluster_labels(named, partition)[0] == "first"
        told = idle_names(named, partition)
        assert [problem.value for problem in told] == ["b", "lone", "zzz"]
        assert {problem.code for problem in told} == {"E09"}

    def test_products_name_a_cluster_whose_stages_are_not_known(self, network, partition):
        ledger = network.ledger
        offers = pd.DataFrame({**dict.fromkeys(ledger.columns), "enterprise": [3, 4, 5], "resource": "chairs"})
        offers = offers.assign(role="offer", factor="product").astype(ledger.dtypes.to_dict())
        bare = replace(
            network,
            register=network.register.assign(stage=pd.Series([None] * 8, dtype="str")),
            ledger=pd.concat([ledger, offers], ignore_index=True),
        )
        assert describe_clusters(bare, partition)["product"].tolist()[1] == "chairs"
        assert cluster_labels(bare, partition)[1].startswith("chairs")


class TestQuadrant:
    def test_discs_stand_apart_inside_the_frame(self, tested, partition, network):
        many = pd.concat([tested.clusters.assign(cohesion_index=1.0, complementarity_index=1.0)] * 8, ignore_index=True)
        marks = quadrant_marks(replace(tested, clusters=many.assign(cluster=np.arange(len(many)) % 2)), partition)
        drawing = sketch_quadrant(marks, label='a "label" <b>')
        assert drawing.count("<circle") == 16
        assert "<b>" not in drawing
        assert 'role="img"' in drawing

    def test_every_point_lies_in_the_field_of_its_verdict(self, tested, partition):
        marks = quadrant_marks(tested, partition)
        beyond = (marks.points["x"] > marks.x_line).tolist(), (marks.points["y"] > marks.y_line).tolist()
        assert beyond == ([True, True], [False, True])
        none = quadrant_marks(replace(tested, clusters=tested.clusters.assign(cohesion_q=1.0)), partition)
        assert (none.points["x"] < none.x_line).all()

    def test_nothing_tested_nothing_drawn(self, scores):
        assert sketch_quadrant(quadrant_marks(scores), label="x") == ""
