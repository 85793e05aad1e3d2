"""What a group gains at given rates, and the same again and again: what depends on its size or volume only is kept.

For the rates see :mod:`clusternet.detect.rates`.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from clusternet.model.kernels import compiled, inlined

# Places in the array of rates.
CORRECTED, LOG_INSIDE, SLOPE, KAPPA, OUT, LOG_OUT, LOG_REST, ENDS = range(8)
#: From here on all groups of one size have the same rate.
UNIFORM = 1e5
#: Sizes and volumes from here on are rare, and are worked out every time.
_MOST_KEPT = 1 << 17
#: So many sizes, and twice as many numbers of links inside, stand in a table with the gain itself.
_MOST_MET = 128


@compiled
def group_gain(size, volume, squares, inside, rates):  # type: ignore[no-untyped-def]
    """Return how much more likely the links inside one group are at its own rate than at the outside rate, in nats.

    The rate of a group is drawn around its mean (beta for Bernoulli links, gamma for Poisson ones), never below the
    outside rate: groups are where links are denser.
    """
    if size < 2.0:
        return 0.0
    kappa = rates[KAPPA]
    if rates[CORRECTED] == 0.0:
        possible = 0.5 * size * (size - 1.0)
        log_mean = max(rates[LOG_INSIDE] - rates[SLOPE] * math.log(size), rates[LOG_OUT])
        mean = min(math.exp(log_mean), 1 - 1e-6)
        base = inside * rates[LOG_OUT] + (possible - inside) * rates[LOG_REST]
        if kappa > UNIFORM:
            return inside * math.log(mean) + (possible - inside) * math.log1p(-mean) - base
        linked, free = kappa * mean, kappa * (1 - mean)
        return (
            math.lgamma(inside + linked)
            + math.lgamma(possible - inside + free)
            - math.lgamma(possible + kappa)
            - math.lgamma(linked)
            - math.lgamma(free)
            + math.lgamma(kappa)
            - base
        )
    exposure = (volume * volume - squares) / (2 * rates[ENDS])
    if exposure <= 0.0:
        return 0.0
    log_mean = max(rates[LOG_INSIDE] - rates[SLOPE] * math.log(volume / rates[ENDS]), rates[LOG_OUT])
    base = inside * rates[LOG_OUT] - rates[OUT] * exposure
    if kappa > UNIFORM:
        return inside * log_mean - math.exp(log_mean) * exposure - base
    scale = kappa * math.exp(-log_mean)
    return (
        kappa * math.log(scale)
        - math.lgamma(kappa)
        + math.lgamma(inside + kappa)
        - (inside + kappa) * math.log(scale + exposure)
        - base
    )


def empty_gains(rates: NDArray[np.float64], n_nodes: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return two tables for :func:`known_gain`, with nothing in them.

    Parameters
    ----------
    rates : array of float, shape (8,)
        The rates that will be asked about; others need other tables.
    n_nodes : int
        Nodes.

    Returns
    -------
    known : array of float, shape (6, most)
        One column for each size of a group, or each volume where links are drawn in proportion to degrees.
    met : array of float, shape (sizes, links)
        Without degrees, the gain of each size with each number of links inside; 0 where it has not been met.
    """
    most = rates[ENDS] if rates[CORRECTED] else n_nodes
    met = (0, 0) if rates[CORRECTED] or rates[KAPPA] > UNIFORM else (min(n_nodes + 2, _MOST_MET), 2 * _MOST_MET)
    return np.zeros((6, min(int(most) + 2, _MOST_KEPT))), np.zeros(met)


@inlined
def known_gain(size, volume, squares, inside, rates, known, met):  # type: ignore[no-untyped-def]
    """Return :func:`group_gain` to the last bit; sizes, volumes and links are whole numbers.

    The rows of ``known``: whether a column is filled; without degrees, the two parameters of the beta distribution and
    three log-gammas, or the logs of both rates; with degrees, the log of the rate, the scale and what comes before the
    links inside, and in the last two rows the log-gammas of the links inside; the log-gamma of kappa in column 0.
    """
    if size < 2.0:
        return 0.0
    corrected = rates[CORRECTED] != 0.0
    place = np.int64(volume) if corrected else np.int64(size)
    if place >= known.shape[1]:
        return group_gain(size, volume, squares, inside, rates)
    if known[0, 0] == 0.0:
        known[0, 0], known[1, 0] = 1.0, math.lgamma(rates[KAPPA])
    ties = np.int64(inside)
    if not corrected:
        if place < met.shape[0] and ties < met.shape[1]:
            if met[place, ties] == 0.0:
                if known[0, place] == 0.0:
                    fill_size(size, place, rates, known)
                met[place, ties] = gain_of_size(size, inside, place, rates, known)
            return met[place, ties]
        if known[0, place] == 0.0:
            fill_size(size, place, rates, known)
        return gain_of_size(size, inside, place, rates, known)
    exposure = (volume * volume - squares) / (2 * rates[ENDS])
    if exposure <= 0.0:
        return 0.0
    if known[0, place] == 0.0:
        fill_volume(volume, place, rates, known)
    if known[5, ties] == 0.0 and rates[KAPPA] <= UNIFORM:
        known[5, ties], known[4, ties] = 1.0, math.lgamma(inside + rates[KAPPA])
    return gain_of_volume(exposure, inside, known[4, ties], place, rates, known)


@inlined
def fill_size(size, place, rates, known):  # type: ignore[no-untyped-def]
    """Fill in a column with what the gain of every group of a size has in common."""
    kappa = rates[KAPPA]
    mean = min(math.exp(max(rates[LOG_INSIDE] - rates[SLOPE] * math.log(size), rates[LOG_OUT])), 1 - 1e-6)
    known[0, place] = 1.0
    if kappa > UNIFORM:
        known[1, place], known[2, place] = math.log(mean), math.log1p(-mean)
        return
    linked, free = kappa * mean, kappa * (1 - mean)
    known[1, place], known[2, place] = linked, free
    known[3, place] = math.lgamma(0.5 * size * (size - 1.0) + kappa)
    known[4, place], known[5, place] = math.lgamma(linked), math.lgamma(free)


@inlined
def gain_of_size(size, inside, place, rates, known):  # type: ignore[no-untyped-def]
    """Return the gain of a group without degrees, from the column of its size."""
    possible = 0.5 * size * (size - 1.0)
    base = inside * rates[LOG_OUT] + (possible - inside) * rates[LOG_REST]
    if rates[KAPPA] > UNIFORM:
        return inside * known[1, place] + (possible - inside) * known[2, place] - base
    return (
        math.lgamma(inside + known[1, place])
        + math.lgamma(possible - inside + known[2, place])
        - known[3, place]
        - known[4, place]
        - known[5, place]
        + known[1, 0]
        - base
    )


@inlined
def fill_volume(volume, place, rates, known):  # type: ignore[no-untyped-def]
    """Fill in a column with what the gain of every group of a volume has in common."""
    kappa = rates[KAPPA]
    log_mean = max(rates[LOG_INSIDE] - rates[SLOPE] * math.log(volume / rates[ENDS]), rates[LOG_OUT])
    known[0, place], known[1, place] = 1.0, log_mean
    if kappa > UNIFORM:
        known[2, place] = math.exp(log_mean)
        return
    scale = kappa * math.exp(-log_mean)
    known[2, place], known[3, place] = scale, kappa * math.log(scale) - known[1, 0]


@inlined
def gain_of_volume(exposure, inside, gamma, place, rates, known):  # type: ignore[no-untyped-def]
    """Return the gain of a group with degrees, from the column of its volume; ``gamma`` is that of the links inside."""
    base = inside * rates[LOG_OUT] - rates[OUT] * exposure
    if rates[KAPPA] > UNIFORM:
        return inside * known[1, place] - known[2, place] * exposure - base
    return known[3, place] + gamma - (inside + rates[KAPPA]) * math.log(known[2, place] + exposure) - base


@compiled
def fill_logs(logs):  # type: ignore[no-untyped-def]
    """Fill in the logarithm of each position but that of 0."""
    for i in range(1, len(logs)):
        logs[i] = math.log(i)
