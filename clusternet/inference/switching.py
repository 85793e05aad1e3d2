"""The compiled kernel of rewiring: two links exchange an end, many times over."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusternet.model.kernels import GOLDEN, compiled, random_below, random_bits

#: No key is as large: there are fewer than 2^63 pairs of nodes.
_EMPTY = np.uint64(0xFFFFFFFFFFFFFFFF)
_ONE = np.uint64(1)


@compiled
def _slot(table, key, shift):  # type: ignore[no-untyped-def]
    """Return where a key stands in the hash table, or the empty place where it would."""
    mask = np.uint64(len(table) - 1)
    place = (key * GOLDEN) >> shift
    while table[place] != _EMPTY and table[place] != key:
        place = (place + _ONE) & mask
    return place


@compiled
def _remove(table, key, shift):  # type: ignore[no-untyped-def]
    """Take a key out and move later ones back, so that no tombstones pile up over millions of switches."""
    mask = np.uint64(len(table) - 1)
    hole = _slot(table, key, shift)
    place = hole
    while True:
        place = (place + _ONE) & mask
        other = table[place]
        if other == _EMPTY:
            break
        # A key may fill the hole only if its way from home to its place leads over the hole.
        if ((place - ((other * GOLDEN) >> shift)) & mask) >= ((place - hole) & mask):
            table[hole] = other
            hole = place
    table[hole] = _EMPTY


@compiled
def _key(one, other, swapped, n_nodes, directed):  # type: ignore[no-untyped-def]
    """Return the number of a link from one node to another, or of the turned one, or of the pair."""
    if directed:
        return other * n_nodes + one if swapped else one * n_nodes + other
    return min(one, other) * n_nodes + max(one, other)


@compiled
def switch(ends, n_nodes, silent, directed, attempts, seed):  # type: ignore[no-untyped-def]
    """Try so many exchanges in place (``ends`` are 32-bit positions), and return how many were made."""
    m = len(ends)
    size, shift = 4, np.uint64(62)
    while size < 2 * m:
        size *= 2
        shift -= _ONE
    table = np.full(size, _EMPTY, dtype=np.uint64)
    nodes = np.uint64(n_nodes)
    for link in range(m):
        key = _key(np.uint64(ends[link, 0]), np.uint64(ends[link, 1]), False, nodes, directed)
        table[_slot(table, key, shift)] = key
    state = np.full(1, seed, dtype=np.uint64)
    done = 0
    for _ in range(attempts):
        one, two = random_below(state, m), random_below(state, m)
        # Where links have no direction, either end may be the one that is exchanged.
        bits = np.uint64(3) if directed else random_bits(state)
        side, other = np.int64(bits & _ONE), np.int64((bits >> _ONE) & _ONE)
        a, b = np.uint64(ends[one, 1 - side]), np.uint64(ends[one, side])
        c, d = np.uint64(ends[two, 1 - other]), np.uint64(ends[two, other])
        if a == d or c == b or (silent[a] and silent[d]) or (silent[c] and silent[b]):
            continue
        first, second = _key(a, d, side == 0, nodes, directed), _key(c, b, other == 0, nodes, directed)
        # Choosing one link twice, or two with a common end, changes nothing and is refused here as well.
        if (
            first == second
            or table[_slot(table, first, shift)] == first
            or table[_slot(table, second, shift)] == second
        ):
            continue
        _remove(table, _key(a, b, side == 0, nodes, directed), shift)
        _remove(table, _key(c, d, other == 0, nodes, directed), shift)
        ends[one, side], ends[two, other] = d, b
        table[_slot(table, first, shift)] = first
        table[_slot(table, second, shift)] = second
        done += 1
    return done


def switched(
    ends: NDArray[np.int64], silent: NDArray[np.bool_], *, directed: bool, attempts: int, seed: int
) -> NDArray[np.int32]:
    """Return links in which every node has as many as before, but with others.

    Two links are chosen at random, and they exchange an end each; the exchange is refused when it would make a
    self-link, a link that is there already, or a link between two silent nodes. A refused exchange counts as an
    attempt: only so are all networks with these degrees equally likely in the long run.

    Parameters
    ----------
    ends : array of int, shape (m, 2)
        Positions of the two ends (source and target where directed), each link once, without self-links; fewer than
        2^31 nodes.
    silent : array of bool, shape (nodes,)
        Nodes that cannot be linked to each other.
    directed : bool
        Whether a link has a direction; links then exchange targets only, so in- and out-degrees both stay.
    attempts : int
        How many exchanges to try, 0 or more.
    seed : int
        0 to 2^64 - 1; whole-number arithmetic only, so a seed gives the same bytes on every machine.

    Returns
    -------
    array of 32-bit int, shape (m, 2)
        The links in the same order; the given array is left as it was.

    References
    ----------
    Maslov, S. & Sneppen, K. (2002), Specificity and stability in topology of protein networks.
    Fosdick, B. K. et al. (2018), Configuring random graph models with fixed degree sequences.
    Exchanges of targets alone cannot turn a directed triangle round; such networks are met a little too rarely or too
    often (Roberts, E. S. & Coolen, A. C. C. (2012), Unbiased degree-preserving randomization of directed binary
    networks).
    """
    result = np.array(ends, dtype=np.int32, order="C")
    if len(result) > 1:
        switch(result, len(silent), silent, directed, attempts, np.uint64(seed))
    return result
