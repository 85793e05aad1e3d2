"""I05 and I06: nothing is lost on the way from rows to a network."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from clusternet.model import Network
from tests.strategies import Links, examples, links

#: Whole numbers: weights in millionths of their unit.
MICRO_UNITS = (0.0, 1.0, 7.0, 1_000_000.0, 123_456_789.0, 2.0**40)


@settings(max_examples=examples(20))
@given(links())
def test_I05_every_node_stays_and_degrees_add_up_to_twice_the_links(found):
    network = found.network()
    assert sorted(network.node_ids) == sorted(found.nodes)
    assert network.n_enterprises == len(found.nodes)
    expected = found.pairs()
    assert network.flat.degree.sum() == 2 * len(expected) == 2 * len(network.flat)
    linked = {name for pair in expected for name in pair}
    isolated = {name for name, degree in zip(network.node_ids, network.flat.degree, strict=True) if degree == 0}
    assert isolated == set(found.nodes) - linked
    np.testing.assert_allclose(network.flat.strength.sum(), 2 * network.flat.total, rtol=1e-12)
    dropped = sum(one == other for one, other, _ in found.rows)
    assert network.dropped["self_links"] == dropped


@settings(max_examples=examples(20))
@given(links(weights=MICRO_UNITS))
def test_I06_adding_up_links_keeps_the_weight_to_the_exact_unit(found):
    network = found.network()
    names = network.node_ids
    flat = zip(network.flat.first, network.flat.second, network.flat.weight, strict=True)
    assert {frozenset((names[one], names[other])): int(weight) for one, other, weight in flat} == {
        pair: int(weight) for pair, weight in found.pairs().items()
    }
    total = sum(int(weight) for one, other, weight in found.rows if one != other)
    assert int(network.flat.total) == total
    assert int(network.linkages["weight"].sum()) == total


@settings(max_examples=examples(20))
@given(links(least=1, most=12, weights=MICRO_UNITS), st.integers(1, 3))
def test_I06_the_layers_add_up_to_the_network(found, n_layers):
    layers = ("supply", "stock", "labour")[:n_layers]
    table = found.frame().assign(layer=[layers[place % n_layers] for place in range(len(found.rows))], reporter="")
    network = Network.from_tables(pd.DataFrame({"enterprise_id": found.nodes}), table)
    whole = network.to_sparse().toarray()
    expected = np.zeros_like(whole)
    for layer in network.layers:
        matrix = network.to_sparse(layer=layer.name).toarray()
        # A directed layer's matrix holds every tie once, an undirected one's twice.
        expected += matrix + matrix.T if layer.directed else matrix
    assert whole.tobytes() == expected.tobytes()
    assert whole.sum() == 2 * sum(weight for one, other, weight in found.rows if one != other)


def test_I05_the_strategy_makes_what_it_promises():
    """So that the properties above are not proven of graphs without any of their hard cases."""
    met = set()

    @settings(max_examples=60, database=None)
    @given(links())
    def look(found):
        network = found.network()
        met.update(
            name
            for name, true in {
                "none": not found.nodes,
                "forty": len(found.nodes) > 30,
                "self-links": any(one == other for one, other, _ in found.rows),
                "double": len({frozenset(row[:2]) for row in found.rows}) < len(found.rows),
                "isolated": bool((network.flat.degree == 0).any()),
                "parts": len(network.flat) > 3 and network.flat.components.max() > 0,
                "huge beside tiny": len(network.flat) > 1
                and network.flat.weight.max() > 1e20 * network.flat.weight.min(),
                "zero": any(weight == 0 for *_, weight in found.rows),
            }.items()
            if true
        )

    look()
    assert met == {"none", "forty", "self-links", "double", "isolated", "parts", "huge beside tiny", "zero"}
    assert isinstance(Links([], []).network(), Network)
