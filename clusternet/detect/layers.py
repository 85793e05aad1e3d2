"""The layers of a network: how far they agree, which of them carry the clusters, and what each should weigh."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit

from clusternet.detect.traits import logistic
from clusternet.errors import InputError
from clusternet.messages import mark
from clusternet.model import ClusteredNetwork, Network, Partition, recorded
from clusternet.model.catalogue import nearest
from clusternet.model.pairs import Pairs
from clusternet.model.sums import ratio

#: Expected degrees may differ from the given ones by this times the log-odds, so that these stay finite.
_RIDGE = 1e-6
_MOST_STEPS = 100
Floats = NDArray[np.float64]


def layer_agreement(network: Network) -> pd.DataFrame:
    """Return how far each two layers link the same enterprises.

    Parameters
    ----------
    network : Network
        The network; linked pairs of its register are looked at, without direction or weight.

    Returns
    -------
    DataFrame
        One row for each two different layers in either order, so that a pivot is symmetrical, sorted by name; a share
        of nothing is NaN:

        - ``layer``, ``other``: their names;
        - ``pairs``, ``other_pairs``, ``shared``: the linked pairs of each, and of both;
        - ``jaccard``: the shared pairs over those of at least one, 0 to 1;
        - ``share_of_smaller``: the shared pairs over those of the layer that has fewer, 0 to 1;
        - ``expected``: the pairs that the two would share, were they drawn independently of each other with every
          enterprise's number of partners kept on average (the undirected binary configuration model);
        - ``ratio``: shared over expected; 1 as by chance, above 1 the layers link the same enterprises.

    References
    ----------
    Brodka, P., Chmiel, A., Magnani, M. & Ragozini, G. (2018), Quantifying layer similarity in multiplex networks: a
    systematic study, doi:10.1098/rsos.171747 (Jaccard, share of the smaller).
    Squartini, T. & Garlaschelli, D. (2011), Analytical maximum-likelihood method to detect patterns in real networks,
    doi:10.1088/1367-2630/13/8/083001 (expected).

    Examples
    --------
    >>> network = Network.from_edges(list("abca"), list("bcdb"), layer=["stock", "stock", "stock", "labour"])
    >>> layer_agreement(network)[["layer", "other", "pairs", "other_pairs", "shared", "jaccard"]].round(3)
        layer   other  pairs  other_pairs  shared  jaccard
    0  labour   stock      1            3       1    0.333
    1   stock  labour      3            1       1    0.333
    """
    linked = _by_layer(network)
    odds = [_link_log_odds(pairs.degree) for pairs in linked]
    row, column = np.nonzero(~np.eye(len(linked), dtype=bool))
    # Either order gives the same to the last bit.
    ends = [(min(one, two), max(one, two)) for one, two in zip(row, column, strict=True)]
    shared = np.array([np.isin(_keys(linked[a]), _keys(linked[b])).sum() for a, b in ends], dtype=np.int64)
    expected = np.array([_expected_shared(odds[a], odds[b]) for a, b in ends], dtype=np.float64)
    names = pd.array([layer.name for layer in network.layers], dtype="str")
    pairs = np.array([len(entry) for entry in linked], dtype=np.int64)
    return pd.DataFrame(
        {
            "layer": names[row],
            "other": names[column],
            "pairs": pairs[row],
            "other_pairs": pairs[column],
            "shared": shared,
            "jaccard": ratio(shared, pairs[row] + pairs[column] - shared),
            "share_of_smaller": ratio(shared, np.minimum(pairs[row], pairs[column])),
            "expected": expected,
            "ratio": ratio(shared, expected),
        }
    )


def layer_quality(network: Network, partition: Partition) -> pd.DataFrame:
    """Return how well one partition fits each layer: which layers carry the clusters, and which do not.

    Parameters
    ----------
    network : Network
        The network; linked pairs of its register are looked at, without direction or weight.
    partition : Partition
        Its clusters.

    Returns
    -------
    DataFrame
        One row per layer, on ``layer``; rivalry is there as well, although it is never part of the flat network:

        - ``family``, ``counts``, ``weight``: its family, whether it is part of the flat network, what it weighs there;
        - ``pairs``, ``enterprises``: linked pairs, and enterprises with at least one;
        - ``inside``: the share of the pairs that lie inside a cluster, 0 to 1;
        - ``expected``: the share that would lie there, were links drawn at random between as many ends at each
          enterprise, 0 to 1; an enterprise in no cluster counts as a cluster of one;
        - ``modularity``: ``inside`` less ``expected``, -0.5 to 1;
        - ``log_odds``: how many nats a link of the layer adds to the evidence that two enterprises share a cluster,
          the other layers being the same: a logistic regression over all pairs, drawn slightly towards 0. Clusters that
          were found in these layers fit them better than others would, so it compares layers and proves none.

        A layer without linked pairs has neither (NaN); log-odds have also none where the layer does not count, or
        where all enterprises share one cluster or no two share any.

    Raises
    ------
    InputError
        If the two speak of different enterprises.

    References
    ----------
    Newman, M. E. J. & Girvan, M. (2004), doi:10.1103/PhysRevE.69.026113 (modularity).

    Examples
    --------
    >>> network = Network.from_edges(list("abcdefc"), list("bcaefdd"), layer=["stock"] * 6 + ["association"])
    >>> clusters = Partition.from_labels(network.enterprise_ids, [0, 0, 0, 1, 1, 1])
    >>> layer_quality(network, clusters)["modularity"].to_dict()
    {'association': -0.5, 'stock': 0.5}
    """
    codes = ClusteredNetwork(network, partition).partition.codes
    codes = np.where(codes < 0, partition.n_clusters + np.arange(len(codes)), codes)
    linked = _by_layer(network)
    count = np.array([len(pairs) for pairs in linked], dtype=np.float64)
    inside = ratio(np.array([(codes[pairs.first] == codes[pairs.second]).sum() for pairs in linked]), count)
    squares = [(np.bincount(codes, weights=pairs.degree) ** 2).sum() for pairs in linked]
    expected = ratio(np.array(squares), 4 * count**2)
    return pd.DataFrame(
        {
            "family": pd.array([layer.family for layer in network.layers], dtype="str"),
            "counts": np.array([layer.counts for layer in network.layers], dtype=bool),
            "weight": np.array([layer.weight for layer in network.layers], dtype=np.float64),
            "pairs": count.astype(np.int64),
            "enterprises": np.array([(pairs.degree > 0).sum() for pairs in linked], dtype=np.int64),
            "inside": inside,
            "expected": expected,
            "modularity": inside - expected,
            "log_odds": _log_odds(network, linked, codes),
        },
        index=pd.Index([layer.name for layer in network.layers], dtype="str", name="layer"),
    )


def learnt_layer_weights(network: Network, partition: Partition) -> dict[str, float]:
    """Return how much each layer should weigh, learnt from a partition.

    Parameters
    ----------
    network : Network
        The network.
    partition : Partition
        Its clusters.

    Returns
    -------
    dict of str to float
        For each layer that counts a weight of at least 0, on average 1: in proportion to the log-odds of
        :func:`layer_quality`, 0 where they are below 0. A layer without linked pairs gets 1, and so do all where no
        layer speaks for the clusters.

    Raises
    ------
    InputError
        If the two speak of different enterprises.

    Examples
    --------
    >>> network = Network.from_edges(list("abcdefc"), list("bcaefdd"), layer=["stock"] * 6 + ["association"])
    >>> clusters = Partition.from_labels(network.enterprise_ids, [0, 0, 0, 1, 1, 1])
    >>> learnt_layer_weights(network, clusters)
    {'association': 0.0, 'stock': 2.0}
    """
    table = layer_quality(network, partition)
    table = table[table["counts"]]
    evidence = table["log_odds"].clip(lower=0.0)
    mean = float(evidence.mean())
    weight = evidence / mean if mean > 0 else evidence * 0 + 1.0
    return {str(name): float(value) for name, value in weight.fillna(1.0).items()}


@recorded
def with_layer_weights(network: Network, weights: Mapping[str, float]) -> Network:
    """Return the network with other weights of some of its layers.

    Parameters
    ----------
    network : Network
        The network.
    weights : mapping of str to float
        The weight of a layer by its name, finite and at least 0; 0 leaves the layer out of the flat network. Layers
        that are not named keep their weight.

    Returns
    -------
    Network
        The same enterprises and linkages.

    Raises
    ------
    InputError
        If the network has no layer of a name, or a weight is not a finite number of at least 0.

    Examples
    --------
    >>> network = Network.from_edges(["a", "b"], ["b", "c"], layer=["stock", "labour"])
    >>> with_layer_weights(network, {"stock": 3}).flat.weight
    array([3., 1.])
    """
    names = [layer.name for layer in network.layers]
    for name in weights:
        if name not in names:
            near = nearest(str(name), names)
            raise InputError(
                mark('The network has no layer "{name}".{hint} It has: {known}.'),
                name=name,
                hint=f' Did you mean "{near}"?' if near else "",
                known=", ".join(names) or "-",
            )
    layers = tuple(replace(layer, weight=float(weights.get(layer.name, layer.weight))) for layer in network.layers)
    return replace(network, layers=layers)


def _by_layer(network: Network) -> list[Pairs]:
    """Return the linked pairs of each layer among the register."""
    register, layer = np.arange(network.n_enterprises), network.ties.layer
    return [network.pairs(layer == place).among(register) for place in range(len(network.layers))]


def _keys(pairs: Pairs) -> NDArray[np.int64]:
    return pairs.first * pairs.n_nodes + pairs.second


def _link_log_odds(degree: NDArray[np.int64]) -> Floats:
    """Return half the log-odds that each node gives to a link, so that expected degrees are those given; -inf for 0.

    The log-likelihood of the degrees is concave in these numbers, one for each distinct degree: Newton's steps.
    """
    found = np.full(len(degree), -np.inf)
    kinds, kind, many = np.unique(degree[degree > 0], return_inverse=True, return_counts=True)
    meetings = np.outer(many, many) - np.diag(many)
    theta = np.log(kinds) - 0.5 * np.log((many * kinds).sum()) if len(kinds) else np.zeros(0)
    for _ in range(_MOST_STEPS):
        chance = expit(theta[:, None] + theta)
        bend = meetings * chance * (1 - chance)
        slope = many * kinds - (meetings * chance).sum(axis=1) - _RIDGE * many * theta
        step = np.linalg.solve(bend + np.diag(bend.sum(axis=1) + _RIDGE * many), slope)
        longest = np.abs(step).max(initial=0.0)
        theta = theta + step * min(1.0, 2.0 / max(longest, 1e-9))
        if longest < 1e-9:
            break
    found[degree > 0] = theta[kind]
    return found


def _expected_shared(one: Floats, other: Floats) -> float:
    """Return the pairs that two layers share on average, from the log-odds that each node gives to a link of each."""
    linked = np.isfinite(one) & np.isfinite(other)
    kinds, many = np.unique(np.column_stack([one, other])[linked], axis=0, return_counts=True)
    total = 0.0
    for (first, second), count in zip(kinds, many, strict=True):
        total += float(count * (expit(first + kinds[:, 0]) * expit(second + kinds[:, 1]) @ many))
    # Nobody meets itself.
    return (total - float((many * expit(2 * kinds).prod(axis=1)).sum())) / 2


def _log_odds(network: Network, linked: list[Pairs], codes: NDArray[np.int64]) -> Floats:
    """Return what a link of each layer adds to the log-odds that a pair has one code, shape (layers,)."""
    found = np.full(len(linked), np.nan)
    chosen = [place for place, layer in enumerate(network.layers) if layer.counts and len(linked[place])]
    n, size = len(codes), np.bincount(codes)
    possible, together = n * (n - 1) / 2, float((size * (size - 1) / 2).sum())
    if not chosen or not 0 < together < possible:
        return found
    keys = [_keys(linked[place]) for place in chosen]
    pairs = np.unique(np.concatenate(keys))
    by = np.column_stack([np.isin(pairs, known, assume_unique=True) for known in keys])
    kinds, kind = np.unique(by, axis=0, return_inverse=True)
    hits = np.bincount(kind.ravel(), weights=codes[pairs // n] == codes[pairs % n]).astype(np.float64)
    count = np.bincount(kind.ravel()).astype(np.float64)
    # The last kind of pairs are those that no layer links.
    design = np.column_stack([np.ones(len(kinds) + 1), np.vstack([kinds, np.zeros(len(chosen))])])
    hits, count = np.append(hits, together - hits.sum()), np.append(count, float(possible - len(pairs)))
    coefficients, _ = logistic(design, count, hits, math.log(together / (possible - together)))
    found[chosen] = coefficients[1:]
    return found
