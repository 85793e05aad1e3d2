"""The flat network of many ties, made in compiled code, is the one that numpy and scipy make."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusternet.model import Layer, Network, Settings, pairs, sums
from clusternet.model.pairs import Pairs


def ties(seed, nodes, layers):
    chance = np.random.default_rng(seed)
    count = int(chance.integers(1, 200))
    source = chance.integers(0, nodes, count)
    target = (source + chance.integers(1, nodes, count)) % nodes
    weight = chance.choice([1.0, 0.1, 0.2, 0.3, 1e10, 1e-10, 5e-324], count) * chance.random(count)
    if seed % 4 == 0:
        # The ties of one undirected layer, in canonical form.
        key = np.unique(np.minimum(source, target) * nodes + np.maximum(source, target))
        source, target, weight, layers = key // nodes, key % nodes, weight[: len(key)], 1
    return source, target, weight, nodes, chance.integers(0, layers, len(source))


def compared(found, expected):
    for name in ("first", "second", "weight", "strength", "degree", "total", "components", "layers"):
        one, other = getattr(found, name), getattr(expected, name)
        assert (one is None) is (other is None)
        assert one is None or np.asarray(one).tobytes() == np.asarray(other).tobytes(), name
    assert found.matrix.has_canonical_format
    np.testing.assert_array_equal(found.matrix.indptr, expected.matrix.indptr)
    np.testing.assert_array_equal(found.matrix.indices, expected.matrix.indices)
    assert found.matrix.data.tobytes() == expected.matrix.data.tobytes()
    assert found.graph().get_edgelist() == expected.graph().get_edgelist()
    assert found.graph().es["weight"] == expected.graph().es["weight"]


def views(found):
    """Make every view, since they are made when asked for."""
    _ = found.strength, found.degree, found.total, found.components, found.matrix
    return found


@pytest.mark.parametrize("nodes", [2, 9, 60])
@pytest.mark.parametrize("layers", [1, 3, 70])
def test_differential_many_ties_make_the_pairs_of_few(monkeypatch, nodes, layers):
    for seed in range(8):
        given_ties = ties(seed, nodes, layers)
        expected = views(Pairs.from_ties(*given_ties))
        monkeypatch.setattr(pairs, "FEW_ROWS", 1)
        monkeypatch.setattr(sums, "_FEW_VALUES", 1)
        found = views(Pairs.from_ties(*given_ties))
        monkeypatch.undo()
        compared(found, expected)


def test_pairs_that_are_not_sorted_have_their_matrix_all_the_same(monkeypatch):
    monkeypatch.setattr(pairs, "FEW_ROWS", 1)
    unsorted = Pairs(np.array([1, 0]), np.array([2, 1]), np.array([3.0, 4.0]), 3)
    assert unsorted.matrix.toarray().tolist() == [[0, 4, 0], [4, 0, 3], [0, 3, 0]]


def test_ties_of_one_layer_are_shared_only_where_nobody_may_write_to_them(monkeypatch):
    monkeypatch.setattr(pairs, "FEW_ROWS", 1)
    source, target, weight = np.array([0, 1]), np.array([1, 2]), np.array([1.0, 2.0])
    made = Pairs.from_ties(source, target, weight, 3)
    source[0], weight[0] = 7, 7.0
    assert made.first.tolist() == [0, 1]
    assert made.weight.tolist() == [1.0, 2.0]
    network = Network.from_edges(["a", "b"], ["b", "c"])
    assert network.flat.weight is network.ties.weight


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=40), st.integers(0, 9))
def test_a_sum_for_both_ends_is_that_of_the_values_written_twice(values, seed):
    chance = np.random.default_rng(seed)
    values = np.array(values) * 0.1
    first, second = chance.integers(0, 3, (2, len(values)))
    twice = sums.grouped_sum(np.append(values, values), np.append(first, second), 3)
    assert sums.both_ends_sum(values, first, second, 3).tobytes() == twice.tobytes()
    assert sums.total_sum(values) == sums.grouped_sum(values, np.zeros(len(values), int), 1)[0]


def test_differential_a_large_network_is_the_sum_of_its_layers():
    chance = np.random.default_rng(3)
    source, target = chance.integers(0, 3000, (2, 60_000))
    layer = np.array(["stock", "supply", "rivalry"])[chance.integers(0, 3, 60_000)]
    network = Network.from_edges(source, target, chance.random(60_000), layer)
    table = network.linkages[network.linkages["layer"] != "rivalry"]
    ends = np.sort(table[["source", "target"]].to_numpy(dtype=object), axis=1)
    expected = table.assign(one=ends[:, 0], other=ends[:, 1]).groupby(["one", "other"])["weight"].sum()
    ids = network.node_ids
    assert list(zip(ids[network.flat.first], ids[network.flat.second], strict=True)) == expected.index.tolist()
    np.testing.assert_allclose(network.flat.weight, expected.to_numpy(), rtol=1e-14)


def test_a_layers_weight_counts_in_the_flat_network():
    tables = Network.from_edges(["a", "b"], ["b", "c"], [2.0, 4.0], ["labour", "stock"])
    weighed = Network(
        tables.register,
        (),
        tables.ties,
        (Layer("labour", "", "factor", weight=0.5), tables.layers[1]),
        tables.ledger,
        tables.recipe_table,
        Settings(),
    )
    assert weighed.flat.weight.tolist() == [1.0, 4.0]


def test_many_pairs_and_few_make_the_same_graph(monkeypatch):
    few = Pairs(np.array([0, 0, 2]), np.array([1, 3, 3]), np.array([1.0, 2.0, 0.5]), 5).graph()
    monkeypatch.setattr("clusternet.model.pairs._FEW_PAIRS", 0)
    many = Pairs(np.array([0, 0, 2]), np.array([1, 3, 3]), np.array([1.0, 2.0, 0.5]), 5).graph()
    assert few.get_edgelist() == many.get_edgelist() == [(0, 1), (0, 3), (2, 3)]
    assert few.es["weight"] == many.es["weight"] == [1.0, 2.0, 0.5]
    assert few.vcount() == many.vcount() == 5
    monkeypatch.setattr("clusternet.model.pairs._FEW_PAIRS", 1)
    none = Pairs(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0), 3).graph()
    assert (none.vcount(), none.ecount()) == (3, 0)
