"""``clusternet match`` as an officer uses it: write, decide in the workbook, run again, and only what is new is asked."""

from pathlib import Path

import openpyxl
import pytest

from clusternet.cli import main
from clusternet.ingest import build_network, read_survey

REGISTER = (
    "enterprise_id,name,place\nE1,Cedar Doors,Amman\nE2,Oak Tables,Irbid\nE3,Beech Chairs,Zarqa\n"
    "E4,Beech Chairs Co,Zarqa\nE5,يوسف منصور,Aqaba\n"
)
LINKAGES = (
    "source,target,layer\nE2,Cedar Door Trading,stock\nE3,Cedar Door Trading,supply\nE1,Oak Table,stock\n"
    'E1,Youssef Mansour,stock\nE2,"=HYPERLINK(""http://x"",""y"")",stock\nE4,E1,stock\nE2,Beech Factory Chairs,stock\n'
)
#: Where the rows begin, below the hidden keys, the sentence and the heads.
FIRST = 4


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    folder = tmp_path / "survey"
    folder.mkdir()
    (folder / "enterprises.csv").write_text(REGISTER, encoding="utf-8")
    (folder / "linkages.csv").write_text(LINKAGES, encoding="utf-8")
    return folder


def run(survey: Path, *further: str) -> int:
    return main(["match", str(survey), "--out", str(survey.parent / "review.xlsx"), *further])


def texts(survey: Path, sheet: int) -> list[str]:
    book = openpyxl.load_workbook(survey.parent / "review.xlsx")
    column = 3 if sheet == 1 else 2
    rows = book.worksheets[sheet].iter_rows(min_row=FIRST, values_only=True)
    # A sheet without rows has a sentence, alone in its row.
    return [row[column - 1] for row in rows if sum(cell is not None for cell in row) > 1]


def decide(survey: Path, sheet: int, decisions: dict[str, object]) -> None:
    path = survey.parent / "review.xlsx"
    book = openpyxl.load_workbook(path)
    column = 3 if sheet == 1 else 2
    for row in book.worksheets[sheet].iter_rows(min_row=FIRST):
        if row[column - 1].value in decisions:
            row[0].value = decisions.pop(row[column - 1].value)
    assert not decisions
    book.save(path)


def test_the_whole_way_of_an_officer(survey, capsys):
    assert run(survey) == 0
    assert "Partners to decide: 3." in capsys.readouterr().out
    assert texts(survey, 0) == ["Cedar Door Trading", "Beech Factory Chairs", "Youssef Mansour"]
    assert texts(survey, 1) == ["E3"]
    assert texts(survey, 2) == ["Oak Table"]
    assert not (survey / "aliases.csv").exists()

    # A candidate by its number, an id that was typed; the rest stays undecided.
    decide(survey, 0, {"Cedar Door Trading": 1, "Youssef Mansour": "E5"})
    decide(survey, 1, {"E3": "same"})
    assert run(survey) == 0
    said = capsys.readouterr().out
    assert "aliases.csv: 3." in said
    assert "Partners to decide: 1." in said
    assert texts(survey, 0) == ["Beech Factory Chairs"]
    assert texts(survey, 1) == []
    remembered = (survey / "aliases.csv").read_text(encoding="utf-8-sig").splitlines()
    assert remembered == [
        "kind,text,enterprise_id",
        "duplicate,E3 | E4,E3",
        "partner,Cedar Door Trading,E1",
        "partner,Youssef Mansour,E5",
    ]

    read = read_survey(survey)
    assert read.linkages["target"].tolist()[:4] == ["E1", "E1", "E2", "E5"]
    assert read.enterprises["enterprise_id"].tolist() == ["E1", "E2", "E3", "E5"]
    assert read.linkages["source"].tolist()[5] == "E3"
    assert '=HYPERLINK("http://x","y")' in build_network(read).outside_names

    # What was taken automatically can be overruled, and a new name is the only one that is asked.
    decide(survey, 0, {"Beech Factory Chairs": "none"})
    decide(survey, 2, {"Oak Table": "none"})
    with (survey / "linkages.csv").open("a", encoding="utf-8") as stream:
        stream.write("E3,Oak Table Trading,stock\n")
    assert run(survey) == 0
    assert "Partners to decide: 1." in capsys.readouterr().out
    assert texts(survey, 0) == ["Oak Table Trading"]
    assert texts(survey, 2) == []
    assert {"Oak Table", "Beech Factory Chairs"} <= set(build_network(read_survey(survey)).outside_names)

    decide(survey, 0, {"Oak Table Trading": 1})
    assert run(survey) == 0
    assert "Nothing is left to decide" in capsys.readouterr().out


def test_a_wrong_decision_is_told_with_its_place_and_nothing_changes(survey, capsys):
    run(survey)
    decide(survey, 0, {"Cedar Door Trading": "perhaps", "Youssef Mansour": "5", "Beech Factory Chairs": "E4"})
    decide(survey, 1, {"E3": "E1"})
    before = (survey.parent / "review.xlsx").read_bytes()
    capsys.readouterr()
    assert run(survey) == 2
    told = capsys.readouterr().err
    assert "[C04] review.xlsx, sheet Partners, row 4, column Decision" in told
    assert "sheet Same enterprise, row 4, column Decision" in told
    assert "Cells to correct: 2." in told
    assert (survey.parent / "review.xlsx").read_bytes() == before
    assert not (survey / "aliases.csv").exists()


def test_a_file_that_is_not_ours_is_not_replaced(survey, capsys):
    out = survey.parent / "review.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = "my own"
    book.save(out)
    before = out.read_bytes()
    assert run(survey) == 2
    assert "no workbook that clusternet match wrote" in capsys.readouterr().err
    out.write_text("no workbook at all")
    assert run(survey) == 2
    assert "B09" in capsys.readouterr().err
    assert before != out.read_bytes() == b"no workbook at all"


def test_decisions_from_another_file_and_in_arabic(survey, capsys):
    assert run(survey, "--lang", "ar") == 0
    decide(survey, 0, {"Cedar Door Trading": "لا أحد"})
    decide(survey, 1, {"E3": "مختلفتان"})
    moved = survey.parent / "decided.xlsx"
    (survey.parent / "review.xlsx").rename(moved)
    assert run(survey, "--decisions", str(moved)) == 0
    remembered = (survey / "aliases.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert remembered == ["duplicate,E3 | E4,", "partner,Cedar Door Trading,"]
    assert texts(survey, 1) == []
    assert run(survey, "--decisions", str(survey / "nowhere.xlsx")) == 3
    assert "cannot be read" in capsys.readouterr().err


def test_the_language_of_the_study_is_the_language_of_the_workbook(survey):
    (survey / "study.toml").write_text('language = "ar"\n', encoding="utf-8")
    run(survey)
    book = openpyxl.load_workbook(survey.parent / "review.xlsx")
    assert book.worksheets[0].sheet_view.rightToLeft
    run(survey, "--lang", "en")
    assert not openpyxl.load_workbook(survey.parent / "review.xlsx").worksheets[0].sheet_view.rightToLeft


def test_the_same_survey_gives_the_same_bytes_whatever_the_order_of_its_rows(survey):
    run(survey)
    first = (survey.parent / "review.xlsx").read_bytes()
    (survey.parent / "review.xlsx").unlink()
    for name, text in (("enterprises", REGISTER), ("linkages", LINKAGES)):
        head, *rows = text.splitlines()
        (survey / f"{name}.csv").write_text("\n".join([head, *rows[::-1]]) + "\n", encoding="utf-8")
    run(survey)
    assert (survey.parent / "review.xlsx").read_bytes() == first


def test_F_no_permission_to_remember(survey, monkeypatch, capsys):
    run(survey)
    decide(survey, 0, {"Cedar Door Trading": 1})

    def refuse(*arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("clusternet.report.review_workbook.write_file", refuse)
    assert run(survey) == 3
    assert "aliases.csv" in capsys.readouterr().err
    assert not (survey / "aliases.csv").exists()
