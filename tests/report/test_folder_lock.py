import os
import subprocess
import sys
import threading

import pytest

from clusternet.errors import ResourceError
from clusternet.report.folder_lock import locked_folder
from clusternet.report.publish import published_folder

HOLDER = """
import sys
from clusternet.report.folder_lock import locked_folder
with locked_folder(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "out")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_f06_a_second_run_is_told_which_process_is_writing(tmp_path, holder):
    with (
        pytest.raises(ResourceError, match=rf'process {holder.pid}\) is writing "out"') as caught,
        locked_folder(tmp_path / "out"),
    ):
        pytest.fail("two runs held one folder")
    assert caught.value.exit_code == 3
    with locked_folder(tmp_path / "other"):
        assert ".other.lock" in names(tmp_path)


def test_f06_the_lock_of_a_killed_run_falls(tmp_path, holder):
    holder.kill()
    holder.wait()
    with locked_folder(tmp_path / "out"):
        assert (tmp_path / ".out.lock").read_text() == str(os.getpid())
    assert names(tmp_path) == []


def test_who_holds_a_folder_may_ask_again(tmp_path):
    with locked_folder(tmp_path / "out"):
        with published_folder(tmp_path / "out") as folder:
            folder.write("manifest.json", "{}")
        assert names(tmp_path) == [".out.lock", "out"]
    assert names(tmp_path) == ["out"]


def test_another_thread_may_not(tmp_path):
    said = []

    def second():
        try:
            with locked_folder(tmp_path / "out"):
                said.append("held")
        except ResourceError as error:
            said.append(str(error))

    with locked_folder(tmp_path / "out"):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert len(said) == 1
    assert str(os.getpid()) in said[0]


@pytest.mark.fault("F01", "F06")
def test_what_killed_runs_left_is_cleared_away_and_nothing_else(tmp_path):
    for name in (
        ".out.0123abcd.partial",
        ".out.00000000.old",
        ".outer.0123abcd.partial",
        ".out.notours.partial",
        "out",
    ):
        (tmp_path / name).mkdir()
    (tmp_path / ".out.0123abcd.unfinished").write_text("half")
    with locked_folder(tmp_path / "out"):
        assert names(tmp_path) == [".out.lock", ".out.notours.partial", ".outer.0123abcd.partial", "out"]


@pytest.mark.fault("F01")
def test_an_old_result_that_was_set_aside_comes_back(tmp_path):
    (tmp_path / ".out.00000000.old").mkdir()
    (tmp_path / ".out.00000000.old" / "manifest.json").write_text("{}")
    with locked_folder(tmp_path / "out"):
        assert names(tmp_path / "out") == ["manifest.json"]


def test_a_place_that_cannot_be_written_is_not_locked(tmp_path):
    with locked_folder(tmp_path / "missing" / "out"):
        assert names(tmp_path) == []
