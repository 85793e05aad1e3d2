import errno
import sys

import pytest

from clusternet.report import folder_exchange
from clusternet.report.folder_exchange import exchanged


@pytest.fixture
def folders(tmp_path):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(name)
    return tmp_path / "one", tmp_path / "other"


def content(folder):
    return [path.name for path in folder.iterdir()]


def test_two_folders_change_places_or_nothing_happens(folders):
    one, other = folders
    done = exchanged(one, other)
    assert (content(one), content(other)) == ((["other.txt"], ["one.txt"]) if done else (["one.txt"], ["other.txt"]))
    assert done or sys.platform not in ("linux", "darwin")


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="the call is one of Linux and macOS")
def test_a_folder_that_is_not_there_is_an_error(folders):
    with pytest.raises(OSError, match="missing") as caught:
        exchanged(folders[0], folders[1].with_name("missing"))
    assert caught.value.errno == errno.ENOENT
    assert content(folders[0]) == ["one.txt"]


def test_a_system_that_does_not_know_how_says_so(folders, monkeypatch):
    monkeypatch.setattr(folder_exchange.sys, "platform", "plan9")
    assert not exchanged(*folders)
    assert content(folders[0]) == ["one.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="stands in for the call of Linux")
def test_a_disk_that_does_not_know_how_says_so(folders, monkeypatch):
    monkeypatch.setattr(folder_exchange, "_LINUX", ("renameat2", 1 << 20, -100))
    assert not exchanged(*folders)
    monkeypatch.setattr(folder_exchange, "_LINUX", ("no_such_call", 2, -100))
    assert not exchanged(*folders)
    assert content(folders[0]) == ["one.txt"]
