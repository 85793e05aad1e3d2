"""Label propagation for large networks, compiled: igraph's own draws its chance through Python, a call at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusternet.model.kernels import compiled, random_below, random_share

#: Passes over all nodes after which propagation stops even if some labels still change.
_MOST_PASSES = 10
#: It stops when no more than this share of the nodes changes in a pass.
_FEW = 1e-3


@compiled
def _pass(start, partner, weight, labels, order, state):  # type: ignore[no-untyped-def]
    n = len(labels)
    total = np.zeros(n)
    near = np.empty(n, dtype=np.int64)
    changed = 0
    for last in range(n - 1, 0, -1):
        other = random_below(state, last + 1)
        order[last], order[other] = order[other], order[last]
    for i in order:
        number = 0
        for place in range(start[i], start[i + 1]):
            label = labels[partner[place]]
            if total[label] == 0.0:
                near[number] = label
                number += 1
            total[label] += weight[place]
        own = labels[i]
        best, most, alike = own, total[own], 1
        for x in range(number):
            label = near[x]
            if total[label] > most + 1e-12:
                best, most, alike = label, total[label], 1
            elif label != own and best != own and total[label] > most - 1e-12:
                # Of several labels that are equally common one is drawn.
                alike += 1
                if random_share(state) * alike < 1.0:
                    best = label
        for x in range(number):
            total[near[x]] = 0.0
        if best != own:
            labels[i] = best
            changed += 1
    return changed


def propagated(
    start: NDArray[np.int64], partner: NDArray[np.int32], weight: NDArray[np.float32], state: NDArray[np.uint64]
) -> NDArray[np.int64]:
    """Let every node take the label that weighs most among its partners, until hardly any changes.

    Parameters
    ----------
    start, partner, weight : arrays, shapes (n + 1,), (2p,) and (2p,)
        Each node's list of partners, and the weight of each tie.
    state : array of uint64, shape (1,)
        The random state; it is changed.

    Returns
    -------
    array of int, shape (n,)
        Labels, any of 0 to n - 1.

    References
    ----------
    Raghavan, U. N., Albert, R. & Kumara, S. (2007), doi:10.1103/PhysRevE.76.036106.
    """
    n = len(start) - 1
    labels, order = np.arange(n), np.arange(n)
    for _ in range(_MOST_PASSES):
        if _pass(start, partner, weight, labels, order, state) <= _FEW * n:
            break
    return labels
