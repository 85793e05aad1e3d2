"""The section on the data: every figure worked by hand on a survey of six enterprises."""

import re

import numpy as np
import pandas as pd
import pytest

from clusternet.errors import Problem
from clusternet.messages import LANGUAGES
from clusternet.model import Network, Partition, Scores, Settings, Survey
from clusternet.model.receipt import FileRead, Receipt, RowsDropped, TableRows
from clusternet.model.scores import COLUMNS
from clusternet.report import write_report
from clusternet.report.data_quality import data_quality
from clusternet.report.nominations import agreement, cap_rows

#: E6 did not answer. E1 names three in supply, as many as the form allows, and four in all.
ROWS = [
    ("E1", "E2", "supply", "E1"),
    ("E1", "E3", "supply", "E1"),
    ("E1", "E4", "supply", "E1"),
    ("E1", "E2", "supply", "E2"),
    ("E3", "E1", "supply", "E1"),
    ("E1", "E5", "stock", "E1"),
    ("E2", "E6", "stock", "E2"),
    ("E4", "Big Mill", "supply", "E4"),
    ("E2", "E2", "stock", "E2"),
]


def survey(**changes):
    count = 6
    register = pd.DataFrame(
        {
            "enterprise_id": [f"E{place}" for place in range(1, count + 1)],
            "name": list("abcdef"),
            "respondent": ["yes"] * 5 + ["no"],
            "workers": [1, np.nan, 3, np.nan, 5, np.nan],
            "sector": ["31"] * 6,
        }
    )
    linkages = pd.DataFrame(ROWS, columns=["source", "target", "layer", "reporter"])
    resources = pd.DataFrame(
        {"enterprise_id": ["E1", "E2"], "resource": ["oak", "oak"], "role": ["need", "offer"], "quantity": [1.0, 2.0]}
    )
    settings = Settings(design="generator", boundary="All", **changes)
    made = Survey.from_tables(register, linkages, resources, settings=settings)
    files = (FileRead("survey.xlsx", "XLSX", "", "", 15),)
    tables = (TableRows("enterprises", 7, 6, {"C01": 1}), TableRows("linkages", 9, 9))
    receipt = Receipt("workbook", "One XLSX.", files, tables, (RowsDropped("Form", "E11", 2),))
    return Survey(made.tables, settings, problems=made.problems, receipt=receipt)


def network_of(made):
    return Network.from_tables(*made.tables.values(), settings=made.settings)


def quality(language="en", problems=(), **changes):
    made = survey(**changes)
    return data_quality(network_of(made), problems, language, made)


def test_who_was_asked_and_who_answered():
    rows = dict(quality(max_nominations=3)["rows"])
    assert rows["Enterprises in the register"] == "6"
    assert rows["Answered"].replace("\N{NO-BREAK SPACE}", " ") == "5 of 6 (83 %)"
    assert rows["Largest number of partners on the form"] == 3
    assert rows["Outside partners named"] == "1"


def test_what_was_read_and_what_became_of_it():
    found = quality()
    assert found["files"] == [
        {"name": "survey.xlsx", "format": "XLSX", "encoding": "–", "separator": "–", "rows": "15"}
    ]
    register, linkages, form = found["fates"]
    assert (register["read"], register["kept"], register["dropped"]) == ("7", "6", "1")
    assert register["why"] == ["An enterprise twice, word for word [C01]: 1"]
    assert (linkages["dropped"], linkages["why"]) == ("0", [])
    assert (form["dropped"], form["read"]) == ("2", "–")
    assert found["left_out"] == ["1 reported linkages of an enterprise with itself were left out."]


def test_the_limit_is_counted_by_layer_where_the_form_does_so():
    supply, stock = quality(max_nominations=3)["caps"][::-1]
    assert supply == {
        "label": "Supply",
        "named": "3",
        "capped": "1",
        "share": "33\N{NO-BREAK SPACE}%",
        "beyond": 0,
        "most": "3",
    }
    assert (stock["label"], stock["named"], stock["capped"], stock["most"]) == ("Shared stock", "2", "0", "1")


def test_the_limit_is_counted_over_all_layers_where_nobody_goes_beyond():
    [together] = quality(max_nominations=4)["caps"]
    assert (together["label"], together["named"], together["capped"]) == ("All layers together", "3", "1")
    assert [row["beyond"] for row in quality(max_nominations=2)["caps"]] == [0, 1]
    assert quality()["caps"] == []
    assert cap_rows(None, "en") == []


@pytest.mark.parametrize("ties", ["union", "intersection"])
def test_union_and_intersection_are_told_whichever_was_used(ties):
    found = quality(ties=ties)["agreement"]
    stock, supply = found["rows"]
    # E1-E2 is confirmed; of the others between two who answered none is.
    assert (supply["union"], supply["both"], supply["confirmed"], supply["intersection"]) == ("5", "4", "1", "2")
    assert (stock["union"], stock["both"], stock["confirmed"], stock["intersection"]) == ("2", "1", "0", "1")
    assert found["pairs"] == {"union": "6", "intersection": "3"}


def test_the_intersection_has_as_many_pairs_as_the_network_built_with_it():
    made = survey()
    both = Network.from_tables(*made.tables.values(), settings=made.settings, ties="intersection")
    assert agreement(network_of(made), "en")["pairs"]["intersection"] == str(len(both.flat))


def test_questions_that_stayed_open_are_counted_among_those_who_answered():
    found = quality()
    rows = {row["label"]: (row["missing"], row["asked"]) for row in found["missing"]}
    assert rows["Workers"] == ("2", "5")
    assert rows["Sector"] == ("0", "5")
    assert rows["Quantity of a need or an offer"] == ("0", "2")
    assert "Cost of an offer" in found["not_asked"]
    assert "Turnover" in found["not_asked"]


def test_records_have_no_reports_to_compare():
    network = Network.from_edges(["a"], ["b"])
    found = data_quality(network, (), "en")
    assert found["agreement"] is None
    assert found["files"] == found["fates"] == found["left_out"] == []


def test_problems_count_the_rows_that_they_speak_of():
    listed = Problem("A19", "warning", "{count} cells (rows {rows}).", {"count": 7, "rows": "2, …"})
    hub = Problem("D13", "warning", "{count} of {pairs}", {"count": 9, "pairs": 10})
    rows = {row["code"]: row["count"] for row in quality(problems=[listed, hub])["problems"]}
    assert rows == {"A19": "7", "D13": "1"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_stands_on_the_page(language, tmp_path):
    made = survey(max_nominations=3)
    network = network_of(made)
    none = Scores(pd.DataFrame(columns=list(COLUMNS)).astype({"value": float}), {})
    partition = Partition(network.enterprise_ids, np.array([0, 0, 0, 0, -1, -1]))
    out = write_report(network, partition, none, out=tmp_path / "out", survey=made, languages=(language,))
    page = (out / "report.html").read_text(encoding="utf-8")
    section = page[page.index('id="quality"') : page.index('id="pages"')]
    assert section.count("<table") == section.count("<caption>") == 7
    text = re.sub(r"<[^>]+>", " ", section)
    for wanted in ("survey.xlsx", "XLSX", "[C01]", "[E11]"):
        assert wanted in text
    arabic = len(re.findall("[\u0600-\u06ff]", text))
    assert (arabic > 500) == (language == "ar")
    assert (len(re.findall("[A-Za-z]{4,}", text)) > 100) == (language == "en")


def test_names_of_files_and_sheets_are_only_text(tmp_path):
    made = survey()
    nasty = Receipt("x", "", (FileRead("<script>alert(1)</script>.csv"),), (), (RowsDropped("<b>x</b>", "E11", 1),))
    made = Survey(made.tables, made.settings, receipt=nasty)
    network = network_of(made)
    none = Scores(pd.DataFrame(columns=list(COLUMNS)).astype({"value": float}), {})
    out = write_report(
        network,
        Partition(network.enterprise_ids, np.array([0, 0, 0, 0, -1, -1])),
        none,
        out=tmp_path / "out",
        survey=made,
    )
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page
