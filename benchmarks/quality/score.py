"""How good the answers are: agreement with the planted clusters and between seeds, connectedness, reliability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse
from sklearn.metrics import adjusted_mutual_info_score

from benchmarks.quality.case import Case, Floats, Ints
from benchmarks.quality.measure import Run
from benchmarks.quality.peers import registered
from clusternet.model.partition import canonical_labels

#: Bins of certainty.
BINS = 10
#: Each seed is compared with this many that follow it; the first ones follow the last ones.
NEIGHBOURS = 3
#: A group of one is no cluster.
SMALLEST_CLUSTER = 2


@dataclass(frozen=True)
class CaseScore:
    """How well one method did on one case.

    Parameters
    ----------
    case : str
        The name of the case.
    planted : int or None
        How many clusters there are; None where there is nothing to find.
    ami : float
        Mean adjusted mutual information with the planted clusters; a run that failed counts as 0.
    clusters : float
        Mean number of clusters found, groups of two or more.
    split : float
        Share of the runs that found more clusters than there are connected components.
    connected : float
        Share of the clusters that are connected, over all runs.
    agreement : float
        Mean adjusted mutual information between seeds.
    failures : tuple of str
        Why runs failed.
    runs : int
        How many runs there were.
    seconds, memory : float
        Median seconds of processor time of a run; peak memory in MB over that before the first run.
    bins : array of float, shape (3, bins)
        For each bin of certainty: members, sum of their certainty, how many of them are placed rightly.
    """

    case: str
    planted: int | None
    ami: float
    clusters: float
    split: float
    connected: float
    agreement: float
    failures: tuple[str, ...]
    runs: int
    seconds: float
    memory: float
    bins: Floats = field(default_factory=lambda: np.zeros((3, BINS)))


def scored(case: Case, runs: Sequence[Run]) -> CaseScore:
    """Score all runs of one method on one case.

    Parameters
    ----------
    case : Case
        The case.
    runs : sequence of Run
        The runs, one for each seed.

    Returns
    -------
    CaseScore
        The scores.
    """
    good = [run for run in runs if run.labels is not None]
    labels = [canonical_labels(run.labels) for run in good]
    counted = [_clusters(case, found) for found in labels]
    clusters = np.array([count for count, _ in counted], dtype=float)
    known = None if case.truth is None else alone_apart(case.truth)
    fits = [] if known is None else [_ami(known, alone_apart(found)) for found in labels]
    return CaseScore(
        case.name,
        None if case.truth is None else int(case.truth.max()) + 1,
        float("nan") if known is None else float(np.sum(fits)) / len(runs),
        _mean(clusters),
        _mean(clusters > _n_components(case)),
        float(sum(whole for _, whole in counted) / clusters.sum()) if clusters.sum() else float("nan"),
        agreement(labels),
        tuple(run.failure for run in runs if run.failure),
        len(runs),
        _median([run.seconds for run in good]),
        max((run.memory for run in good), default=float("nan")),
        certainty_bins(case, good[0]) if good else np.zeros((3, BINS)),
    )


def alone_apart(labels: Ints) -> Ints:
    """Give everybody in no cluster a group of their own.

    Examples
    --------
    >>> alone_apart(np.array([0, -1, 0, -1])).tolist()
    [0, 1, 0, 2]
    """
    alone = labels < 0
    return np.where(alone, labels.max(initial=-1) + np.cumsum(alone), labels)


def agreement(labels: Sequence[Ints]) -> float:
    """Return the mean adjusted mutual information of each seed's answer with those of the next three seeds.

    With up to seven seeds that is every pair; with fewer than two answers it is NaN.
    """
    n = len(labels)
    if n < 2:
        return float("nan")
    apart = [alone_apart(found) for found in labels]
    pairs = {tuple(sorted((i, (i + step) % n))) for i in range(n) for step in range(1, NEIGHBOURS + 1)}
    return float(np.mean([_ami(apart[i], apart[j]) for i, j in sorted(pairs) if i != j]))


def certainty_bins(case: Case, run: Run) -> Floats:
    """Sort the members by certainty and count those that are placed rightly.

    A member is placed rightly if its planted cluster is the one that most members of its found cluster have.
    Members in no cluster, planted in none, or without a certainty are left out.

    Returns
    -------
    array of float, shape (3, bins)
        Members, sum of their certainty, how many of them are placed rightly.
    """
    bins = np.zeros((3, BINS))
    if case.truth is None or run.certainty is None:
        return bins
    inside = (run.labels >= 0) & (case.truth >= 0) & ~np.isnan(run.certainty)
    found, truth, certainty = run.labels[inside], case.truth[inside], run.certainty[inside]
    if not len(found):
        return bins
    counts = np.zeros((found.max() + 1, truth.max() + 1), dtype=np.int64)
    np.add.at(counts, (found, truth), 1)
    right = counts.argmax(axis=1)[found] == truth
    place = np.minimum((certainty * BINS).astype(np.int64), BINS - 1)
    for row, values in enumerate((np.ones(len(found)), certainty, right)):
        bins[row] = np.bincount(place, weights=values, minlength=BINS)
    return bins


def calibration_error(bins: Floats) -> float:
    """Return the expected calibration error: the mean over members of how far each bin is off; NaN without members."""
    if not bins[0].sum():
        return float("nan")
    return float(np.abs(bins[1] - bins[2]).sum() / bins[0].sum())


def _ami(one: Ints, other: Ints) -> float:
    return 1.0 if (one == other).all() else float(adjusted_mutual_info_score(one, other))


def _clusters(case: Case, labels: Ints) -> tuple[int, int]:
    """Return how many clusters of two or more there are, and how many of them are connected."""
    size = np.bincount(labels[labels >= 0], minlength=1)
    large = np.flatnonzero(size >= SMALLEST_CLUSTER)
    pairs = registered(case.network)
    inside = (labels[pairs.first] == labels[pairs.second]) & (labels[pairs.first] >= 0)
    part = _components(pairs.first[inside], pairs.second[inside], len(labels))
    distinct = np.unique(np.column_stack([labels, part])[labels >= 0], axis=0)[:, 0]
    pieces = np.bincount(distinct, minlength=len(size))
    return len(large), int((pieces[large] == 1).sum())


def _n_components(case: Case) -> int:
    """Return how many connected components of two or more there are."""
    pairs = registered(case.network)
    size = np.bincount(_components(pairs.first, pairs.second, pairs.n_nodes), minlength=1)
    return int((size >= SMALLEST_CLUSTER).sum())


def _components(first: Ints, second: Ints, n: int) -> Ints:
    matrix = sparse.csr_array((np.ones(len(first)), (first, second)), shape=(n, n))
    return sparse.csgraph.connected_components(matrix, directed=False)[1]


def _mean(values: np.ndarray) -> float:
    return float(np.mean(values)) if len(values) else float("nan")


def _median(values: Sequence[float]) -> float:
    return float(np.median(values)) if len(values) else float("nan")
