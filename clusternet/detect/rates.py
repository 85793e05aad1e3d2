"""How likely links are inside a group and between groups: rates fitted to a partition, and what a group gains by them.

The rates of one partition are an array: whether links follow degrees, the log of the rate inside a group of size 1,
the slope by which it falls with size, how alike the rates of groups are, the rate outside with its log and the log of
what is left of it, and the number of link ends.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from clusternet.detect.gains import (
    CORRECTED,
    ENDS,
    KAPPA,
    LOG_INSIDE,
    LOG_OUT,
    LOG_REST,
    OUT,
    SLOPE,
    UNIFORM,
    fill_size,
    fill_volume,
    gain_of_size,
    gain_of_volume,
)
from clusternet.model.kernels import compiled, inlined

_KAPPAS = np.array([0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 256.0, 1e6])
#: 0: the same density in every group; 1: the same number of partners inside for every member.
_SLOPES = np.array([0.0, 0.5, 1.0])


@compiled
def _exposure(size, volume, squares, ends, corrected, slope):  # type: ignore[no-untyped-def]
    """Return the exposure of a group, and the same times what the slope makes of its rate."""
    if size < 2.0:
        return 0.0, 0.0
    if not corrected:
        possible = 0.5 * size * (size - 1.0)
        return possible, possible * size ** (-slope)
    exposure = (volume * volume - squares) / (2 * ends)
    if exposure <= 0.0:
        return 0.0, 0.0
    return exposure, exposure * (volume / ends) ** (-slope)


@compiled
def _fit(sums, linked, possible, corrected, slopes, kappas, rates, paper, first):  # type: ignore[no-untyped-def]
    """Fill the rates of least description length; see :func:`fitted_rates`."""
    groups = sums.shape[1]
    ends = 2.0 * linked
    inside, exposed, large = 0.0, 0.0, 0
    for r in range(groups):
        inside += sums[3, r]
        exposed += _exposure(sums[0, r], sums[1, r], sums[2, r], ends, corrected, 0.0)[0]
        if sums[0, r] >= 2.0:
            large += 1
    out = (linked - inside + 0.5) / max(possible - exposed + 1.0, 1e-9)
    if groups == 1:
        out = 1e-9
    if not corrected:
        out = min(out, 1 - 1e-6)
    rates[CORRECTED], rates[OUT], rates[LOG_OUT], rates[ENDS] = 1.0 if corrected else 0.0, out, math.log(out), ends
    rates[LOG_REST] = 0.0 if corrected else math.log1p(-out)
    # Without a link inside there is nothing to fit: a guess that lets groups form.
    guess = max(10 * out, 1e-6)
    rates[LOG_INSIDE] = math.log(guess if corrected else min(guess, 0.9))
    rates[SLOPE], rates[KAPPA] = 0.0, 1e6
    if large == 0 or inside == 0.0:
        return
    _find_alike(sums[0], first, paper[3])
    _choose_rates(sums, linked, inside, large, slopes, kappas, rates, paper)


@compiled
def _choose_rates(sums, linked, inside, large, slopes, kappas, rates, paper):  # type: ignore[no-untyped-def]
    """Try every slope and kappa, and fill in the rates of least description length."""
    trial, known, gammas, alike = paper
    groups, ends, corrected = sums.shape[1], rates[ENDS], rates[CORRECTED] != 0.0
    best = -1e300
    for x in range(len(rates)):
        trial[x] = rates[x]
    price = 0.5 * math.log(linked + 1.0)
    for slope in slopes:
        sloped = 0.0
        for r in range(groups):
            sloped += _exposure(sums[0, r], sums[1, r], sums[2, r], ends, corrected, slope)[1]
        if sloped <= 0.0 or (large == 1 and slope > 0.0):
            continue
        for which in range(len(kappas)):
            kappa = kappas[which]
            if large == 1 and kappa < UNIFORM:
                continue
            trial[LOG_INSIDE], trial[SLOPE], trial[KAPPA] = math.log(inside / sloped), slope, kappa
            value = -price * ((1.0 if slope > 0.0 else 0.0) + (1.0 if kappa < UNIFORM else 0.0))
            known[1, 0] = math.lgamma(kappa)
            for r in range(groups):
                value += _tried_gain(r, which, sums, corrected, trial, known, gammas, alike)
            if value > best + 1e-9:
                best = value
                for x in range(len(rates)):
                    rates[x] = trial[x]


@inlined
def _tried_gain(r, which, sums, corrected, trial, known, gammas, alike):  # type: ignore[no-untyped-def]
    """Return the gain of one group; of groups of one size the first, and of each group the log-gamma, are kept."""
    if sums[0, r] < 2.0:
        return 0.0
    if not corrected:
        place = alike[r] + 1
        if place == r + 1:
            fill_size(sums[0, r], place, trial, known)
        return gain_of_size(sums[0, r], sums[3, r], place, trial, known)
    exposure = (sums[1, r] * sums[1, r] - sums[2, r]) / (2 * trial[ENDS])
    if exposure <= 0.0:
        return 0.0
    fill_volume(sums[1, r], r + 1, trial, known)
    if gammas[which, r] == 0.0:
        gammas[which, r] = math.lgamma(sums[3, r] + trial[KAPPA])
    return gain_of_volume(exposure, sums[3, r], gammas[which, r], r + 1, trial, known)


@compiled
def _find_alike(size, first, alike):  # type: ignore[no-untyped-def]
    """Fill in the first group that has as many members as each; ``first`` holds a 0 for every size."""
    for r in range(len(size)):
        whole = np.int64(size[r])
        if first[whole] == 0:
            first[whole] = r + 1
        alike[r] = first[whole] - 1


def fitted_rates(sums: NDArray[np.float64], linked: int, possible: float, corrected: bool) -> NDArray[np.float64]:
    """Return the rates that describe a partition most shortly.

    Parameters
    ----------
    sums : array of float, shape (4, B)
        Members, their degrees, their squared degrees, and links inside of each group.
    linked : int
        Linked pairs.
    possible : float
        The exposure of all pairs: their number, or the sum of k_i k_j / 2E.
    corrected : bool
        Whether links are drawn in proportion to degrees.

    Returns
    -------
    array of float, shape (8,)
        The rates; the mean rate inside falls as size, or share of link ends, to the power of -slope.
    """
    groups = sums.shape[1]
    rates, first = np.zeros(8), np.zeros(int(sums[0].max(initial=0)) + 1, dtype=np.int64)
    # Rates on trial, a column for each group and one more, log-gammas of links inside, the first group of each size.
    paper = np.empty(8), np.zeros((6, groups + 1)), np.zeros((len(_KAPPAS), groups)), np.empty(groups, dtype=np.int64)
    _fit(sums, float(linked), float(possible), bool(corrected), _SLOPES, _KAPPAS, rates, paper, first)
    return rates
