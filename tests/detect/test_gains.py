"""What is kept of gains changes nothing, to the last bit."""

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clusternet.detect.gains import KAPPA, UNIFORM, empty_gains, group_gain, known_gain
from clusternet.detect.rates import fitted_rates
from clusternet.detect.sizes import size_table
from clusternet.model.kernels import compiled
from tests.detect import oracle

KAPPAS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 256.0, 1e6)


@compiled
def _asked(groups, rates, known, met, found):  # type: ignore[no-untyped-def]
    for r in range(groups.shape[1]):
        found[r] = known_gain(groups[0, r], groups[1, r], groups[2, r], groups[3, r], rates, known, met)


@st.composite
def groups_and_rates(draw):
    """Groups of a network of so many nodes, with sums that can be, and rates."""
    degrees = draw(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=7), min_size=1, max_size=8))
    corrected = draw(st.booleans())
    rows = []
    for group in degrees:
        inside = draw(st.integers(0, min(sum(group) // 2, len(group) * (len(group) - 1) // 2)))
        rows.append([len(group), sum(group), sum(k * k for k in group), inside])
    sums = np.array(rows, dtype=float).T.copy()
    out = draw(st.floats(1e-6, 0.4))
    rates = np.array(
        [
            float(corrected),
            math.log(draw(st.floats(1e-6, 0.9))),
            draw(st.sampled_from([0.0, 0.5, 1.0])),
            draw(st.sampled_from(KAPPAS)),
            out,
            math.log(out),
            0.0 if corrected else math.log1p(-out),
            max(sums[1].sum(), 2.0),
        ]
    )
    return sums, rates


@settings(max_examples=80)
@given(found=groups_and_rates(), narrow=st.booleans())
def test_kept_gains_are_the_same_to_the_last_bit(found, narrow):
    sums, rates = found
    known, met = empty_gains(rates, int(sums[0].sum()))
    if narrow:
        # Tables that are too narrow are passed by.
        known, met = known[:, :5].copy(), met[:3, :2].copy()
    first, again = np.empty(sums.shape[1]), np.empty(sums.shape[1])
    _asked(sums, rates, known, met, first)
    _asked(sums, rates, known, met, again)
    expected = [group_gain(*column, rates) for column in sums.T]
    assert first.tobytes() == again.tobytes() == np.array(expected).tobytes()


def slow_rates(sums, linked, rates):
    """The best of all slopes and shapes, each group worked out by itself."""
    corrected, ends = bool(rates[0]), 2.0 * linked
    size, volume, squares, inside = sums
    exposure = (volume**2 - squares) / (2 * ends) if corrected else size * (size - 1) / 2
    known = (size >= 2) & (exposure > 0)
    scaled = (volume / ends if corrected else size)[known]
    best, price = None, 0.5 * math.log(linked + 1)
    for slope in (0.0, 0.5, 1.0):
        sloped = float((exposure[known] * scaled**-slope).sum())
        for kappa in KAPPAS:
            if (size >= 2).sum() == 1 and (slope or kappa < UNIFORM):
                continue
            trial = rates.copy()
            trial[1:4] = math.log(inside.sum() / sloped), slope, kappa
            value = sum(group_gain(*column, trial) for column in sums.T) - price * ((slope > 0) + (kappa < UNIFORM))
            if best is None or value > best[0] + 1e-9:
                best = value, trial
    return best


@settings(max_examples=25)
@given(found=groups_and_rates())
def test_fitted_rates_are_the_best_of_all_that_are_tried(found):
    sums, rates = found
    corrected = bool(rates[0])
    linked = max(int(sums[1].sum()) // 2, 1)
    size, volume, squares, _ = sums
    possible = (sums[1].sum() ** 2 - squares.sum()) / (4 * linked) if corrected else size.sum() * (size.sum() - 1) / 2
    sums[3] = np.where((size >= 2) & ((volume**2 > squares) | (not corrected)), sums[3], 0.0)
    fitted = fitted_rates(sums, linked, possible, corrected)
    if sums[3].sum() == 0:
        assert fitted[KAPPA] == 1e6
        return
    value, trial = slow_rates(sums, linked, fitted)
    price = 0.5 * math.log(linked + 1) * (int(fitted[2] > 0) + int(fitted[KAPPA] < UNIFORM))
    assert sum(group_gain(*column, fitted) for column in sums.T) - price == pytest.approx(value, abs=1e-7)
    np.testing.assert_allclose(fitted[1:4], trial[1:4], rtol=1e-9)


@settings(max_examples=40)
@given(sizes=st.lists(st.integers(1, 12), min_size=1, max_size=9))
@example(sizes=[1])
@example(sizes=[1, 1, 1])
@example(sizes=[70_000])
@example(sizes=[70_000, 3])
def test_sizes_cost_what_their_distribution_says(sizes):
    n, groups = sum(sizes), len(sizes)
    table, rest = size_table(np.array(sizes, dtype=float), n)
    costs = []
    for shape in oracle.SHAPES if groups > 1 else (1,):
        mean = n / groups - 1
        told = [oracle.log_binomial_like(x, mean, shape) for x in {*(np.array(sizes) - 1), 0, n - 1}]
        cost = oracle.log_binomial_like(n - groups, mean * groups, shape * groups)
        cost += 0.5 * math.log(groups) if shape != 1 else 0.0
        lengths = [oracle.log_binomial_like(size - 1, mean, shape) for size in sizes]
        costs.append((cost - sum(lengths), cost, sum(told)))
    least = min(cost for cost, _, _ in costs)
    assert table.shape == (n + 1,)
    assert rest - table[sizes].sum() == pytest.approx(least + math.log(n), abs=1e-6)
    places = [x + 1 for x in {*(np.array(sizes) - 1), 0, n - 1}]
    assert any(
        abs(table[places].sum() - told) < 1e-5 and abs(rest - price - math.log(n)) < 1e-5 for _, price, told in costs
    )
