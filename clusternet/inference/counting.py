"""Scores that only count: they need the sums over each cluster's links, and no network to be made of a draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clusternet.metrics import Metric
from clusternet.model import ClusteredNetwork

Values = NDArray[np.float64]

#: What is known of nodes, where it is known at all.
_OF_NODES = frozenset({"member_nodes", "member_cluster", "node_weights"})
#: Sums of whole multiples of one unit are exact up to so many of them, whatever their order.
_MOST_UNITS = 2.0**52


class NeedsLinksError(AttributeError):
    """A metric asked for more than the sums."""


class _Sums(SimpleNamespace):
    """A noun of which only the sums are known."""

    def __getattr__(self, name: str) -> Any:
        raise NeedsLinksError(name)


class CountedClusters(ClusteredNetwork):
    """Clusters of which only the sums over links are known; what needs the links raises NeedsLinksError."""

    def __init__(
        self,
        observed: ClusteredNetwork,
        total: float,
        *,
        within: Values | None = None,
        without: Values | None = None,
        **sums: Any,
    ) -> None:
        # An instance's own entry comes before the cached property of the same name.
        self.__dict__.update({"partition": observed.partition, "cluster_of": observed.cluster_of, **sums})
        if within is not None and without is not None:
            self.__dict__.update(
                member_nodes=observed.member_nodes,
                member_cluster=observed.member_cluster,
                node_weights=(within, without),
                strength=within + without,
            )
        self.__dict__["network"] = _network_of(observed, strength=self.__dict__.pop("strength"), total=total)

    def __getattribute__(self, name: str) -> Any:
        if name in _OF_NODES and name not in object.__getattribute__(self, "__dict__"):
            raise NeedsLinksError(name)
        return super().__getattribute__(name)


class MemberSums(ClusteredNetwork):
    """Clusters of which only the sums over each member's links are known.

    Parameters
    ----------
    observed : ClusteredNetwork
        The network and its clusters.
    within, without : array of float, shape (members,)
        The weight of each member's links inside its cluster and of all others, in the order of ``member_nodes``.
    """

    def __init__(self, observed: ClusteredNetwork, within: Values, without: Values) -> None:
        self.__dict__.update(
            partition=observed.partition,
            member_nodes=slice(None),
            member_cluster=observed.member_cluster,
            node_weights=(within, without),
            network=_network_of(observed),
        )


def _network_of(observed: ClusteredNetwork, **of_flat: Any) -> _Sums:
    """Return what is known of a network of a draw: the register as it is, and sums over its linked pairs."""
    network = observed.network
    return _Sums(
        n_enterprises=network.n_enterprises,
        n_nodes=network.n_nodes,
        layers=network.layers,
        settings=network.settings,
        flat=_Sums(n_nodes=network.n_nodes, **of_flat),
    )


@dataclass(frozen=True, eq=False)
class Counter:
    """Counts links by cluster.

    Parameters
    ----------
    observed : ClusteredNetwork
        The network and its clusters.
    weight : array of float, shape (pairs,)
        The weights of the linked pairs.
    """

    observed: ClusteredNetwork
    weight: Values

    @property
    def exact(self) -> bool:
        """Whether sums of these weights are exact in any order, so that counting needs no care."""
        return summed_exactly(self.weight)

    def count(self, ends: NDArray[np.int32], weight: Values | None = None) -> CountedClusters:
        """Return the clusters with the sums over links.

        Parameters
        ----------
        ends : array of int, shape (pairs, 2)
            The two ends of each linked pair.
        weight : array of float, shape (pairs,), optional
            Their weights; by default those of :attr:`weight`.

        Returns
        -------
        CountedClusters
            What metrics that only count can be called with.
        """
        # Compiled kernels take half a second to import, and a first look at a survey draws nothing.
        from clusternet.inference.counting_kernels import tally

        observed = self.observed
        pairs, weights, within, without = tally(
            ends, observed.cluster_of, self.weight if weight is None else weight, observed.k
        )
        return CountedClusters(
            observed,
            observed.network.flat.total,
            pairs_inside=pairs[0],
            pairs_boundary=pairs[1],
            weight_inside=weights[0],
            weight_boundary=weights[1],
            within=within,
            without=without,
        )

    def countable(self, metrics: Sequence[Metric]) -> list[Metric]:
        """Return the metrics for which the sums are enough."""
        flat = self.observed.network.flat
        counted = self.count(np.column_stack([flat.first, flat.second]).astype(np.int32))
        return needing(counted, metrics)


def needing(counted: ClusteredNetwork, metrics: Sequence[Metric]) -> list[Metric]:
    """Return the metrics that need no more than what is known of these clusters."""
    return [metric for metric in metrics if _is_enough(counted, metric)]


def _is_enough(counted: ClusteredNetwork, metric: Metric) -> bool:
    try:
        metric(counted)
    except NeedsLinksError:
        return False
    return True


def summed_exactly(weight: Values) -> bool:
    """Return whether twice the sum of all weights, and so every part of it, is exact in any order.

    Examples
    --------
    >>> summed_exactly(np.array([1.0, 2.5])), summed_exactly(np.array([1.0, 0.1]))
    (True, False)
    """
    if not len(weight):
        return True
    fraction, exponent = np.frexp(weight)
    digits = (fraction * 2.0**53).astype(np.int64)
    # The lowest bit that is set in any weight is the unit of all.
    lowest = np.log2((digits & -digits).astype(np.float64)).astype(np.int64) + exponent - 53
    with np.errstate(over="ignore"):
        return bool(np.ldexp(2 * weight.sum(), -int(lowest.min())) < _MOST_UNITS)
