"""Every byte of every file of four studies is the one that was kept; what changes them is made anew by a command."""

import json

import pytest

from tests.golden import regenerate
from tests.golden.studies import FOLDER, STEADY, STUDIES, digests, kept, surroundings

HINT = "if that is meant: python -m tests.golden.regenerate"


@pytest.fixture(scope="module", params=STUDIES)
def made(request, tmp_path_factory):
    """One study, run once for all tests of it."""
    return request.param, digests(STUDIES[request.param](tmp_path_factory.mktemp("golden") / "out"))


def test_there_is_one_file_of_digests_for_each_study():
    assert {path.stem for path in FOLDER.glob("*.json")} == set(STUDIES)


def test_what_depends_on_nobody_else_is_the_same_everywhere(made):
    name, found = made
    before = kept(name)["files"]
    assert sorted(found) == sorted(before), HINT
    assert {file: found[file] for file in STEADY} == {file: before[file] for file in STEADY}, HINT


def test_every_byte_is_the_one_that_was_kept(made):
    name, found = made
    told = kept(name)
    here = surroundings()
    other = [
        f"{key} {told['made_with'].get(key)}, here {here[key]}"
        for key in here
        if told["made_with"].get(key) != here[key]
    ]
    if other:
        pytest.skip(f"digests are compared only with what they were made with: {'; '.join(other)}")
    assert regenerate.differences(told["files"], found) == [], HINT


def test_the_command_says_what_differs_and_changes_only_when_told_to(tmp_path, monkeypatch, capsys):
    before = {name: json.dumps(kept(name)) for name in STUDIES}
    found, changed = kept("degenerate")["files"], kept("degenerate")
    changed["files"]["members.csv"] = {"bytes": 1, "sha256": "0"}
    changed["files"]["gone.csv"] = {"bytes": 2, "sha256": "0"}
    monkeypatch.setattr(regenerate, "kept", lambda _: changed)
    monkeypatch.setattr(regenerate, "FOLDER", tmp_path)
    monkeypatch.setattr(regenerate, "STUDIES", {"degenerate": lambda out: out})
    monkeypatch.setattr(regenerate, "digests", lambda _: found)
    assert regenerate.main(["degenerate", "--check"]) == 1
    told = capsys.readouterr().out
    assert "! members.csv (1 -> " in told
    assert "- gone.csv (2 bytes)" in told
    assert list(tmp_path.iterdir()) == []
    assert regenerate.main(["degenerate"]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["degenerate.json"]
    assert regenerate.main(["karatee"]) == 2
    assert {name: json.dumps(kept(name)) for name in STUDIES} == before
