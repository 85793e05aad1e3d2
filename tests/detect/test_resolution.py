"""The profile over resolution: lines, their envelope, plateaus, and what leaves no trace."""

import itertools
import math
from fractions import Fraction

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networkx.algorithms.community import modularity

from clusternet.detect import find_clusters
from clusternet.detect.agreement import compare_partitions
from clusternet.detect.finding import Finder, find
from clusternet.detect.modularity import leiden, leiden_cpm
from clusternet.detect.resolution import domains_of_optimality, scale_profile
from clusternet.errors import InputError
from clusternet.model import Network
from tests.strategies import tables


def two_triangles():
    return Network.from_edges(list("abcdefc"), list("bcaefdd"))


def hierarchy(seed=1):
    """Three groups of four groups of twelve."""
    rng = np.random.default_rng(seed)
    group, block = np.repeat(np.arange(3), 48), np.repeat(np.arange(12), 12)
    first, second = np.triu_indices(144, 1)
    chance = np.where(block[first] == block[second], 0.6, np.where(group[first] == group[second], 0.08, 0.008))
    linked = rng.random(len(first)) < chance
    ids = np.array([f"N{node:03d}" for node in range(144)])
    return Network.from_edges(ids[first[linked]], ids[second[linked]], nodes=ids), group, block


def as_text(profile):
    codes = [partition.codes.tolist() for partition in profile.partitions]
    return profile.table.to_csv() + profile.domains.to_csv() + repr(codes)


def brute_force(lines):
    """Where each line beats every other one, from all pairs of lines, in exact arithmetic."""
    found = {}
    for i, (a, b) in enumerate(lines):
        if (a, b) in lines[:i]:
            continue
        start, end, fits = Fraction(0), math.inf, True
        for c, d in lines:
            if d < b:
                end = min(end, Fraction(a - c, b - d))
            elif d > b:
                start = max(start, Fraction(c - a, d - b))
            elif c > a:
                fits = False
        if fits and start < end:
            found[i] = (float(start), float(end))
    return found


@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=12))
def test_domains_agree_with_all_pairs_of_lines(lines):
    inside, expected = (np.array(values, dtype=float) for values in zip(*lines, strict=True))
    found = domains_of_optimality(inside, expected)
    assert {number: pytest.approx((start, end)) for number, start, end in found} == brute_force(lines)
    assert [start for _, start, _ in found][1:] == [end for _, _, end in found][:-1]
    assert (found[0][1], found[-1][2]) == (0.0, math.inf)


#: Shares as the search rounds them.
shares = st.floats(0, 1).map(lambda value: round(value, 12))


@settings(max_examples=100)
@given(st.lists(st.tuples(shares, shares), min_size=1, max_size=30), st.floats(1e-3, 1e3))
def test_domains_give_the_best_line_at_any_resolution(lines, resolution):
    inside, expected = (np.array(values) for values in zip(*lines, strict=True))
    quality = inside - resolution * expected
    chosen = next(n for n, start, end in domains_of_optimality(inside, expected) if start <= resolution <= end)
    assert quality[chosen] == pytest.approx(quality.max(), abs=1e-6)


def test_hand_worked():
    profile = scale_profile(two_triangles())
    # Whole: 1 - g. Triangles: 6/7 - g/2. Two pairs: 2/7 - g 50/196. Nobody: -g 34/196.
    assert profile.domains["inside"].tolist() == pytest.approx([1, 6 / 7, 2 / 7, 0])
    assert profile.domains["expected"].tolist() == pytest.approx([1, 1 / 2, 50 / 196, 34 / 196])
    assert profile.domains["from"].tolist() == pytest.approx([0, 2 / 7, 7 / 3, 7 / 2])
    assert profile.domains["to"].tolist() == pytest.approx([2 / 7, 7 / 3, 7 / 2, math.inf])
    assert profile.domains["trivial"].tolist() == [True, False, False, True]
    assert profile.domains["plateau"].tolist() == [False, True, False, False]
    assert profile.best().codes.tolist() == [0, 0, 0, 1, 1, 1]
    row = profile.table.query("plateau").iloc[0]
    assert row[["clusters", "members", "median_size", "largest_size"]].tolist() == [2, 6, 3, 3]
    assert (profile.table["stability"] == 1).all()


def test_hand_worked_potts():
    profile = scale_profile(two_triangles(), objective="cpm")
    # Whole: 1 - g 15/7. Triangles: 6/7 - g 6/7. Nobody: 0.
    assert profile.domains["inside"].tolist() == pytest.approx([1, 6 / 7, 0])
    assert profile.domains["expected"].tolist() == pytest.approx([15 / 7, 6 / 7, 0])
    assert profile.domains["to"].tolist() == pytest.approx([1 / 9, 1, math.inf])
    assert profile.objective == "cpm"


def test_quality_is_modularity_with_a_resolution():
    graph = nx.karate_club_graph()
    ids = {node: f"N{node:02d}" for node in graph}
    network = Network.from_networkx(nx.relabel_nodes(graph, ids))
    profile = scale_profile(network, resolutions=[0.5, 1, 2.5], seed=3)
    for row in profile.table.itertuples():
        codes = profile.partitions[row.partition].codes
        parts = [set(network.enterprise_ids[codes == code]) for code in range(row.clusters)]
        parts += [{name} for name in network.enterprise_ids[codes < 0]]
        graph = network.to_networkx()
        assert row.quality == pytest.approx(modularity(graph, parts, weight="weight", resolution=row.resolution))
        # Partitions met elsewhere can only help.
        alone = find_clusters(network, "leiden", seed=3, resolution=float(row.resolution)).codes
        parts = [set(network.enterprise_ids[alone == code]) for code in range(alone.max() + 1)]
        parts += [{name} for name in network.enterprise_ids[alone < 0]]
        assert row.quality >= modularity(graph, parts, weight="weight", resolution=row.resolution) - 1e-9
    assert profile.table["resolution"].tolist() == [0.5, 1, 2.5]


@pytest.mark.parametrize("objective", ["modularity", "cpm"])
def test_rows_fit_together(objective):
    network, group, block = hierarchy()
    profile = scale_profile(network, objective=objective)
    table, domains = profile.table, profile.domains
    assert len(table) == 20
    assert (table["resolution"].diff().dropna() > 0).all()
    assert ((table["from"] <= table["resolution"]) & (table["resolution"] <= table["to"])).all()
    assert (domains["expected"].diff().dropna() < 0).all()
    assert domains["from"].tolist()[1:] == domains["to"].tolist()[:-1]
    assert domains["plateau"].sum() == 1
    assert len(profile.partitions) == len(domains)
    for row in domains.reset_index().itertuples():
        assert profile.partitions[row.partition].n_clusters == row.clusters
    agreement = [
        compare_partitions(profile.partitions[a], profile.partitions[b])["element_centric"]
        for a, b in itertools.pairwise(table["partition"])
    ]
    assert table["next_agreement"].tolist()[:-1] == pytest.approx(agreement)
    assert math.isnan(table["next_agreement"].iloc[-1])
    # The two widest ranges but for the ends are those of the two planted levels.
    inner = domains[~domains["trivial"]].sort_values("width", ascending=False)
    agree = [compare_partitions(profile.partitions[inner.index[0]], group)["ami"]]
    agree.append(compare_partitions(profile.partitions[inner.index[1]], block)["ami"])
    assert min(agree) > 0.95
    assert compare_partitions(profile.best(), group)["ami"] > 0.95


@pytest.mark.parametrize("objective", ["modularity", "cpm"])
@settings(max_examples=15)
@given(found=tables(most=10), seed=st.integers(0, 5), scale=st.sampled_from([1.0, 1000.0]))
def test_order_of_rows_leaves_no_trace(objective, found, seed, scale):
    options = {"resolutions": [0.3, 1.0, 3.0], "repeats": 2, "objective": objective}
    before = as_text(scale_profile(Network.from_tables(**found), **options))
    made = {name: table.sample(frac=1, random_state=seed) for name, table in found.items()}
    made["linkages"] = made["linkages"].assign(weight=made["linkages"]["weight"] * scale)
    assert as_text(scale_profile(Network.from_tables(**made), **options)) == before


def test_isolated_firms_change_no_row():
    network, _, _ = hierarchy()
    linkages = network.linkages
    more = Network.from_edges(linkages["source"], linkages["target"], nodes=[*network.enterprise_ids, "ZZ", "AA"])
    options = {"resolutions": [0.3, 2.0, 9.0], "repeats": 3}
    one, other = scale_profile(network, **options), scale_profile(more, **options)
    pd.testing.assert_frame_equal(one.table, other.table)
    pd.testing.assert_frame_equal(one.domains, other.domains)


def test_parts_are_looked_at_on_their_own_scale():
    # A network and a copy of it elsewhere have the profile of one.
    one = two_triangles()
    both = Network.from_edges(
        list("abcdefc") + list("ABCDEFC"), list("bcaefdd") + list("BCAEFDD"), weight=[1] * 7 + [50] * 7
    )
    alone, twice = scale_profile(one), scale_profile(both)
    assert twice.domains["from"].tolist() == pytest.approx(alone.domains["from"].tolist())
    assert twice.domains["inside"].tolist() == pytest.approx(alone.domains["inside"].tolist())
    assert (twice.domains["clusters"] == 2 * alone.domains["clusters"]).all()


def test_edge_cases():
    nobody = scale_profile(Network.from_edges([], []))
    assert nobody.best().n_clusters == 0
    apart = scale_profile(Network.from_edges([], [], nodes=["a", "b"]))
    assert apart.best().codes.tolist() == [-1, -1]
    assert apart.table["stability"].isna().all()
    assert apart.table["quality"].tolist() == [0.0]
    pair = scale_profile(Network.from_edges(["a", "c"], ["b", "d"]))
    assert pair.best().codes.tolist() == [0, 0, 1, 1]
    assert pair.domains["to"].tolist() == [math.inf]
    clique = nx.relabel_nodes(nx.complete_graph(6), dict(enumerate("abcdef")))
    # A clique is one cluster or none at all.
    assert scale_profile(Network.from_networkx(clique)).best().codes.tolist() == [0] * 6
    once = scale_profile(two_triangles(), repeats=1)
    assert once.table["stability"].isna().all()
    assert "2 clusters are the best from 0.286 to 2.33" in repr(once)


def test_seeds_and_provenance():
    network, _, _ = hierarchy()
    one, other = (scale_profile(network, resolutions=[1.0, 6.0], seed=7) for _ in range(2))
    assert as_text(one) == as_text(other)
    step = one.provenance.steps[-1]
    assert (step.verb, step.arguments["seed"], step.arguments["resolutions"]) == ("scale_profile", 7, [1.0, 6.0])
    heard = []
    scale_profile(network, resolutions=np.array([2.0, 1.0, 2]), seed=2**32 - 1, repeats=2, progress=heard.append)
    assert heard == ["1", "2"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"objective": "modularty"}, 'Did you mean "modularity"'),
        ({"objective": "zzz"}, "expected one of: modularity, cpm"),
        ({"repeats": 0}, "repeats is 0"),
        ({"repeats": 1.5}, "repeats is 1.5"),
        ({"resolutions": []}, "No resolution"),
        ({"resolutions": [1.0, -1.0]}, "resolution"),
        ({"resolutions": [math.nan]}, "resolution"),
        ({"resolutions": ["1"]}, "resolution"),
        ({"seed": -1}, "seed"),
    ],
)
def test_options_out_of_range_are_refused(options, words):
    with pytest.raises(InputError, match=words):
        scale_profile(two_triangles(), **options)


@pytest.mark.parametrize("method", [leiden, leiden_cpm])
def test_looking_again_and_again_is_as_looking_anew(method):
    network, _, _ = hierarchy()
    finder = Finder(network)
    for resolution, seed in ((0.5, 0), (2.0, 0), (2.0, 7), (0.5, 0)):
        again = finder.find(method, options={"resolution": resolution}, seed=seed)
        anew = find(network, method, options={"resolution": resolution}, seed=seed)
        assert again.codes.tobytes() == anew.codes.tobytes()
        assert again.cluster_support.tobytes() == anew.cluster_support.tobytes()
