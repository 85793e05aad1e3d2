"""The hand-made network of the drawing tests, and a browser without any connection."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "draw"))

from small_town import network, partition, scores

__all__ = ["browser", "network", "partition", "scores"]

_NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Chromium, driven by Playwright; tests that need it are skipped, and say so, where it is absent."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: browser tests skipped")
    found = os.environ.get("CLUSTERNET_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if not found:
        pytest.skip("no Chromium here (set CLUSTERNET_CHROMIUM): browser tests skipped")
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=found,
            args=["--no-sandbox", "--disable-gpu", "--disable-3d-apis", "--disable-background-networking"],
        )
        yield running
        running.close()
