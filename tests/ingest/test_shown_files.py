"""Files as the officer sees them: rows where a spreadsheet shows them, also in files that cannot be read."""

import zipfile

import pandas as pd
import pytest

from clusternet.errors import InputError, Problem
from clusternet.ingest import read_survey, shown_files
from clusternet.ingest.shown_files import shown_files as shown
from clusternet.model.receipt import FileRead, Receipt


def problem(file, code="D10"):
    return Problem(code, "error", "x", file=file)


def receipt(*files):
    return Receipt("folder", "", tuple(files))


def test_text_in_its_own_encoding_and_separator(tmp_path):
    (tmp_path / "linkages.csv").write_bytes('source;target\nورشة;"two\nlines"\nE1;E2\n'.encode("cp1256"))
    files, _, large = shown(tmp_path, receipt(FileRead("linkages.csv", "CSV", "cp1256", "semicolon")), [])
    assert files[0].sheets == {"linkages": [["source", "target"], ["ورشة", "two\nlines"], ["E1", "E2"]]}
    assert large == []


def test_what_no_quote_closes_stays_line_by_line(tmp_path):
    (tmp_path / "linkages.csv").write_text('source,target\nE1,"E2\nE3,E4\nE5,E6\n', encoding="utf-8")
    files, _, _ = shown(tmp_path, receipt(), [problem("linkages.csv")])
    assert files[0].sheets["linkages"] == [["source", "target"], ["E1", '"E2'], ["E3", "E4"], ["E5", "E6"]]


def test_broken_letters_stay_visible(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"x,y\n\xe6\xd1,1\n")
    files, _, _ = shown(tmp_path, receipt(), [problem("a.csv")])
    assert files[0].sheets["a"][1] == ["\ufffd\ufffd", "1"]


def test_only_files_of_the_survey_are_shown(tmp_path):
    for name in ("enterprises.csv", "notes.csv", "study.toml"):
        (tmp_path / name).write_text("a,b\n1,2\n", encoding="utf-8")
    files, _, _ = shown(
        tmp_path, receipt(FileRead("enterprises.csv")), [problem("study.toml"), problem("../notes.csv")]
    )
    assert [file.file for file in files] == ["enterprises.csv", "notes.csv"]


def test_an_archive_is_looked_into_and_a_damaged_one_is_not(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("form.csv", "KEY,a\nuuid:1,2\n")
        archive.writestr("media/other.csv", "a\n")
    files, _, _ = shown(tmp_path / "x.zip", receipt(FileRead("form.csv")), [])
    assert [(file.file, list(file.sheets)) for file in files] == [("form.csv", ["form"])]
    (tmp_path / "y.zip").write_bytes(b"PK\x03\x04 no archive")
    assert shown(tmp_path / "y.zip", receipt(), [problem("y.zip", "B09")]) == ([], [], [])


@pytest.mark.parametrize("code", ["B09", "B10", "B11", "A26"])
def test_a_workbook_that_was_refused_as_unsafe_is_not_opened(code, tmp_path):
    (tmp_path / "survey.xlsx").write_bytes(b"PK")
    assert shown(tmp_path / "survey.xlsx", receipt(), [problem("survey.xlsx", code)]) == ([], [], [])


def test_a_file_that_is_too_large_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(shown_files, "MOST_BYTES", 10)
    (tmp_path / "linkages.csv").write_text("source,target,layer\n", encoding="utf-8")
    assert shown(tmp_path, receipt(FileRead("linkages.csv")), []) == ([], [], ["linkages.csv"])


def test_rows_of_problems_are_rows_of_what_is_shown(write_survey):
    folder = write_survey(linkages='source,target,layer\n"E\n1",E2,supply\n\nE1,E2,gossip\n')
    with pytest.raises(InputError) as caught:
        read_survey(folder)
    found = next(entry for entry in caught.value.problems if entry.code == "D10")
    files, _, _ = shown(folder, caught.value.receipt, caught.value.problems)
    rows = {file.file: file.sheets for file in files}["linkages.csv"]["linkages"]
    assert rows[found.row - 1][2] == "gossip"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_of_a_large_table_the_rows_with_problems_stand_where_they_stood(kind, tmp_path, monkeypatch):
    monkeypatch.setattr(shown_files, "MOST_CELLS", 20)
    monkeypatch.setattr(shown_files, "MOST_UNPACKED", 100)
    table = pd.DataFrame({"source": [f"E{row}" for row in range(2, 32)], "target": "E1"})
    path = tmp_path / f"x.{kind}"
    if kind == "csv":
        table.to_csv(path, index=False)
    else:
        table.to_excel(path, index=False)
    found = shown(path, receipt(FileRead(path.name)), [Problem("D10", "error", "x", file=path.name, row=9)])
    assert found.in_part == [path.name]
    [rows] = found.files[0].sheets.values()
    assert {number: row[0] for number, row in enumerate(rows, 1) if row} == {1: "source", 2: "E2", 3: "E3", 9: "E9"}


def test_a_parquet_file_is_shown_as_text(tmp_path):
    pytest.importorskip("pyarrow")
    pd.DataFrame({"source": ["007"], "target": ["E1"]}).to_parquet(tmp_path / "x.parquet")
    [file] = shown(tmp_path / "x.parquet", receipt(FileRead("x.parquet")), []).files
    assert list(file.sheets.values()) == [[["source", "target"], ["007", "E1"]]]
