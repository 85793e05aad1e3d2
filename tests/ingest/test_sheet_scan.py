"""The fast way through a worksheet gives what openpyxl gives, or leaves the sheet to it."""

import datetime as dt
import io
import random
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from clusternet.ingest import spreadsheet
from clusternet.ingest.cells import CellFaults
from clusternet.ingest.sheet_scan import Book, scan_sheet
from clusternet.ingest.sheet_xml import NotPlainError
from clusternet.ingest.sheets import open_workbook_bytes
from clusternet.ingest.source import Source
from clusternet.model.settings import Settings

EPOCH = dt.datetime(1899, 12, 30)
TEXTS = ["007", "=1+1", "a & b <c>", 'say "x"', " led ", "two\nlines", "ورشة الأرز", "#N/A", "TRUE", "1E5", "é", ""]
NUMBERS = [0, 7, -3, 2.5, 0.1, 1e15, 1e-7, 123456789012345, 1 / 3]
DATES = [dt.datetime(2024, 4, 3), dt.datetime(2020, 1, 1, 9, 30), dt.date(1999, 12, 31), dt.time(8, 15)]


def value_of(chance):
    kind = chance.random()
    if kind < 0.15:
        return None
    if kind < 0.6:
        return chance.choice(TEXTS)
    if kind < 0.85:
        return chance.choice(NUMBERS)
    return chance.choice([*DATES, True, False])


def by_openpyxl(rows):
    book = openpyxl.Workbook()
    for row, record in enumerate(rows, 1):
        for column, value in enumerate(record, 1):
            cell = book.active.cell(row, column, value)
            if isinstance(value, str):
                cell.data_type = "e" if value == "#N/A" else "s"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def by_xlsxwriter(rows):
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    grey = book.add_format({"bg_color": "#cccccc"})
    for row, record in enumerate(rows):
        for column, value in enumerate(record):
            if value is None:
                sheet.write_blank(row, column, None, grey)
            elif isinstance(value, str):
                sheet.write_string(row, column, value)
            elif isinstance(value, bool):
                sheet.write_boolean(row, column, value)
            elif isinstance(value, int | float):
                sheet.write_number(row, column, value)
            else:
                sheet.write_datetime(row, column, value)
    book.close()
    return stream.getvalue()


def opened(data):
    source = Source(Path("x.xlsx"), Settings())
    workbook = open_workbook_bytes("x.xlsx", data, source)
    assert workbook is not None, source.findings.errors
    return workbook, source


def cells_of(data):
    workbook, source = opened(data)
    grid = workbook.grid(workbook.titles[0])
    codes = [(problem.code, problem.row, problem.column) for problem in source.findings.warnings]
    return ([list(record) for record in grid.cells], list(grid.rows), codes) if grid else None


@pytest.fixture
def slow(monkeypatch):
    """Leave every sheet to openpyxl."""

    def refuse(*arguments):
        raise NotPlainError

    return lambda: monkeypatch.setattr(spreadsheet, "scan_sheet", refuse)


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter])
@pytest.mark.parametrize("seed", range(12))
def test_same_as_openpyxl(slow, write, seed):
    chance = random.Random(seed)
    width = chance.randint(1, 6)
    rows = [[f"c{column}" for column in range(width)]]
    if seed % 2:
        # Columns of one kind each, which are read many rows at once.
        kinds = [chance.choice([TEXTS, NUMBERS, DATES[:3]]) for _ in range(width)]
        rows += [[chance.choice([*kind, None]) for kind in kinds] for _ in range(60)]
    else:
        rows += [[value_of(chance) for _ in range(width)] for _ in range(40)]
    data = write(rows)
    fast = cells_of(data)
    slow()
    assert fast == cells_of(data)
    assert len(fast[0]) > 20


def test_most_sheets_are_read_fast(monkeypatch):
    monkeypatch.setattr(spreadsheet.Spreadsheet, "_read", lambda *_, **__: pytest.fail("openpyxl was asked"))
    rows = [["id", "n", "d"], *([f"E{i}", i, DATES[0]] for i in range(200))]
    for write in (by_openpyxl, by_xlsxwriter):
        cells, numbers, _ = cells_of(write(rows))
        assert cells[200] == ["E199", "199", "2024-04-03T00:00:00"]
        assert numbers == list(range(1, 202))


def sheet(body):
    return io.BytesIO(
        b'<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData>' + body + b"</sheetData></worksheet>"
    )


def scanned(body):
    faults = CellFaults()
    return scan_sheet(sheet(body), Book(["zero", "one"], {3}, set(), EPOCH), faults), faults


@pytest.mark.parametrize(
    "body",
    [
        b'<row r="1"><c r="A1" t="s"><v>0</v></c><x/></row>',
        b'<row r="1"><c r="A2" t="s"><v>0</v></c></row>',
        b'<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
        b'<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
        b'<row r="1"><c><v>1</v></c></row>',
        b'<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r></is></c></row>',
        b'<row r="1"><c r="A1" t="d"><v>2024-01-01</v></c></row>',
        b'<row r="1"><c r="A1"><v>one</v></c></row>',
        b"<!-- a remark -->",
    ],
)
def test_what_is_not_plain_is_left_to_openpyxl(body):
    with pytest.raises(NotPlainError):
        scanned(body)


def test_sheet_that_is_cut_off_is_not_plain():
    with pytest.raises(NotPlainError):
        scan_sheet(io.BytesIO(b'<worksheet><sheetData><row r="1"></row>'), Book([], (), (), EPOCH), CellFaults())


def test_gaps_entities_and_formulas():
    scan, faults = scanned(
        b'<row r="1"><c r="A1" t="s"><v>1</v></c><c r="C1" t="str"><f>A1&amp;"x"</f><v>a&amp;lt;&#10;</v></c></row>'
        b'<row r="4" hidden="1"><c r="B4"><f>1+1</f></c><c r="C4" s="3"><v>45385</v></c></row><row r="9"/>'
    )
    assert scan.cells == [("one", "", "a&lt;\n"), ("", "", "2024-04-03T00:00:00"), ()]
    assert (scan.rows, scan.hidden) == ([1, 4, 9], [4])
    assert faults.formulas == {(1, 2): '=A1&"x"', (4, 1): "=1+1"}
    assert faults.uncalculated == [(4, 1)]
    assert faults.dates == {2: [4]}


def test_empty_formula_result_is_empty_text():
    scan, faults = scanned(b'<row r="1"><c r="A1" t="str"><f>IF(B1="","",B1)</f><v></v></c></row>')
    assert (scan.cells, faults.uncalculated) == ([("",)], [])
