"""What a cluster's page says of gaps, plan and openings."""

import pandas as pd

from clusternet.draw.chain import STATUS_LABELS
from clusternet.metrics import METRICS, score
from clusternet.model import ClusteredNetwork, Network, Partition
from clusternet.report.cluster_pages import translated_note
from clusternet.report.outlook import MOST_SHOWN, outlook
from clusternet.report.tables import contract_tables


def workshops():
    """b saws boards for c, who joins panels; d, outside the cluster, could paint them."""
    enterprises = pd.DataFrame(
        {
            "enterprise_id": ["a", "b;1", "c", "d"],
            "name": ["Ali", "Badr <b>", "Camal", "Dina"],
            "stage": [None, "sawing", "joining", "painting"],
        }
    )
    resources = pd.DataFrame(
        [("b;1", "boards", "offer", 3.0, 2.0), ("c", "boards", "need", 4.0, None)],
        columns=["enterprise_id", "resource", "role", "quantity", "unit_cost"],
    )
    recipes = pd.DataFrame(
        {
            "product": ["painted panels", "panels", "boards"],
            "stage": ["painting", "joining", "sawing"],
            "input": ["panels", "boards", "logs"],
            "quantity": 1.0,
        }
    )
    linkages = pd.DataFrame({"source": ["a"], "target": ["c"], "layer": "supply"})
    network = Network.from_tables(enterprises, linkages, resources, recipes)
    partition = Partition.from_labels(network.enterprise_ids, [0, 0, 0, -1])
    return network, partition, score(ClusteredNetwork(network, partition), [METRICS["density"]])


def test_a_page_says_what_is_there_what_is_missing_and_who_could_help():
    network, _, scores = workshops()
    ahead = outlook(network, scores, "en")(0)
    assert ahead["final_product"] == "painted panels"
    status = {row["product"]: (row["status"], row["makers"]) for row in ahead["chain"]}
    # An id with the separator in it is not torn apart silently: its pieces stand there as they are.
    assert status["boards"] == (STATUS_LABELS["single_supplier"], "\u2068b\u2069; \u20681\u2069")
    assert status["painted panels"] == ("missing", "")
    assert status["logs"] == ("raw input", "")
    assert [(row["supplier"], row["buyer"], row["quantity"], row["cost"]) for row in ahead["plan"]] == [
        ("Badr <b>", "Camal", "3", "6")
    ]
    # Nobody inside waits for painted panels, but Camal has the panels that Dina would paint.
    pairs = {(row["supplier"], row["buyer"]): row["resources"] for row in ahead["openings"]}
    assert pairs == {("Badr <b>", "Camal"): "boards", ("Camal", "Dina"): "painted panels"}
    assert ahead["plan_left"] == ahead["openings_left"] == 0
    assert outlook(network, scores, "en")(7)["chain"] == []


def test_statuses_and_notes_are_said_in_arabic():
    network, _, scores = workshops()
    rows = outlook(network, scores, "ar")(0)["chain"]
    assert not {row["status"] for row in rows} & set(STATUS_LABELS.values())
    note = translated_note("Left out, because no offer says its price: wood", "ar")
    assert note.endswith(": wood")
    assert not note.startswith("Left")


def test_long_lists_are_cut_and_counted():
    network, _, scores = workshops()
    many = pd.concat([scores.openings] * (MOST_SHOWN + 3), ignore_index=True)
    object.__setattr__(scores, "openings", many)
    ahead = outlook(network, scores, "en")(0)
    assert len(ahead["openings"]) == MOST_SHOWN
    assert ahead["openings_left"] == len(many) - MOST_SHOWN


def test_the_files_hold_the_tables_of_the_scores():
    network, partition, scores = workshops()
    tables = contract_tables(network, partition, scores, [], language="en")
    for name in ("plan", "gaps", "openings"):
        pd.testing.assert_frame_equal(tables[name], getattr(scores, name))
        assert len(tables[name])
