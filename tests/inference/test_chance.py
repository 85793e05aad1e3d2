import networkx as nx
import numpy as np
import pytest

from clusternet.detect import METHODS, Option, find_clusters, method
from clusternet.errors import InputError
from clusternet.inference import measure_doubt, score_clusters
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


@pytest.fixture
def counted():
    """A method from outside the catalogue that writes down with which option it was called."""
    calls = []

    @method(label="Pieces", assumes="nothing", deterministic=True, reference="-", options={"pieces": Option(2, 1, 99)})
    def pieces(pairs, *, seed, pieces):
        """Cut the list of enterprises into pieces."""
        calls.append(pieces)
        return np.arange(pairs.n_nodes) * pieces // pairs.n_nodes

    return pieces, calls


def test_a_method_from_outside_must_be_handed_over(caves, counted):
    pieces, _ = counted
    found = find_clusters(caves.network, pieces, pieces=3)
    for again in (lambda **how: detection_of(found, **how), lambda **how: score_clusters(caves.network, found, **how)):
        with pytest.raises(InputError, match='by the method "pieces", which the catalogue does not have'):
            again()
    entry, options = detection_of(found, pieces)
    assert (entry, dict(options)) == (pieces, {"pieces": 3})
    assert dict(detection_of(found, pieces, {"pieces": 5})[1]) == {"pieces": 5}
    # Another method starts from its own defaults.
    assert detection_of(found, "leiden") == (METHODS["leiden"], {})
    with pytest.raises(InputError, match='no option "resolution"'):
        detection_of(found, pieces, {"resolution": 1.0})
    with pytest.raises(InputError, match="no method called"):
        detection_of(found, "piece")


def test_it_looks_again_in_every_draw_and_resample(caves, counted):
    pieces, calls = counted
    network = caves.network
    found = find_clusters(network, pieces, pieces=4)
    # A rewired network may fall into components, each of which is one call.
    calls.clear()
    scores = score_clusters(network, found, draws=5, method=pieces)
    assert len(calls) >= 5
    assert set(calls) == {4}
    assert scores.table["p_value"].notna().any()
    calls.clear()
    partition, doubted = measure_doubt(network, found, scores, method=pieces, draws=3)
    assert len(calls) >= 3
    assert set(calls) == {4}
    assert doubted.clusters["stability"].notna().all()
    assert partition.certainty.notna().all()
    calls.clear()
    score_clusters(network, found, draws=2, method=pieces, options={"pieces": 7})
    assert set(calls) == {7}
    # Where nothing is detected again, nothing need be known about the method.
    calls.clear()
    assert score_clusters(network, found, draws=2, null="fixed").n_clusters == found.n_clusters
    assert measure_doubt(network, found, scores, draws=0)[0] is not None
    assert calls == []


def test_given_clusters_can_be_set_beside_any_method(caves, counted):
    pieces, calls = counted
    score_clusters(caves.network, [0] * 18 + [1] * 18, draws=2, method=pieces)
    assert set(calls) == {2}


def test_resamples_use_the_options_that_found_the_clusters(caves, monkeypatch):
    seen = []

    def spy(network, entry, **how):
        seen.append({**how, "name": entry.name})
        return find_clusters(network, entry, **how)

    monkeypatch.setattr("clusternet.inference.doubting.find_clusters", spy)
    scores = score_clusters(caves.network, caves.partition, draws=0)
    measure_doubt(caves.network, caves.partition, scores, draws=2)
    assert seen == [{"name": "leiden", "seed": 0, "resolution": 1.5}] * 2


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
