"""Where each node belongs, and how surely: the share of all likely partitions in which it stands in each group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clusternet.detect.climbing import settled
from clusternet.detect.description import Description, groups_value
from clusternet.detect.moves import NO_LIMIT, Walk, walk_once
from clusternet.model.kernels import compiled

#: Shares are kept for every node and group up to so many of them; beyond, only the share of the node's own group.
_MOST_SHARES = 20_000_000
#: How much of the uncertainty of single nodes counts as uncertainty of the whole. Counted in full, as if nodes were
#: independent, it would favour partitions of noise; measured in benchmarks/quality.
_INDEPENDENCE = 0.7


@dataclass(frozen=True, eq=False)
class Posterior:
    """Partitions as likely as their descriptions are short, around one of them.

    Parameters
    ----------
    description : Description
        The description whose rates were held.
    labels : array of int, shape (n,)
        The group in which each node stands most often, 0 to B - 1.
    certainty : array of float, shape (n,)
        The share of samples in which it stands there, 0 to 1.
    shares : array of float, shape (n, B), or None
        The same for every group; None for large networks.
    stability : array of float, shape (B,)
        The mean Jaccard similarity of each group with itself over the samples, 0 to 1.
    length : float
        The mean description length, less what the uncertainty of the nodes leaves open, in nats: the description
        length of the whole family of partitions.
    least : float
        The same with the uncertainty of every node counted in full: at best so short.
    """

    description: Description
    labels: NDArray[np.int64]
    certainty: NDArray[np.float64]
    shares: NDArray[np.float64] | None
    stability: NDArray[np.float64]
    length: float
    least: float

    @property
    def corrected(self) -> bool:
        """Whether links are drawn in proportion to degrees."""
        return bool(self.description.rates[0])


def sampled(
    description: Description,
    state: NDArray[np.uint64],
    *,
    passes: int = 5,
    refits: int = 4,
    samples: int = 40,
    largest: float = NO_LIMIT,
) -> Posterior:
    """Sample partitions in proportion to exp(-description length), starting from one (Gibbs sampling).

    Parameters
    ----------
    description : Description
        Where to start.
    state : array of uint64, shape (1,)
        The random state; it is changed.
    passes, refits : int
        Before samples are taken, so many passes over all nodes between so many refittings of the rates.
    samples : int
        Samples, one pass each.
    largest : float
        No group grows beyond so many members.

    Returns
    -------
    Posterior
        What the samples say.

    Notes
    -----
    The length is the mean description length less 0.7 times the sum over nodes of the entropy of their shares: a
    mean-field estimate of minus the log of the evidence of the partitions (Peixoto 2014; Zhang & Peixoto 2020), made
    careful. A partition of noise has many about as good as itself, none of which says where a node belongs.

    References
    ----------
    Peixoto, T. P. (2014), Efficient Monte Carlo and greedy heuristic for the inference of stochastic block models,
    doi:10.1103/PhysRevE.89.012804.
    """
    settled_at = settled(description, state, passes, refits, largest)
    walk = Walk(settled_at, state, largest)
    n, groups = len(settled_at.labels), settled_at.n_groups
    counted = n * groups <= _MOST_SHARES
    tally = np.zeros((n, groups) if counted else (0, 0), dtype=np.int32)
    reference = settled_at.labels
    stayed, overlap, values = np.zeros(n), np.zeros(groups), np.empty(samples)
    start = reference, settled_at.sums, settled_at.told
    shared = np.empty(groups)
    kept = tally, stayed, overlap, shared, values
    _sample(walk.network, walk.model, walk.books, walk.paper, start, kept, walk.largest, state)
    mean = float(np.mean(settled_at.length + settled_at.value - values))
    stability = overlap / samples
    if not counted:
        certainty = stayed / samples
        spread = float(_entropy(np.column_stack([certainty, 1 - certainty])).sum())
        ends = mean - _INDEPENDENCE * spread, mean - spread
        return Posterior(settled_at, reference, certainty, None, stability, *ends)
    shares = tally / samples
    labels = shares.argmax(axis=1)
    if np.bincount(labels).max() > largest:
        # Each sample keeps to the limit, but where most samples put a node need not.
        labels = reference
    spread = float(_entropy(shares).sum())
    ends = mean - _INDEPENDENCE * spread, mean - spread
    return Posterior(settled_at, labels, shares[np.arange(n), labels], shares, stability, *ends)


@compiled
def _sample(network, model, books, paper, start, kept, most, state):  # type: ignore[no-untyped-def]
    """Take one sample after each pass over all nodes.

    ``start`` holds the labels, sums and nats of traits where the walk begins. Filled are the tally of groups for each
    node (where it has rows), how often each node stood in its group of the start, the added Jaccard similarities of
    each group with itself (after them stands room to count in), and what each sample saves in nats.
    """
    rates, log_size = model[1], model[2]
    labels, sums = books[0], books[1]
    reference, sums_at_start, told = start
    tally, stayed, overlap, shared, values = kept
    n, groups = len(labels), sums_at_start.shape[1]
    for sample in range(len(values)):
        told += walk_once(network, model, books, paper, 1.0, False, most, state)[1]
        for r in range(groups):
            shared[r] = 0.0
        for i in range(n):
            label = labels[i]
            if label < groups and tally.shape[0]:
                tally[i, label] += 1
            if label == reference[i]:
                stayed[i] += 1.0
                shared[label] += 1.0
        for r in range(groups):
            overlap[r] += shared[r] / max(sums_at_start[0, r] + sums[0, r] - shared[r], 1.0)
        values[sample] = groups_value(sums, rates, log_size) + told


def _entropy(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(divide="ignore", invalid="ignore"):
        terms: NDArray[np.float64] = np.where(shares > 0, -shares * np.log(shares), 0.0)
    return terms.sum(axis=1)
