"""Certainty is calibrated, stability and length behave."""

import numpy as np
import pytest

from clusternet.detect.description import described
from clusternet.detect.neighbourhoods import Neighbourhoods
from clusternet.detect.posterior import sampled
from tests.detect.graphs import pairs_of, planted_pairs


def sample(pairs, truth, seed=1, **more):
    return sampled(described(Neighbourhoods(pairs), truth, corrected=False), np.array([seed], dtype=np.uint64), **more)


def test_shares_are_shares():
    pairs, truth = planted_pairs(between=0.12)
    found = sample(pairs, truth)
    np.testing.assert_allclose(found.shares.sum(axis=1), 1)
    np.testing.assert_array_equal(found.labels, found.shares.argmax(axis=1))
    np.testing.assert_array_equal(found.certainty, found.shares.max(axis=1))
    assert ((found.stability > 0.5) & (found.stability <= 1)).all()
    assert found.least <= found.length


def test_clear_groups_are_certain_and_blurred_ones_are_not():
    clear = sample(*planted_pairs(between=0.01))
    blurred = sample(*planted_pairs(between=0.15))
    assert clear.certainty.min() > 0.95
    assert clear.stability.min() > 0.97
    assert blurred.certainty.mean() < 0.9


def test_certainty_is_calibrated():
    certainty, right = [], []
    for seed in range(25):
        pairs, truth = planted_pairs(blocks=5, size=20, inside=0.35, between=0.07, seed=seed)
        found = sample(pairs, truth, seed=seed, samples=60)
        for group in np.unique(found.labels):
            members = found.labels == group
            certainty.append(found.certainty[members])
            right.append(truth[members] == np.bincount(truth[members]).argmax())
    certainty, right = np.concatenate(certainty), np.concatenate(right)
    place = np.minimum((certainty * 10).astype(int), 9)
    error = sum(
        abs(certainty[place == tenth].mean() - right[place == tenth].mean()) * (place == tenth).mean()
        for tenth in np.unique(place)
    )
    assert error < 0.05
    assert 0.6 < right[(certainty > 0.6) & (certainty < 0.9)].mean() < 0.9


def test_a_firm_between_two_groups_belongs_half_to_each():
    cliques = [(i, j) for start in (0, 8) for i in range(start, start + 8) for j in range(i + 1, start + 8)]
    edges = cliques + [(i, 16) for i in (0, 1, 2, 3, 8, 9, 10, 11)]
    truth = np.array([0] * 8 + [1] * 8 + [0])
    found = sample(pairs_of(edges, 17), truth, samples=400)
    assert found.shares[16] == pytest.approx([0.5, 0.5], abs=0.12)
    assert found.certainty[:16].min() > 0.95


def test_beyond_the_limit_of_shares_only_the_own_one_is_kept(monkeypatch):
    pairs, truth = planted_pairs()
    whole = sample(pairs, truth)
    monkeypatch.setattr("clusternet.detect.posterior._MOST_SHARES", 10)
    short = sample(pairs, truth)
    assert short.shares is None
    same = whole.labels == short.labels
    np.testing.assert_allclose(whole.certainty[same], short.certainty[same], atol=1e-12)
    assert same.mean() > 0.95
