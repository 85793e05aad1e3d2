"""One small study for all tests of this folder, and commands run as a user runs them."""

import shutil
from pathlib import Path

import pytest

from clusternet.cli import main
from clusternet.datasets import DATASETS
from tests.report.conftest import browser

__all__ = ["QUICK", "browser", "contents", "place", "result"]

#: The quickest way through a whole study.
QUICK = ("--draws", "0", "--resamples", "0", "--method", "leiden", "--no-cache")


@pytest.fixture(scope="session")
def result(tmp_path_factory):
    """The folder that a study wrote; tests copy it before they change anything."""
    out = tmp_path_factory.mktemp("study") / "result"
    assert main(["study", str(DATASETS["florentine"].folder), "--out", str(out), *QUICK]) == 0
    return out


@pytest.fixture
def place(tmp_path, result):
    """A folder with a result and the survey it was made from."""
    folder = tmp_path / "place"
    shutil.copytree(result, folder / "result")
    shutil.copytree(DATASETS["florentine"].folder, folder / "survey")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, hidden ones too, but for the stages that a later run takes up."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.relative_to(folder).parts[0].endswith(".stages")
    }
