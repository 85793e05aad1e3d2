"""``check`` and ``codes``, as a newcomer runs them."""

import csv
import json
import shutil

import openpyxl
import pandas as pd
import pytest

from clusternet.cli import main
from clusternet.datasets import DATASETS
from clusternet.ingest import shown_files
from clusternet.model.problem_codes import PROBLEM_CODES

SPOILT = {
    "enterprises.csv": "enterprise_id,name,workers\nE1,Cedar Doors,-3\nE2,Oak Tables,10-49\nE3,Beech Chairs,4\n",
    "linkages.csv": "source,target,layer\n E1 ,E2,gossip\nE2,,supply\nE2,E3,stock\n",
}


@pytest.fixture
def spoilt(tmp_path):
    folder = tmp_path / "spoilt"
    folder.mkdir()
    for name, text in SPOILT.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def workbook(tmp_path, spoilt):
    path = tmp_path / "survey.xlsx"
    with pd.ExcelWriter(path) as book:
        for name in SPOILT:
            table = pd.read_csv(spoilt / name, dtype=str, keep_default_na=False)
            table.to_excel(book, sheet_name=name.removesuffix(".csv"), index=False)
    return path


def comments(sheet):
    return {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_errors_and_warnings_at_once_grouped_by_file_with_the_next_step(spoilt, capsys, language):
    assert main(["check", str(spoilt), "--lang", language]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    lines = printed.err.splitlines()
    heads = [number for number, line in enumerate(lines) if line.startswith(("enterprises.csv:", "linkages.csv:"))]
    assert len(heads) == 2
    codes = [line.split("[")[1][:3] for line in lines if line.startswith("  ")]
    assert codes == ["C12", "C12", "D10", "D11", "A19"]
    assert "clusternet codes C12" in lines[-1]
    assert "\x1b" not in printed.err
    if language == "en":
        assert "4 errors, 1 warning." in lines
        assert "Read as folder: linkages.csv (CSV, UTF-8, comma)" in lines
    else:
        assert all(any("\u0600" <= letter <= "\u06ff" for letter in line) for line in lines[heads[0] :] if line)


def test_out_writes_the_list_and_the_marked_copy_and_refuses_to_replace(workbook, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["check", str(workbook), "--out", str(out)]) == 2
    assert str(out / "marked.xlsx") in capsys.readouterr().err
    assert sorted(path.name for path in out.iterdir()) == ["marked.xlsx", "problems.csv"]
    with (out / "problems.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["severity"] for row in rows} == {"error", "warning"}
    book = openpyxl.load_workbook(out / "marked.xlsx")
    assert book.sheetnames == ["Problems", "enterprises", "linkages"]
    assert set(comments(book["enterprises"])) == {"C2", "C3"}
    assert set(comments(book["linkages"])) == {"A2", "C2", "B3"}
    first = (out / "marked.xlsx").read_bytes()
    assert main(["check", str(workbook), "--out", str(out)]) == 2
    assert "--overwrite" in capsys.readouterr().err
    assert main(["check", str(workbook), "--out", str(out), "--overwrite"]) == 2
    assert (out / "marked.xlsx").read_bytes() == first


def test_the_marked_copy_is_read_like_the_workbook_and_corrected_in_it(workbook, tmp_path, capsys):
    out = tmp_path / "out"
    main(["check", str(workbook), "--out", str(out)])
    before = [line for line in capsys.readouterr().err.splitlines() if line.startswith("  error")]
    assert main(["check", str(out / "marked.xlsx")]) == 2
    after = [line for line in capsys.readouterr().err.splitlines() if line.startswith("  error")]
    assert [line.replace("marked.xlsx", "survey.xlsx") for line in after] == before
    book = openpyxl.load_workbook(out / "marked.xlsx")
    book["enterprises"]["C2"], book["enterprises"]["C3"] = "3", "30"
    book["linkages"]["C2"], book["linkages"]["B3"] = "supply", "E1"
    book.save(tmp_path / "mended.xlsx")
    assert main(["check", str(tmp_path / "mended.xlsx")]) == 0


def test_a_good_survey_gets_exit_0_and_files_when_asked_for(tmp_path, capsys):
    folder = tmp_path / "florentine"
    shutil.copytree(DATASETS["florentine"].folder, folder)
    assert main(["check", str(folder), "--out", str(tmp_path / "out"), "--lang", "ar"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert "enterprises.csv" in printed.out
    book = openpyxl.load_workbook(tmp_path / "out" / "marked.xlsx")
    assert book.sheetnames[0] == "المشكلات"
    assert all(sheet.sheet_view.rightToLeft for sheet in book.worksheets)


def test_values_of_confidential_columns_stay_hidden_everywhere(spoilt, tmp_path, capsys):
    register = "enterprise_id,name,monthly_income\nE1,Cedar Doors,secret-1\nE2,Oak Tables,2\nE3,Beech Chairs,3\n"
    (spoilt / "enterprises.csv").write_text(register, encoding="utf-8")
    assert main(["check", str(spoilt), "--out", str(tmp_path / "out")]) == 2
    printed = capsys.readouterr().err
    assert "secret-1" not in printed + (tmp_path / "out" / "problems.csv").read_text(encoding="utf-8-sig")
    book = openpyxl.load_workbook(tmp_path / "out" / "marked.xlsx")
    said = " ".join([*comments(book["enterprises"]).values(), *(str(cell.value) for cell in book["Problems"]["H"])])
    assert "monthly_income" in " ".join(str(cell.value) for cell in book["Problems"]["F"])
    assert "secret-1" not in said


def test_the_folder_of_a_study_is_never_replaced_by_a_check(spoilt, tmp_path, capsys):
    out = tmp_path / "out"
    out.mkdir()
    for name in ("problems.csv", "manifest.json"):
        (out / name).write_text("x", encoding="utf-8")
    assert main(["check", str(spoilt), "--out", str(out), "--overwrite"]) == 2
    assert "not overwritten" in capsys.readouterr().err
    assert (out / "manifest.json").read_text(encoding="utf-8") == "x"


def test_what_is_not_there_and_what_is_too_large(tmp_path, spoilt, monkeypatch, capsys):
    assert main(["check", str(tmp_path / "nowhere"), "--out", str(tmp_path / "out")]) == 2
    assert "[A01]" in capsys.readouterr().err
    assert openpyxl.load_workbook(tmp_path / "out" / "marked.xlsx").sheetnames == ["Problems"]
    monkeypatch.setattr(shown_files, "MOST_BYTES", 100)
    assert main(["check", str(spoilt), "--out", str(tmp_path / "more")]) == 2
    assert "linkages.csv is too large" not in capsys.readouterr().err
    monkeypatch.setattr(shown_files, "MOST_BYTES", 10)
    assert main(["check", str(spoilt), "--out", str(tmp_path / "most")]) == 2
    assert "linkages.csv is too large" in capsys.readouterr().err


def test_codes_are_listed_explained_and_given_as_json(capsys):
    assert main(["codes"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(PROBLEM_CODES)
    assert main(["codes", "a14"]) == 0
    printed = capsys.readouterr().out
    card = PROBLEM_CODES["A14"]
    for text in (card.title, card.meaning, card.remedy, "linkages.csv", "    source,target"):
        assert text in printed
    assert main(["codes", "--json", "--lang", "ar"]) == 0
    cards = json.loads(capsys.readouterr().out)
    assert [entry["code"] for entry in cards] == list(PROBLEM_CODES)
    assert all(any("\u0600" <= letter <= "\u06ff" for letter in entry["remedy"]) for entry in cards)
    assert main(["codes", "A02"]) == 0
    assert "(nothing)" in capsys.readouterr().out
    assert main(["codes", "A99"]) == 2
    assert "There is no problem code" in capsys.readouterr().err
