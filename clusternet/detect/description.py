"""How many nats a partition needs to describe the network: the arbiter between candidate partitions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from clusternet.model.pairs import Pairs


def description_length(pairs: Pairs, labels: NDArray[np.int64]) -> float:
    """Return the description length of linked pairs under a planted partition, in nats.

    Parameters
    ----------
    pairs : Pairs
        Linked pairs of n nodes; weights are not looked at.
    labels : array of int, shape (n,)
        The group of each node.

    Returns
    -------
    float
        Nats: the groups, how many pairs lie inside groups and between, and which. The partition with the least length
        explains the network best without fitting its noise.

    Notes
    -----
    With N nodes in B groups of n_r, E linked pairs of which e lie inside, P_in possible pairs inside and P_out between:
    log C(P_in, e) + log C(P_out, E - e) + [B > 1] log(E + 1)
    + log N! - sum log n_r! + log C(N - 1, B - 1) + log N.

    References
    ----------
    Zhang, L. & Peixoto, T. P. (2020), doi:10.1103/PhysRevResearch.2.043271 (the planted partition model; here in the
    form for simple graphs without degree correction).
    """
    size = np.unique(labels, return_counts=True)[1]
    n, groups, linked = len(labels), len(size), len(pairs)
    inside = int((labels[pairs.first] == labels[pairs.second]).sum())
    possible = n * (n - 1) / 2
    possible_inside = float((size * (size - 1) / 2).sum())
    ties = _log_choose(possible_inside, inside) + _log_choose(possible - possible_inside, linked - inside)
    rate = np.log(linked + 1) if groups > 1 else 0.0
    which = gammaln(n + 1) - gammaln(size + 1).sum() + _log_choose(n - 1, groups - 1) + np.log(n)
    return float(ties + rate + which)


def _log_choose(n: float, k: float) -> float:
    return float(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1))
