"""The compiled kernel of rewiring: two links exchange an end, many times over."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusternet.model.kernels import GOLDEN, compiled, random_below, random_bits

_EMPTY = -1


@compiled
def _home(key, mask):  # type: ignore[no-untyped-def]
    return np.int64((np.uint64(key) * GOLDEN) >> np.uint64(32)) & mask


@compiled
def _slot(table, key, mask):  # type: ignore[no-untyped-def]
    """Return where a key stands in the hash table, or the empty place where it would."""
    place = _home(key, mask)
    while table[place] != _EMPTY and table[place] != key:
        place = (place + 1) & mask
    return place


@compiled
def _remove(table, key, mask):  # type: ignore[no-untyped-def]
    """Take a key out and move later ones back, so that no tombstones pile up over millions of switches."""
    hole = _slot(table, key, mask)
    place = hole
    while True:
        place = (place + 1) & mask
        if table[place] == _EMPTY:
            break
        # A key may fill the hole only if its way from home to its place leads over the hole.
        if ((place - _home(table[place], mask)) & mask) >= ((place - hole) & mask):
            table[hole] = table[place]
            hole = place
    table[hole] = _EMPTY


@compiled
def _key(source, target, n_nodes, directed):  # type: ignore[no-untyped-def]
    if directed or source < target:
        return source * n_nodes + target
    return target * n_nodes + source


@compiled
def _switch(ends, n_nodes, silent, directed, attempts, state):  # type: ignore[no-untyped-def]
    m = len(ends)
    size = 4
    while size < 3 * m:
        size *= 2
    mask = size - 1
    table = np.full(size, _EMPTY, dtype=np.int64)
    for link in range(m):
        key = _key(ends[link, 0], ends[link, 1], n_nodes, directed)
        table[_slot(table, key, mask)] = key
    done = 0
    for _ in range(attempts):
        one, two = random_below(state, m), random_below(state, m)
        # Where links have no direction, either end may be the one that is exchanged.
        bits = np.uint64(3) if directed else random_bits(state)
        side, other = np.int64(bits & np.uint64(1)), np.int64((bits >> np.uint64(1)) & np.uint64(1))
        a, b = ends[one, 1 - side], ends[one, side]
        c, d = ends[two, 1 - other], ends[two, other]
        if a == d or c == b or (silent[a] and silent[d]) or (silent[c] and silent[b]):
            continue
        first = _key(a, d, n_nodes, directed) if side == 1 else _key(d, a, n_nodes, directed)
        second = _key(c, b, n_nodes, directed) if other == 1 else _key(b, c, n_nodes, directed)
        # Choosing one link twice, or two with a common end, changes nothing and is refused here as well.
        if first == second or table[_slot(table, first, mask)] == first or table[_slot(table, second, mask)] == second:
            continue
        _remove(table, _key(ends[one, 0], ends[one, 1], n_nodes, directed), mask)
        _remove(table, _key(ends[two, 0], ends[two, 1], n_nodes, directed), mask)
        ends[one, side], ends[two, other] = d, b
        table[_slot(table, first, mask)] = first
        table[_slot(table, second, mask)] = second
        done += 1
    return done


def switched(
    ends: NDArray[np.int64], silent: NDArray[np.bool_], *, directed: bool, attempts: int, seed: int
) -> NDArray[np.int64]:
    """Return links in which every node has as many as before, but with others.

    Two links are chosen at random, and they exchange an end each; the exchange is refused when it would make a
    self-link, a link that is there already, or a link between two silent nodes. A refused exchange counts as an
    attempt: only so are all networks with these degrees equally likely in the long run.

    Parameters
    ----------
    ends : array of int, shape (m, 2)
        Positions of the two ends (source and target where directed), each link once, without self-links.
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
    array of int, shape (m, 2)
        The links in the same order; the given array is left as it was.

    References
    ----------
    Maslov, S. & Sneppen, K. (2002), Specificity and stability in topology of protein networks.
    Fosdick, B. K. et al. (2018), Configuring random graph models with fixed degree sequences.
    Exchanges of targets alone cannot turn a directed triangle round; such networks are met a little too rarely or too
    often (Roberts, E. S. & Coolen, A. C. C. (2012), Unbiased degree-preserving randomization of directed binary
    networks).
    """
    result: NDArray[np.int64] = np.array(ends, dtype=np.int64, order="C")
    if len(result) > 1:
        _switch(result, len(silent), silent, directed, attempts, np.array([seed], dtype=np.uint64))
    return result
