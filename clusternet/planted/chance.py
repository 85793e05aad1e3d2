"""Chance for planted surveys: one stream of random numbers per part, so that parts do not disturb one another."""

import zlib

import numpy as np


def generator_for(seed: int, *part: str) -> np.random.Generator:
    """Give the part of the survey named by `part` its own random numbers.

    Parameters
    ----------
    seed : int
        Seed of the whole survey, 0 or more.
    *part : str
        Words that name the part; the same words always give the same stream, whatever other parts there are.

    Returns
    -------
    numpy.random.Generator
        A fresh generator.

    Examples
    --------
    >>> bool(generator_for(0, "names").random() == generator_for(0, "names").random())
    True
    """
    words = tuple(zlib.crc32(word.encode()) for word in part)
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=words))


def chosen_share(generator: np.random.Generator, count: int, share: float) -> np.ndarray:
    """Choose the given share of `count` things at random.

    Parameters
    ----------
    generator : numpy.random.Generator
        Source of chance.
    count : int
        How many things there are.
    share : float
        Share to choose, 0..1.

    Returns
    -------
    numpy.ndarray of bool, shape (count,)
        True where chosen; exactly ``round(share * count)`` are. A larger share keeps all that a smaller one chose.

    Examples
    --------
    >>> int(chosen_share(np.random.default_rng(0), 10, 0.3).sum())
    3
    """
    return generator.permutation(count) < round(share * count)
