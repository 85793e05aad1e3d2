"""What every test of this room needs: a small survey on disk, and the problems of one that is refused."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from clusternet.errors import InputError, Problem
from clusternet.ingest import read_survey

REGISTER = "enterprise_id,name\nE1,Cedar Doors\nE2,Oak Tables\nE3,Beech Chairs\n"
LINKAGES = "source,target,layer\nE1,E2,supply\nE2,E3,stock\n"


@pytest.fixture
def write_survey(tmp_path: Path) -> Callable[..., Path]:
    """Write files into a folder; a survey of three enterprises unless a test says otherwise."""

    def write(folder: str = "survey", **files: str | bytes) -> Path:
        place = tmp_path / folder
        place.mkdir()
        for name, content in {"enterprises": REGISTER, "linkages": LINKAGES, **files}.items():
            data = content.encode() if isinstance(content, str) else content
            name = name.replace("__", ".")
            (place / (name if "." in name else f"{name}.csv")).write_bytes(data)
        return place

    return write


@pytest.fixture
def refused(write_survey: Callable[..., Path]) -> Callable[..., list[Problem]]:
    """Return the errors of a survey that must be refused."""

    def read(**files: str | bytes) -> list[Problem]:
        with pytest.raises(InputError) as caught:
            read_survey(write_survey(**files))
        assert caught.value.problems, "an error without its list of problems"
        assert all(problem.message() for problem in caught.value.problems)
        return list(caught.value.problems)

    return read


@pytest.fixture
def warned(write_survey: Callable[..., Path]) -> Callable[..., list[Problem]]:
    """Return the warnings of a survey that must be accepted."""

    def read(**files: str | bytes) -> list[Problem]:
        problems = read_survey(write_survey(**files)).problems
        assert all(problem.severity == "warning" and problem.message() for problem in problems)
        return list(problems)

    return read


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Return the folder of real data, or skip."""
    default = Path(__file__).parents[2] / ".." / "shared" / "data"
    folder = Path(os.environ.get("CLUSTERNET_REAL_DATA", default))
    if not folder.is_dir():
        pytest.skip(f"real data not found at {folder}; set CLUSTERNET_REAL_DATA")
    return folder.resolve()
