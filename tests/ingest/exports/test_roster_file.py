"""The list of everybody who was asked, beside an export: who is silent, and what the list knows of the others."""

import numpy as np
import pytest

from clusternet.ingest.exports.roster_file import read_roster_file, with_roster
from clusternet.ingest.findings import Origin, Place
from clusternet.ingest.source import TextTable
from tests.ingest.exports.small import said, source_of, table_of, write_csv

ROSTER = [
    ["enterprise_id", "name", "sector"],
    ["E1", "Cedar", "10"],
    ["E2", "Oak", "13"],
    ["E3", "Elm", "25"],
]
#: As the assembler gives it: rows from 0, each knowing where it stood in the export.
ANSWERS = [["enterprise_id", "name", "workers"], ["E2", "", "5"], ["E1", "Cedar & Sons", ""]]


def answers_of(rows=ANSWERS):
    table = table_of(rows).rows.reset_index(drop=True)
    n = len(table)
    origin = Origin([("kobo.xlsx", "main")], np.zeros(n, dtype=np.int64), np.arange(n) + 7, [{"name": "Who?"}])
    return TextTable(table, Place("kobo.xlsx", "", origin))


def roster_of(rows=ROSTER):
    table = table_of(rows)
    return TextTable(table.rows, Place("enterprises.csv"))


def column(table, name):
    return table.rows[name].fillna("").tolist()


def test_who_is_in_the_list_and_not_in_the_export_did_not_answer():
    table = with_roster(answers_of(), roster_of())
    assert column(table, "enterprise_id") == ["E2", "E1", "E3"]
    assert column(table, "respondent") == ["yes", "yes", "no"]


def test_what_a_submission_leaves_open_is_taken_from_the_list_and_nothing_else():
    table = with_roster(answers_of(), roster_of())
    assert column(table, "name") == ["Oak", "Cedar & Sons", "Elm"]
    assert column(table, "sector") == ["13", "10", "25"]
    assert column(table, "workers") == ["5", "", ""]


def test_every_row_knows_where_it_stood():
    table = with_roster(answers_of(), roster_of())
    spots = [table.place.spot(row, "name") for row in table.rows.index]
    assert [(spot.file, spot.row, spot.column) for spot in spots] == [
        ("kobo.xlsx", 7, "Who?"),
        ("kobo.xlsx", 8, "Who?"),
        ("enterprises.csv", 4, "name"),
    ]


def test_ids_are_compared_as_keys():
    rows = [ANSWERS[0], [" E1\u200f", "Cedar", ""]]
    assert column(with_roster(answers_of(rows), roster_of()), "respondent") == ["yes", "no", "no"]


def test_an_answer_that_the_list_does_not_know_is_kept():
    rows = [*ANSWERS, ["E9", "Yew", "1"]]
    assert column(with_roster(answers_of(rows), roster_of()), "enterprise_id") == ["E2", "E1", "E9", "E3"]


def test_who_declined_by_name_stays_a_no():
    rows = [[*ANSWERS[0], "respondent"], [*ANSWERS[1], "no"], [*ANSWERS[2], ""]]
    assert column(with_roster(answers_of(rows), roster_of()), "respondent") == ["no", "yes", "no"]


def test_without_a_list_nothing_changes():
    answers = answers_of()
    assert with_roster(answers, None) is answers


def test_a_list_that_names_one_enterprise_twice_does_not_double_an_answer():
    table = with_roster(answers_of(), roster_of([*ROSTER, ["E1", "Cedar again", "99"], ["", "Nobody", ""]]))
    assert column(table, "enterprise_id") == ["E2", "E1", "E3", ""]
    assert column(table, "sector")[1] == "10"


# ---------------------------------------------------------------------- the file
def test_the_list_lies_beside_the_export_or_is_named(tmp_path):
    export = write_csv(tmp_path / "kobo.csv", [["x"], ["1"]])
    assert read_roster_file(source_of(export)) is None
    write_csv(tmp_path / "enterprises.csv", ROSTER)
    assert len(read_roster_file(source_of(export)).rows) == 3
    write_csv(tmp_path / "asked.csv", ROSTER[:2])
    assert len(read_roster_file(source_of(export, {"roster": "asked.csv"})).rows) == 1


def test_the_export_itself_is_not_its_list(tmp_path):
    assert read_roster_file(source_of(write_csv(tmp_path / "enterprises.csv", ROSTER))) is None


@pytest.mark.parametrize(
    ("name", "code", "hint"), [("nowhere.csv", "A01", "check the name"), ("../x.csv", "A01", 'without ".."')]
)
def test_A01_a_list_that_is_not_there_or_lies_elsewhere_is_an_error(tmp_path, name, code, hint):
    source = source_of(write_csv(tmp_path / "kobo.csv", [["x"], ["1"]]), {"roster": name})
    assert read_roster_file(source) is None
    ((found, message),) = said(source)
    assert found == code
    assert hint in message


def test_A21_a_list_without_names_is_an_error(tmp_path):
    export = write_csv(tmp_path / "kobo.csv", [["x"], ["1"]])
    write_csv(tmp_path / "enterprises.csv", [["enterprise_id"], ["E1"]])
    source = source_of(export)
    assert read_roster_file(source) is None
    assert [code for code, _ in said(source)] == ["A21"]


def listed(tmp_path, *further, **options):
    export = write_csv(tmp_path / "kobo.csv", [["x"], ["1"]])
    write_csv(tmp_path / "enterprises.csv", [*ROSTER, *further])
    source = source_of(export, **options)
    return read_roster_file(source), source


def test_C01_a_row_of_the_list_that_stands_twice_counts_once(tmp_path):
    table, source = listed(tmp_path, ROSTER[1])
    assert len(table.rows) == 3
    ((code, message),) = said(source)
    assert code == "C01"
    assert "rows 5" in message


def test_C02_rows_of_the_list_that_contradict_each_other_are_an_error(tmp_path):
    _, source = listed(tmp_path, ["E2", "Oak & Sons", "13"])
    (problem,) = source.findings.errors
    assert (problem.code, problem.file, problem.row) == ("C02", "enterprises.csv", 5)
    assert "row 3" in problem.message()


@pytest.mark.parametrize(("keep", "name"), [("first", "Oak"), ("last", "Oak & Sons")])
def test_C02_one_of_them_is_kept_where_that_was_asked(tmp_path, keep, name):
    table, source = listed(tmp_path, ["E2", "Oak & Sons", "13"], on_conflict=keep)
    assert table.rows.set_index("enterprise_id").loc["E2", "name"] == name
    assert [code for code, _ in said(source)] == ["C02"]
    assert source.findings.errors == ()
