"""A null for complementarity: what enterprises need, offer and do is dealt among them at random."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from clusternet.metrics import Metric
from clusternet.model import ClusteredNetwork, Network

#: The columns of the register that are dealt together with needs and offers.
DEALT = ("stage", "sector")


def dealt(network: Network, order: NDArray[np.int64]) -> Network:
    """Return the network in which enterprise i has the needs, offers, stage and sector of enterprise ``order[i]``.

    Linkages and every other attribute stay where they are; what belongs to one enterprise stays together.
    """
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    ledger = network.ledger.assign(enterprise=place[network.ledger["enterprise"].to_numpy()])
    columns = {column: network.register[column].take(order).set_axis(network.register.index) for column in DEALT}
    return replace(network, ledger=ledger, register=network.register.assign(**columns))


def draw_scores(
    clustered: ClusteredNetwork,
    metrics: Sequence[Metric],
    *,
    draws: int,
    seed: int,
    progress: Callable[[str], None] | None = None,
) -> NDArray[np.float64]:
    """Score the same clusters again with attributes dealt at random.

    Parameters
    ----------
    clustered : ClusteredNetwork
        The network and its k clusters, which stay as they are.
    metrics : sequence of Metric
        What to score.
    draws : int
        How many times to deal.
    seed : int
        The seed of the dealing.
    progress : callable, optional
        Called after each draw.

    Returns
    -------
    array of float, shape (metrics, draws, k)
        The scores.
    """
    generator = np.random.default_rng(seed)
    found = np.empty((len(metrics), draws, clustered.k))
    for draw in range(draws):
        order = generator.permutation(clustered.network.n_enterprises)
        again = ClusteredNetwork(dealt(clustered.network, order), clustered.partition)
        for place, metric in enumerate(metrics):
            found[place, draw] = metric(again)
        if progress:
            progress(f"{draw + 1}/{draws}")
    return found
