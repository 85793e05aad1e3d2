"""Run one method on the cases of one family in a process of its own, so that its memory and its crashes are its own."""

from __future__ import annotations

import contextlib
import multiprocessing
import resource
import sys
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from benchmarks.quality.case import Case
from benchmarks.quality.peers import Peer
from clusternet.model import Network, Partition

#: Seconds that a method may take to be imported, compiled and run once on a tiny network.
WARM_UP_LIMIT = 120.0
#: After this many failures in one case the method is not asked again about that case.
MOST_FAILURES = 3
#: What ``ru_maxrss`` counts in, as a share of a megabyte.
UNIT = 1 / 2**20 if sys.platform == "darwin" else 1 / 2**10


@dataclass(frozen=True)
class Run:
    """What one method said of one case with one seed.

    Parameters
    ----------
    case : int
        The position of the case.
    seed : int
        The seed.
    labels : array of int, shape (n,), optional
        The label of each enterprise, a negative one for none; None where the method failed.
    certainty : array of float, shape (n,), optional
        How sure each membership is, where the method says so.
    seconds : float
        How much processor time it took; NaN where it failed.
    memory : float
        The peak memory of the process so far, over that before the first run, in MB.
    failure : str
        Empty, or why there are no labels.
    """

    case: int
    seed: int
    labels: np.ndarray | None = None
    certainty: np.ndarray | None = None
    seconds: float = float("nan")
    memory: float = float("nan")
    failure: str = ""


def measured(peer: Peer, cases: Sequence[Case], seeds: Iterable[int], limit: float) -> list[Run]:
    """Run one method on every case with every seed.

    Parameters
    ----------
    peer : Peer
        The method.
    cases : sequence of Case
        The cases.
    seeds : iterable of int
        The seeds; a method without chance runs with the first one only.
    limit : float
        The seconds that one run may take before it is stopped.

    Returns
    -------
    list of Run
        One for each case and seed, in that order.
    """
    chosen = list(seeds)[: peer.most_seeds]
    jobs = [(case, seed) for case in range(len(cases)) for seed in chosen]
    runs: list[Run] = []
    failures: Counter[int] = Counter()
    while len(runs) < len(jobs):
        case, seed = jobs[len(runs)]
        if failures[case] >= MOST_FAILURES:
            runs.append(Run(case, seed, failure="failed with other seeds"))
            continue
        runs.extend(_one_process(peer, cases, jobs[len(runs) :], limit))
        failures[runs[-1].case] += bool(runs[-1].failure)
    return runs


def _one_process(peer: Peer, cases: Sequence[Case], jobs: list[tuple[int, int]], limit: float) -> list[Run]:
    """Do jobs in a new process until all are done or one fails; a failure is the last of the runs."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    with warnings.catch_warnings():
        # A process that has threads and forks is warned of; here the child only computes and reports.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = context.Process(target=_work, args=(there, peer, cases, jobs), daemon=True)
        child.start()
    there.close()
    runs: list[Run] = []
    try:
        waited = WARM_UP_LIMIT
        while len(runs) < len(jobs):
            if not here.poll(waited):
                return [*runs, Run(*jobs[len(runs)], failure=f"stopped after {waited:g} seconds")]
            told = here.recv()
            waited = limit
            if told is None:
                continue
            runs.append(told)
            if told.failure:
                break
    except EOFError:
        child.join()
        runs.append(Run(*jobs[len(runs)], failure=f"the process ended with code {child.exitcode}"))
    finally:
        child.kill()
        child.join()
        here.close()
    return runs


def _work(pipe: Connection, peer: Peer, cases: Sequence[Case], jobs: list[tuple[int, int]]) -> None:
    warnings.simplefilter("ignore")
    with contextlib.suppress(Exception):
        peer(_tiny_network(), 0)
    before = _peak_memory(fresh=True)
    pipe.send(None)
    for case, seed in jobs:
        network = cases[case].network
        start = time.process_time()
        try:
            found = peer.find(network, seed)
        except Exception:
            pipe.send(Run(case, seed, failure=traceback.format_exc(limit=0).strip()))
            return
        seconds = time.process_time() - start
        memory = max(_peak_memory() - before, 0.0)
        if isinstance(found, Partition):
            pipe.send(Run(case, seed, found.codes, found.member_certainty, seconds, memory))
        else:
            pipe.send(Run(case, seed, np.asarray(found, dtype=np.int64), None, seconds, memory))


def _tiny_network() -> Network:
    """Return a network on which everything is imported and compiled once, before anything is measured."""
    first, second = np.triu_indices(12, 1)
    near = (first // 6 == second // 6) | (second - first == 6)
    return Network.from_edges(first[near], second[near], 1.0 + first[near] % 3, ["supply"] * int(near.sum()))


def _peak_memory(*, fresh: bool = False) -> float:
    """Return the peak memory of this process in MB, after forgetting earlier peaks where the system can."""
    if fresh:
        with contextlib.suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT
