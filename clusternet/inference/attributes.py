"""A null for complementarity: what enterprises need, offer and do is dealt among them at random."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.inference.draws import Draws, key_columns
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
    answered = network.answered[: network.n_enterprises]
    for draw in range(draws):
        generator = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(1, draw)))
        order = np.arange(network.n_enterprises)
        for group in (np.flatnonzero(answered), np.flatnonzero(~answered)):
            order[group] = generator.permutation(group)
        yield order


def dealt_draws(
    clustered: ClusteredNetwork,
    metrics: Sequence[Metric],
    *,
    draws: int,
    seed: int,
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
    progress : callable, optional
        Called as draws are done.

    Returns
    -------
    Draws
        Every score of every cluster in every draw; in every draw there is a cluster to compare with.
    """
    network, k = clustered.network, clustered.k
    found = Draws.empty(metrics, network.layers, draws, k)
    waiting = list(orders(network, draws, seed)) if metrics else []
    first = np.array([clustered.members(cluster)[0] for cluster in range(k)], dtype=np.int64)
    batch = max(1, _AT_ONCE // max(network.n_enterprises, 1))
    for start in range(0, len(waiting), batch):
        chosen = waiting[start : start + batch]
        many = side_by_side(network, chosen)
        codes = clustered.partition.codes
        apart = np.concatenate([np.where(codes >= 0, codes + copy * k, -1) for copy in range(len(chosen))])
        again = ClusteredNetwork(many, Partition(many.enterprise_ids, apart))
        # Partitions number their clusters by size, so each is found again by its first member.
        rows = again.partition.codes[np.arange(len(chosen))[:, None] * network.n_enterprises + first]
        for metric in metrics:
            values = metric(again)
            for key, column in key_columns(metric, values, network.layers):
                found.values[key][start : start + len(chosen)] = column[rows]
        if progress:
            progress(f"{start + len(chosen)}/{draws}")
    return found
