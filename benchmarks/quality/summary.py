"""All scores, and what they add up to: by family, over families, and beside the best peer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from benchmarks.quality.case import Floats
from benchmarks.quality.peers import OURS
from benchmarks.quality.score import BINS, CaseScore

#: The family in which there is nothing to find.
NOTHING = "random"


@dataclass(frozen=True)
class FamilyScore:
    """How well one method did on one family.

    Parameters
    ----------
    ami, clusters, planted, split, connected, agreement : float
        Means over the cases; see :class:`~benchmarks.quality.score.CaseScore`.
    failed, runs : int
        How many runs failed, and how many there were.
    seconds, memory : float
        Median seconds of a run, over the cases; peak memory in MB.
    """

    ami: float
    clusters: float
    planted: float
    split: float
    connected: float
    agreement: float
    failed: int
    runs: int
    seconds: float
    memory: float


@dataclass(frozen=True, eq=False)
class Results:
    """The scores of every method on every case.

    Parameters
    ----------
    scores : mapping of (family, method) to list of CaseScore
        The scores.
    """

    scores: Mapping[tuple[str, str], Sequence[CaseScore]]

    @cached_property
    def families(self) -> list[str]:
        """The families, in their order."""
        return list(dict.fromkeys(family for family, _ in self.scores))

    @cached_property
    def known(self) -> list[str]:
        """The families in which something is planted."""
        return [family for family in self.families if family != NOTHING]

    @cached_property
    def methods(self) -> list[str]:
        """The methods, those with the highest mean over families first."""
        named = dict.fromkeys(method for _, method in self.scores)
        return sorted(named, key=lambda method: (-np.nan_to_num(self.over_families(method), nan=-1.0), method))

    def family(self, family: str, method: str) -> FamilyScore:
        """Return how well one method did on one family."""
        cases = self.scores[family, method]
        return FamilyScore(
            ami=mean([case.ami for case in cases]),
            clusters=mean([case.clusters for case in cases]),
            planted=mean([np.nan if case.planted is None else case.planted for case in cases]),
            split=mean([case.split for case in cases]),
            connected=mean([case.connected for case in cases]),
            agreement=mean([case.agreement for case in cases]),
            failed=sum(len(case.failures) for case in cases),
            runs=sum(case.runs for case in cases),
            seconds=_median([case.seconds for case in cases]),
            memory=max((case.memory for case in cases), default=float("nan")),
        )

    def over_families(self, method: str) -> float:
        """Return the mean AMI, each family weighing the same."""
        return mean([self.family(family, method).ami for family in self.known])

    def over_cases(self, method: str) -> float:
        """Return the mean AMI, each case weighing the same."""
        return mean([case.ami for family in self.known for case in self.scores[family, method]])

    def best_peer(self, family: str) -> tuple[str, float] | None:
        """Return the best method of others on a family, and its AMI."""
        peers = [(method, self.family(family, method).ami) for method in self.methods if method != OURS]
        return max(peers, key=lambda entry: entry[1], default=None)

    def bins(self, families: Sequence[str]) -> Floats:
        """Return the bins of our certainty over some families, shape (3, bins)."""
        found = [case.bins for family in families for case in self.scores.get((family, OURS), ())]
        return np.sum(found, axis=0) if found else np.zeros((3, BINS))


def mean(values: Sequence[float]) -> float:
    """Return the mean of those that are numbers; NaN if none is."""
    numbers = [value for value in values if not np.isnan(value)]
    return float(np.mean(numbers)) if numbers else float("nan")


def _median(values: Sequence[float]) -> float:
    numbers = [value for value in values if not np.isnan(value)]
    return float(np.median(numbers)) if numbers else float("nan")
