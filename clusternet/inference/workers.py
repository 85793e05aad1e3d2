"""Many draws on the cores of the machine; what they give does not depend on how many cores there are."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any

from clusternet.errors import InputError
from clusternet.messages import mark
from clusternet.metrics import METRICS, Metric

Task = Callable[[int], Any]

#: The environment variable that says how many workers there may be.
VARIABLE = "CLUSTERNET_WORKERS"
#: More than anybody's machine has cores.
MOST_WORKERS = 1024
#: Other processes are started only where they spare more than this: each needs some four seconds to load its libraries.
WORTH_SECONDS = 15.0
#: A process is handed draws for about so long at a time, so that progress shows.
_HANDFUL_SECONDS = 1.0
#: Before the time of a draw is taken, so many are done: the first loads compiled code.
_TRIED = 2

_received: Task | None = None


def checked_workers(workers: int | None = None) -> int:
    """Return how many workers there may be.

    Parameters
    ----------
    workers : int, optional
        1 to 1,024; by default the environment variable ``CLUSTERNET_WORKERS``, or else one for each core that this
        process may use.

    Returns
    -------
    int
        At least 1.

    Raises
    ------
    InputError
        If the number is not among those.
    """
    given: object = workers
    if workers is None:
        text = os.environ.get(VARIABLE, "").strip()
        if not text:
            return _cores()
        given = int(text) if text.isascii() and text.isdecimal() else text
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= MOST_WORKERS:
        raise InputError(
            mark("The number of workers is {value}; expected a whole number from 1 to {most}."),
            value=repr(given),
            most=MOST_WORKERS,
        )
    return given


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class NamedMetrics:
    """A task that scores: metrics are functions under a decorator, which cannot be sent; their names can."""

    metrics: Sequence[Metric]

    @property
    def portable(self) -> bool:
        """Whether another process can find the metrics in the catalogue."""
        return all(METRICS.get(metric.name) is metric for metric in self.metrics)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "metrics": [metric.name for metric in self.metrics]}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, metrics=[METRICS[name] for name in state["metrics"]])


def in_threads(task: Task, draws: int, *, workers: int | None = None) -> Iterator[Any]:
    """Yield what a task gives for draw 0, 1, ..., made in threads: for compiled work, during which others may run.

    Parameters
    ----------
    task : callable
        From the number of a draw to its result; whatever is random in it must follow from that number.
    draws : int
        How many.
    workers : int, optional
        As in :func:`checked_workers`.

    Yields
    ------
    Any
        The results in order.
    """
    allowed = min(checked_workers(workers), draws)
    if allowed < 2:
        yield from map(task, range(draws))
        return
    with ThreadPoolExecutor(allowed) as pool:
        yield from _in_order(pool, task, range(draws), 2 * allowed)


def in_processes(task: Task, draws: int, *, workers: int | None = None, portable: bool = True) -> Iterator[Any]:
    """Yield what a task gives for draw 0, 1, ..., made in other processes where that pays.

    The first draws are made here. Where the others would take long, they are shared out; otherwise they are made here
    as well. The answers are the same.

    Parameters
    ----------
    task : callable
        As in :func:`in_threads`; it is sent to each process once, which then holds about 350 MB and what the task
        holds.
    draws : int
        How many.
    workers : int, optional
        As in :func:`checked_workers`.
    portable : bool, default True
        Whether the task can be sent at all.

    Yields
    ------
    Any
        The results in order.
    """
    allowed = checked_workers(workers)
    tried = min(_TRIED, draws)
    seconds = 0.0
    for draw in range(tried):
        started = time.perf_counter()
        yield task(draw)
        seconds = time.perf_counter() - started
    rest = range(tried, draws)
    allowed = min(allowed, len(rest))
    if not portable or allowed < 2 or seconds * len(rest) * (1 - 1 / allowed) < WORTH_SECONDS:
        yield from map(task, rest)
        return
    yield from _shared_out(task, rest, allowed, seconds)


def _shared_out(task: Task, draws: range, workers: int, seconds: float) -> Iterator[Any]:
    # Loky starts fresh processes on every system, which must work from notebooks and from scripts without a guard.
    from joblib.externals.loky import ProcessPoolExecutor
    from joblib.externals.loky.process_executor import BrokenProcessPool

    step = max(1, min(int(_HANDFUL_SECONDS / max(seconds, 1e-6)), len(draws) // (4 * workers)))
    handfuls = [draws[start : start + step] for start in range(0, len(draws), step)]
    pool = ProcessPoolExecutor(workers, initializer=_receive, initargs=(task,), env={VARIABLE: "1"})
    done = 0
    try:
        for results in _in_order(pool, _made, handfuls, 2 * workers):
            done += len(results)
            yield from results
    except BrokenProcessPool:
        # A process was stopped from outside, as where memory is short: the rest is made here.
        yield from map(task, draws[done:])
    finally:
        pool.shutdown(wait=True, kill_workers=True)


def _in_order(pool: Executor, task: Callable[[Any], Any], items: Any, ahead: int) -> Iterator[Any]:
    """Yield results in order, with so many items under way, so that no more than these wait in memory."""
    under_way: deque[Future[Any]] = deque()
    for item in items:
        under_way.append(pool.submit(task, item))
        if len(under_way) >= ahead:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()


def _receive(task: Task) -> None:
    """Keep the task in this process."""
    global _received
    _received = task


def _made(draws: range) -> list[Any]:
    """Return the results of some draws of the task that this process keeps."""
    if _received is None:
        raise RuntimeError("no task was handed over")
    return [_received(draw) for draw in draws]
