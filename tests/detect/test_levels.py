"""Nested levels: the guarantee, planted hierarchies, and no level where there is none."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusternet.detect import find_clusters
from clusternet.detect.agreement import compare_partitions
from clusternet.detect.levels import _Between, _between, _grouped, find_levels
from clusternet.errors import InputError
from clusternet.model import Network, Partition
from clusternet.model.levels import Levels
from tests.strategies import labels, tables


def planted(seed, levels, chances):
    """Link nodes at the chance of the finest level that they share, the last one where they share none."""
    rng = np.random.default_rng(seed)
    first, second = np.triu_indices(len(levels[0]), 1)
    chance = np.full(len(first), chances[-1])
    for codes, inside in zip(levels, chances[::-1][1:], strict=True):
        chance = np.where(codes[first] == codes[second], inside, chance)
    linked = rng.random(len(first)) < chance
    ids = np.array([f"N{node:04d}" for node in range(len(levels[0]))])
    return Network.from_edges(ids[first[linked]], ids[second[linked]], nodes=ids)


#: Three groups of four blocks of twelve.
GROUP, BLOCK = np.repeat(np.arange(3), 48), np.repeat(np.arange(12), 12)


def alike(partition, codes):
    return compare_partitions(partition, codes)["ami"]


def nested(levels):
    """Check the guarantee in plain words: whoever shares a finer cluster shares the coarser one."""
    table = levels.table
    for fine in range(1, levels.n_levels):
        inside = table[table[fine] >= 0]
        assert (inside[fine - 1] >= 0).all()
        assert (inside.groupby(fine)[fine - 1].nunique() == 1).all()


class TestNoun:
    ids = pd.Index(list("abcdef"))

    def of(self, *levels, **options):
        return Levels(tuple(Partition.from_labels(self.ids, codes) for codes in levels), **options)

    def test_hand_worked(self):
        levels = self.of([0, 0, 0, 0, 1, 1], [0, 0, 1, 1, 2, 2], [0, 0, -1, -1, 2, 2], base=1)
        assert levels.n_levels == 3
        assert levels.table.loc["d"].tolist() == [0, 1, -1]
        assert levels.table.index.name == "enterprise_id"
        assert levels.parents(0).tolist() == [-1, -1]
        assert levels.parents(1).tolist() == [0, 0, 1]
        assert levels.parents(2).tolist() == [0, 2]
        assert levels.tree["size"].tolist() == [4, 2, 2, 2, 2, 2, 2]
        assert levels.tree.query("level == 1")["parent"].tolist() == [0, 0, 1]
        assert repr(levels) == "<Levels: 3, coarse to fine; clusters: 2, 3, 2; made from level 1>"
        nested(levels)

    @pytest.mark.parametrize(
        "fine", [[0, 0, 1, 1, 1, 2], [0, 0, 0, 0, 0, 0], [-1, -1, 0, 0, 1, 1]], ids=["across", "joined", "from none"]
    )
    def test_levels_that_are_not_nested_are_refused(self, fine):
        coarse = [0, 0, 0, 0, 1, 1] if fine[0] == 0 else [0, 0, -1, 1, 2, 2]
        with pytest.raises(InputError, match="lies in none or in several"):
            self.of(coarse, fine)

    def test_other_faults_are_refused(self):
        with pytest.raises(InputError, match="there are 0 levels"):
            Levels(())
        with pytest.raises(InputError, match="base is level 2"):
            self.of([0, 0, 0, 0, 1, 1], base=2)
        with pytest.raises(InputError, match="other enterprises"):
            Levels((Partition.from_labels(self.ids, [0] * 6), Partition.from_labels(self.ids[:5], [0] * 5)))

    @settings(max_examples=100)
    @given(st.data())
    def test_the_check_says_what_plain_words_say(self, data):
        coarse, fine = data.draw(labels(6)), data.draw(labels(6))
        homes = {code: {coarse[place] for place in range(6) if fine[place] == code} for code in set(fine) - {-1}}
        fits = all(len(home) == 1 and -1 not in home for home in homes.values())
        try:
            nested(self.of(coarse, fine))
            assert fits
        except InputError:
            assert not fits


class TestPlanted:
    @pytest.mark.parametrize("seed", [0, 1, 2])
    @pytest.mark.parametrize("chances", [(0.6, 0.08, 0.008), (0.7, 0.14, 0.01)], ids=["from below", "from above"])
    def test_both_levels_are_found(self, seed, chances):
        levels = find_levels(planted(seed, [GROUP, BLOCK], chances))
        nested(levels)
        assert levels.n_levels == 2
        assert levels.base == (1 if chances[1] < 0.1 else 0)
        assert alike(levels.partitions[0], GROUP) > 0.95
        assert alike(levels.partitions[1], BLOCK) > 0.9

    def test_either_level_can_be_given(self):
        network = planted(5, [GROUP, BLOCK], (0.6, 0.08, 0.008))
        ids = network.enterprise_ids
        below = find_levels(network, Partition.from_labels(ids, GROUP))
        assert (below.n_levels, below.base) == (2, 0)
        assert alike(below.partitions[1], BLOCK) > 0.95
        above = find_levels(network, Partition.from_labels(ids, BLOCK))
        assert (above.n_levels, above.base) == (2, 1)
        assert alike(above.partitions[0], GROUP) == pytest.approx(1)

    def test_three_levels(self):
        whole, group, block = (np.repeat(np.arange(432 // size), size) for size in (144, 48, 12))
        levels = find_levels(planted(0, [whole, group, block], (0.6, 0.12, 0.02, 0.002)))
        assert levels.n_levels == 3
        nested(levels)
        for partition, codes in zip(levels.partitions, (whole, group, block), strict=True):
            assert alike(partition, codes) > 0.95
        assert levels.tree["support"].gt(3).all()

    @pytest.mark.parametrize("seed", range(4))
    def test_where_there_is_one_level_no_other_is_found(self, seed):
        sizes = np.random.default_rng(seed).integers(8, 60, size=10)
        block = np.repeat(np.arange(len(sizes)), sizes)
        for codes, chances in ((block, (0.35, 0.006)), (np.zeros(120, dtype=int), (0.06, 0.06))):
            levels = find_levels(planted(seed, [codes], chances))
            assert levels.n_levels == 1

    def test_deepest_is_kept(self):
        network = planted(1, [GROUP, BLOCK], (0.7, 0.14, 0.01))
        assert find_levels(network, deepest=0).n_levels == 1
        assert find_levels(network, deepest=1).n_levels == 2

    def test_cliques_in_rings(self):
        # Twelve cliques in three rings of four, the rings joined by one link each.
        graph = nx.Graph()
        for clique in range(12):
            graph.update(nx.relabel_nodes(nx.complete_graph(6), {node: (clique, node) for node in range(6)}))
        for clique in range(12):
            ring, place = divmod(clique, 4)
            for node in range(6):
                graph.add_edge((clique, node), (4 * ring + (place + 1) % 4, node))
        for ring in range(3):
            graph.add_edge((4 * ring, 0), (4 * ((ring + 1) % 3) + 2, 0))
        names = {node: f"N{node[0]:02d}{node[1]}" for node in graph}
        network = Network.from_networkx(nx.relabel_nodes(graph, names))
        cliques = Partition.from_labels(network.enterprise_ids, [int(name[1:3]) for name in network.enterprise_ids])
        levels = find_levels(network, cliques)
        assert levels.partitions[0].sizes.tolist() == [24, 24, 24]
        assert levels.base == 1


def set_partitions(n):
    """Every way to put n things into groups, as labels."""
    if n == 0:
        yield []
        return
    for start in set_partitions(n - 1):
        for label in range(max(start, default=-1) + 2):
            yield [*start, label]


@pytest.mark.parametrize("seed", range(5))
def test_the_grouping_is_the_shortest_of_all(seed):
    blocks, groups = np.repeat(np.arange(6), 10), np.repeat(np.arange(2), 30)
    network = planted(seed, [groups, blocks], (0.6, 0.15, 0.02))
    pairs, codes = network.flat, Partition.from_labels(network.enterprise_ids, blocks).codes
    described = _Between(_between(pairs, codes, 6))
    lengths = {tuple(each): described.length(np.array(each)) for each in set_partitions(6)}
    found = _grouped(pairs, codes, 0)
    of_clusters = [int(found[codes == cluster][0]) for cluster in range(6)]
    assert described.length(np.unique(of_clusters, return_inverse=True)[1]) == pytest.approx(min(lengths.values()))
    assert (found == found[0]).tolist() == (groups == groups[0]).tolist()


@settings(max_examples=40)
@given(st.data())
def test_any_network_and_partition(data):
    network = Network.from_tables(**data.draw(tables(most=12)))
    partition = None
    if data.draw(st.booleans()):
        partition = Partition.from_labels(network.enterprise_ids, data.draw(labels(network.n_enterprises)))
    levels = find_levels(network, partition)
    nested(levels)
    start = find_clusters(network) if partition is None else partition
    assert levels.partitions[levels.base].codes.tolist() == start.codes.tolist()
    for coarse, fine in zip(levels.partitions, levels.partitions[1:], strict=False):
        assert coarse.codes.tolist() != fine.codes.tolist()


@settings(max_examples=15)
@given(found=tables(most=14), seed=st.integers(0, 5))
def test_order_of_rows_leaves_no_trace(found, seed):
    made = {name: table.sample(frac=1, random_state=seed) for name, table in found.items()}
    one, other = (find_levels(Network.from_tables(**tables)) for tables in (found, made))
    assert one.table.to_csv() == other.table.to_csv()
    assert one.tree.to_csv() == other.tree.to_csv()


def test_order_of_rows_leaves_no_trace_in_a_hierarchy():
    network = planted(2, [GROUP, BLOCK], (0.7, 0.14, 0.01))
    linkages = network.linkages.sample(frac=1, random_state=3)
    again = Network.from_edges(linkages["target"], linkages["source"], linkages["weight"] * 7, nodes=network.node_ids)
    one, other = find_levels(network), find_levels(again)
    assert one.table.to_csv() == other.table.to_csv()
    assert one.partitions[1].certainty.to_csv() == other.partitions[1].certainty.to_csv()


def test_without_linkages():
    for network in (Network.from_edges([], []), Network.from_edges([], [], nodes=["a", "b", "c"])):
        levels = find_levels(network)
        assert (levels.n_levels, levels.base) == (1, 0)
        assert levels.table.shape == (network.n_enterprises, 1)
        assert len(levels.tree) == 0


def test_isolated_firms_do_no_harm():
    network = planted(2, [GROUP, BLOCK], (0.7, 0.14, 0.01))
    linkages = network.linkages
    more = Network.from_edges(linkages["source"], linkages["target"], nodes=[*network.enterprise_ids, "AA", "ZZ"])
    before, after = find_levels(network).table, find_levels(more).table
    assert (after.loc[["AA", "ZZ"]] == -1).all(axis=None)
    pd.testing.assert_frame_equal(after.drop(["AA", "ZZ"]), before)


def test_provenance_and_certainty():
    levels = find_levels(planted(1, [GROUP, BLOCK], (0.7, 0.14, 0.01)), seed=4)
    step = levels.provenance.steps[-1]
    assert (step.verb, step.arguments["seed"], step.arguments["deepest"]) == ("find_levels", 4, 3)
    fine = levels.partitions[1]
    assert fine.certainty.between(0, 1).mean() > 0.9
    assert (fine.cluster_support > 0).all()


@pytest.mark.parametrize(
    ("options", "words"), [({"deepest": -1}, "deepest"), ({"deepest": 1.0}, "deepest"), ({"seed": -1}, "seed")]
)
def test_options_out_of_range_are_refused(options, words):
    with pytest.raises(InputError, match=words):
        find_levels(Network.from_edges(["a"], ["b"]), **options)


def test_another_networks_partition_is_refused():
    with pytest.raises(InputError, match="not of this network"):
        find_levels(Network.from_edges(["a"], ["b"]), Partition.from_labels(pd.Index(["a"]), [0]))
