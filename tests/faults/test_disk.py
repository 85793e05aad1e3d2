"""F02 to F05: whatever the disk does to whichever command, it is told in words and nothing half written stays."""

import contextlib
import errno
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from clusternet.cli import main
from clusternet.errors import ResourceError
from clusternet.report import check_out
from clusternet.report.publish import published_folder
from tests.faults.conftest import QUICK, contents

resource = pytest.importorskip("resource", reason="this system sets no limits to processes")

#: Every command that writes, and what it writes; each has written it once before.
COMMANDS = {
    "study": ["study", "survey", "--out", "made", "--overwrite", *QUICK],
    "check": ["check", "survey", "--out", "made", "--overwrite"],
    "export": ["export", "result", "--to", "gephi", "--out", "made", "--overwrite"],
    "export all": ["export", "result", "--to", "all", "--out", "made", "--overwrite"],
    "publish": ["publish", "result", "--out", "made", "--count-all", "--overwrite"],
    "form": ["form", "--out", "made.xlsx", "--overwrite"],
    "map-columns": ["map-columns", "survey/linkages.csv", "--out", "made.toml", "--overwrite"],
    "match": ["match", "survey", "--out", "made.xlsx"],
}
#: Bytes that a file may have on a full disk.
ROOM = 0
#: Those that take little time, for what is tried several times.
QUICKER = [name for name in COMMANDS if name not in ("study", "export all")]


@contextlib.contextmanager
def full_disk(room):
    """Let no file of this process grow beyond some bytes, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def ready(place, monkeypatch):
    """Run a command once, in the folder where all lies; return its arguments and what the folder holds then."""
    monkeypatch.chdir(place)

    def run(name):
        if name == "study":
            shutil.copytree("result", "made")
        else:
            assert main(COMMANDS[name]) == 0
        return COMMANDS[name], contents(place)

    return run


@pytest.mark.parametrize("name", [*QUICKER, "study", pytest.param("export all", marks=pytest.mark.slow)])
def test_F02_a_full_disk_leaves_what_was_there(ready, place, capsys, name):
    arguments, before = ready(name)
    capsys.readouterr()
    with full_disk(600):
        assert main(arguments) == 3
    said = capsys.readouterr().err
    assert "no room left" in said
    assert "Traceback" not in said
    assert contents(place) == before


@pytest.mark.slow
@pytest.mark.parametrize("room", [ROOM, 10, 1000, 4000])
def test_F02_wherever_the_room_ends(ready, place, capsys, room):
    for name in ("check", "export", "publish"):
        arguments, before = ready(name)
        with full_disk(room):
            assert main(arguments) == 3
        assert "no room left" in capsys.readouterr().err
        assert contents(place) == before
        shutil.rmtree(place / "made", ignore_errors=True)


@pytest.mark.parametrize("name", QUICKER)
def test_F02_nothing_appears_where_nothing_was(place, monkeypatch, capsys, name):
    monkeypatch.chdir(place)
    before = contents(place)
    with full_disk(ROOM):
        assert main(COMMANDS[name]) == 3
    assert "no room left" in capsys.readouterr().err
    assert contents(place) == before


@pytest.mark.parametrize("name", ["check", "export", "publish", "form"])
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_F03_a_disk_that_fails_publishes_nothing(ready, place, monkeypatch, capsys, name, call):
    arguments, before = ready(name)

    def fail(*_arguments, **_options):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, call, fail)
    assert main(arguments) == 3
    said = capsys.readouterr().err
    assert "could not be written (Input/output error)" in said
    assert contents(place) == before


class Failing:
    """A stream that takes half of a text and then fails, as a disk does whose next block is broken."""

    def __init__(self, stream):
        self.stream = stream

    def __enter__(self):
        return self

    def __exit__(self, *given):
        self.stream.close()

    def writelines(self, parts):
        data = b"".join(parts)
        self.stream.write(data[: len(data) // 2])
        self.stream.flush()
        raise OSError(errno.EIO, "Input/output error")


@pytest.mark.parametrize("number", range(3))
def test_F03_a_write_that_ends_in_the_middle(tmp_path, monkeypatch, number):
    """The first file, one between, and the manifest."""
    opened, count = Path.open, iter(range(100))

    def once(path, mode="r", *given, **further):
        stream = opened(path, mode, *given, **further)
        return Failing(stream) if mode == "wb" and next(count) == number else stream

    def write(content):
        with published_folder(tmp_path / "out", overwrite=True) as folder:
            for name in ("a.csv", "b.csv", "manifest.json"):
                folder.write(name, content * 1000)

    write("old")
    before = contents(tmp_path)
    monkeypatch.setattr(Path, "open", once)
    with pytest.raises(ResourceError, match="nothing was changed") as caught:
        write("new")
    assert caught.value.exit_code == 3
    assert contents(tmp_path) == before


def test_F03_writes_that_take_less_than_they_were_given_are_gone_on_with(tmp_path, monkeypatch):
    """A pipe to the disk that takes some bytes at a time; what is written is whole, and its hash is right."""
    import io

    class Short(io.FileIO):
        def write(self, data):
            return super().write(bytes(data)[:7])

    opened = Path.open

    def short(path, mode="r", *given, **further):
        return io.BufferedWriter(Short(path, "w")) if mode == "wb" else opened(path, mode, *given, **further)

    monkeypatch.setattr(Path, "open", short)
    with published_folder(tmp_path / "out") as folder:
        folder.write("a.txt", "0123456789" * 3000)
    assert (tmp_path / "out" / "a.txt").read_text() == "0123456789" * 3000
    assert folder.written[0].size == 30_000


def in_the_way(kind, place):
    """Make something that is no folder to write, where it is to be written; return what must be said."""
    (place / "elsewhere").mkdir()
    match kind:
        case "a file":
            (place / "made").write_text("mine")
            return '"made" is a file'
        case "below a file":
            (place / "file").write_text("mine")
            (place / "made").symlink_to("file")
            return "is a link to another place"
        case "a link":
            (place / "made").symlink_to("elsewhere", target_is_directory=True)
            return "is a link to another place"
        case "a link to nowhere":
            (place / "made").symlink_to("nowhere", target_is_directory=True)
            return "is a link to another place"


@pytest.mark.parametrize("kind", ["a file", "below a file", "a link", "a link to nowhere"])
@pytest.mark.parametrize("name", ["study", "check"])
def test_F04_what_cannot_be_written_is_refused_before_anything_is_read(place, monkeypatch, capsys, kind, name):
    monkeypatch.chdir(place)
    shutil.rmtree(place / "survey")
    said = in_the_way(kind, place)
    before = contents(place)
    # The survey is gone: whoever had looked for it would say so.
    assert main(COMMANDS[name]) == 3
    assert said in capsys.readouterr().err
    assert contents(place) == before


@pytest.mark.parametrize("kind", ["a file", "a link"])
@pytest.mark.parametrize("name", ["export", "publish"])
def test_F04_what_cannot_be_written_is_refused_and_stays(place, monkeypatch, capsys, kind, name):
    monkeypatch.chdir(place)
    said = in_the_way(kind, place)
    before = contents(place)
    monkeypatch.setattr(
        "clusternet.report.exports.gexf.gexf_blocks", lambda *_: pytest.fail("the export was computed before")
    )
    assert main(COMMANDS[name]) == 3
    assert said in capsys.readouterr().err
    made = {name for name in set(contents(place)) - set(before) if not name.startswith("publication.key")}
    assert made == set()
    assert list((place / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("below", ["made", "deep/made"])
def test_F04_a_folder_that_may_not_be_written_is_refused_before_anything_is_read(place, monkeypatch, capsys, below):
    monkeypatch.chdir(place)
    shutil.rmtree(place / "survey")
    monkeypatch.setattr(os, "access", lambda *_: False)
    for name in ("study", "check"):
        assert main([below if part == "made" else part for part in COMMANDS[name]]) == 3
        assert "permission denied" in capsys.readouterr().err


def _unchangeable(folder):
    """Forbid every change of a folder, to the administrator as well; return whether this disk can do that."""
    tool = shutil.which("chattr")
    return tool is not None and not subprocess.run([tool, "+i", folder], capture_output=True, check=False).returncode


def test_F04_a_folder_that_nobody_may_write(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir()
    held = _unchangeable(closed)
    if not held:
        closed.chmod(0o555)
    try:
        if not held and os.access(closed, os.W_OK):
            pytest.skip("whoever runs this may write everywhere, and the disk knows no closed folders")
        with pytest.raises(ResourceError, match="permission denied"):
            check_out(closed / "made")
    finally:
        if held:
            subprocess.run(["chattr", "-i", closed], check=True)
        closed.chmod(0o755)


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "match"])
def test_F05_what_exists_is_kept_unless_it_may_be_replaced(place, monkeypatch, capsys, name):
    """A workbook of ``match`` is the user's own: it is read first, and written again with his decisions."""
    monkeypatch.chdir(place)
    wanted = [part for part in COMMANDS[name] if part != "--overwrite"]
    out = Path(wanted[wanted.index("--out") + 1])
    if out.suffix:
        out.write_text("mine")
    elif name == "export all":
        shutil.copytree("result", "made/gephi")
    else:
        shutil.copytree("result", out)
    before = {name: data for name, data in contents(place).items() if name.startswith("made")}
    assert main(wanted) == 2
    assert "--overwrite" in capsys.readouterr().err
    after = contents(place)
    assert {name: after[name] for name in before} == before
