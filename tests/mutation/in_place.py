"""Many mutants in one run of pytest: everything is loaded and collected once, then a process is forked for each mutant.

In the fork the functions of the changed file get their changed code, wherever they are known; so a mutant costs hardly
more than its tests. A change outside of functions needs the module loaded anew: see :mod:`tests.mutation.trying`.
"""

from __future__ import annotations

import gc
import os
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.mutation.trying import QUIET, forked, outcome_of

#: The exit code of a run whose tests fail on the source as it is.
_NO_CONTROL = 71


@dataclass(frozen=True)
class Trial:
    """One mutant to try: its file, the source before and after, the tests by pytest's names, the limit in seconds."""

    path: Path
    source: bytes
    changed: bytes
    tests: tuple[str, ...]
    limit: float


def _functions(code: types.CodeType) -> Iterator[types.CodeType]:
    """Yield the code of everything that is defined in some code, in the order of the file."""
    for part in code.co_consts:
        if isinstance(part, types.CodeType):
            yield part
            yield from _functions(part)


def _own(code: types.CodeType) -> tuple[object, ...]:
    """Return what some code does itself, apart from what is defined in it."""
    constants = tuple(repr(part) for part in code.co_consts if not isinstance(part, types.CodeType))
    return code.co_code, constants, code.co_names


def changed_functions(trial: Trial) -> dict[tuple[str, int], types.CodeType] | None:
    """Return the changed code by the name and the first line of each function; None where only loading anew will do."""
    before = compile(trial.source, str(trial.path), "exec", dont_inherit=True)
    after = compile(trial.changed, str(trial.path), "exec", dont_inherit=True)
    old, new = list(_functions(before)), list(_functions(after))
    outside = [(before, after)]
    if [code.co_qualname for code in old] != [code.co_qualname for code in new]:
        return None
    # The body of a class runs once, as a module does.
    outside += [(one, two) for one, two in zip(old, new, strict=True) if not one.co_flags & 2]
    if any(_own(one) != _own(two) for one, two in outside):
        return None
    return {(one.co_qualname, one.co_firstlineno): two for one, two in zip(old, new, strict=True)}


def _put_in(trial: Trial, found: dict[tuple[str, int], types.CodeType]) -> None:
    place = str(trial.path.resolve())
    for thing in gc.get_objects():
        if isinstance(thing, types.FunctionType) and os.path.realpath(thing.__code__.co_filename) == place:
            code = found.get((thing.__code__.co_qualname, thing.__code__.co_firstlineno))
            if code is not None and code.co_freevars == thing.__code__.co_freevars:
                thing.__code__ = code


class _Trying:
    """A plugin that tries mutants instead of running the tests once."""

    def __init__(self, trials: Sequence[Trial], tell: Callable[[int, str], None]) -> None:
        self._trials, self._tell = trials, tell
        self._failed = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        for number, trial in enumerate(self._trials):
            chosen = [items[name] for name in trial.tests if name in items]
            found = changed_functions(trial)

            def run(trial: Trial = trial, chosen: list[pytest.Item] = chosen, found: dict | None = found) -> int:
                _put_in(trial, found or {})
                for item, following in zip(chosen, [*chosen[1:], None], strict=True):
                    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                    if self._failed:
                        return 1
                return 0

            outcome = outcome_of(forked(run, trial.limit))
            if trial.changed == trial.source and outcome != "survived":
                pytest.exit(f"the tests do not pass on the source as it is: {outcome}", _NO_CONTROL)
            self._tell(number, outcome)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._failed |= report.failed


def try_in_place(trials: Sequence[Trial], files: Sequence[str], tell: Callable[[int, str], None]) -> None:
    """Try mutants that change functions only, one after the other.

    Parameters
    ----------
    trials : sequence of Trial
        The mutants; :func:`changed_functions` must not be None for any. One without a change is a control: should
        its tests fail, nothing behind it is tried, since every mutant would seem to be found.
    files : sequence of str
        The files of all tests.
    tell : callable
        Called with the number and the outcome ("killed", "survived", "timed out") of each.

    Raises
    ------
    SystemExit
        If the tests fail on the source as it is, or pytest does not come to its end.
    """

    def run() -> int:
        return int(pytest.main([*QUIET, "--timeout=0", *files], plugins=[_Trying(trials, tell)]))

    if (code := forked(run, None)) not in (0, 5):
        # 5 says that no test ran in the process that forks, as it should be.
        raise SystemExit(f"the tests do not pass on the source as it is, or cannot be collected (exit code {code})")
