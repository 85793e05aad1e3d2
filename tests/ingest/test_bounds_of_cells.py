"""Where a cell of a workbook, a year or a number stops being what is due; each bound from both sides."""

import datetime as dt

import pandas as pd
import pytest

from clusternet.ingest.cells import CellFaults, Expected, cell_text, keep_texts, number_text
from clusternet.ingest.findings import Findings, Place
from clusternet.ingest.numbers import Kind, parsed_number, readings
from clusternet.ingest.sheet_layout import check_layout, note_lower_header, runs_of
from clusternet.ingest.years import years_of

PLACE = Place("survey.xlsx", "enterprises")


def reported(faults, cells, *, rows=None, **expected):
    findings = Findings()
    rows = rows or list(range(1, len(cells) + 1))
    faults.report(cells, rows, Expected(**expected), PLACE, findings)
    return [(p.code, p.row, p.column) for p in [*findings.errors, *findings.warnings]]


@pytest.mark.parametrize(("text", "bare"), [("9999", 0), ("10000", 1), ("80000", 1), ("80001", 0), ("43,831", 0)])
def test_B03_a_bare_day_is_one_from_1927_to_2119(text, bare):
    found = reported(CellFaults(), [["id", "founded"], ["E1", text]], dates={"founded"})
    assert found == [("B03", 2, "founded")] * bare


@pytest.mark.parametrize(("year", "strange"), [(1799, 1), (1800, 0), (2100, 0), (2101, 1)])
def test_B03_a_date_lies_within_three_centuries(year, strange):
    faults = CellFaults()
    text = cell_text(dt.date(year, 5, 1), "d", 2, 1, faults)
    assert text == f"{year}-05-01"
    assert reported(faults, [["id", "founded"], ["E1", text]], dates={"founded"}) == [("B03", 2, "founded")] * strange


def test_B04_a_code_that_became_a_date_is_named_by_its_column():
    faults = CellFaults()
    cell_text(dt.datetime(2024, 3, 1), "d", 2, 0, faults)
    cell_text(dt.timedelta(hours=3), "d", 3, 1, faults)
    cells = [["sector ", "hours"], ["2024-03-01", "x"], ["y", "3:00:00"]]
    assert reported(faults, cells, no_dates={"sector"}) == [("B04", 2, "sector")]
    assert reported(faults, cells, no_dates={"sector", "hours"}) == [("B04", 2, "sector"), ("B04", 3, "hours")]


def test_B05_a_cell_beyond_the_header_is_named_by_its_number():
    faults = CellFaults(uncalculated=[(2, 0), (3, 1)])
    assert reported(faults, [["id"], ["E1"], ["E2", "x"]]) == [("B05", 2, "id"), ("B05", 3, "2")]


@pytest.mark.parametrize(
    ("ids", "rows"),
    [
        # Three rows: whoever counts them reaches 6 at most, doubling for gaps; 100 is no running number.
        (["7", "42", "100"], [2]),
        (["7", "8", "9"], []),
        (["1", "2", "10"], [2]),
        (["100", "101", "102"], []),
        (["1", "E2", "10"], [2]),
    ],
)
def test_B01_ids_that_lost_zeros_are_shorter_and_do_not_count_the_rows(ids, rows):
    faults = CellFaults(numeric={0: len(ids)})
    found = reported(faults, [["id"], *([one] for one in ids)], ids={"id"})
    assert [row for _, row, _ in found] == rows


def test_B01_ids_up_to_twice_the_rows_may_count_them():
    counted = [[str(number)] for number in (1, 2, 3, 4, 10)]
    assert reported(CellFaults(numeric={0: 5}), [["id"], *counted], ids={"id"}) == []
    counted[-1] = ["11"]
    assert reported(CellFaults(numeric={0: 5}), [["id"], *counted], ids={"id"}) == [("B01", 2, "id")]


def test_B01_ids_that_are_text_lost_nothing():
    assert reported(CellFaults(), [["id"], ["7"], ["1304"]], ids={"id"}) == []


@pytest.mark.parametrize(
    ("value", "text"),
    [(7.0, "7"), (-7.0, "-7"), (7.5, "7.5"), (999999999999999.0, "999999999999999"), (1e15, "1000000000000000.0")],
)
def test_numbers_are_written_as_they_are_seen(value, text):
    assert number_text(value) == text


def test_a_name_that_begins_with_equals_is_kept_and_a_formula_is_not():
    faults = CellFaults(formulas={(2, 1): "=SUM", (3, 1): "=1+1", (2, 2): "=A1"})
    cells = [("id", " name ", "workers"), ("E1", "0", "0"), ("E2", "2", "5")]
    findings = Findings()
    keep_texts(cells, [1, 2, 3], faults, Expected(names={"name"}), PLACE, findings)
    # Only a name whose value is the 0 of a writer that never calculates.
    assert cells == [("id", " name ", "workers"), ("E1", "=SUM", "0"), ("E2", "2", "5")]
    assert [(p.code, p.row, p.column, p.values["count"]) for p in findings.warnings] == [("B05", 2, "name", 1)]


@pytest.mark.parametrize(
    ("merged", "hidden", "rows"),
    [
        (["A1:B1"], [], [1]),
        (["A5:B6"], [], [5]),
        (["A6:B7"], [], []),
        (["A2:A2", "C3"], [], [3]),
        ([], [5], [5]),
        ([], [2, 6], []),
        ([], [2, 3, 5], [3]),
    ],
)
def test_B07_only_what_hides_filled_rows_is_noted(merged, hidden, rows):
    findings = Findings()
    check_layout(merged, hidden, [1, 3, 5], PLACE, findings)
    assert [p.row for p in findings.errors] == rows


def test_B07_rows_that_follow_one_another_are_told_as_one_run():
    assert list(runs_of([2, 3, 5, 7, 8, 9])) == ["2-3", "5", "7-9"]


@pytest.mark.parametrize(("above", "noted"), [(0, False), (1, True), (5, True), (6, False)])
def test_B07_a_lower_header_stands_in_one_of_the_first_six_rows(above, noted):
    cells = [*([["a title"]] * above), ["id", "name\u200e"], ["E1", "Cedar"]]
    findings = Findings()
    assert note_lower_header(cells, list(range(3, 12)), ["id", "name"], PLACE, findings) is noted
    assert [p.row for p in findings.errors] == [above + 3] * noted


def test_B07_a_header_that_is_repeated_is_noted_where_it_stands_again():
    findings = Findings()
    cells = [["id"], ["E1"], ["id"]]
    assert note_lower_header(cells, [1, 2, 4], ["id"], PLACE, findings)
    assert [(p.row, "repeated" in p.message()) for p in findings.errors] == [(4, True)]


@pytest.mark.parametrize(("text", "year"), [("999", None), ("1000", 1000), ("2999", 2999), ("3000", None)])
def test_years_are_those_of_the_schema(text, year):
    years, unreadable = years_of(pd.Series([text]))
    assert (None if pd.isna(years[0]) else years[0], bool(unreadable[0])) == (year, year is None)


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("1.234,5", ("1234.5", "12345")),
        ("1,234.5", ("1234.5", "12345")),
        ("1 234,5", ("1234.5", "1 / 234,5")),
        ("1'234", ("1234", "1 / 234")),
        ("٢،٥", ("2.5", "25")),
    ],
)
def test_A17_both_readings_of_longer_numbers(text, both):
    assert readings(text) == both


@pytest.mark.parametrize(
    ("text", "options", "kind"),
    [
        ("1,200,300", {"thousands": ","}, Kind.NUMBER),
        ("1,200.300", {"thousands": ","}, Kind.NUMBER),
        ("1.200,300", {"thousands": ","}, Kind.AMBIGUOUS),
        ("1.200.300", {"decimal": ",", "thousands": "."}, Kind.NUMBER),
        ("1,2,3", {"decimal": ","}, Kind.NO_NUMBER),
        ("1,200.5", {"decimal": ","}, Kind.AMBIGUOUS),
        ("1e999", {"decimal": ","}, Kind.INFINITE),
        ("٩e٩٩٩", {}, Kind.INFINITE),
    ],
)
def test_A17_a_declared_separator_gives_one_reading_or_none(text, options, kind):
    assert parsed_number(text, **options)[1] is kind
