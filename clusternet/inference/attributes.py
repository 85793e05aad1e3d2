"""A null for complementarity: what enterprises need, offer and do is dealt among them at random."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.inference.draws import Draws, scored
from clusternet.inference.workers import NamedMetrics, in_processes
from clusternet.metrics import Metric
from clusternet.model import ClusteredNetwork, Network, Partition
from clusternet.model.reports import Linkages

#: The columns of the register that are dealt together with needs and offers.
DEALT = ("stage", "sector")
#: So many enterprises, copies counted, are scored in one go.
_AT_ONCE = 20_000


def dealt(network: Network, order: NDArray[np.int64]) -> Network:
    """Return the network in which enterprise i has the needs, offers, stage and sector of enterprise ``order[i]``.

    Linkages and every other attribute stay where they are; what belongs to one enterprise stays together.
    """
    ledger = network.ledger.assign(enterprise=_places(order)[network.ledger["enterprise"].to_numpy()])
    columns = {column: network.register[column].take(order).set_axis(network.register.index) for column in DEALT}
    return replace(network, ledger=ledger, register=network.register.assign(**columns))


def _places(order: NDArray[np.int64]) -> NDArray[np.int64]:
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return place


def side_by_side(network: Network, orders: Sequence[NDArray[np.int64]]) -> Network:
    """Return one network of as many copies as there are orders, each dealt as :func:`dealt` does.

    No copy is linked to another. A metric that looks at one cluster at a time gives in each copy what it gives in that
    network alone, and prices and medians over the survey stay. So many draws cost little more than one.
    """
    n, copies = network.n_enterprises, len(orders)
    rows = np.tile(np.arange(n), copies)
    theirs = np.concatenate(orders)
    ids = network.enterprise_ids
    register = network.register.take(rows).set_axis(pd.RangeIndex(n * copies))
    columns = {column: network.register[column].take(theirs).set_axis(register.index) for column in DEALT}
    # Numbered in front, so that the ids of all copies are sorted, as a network's must be.
    columns["enterprise_id"] = pd.Series(
        [f"{copy:06d} {entry}" for copy in range(copies) for entry in ids], dtype="str"
    )
    ledger = network.ledger.take(np.tile(np.arange(len(network.ledger)), copies)).reset_index(drop=True)
    holder = network.ledger["enterprise"].to_numpy(dtype=np.int64)
    ledger["enterprise"] = np.concatenate([copy * n + _places(order)[holder] for copy, order in enumerate(orders)])
    copy_of = np.repeat(np.arange(copies), len(network.ties))
    ends: dict[str, Any] = {
        name: _copied(np.tile(getattr(network.ties, name), copies), copy_of, network, copies)
        for name in ("source", "target")
    }
    others: dict[str, Any] = {
        name: np.tile(values, copies)
        for name, values in vars(network.ties).items()
        if name not in ends and values is not None
    }
    ties = replace(network.ties, **ends, **others)
    order = np.lexsort((ties.layer, ties.target, ties.source))
    return replace(
        network,
        register=register.assign(**columns),
        outside_names=network.outside_names * copies,
        ties=Linkages(**{name: values[order] for name, values in vars(ties).items()}),
        ledger=ledger,
    )


def _copied(node: NDArray[np.int64], copy_of: NDArray[np.int64], network: Network, copies: int) -> NDArray[np.int64]:
    n, outside = network.n_enterprises, len(network.outside_names)
    place: NDArray[np.int64] = np.where(node < n, copy_of * n + node, n * (copies - 1) + copy_of * outside + node)
    return place


def orders(network: Network, draws: int, seed: int) -> Iterator[NDArray[np.int64]]:
    """Yield one random order of the enterprises per draw.

    Those who answered change places among themselves, and so do the others: who did not answer stated no needs and
    offers, and a cluster of many who answered must not look complementary for that alone.
    """
    for draw in range(draws):
        yield order_of(network, draw, seed)


def order_of(network: Network, draw: int, seed: int) -> NDArray[np.int64]:
    """Return the order of one draw, as :func:`orders` yields it."""
    answered = network.answered[: network.n_enterprises]
    generator = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(1, draw)))
    order = np.arange(network.n_enterprises)
    for group in (np.flatnonzero(answered), np.flatnonzero(~answered)):
        order[group] = generator.permutation(group)
    return order


def dealt_draws(
    clustered: ClusteredNetwork,
    metrics: Sequence[Metric],
    *,
    draws: int,
    seed: int,
    workers: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> Draws:
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
        The seed of the dealing; draw b has a seed of its own, so more draws leave the first ones as they are.
    workers : int, optional
        How many cores may work, as in :func:`~clusternet.inference.workers.checked_workers`; the draws are the same.
    progress : callable, optional
        Called as draws are done.

    Returns
    -------
    Draws
        Every score of every cluster in every draw; in every draw there is a cluster to compare with.
    """
    found = Draws.empty(metrics, clustered.network.layers, draws, clustered.k)
    if not metrics:
        return found
    task = Dealing(clustered, metrics, draws, seed)
    for place, values in enumerate(in_processes(task, task.batches, workers=workers, portable=task.portable)):
        chosen = task.draws_of(place)
        for key, rows in values.items():
            found.values[key][chosen.start : chosen.stop] = rows
        if progress:
            progress(f"{chosen.stop}/{draws}")
    return found


class Dealing(NamedMetrics):
    """Scores the same clusters in several draws at once, with attributes dealt at random.

    Parameters
    ----------
    clustered : ClusteredNetwork
        The network and its clusters.
    metrics : sequence of Metric
        What to score.
    draws : int
        How many times to deal in all.
    seed : int
        The seed.
    """

    def __init__(self, clustered: ClusteredNetwork, metrics: Sequence[Metric], draws: int, seed: int) -> None:
        self.clustered, self.metrics, self.draws, self.seed = clustered, list(metrics), draws, seed
        self.at_once = max(1, _AT_ONCE // max(clustered.network.n_enterprises, 1))

    @property
    def batches(self) -> int:
        """How often several draws are scored in one go."""
        return -(-self.draws // self.at_once)

    def draws_of(self, batch: int) -> range:
        """Return the draws of one batch."""
        return range(batch * self.at_once, min((batch + 1) * self.at_once, self.draws))

    def __call__(self, batch: int) -> dict[str, NDArray[np.float64]]:
        """Return the scores of one batch by key, each of shape (draws of the batch, k)."""
        clustered, k = self.clustered, self.clustered.k
        network, codes = clustered.network, clustered.partition.codes
        chosen = [order_of(network, draw, self.seed) for draw in self.draws_of(batch)]
        many = side_by_side(network, chosen)
        apart = np.concatenate([np.where(codes >= 0, codes + copy * k, -1) for copy in range(len(chosen))])
        again = ClusteredNetwork(many, Partition(many.enterprise_ids, apart))
        # Partitions number their clusters by size, so each is found again by its first member.
        first = np.unique(codes[codes >= 0], return_index=True)[1]
        first = np.flatnonzero(codes >= 0)[first]
        rows = again.partition.codes[np.arange(len(chosen))[:, None] * network.n_enterprises + first]
        return {key: column[rows] for key, column in scored(self.metrics, again).items()}
