"""The commands, as a newcomer runs them."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from clusternet.cli import main
from clusternet.datasets import DATASETS
from clusternet.detect import METHODS
from clusternet.messages import translate
from clusternet.metrics import METRICS
from clusternet.study.stage_memory import study_memory

ROOT = Path(__file__).parents[1]


@pytest.fixture
def florentine(tmp_path):
    folder = tmp_path / "florentine"
    shutil.copytree(DATASETS["florentine"].folder, folder)
    return folder


def test_study_writes_a_report_and_says_where(florentine, tmp_path, capsys):
    assert main(["study", str(florentine), "--out", str(tmp_path / "out"), "--draws", "9"]) == 0
    printed = capsys.readouterr()
    assert "16 enterprises" in printed.out
    assert str(tmp_path / "out" / "report.html") in printed.out
    assert (tmp_path / "out" / "report.html").is_file()
    assert printed.err == ""


def test_f05_a_second_run_is_refused_and_overwrite_replaces(florentine, tmp_path, capsys):
    arguments = ["study", str(florentine), "--out", str(tmp_path / "out"), "--draws", "0"]
    assert main(arguments) == 0
    before = (tmp_path / "out" / "members.csv").read_bytes()
    assert main(arguments) == 2
    assert "--overwrite" in capsys.readouterr().err
    assert main([*arguments, "--overwrite"]) == 0
    assert (tmp_path / "out" / "members.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["study", "nowhere", "--out", "x"], "nowhere"),
        (["check", "nowhere"], "nowhere"),
        (["study", "{survey}", "--out", "x", "--method", "lieden"], 'Did you mean "leiden"'),
        (["study", "{survey}", "--out", "x", "--seed", "-1"], "whole number"),
        (["study", "{survey}", "--out", "x", "--draws", "-5"], "draws"),
        (["study", "{survey}", "--out", "x", "--lang", "fr"], "expected one of: en, ar"),
    ],
)
def test_wrong_input_gets_exit_2_and_no_traceback(florentine, tmp_path, monkeypatch, capsys, arguments, expected):
    monkeypatch.chdir(tmp_path)
    assert main([argument.format(survey=florentine) for argument in arguments]) == 2
    printed = capsys.readouterr()
    assert expected in printed.err
    assert "Traceback" not in printed.err
    assert not (tmp_path / "x").exists()


def test_every_problem_is_listed_at_once_in_the_language_asked_for(florentine, capsys):
    table = florentine / "linkages.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    header = lines[0].split(",")
    row = dict(zip(header, lines[1].split(","), strict=True))
    bad = [",".join({**row, "layer": "gossip"}.values()), ",".join({**row, "source": ""}.values())]
    table.write_text("\n".join([*lines, *bad]) + "\n", encoding="utf-8")
    assert main(["check", str(florentine)]) == 2
    english = capsys.readouterr().err
    assert f"linkages.csv, row {len(lines) + 1}" in english
    assert f"linkages.csv, row {len(lines) + 2}" in english
    assert main(["check", str(florentine), "--lang", "ar"]) == 2
    arabic = capsys.readouterr().err
    assert "الصف" in arabic
    assert arabic.count("linkages.csv") == english.count("linkages.csv")


def test_check_of_a_good_survey(florentine, capsys):
    assert main(["check", str(florentine)]) == 0
    assert "enterprises: 16 rows" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["metrics", "methods"])
def test_lists_are_complete_in_text_and_json(name, capsys):
    assert main([name]) == 0
    text = capsys.readouterr().out
    assert main([name, "--json"]) == 0
    cards = json.loads(capsys.readouterr().out)
    assert [card["name"] for card in cards] == [line.split()[0] for line in text.splitlines()]
    assert main([name, "--lang", "ar"]) == 0
    assert any("\u0600" <= letter <= "\u06ff" for letter in capsys.readouterr().out)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_card_of_one_metric_says_everything(language, capsys):
    assert main(["metrics", "conductance", "--lang", language]) == 0
    printed = capsys.readouterr().out
    card = METRICS["conductance"].card
    words = [card.label, card.sentence, card.unit, card.undefined, "Cohesion", "lower is better"]
    for text in (card.name, card.formula, card.reference, *(translate(word, language) for word in words)):
        assert text in printed
    assert ("\u0600" <= printed.splitlines()[1][0] <= "\u06ff") == (language == "ar")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_card_of_one_method_says_everything(language, capsys):
    assert main(["methods", "leiden", "--lang", language]) == 0
    printed = capsys.readouterr().out
    card = METHODS["leiden"].card
    texts = [card.name, card.reference, "resolution = 1", *(translate(w, language) for w in (card.label, card.assumes))]
    for text in texts:
        assert text in printed


def test_one_card_as_json_and_an_unknown_one(capsys):
    assert main(["metrics", "density", "--json"]) == 0
    assert [card["name"] for card in json.loads(capsys.readouterr().out)] == ["density"]
    assert main(["metrics", "densty"]) == 2
    assert 'Did you mean "density"' in capsys.readouterr().err
    assert main(["methods", "density"]) == 2
    assert main(["metrics", "--lang", "fr"]) == 2
    assert "expected one of: en, ar" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_reference_page_is_printed(language, capsys):
    assert main(["metrics", "--markdown", "--lang", language]) == 0
    printed = capsys.readouterr().out
    assert all(f"(`{name}`)" in printed for name in METRICS)
    assert ('dir="rtl"' in printed) == (language == "ar")


def test_version_and_module_run(capsys):
    assert main(["version"]) == 0
    printed = capsys.readouterr().out
    done = subprocess.run(
        [sys.executable, "-m", "clusternet", "version"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == printed == "clusternet 0.1.0\n"


@pytest.mark.fault("G10")
def test_a_fault_of_ours_ends_with_exit_1_and_no_traceback(monkeypatch, capsys):
    monkeypatch.setattr("clusternet.detect.METHODS", None)
    assert main(["methods"]) == 1
    assert "fault of its own" in capsys.readouterr().err
    with pytest.raises(AttributeError):
        main(["methods", "--debug"])


def test_no_command_shows_the_help(capsys):
    with pytest.raises(SystemExit) as stopped:
        main([])
    assert stopped.value.code == 2
    assert "clusternet" in capsys.readouterr().err


@pytest.mark.fault("F04")
def test_a_read_only_folder_gets_exit_3(florentine, tmp_path, capsys):
    target = tmp_path / "file"
    target.write_text("I am a file", encoding="utf-8")
    assert main(["study", str(florentine), "--out", str(target / "below")]) == 3
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--help"], ["version"], ["study", "--help"], ["check", "nowhere", "--help"]])
def test_what_needs_no_survey_loads_no_heavy_library(arguments):
    heavy = "numpy pandas scipy igraph networkx numba plotly pyarrow jinja2 xlsxwriter openpyxl".split()
    code = (
        "import sys\nfrom clusternet.cli import main\n"
        f"try:\n    main({arguments!r})\nexcept SystemExit as end:\n    assert end.code == 0\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_study_says_how_much_memory_and_time_it_took(florentine, tmp_path, capsys):
    arguments = ["study", str(florentine), "--draws", "0", "--resamples", "0", "--out"]
    assert main([*arguments, str(tmp_path / "out")]) == 0
    timing = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["timing"]
    stages = {"read", "network", "clusters", "scores", "report"}
    assert stages <= set(timing["stages"]) <= stages | {"doubt"}
    assert sum(timing["stages"].values()) >= timing["seconds"] > 0
    assert set(timing["memory"]["expected"]) == stages | {"doubt"}
    if sys.platform != "win32":
        assert timing["memory"]["used"]["report"] >= timing["memory"]["used"]["read"] > 10_000_000
    capsys.readouterr()


@pytest.mark.fault("A24", "F08")
@pytest.mark.parametrize(("language", "expected"), [("en", "needs about"), ("ar", "تحتاج الدراسة")])
def test_a_study_beyond_the_memory_limit_gets_exit_3_before_the_work(
    florentine, tmp_path, monkeypatch, capsys, language, expected
):
    need = study_memory(enterprises=16, linkages=35)["report"]
    arguments = ["study", str(florentine), "--out", str(tmp_path / "out"), "--lang", language, "--memory-limit"]
    monkeypatch.setattr("clusternet.study.running.build_network", None)  # to call it would fail
    assert main([*arguments, str(need - 1)]) == 3
    assert expected in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.fault("F08")
def test_a_machine_out_of_memory_gets_exit_3(florentine, tmp_path, monkeypatch, capsys):
    def out_of_memory(survey):
        raise MemoryError

    monkeypatch.setattr("clusternet.study.running.build_network", out_of_memory)
    assert main(["study", str(florentine), "--out", str(tmp_path / "out")]) == 3
    assert "no memory left" in capsys.readouterr().err
