"""One benchmark network with its known clusters, and how it is made from pairs of numbered nodes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clusternet.model import Network

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Ends = tuple[Ints, Ints]


@dataclass(frozen=True, eq=False)
class Case:
    """One network of the benchmark.

    Parameters
    ----------
    family : str
        The family of networks that it belongs to.
    name : str
        What sets it apart within the family; the same names stand for the same network.
    network : Network
        The network.
    truth : array of int, shape (n_enterprises,), optional
        The planted cluster of each enterprise in the order of ``network.enterprise_ids``, -1 for one that is planted
        in none; None for random networks, in which there is nothing to find.
    """

    family: str
    name: str
    network: Network
    truth: Ints | None


def node_names(n: int) -> NDArray[np.str_]:
    """Return n ids whose order as texts is their order as numbers.

    Examples
    --------
    >>> node_names(11)[[0, 10]].tolist()
    ['n00', 'n10']
    """
    return np.char.add("n", np.char.zfill(np.arange(n).astype(str), len(str(n - 1))))


def planted(
    generator: np.random.Generator,
    family: str,
    name: str,
    truth: Ints | None,
    ends: Ends,
    *,
    n: int | None = None,
    weight: Floats | None = None,
    layer: NDArray[np.str_] | None = None,
) -> Case:
    """Make a case from numbered nodes, in an order that gives nothing away.

    Parameters
    ----------
    generator : numpy.random.Generator
        Source of chance for the order of the nodes.
    family, name : str
        As in :class:`Case`.
    truth : array of int, shape (n,), optional
        The planted cluster of each node.
    ends : pair of arrays of int, shape (m,)
        The two ends of each linkage.
    n : int, optional
        The number of nodes, where no truth says it.
    weight : array of float, shape (m,), optional
        The weight of each linkage; by default 1.
    layer : array of str, shape (m,), optional
        The layer of each linkage; by default one layer for all.

    Returns
    -------
    Case
        The case; its nodes are numbered anew at random, because some methods go through nodes in their order.
    """
    n = len(truth) if truth is not None else n
    place = generator.permutation(n)
    names = node_names(n)
    source, target = (names[place[end]] for end in ends)
    network = Network.from_edges(source, target, weight, layer, nodes=names)
    shown = None
    if truth is not None:
        shown = np.empty(n, dtype=np.int64)
        shown[place] = truth
    return Case(family, name, network, shown)
