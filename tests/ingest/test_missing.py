"""FAULTS C02 and C18 with the options that accept them."""

from pathlib import Path

import pandas as pd
import pytest

from clusternet.errors import InputError
from clusternet.ingest import build_network, read_survey
from clusternet.ingest.findings import Origin, Place
from clusternet.ingest.missing import with_missing_targets
from clusternet.ingest.source import Source, TextTable
from clusternet.model.settings import Settings

REGISTER = "enterprise_id,name,place\nE1,Cedar Doors,Amman\nE2,Oak Tables,Irbid\nE3,Beech Chairs,Irbid\n"
LINKAGES = (
    "source,target,layer\nE1,E2,supply\nE1,E77,supply\nE88,E99,supply\nE88,Walnut Works,stock\nE1,Oak tables,stock\n"
    "Walnut Works,E1,stock\n"
)


def test_C18_refused_without_the_option(refused):
    assert [(p.code, p.row) for p in refused(enterprises=REGISTER, linkages=LINKAGES)] == [("C18", 4), ("C18", 5)]


def test_C18_missing_ends_are_added_as_unregistered(write_survey):
    survey = read_survey(write_survey(enterprises=REGISTER, linkages=LINKAGES), add_missing=True)
    table = survey.enterprises.set_index("enterprise_id")
    assert table["unregistered"].to_dict() == {
        "E1": "no",
        "E2": "no",
        "E3": "no",
        "E88": "yes",
        "unregistered-1": "yes",
        "E77": "yes",
        "E99": "yes",
    }
    assert table["respondent"].tolist() == ["yes"] * 3 + ["no"] * 4
    # A name in words is confidential and must not become an id, which is shown everywhere.
    assert table["name"]["unregistered-1"] == "Walnut Works"
    assert survey.linkages["target"].tolist() == ["E2", "E77", "E99", "unregistered-1", "E2", "E1"]
    assert survey.linkages["source"].tolist() == ["E1", "E1", "E88", "E88", "E1", "unregistered-1"]
    counted = [(p.column, p.values["count"], p.values["number"]) for p in survey.problems if p.code == "C18"]
    assert counted == [("source", 3, 2), ("target", 2, 2)]
    assert all("Walnut" not in problem.message() for problem in survey.problems)
    assert build_network(survey).outside_names == ()


def test_C18_order_of_rows_changes_nothing(write_survey):
    head, *rows = LINKAGES.splitlines(keepends=True)
    one = read_survey(write_survey("one", enterprises=REGISTER, linkages=LINKAGES), add_missing=True)
    other = head + "".join(reversed(rows))
    two = read_survey(write_survey("two", enterprises=REGISTER, linkages=other), add_missing=True)
    tables = [
        survey.enterprises.sort_values("enterprise_id").reset_index(drop=True).astype("str") for survey in (one, two)
    ]
    assert tables[0].equals(tables[1])
    ends = [sorted(map(tuple, survey.linkages[["source", "target"]].to_numpy().tolist())) for survey in (one, two)]
    assert ends[0] == ends[1]


def test_C18_warnings_about_those_who_were_added_name_the_linkage(write_survey):
    linkages = "source,target,layer,weight\nE1,E2,supply,1\nE2,E3,supply,1\nE1,E77,supply,0\n"
    survey = read_survey(write_survey(enterprises=REGISTER, linkages=linkages), add_missing=True)
    places = {(p.file, p.row) for p in survey.problems if p.code == "C19"}
    assert places <= {("linkages.csv", 4)}


def test_nothing_missing_adds_nothing(write_survey):
    survey = read_survey(write_survey(), add_missing=True)
    assert "unregistered" not in survey.enterprises
    assert len(survey.enterprises) == 3


TWICE = REGISTER + "E1,Cedar Doors,Zarqa\nE2,Oak Tables,Irbid\n"


def test_C02_contradicting_rows(refused):
    assert [(p.code, p.row) for p in refused(enterprises=TWICE)] == [("C02", 5)]


@pytest.mark.parametrize(("kept", "place", "row"), [("first", "Amman", 5), ("last", "Zarqa", 2)])
def test_C02_one_of_them_is_kept_on_demand(write_survey, kept, place, row):
    survey = read_survey(write_survey(enterprises=TWICE), on_conflict=kept)
    assert survey.enterprises.set_index("enterprise_id")["place"]["E1"] == place
    assert len(survey.enterprises) == 3
    (problem,) = [problem for problem in survey.problems if problem.code == "C02"]
    assert (problem.row, problem.values["count"], problem.severity) == (row, 1, "warning")
    assert kept in problem.message()


def test_C02_error_is_the_default(write_survey):
    with pytest.raises(InputError, match="C02"):
        read_survey(write_survey(enterprises=TWICE), on_conflict="error")


def test_C18_rows_of_a_table_that_was_put_together_keep_their_spots():
    origin = Origin([("e.xlsx", "main")], [0, 0, 0], [2, 3, 7], [{"enterprise_id": "code"}])
    rows = pd.DataFrame({"enterprise_id": ["E1", "E2"], "name": ["a", "b"]}, index=[0, 2], dtype="str")
    table = TextTable(rows, Place("e.xlsx", "main", origin))
    ties = Origin([("e.xlsx", "ties")], [0, 0], [2, 9], [{"target": "partner"}])
    linkages = pd.DataFrame({"target": ["E1", "E7"]}, index=[0, 1], dtype="str")
    source = Source(Path("e.xlsx"), Settings())
    register, longer, typed = with_missing_targets(rows, table, linkages, Place("e.xlsx", "ties", ties), source)
    assert register["enterprise_id"].tolist() == ["E1", "E2", "E7"]
    assert [longer.place.spot(int(row), "enterprise_id")[:3] for row in register.index] == [
        ("e.xlsx", "main", 2),
        ("e.xlsx", "main", 7),
        ("e.xlsx", "ties", 9),
    ]
    assert longer.place.spot(0, "enterprise_id").column == "code"
    (problem,) = source.findings.warnings
    assert (problem.sheet, problem.row, problem.column) == ("ties", 9, "partner")
    assert typed["target"].tolist() == ["E1", "E7"]
