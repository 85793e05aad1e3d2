"""Where a layout starts: places that depend on who is there and who is linked, not on the order of the rows."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

#: The share of its own anchor in the place of a node; the rest comes from those it is linked to.
OWN_SHARE = 0.01
_ROUNDS = 60


def anchors(ids: NDArray[np.object_], *, seed: int = 0) -> NDArray[np.float64]:
    """Return a place for each id that follows from the id alone, as if drawn from a round normal distribution.

    Parameters
    ----------
    ids : array of str, shape (n,)
        The ids.
    seed : int
        Another seed gives other places.

    Returns
    -------
    array of float, shape (n, 2)
        Places; the same id has the same place in every network, run and machine.

    Examples
    --------
    >>> one, two = anchors(np.array(["a", "b"], dtype=object)), anchors(np.array(["b", "x"], dtype=object))
    >>> bool((one[1] == two[0]).all())
    True
    """
    found = pd.util.hash_array(np.asarray(ids, dtype=object), categorize=False)
    with np.errstate(over="ignore"):
        mixed = _stirred(found ^ _stirred(np.array([seed], dtype=np.uint64)))
        second = _stirred(mixed + np.uint64(0x9E3779B97F4A7C15))
    one, two = ((bits >> np.uint64(11)).astype(np.float64) * 2.0**-53 for bits in (mixed, second))
    length = np.sqrt(-2 * np.log1p(-one))
    return np.column_stack([length * np.cos(2 * np.pi * two), length * np.sin(2 * np.pi * two)])


def _stirred(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Mix the bits of whole numbers (Steele, Lea & Flood 2014, SplitMix64)."""
    with np.errstate(over="ignore"):
        bits = bits + np.uint64(0x9E3779B97F4A7C15)
        bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return bits ^ (bits >> np.uint64(31))


def smoothed(own: NDArray[np.float64], matrix: sparse.csr_array) -> NDArray[np.float64]:
    """Return places between one's own anchor and those of whom one is linked to, over many steps.

    Linked nodes come near one another, and one linkage more moves nobody far: the answer is that of the linear
    equations x = share * own + (1 - share) * mean of neighbours, and not of a search with chance in it.

    Parameters
    ----------
    own : array of float, shape (n, 2)
        Anchors.
    matrix : sparse array, shape (n, n)
        Symmetric weights of at least 0.

    Returns
    -------
    array of float, shape (n, 2)
        Places.
    """
    strength = matrix @ np.ones(matrix.shape[0])
    walk = sparse.diags_array(np.divide(1.0, strength, out=np.zeros_like(strength), where=strength > 0)) @ matrix
    lone = (strength == 0)[:, None]
    places = own.copy()
    for _ in range(_ROUNDS):
        around = 0.5 * places + 0.5 * np.where(lone, places, walk @ places)
        places = OWN_SHARE * own + (1 - OWN_SHARE) * around
    return places


def rounded_out(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Centre points and stretch them, without turning them, until they reach equally far in all directions.

    Examples
    --------
    >>> out = rounded_out(np.array([[0.0, 0.0], [4.0, 0.0], [0.0, 1.0], [4.0, 1.0]]))
    >>> bool(np.allclose(out.T @ out / 4, np.eye(2)))
    True
    """
    if len(points) < 2:
        return np.zeros_like(points)
    centred = points - points.mean(axis=0)
    spread = centred.T @ centred / len(points)
    size, axes = np.linalg.eigh(spread)
    size = np.maximum(size, 1e-4 * max(float(size.max()), 1e-12))
    return np.asarray(centred @ (axes / np.sqrt(size)) @ axes.T)
