from collections import Counter
from fractions import Fraction
from itertools import combinations

import networkx
import numpy as np
import pytest
from scipy.stats import chi2, chisquare, hypergeom, ks_2samp

from clusternet.inference import stubs
from clusternet.inference.stub_kernels import dealt_to_members, joined_by_cluster, taken_of
from clusternet.inference.stubs import Joined, stub_draws
from clusternet.metrics import METRICS
from clusternet.model import ClusteredNetwork, Network, Partition

LINKED = [metric for metric in METRICS.values() if metric.card.null == "rewiring"]


def state(seed):
    return np.array([seed], dtype=np.uint64)


def ways(stubs_left):
    """Yield every way to join ends two by two."""
    if not stubs_left:
        yield ()
        return
    first, *rest = stubs_left
    for place, other in enumerate(rest):
        for others in ways(rest[:place] + rest[place + 1 :]):
            yield ((first, other), *others)


def outcome(way, cluster, special):
    """Return the pairs inside each cluster and the ends in each, of the special pairs and of the others."""
    groups = max(cluster) + 1
    found = np.zeros((2, 2, groups), dtype=int)
    for place, (one, other) in enumerate(way):
        kind = 0 if place in special else 1
        found[0, kind, cluster[one]] += cluster[one] == cluster[other]
        found[1, kind, cluster[one]] += 1
        found[1, kind, cluster[other]] += 1
    return tuple(found.ravel().tolist())


def agreed(met, exact, draws):
    """Return the p-value of outcomes met, whose exact shares are known; rare ones are put together."""
    expected = np.array([float(share) * draws for share in exact.values()])
    observed = np.array([met[key] for key in exact], dtype=float)
    rare = expected < 8
    if rare.any():
        expected = np.append(expected[~rare], expected[rare].sum())
        observed = np.append(observed[~rare], observed[rare].sum())
    return chi2.sf(((observed - expected) ** 2 / expected).sum(), len(expected) - 1)


@pytest.mark.parametrize(
    ("cluster", "special"),
    [([0, 0, 0, 1, 1, 1], 0), ([0, 0, 1, 1, 1, 2, 2, 2], 1), ([0, 0, 0, 0, 1, 2, 3, 3], 0), ([0, 0, 1, 1, 2, 2], 2)],
)
def test_counts_have_the_chances_of_all_ways_to_join_ends(cluster, special):
    links = len(cluster) // 2
    exact = Counter()
    for way in ways(list(range(len(cluster)))):
        for chosen in combinations(range(links), special):
            exact[outcome(way, cluster, chosen)] += 1
    whole = sum(exact.values())
    exact = {key: Fraction(count, whole) for key, count in exact.items()}
    draws, met, going = 8_000, Counter(), state(7)
    ends, kinds = np.bincount(cluster), np.array([special, links - special])
    for _ in range(draws):
        met[tuple(np.array(joined_by_cluster(going, ends, kinds)).ravel().tolist())] += 1
    assert set(met) <= set(exact)
    assert agreed(met, exact, draws) > 0.001


@pytest.mark.parametrize("numbers", [(5, 7, 4), (1, 1, 1), (40, 3, 41), (600, 500, 300), (2_000, 400_000, 90_000)])
def test_numbers_taken_are_hypergeometric(numbers):
    good, bad, taken = numbers
    draws, going = 10_000, state(3)
    met = np.array([taken_of(going, good, bad, taken) for _ in range(draws)])
    law = hypergeom(good + bad, good, taken)
    assert met.min() >= max(0, taken - bad)
    assert met.max() <= min(good, taken)
    low, high = int(law.ppf(0.001)), int(law.ppf(0.999))
    expected = np.array([law.cdf(low), *law.pmf(np.arange(low + 1, high)), law.sf(high - 1)]) * draws
    observed = np.bincount(np.clip(met, low, high) - low, minlength=high - low + 1)
    if low < high:
        assert chisquare(observed, expected, sum_check=False).pvalue > 0.001


@pytest.mark.parametrize("numbers", [(0, 5, 3), (5, 0, 3), (4, 4, 0), (4, 4, 8)])
def test_what_is_certain_needs_no_chance(numbers):
    going = state(1)
    assert taken_of(going, *numbers) == min(numbers[0], numbers[2])
    assert going[0] == 1


def test_any_ends_of_a_cluster_may_be_the_ones_inside():
    # One cluster of three members with 1, 1 and 2 ends; a pair inside, of the unusual kind, and two ends that leave.
    inside, ends = np.array([[1], [0]]), np.array([[2], [2]])
    start, member_of = np.array([0, 4]), np.array([0, 1, 2, 2], dtype=np.int32)
    values, met = np.array([5.0, 1.0]), Counter()
    going = state(9)
    for _ in range(6000):
        strength = np.array([1.0, 1.0, 2.0])
        within = dealt_to_members(going, inside, ends, values, strength, start, member_of)
        np.testing.assert_array_equal(strength, np.array([1.0, 1.0, 2.0]) + within / 5 * 4)
        met[tuple(within / 5)] += 1
        going[0] += np.uint64(12345)
    exact = Counter()
    for chosen in combinations(member_of.tolist(), 2):
        exact[tuple(np.bincount(chosen, minlength=3).astype(float))] += Fraction(1, 6)
    assert agreed(met, exact, 6000) > 0.001


def noise(n, m, *, k, seed=0, weights=(1.0,)):
    generator = np.random.default_rng(seed)
    source, target = generator.integers(0, n, (2, m))
    target = np.where(generator.random(m) < 0.3, source // 5 * 5, target)
    kept = source != target
    weight = generator.choice(np.array(weights), kept.sum())
    nodes = np.arange(n).astype(str)
    network = Network.from_edges(source[kept].astype(str), target[kept].astype(str), weight, nodes=nodes)
    return ClusteredNetwork(network, Partition(network.enterprise_ids, generator.integers(-1, k, n)))


@pytest.mark.parametrize("weights", [(1.0,), (1.0, 2.0, 2.0, 7.0)])
def test_both_ways_give_the_same_chance_to_every_score(monkeypatch, weights):
    clustered = noise(60, 240, k=4, weights=weights)
    found = []
    for each in (0, 10**9):
        monkeypatch.setattr(stubs, "_PAIRS_A_CHANCE", each)
        found.append(stub_draws(clustered, LINKED, draws=600, seed=each, workers=1).values)
    assert found[0].keys() == found[1].keys()
    assert {"density", "conductance", "flake_share", "worst_out_share"} <= found[0].keys()
    for key, values in found[0].items():
        for one, other in zip(values.T, found[1][key].T, strict=True):
            assert ks_2samp(one, other, method="asymp").pvalue > 1e-4, key


def test_networkx_joins_ends_with_the_same_chance():
    clustered = noise(40, 120, k=3)
    degree, cluster = clustered.network.flat.degree.tolist(), clustered.cluster_of
    theirs = []
    for seed in range(800):
        graph = networkx.configuration_model(degree, seed=seed)
        ends = cluster[np.array(list(graph.edges()))]
        theirs.append(np.bincount(ends[(ends[:, 0] == ends[:, 1]) & (ends[:, 0] >= 0), 0], minlength=3))
    task = Joined(clustered, [METRICS["density"]], 4)
    kinds = stubs._Kinds(clustered)
    ours = [joined_by_cluster(state(seed), kinds.ends_of, kinds.count)[0].sum(axis=0)[:3] for seed in range(800)]
    assert task.metrics
    for one, other in zip(np.array(ours).T, np.array(theirs).T, strict=True):
        assert ks_2samp(one, other, method="asymp").pvalue > 1e-3


@pytest.mark.parametrize("weights", [(1.0,), (1.0, 0.1)])
def test_by_cluster_workers_more_draws_and_other_scores_change_nothing(monkeypatch, weights):
    monkeypatch.setattr(stubs, "_PAIRS_A_CHANCE", 0)
    clustered = noise(80, 300, k=4, weights=weights)
    some = {d: stub_draws(clustered, LINKED, draws=d, seed=5, workers=w).values for d, w in ((6, 1), (7, 2), (9, 8))}
    alone = stub_draws(clustered, [METRICS["conductance"]], draws=6, seed=5).values
    for key, values in some[6].items():
        assert values.tobytes() == some[7][key][:6].tobytes() == some[9][key][:6].tobytes()
    assert alone["conductance"].tobytes() == some[6]["conductance"].tobytes()


def test_by_cluster_the_sums_are_those_of_a_network(monkeypatch):
    monkeypatch.setattr(stubs, "_PAIRS_A_CHANCE", 0)
    clustered = noise(50, 300, k=4, weights=(1.0, 3.0, 0.5))
    flat = clustered.network.flat
    kinds = stubs._Kinds(clustered)
    going = state(2)
    inside, ends = joined_by_cluster(going, kinds.ends_of, kinds.count)
    np.testing.assert_array_equal(ends.sum(axis=0), kinds.ends_of)
    np.testing.assert_array_equal(ends.sum(axis=1), 2 * kinds.count)
    assert ((2 * inside <= ends) & (inside >= 0)).all()
    way = Joined(clustered, LINKED, 0).way
    strength = way.degree * kinds.values[-1]
    within = dealt_to_members(going, inside, ends, kinds.values, strength, way.start, way.member_of)
    assert (within <= strength).all()
    by_cluster = np.bincount(clustered.member_cluster, weights=strength)
    np.testing.assert_array_equal(by_cluster, (kinds.values[:, None] * ends).sum(axis=0)[:4])
    by_cluster = np.bincount(clustered.member_cluster, weights=within)
    np.testing.assert_array_equal(by_cluster, (kinds.values[:, None] * 2 * inside).sum(axis=0)[:4])
    assert by_cluster.sum() < flat.total * 2


def test_clusters_without_a_linked_member(monkeypatch):
    monkeypatch.setattr(stubs, "_PAIRS_A_CHANCE", 0)
    network = Network.from_edges(["a", "b"], ["b", "c"], nodes=list("abcde"))
    clustered = ClusteredNetwork(network, Partition(network.enterprise_ids, [0, 0, 0, 1, 1]))
    draws = stub_draws(clustered, LINKED, draws=5, seed=0)
    assert (draws.values["density"] == [2 / 3, 0]).all()
    assert np.isnan(draws.values["average_out_share"][:, 1]).all()
    assert (draws.values["average_out_share"][:, 0] == 0).all()
