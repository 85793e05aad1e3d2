"""Each matcher on each case in a process of its own: what it answers, in how many seconds, with how much memory."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.matching.cases import Case
from benchmarks.matching.peers import Answers, matchers

#: The share of right ones among those accepted that a threshold must reach.
PRECISION = 0.99


@dataclass(frozen=True, eq=False)
class Run:
    """What one matcher answered in one case.

    Parameters
    ----------
    known : array of bool, shape (mentions,)
        Whether the mention is of an enterprise of the register.
    right : array of bool, shape (mentions,)
        Whether the best name is right.
    score : array of float, shape (mentions,)
        Its score.
    seconds, memory : float
        Seconds, and peak memory in MB of the process, with what Python and the libraries need.
    """

    known: np.ndarray
    right: np.ndarray
    score: np.ndarray
    seconds: float
    memory: float

    @classmethod
    def joined(cls, runs: Iterable[Run]) -> Run:
        """Put the mentions of several runs together; seconds and memory are the largest."""
        runs = list(runs)
        parts = [np.concatenate([getattr(run, name) for run in runs]) for name in ("known", "right", "score")]
        return cls(*parts, max(run.seconds for run in runs), max(run.memory for run in runs))

    @property
    def top_one(self) -> float:
        """Of the mentions of enterprises of the register, the share whose best name is right."""
        return float(self.right[self.known].mean()) if self.known.any() else float("nan")

    def accepted(self, threshold: float) -> tuple[float, float, int]:
        """Return the share of known mentions accepted, the share of right ones of all accepted, and their number."""
        taken = self.score >= threshold
        share = float((taken & self.known).sum() / max(1, self.known.sum()))
        return share, float(self.right[taken].mean()) if taken.any() else float("nan"), int(taken.sum())

    def threshold(self, precision: float = PRECISION) -> float:
        """Return the lowest score from which on the share of right ones is still high enough; infinity if none is."""
        order = np.argsort(-self.score, kind="stable")
        share = np.cumsum(self.right[order]) / np.arange(1, len(order) + 1)
        # Equal scores are accepted together.
        last = np.append(np.diff(self.score[order]) != 0, True)
        good = np.flatnonzero((share >= precision) & last)
        return float(self.score[order][good[-1]]) if len(good) else float("inf")


def _answered(name: str, names: Sequence[str], mentions: Sequence[str]) -> tuple[Answers, float, float]:
    matcher = matchers()[name][0]
    start = time.perf_counter()
    answers = matcher(names, mentions)
    seconds = time.perf_counter() - start
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return answers, seconds, peak / 1024


def measured(name: str, case: Case) -> Run:
    """Run one matcher on one case in a new process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        answers, seconds, memory = pool.apply(_answered, (name, case.names, case.mentions))
    known = np.array([bool(truth) for truth in case.truth])
    right = np.array([int(best) in truth for best, truth in zip(answers.best, case.truth, strict=True)])
    return Run(known, right, answers.score.astype(np.float64), seconds, memory)
