"""The receipt: rows that do not add up are refused, files are said in a line each."""

import pytest

from clusternet.errors import InputError
from clusternet.model import Survey
from clusternet.model.receipt import FileRead, Receipt, TableRows


def test_i04_every_row_is_kept_dropped_or_rejected():
    rows = TableRows("enterprises", read=10, kept=6, dropped={"C01": 1}, rejected={"C12": 2, "C02": 1})
    assert list(rows.rejected) == ["C02", "C12"]
    with pytest.raises(InputError, match="do not add up"):
        TableRows("enterprises", read=10, kept=6, dropped={"C01": 1})
    with pytest.raises(TypeError):
        rows.dropped["C01"] = 2


def test_one_line_for_each_file_after_what_the_reader_reads():
    files = (FileRead("a.csv", "CSV", "cp1256", "semicolon", 3), FileRead("net.graphml"))
    receipt = Receipt("folder", "A GraphML or GEXF file.", files)
    assert receipt.lines() == [
        "A GraphML or GEXF file.",
        "Read as folder: a.csv (CSV, cp1256, semicolon)",
        "Read as folder: net.graphml",
    ]
    assert "فاصلة منقوطة" in receipt.lines("ar")[1]


def test_a_tool_is_named_in_each_line():
    receipt = Receipt("kobo", "KoboToolbox", (FileRead("export.xlsx", "XLSX"),))
    assert receipt.lines() == ["Read as KoboToolbox: export.xlsx (XLSX)"]


def test_a_survey_made_from_tables_has_an_empty_receipt():
    import pandas as pd

    register = pd.DataFrame({"enterprise_id": ["a"], "name": ["A"]})
    none = pd.DataFrame(columns=["source", "target", "layer"])
    assert Survey.from_tables(register, none).receipt == Receipt()
