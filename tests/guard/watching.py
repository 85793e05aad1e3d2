"""Puts the guard of sockets up for this process and those it starts, and fails the test that tried to pass it (F15)."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.guard import sitecustomize

_FOLDER = str(Path(sitecustomize.__file__).parent)


def _guarded() -> Path:
    """Put the guard up, and return the file that attempts are written to: one for each process that runs tests."""
    # A worker of pytest-xdist is a child of a guarded process, and so is guarded from its start.
    already = sitecustomize.LOG in os.environ and _FOLDER in os.environ.get("PYTHONPATH", "").split(os.pathsep)
    handle, name = tempfile.mkstemp(prefix="clusternet-network-", suffix=".txt")
    os.close(handle)
    os.environ[sitecustomize.LOG] = name
    if not already:
        further = os.environ.get("PYTHONPATH")
        os.environ["PYTHONPATH"] = os.pathsep.join([_FOLDER, *([further] if further else [])])
        sys.addaudithook(sitecustomize.refuse)
    return Path(name)


_LOG = _guarded()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """Fail a test during which somebody tried to use a network, even if nobody heard of it."""
    before = _LOG.stat().st_size
    result = yield
    if _LOG.stat().st_size > before:
        told = _LOG.read_bytes()[before:].decode("utf-8", "replace")
        pytest.fail(f"The tests may not use a network, and somebody tried (F15):\n{told}", pytrace=False)
    return result


def pytest_unconfigure() -> None:
    """Take the file away at the end."""
    _LOG.unlink(missing_ok=True)
