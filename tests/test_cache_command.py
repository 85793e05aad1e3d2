"""``clusternet cache`` and the options of ``study`` that go with it."""

import json

import pytest

from clusternet.cli import main
from clusternet.report.folder_stages import StageFolder


@pytest.fixture
def kept(tmp_path):
    folder = StageFolder(tmp_path / "out.stages")
    entries = [f"clusters-{0:032x}.stage", f"scores-{0:032x}.stage"]
    folder.begin(entries)
    for entry in entries:
        folder.store(entry, {}, [b"x" * 3000])
    return folder.path


@pytest.mark.parametrize(
    ("language", "listed", "cleared"),
    [
        ("en", ["Scoring clusters", "3.1 KB", "2 stages, 6.2 KB in all"], "2 stages were removed"),
        ("ar", ["البحث عن العناقيد", "مرحلتان، والمجموع"], "حُذفت مرحلتان"),
    ],
)
def test_it_lists_and_clears(kept, capsys, language, listed, cleared):
    assert main(["cache", str(kept), "--lang", language]) == 0
    said = capsys.readouterr().out
    assert len(said.splitlines()) == 3
    for words in listed:
        assert words in said
    assert main(["cache", str(kept), "--clear", "--lang", language]) == 0
    assert cleared in capsys.readouterr().out
    assert not kept.exists()


@pytest.mark.parametrize("further", [[], ["--clear"]])
def test_another_folder_gets_exit_2_and_stays(tmp_path, capsys, further):
    (tmp_path / "a.csv").write_text("1", encoding="utf-8")
    assert main(["cache", str(tmp_path), *further]) == 2
    assert "no folder in which a study keeps" in capsys.readouterr().err
    assert (tmp_path / "a.csv").exists()


def test_study_keeps_its_stages_beside_the_result_and_the_manifest_does_not_tell(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "enterprises.csv").write_text("enterprise_id,name\na,A\nb,B\nc,C\n", encoding="utf-8")
    (tmp_path / "s" / "linkages.csv").write_text(
        "source,target,layer\na,b,stock\nb,c,stock\na,c,stock\n", encoding="utf-8"
    )
    run = ["study", "s", "--out", "out", "--draws", "2", "--resamples", "2", "--method", "leiden"]
    digests = []
    for further, expected in [
        ([], ["out", "out.stages", "s"]),
        (["--no-cache"], ["out", "s"]),
        (["--cache", "kept"], ["kept", "out", "s"]),
        (["--cach=kept"], ["kept", "out", "s"]),
        (["--no-c"], ["out", "s"]),
    ]:
        assert main([*run, *further]) == 0
        assert sorted(path.name for path in tmp_path.iterdir()) == expected
        manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
        digests.append((manifest["sha256"], manifest["command"]))
        assert main([*run, *further]) == 2  # the result is there already
        for name in set(expected) - {"s"}:
            for path in (tmp_path / name).iterdir():
                path.unlink()
            (tmp_path / name).rmdir()
    assert len(set(digests)) == 1
    capsys.readouterr()


def test_the_demo_replaces_only_its_own_folder_unasked(tmp_path, monkeypatch, capsys):
    asked = []

    def run_study(path, *, out, overwrite, **options):
        asked.append((out, overwrite))
        raise KeyboardInterrupt

    monkeypatch.setattr("clusternet.study.run_study", run_study)
    monkeypatch.chdir(tmp_path)
    for further in ([], ["--out", "mine"], ["--out", "mine", "--overwrite"]):
        assert main(["demo", *further]) == 130
    assert asked == [("clusternet-demo", True), ("mine", False), ("mine", True)]
    assert "kept" not in capsys.readouterr().err
