"""A contest: several ways to do the same work, each timed in a process of its own, and seen to do the same.

Nothing heavy is imported here, so that what a contestant imports is its own.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.turn import Turn

ROOT = Path(__file__).resolve().parents[1]
#: Seconds that imports, kernels and preparation may take beside what is timed.
PREPARING = 600.0
_LOOK_AGAIN = 0.02


@dataclass(frozen=True)
class Case:
    """The input of one size.

    Parameters
    ----------
    folder : Path
        Where the contest has written it.
    links : int
        Its size, in what the contest counts in.
    """

    folder: Path
    links: int


def _as_it_is(case: Case) -> Case:
    return case


def _nothing(case: Case, found: Any) -> dict[str, Any]:
    return {}


def _none_added(found: Any) -> float:
    return 0.0


@dataclass(frozen=True)
class Contestant:
    """One way to do the work.

    Parameters
    ----------
    name : str
        As the table shows it.
    run : callable
        What is timed; takes what ``prepare`` returned.
    prepare : callable
        Takes the case; not timed, and done anew before every repeat.
    check : callable
        Takes the case and what ``run`` returned; returns what shows that the work was done, by name.
    needs : tuple of str
        Modules without which it is not installed.
    most : int, optional
        The largest size it is asked for.
    scaled : float, default 1
        What its seconds are multiplied by, where only a part of the work is timed; the note says which.
    added : callable
        From what ``run`` returned to seconds that are added to the timed ones, where only a part of the work is done;
        the note says which.
    ours : bool, default False
        Whether it is this package; the first of ours that has a time is what the others are set beside.
    note : str
        How it is called, where a reader would ask.
    """

    name: str
    run: Callable[[Any], Any]
    prepare: Callable[[Case], Any] = _as_it_is
    check: Callable[[Case, Any], Mapping[str, Any]] = _nothing
    needs: tuple[str, ...] = ()
    most: int | None = None
    scaled: float = 1.0
    added: Callable[[Any], float] = _none_added
    ours: bool = False
    note: str = ""


@dataclass(frozen=True)
class Contest:
    """What is to be done, by whom, at which sizes.

    Parameters
    ----------
    name : str
        One word.
    title : str
        What is to be done, for the heading.
    write : callable
        Takes a folder and a size, and writes the input there. Contests that share it share its files.
    contestants : tuple of Contestant
        Who does it, ours first.
    small, full : tuple of int
        The sizes of the small run and of the full one.
    unit : str, default "links"
        What a size counts.
    warm : int, default 1000
        The size on which everything is imported and compiled once before it is timed; 0 for not at all.
    words : str
        What a reader must know besides.
    """

    name: str
    title: str
    write: Callable[[Path, int], None]
    contestants: tuple[Contestant, ...]
    small: tuple[int, ...]
    full: tuple[int, ...]
    unit: str = "links"
    warm: int = 1000
    words: str = ""


@dataclass(frozen=True)
class Row:
    """What one contestant needed at one size.

    Parameters
    ----------
    contest, contestant : str
        Their names.
    links : int
        The size.
    seconds, cpu_seconds : float, optional
        Wall clock and processor (all threads and child processes), the fewest of the repeats; None where it has none.
    memory_mb : float, optional
        The peak of the first run over what the process held before it, input included; or the peak of a child process.
    repeats : int
        How often it was run.
    check : mapping of str to Any
        What shows that the work was done.
    trouble : str
        Empty, or why there is no time.
    """

    contest: str
    contestant: str
    links: int
    seconds: float | None = None
    cpu_seconds: float | None = None
    memory_mb: float | None = None
    repeats: int = 0
    check: Mapping[str, Any] = field(default_factory=dict)
    trouble: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the row as plain values."""
        return asdict(self)


def measured(
    module: str,
    contests: Sequence[Contest],
    sizes: Callable[[Contest], Sequence[int]],
    *,
    limit: float,
    only: Callable[[Contestant], bool] = lambda contestant: True,
    turn: Turn | None = None,
) -> Iterator[Row]:
    """Let every contestant do every size, from small to large.

    Parameters
    ----------
    module : str
        Where the contests are defined, as ``CONTESTS``; the processes of the contestants import it.
    contests : sequence of Contest
        What is to be done.
    sizes : callable
        From a contest to its sizes.
    limit : float
        Seconds that one contestant may take for one size. Who took so long that the next size would take longer is
        not asked for it.
    only : callable
        Which contestants are wanted.
    turn : Turn, optional
        What has to be held while a contestant runs, so that several runs on one machine wait for one another.

    Yields
    ------
    Row
        One for each contest, size and contestant, in that order.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)

        @cache
        def written(contest: Contest, links: int) -> Path:
            found = folder / f"{contest.write.__module__}.{contest.write.__qualname__}.{links}"
            if not found.exists():
                found.mkdir()
                told = _run([module, contest.name, "", str(links), str(found), "", "0"], folder, PREPARING)
                if "trouble" in told:
                    raise RuntimeError(
                        f"the input of {contest.name} at {links:,} could not be written: {told['trouble']}"
                    )
            return found

        for contest in contests:
            last: dict[str, Row] = {}
            for links in sorted(sizes(contest)):
                for contestant in (each for each in contest.contestants if only(each)):
                    reason = _hopeless(contestant, links, last.get(contestant.name), limit)
                    row = Row(contest.name, contestant.name, links, trouble=reason)
                    if not reason:
                        warm = str(written(contest, contest.warm)) if contest.warm else ""
                        words = [module, contest.name, contestant.name, str(links), str(written(contest, links))]
                        with turn or nullcontext():
                            told = _run([*words, warm, str(contest.warm)], folder, limit)
                        row = Row(contest.name, contestant.name, links, **told)
                    last[contestant.name] = row
                    yield row


def _hopeless(contestant: Contestant, links: int, before: Row | None, limit: float) -> str:
    """Return why a contestant is not asked, or an empty text."""
    if contestant.most is not None and links > contestant.most:
        return f"not tried above {contestant.most:,}"
    if before is None:
        return ""
    if before.seconds is None:
        return before.trouble if before.trouble.startswith("not ") else f"not tried ({before.trouble} before)"
    expected = before.seconds / contestant.scaled * links / before.links
    return f"not tried (about {expected:.0f} s)" if expected > 1.2 * limit else ""


def _run(words: list[str], folder: Path, limit: float) -> dict[str, Any]:
    """Run one contestant in a process of its own; return the fields of its row."""
    answer, started, errors = (folder / name for name in ("answer.json", "started", "errors.txt"))
    for path in (answer, started):
        path.unlink(missing_ok=True)
    command = [sys.executable, "-m", "benchmarks.contestant", *words, str(answer), str(started)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    with errors.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(  # noqa: S603 (our own modules)
            command, env=environment, cwd=folder, stdout=subprocess.DEVNULL, stderr=stream, start_new_session=True
        )
        stopped = _waited(process, started, limit)
    if stopped:
        return {"trouble": stopped}
    if not answer.exists():
        said = [line for line in errors.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
        return {"trouble": f"failed: {said[-1].strip()[:120]}" if said else f"ended with code {process.returncode}"}
    return json.loads(answer.read_text(encoding="utf-8"))


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a process and, where the system knows groups of processes, all that it started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _waited(process: subprocess.Popen[bytes], started: Path, limit: float) -> str:
    """Wait for a process, from the moment on at which what is timed begins; return why it was stopped, if it was."""
    deadline = time.monotonic() + PREPARING
    begun = False
    while process.poll() is None:
        if not begun and started.exists():
            begun, deadline = True, time.monotonic() + limit
        if time.monotonic() > deadline:
            _stop(process)
            return f"over {limit:g} s" if begun else "not ready in time"
        time.sleep(_LOOK_AGAIN)
    return ""
