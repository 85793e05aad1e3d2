"""How likely links are inside a group and between groups: rates fitted to a partition, and what a group gains by them.

The rates of one partition are an array: whether links follow degrees, the log of the rate inside a group of size 1,
the slope by which it falls with size, how alike the rates of groups are, the rate outside with its log and the log of
what is left of it, and the number of link ends.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from clusternet.model.kernels import compiled

# Places in the array of rates.
CORRECTED, LOG_INSIDE, SLOPE, KAPPA, OUT, LOG_OUT, LOG_REST, ENDS = range(8)
#: From here on all groups of one size have the same rate.
UNIFORM = 1e5
_KAPPAS = np.array([0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 256.0, 1e6])
#: 0: the same density in every group; 1: the same number of partners inside for every member.
_SLOPES = np.array([0.0, 0.5, 1.0])
#: No Bernoulli rate comes nearer to 1.
_MOST = 1 - 1e-6


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
        if kappa > 1e5:
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
    if kappa > 1e5:
        return inside * log_mean - math.exp(log_mean) * exposure - base
    scale = kappa * math.exp(-log_mean)
    return (
        kappa * math.log(scale)
        - math.lgamma(kappa)
        + math.lgamma(inside + kappa)
        - (inside + kappa) * math.log(scale + exposure)
        - base
    )


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
def _fit(sums, linked, possible, corrected, slopes, kappas, rates):  # type: ignore[no-untyped-def]
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
    rates[0], rates[4], rates[5], rates[7] = 1.0 if corrected else 0.0, out, math.log(out), ends
    rates[6] = 0.0 if corrected else math.log1p(-out)
    # Without a link inside there is nothing to fit: a guess that lets groups form.
    guess = max(10 * out, 1e-6)
    rates[1], rates[2], rates[3] = math.log(guess if corrected else min(guess, 0.9)), 0.0, 1e6
    if large == 0 or inside == 0.0:
        return
    best = -1e300
    trial = rates.copy()
    price = 0.5 * math.log(linked + 1.0)
    for slope in slopes:
        sloped = 0.0
        for r in range(groups):
            sloped += _exposure(sums[0, r], sums[1, r], sums[2, r], ends, corrected, slope)[1]
        if sloped <= 0.0 or (large == 1 and slope > 0.0):
            continue
        for kappa in kappas:
            if large == 1 and kappa < 1e5:
                continue
            trial[1], trial[2], trial[3] = math.log(inside / sloped), slope, kappa
            value = -price * ((1.0 if slope > 0.0 else 0.0) + (1.0 if kappa < 1e5 else 0.0))
            for r in range(groups):
                value += group_gain(sums[0, r], sums[1, r], sums[2, r], sums[3, r], trial)
            if value > best + 1e-9:
                best = value
                rates[:] = trial


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
    rates = np.zeros(8)
    _fit(sums, float(linked), float(possible), bool(corrected), _SLOPES, _KAPPAS, rates)
    return rates
