"""Which tool wrote a file, by the first rows of its sheets."""

import pytest

from clusternet.errors import InputError
from clusternet.ingest.exports.dialects import DIALECTS, dialect_of, heads_of, lower_header
from tests.ingest.exports.small import Sheets

HEADERS = {
    "kobo": ["name", "_uuid", "_submission_time", "_index"],
    "survey_solutions": ["interview__key", "interview__id", "name"],
    "surveycto": ["SubmissionDate", "formdef_version", "name", "KEY"],
    "odk": ["SubmissionDate", "meta-instanceID", "name", "KEY", "SubmitterName"],
    "survey_monkey": ["Respondent ID", "Collector ID", "Name"],
    "google_forms": ["Timestamp", "Name"],
    "sheet": ["name", "sector"],
}


@pytest.mark.parametrize("tool", HEADERS)
def test_every_tool_is_known_by_its_header(tool):
    assert set(HEADERS) == set(DIALECTS)
    assert dialect_of({"x": [HEADERS[tool]]}).name == tool


@pytest.mark.parametrize("heads", [{}, {"x": []}, {"x": [[]]}, {"x": [["", ""]], "y": [[""]]}])
def test_what_nobody_knows_is_a_sheet(heads):
    assert dialect_of(heads).name == "sheet"


def test_a_tool_that_is_declared_is_taken_at_its_word():
    assert dialect_of({"x": [HEADERS["kobo"]]}, "odk").name == "odk"
    with pytest.raises((InputError, KeyError)):
        dialect_of({}, "no such tool")


def test_every_tool_says_what_it_is_known_by():
    for dialect in DIALECTS.values():
        assert dialect.label
        assert dialect.sentence.endswith(".")


def test_blank_rows_above_a_header_do_not_hide_it():
    heads = heads_of(Sheets({"x": [["", ""], [" ", ""], HEADERS["kobo"], ["Cedar"]], "empty": []}))
    assert heads["x"][0] == HEADERS["kobo"]
    assert heads["empty"] == []
    assert dialect_of(heads).name == "kobo"


@pytest.mark.parametrize("tool", [tool for tool in HEADERS if tool != "sheet"])
def test_a_header_below_other_rows_is_found_with_its_row(tool):
    rows = [["Survey of 2026"], ["", ""], HEADERS[tool], ["x"] * len(HEADERS[tool])]
    assert lower_header(Sheets({"notes": [["hello"]], "data": rows})) == ("data", 3)


def test_there_is_no_lower_header_where_there_is_none():
    assert lower_header(Sheets({"x": [["name"], ["Cedar"], ["_uuid"]], "y": []})) is None
