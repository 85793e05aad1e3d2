"""One XLSX: everything as text, formulas and damage refused."""

import datetime as dt
import io
import re
import zipfile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from clusternet.errors import InputError
from clusternet.ingest import read_survey

REGISTER = [["enterprise_id", "name", "workers"], ["E1", "Cedar", 3], ["E2", "Oak", 4.5], ["E3", "Beech", None]]
LINKAGES = [["source", "target", "layer"], ["E1", "E2", "stock"]]


@pytest.fixture
def workbook(tmp_path):
    """Write sheets into a workbook and return its path."""

    def write(change=None, **sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in {"enterprises": REGISTER, "linkages": LINKAGES, **sheets}.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        if change:
            change(book)
        path = tmp_path / "survey.xlsx"
        book.save(path)
        return path

    return write


def refused(path):
    with pytest.raises(InputError) as caught:
        read_survey(path)
    return caught.value.problems


def rewritten(path, member, change):
    """Change one part of a workbook as no spreadsheet would."""
    data = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == member else content)
    path.write_bytes(data.getvalue())
    return path


def test_sheets_become_tables(workbook):
    survey = read_survey(workbook(notes=[["anything"]]))
    assert survey.enterprises["workers"].tolist()[:2] == [3, 4.5]
    assert survey.enterprises.index.tolist() == [2, 3, 4]
    (file,) = survey.provenance.inputs
    assert (file.name, file.rows) == ("survey.xlsx", 4)


def test_B02_C08_text_and_numbers_stay_what_they_are(workbook):
    rows = [["enterprise_id", "name"], ["007", "NA"], [7, "None"], ["9007199254740993", "c"], [True, "d"], [1.5, "e"]]
    survey = read_survey(workbook(enterprises=rows, linkages=[["source", "target", "layer"], ["007", 7, "stock"]]))
    assert survey.enterprises["enterprise_id"].tolist() == ["007", "7", "9007199254740993", "TRUE", "1.5"]
    assert survey.enterprises["name"].tolist()[:2] == ["NA", "None"]


def test_text_beginning_with_equals_stays_text(workbook):
    def change(book):
        cell = book["enterprises"]["B2"]
        cell.value, cell.data_type = "=HYPERLINK(1)", "s"

    assert read_survey(workbook(change)).enterprises["name"].iloc[0] == "=HYPERLINK(1)"


def test_B01_ids_of_different_lengths_may_have_lost_zeros(workbook):
    rows = [["enterprise_id", "name"], [7, "a"], [42, "b"], [1304, "c"]]
    survey = read_survey(workbook(enterprises=rows, linkages=[["source", "target", "layer"], [7, 42, "stock"]]))
    (problem,) = [problem for problem in survey.problems if problem.code == "B01"]
    assert (problem.row, problem.column, problem.values["count"], problem.value) == (2, "enterprise_id", 2, "7")
    assert survey.enterprises["enterprise_id"].tolist() == ["7", "42", "1304"]


def test_B01_a_running_number_lost_nothing(workbook):
    rows = [["enterprise_id", "name"], *([number, f"n{number}"] for number in range(1, 13))]
    survey = read_survey(workbook(enterprises=rows, linkages=[["source", "target", "layer"], [1, 2, "stock"]]))
    assert "B01" not in {problem.code for problem in survey.problems}


@pytest.mark.parametrize("epoch", [1900, 1904])
def test_B03_dates_follow_the_date_system_of_the_workbook(workbook, epoch):
    rows = [["enterprise_id", "name", "founded"], ["E1", "a", dt.date(2014, 5, 31)], ["E2", "b", 1999]]

    def change(book):
        book.epoch = CALENDAR_MAC_1904 if epoch == 1904 else CALENDAR_WINDOWS_1900

    survey = read_survey(workbook(change, enterprises=rows))
    assert survey.original["enterprises"]["founded"].tolist() == ["2014-05-31T00:00:00", "1999"]


def test_B03_days_without_a_format_and_dates_beyond_the_window(workbook):
    rows = [
        ["enterprise_id", "name", "founded"],
        ["E1", "a", 44185],
        ["E2", "b", dt.date(2900, 1, 1)],
        ["E3", "c", 1999],
    ]
    problems = refused(workbook(enterprises=rows))
    assert [(problem.code, problem.row, problem.column) for problem in problems] == [
        ("B03", 2, "founded"),
        ("B03", 3, "founded"),
    ]


def test_dates_in_columns_of_the_office_are_kept_as_iso_text(workbook):
    rows = [["enterprise_id", "name", "visited"], ["E1", "a", dt.datetime(2024, 4, 3, 9, 30)], ["E2", "b", None]]
    survey = read_survey(workbook(enterprises=rows))
    assert survey.enterprises["visited"].iloc[0] == "2024-04-03T09:30:00"


def test_B04_date_in_a_contract_column(workbook):
    rows = [["enterprise_id", "name", "sector", "founded"], ["E1", "a", dt.date(2024, 4, 3), dt.date(2020, 1, 1)]]
    (problem, *_) = refused(workbook(enterprises=rows, linkages=[["source", "target", "layer"], ["E1", "x", "stock"]]))
    assert (problem.code, problem.row, problem.column) == ("B04", 2, "sector")


def test_B05_formula_that_was_never_calculated(workbook):
    rows = [*REGISTER[:3], ["E3", "Beech", "=1+1"]]
    (problem,) = refused(workbook(enterprises=rows))
    assert (problem.code, problem.sheet, problem.row, problem.column) == ("B05", "enterprises", 4, "workers")


def test_B05_calculated_formula_gives_its_value(workbook):
    path = workbook(enterprises=[*REGISTER[:3], ["E3", "Beech", "=1+1"]])
    path = rewritten(
        path, "xl/worksheets/sheet1.xml", lambda xml: re.sub(rb"</f><v\s*/>|</f><v></v>", b"</f><v>2</v>", xml)
    )
    assert read_survey(path).enterprises["workers"].iloc[2] == 2


def test_B05_formulas_that_give_nothing_leave_blank_rows(workbook):
    path = workbook(enterprises=[*REGISTER, ["=A9", "=B9", "=C9"]])
    empty = re.compile(rb'<c r="([ABC]5)"[^>]*><f>([^<]*)</f><v\s*/?>(?:</v>)?</c>')
    path = rewritten(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: empty.sub(rb'<c r="\1" t="str"><f>\2</f><v></v></c>', xml),
    )
    assert len(read_survey(path).enterprises) == 3


def test_B05_name_that_begins_with_equals_survives_a_writer_that_makes_a_formula_of_it(tmp_path):
    path = tmp_path / "survey.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for title, rows in (
            ("enterprises", [*REGISTER, ["E4", '=HYPERLINK("http://x","y")', 2]]),
            ("linkages", LINKAGES),
        ):
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    survey = read_survey(path)
    assert survey.enterprises["name"].iloc[3] == '=HYPERLINK("http://x","y")'
    assert [(p.code, p.row, p.column) for p in survey.problems if p.code == "B05"] == [("B05", 5, "name")]


def test_B06_spreadsheet_errors_are_missing(workbook):
    survey = read_survey(workbook(enterprises=[*REGISTER[:3], ["E3", "Beech", "#N/A"]]))
    assert [(p.code, p.row, p.column) for p in survey.problems if p.code == "B06"] == [("B06", 4, "workers")]


def test_B07_hidden_sheet_is_ignored(workbook):
    def change(book):
        book["recipes"].sheet_state = "hidden"

    survey = read_survey(workbook(change, recipes=[["product"], ["chair"]]))
    assert len(survey.recipes) == 0
    assert "B07" in {problem.code for problem in survey.problems}


def test_B07_hidden_sheet_that_is_needed(workbook):
    def change(book):
        book["linkages"].sheet_state = "hidden"

    (problem,) = refused(workbook(change))
    assert (problem.code, problem.values["name"]) == ("B07", "linkages")


def test_B07_merged_cells_in_the_table(workbook):
    def change(book):
        book["enterprises"].merge_cells("B2:B3")
        book["enterprises"].merge_cells("F20:G30")  # below everything that is filled

    (problem,) = refused(workbook(change))
    assert (problem.code, problem.sheet, problem.row, problem.value) == ("B07", "enterprises", 2, "B2:B3")


def test_B07_hidden_rows(workbook):
    def change(book):
        for row in (3, 4, 9):
            book["enterprises"].row_dimensions[row].hidden = True

    (problem,) = refused(workbook(change))
    assert (problem.code, problem.sheet, problem.row, problem.value) == ("B07", "enterprises", 3, "3-4")


def test_B07_title_above_the_header(workbook):
    (problem,) = refused(workbook(enterprises=[["Survey of 2024", None, None], *REGISTER]))
    assert (problem.code, problem.sheet, problem.row) == ("B07", "enterprises", 2)
    assert "delete the rows above" in problem.message()


def test_B07_header_in_two_rows(workbook):
    (problem,) = refused(workbook(enterprises=[REGISTER[0], REGISTER[0], *REGISTER[1:]]))
    assert (problem.code, problem.row) == ("B07", 2)
    assert "repeated" in problem.message()


def test_B08_two_sheets_of_one_name(workbook):
    (problem,) = refused(workbook(**{"Enterprises ": REGISTER}))
    assert (problem.code, problem.value) == ("B08", "enterprises")


def test_B08_missing_sheet(workbook):
    def change(book):
        book["linkages"].title = "linkage"

    (problem,) = refused(workbook(change))
    assert (problem.code, problem.values["near"]) == ("B08", "linkage")


@pytest.mark.parametrize("data", [b"PK\x03\x04garbage", b"no workbook at all"])
def test_B09_damaged(tmp_path, data):
    path = tmp_path / "survey.xlsx"
    path.write_bytes(data)
    assert refused(path)[0].code == "B09"


def test_B09_truncated(workbook):
    path = workbook()
    path.write_bytes(path.read_bytes()[:-200])
    assert refused(path)[0].code == "B09"


def test_B10_bomb(workbook):
    path = rewritten(workbook(), "docProps/app.xml", lambda _: b"\x20" * (64 << 20))
    assert refused(path)[0].code == "B10"


def test_B11_entities(workbook):
    bad = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>'
    path = rewritten(workbook(), "xl/workbook.xml", lambda xml: bad + xml[xml.index(b"<workbook") :])
    assert refused(path)[0].code == "B11"


def test_B12_members_that_lead_elsewhere_are_never_written(workbook, tmp_path, monkeypatch):
    path = workbook()
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../../evil.xml", "<evil/>")
        archive.writestr("/evil.xml", "<evil/>")
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    before = {file.name for file in tmp_path.iterdir()}
    monkeypatch.setattr(zipfile.ZipFile, "extract", lambda *_: pytest.fail("something was unpacked"))
    survey = read_survey(path)
    assert len(survey.enterprises) == 3
    assert {file.name for file in tmp_path.iterdir()} == before
    assert [problem.code for problem in survey.problems if problem.code == "B12"] == ["B12"]


def test_A26_binary_workbook(workbook):
    path = workbook()
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/workbook.bin", b"x")
    assert refused(path)[0].code == "A26"


def test_A26_member_with_a_password(workbook):
    path = workbook()
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(bytes(data))
    assert refused(path)[0].code == "A26"


@pytest.mark.parametrize("suffix", [".xlsx", ".xls"])
def test_A26_old_or_protected(tmp_path, suffix):
    path = tmp_path / f"survey{suffix}"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)
    (problem,) = refused(path)
    assert problem.code == "A26"
    assert "save it as .xlsx" in problem.message()


def test_A26_open_document(tmp_path):
    path = tmp_path / "survey.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert refused(path)[0].code == "A26"


def test_A13_values_beyond_the_header_and_blank_rows(workbook):
    rows = [*REGISTER, [None, None, None], ["E4", "Fir", 1, "odd"]]
    (problem,) = refused(workbook(enterprises=rows))
    assert (problem.code, problem.row) == ("A13", 6)


def test_problems_name_the_sheet(workbook):
    problems = refused(workbook(linkages=[["source", "target", "layer", "weight"], ["E1", "E2", "gossip", -1]]))
    assert {(problem.code, problem.sheet, problem.row) for problem in problems} == {
        ("D10", "linkages", 2),
        ("D03", "linkages", 2),
    }
