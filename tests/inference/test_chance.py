import networkx as nx
import numpy as np
import pytest

from clusternet.detect import METHODS, find_clusters
from clusternet.inference.chance import detection_of, nearest_clusters, rewired_draws, undivided
from clusternet.metrics import METRICS
from clusternet.model import ClusteredNetwork, Network, Partition

SOME = [METRICS[name] for name in ("density", "conductance", "layer_density")]


@pytest.fixture(scope="module")
def caves():
    graph = nx.connected_caveman_graph(6, 6)
    network = Network.from_networkx(graph)
    return ClusteredNetwork(network, find_clusters(network, "leiden", resolution=1.5))


def test_the_same_method_looks_again_with_the_same_options(caves):
    method, options = detection_of(caves.partition)
    assert (method.name, dict(options)) == ("leiden", {"resolution": 1.5})
    given = Partition(caves.network.enterprise_ids, caves.partition.codes)
    assert detection_of(given) == (METHODS["natural"], {})


def test_a_cluster_that_no_pair_leaves_is_undivided():
    network = Network.from_edges(list("abdea"), list("bcefc"), nodes=list("abcdefg"))
    partition = Partition.from_labels(network.enterprise_ids, dict(zip("abcdefg", [0, 0, 0, 1, 1, 2, -1], strict=True)))
    assert undivided(network, partition).tolist() == [True, False, False]


def test_the_nearest_cluster_of_the_same_kind():
    none = np.zeros(2, dtype=bool)
    assert nearest_clusters(np.array([5, 9]), none, np.array([7, 3]), none).tolist() == [0, 0]
    assert nearest_clusters(np.array([5, 9]), none, np.array([7, 3]), ~none).tolist() == [-1, -1]
    assert nearest_clusters(np.array([5, 9]), none, np.array([], dtype=int), np.array([], dtype=bool)).tolist() == [
        -1,
        -1,
    ]


def test_found_again_and_fixed_differ(caves):
    again = rewired_draws(caves, SOME, draws=12, seed=1)
    fixed = rewired_draws(caves, SOME, draws=12, seed=1, detect=False)
    assert not fixed.nothing.any()
    observed = METRICS["density"](caves)
    # The same members in rewired networks are far sparser than what the method finds there.
    assert np.nanmean(fixed.values["density"]) < np.nanmean(again.values["density"]) < observed.mean()
    assert set(again.values) == {"density", "conductance", "layer_density:linkage"}
    np.testing.assert_array_equal(again.values["density"], again.values["layer_density:linkage"])


def test_more_draws_leave_the_first_ones_as_they_are(caves):
    few, many = (rewired_draws(caves, SOME, draws=draws, seed=4) for draws in (3, 6))
    for key, values in few.values.items():
        assert values.tobytes() == many.values[key][:3].tobytes()


def test_noise_in_which_nothing_is_found_is_said_to_be_so():
    graph = nx.connected_caveman_graph(5, 8)
    network = Network.from_networkx(graph)
    clustered = ClusteredNetwork(network, find_clusters(network))
    draws = rewired_draws(clustered, SOME, draws=5, seed=0)
    assert clustered.k == 5
    assert draws.nothing.mean() > 0.5
    assert np.isnan(draws.values["density"][draws.nothing]).all()
