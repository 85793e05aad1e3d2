"""Where each node belongs, and how surely: the share of all likely partitions in which it stands in each group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clusternet.detect.climbing import settled
from clusternet.detect.description import Description
from clusternet.detect.moves import NO_LIMIT, Walk

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
    tally = np.zeros((n, groups), dtype=np.int32) if n * groups <= _MOST_SHARES else None
    reference = settled_at.labels
    stayed, overlap, lengths = np.zeros(n), np.zeros(groups), []
    nodes = np.arange(n)
    for _ in range(samples):
        walk.step(1.0, alone=False)
        known = walk.labels < groups
        if tally is not None:
            tally[nodes[known], walk.labels[known]] += 1
        same = walk.labels == reference
        stayed += same
        shared = np.bincount(reference[same], minlength=groups)
        size = walk.sums[0, :groups]
        overlap += shared / np.maximum(settled_at.sums[0] + size - shared, 1)
        lengths.append(walk.length)
    mean, stability = float(np.mean(lengths)), overlap / samples
    if tally is None:
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
    return Posterior(settled_at, labels, shares[nodes, labels], shares, stability, *ends)


def _entropy(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(divide="ignore", invalid="ignore"):
        terms: NDArray[np.float64] = np.where(shares > 0, -shares * np.log(shares), 0.0)
    return terms.sum(axis=1)
