import numpy as np
import pandas as pd
import pytest

from clusternet.inference.rewiring import bundles, rewired, silent_nodes
from clusternet.model import Network
from clusternet.planted import plant_survey


@pytest.fixture(scope="module")
def network():
    tables = plant_survey(80, seed=6, outside=0.2)
    return Network.from_tables(tables.enterprises, tables.linkages, tables.resources, tables.recipes)


@pytest.mark.parametrize("together", [True, False])
def test_what_travels_with_a_tie_stays(network, together):
    after = rewired(network, bundles(network, together=together), seed=1)
    ties, before = after.ties, network.ties
    assert (ties.source != before.source).any()
    columns = ["layer", "weight", "n_reports", "confirmed"]
    rows = [pd.DataFrame({name: getattr(t, name) for name in columns}).sort_values(columns) for t in (before, ties)]
    np.testing.assert_array_equal(*[table.to_numpy(dtype=float) for table in rows])
    key = list(zip(ties.source, ties.target, ties.layer, strict=True))
    assert key == sorted(set(key))
    assert (ties.source != ties.target).all()
    undirected = np.array([not layer.directed for layer in network.layers])[ties.layer]
    assert (ties.source < ties.target)[undirected].all()
    assert not ((ties.source >= network.n_enterprises) & (ties.target >= network.n_enterprises)).any()


def test_together_every_node_keeps_its_number_of_partners_and_every_pair_its_layers(network):
    after = rewired(network, bundles(network), seed=2)
    np.testing.assert_array_equal(after.flat.degree, network.flat.degree)
    np.testing.assert_allclose(np.sort(after.flat.weight), np.sort(network.flat.weight))
    assert not np.array_equal(after.flat.second, network.flat.second)
    rivalry = [layer.name for layer in network.layers].index("rivalry")
    for entry in (network, after):
        assert (entry.ties.layer == rivalry).sum() == (network.ties.layer == rivalry).sum()


def test_apart_every_node_keeps_its_degrees_in_every_layer(network):
    after = rewired(network, bundles(network, together=False), seed=3)
    n = network.n_nodes
    for place, layer in enumerate(network.layers):
        ends = [np.array([t.source[t.layer == place], t.target[t.layer == place]]) for t in (network.ties, after.ties)]
        if layer.directed:
            for side in (0, 1):
                np.testing.assert_array_equal(*[np.bincount(e[side], minlength=n) for e in ends])
        else:
            np.testing.assert_array_equal(*[np.bincount(e.ravel(), minlength=n) for e in ends])
    # What is lost: pairs that were joined in several layers no longer are.
    assert len(after.flat) > len(network.flat)


def test_who_did_not_answer_is_not_linked_to_another_who_did_not(network):
    silent = silent_nodes(network)
    assert silent.sum() > len(network.outside_names)
    after = rewired(network, bundles(network), seed=4)
    assert not (silent[after.ties.source] & silent[after.ties.target]).any()


def test_records_between_those_who_did_not_answer_lift_that_rule():
    register = pd.DataFrame({"enterprise_id": list("abcd"), "respondent": ["no"] * 4})
    linkages = pd.DataFrame({"source": ["a", "c"], "target": ["b", "d"], "reporter": ["", ""]})
    assert not silent_nodes(Network.from_tables(register, linkages)).any()


@pytest.mark.parametrize("edges", [([], []), (["a"], ["b"]), (["a", "a"], ["b", "c"])])
def test_small_networks_are_left_as_they_must_be(edges):
    network = Network.from_edges(*edges, nodes=list("abc"))
    after = rewired(network, bundles(network), seed=0)
    pd.testing.assert_frame_equal(after.linkages, network.linkages)
