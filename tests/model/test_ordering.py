"""Sorting and summing rows in compiled code gives what numpy.lexsort gives."""

import numpy as np
import pytest

from clusternet.model import ordering
from clusternet.model.ordering import sorted_in_runs, sorted_rows


def rows(seed, count, nodes, layers):
    chance = np.random.default_rng(seed)
    weight = chance.choice([0.0, 1.0, 0.1, 0.2, 0.3, 1e10, 1e-10, chance.random()], count)
    return {
        "source": chance.integers(0, nodes, count),
        "target": chance.integers(0, nodes, count),
        "layer": chance.integers(0, layers, count) if seed % 3 else None,
        "reporter": chance.integers(-1, nodes, count) if seed % 2 else None,
        "weight": weight,
        "undirected": chance.random(layers) < 0.5,
        "nodes": nodes,
    }


@pytest.mark.parametrize(("count", "nodes"), [(0, 1), (1, 2), (40, 3), (300, 2), (300, 8), (2000, 700), (3000, 9000)])
def test_differential_compiled_rows_are_numpys(monkeypatch, count, nodes):
    for seed in range(12):
        given = rows(seed, count, nodes, 1 + seed % 4)
        expected = sorted_rows(**given)
        monkeypatch.setattr(ordering, "FEW_ROWS", 0)
        found = sorted_rows(**given)
        monkeypatch.undo()
        assert (found.self_links, found.zeros) == (expected.self_links, expected.zeros)
        for name in ("source", "target", "layer", "reporter", "weight"):
            one, other = getattr(found, name), getattr(expected, name)
            assert (one is None) is (other is None)
            assert one is None or (one.dtype == other.dtype and one.tobytes() == other.tobytes())


def test_order_of_many_rows_changes_no_bit():
    given = rows(1, 60_000, 90, 2)
    shuffled = np.random.default_rng(5).permutation(60_000)
    again = {name: value[shuffled] if np.size(value) == 60_000 else value for name, value in given.items()}
    first, second = sorted_rows(**given), sorted_rows(**again)
    assert first.weight.tobytes() == second.weight.tobytes()
    assert first.reporter.tobytes() == second.reporter.tobytes()
    assert 0 < len(first.weight) < 60_000


@pytest.mark.parametrize("few", [0, 1000])
def test_weights_are_sorted_inside_their_runs(monkeypatch, few):
    monkeypatch.setattr(ordering, "FEW_ROWS", few)
    weight = np.random.default_rng(2).random(100)
    first = np.array([0, 1, 40, 99])
    expected = np.concatenate([np.sort(part) for part in np.split(weight, first[1:])])
    assert sorted_in_runs(weight, first).tolist() == expected.tolist()
