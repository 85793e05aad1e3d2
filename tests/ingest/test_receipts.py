"""What is noted while reading becomes a receipt whose rows add up, for surveys that are read and refused."""

import pandas as pd
import pytest

from clusternet.errors import InputError
from clusternet.ingest import read_survey

REGISTER = "enterprise_id,name\nE1,Cedar Doors\nE2,Oak Tables\nE3,Beech Chairs\n"
LINKAGES = "source,target,layer\nE1,E2,supply\nE2,E3,stock\n"


def test_files_with_format_encoding_and_separator(write_survey):
    folder = write_survey(linkages=LINKAGES.replace(",", ";").encode("utf-16"), study__toml='title = "x"\n')
    receipt = read_survey(folder).receipt
    assert receipt.reader == "folder"
    assert receipt.label.startswith("A folder")
    found = {file.name: file for file in receipt.files}
    assert list(found) == ["enterprises.csv", "linkages.csv"]
    assert (found["linkages.csv"].format, found["linkages.csv"].separator, found["linkages.csv"].rows) == (
        "CSV",
        "semicolon",
        2,
    )
    assert "16" in found["linkages.csv"].encoding


def test_i04_rows_of_a_survey_that_was_read(write_survey):
    receipt = read_survey(write_survey(enterprises=REGISTER + "E1,Cedar Doors\nE1,Cedar Doors\n")).receipt
    register, linkages = receipt.tables
    assert (register.table, register.read, register.kept, dict(register.dropped)) == ("enterprises", 5, 3, {"C01": 2})
    assert (linkages.read, linkages.kept, dict(linkages.dropped)) == (2, 2, {})


def test_i04_rows_of_a_survey_that_was_refused(write_survey):
    enterprises = "enterprise_id,name,workers\nE1,Cedar,x\nE1,Cedar,x\nE2,Oak,-1\nE2,Oak,5\nE3,Beech,1\n"
    with pytest.raises(InputError) as caught:
        read_survey(write_survey(enterprises=enterprises, linkages=LINKAGES + " E1 ,E3,gossip\n"))
    error = caught.value
    assert {problem.severity for problem in error.problems} == {"error"}
    assert [problem.code for problem in error.warnings].count("A19") == 1
    register, linkages = error.receipt.tables
    assert register.read == 5
    assert register.kept == 1
    assert dict(register.rejected) == {"C02": 1, "C12": 3}
    assert (linkages.read, linkages.kept, dict(linkages.rejected)) == (3, 2, {"D10": 1})


def test_a_workbook_and_a_graph_say_what_they_are(write_survey, tmp_path):
    folder = write_survey()
    with pd.ExcelWriter(tmp_path / "survey.xlsx") as book:
        for name in ("enterprises", "linkages"):
            pd.read_csv(folder / f"{name}.csv").to_excel(book, sheet_name=name, index=False)
    receipt = read_survey(tmp_path / "survey.xlsx").receipt
    assert [(file.name, file.format, file.rows) for file in receipt.files] == [("survey.xlsx", "XLSX", 5)]
    assert receipt.reader == "workbook"
