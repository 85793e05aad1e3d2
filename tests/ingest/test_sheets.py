"""Files that hold tables, whatever their format: titles, first rows, all cells."""

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from clusternet.ingest.sheets import open_text, open_text_bytes, open_workbook, open_workbook_bytes
from clusternet.ingest.source import FileFormat, Options, Source
from clusternet.ingest.workbook import read_workbook
from clusternet.model.settings import Settings

LINK = '=HYPERLINK("http://x","y")'


def source_of(path="x", **options):
    return Source(Path(path), Settings(), Options(**options))


def codes(source):
    return [problem.code for problem in (*source.findings.errors, *source.findings.warnings)]


@pytest.fixture
def export(tmp_path):
    """Write a workbook as survey tools do: real dates, answers with = as formulas, a hidden sheet, merged nothing."""
    path = tmp_path / "export.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
        main = book.add_worksheet("Enterprise linkages")
        main.write_row(0, 0, ["start", "name", "emp"])
        main.write_datetime(1, 0, dt.datetime(2026, 3, 1, 9))
        main.write_row(1, 1, [LINK, 12])
        main.write_row(2, 1, ["ورشة", "007"])
        more = book.add_worksheet("x" * 28 + "...")
        more.write_row(0, 0, ["partner", "_index"])
        hidden = book.add_worksheet("lists")
        hidden.write(0, 0, "yes")
        hidden.hide()
    return path


def test_workbook_of_a_survey_tool(export):
    source = source_of(export)
    sheets = open_workbook(export, source)
    assert (sheets.file, sheets.format) == ("export.xlsx", "XLSX")
    assert sheets.titles == ("Enterprise linkages", "x" * 28 + "...")
    grid = sheets.grid("Enterprise linkages", formulas_as_text=True)
    assert [list(record) for record in grid.cells] == [
        ["start", "name", "emp"],
        ["2026-03-01T09:00:00", LINK, "12"],
        ["", "ورشة", "007"],
    ]
    assert list(grid.rows) == [1, 2, 3]
    assert (grid.place.file, grid.place.sheet) == ("export.xlsx", "Enterprise linkages")
    assert codes(source) == ["B07"]  # the hidden sheet; dates are no fault here
    assert source.formats == {"export.xlsx": FileFormat("XLSX")}
    assert [file.name for file in source.inputs] == ["export.xlsx"]


def test_formula_gives_its_value_unless_asked_otherwise(export):
    grid = open_workbook(export, source_of(export)).grid("Enterprise linkages")
    assert grid.cells[1][1] == "0"


def test_formulas_shared_by_cells_are_written_out():
    book = openpyxl.Workbook()
    book.active.append(["n", "double"])
    for row in (2, 3):
        book.active.append([row, f"=A{row}*2"])
    stream = io.BytesIO()
    book.save(stream)
    from zipfile import ZIP_DEFLATED, ZipFile

    old, data = ZipFile(stream), io.BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            content = content.replace(b"<f>A2*2</f>", b'<f t="shared" ref="B2:B3" si="0">A2*2</f>')
            new.writestr(name, content.replace(b"<f>A3*2</f>", b'<f t="shared" si="0"/>'))
    sheets = open_workbook_bytes("x.xlsx", data.getvalue(), source_of())
    grid = sheets.grid(sheets.titles[0], formulas_as_text=True)
    assert [record[1] for record in grid.cells] == ["double", "=A2*2", "=A3*2"]


def test_date_is_a_fault_only_where_the_caller_says_so(export):
    source = source_of(export)
    assert open_workbook(export, source).grid("Enterprise linkages", no_dates=("start",)) is None
    assert [(p.code, p.row, p.column) for p in source.findings.errors] == [("B04", 2, "start")]


def test_head_is_cheap_and_says_nothing(export):
    source = source_of(export)
    sheets = open_workbook(export, source)
    before = codes(source)
    assert sheets.head("Enterprise linkages", 2) == [["start", "name", "emp"], ["2026-03-01T09:00:00", LINK, "12"]]
    assert sheets.head("x" * 28 + "...") == [["partner", "_index"]]
    assert codes(source) == before


def test_text_is_one_sheet_called_as_its_file(tmp_path):
    path = tmp_path / "form.csv"
    path.write_text('\ufeff"start";"name"\n"2026";"a;b"\n', encoding="utf-8")
    source = source_of(path)
    sheets = open_text(path, source)
    assert (sheets.file, sheets.format, sheets.titles) == ("form.csv", "CSV", ("form",))
    assert sheets.head("form", 1) == [["start", "name"]]
    assert codes(source) == []
    grid = sheets.grid("form")
    assert [list(record) for record in grid.cells] == [["start", "name"], ["2026", "a;b"]]
    assert codes(source) == ["A16"]
    assert source.formats["form.csv"] == FileFormat("CSV", "UTF-8", ";")


@pytest.mark.parametrize(("name", "kind"), [("a/b.tab", "TSV"), ("b.TSV", "TSV"), ("b.csv", "CSV")])
def test_members_of_an_archive(name, kind):
    sheets = open_text_bytes(name, b"x\ty\n1\t2\n", source_of())
    assert (sheets.format, sheets.titles) == (kind, ("b",))
    assert sheets.head("b") == [["x", "y"], ["1", "2"]]


def test_head_of_a_long_text_in_another_encoding():
    lines = "".join(f"{number},ورشة الأرز للنجارة\n" for number in range(9000))
    sheets = open_text_bytes("x.csv", ("id,name\n" + lines).encode("cp1256"), source_of())
    assert sheets.head("x", 2) == [["id", "name"], ["0", "ورشة الأرز للنجارة"]]


def test_head_of_what_is_no_text_is_empty():
    sheets = open_text_bytes("x.csv", b"\x80\x04\x95pickle", source_of())
    assert sheets.head("x") == []


def test_A02_empty_members():
    source = source_of()
    assert open_text_bytes("x.csv", b"\xef\xbb\xbf\n", source) is None
    assert open_workbook_bytes("x.xlsx", b"", source) is None
    assert codes(source) == ["A02", "A02"]


def test_head_of_a_damaged_sheet_is_empty_and_its_grid_an_error(export):
    from zipfile import ZIP_DEFLATED, ZipFile

    old, data = ZipFile(export), io.BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content[: len(content) // 2] if name.endswith("sheet1.xml") else content)
    source = source_of()
    sheets = open_workbook_bytes("x.xlsx", data.getvalue(), source)
    assert sheets.grid("Enterprise linkages") is None
    assert [p.code for p in source.findings.errors] == ["B09"]
    assert len(sheets.head("Enterprise linkages", 9)) < 3


def test_B08_no_sheet_is_named_as_a_table(export):
    source = source_of(export)
    assert read_workbook(export, source) == {}
    (problem,) = source.findings.errors
    assert problem.code == "B08"
    assert "Enterprise linkages" in problem.message()
