"""F08, G10, G11 and C16: what a newcomer, a careless hand or a hostile file name does to a command."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from clusternet.cli import main
from clusternet.datasets import DATASETS
from tests.faults.conftest import QUICK, contents

#: Names of files that look like options, folders elsewhere, devices, or nothing at all.
ODD_NAMES = ("-x", "--overwrite", "-rf", "مسح المنشآت", "a b'c\"d", "%2e%2e", "CON", "🪑", "x" * 200)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["stduy", "survey"], "invalid choice: 'stduy'"),
        (["study", "survey"], "--out"),
        (["study", "--out", "x"], "SURVEY"),
        (["study", "survey", "--out", "x", "--metod", "leiden"], "--metod"),
        (["study", "survey", "--out"], "--out: expected one argument"),
        (["check"], "SURVEY"),
    ],
)
def test_G11_a_command_that_is_not_understood_shows_how_it_is_used(place, monkeypatch, capsys, typed, said):
    monkeypatch.chdir(place)
    before = contents(place)
    with pytest.raises(SystemExit) as caught:
        main(typed)
    assert caught.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith("usage: clusternet")
    assert said in told
    assert contents(place) == before


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["check", "nowhere.csv"], "nowhere.csv"),
        (["check", ""], "[A01]"),
        (["check", "empty"], "enterprises.csv"),
        (["check", "picture.png"], "is no survey that can be read"),
        (["check", "survey", "--config", "survey"], "survey"),
        (["publish", "survey", "--out", "made"], "holds no result"),
        (["publish", "survey/linkages.csv", "--out", "made"], 'There is no folder "linkages.csv"'),
        (["export", "empty", "--to", "gephi"], "holds no result"),
        (["export", "result", "--to", "gefi"], 'Did you mean "gephi"'),
        (["verify", "survey"], "holds no result"),
        (["publish", "result", "--out", "result/inside"], "lies in the result folder"),
        (["form", "--out", "form.doc"], ".xlsx"),
        (["form", "--out", "form.xlsx", "--roster", "nowhere.csv"], "nowhere.csv"),
        (["map-columns", "empty"], "empty"),
        (["match", "nowhere", "--out", "pairs.xlsx"], "nowhere"),
        (["metrics", "densty"], 'Did you mean "density"'),
    ],
)
def test_G11_the_wrong_thing_is_told_in_a_sentence(place, monkeypatch, capsys, typed, said):
    monkeypatch.chdir(place)
    (place / "empty").mkdir()
    (place / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    before = contents(place)
    assert main(typed) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert "Traceback" not in told.err
    assert contents(place) == before


@pytest.mark.parametrize("name", ODD_NAMES)
def test_G11_C16_names_of_files_are_names_whatever_they_look_like(place, tmp_path, monkeypatch, capsys, name):
    monkeypatch.chdir(place)
    shutil.copytree(place / "survey", place / name)
    before = contents(place)
    assert main(["check", f"--out={name}.checked", "--", name]) == 0
    assert main(["export", "--to", "gephi", f"--out={name}.ex", "--", "result"]) == 0
    capsys.readouterr()
    made = set(contents(place)) - set(before)
    assert {Path(path).parts[0] for path in made} == {f"{name}.checked", f"{name}.ex"}
    assert {path.name for path in tmp_path.iterdir()} == {"place"}


@pytest.fixture
def hostile(tmp_path):
    """A survey whose every name looks like a path, a device or an option."""
    folder = tmp_path / "survey"
    folder.mkdir()
    names = [
        "../../etc/passwd",
        "CON",
        "a/b",
        "n" * 300,
        ".",
        "🪑",
        r"\\server\share",
        "/abs",
        "-rf",
        "c:\\x",
        "..",
        "~",
    ]
    rows = [f'"{name}","{name}"\n' for name in names]
    (folder / "enterprises.csv").write_text("enterprise_id,name\n" + "".join(rows), encoding="utf-8")
    ends = [f'"{a}","{b}",supply\n' for a, b in zip(names, names[1:] + names[:1], strict=True)]
    (folder / "linkages.csv").write_text("source,target,layer\n" + "".join(ends), encoding="utf-8")
    (folder / "study.toml").write_text('title = "../../../title/../of: the* study?"\n', encoding="utf-8")
    return folder


@pytest.mark.slow
def test_C16_no_name_of_an_enterprise_becomes_the_name_of_a_file(tmp_path, hostile, result, monkeypatch, capsys):
    """The files of a study and of every export have the names that they always have, and lie where they were asked."""
    monkeypatch.chdir(tmp_path)
    assert main(["study", "survey", "--out", "deep/out", *QUICK]) == 0
    assert main(["export", "deep/out", "--to", "all", "--out", "deep/exports"]) == 0
    assert main(["publish", "deep/out", "--out", "deep/public", "--count-all"]) in (0, 4)
    capsys.readouterr()
    found = {path for path in contents(tmp_path) if not path.startswith("survey/")}
    assert {path for path in found if not path.startswith("deep/")} == set()
    files = {Path(path).name for path in found if path.startswith("deep/out/")}
    assert files == {path.name for path in result.iterdir()}
    assert all(part.isascii() and ".." not in part and len(part) < 60 for path in found for part in Path(path).parts)


@pytest.mark.parametrize("column", ["monthly_income", "latitude", "longitude", "turnover", "contact"])
def test_G10_no_confidential_value_is_in_a_message(tmp_path, monkeypatch, capsys, column):
    monkeypatch.chdir(tmp_path)
    survey = tmp_path / "survey"
    survey.mkdir()
    canary = "98765x4321"
    (survey / "enterprises.csv").write_text(
        f"enterprise_id,name,{column}\nE1,Oak,{canary}\nE2,Elm,1\nE1,Ash,{canary}\n"
    )
    (survey / "linkages.csv").write_text("source,target,layer\nE1,E2,supply\nE2,E9,supply\n")
    for language in ("en", "ar"):
        assert main(["check", "survey", "--out", language, "--lang", language]) == 2
        told = capsys.readouterr()
        assert canary not in told.err + told.out
        assert "Traceback" not in told.err
        assert canary.encode() not in (tmp_path / language / "problems.csv").read_bytes()


def test_G10_a_fault_of_ours_tells_nothing_of_the_data(place, monkeypatch, capsys):
    def fail(*_arguments, **_options):
        raise ZeroDivisionError("income of Layla Carpentry")

    monkeypatch.chdir(place)
    monkeypatch.setattr("clusternet.ingest.read_survey", fail)
    assert main(["check", "survey"]) == 1
    told = capsys.readouterr().err
    assert "ZeroDivisionError" in told
    assert "Layla" not in told
    assert "Traceback" not in told


_LIMITED = """
import resource, sys
import clusternet.cli, clusternet.study
from clusternet.cli import main
limit = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold a process to this limit")
@pytest.mark.parametrize("room", [100 << 20, pytest.param(1 << 30, marks=pytest.mark.slow)])
def test_F08_a_process_that_may_not_have_the_memory_says_so_in_words(tmp_path, room):
    """Below what the program itself needs, and below what the survey needs on top of it."""
    survey = tmp_path / "survey"
    survey.mkdir()
    (survey / "enterprises.csv").write_text("enterprise_id,name\n" + "".join(f"E{i},Oak\n" for i in range(99)))
    with (survey / "linkages.csv").open("w") as stream:
        stream.write("source,target,layer\nE1,E2,supply\n")
        stream.truncate(2 << 30)
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(room), "study", str(survey), "--out", str(tmp_path / "out"), *QUICK],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert "memory" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["survey"]


@pytest.mark.parametrize("where", ["clusternet.study.running.find_clusters", "clusternet.study.running.write_report"])
def test_F08_no_memory_in_the_middle_of_the_work(tmp_path, monkeypatch, capsys, where):
    def greedy(*_arguments, **_options):
        raise MemoryError

    monkeypatch.setattr(where, greedy)
    out = tmp_path / "place" / "out"
    out.parent.mkdir()
    assert main(["study", str(DATASETS["florentine"].folder), "--out", str(out), *QUICK]) == 3
    assert "no memory left" in capsys.readouterr().err
    assert [path for path in contents(out.parent) if not path.endswith(".lock")] == []


_WITHOUT = """
import sys

class Nowhere:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("pyarrow", "pyreadstat", "playwright", "atheris", "pyxform"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Nowhere())
from clusternet.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("stages", [[], ["--no-cache"]])
def test_F12_a_whole_study_needs_no_optional_package(tmp_path, stages):
    survey, out = str(DATASETS["florentine"].folder), str(tmp_path / "out")
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT, "study", survey, "--out", out, *QUICK, *stages],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "manifest.json").is_file()
