from collections import Counter
from itertools import permutations

import numpy as np
import pytest
from scipy.stats import chisquare

from clusternet.inference import score_clusters
from clusternet.inference.chance import rewired_draws
from clusternet.inference.counting_kernels import joined_at_random, tally, tally_inside
from clusternet.inference.stubs import Joined, stub_draws
from clusternet.metrics import METRICS
from clusternet.model import ClusteredNetwork, Network, Partition

LINKED = [metric for metric in METRICS.values() if metric.card.null == "rewiring"]


def noise(n, m, *, k, seed=0, weights=(1.0,)):
    generator = np.random.default_rng(seed)
    source, target = generator.integers(0, n, (2, m))
    kept = source != target
    weight = generator.choice(np.array(weights), kept.sum())
    nodes = np.arange(n).astype(str)
    network = Network.from_edges(source[kept].astype(str), target[kept].astype(str), weight, nodes=nodes)
    return ClusteredNetwork(network, Partition(network.enterprise_ids, generator.integers(-1, k, n)))


def matching(ends):
    return tuple(sorted(tuple(sorted(pair)) for pair in ends.reshape(-1, 2).tolist()))


@pytest.mark.parametrize("m", [2, 3])
def test_all_ways_to_join_ends_are_equally_likely(m):
    ends = np.arange(2 * m, dtype=np.int32)
    possible = {matching(np.array(order)) for order in permutations(range(2 * m))}
    met = Counter(matching(joined_at_random(ends, 0, np.uint64(seed * 7919))) for seed in range(150 * len(possible)))
    assert set(met) == possible
    assert chisquare([met[way] for way in possible]).pvalue > 0.001


def test_any_link_may_be_special_and_in_any_order():
    ends = np.arange(6, dtype=np.int32)
    front = Counter(tuple(sorted(joined_at_random(ends, 1, np.uint64(seed))[:2].tolist())) for seed in range(6000))
    assert len(front) == 15
    assert chisquare(list(front.values())).pvalue > 0.001


@pytest.mark.parametrize("m", [1, 7, 1000])
def test_every_end_is_joined_once(m):
    ends = np.random.default_rng(0).integers(0, 50, 2 * m).astype(np.int32)
    before = ends.copy()
    for special in (0, m // 2, m):
        joined = joined_at_random(ends, special, np.uint64(3))
        np.testing.assert_array_equal(np.sort(joined), np.sort(before))
    np.testing.assert_array_equal(ends, before)


def test_the_short_count_is_the_long_one():
    clustered = noise(40, 300, k=4, weights=(1.0, 3.0, 0.5))
    task = Joined(clustered, LINKED, 0).way
    ends = joined_at_random(task.ends, task.unusual, np.uint64(1))
    pairs, weights, within, beyond = tally_inside(ends, task.cluster_of, task.weight, task.usual, clustered.k)
    long = tally(ends.reshape(-1, 2), clustered.cluster_of, task.weight, clustered.k)
    np.testing.assert_array_equal(pairs, long[0][0])
    np.testing.assert_array_equal(weights, long[1][0])
    np.testing.assert_array_equal(within, long[2])
    np.testing.assert_array_equal(beyond + task.usual * clustered.network.flat.degree, long[2] + long[3])
    np.testing.assert_array_equal(task.ends_of - 2 * pairs, long[0][1])


def test_the_mean_number_inside_is_that_of_the_configuration_model():
    clustered = noise(60, 400, k=5)
    flat = clustered.network.flat
    ends = np.bincount(clustered.member_cluster, weights=flat.degree[clustered.member_nodes])
    draws = stub_draws(clustered, [METRICS["density"]], draws=4000, seed=1, workers=1)
    inside = draws.values["density"] * clustered.size * (clustered.size - 1) / 2
    expected = ends * (ends - 1) / (2 * (2 * len(flat) - 1))
    error = inside.std(axis=0) / np.sqrt(len(inside))
    assert (np.abs(inside.mean(axis=0) - expected) < 4 * error).all()


def test_in_a_large_sparse_network_it_is_near_the_switching_null():
    clustered = noise(3000, 9000, k=20, weights=(1.0, 2.0))
    some = [METRICS[name] for name in ("density", "conductance", "average_out_share", "internal_strength")]
    near = stub_draws(clustered, some, draws=60, seed=1)
    right = rewired_draws(clustered, some, draws=60, seed=1, detect=False)
    assert near.values.keys() == right.values.keys()
    for key, values in near.values.items():
        spread = np.sqrt((values.var(axis=0) + right.values[key].var(axis=0)) / 60)
        z = (values.mean(axis=0) - right.values[key].mean(axis=0)) / spread
        assert np.abs(z).max() < 4.5, key


def test_workers_and_more_draws_change_nothing():
    clustered = noise(80, 300, k=4, weights=(1.0, 0.1))
    one, two, more = (stub_draws(clustered, LINKED, draws=d, seed=5, workers=w) for d, w in ((6, 1), (6, 2), (9, 3)))
    assert set(one.values) >= {"density", "conductance", "average_out_share"}
    assert not {"transitivity", "structural_cohesion", "layer_density:linkage"} & set(one.values)
    for key, values in one.values.items():
        assert values.tobytes() == two.values[key].tobytes() == more.values[key][:6].tobytes()


@pytest.mark.parametrize("edges", [([], []), (["a"], ["b"])])
def test_small_networks(edges):
    network = Network.from_edges(*edges, nodes=list("abc"))
    clustered = ClusteredNetwork(network, Partition(network.enterprise_ids, [0, 0, 1]))
    draws = stub_draws(clustered, LINKED, draws=3, seed=0)
    assert (draws.values["density"][:, 0] == len(edges[0])).all()
    none = ClusteredNetwork(network, Partition(network.enterprise_ids, [-1, -1, -1]))
    assert stub_draws(none, LINKED, draws=3, seed=0).values == {}


def test_scores_say_what_was_tested():
    clustered = noise(60, 200, k=3)
    scores = score_clusters(clustered.network, clustered.partition, draws=19, null="stubs")
    table = scores.table.set_index("metric")["p_value"]
    assert table.loc["conductance"].notna().all()
    assert table.loc["structural_cohesion"].isna().all()
    assert scores.clusters["cohesion_p"].notna().all()
