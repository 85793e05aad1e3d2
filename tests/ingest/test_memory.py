"""FAULTS A24: what would need too much memory is refused before it is read."""

import resource

import openpyxl
import pytest

from clusternet.errors import InputError, ResourceError
from clusternet.ingest import read_survey, source
from clusternet.ingest.memory import (
    PROGRAM,
    TEXT_FACTOR,
    machine_memory,
    memory_bytes,
    memory_text,
    used_memory,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2GB", 2 << 30), ("1.5 gb", 3 << 29), ("500MB", 500 << 20), (1024, 1024), ("7 B", 7), ("1tb", 1 << 40)],
)
def test_amounts(text, expected):
    assert memory_bytes(text) == expected


@pytest.mark.parametrize("text", ["", "much", "-1GB", "0", "1e9", "GB", "1 2", "nan", "2GiB"])
def test_no_amounts(text):
    with pytest.raises(InputError, match="such as 2GB"):
        memory_bytes(text)


def test_amounts_are_shown_as_persons_write_them():
    assert [memory_text(amount) for amount in (5 << 30, 1 << 20, 512)] == ["5.0 GB", "1.0 MB", "0.5 KB"]


def test_A24_refused_with_need_and_limit(write_survey):
    rows = "".join(f"E{number},{'x' * 100}\n" for number in range(5000))
    folder = write_survey(enterprises="enterprise_id,name\n" + rows, linkages="source,target,layer\nE1,E2,stock\n")
    size = (folder / "enterprises.csv").stat().st_size
    enough = PROGRAM + TEXT_FACTOR * size + 5000
    assert len(read_survey(folder, memory_limit=enough).enterprises) == 5000
    with pytest.raises(ResourceError, match=r"A24.*about \d.*the limit is \d") as caught:
        read_survey(folder, memory_limit=enough - 10_000)
    assert caught.value.exit_code == 3
    assert "raise --memory-limit" in str(caught.value)


def test_A24_nothing_is_read_before(write_survey, monkeypatch):
    folder = write_survey()
    with (folder / "linkages.csv").open("r+b") as stream:
        stream.truncate(1 << 40)  # a file of holes that takes no room on the disk
    monkeypatch.setattr(
        source.Path, "read_bytes", lambda path: pytest.fail("read") if path.stat().st_size > 9e9 else b"a"
    )
    with pytest.raises(ResourceError, match="A24"):
        read_survey(folder, allow_empty=True)


def test_A24_workbook_is_measured_as_it_unpacks(tmp_path):
    path = tmp_path / "survey.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "enterprises"
    for row in [["enterprise_id", "name"], *([f"E{number}", "same name"] for number in range(20_000))]:
        book.active.append(row)
    book.save(path)
    with pytest.raises(ResourceError, match="A24"):
        read_survey(path, memory_limit=PROGRAM + 4 * path.stat().st_size)


def test_limit_of_the_process_counts(monkeypatch):
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1 << 20, 1 << 20))
    assert machine_memory() == 1 << 20
    monkeypatch.setattr(resource, "getrlimit", lambda _: (resource.RLIM_INFINITY, 0))
    assert machine_memory() > 100 << 20


def test_the_memory_of_this_process_is_known_in_bytes():
    assert 50 << 20 < used_memory() < machine_memory()
