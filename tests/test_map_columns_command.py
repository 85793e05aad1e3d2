"""``map-columns`` as an officer uses it: what is printed, what is written, what is refused."""

import tomllib
from pathlib import Path

import pytest

from clusternet.cli import main
from tests.ingest.drafting.foreign_forms import ENGLISH, Style, write_kobo


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """An export of a form that is not ours."""
    return write_kobo(tmp_path / "answers.xlsx", Style(ENGLISH, "/", "summary"))


def test_without_out_it_prints_toml_and_nothing_else(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["map-columns", str(export)]) == 0
    said = capsys.readouterr()
    assert tomllib.loads(said.out)["mapping"]["enterprises"]["name"] == "Enterprise/Enterprise name"
    assert said.err == ""


def test_what_it_writes_is_found_beside_the_export(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = export.with_name("study.toml")
    assert main(["map-columns", str(export), "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "enterprises 3, linkages 4, needs and offers 3" in said
    assert "clusternet check answers.xlsx" in said
    assert main(["check", str(export)]) == 0
    assert "enterprises: 3 rows" in capsys.readouterr().out


def test_the_comments_are_in_the_language_asked_for(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["map-columns", str(export), "--lang", "ar"]) == 0
    out = capsys.readouterr().out
    comments = [line for line in out.splitlines() if line.startswith("# ") and not line.startswith("#   ")]
    assert comments
    assert all(any("\u0600" <= letter <= "\u06ff" for letter in line) for line in comments)
    assert main(["map-columns", str(export)]) == 0
    assert tomllib.loads(out) == tomllib.loads(capsys.readouterr().out)


def test_other_settings_are_kept(export: Path, tmp_path: Path) -> None:
    config = tmp_path / "old.toml"
    before = 'title = "Carpenters"  # ours\nmax_nominations = 5\n\n[layers.kinship]\ndirected = false\n'
    config.write_text(before, encoding="utf-8-sig")
    assert main(["map-columns", str(export), "--config", str(config), "--out", str(config), "--overwrite"]) == 0
    text = config.read_text(encoding="utf-8")
    assert text.startswith(before)
    found = tomllib.loads(text)
    assert found["title"] == "Carpenters"
    assert found["layers"] == {"kinship": {"directed": False}}
    assert found["mapping"]["kind"] == "export"
    assert main(["check", str(export), "--config", str(config)]) == 0


def test_a_mapping_that_is_there_is_not_replaced(
    export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "old.toml"
    config.write_text('[mapping]\nkind = "export"\n[mapping.enterprises]\nname = "x"\n', encoding="utf-8")
    before = config.read_bytes()
    assert main(["map-columns", str(export), "--config", str(config), "--out", str(config), "--overwrite"]) == 2
    assert "E09" in capsys.readouterr().err
    assert config.read_bytes() == before


def test_an_existing_file_is_refused_before_anything_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "study.toml"
    out.write_text("title = 'mine'\n", encoding="utf-8")
    assert main(["map-columns", str(tmp_path / "missing.xlsx"), "--out", str(out)]) == 2
    assert "--overwrite" in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == "title = 'mine'\n"


@pytest.mark.parametrize(("name", "word"), [("study.txt", ".toml"), ("folder.toml", "folder")])
def test_names_that_cannot_be_are_refused(
    name: str, word: str, export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder.toml").mkdir()
    assert main(["map-columns", str(export), "--out", str(tmp_path / name), "--overwrite"]) == 2
    assert word in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["missing.xlsx"], "A01"), (["answers.xlsx", "--config", "missing.toml"], "A01"), (["empty.csv"], "A02")],
)
def test_a_newcomer_with_wrong_input(
    arguments: list[str],
    code: str,
    export: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(export.parent)
    Path("empty.csv").write_bytes(b"")
    assert main(["map-columns", *arguments]) == 2
    said = capsys.readouterr()
    assert f"[{code}]" in said.err
    assert said.out == ""


def test_an_unknown_language_is_refused(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["map-columns", str(export), "--lang", "xx"]) == 2
    assert "xx" in capsys.readouterr().err


def test_a_disk_that_cannot_be_written_leaves_nothing_behind(
    export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    out = tmp_path / "new" / "study.toml"
    assert main(["map-columns", str(export), "--out", str(out)]) == 3
    assert list(out.parent.iterdir()) == []
