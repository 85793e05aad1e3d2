"""What all tests share: one hypothesis profile, and the real data where they are."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.faults.marking import pytest_addoption, pytest_configure
from tests.guard.watching import pytest_runtest_call, pytest_unconfigure

__all__ = ["pytest_addoption", "pytest_configure", "pytest_runtest_call", "pytest_unconfigure", "real_data"]

# The tests run side by side already; those of the workers themselves say how many they want.
os.environ.setdefault("CLUSTERNET_WORKERS", "1")
settings.register_profile(
    "clusternet",
    deadline=None,
    # Sixty each keep the suite under its twelve minutes; "make nightly" draws many more.
    max_examples=2000 if "CLUSTERNET_NIGHTLY" in os.environ else 60,
    derandomize="CLUSTERNET_NIGHTLY" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
settings.load_profile("clusternet")


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real surveys; tests that need it are skipped where it is absent."""
    default = Path(__file__).parents[1].parent / "shared" / "data"
    folder = Path(os.environ.get("CLUSTERNET_REAL_DATA", default))
    if not folder.is_dir():
        pytest.skip(f"the real data are not here (set CLUSTERNET_REAL_DATA; looked in {folder.name})")
    return folder
