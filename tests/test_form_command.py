"""``clusternet form``, as a newcomer runs it."""

import io

import openpyxl
import pytest

from clusternet.cli import main

REGISTER = "enterprise_id,name,workers\nE1,Al Noor,3\n007,ورشة النور,\nE3,,2\n"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def sheet(path, name):
    rows = list(openpyxl.load_workbook(io.BytesIO(path.read_bytes()))[name].iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_a_form_is_written_and_the_next_steps_are_told(here, capsys):
    assert main(["form", "--out", "form.xlsx"]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("Form: form.xlsx (questions: ")
    for word in ("languages: en, ar", "KoboToolbox", "clusternet check EXPORT", "clusternet study EXPORT"):
        assert word in printed.out
    assert "enterprises.csv" not in printed.out
    assert printed.err == ""
    survey = sheet(here / "form.xlsx", "survey")
    assert "supply_to_partner" in [row["name"] for row in survey]
    assert sheet(here / "form.xlsx", "settings")[0]["default_language"] == "English (en)"


def test_the_first_language_is_the_default_one(here, capsys):
    assert main(["form", "--out", "form.xlsx", "--lang", "ar,en"]) == 0
    assert "الخطوات التالية" in capsys.readouterr().out
    assert sheet(here / "form.xlsx", "settings")[0]["default_language"] == "Arabic (ar)"
    assert main(["form", "--out", "only.xlsx", "--lang", "ar"]) == 0
    assert "label::English (en)" not in sheet(here / "only.xlsx", "survey")[0]


def test_a_roster_makes_a_form_to_choose_from(here, capsys):
    (here / "enterprises.csv").write_text(REGISTER, encoding="utf-8")
    assert main(["form", "--out", "form.xlsx", "--roster", "enterprises.csv"]) == 0
    printed = capsys.readouterr().out
    assert "Keep the list of enterprises as enterprises.csv" in printed
    assert "[C07] enterprises.csv, row 4, column name" in printed
    chosen = {
        row["name"]: row["label::English (en)"]
        for row in sheet(here / "form.xlsx", "choices")
        if row["list_name"] == "roster"
    }
    assert chosen == {"E1": "Al Noor", "007": "ورشة النور", "E3": "E3"}


def test_settings_beside_the_roster_or_named_shape_the_form(here, capsys):
    (here / "enterprises.csv").write_text(REGISTER, encoding="utf-8")
    (here / "study.toml").write_text(
        'title = "Town"\nlanguage = "ar"\nmax_nominations = 4\n[layers.vans]\nlabel = "Shared vans"\n', encoding="utf-8"
    )
    for extra in (["--roster", "enterprises.csv"], ["--config", "study.toml"]):
        assert main(["form", "--out", "form.xlsx", "--overwrite", *extra]) == 0
        assert "study.toml" in capsys.readouterr().out
        (settings,) = sheet(here / "form.xlsx", "settings")
        assert (settings["form_title"], settings["default_language"]) == ("Town", "Arabic (ar)")
        names = [row["name"] for row in sheet(here / "form.xlsx", "survey")]
        assert ("vans_with_partners" if "--roster" in extra else "vans_with_count") in names


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--roster", "nowhere.csv"], 'There is no file "nowhere.csv"'),
        (["--config", "nowhere.toml"], 'There is no settings file "nowhere.toml"'),
        (["--lang", "fr"], 'There is no language "fr"; expected one of: en, ar.'),
        (["--lang", "en,fr"], 'There is no language "fr"; expected one of: en, ar.'),
        (["--out", "form.csv"], "ends in .xlsx"),
        (["--out", "there.xlsx"], "--overwrite"),
        (["--roster", "spaced.csv"], '[C07] spaced.csv, row 3, column enterprise_id: The id "E 2" holds a space'),
        (["--roster", "blank.csv"], "[C07] blank.csv, row 2, column enterprise_id: The row has no id"),
        (["--roster", "twice.csv"], '[C02] twice.csv, row 3, column enterprise_id: "E1" stands in row 2 already'),
        (["--roster", "near.csv"], 'The column "enterprise_id" is missing; did you mean it by "Entreprise_ID"?'),
        (["--roster", "empty.csv"], "[A02] empty.csv"),
        (["--roster", "header.csv"], "[A03] header.csv"),
        (
            ["--roster", "there.xlsx"],
            "[A25] there.xlsx: The list of enterprises must be a CSV file; save its sheet as CSV",
        ),
        (["--config", "listed.toml"], "give it with --roster"),
        (["--config", "free.toml", "--roster", "good.csv"], "leave out --roster"),
    ],
)
def test_wrong_input_gets_exit_2_says_what_to_do_and_writes_nothing(here, capsys, arguments, expected):
    for name, text in {
        "good.csv": REGISTER,
        "spaced.csv": "enterprise_id,name\nE1,A\nE 2,B\n",
        "blank.csv": "enterprise_id,name\n,A\nE2,B\n",
        "twice.csv": "enterprise_id,name\nE1,A\nE1,B\n",
        "near.csv": "Entreprise_ID,name\nE1,A\n",
        "empty.csv": "",
        "header.csv": "enterprise_id,name\n",
        "listed.toml": 'design = "roster"\n',
        "free.toml": 'design = "generator"\n',
        "there.xlsx": "mine",
    }.items():
        (here / name).write_text(text, encoding="utf-8")
    assert main(["form", *([] if "--out" in arguments else ["--out", "form.xlsx"]), *arguments]) == 2
    printed = capsys.readouterr()
    assert expected in printed.err
    assert printed.out == ""
    assert "Traceback" not in printed.err
    assert not (here / "form.xlsx").exists()
    assert (here / "there.xlsx").read_text(encoding="utf-8") == "mine"


def test_every_problem_of_a_roster_is_told_at_once_without_names(here, capsys):
    (here / "bad.csv").write_text("enterprise_id,name\n,Layla\nE 2,Basma\nE3,Karim\nE3,Dina\n", encoding="utf-8")
    assert main(["form", "--out", "form.xlsx", "--roster", "bad.csv", "--lang", "ar"]) == 2
    printed = capsys.readouterr().err
    assert printed.count("bad.csv") == 3
    assert "المشكلات المطلوب تصحيحها: 3" in printed
    assert not [name for name in ("Layla", "Basma", "Karim", "Dina") if name in printed]


def test_a_place_below_a_file_gets_exit_3(here, capsys):
    (here / "file").write_text("I am a file", encoding="utf-8")
    assert main(["form", "--out", "file/form.xlsx"]) == 3
    assert "Traceback" not in capsys.readouterr().err
