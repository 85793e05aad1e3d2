"""Would chance make a group like this one? A test that any cluster can take, whoever found it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, xlogy

from clusternet.model.pairs import Pairs


def cluster_support(pairs: Pairs, codes: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return how much more surprising each cluster is than what chance is expected to make somewhere.

    Parameters
    ----------
    pairs : Pairs
        Linked pairs of n nodes; their weights are not looked at.
    codes : array of int, shape (n,)
        The cluster of each node, -1 for none.

    Returns
    -------
    array of float, shape (k,)
        In nats; above 0, a network linked at random with the same degrees is expected to hold less than one group of
        as many nodes, anywhere, whose links lie inside, at its boundary and elsewhere as unevenly. A cluster that is
        the whole network has none.

    Notes
    -----
    With E linked pairs, of which e lie inside, b at the boundary and the rest elsewhere, and the share v of all link
    ends at the members, a random link lies inside with probability v^2, at the boundary with 2v(1 - v), elsewhere with
    (1 - v)^2. The support is E times the Kullback-Leibler divergence of the shares that are seen from these, less
    log C(N, n): a bound over all groups of n nodes, in the spirit of the statistical significance of communities
    (Lancichinetti, Radicchi & Ramasco 2010). It is 0 or less where there are fewer links inside than expected.

    References
    ----------
    Lancichinetti, A., Radicchi, F. & Ramasco, J. J. (2010), Statistical significance of communities in networks.
    """
    k = int(codes.max(initial=-1)) + 1
    linked = len(pairs)
    if not k or not linked:
        return np.zeros(k)
    first, second = codes[pairs.first], codes[pairs.second]
    inside = np.bincount(first[(first == second) & (first >= 0)], minlength=k) / linked
    member = codes >= 0
    ends = np.bincount(codes[member], weights=pairs.degree[member], minlength=k) / linked
    share = ends / 2
    seen = np.array([inside, ends - 2 * inside, 1 - ends + inside])
    expected = np.array([share**2, 2 * share * (1 - share), (1 - share) ** 2])
    divergence = np.where(seen > 0, xlogy(seen, seen) - xlogy(seen, np.where(seen > 0, expected, 1.0)), 0.0).sum(axis=0)
    divergence = np.where(inside > expected[0], divergence, 0.0)
    size, n = np.bincount(codes[member], minlength=k), pairs.n_nodes
    ways = gammaln(n + 1) - gammaln(size + 1) - gammaln(n - size + 1)
    found: NDArray[np.float64] = linked * divergence - ways
    return found
