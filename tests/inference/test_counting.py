import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusternet.inference.chance import SameMembers, draw_seed
from clusternet.inference.counting import Counter, summed_exactly
from clusternet.inference.draws import scored
from clusternet.inference.rewiring import bundles, rewired
from clusternet.metrics import METRICS
from clusternet.model import ClusteredNetwork, Network, Partition
from clusternet.planted import plant_survey

LINKED = [metric for metric in METRICS.values() if metric.card.null == "rewiring"]
COUNTED = {"density", "internal_strength", "conductance", "cut_ratio", "average_out_share", "worst_out_share"}
COUNTED |= {"flake_share", "ei_index", "separability", "modularity_contribution"}


@st.composite
def clustered_networks(draw):
    n = draw(st.integers(1, 9))
    links = draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=25))
    links = [(a, b) for a, b in links if a != b]
    weights = draw(st.lists(st.sampled_from([1.0, 2.0, 0.5, 0.25, 1e9]), min_size=len(links), max_size=len(links)))
    labels = draw(st.lists(st.integers(-1, 3), min_size=n, max_size=n))
    source, target = (np.array([link[end] for link in links], dtype=int).astype(str) for end in (0, 1))
    network = Network.from_edges(source, target, np.array(weights), nodes=np.arange(n).astype(str))
    return ClusteredNetwork(network, Partition(network.enterprise_ids, np.array(labels)))


@settings(deadline=None, max_examples=60)
@given(clustered_networks())
def test_counted_scores_are_those_of_the_network_byte_for_byte(clustered):
    flat = clustered.network.flat
    counter = Counter(clustered, flat.weight)
    assert summed_exactly(flat.weight)
    counted = counter.count(np.column_stack([flat.second, flat.first]).astype(np.int32)[::-1], flat.weight[::-1].copy())
    for metric in counter.countable(LINKED):
        assert metric(counted).tobytes() == metric(clustered).tobytes(), metric.name


@pytest.fixture(scope="module")
def survey():
    tables = plant_survey(60, seed=6, outside=0.2)
    network = Network.from_tables(tables.enterprises, tables.linkages, tables.resources, tables.recipes)
    labels = np.random.default_rng(0).integers(-1, 5, network.n_enterprises)
    return ClusteredNetwork(network, Partition(network.enterprise_ids, labels))


def with_weights(clustered, weight):
    ends = clustered.network.flat
    ids = clustered.network.node_ids
    network = Network.from_edges(ids[ends.first], ids[ends.second], weight(len(ends)), nodes=ids)
    labels = dict(zip(ids, clustered.cluster_of, strict=True))
    return ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, labels))


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("weights", ["survey", "whole", "any"])
def test_a_draw_gives_what_the_rewired_network_gives_byte_for_byte(survey, weights, together):
    chosen = {
        "survey": lambda: survey,
        "whole": lambda: with_weights(survey, lambda m: np.arange(m) % 5 + 1.0),
        "any": lambda: with_weights(survey, lambda m: np.random.default_rng(1).random(m) + 0.1),
    }
    clustered = chosen[weights]()
    parts = bundles(clustered.network, together=together)
    task = SameMembers(clustered, parts, LINKED, seed=4)
    if weights == "whole":
        # One layer is one bundle, together or apart; only the flat network's own bundle can be counted.
        assert {metric.name for metric in task.counted} == (COUNTED if together else set())
    for draw in (0, 1):
        again = rewired(clustered.network, parts, seed=draw_seed(4, draw))
        # Made anew and checked, with everything added up from the linkages.
        fresh = Network(**{name: getattr(again, name) for name in Network.__dataclass_fields__})
        wanted = scored(LINKED, ClusteredNetwork(fresh, clustered.partition))
        nothing, found = task(draw)
        assert not nothing.any()
        assert found.keys() == wanted.keys()
        for key, values in wanted.items():
            assert found[key].tobytes() == values.tobytes(), key


def test_which_sums_are_exact():
    assert summed_exactly(np.empty(0))
    assert summed_exactly(np.full(1000, 0.125))
    assert summed_exactly(np.array([3.0, 2.0**50]))
    assert not summed_exactly(np.array([1.0, 2.0**52]))
    assert not summed_exactly(np.array([0.1, 1.0]))
    assert not summed_exactly(np.array([1e308, 1e308]))
