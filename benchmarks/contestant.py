"""The process of one contestant: import, warm up, prepare, then the timed part; started by ``benchmarks.measuring``."""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.measuring import Case, Contest, Contestant

#: Short work is repeated, as often as this and as long as this many seconds, preparation included.
MOST_REPEATS, MOST_SECONDS = 7, 2.0
#: Shorter work is done twice at least: large inputs may load compiled kernels that the tiny one had no use for.
TWICE = 10.0
_STATUS = Path("/proc/self/status")


def peak_mb(*, fresh: bool = False) -> float:
    """Return the peak memory of this process in MB, after forgetting earlier peaks where the system can."""
    if fresh:
        with contextlib.suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5")
    if _STATUS.exists():
        line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 2**10
    return _most_used("RUSAGE_SELF")


def _most_used(whose: str) -> float:
    """Return the largest memory so far in MB, of this process or of its children; NaN where the system does not say."""
    try:
        import resource
    except ImportError:
        return float("nan")
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(getattr(resource, whose)).ru_maxrss / unit


def processor_seconds() -> float:
    """Return the processor seconds so far, of all threads and of the child processes that have ended."""
    ended = os.times()
    return time.process_time() + ended.children_user + ended.children_system


def timed(contestant: Contestant, case: Case) -> dict[str, Any]:
    """Run a contestant until its time is used up; return the fields of its row.

    Parameters
    ----------
    contestant : Contestant
        Who does it.
    case : Case
        The input.

    Returns
    -------
    dict
        The fewest seconds and the fewest processor seconds of any run, memory and check of the first.
    """
    best = (float("inf"), float("inf"))
    told: dict[str, Any] = {}
    begun = time.perf_counter()
    repeats = 0
    while repeats < MOST_REPEATS and (
        not repeats or time.perf_counter() - begun < MOST_SECONDS or (repeats == 1 and best[0] < TWICE)
    ):
        given = contestant.prepare(case)
        gc.collect()
        before = peak_mb(fresh=True)
        processor, clock = processor_seconds(), time.perf_counter()
        found = contestant.run(given)
        seconds = time.perf_counter() - clock
        used = processor_seconds() - processor
        more = contestant.added(found)
        repeats += 1
        if not told:
            children = _most_used("RUSAGE_CHILDREN")
            told["memory_mb"] = round(max(peak_mb() - before, 0.0, children), 1)
            told["check"] = dict(contestant.check(case, found))
        best = (min(best[0], seconds + more), min(best[1], used + more))
        del given, found
    seconds, used = (value * contestant.scaled for value in best)
    return {"seconds": seconds, "cpu_seconds": used, "repeats": repeats, **told}


def missing(contestant: Contestant) -> bool:
    """Return whether a module that it needs cannot be imported."""
    try:
        for name in contestant.needs:
            importlib.import_module(name)
    except ImportError:
        return True
    return False


def main(words: list[str]) -> None:
    """Write a contest's input, or run one contestant and write its answer."""
    module, contest_name, name, links, folder, warm_folder, warm_links, answer, started = words
    contests: tuple[Contest, ...] = importlib.import_module(module).CONTESTS
    contest = next(contest for contest in contests if contest.name == contest_name)
    case = Case(Path(folder), int(links))
    if not name:
        contest.write(case.folder, case.links)
        Path(answer).write_text("{}")
        return
    contestant = next(each for each in contest.contestants if each.name == name)
    if missing(contestant):
        told: dict[str, Any] = {"trouble": "not installed"}
    else:
        if warm_folder:
            contestant.run(contestant.prepare(Case(Path(warm_folder), int(warm_links))))
        Path(started).touch()
        told = timed(contestant, case)
    unfinished = Path(answer).with_suffix(".part")
    unfinished.write_text(json.dumps(told))
    unfinished.replace(answer)


if __name__ == "__main__":
    main(sys.argv[1:])
