"""The folder of stages: whole or not there, kept small, and cleared without touching what is not ours."""

import os
import stat
import sys
import threading

import pytest

from clusternet.errors import InputError
from clusternet.report.folder_stages import KEPT_RUNS, README, DamagedStageError, StageFolder
from tests.report.killing import killed_at

TOLD = {"text": "منشأة", "number": 0.1, "none": None}
PARTS = [b"", b"\n\x00abc", b"x" * 1000]


def name(stage, number):
    return f"{stage}-{number:032x}.stage"


def test_what_is_stored_is_loaded(tmp_path):
    folder = StageFolder(tmp_path / "kept")
    folder.begin([name("clusters", 1)])
    assert folder.load(name("clusters", 1)) is None
    folder.store(name("clusters", 1), TOLD, PARTS)
    assert folder.load(name("clusters", 1)) == (TOLD, PARTS)
    [stored] = folder.stages()
    assert (stored.stage, stored.size) == ("clusters", (folder.path / name("clusters", 1)).stat().st_size)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_the_owner_can_look_into_it(tmp_path):
    (tmp_path / "kept").mkdir(mode=0o755)
    for path in (tmp_path / "kept", tmp_path / "deeper" / "kept"):
        StageFolder(path).begin([])
        assert stat.S_IMODE(path.stat().st_mode) == 0o700


def test_it_says_what_it_is_in_both_languages(tmp_path):
    StageFolder(tmp_path).begin([])
    text = (tmp_path / README).read_text(encoding="utf-8")
    for words in ("confidential", "--clear", "سري كالمسح", "لا تسلّمه"):
        assert words in text


def test_F14_no_byte_can_change_or_be_missing_unseen(tmp_path):
    folder, entry = StageFolder(tmp_path), name("scores", 1)
    folder.begin([entry])
    folder.store(entry, TOLD, PARTS)
    data = (tmp_path / entry).read_bytes()
    for place in range(0, len(data), 7):
        flipped = bytearray(data)
        flipped[place] ^= 0x20
        for content in (flipped, data[:place]):
            (tmp_path / entry).write_bytes(content)
            with pytest.raises(DamagedStageError, match=r"damaged|another version"):
                folder.load(entry)


def test_F14_a_stage_under_another_name_is_refused(tmp_path):
    folder = StageFolder(tmp_path)
    folder.begin([name("scores", 1)])
    folder.store(name("scores", 1), TOLD, PARTS)
    (tmp_path / name("scores", 1)).rename(tmp_path / name("scores", 2))
    with pytest.raises(DamagedStageError, match="damaged"):
        folder.load(name("scores", 2))


def test_only_the_last_runs_are_kept(tmp_path):
    folder = StageFolder(tmp_path)
    for number in range(KEPT_RUNS + 2):
        # The first stage is needed by every run.
        run = [name("clusters", 0), name("scores", number)]
        folder.begin(run)
        for entry in run:
            folder.store(entry, TOLD, PARTS)
        for path in tmp_path.iterdir():
            os.utime(path, ns=(0, path.stat().st_mtime_ns - 10**9))
    folder.begin([name("clusters", 0), name("scores", KEPT_RUNS + 1)])
    kept = {path.name for path in tmp_path.glob("*.stage")}
    assert kept == {name("clusters", 0), *(name("scores", number) for number in range(2, KEPT_RUNS + 2))}
    assert len(list(tmp_path.glob("run-*.json"))) == KEPT_RUNS


def test_what_a_killed_run_left_half_written_goes_after_a_while_and_not_at_once(tmp_path):
    folder = StageFolder(tmp_path)
    folder.begin([])
    half = [tmp_path / f".{name('scores', 1)}.{letter * 8}.unfinished" for letter in "ab"]
    for path in half:
        path.write_bytes(b"half")
    os.utime(half[0], (1, 1))
    folder.begin([])
    assert [path.exists() for path in half] == [False, True]


def test_clearing_removes_what_is_ours_and_nothing_else(tmp_path):
    folder = StageFolder(tmp_path / "kept")
    folder.begin([name("scores", 1)])
    folder.store(name("scores", 1), TOLD, PARTS)
    theirs = folder.path / "scores-mine.stage"
    theirs.write_text("mine", encoding="utf-8")
    assert folder.clear() == 1
    assert list(folder.path.iterdir()) == [theirs]
    with pytest.raises(InputError, match="no folder in which"):
        folder.clear()
    theirs.unlink()
    folder.begin([])
    assert folder.clear() == 0
    assert not folder.path.exists()


@pytest.mark.parametrize("content", [{}, {"a.csv": "1"}, {README: "hello"}, {name("scores", 1): "x"}])
def test_another_folder_is_neither_listed_nor_cleared(tmp_path, content):
    for file, text in content.items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    for verb in (StageFolder(tmp_path).clear, StageFolder(tmp_path).stages, StageFolder(tmp_path / "none").clear):
        with pytest.raises(InputError, match="no folder in which"):
            verb()
    assert {path.name for path in tmp_path.iterdir()} == set(content)


@pytest.mark.skipif(sys.platform != "linux", reason="needs fork")
def test_F01_a_kill_at_any_write_leaves_a_stage_whole_or_not_there(tmp_path):
    entry = name("scores", 1)

    def run(folder):
        StageFolder(folder).begin([entry])
        StageFolder(folder).store(entry, TOLD, PARTS)
        StageFolder(folder).begin([entry])

    points = killed_at(-1, lambda: run(tmp_path / "whole"), tmp_path)
    assert points > 10
    found = set()
    for number in range(points):
        folder = StageFolder(tmp_path / str(number))
        assert killed_at(number, lambda folder=folder: run(folder.path), tmp_path) is None
        folder.check(tmp_path / "out")  # still taken for one of ours
        found.add(folder.load(entry) is not None if folder.path.exists() else False)
        run(folder.path)
        assert folder.load(entry) == (TOLD, PARTS)
        folder.clear()
        assert not folder.path.exists()
    assert found == {False, True}


def test_runs_at_once_do_not_disturb_each_other(tmp_path):
    trouble = []

    def work(number):
        folder = StageFolder(tmp_path)
        try:
            for turn in range(15):
                # Fewer than are kept, half of them shared.
                entry = name("scores", (number + turn) % KEPT_RUNS)
                folder.begin([entry])
                if folder.load(entry) is None:
                    folder.store(entry, TOLD, PARTS)
                assert folder.load(entry) in (None, (TOLD, PARTS))
        except Exception as error:
            trouble.append(error)
            raise

    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert trouble == []
    assert len(list(tmp_path.glob("*.stage"))) == KEPT_RUNS
