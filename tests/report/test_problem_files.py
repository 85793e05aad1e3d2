"""The list of problems and the marked copy: bad cells coloured and explained, everything else as it was."""

import csv
import io
import time
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from clusternet.errors import InputError, Problem
from clusternet.messages import LANGUAGES
from clusternet.report.cell_marks import FILLS
from clusternet.report.marked_workbook import Original, marked_bytes
from clusternet.report.problem_files import write_problems

SHEETS = {"linkages": [["source", "target", "layer"], ["E1", "=1+1", "gossip"], ["", "E2", "supply"], ["x"] * 3]}
PROBLEMS = (
    Problem("A19", "warning", "{count} cells had spaces (rows {rows}).", {"count": 2, "rows": "2, 4"}, "s.csv", row=2),
    Problem("D10", "error", 'The layer "{value}" is odd.', {"value": "gossip"}, "s.csv", "", 2, "layer", "gossip"),
    Problem("D11", "error", "The row names no {end}.", {"end": "source"}, "s.csv", "", 3, " SOURCE "),
    Problem("D11", "error", "Nothing is there.", {}, "s.csv", "", 3),
    Problem("E09", "error", "The key is not known.", {}, "study.toml", column="titel", value="=SUM(1)"),
)
TEXT = Original("s.csv", sheets=SHEETS)


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def marks(sheet):
    return {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}


def workbook():
    """An officer's workbook: right to left, with a format, a comment, a formula, a formula-like text, merged cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "linkages"
    sheet.sheet_view.rightToLeft = True
    for row in ([" Source ", "target", "layer"], ["E1", "E2", "gossip"], ["E2", "E3", "supply"]):
        sheet.append(row)
    sheet["A2"].font = Font(bold=True, color="FF00FF00")
    sheet["C2"].comment = Comment("mine", "officer")
    sheet["D3"] = "=1+2"
    sheet["E3"] = "=cmd|' /C calc'!A0"
    sheet["E3"].data_type = "s"
    sheet["E2"] = "007"
    sheet.merge_cells("F2:G3")
    sheet.column_dimensions["B"].width = 33
    book.create_sheet("notes")["A1"] = "keep me"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_text_tables_become_sheets_of_text_with_marks():
    book = opened(marked_bytes(PROBLEMS, [TEXT], "en"))
    assert book.sheetnames == ["Problems", "s"]
    sheet = book["s"]
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")
    found = marks(sheet)
    assert set(found) == {"A2", "C2", "A3"}
    assert found["C2"].startswith('[D10] The layer "gossip" is odd.\nWhat to do: ')
    assert found["A3"].count("[D11]") == 2
    assert sheet["C2"].fill.start_color.rgb == sheet["A3"].fill.start_color.rgb == FILLS["error"]
    assert sheet["A2"].fill.start_color.rgb == FILLS["warning"]


def test_the_first_sheet_lists_everything_with_links():
    sheet = opened(marked_bytes(PROBLEMS, [TEXT], "en"))["Problems"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[1] for row in rows] == ["D10", "D11", "D11", "E09", "A19"]
    assert [row[0] for row in rows] == ["error"] * 4 + ["warning"]
    assert sheet["J2"].hyperlink.location == "'s'!C2"
    assert sheet["J5"].hyperlink is None
    assert (sheet["G5"].value, sheet["G5"].data_type) == ("=SUM(1)", "s")
    assert all(row[8] for row in rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_officers_own_workbook_stays_as_it_was(language):
    problem = Problem("D10", "error", "Odd.", {}, "survey.xlsx", "Linkages ", 2, "layer")
    source = Problem("A19", "warning", "Spaces.", {}, "survey.xlsx", "linkages", 3, "source")
    whole = Problem("C19", "warning", "Merged.", {}, "survey.xlsx", "linkages", 3, "not there")
    original = workbook()
    book = opened(marked_bytes([problem, source, whole], [Original("survey.xlsx", original)], language))
    assert book.sheetnames == [{"en": "Problems", "ar": "المشكلات"}[language], "linkages", "notes"]
    assert bool(book.worksheets[0].sheet_view.rightToLeft) == (language == "ar")
    sheet, before = book["linkages"], opened(original)["linkages"]
    assert sheet.sheet_view.rightToLeft
    for row in before.iter_rows():
        for cell in row:
            other = sheet[cell.coordinate]
            assert (other.value, other.data_type) == (cell.value, cell.data_type), cell.coordinate
            assert repr(other.font) == repr(cell.font)
    assert sheet["E3"].data_type == "s"
    assert sheet["D3"].data_type == "f"
    assert sheet.column_dimensions["B"].width == 33
    assert book["notes"]["A1"].value == "keep me"
    found = marks(sheet)
    assert set(found) == {"C2", "A3"}
    assert found["C2"].startswith("mine\n\n[D10] Odd.")
    assert "[C19]" in found["A3"]
    assert "ما العمل" in found["C2"] or language == "en"


def test_a_merged_cell_is_marked_at_its_corner():
    problem = Problem("B07", "error", "Merged.", {}, "survey.xlsx", "linkages", 3, "wide")
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    book["linkages"]["G1"] = "wide"
    stream = io.BytesIO()
    book.save(stream)
    sheet = opened(marked_bytes([problem], [Original("survey.xlsx", stream.getvalue())], "en"))["linkages"]
    assert set(marks(sheet)) == {"C2", "F2"}  # the one of the officer, and ours


def test_the_rows_that_a_warning_lists_are_marked_in_tables_of_the_contract():
    many = Problem("A19", "warning", "x {rows}", {"rows": "2, 4, …"}, "linkages.csv", row=2, column="layer")
    for file, expected in (("linkages.csv", {"C2", "C4"}), ("export.csv", {"C2"})):
        problem = Problem(many.code, "warning", many.template, many.values, file, row=2, column="layer")
        book = opened(marked_bytes([problem], [Original(file, sheets=SHEETS)], "en"))
        assert set(marks(book.worksheets[1])) == expected


def test_a_second_column_of_one_name_is_found():
    sheets = {"x": [["name", "name"], ["a", "b"]]}
    problem = Problem("C12", "error", "Odd.", {}, "x.csv", row=2, column="name (2)")
    assert set(marks(opened(marked_bytes([problem], [Original("x.csv", sheets=sheets)], "en"))["x"])) == {"B2"}


def test_a_sheet_called_problems_keeps_its_name():
    sheets = {"Problems": [["a"]], "a/b:" + "c" * 40: [["a"]]}
    book = opened(marked_bytes(PROBLEMS, [Original("s.csv", sheets=sheets)], "en"))
    assert book.sheetnames == ["Problems 2", "Problems", "a_b_" + "c" * 27]


def test_what_cannot_be_opened_is_only_listed():
    book = opened(marked_bytes(PROBLEMS, [Original("survey.xlsx", b"PK no workbook")], "en"))
    assert book.sheetnames == ["Problems"]


def test_several_files_stand_in_one_workbook():
    further = Original("b.xlsx", workbook())
    book = opened(marked_bytes(PROBLEMS, [Original("a.xlsx", workbook()), further, TEXT], "en"))
    assert book.sheetnames == ["Problems", "linkages", "notes", "linkages 2", "notes 2", "s"]


def test_characters_that_no_workbook_can_hold_are_replaced():
    sheets = {"s": [["a\x0bb", "x" * 40_000]]}
    problem = Problem("A09", "error", "bad \x0b", {}, "s.csv", row=1, column="", value="\x0b")
    sheet = opened(marked_bytes([problem], [Original("s.csv", sheets=sheets)], "en"))["s"]
    assert sheet["A1"].value == "a\ufffdb"
    assert len(sheet["B1"].value) == 32_767


def test_two_runs_write_the_same_bytes(tmp_path):
    originals = [Original("survey.xlsx", workbook()), TEXT]
    for one, other in (("one", "text"), ("two", "text again")):
        write_problems(PROBLEMS, out=tmp_path / one, originals=originals)
        write_problems(PROBLEMS, out=tmp_path / other, originals=[TEXT])
        # The clock of an archive counts every second second.
        time.sleep(2.1 if one == "one" else 0)
    for name in ("problems.csv", "marked.xlsx"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
        assert (tmp_path / "text" / name).read_bytes() == (tmp_path / "text again" / name).read_bytes()
    with zipfile.ZipFile(tmp_path / "one" / "marked.xlsx") as archive:
        assert {member.date_time[0] for member in archive.infolist()} == {1980}


def test_problems_csv_has_the_columns_of_the_contract(tmp_path):
    write_problems(PROBLEMS, out=tmp_path / "out", originals=[TEXT], language="ar")
    with (tmp_path / "out" / "problems.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == ["code", "severity", "file", "sheet", "row", "column", "value", "message"]
    assert [row["row"] for row in rows] == ["2", "2", "3", "3", ""]
    assert rows[4]["value"] == "'=SUM(1)"


def test_f05_a_folder_is_only_replaced_when_it_is_ours(tmp_path):
    out = tmp_path / "out"
    write_problems(PROBLEMS, out=out)
    with pytest.raises(InputError, match="--overwrite"):
        write_problems(PROBLEMS, out=out)
    write_problems((), out=out, overwrite=True)
    assert (out / "problems.csv").read_text(encoding="utf-8-sig").count("\n") == 1
    (out / "marked.xlsx").unlink()
    with pytest.raises(InputError, match="not overwritten"):
        write_problems(PROBLEMS, out=out, overwrite=True)
