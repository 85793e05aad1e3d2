"""One XLSX: everything as text, formulas and damage refused."""

import io
import re
import zipfile

import openpyxl
import pytest

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


def test_B04_date_in_a_contract_column(workbook):
    import datetime as dt

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


def test_B06_spreadsheet_errors_are_missing(workbook):
    survey = read_survey(workbook(enterprises=[*REGISTER[:3], ["E3", "Beech", "#N/A"]]))
    assert [(p.code, p.row, p.column) for p in survey.problems if p.code == "B06"] == [("B06", 4, "workers")]


def test_B07_hidden_sheet_is_ignored(workbook):
    def change(book):
        book["recipes"].sheet_state = "hidden"

    survey = read_survey(workbook(change, recipes=[["product"], ["chair"]]))
    assert len(survey.recipes) == 0
    assert "B07" in {problem.code for problem in survey.problems}


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
