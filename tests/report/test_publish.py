import errno
import os

import pytest

from clusternet.errors import InputError, ResourceError
from clusternet.report.publish import check_out, published_folder, write_file


def published(out, content="new", **options):
    with published_folder(out, **options) as folder:
        folder.write("table.csv", content)
        folder.write("manifest.json", "{}")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_appears_whole_and_nothing_else_stays(tmp_path):
    published(tmp_path / "deep" / "out")
    assert names(tmp_path / "deep") == ["out"]
    assert names(tmp_path / "deep" / "out") == ["manifest.json", "table.csv"]


def test_nothing_is_there_before_all_is_written(tmp_path):
    with published_folder(tmp_path / "out") as folder:
        folder.write("table.csv", "x")
        assert not (tmp_path / "out").exists()


@pytest.mark.fault("F05")
def test_an_existing_result_is_refused_unless_it_may_be_replaced(tmp_path):
    out = tmp_path / "out"
    published(out, "old")
    with pytest.raises(InputError, match="exists already"):
        published(out)
    assert (out / "table.csv").read_text() == "old"
    published(out, overwrite=True)
    assert (out / "table.csv").read_text() == "new"
    assert names(tmp_path) == ["out"]


@pytest.mark.fault("F05")
def test_a_folder_of_somebody_else_is_never_replaced(tmp_path):
    out = tmp_path / "photos"
    out.mkdir()
    (out / "holiday.jpg").write_text("x")
    with pytest.raises(InputError, match="other files"):
        published(out, overwrite=True)
    assert names(out) == ["holiday.jpg"]


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "out").mkdir()
    published(tmp_path / "out")
    assert names(tmp_path / "out") == ["manifest.json", "table.csv"]


@pytest.mark.fault("F04")
@pytest.mark.parametrize("below", ["", "further"])
def test_a_file_in_the_way_is_named(tmp_path, below):
    (tmp_path / "out").write_text("x")
    with pytest.raises(ResourceError, match=r'"out" is a file'):
        published(tmp_path / "out" / below if below else tmp_path / "out", overwrite=True)


@pytest.mark.fault("F04")
def test_a_place_without_permission_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(ResourceError, match="permission denied"):
        check_out(tmp_path / "out")


@pytest.mark.fault("F02", "F03")
@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "no room left"), (errno.EACCES, "permission denied"), (errno.EIO, "could not be written")],
)
@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_failed_write_leaves_the_old_result(tmp_path, monkeypatch, number, said, failing):
    out = tmp_path / "out"
    published(out, "old")

    def fail(*_arguments, **_options):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(os, failing, fail)
        with pytest.raises(ResourceError, match=said) as caught:
            published(out, overwrite=True)
    assert caught.value.exit_code == 3
    assert (out / "table.csv").read_text() == "old"
    assert names(tmp_path) == ["out"]


@pytest.mark.fault("F03")
def test_a_failed_exchange_brings_the_old_result_back(tmp_path, monkeypatch):
    monkeypatch.setattr("clusternet.report.publish.exchanged", lambda *_: False)
    out = tmp_path / "out"
    published(out, "old")
    real = os.replace

    def fail_on_the_new_folder(source, target, **options):
        if str(source).endswith(".partial"):
            raise OSError(errno.EIO, "broken")
        return real(source, target, **options)

    monkeypatch.setattr(os, "replace", fail_on_the_new_folder)
    with pytest.raises(ResourceError):
        published(out, overwrite=True)
    assert (out / "table.csv").read_text() == "old"
    assert names(tmp_path) == ["out"]


@pytest.mark.parametrize("able", [True, False])
def test_a_result_is_replaced_where_folders_cannot_change_places_too(tmp_path, monkeypatch, able):
    if not able:
        monkeypatch.setattr("clusternet.report.publish.exchanged", lambda *_: False)
    published(tmp_path / "out", "old")
    published(tmp_path / "out", overwrite=True)
    assert (tmp_path / "out" / "table.csv").read_text() == "new"
    assert names(tmp_path) == ["out"]


@pytest.mark.fault("F07")
def test_an_interruption_leaves_nothing_behind(tmp_path):
    def interrupted():
        with published_folder(tmp_path / "out") as folder:
            folder.write("table.csv", "x")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert names(tmp_path) == []


@pytest.mark.fault("F02")
def test_a_file_that_cannot_be_finished_keeps_its_old_content(tmp_path, monkeypatch):
    (tmp_path / "map.html").write_text("old")
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
    with pytest.raises(OSError, match="full"):
        write_file(tmp_path / "map.html", b"new")
    assert names(tmp_path) == ["map.html"]
    assert (tmp_path / "map.html").read_text() == "old"


def test_a_file_in_parts_is_the_same_file(tmp_path):
    with published_folder(tmp_path / "out") as folder:
        folder.write("whole.txt", "سلام, one")
        folder.write("parts.txt", (part for part in ["سلام", b", ", "one"]), rows=1)
        folder.write("manifest.json", "{}")
    whole, parts, _ = folder.written
    assert parts[1:] == (whole.sha256, whole.size, 1)
    assert (tmp_path / "out" / "parts.txt").read_bytes() == (tmp_path / "out" / "whole.txt").read_bytes()
