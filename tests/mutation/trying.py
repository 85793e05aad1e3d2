"""Runs of pytest in a process of their own: one that notes which test runs which line, and one per mutant.

The processes are forked from one that has loaded the heavy libraries and nothing of clusternet, so that a mutant
costs a second or two. That needs a POSIX system.
"""

from __future__ import annotations

import contextlib
import importlib.abc
import importlib.machinery
import importlib.util
import json
import math
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import CodeType, ModuleType

import pytest

#: What pytest is asked in every run.
QUIET = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-header", "--tb=no"]
# hypothesis is loaded before pytest can look at it, which it would warn of.
QUIET += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
#: The most memory that a mutant may ask for, in bytes.
_MEMORY = 8 * 2**30


def load_libraries(names: Sequence[str] = ()) -> None:
    """Load what the tests need and the mutants do not change."""
    for name in names:
        # A module that was made by hand, or is there only for a test, is left to the test.
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    for name in (
        "hypothesis",
        "igraph",
        "networkx",
        "numba",
        "pandas",
        "scipy.sparse.linalg",
        "scipy.stats",
        "openpyxl",
    ):
        importlib.import_module(name)


class _Changed(importlib.abc.MetaPathFinder):
    """Finds one module with a changed source."""

    def __init__(self, name: str, path: Path, source: bytes) -> None:
        class Loader(importlib.machinery.SourceFileLoader):
            def get_code(self, fullname: str) -> CodeType:
                return compile(source, str(path), "exec", dont_inherit=True)

        self._name, self._path, self._loader = name, path, Loader(name, str(path))

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._name:
            return None
        places = [str(self._path.parent)] if self._path.name == "__init__.py" else None
        return importlib.util.spec_from_file_location(
            fullname, self._path, loader=self._loader, submodule_search_locations=places
        )


class _Noting:
    """A plugin that notes which passing test ran which lines, and how long it took in seconds of the processor."""

    def __init__(self, out: Path, files: Sequence[str]) -> None:
        from coverage import Coverage

        self._measure = Coverage(
            data_file=None, include=[str(Path(file).resolve()) for file in files], config_file=False
        )
        self.seconds: dict[str, float] = {}
        self.passed: set[str] = set()
        self._out, self._root = out, Path.cwd()

    def pytest_sessionstart(self) -> None:
        self._measure.start()

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item):  # type: ignore[no-untyped-def]
        self._measure.switch_context(item.nodeid)
        begin = time.process_time()
        yield
        self.seconds[item.nodeid] = time.process_time() - begin
        self._measure.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            self.passed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        self._measure.stop()
        data, root = self._measure.get_data(), self._root
        lines = {}
        for file in data.measured_files():
            named = {str(line): [*filter(None, names)] for line, names in data.contexts_by_lineno(file).items()}
            lines[Path(file).relative_to(root).as_posix()] = named
        own = ("clusternet", "tests", "conftest", "test_", "__main__", "coverage")
        loaded = sorted(name for name, module in sys.modules.items() if module and not name.startswith(own))
        told = {"loaded": loaded, "lines": lines, "seconds": {name: self.seconds[name] for name in sorted(self.passed)}}
        self._out.write_text(json.dumps(told))


def note_lines(out: Path, files: Sequence[str], tests: Sequence[str], limit: float) -> None:
    """Write which of the tests run which lines of some files; a test above the limit, in seconds by the clock, is left out."""

    def run() -> int:
        code = pytest.main([*QUIET, f"--timeout={limit:g}", *tests], plugins=[_Noting(out, files)])
        return int(code)

    forked(run, None)


def try_mutant(name: str, path: Path, source: bytes, tests: Sequence[str], limit: float) -> str:
    """Run tests with a module changed; return "killed", "survived" or "timed out".

    Parameters
    ----------
    name : str
        The module, such as ``clusternet.metrics.cohesion``.
    path : Path
        Its file.
    source : bytes
        Its changed source.
    tests : sequence of str
        The tests, by pytest's names.
    limit : float
        How long they may take, in seconds of the processor: a busy machine must not look like an endless loop.
    """

    def run() -> int:
        sys.meta_path.insert(0, _Changed(name, path, source))
        return int(pytest.main([*QUIET, "-x", "--timeout=0", *tests]))

    code = forked(run, limit)
    return outcome_of(code)


def outcome_of(code: int | None) -> str:
    """Return what an exit code says about a mutant: "killed", "survived" or "timed out"."""
    if code in (None, -signal.SIGXCPU):
        return "timed out"
    return "survived" if code == 0 else "killed"


def forked(run: Callable[[], int], limit: float | None) -> int | None:
    """Run something in a forked process; return its exit code, or none where it waited far too long."""
    import resource

    sys.stdout.flush()
    child = os.fork()
    if not child:
        code = 70
        try:
            if limit is not None:
                resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
                spent = resource.getrusage(resource.RUSAGE_SELF)
                most = math.ceil(spent.ru_utime + spent.ru_stime + limit)
                resource.setrlimit(resource.RLIMIT_CPU, (most, most + 5))
            with Path(os.devnull).open("w") as nothing:
                os.dup2(nothing.fileno(), 1)
                os.dup2(nothing.fileno(), 2)
                code = run()
        finally:
            os._exit(code)
    deadline = time.monotonic() + (3600.0 if limit is None else 20 * limit)
    while time.monotonic() < deadline:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None
