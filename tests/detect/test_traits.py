"""What layers and weights tell, against Bayes' rule worked out by counting."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from clusternet.detect.traits import learnt_odds, traits_of
from tests.detect.graphs import pairs_of


def many_pairs(n=80, seed=0, **more):
    generator = np.random.default_rng(seed)
    every = np.array([(i, j) for i in range(n) for j in range(i + 1, n)])
    chosen = np.sort(generator.choice(len(every), 1200, replace=False))
    return every[chosen], generator, {"n": n, **more}


def test_one_layer_and_equal_weights_tell_nothing():
    pairs = pairs_of([(0, 1), (1, 2)], 3)
    traits = traits_of(pairs)
    assert traits.n_traits == 0
    assert traits.kind.tolist() == [0, 0]
    assert learnt_odds(traits, np.array([True, False])).gain == 0


def test_layers_become_columns_and_weights_become_classes():
    pairs = pairs_of([(0, 1), (1, 2), (2, 3), (3, 4)], 5, weight=[1, 2, 3, 4], layer=[0b101, 0b100, 0b110, 0b100])
    traits = traits_of(pairs)
    # The layer of bit 2 links every pair and tells none from another.
    assert traits.layers == (0, 1)
    rows = traits.design[traits.kind]
    assert rows[:, 1].tolist() == [1, 0, 0, 0]
    assert rows[:, 2].tolist() == [0, 0, 1, 0]
    assert (np.diff(rows[:, 3:].sum(axis=1)) >= 0).all()
    assert rows[:, 3:].sum(axis=1)[0] == 0


def test_one_layer_against_bayes_rule():
    edges, generator, rest = many_pairs()
    inside = generator.random(len(edges)) < 0.4
    layer = np.where(generator.random(len(edges)) < np.where(inside, 0.8, 0.3), 0b10, 0b01)
    odds = learnt_odds(traits_of(pairs_of(edges, layer=layer, **rest)), inside)
    assert odds.gain > 50
    kind = traits_of(pairs_of(edges, layer=layer, **rest)).kind
    for bits in (0b10, 0b01):
        here = layer == bits
        expected = np.log((here & inside).sum() / inside.sum()) - np.log((here & ~inside).sum() / (~inside).sum())
        assert odds.per_kind[kind[here][0]] == pytest.approx(expected, abs=0.02)


def test_traits_that_come_together_are_not_counted_twice():
    edges, generator, rest = many_pairs()
    inside = generator.random(len(edges)) < 0.5
    first = generator.random(len(edges)) < np.where(inside, 0.7, 0.3)
    # The second layer repeats the first, but for a few pairs, so that a column of its own exists.
    second = first ^ (generator.random(len(edges)) < 0.02)
    bits = 0b100 | (first * 0b1) | (second * 0b10)
    bits[0] = 0b11
    alone = learnt_odds(traits_of(pairs_of(edges, layer=np.where(first, 0b1, 0b10), **rest)), inside)
    both = learnt_odds(traits_of(pairs_of(edges, layer=bits, **rest)), inside)
    spread = [np.ptp(odds.per_kind) for odds in (alone, both)]
    assert spread[1] < 1.5 * spread[0]


def test_it_is_a_ridge_regression():
    edges, generator, rest = many_pairs()
    inside = generator.random(len(edges)) < 0.3
    bits = 0b1 + 0b10 * (generator.random(len(edges)) < np.where(inside, 0.6, 0.2)) + 0b100 * (edges[:, 0] % 2)
    bits[:3] = 0b110
    weight = np.where(inside, 3.0, 1.0) * generator.lognormal(0, 1, len(edges))
    traits = traits_of(pairs_of(edges, weight=weight, layer=bits, **rest))
    odds = learnt_odds(traits, inside)
    peer = LogisticRegression(C=2.0, tol=1e-10, max_iter=10_000).fit(traits.design[traits.kind][:, 1:], inside)
    np.testing.assert_allclose(odds.coefficients[1:], peer.coef_[0], atol=1e-3)
    assert odds.coefficients[0] == pytest.approx(peer.intercept_[0], abs=1e-3)


def test_noise_tells_nothing():
    edges, generator, rest = many_pairs()
    tells = 0
    for _ in range(40):
        inside = generator.random(len(edges)) < 0.5
        weight = generator.lognormal(0, 1, len(edges))
        layer = generator.integers(1, 8, len(edges))
        tells += learnt_odds(traits_of(pairs_of(edges, weight=weight, layer=layer, **rest)), inside).gain > 0
    assert tells == 0


def test_nobody_inside_or_everybody():
    pairs = pairs_of([(0, 1), (1, 2), (2, 3)], 4, weight=[1, 2, 3])
    for inside in (np.zeros(3, bool), np.ones(3, bool)):
        odds = learnt_odds(traits_of(pairs), inside)
        assert odds.gain == 0
        assert not odds.per_kind.any()
