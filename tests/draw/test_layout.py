import random

import igraph
import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from clusternet.draw import lay_out, layout
from clusternet.draw.anchors import rounded_out, smoothed
from clusternet.draw.stress import MOST_DENSE, ROUNDS, graph_distances, majorised
from clusternet.draw.stress_kernels import relax_parts
from clusternet.model import ClusteredNetwork, Network, Partition


def blocks(n_blocks: int, size: int) -> tuple[Network, Partition]:
    """Rings of enterprises, each linked to the next by one linkage."""
    source, target = [], []
    for block in range(n_blocks):
        names = [f"{block:03d}-{member:03d}" for member in range(size)]
        source += names
        target += names[1:] + names[:1]
        source.append(names[0])
        target.append(f"{(block + 1) % n_blocks:03d}-000")
    network = Network.from_edges(source, target)
    return network, Partition.from_labels(network.enterprise_ids, [name[:3] for name in network.enterprise_ids])


def test_the_same_seed_gives_the_same_positions_and_leaves_chance_as_it_was(network, partition):
    random.seed(5)
    expected = random.getrandbits(64)
    random.seed(5)
    first = lay_out(network, partition, seed=3)
    assert random.getrandbits(64) == expected
    igraph.Graph.Erdos_Renyi(n=5, m=3)  # igraph draws from Python's generator again
    assert (first == lay_out(network, partition, seed=3)).all()


@pytest.mark.parametrize(("n_blocks", "size"), [(2, 3), (9, 6), (40, 12)])
def test_clusters_stand_apart(n_blocks, size):
    network, partition = blocks(n_blocks, size)
    points = lay_out(network, partition)
    centre = np.array([points[partition.codes == code].mean(axis=0) for code in range(n_blocks)])
    reach = [np.linalg.norm(points[partition.codes == code] - centre[code], axis=1).max() for code in range(n_blocks)]
    for one in range(n_blocks):
        for other in range(one):
            assert np.linalg.norm(centre[one] - centre[other]) > reach[one] + reach[other]


def test_those_in_no_cluster_stand_around_and_the_unlinked_below(network, partition):
    points = lay_out(network, partition)
    members = np.append(partition.codes >= 0, False)
    reach = np.linalg.norm(points[members], axis=1).max()
    ids = list(network.node_ids)
    assert np.linalg.norm(points[ids.index("Timber Port")]) > reach
    assert points[ids.index("lone"), 1] < points[members, 1].min()


@pytest.mark.parametrize("codes", [[-1, -1, -1], [0, 0, 0], [0, -1, -1], [0, 1, 2]])
def test_every_partition_of_three_can_be_laid_out(codes):
    network = Network.from_edges(["a"], ["b"], nodes=["a", "b", "c"])
    points = lay_out(network, Partition(network.enterprise_ids, np.array(codes)))
    assert np.isfinite(points).all()
    assert len(np.unique(points.round(6), axis=0)) == 3


def test_an_empty_network_has_no_positions():
    network = Network.from_tables(
        pd.DataFrame({"enterprise_id": [], "name": []}), pd.DataFrame({"source": [], "target": [], "layer": []})
    )
    assert lay_out(network, Partition(network.enterprise_ids, np.array([], dtype=int))).shape == (0, 2)


def test_the_same_layout_is_made_once(network, partition, monkeypatch):
    first = lay_out(network, partition, seed=11)
    monkeypatch.setattr(layout, "_laid_out", None)  # to call it again would fail
    assert lay_out(network, partition, seed=11) is first
    assert not first.flags.writeable


def test_one_enterprise_more_moves_the_others_little():
    network, partition = blocks(9, 12)
    links = network.linkages[["source", "target"]]
    gone = "004-005"
    ids = [name for name in network.enterprise_ids if name != gone]
    fewer = Network.from_edges(
        *(links.loc[(links != gone).all(axis=1), end].to_numpy() for end in ("source", "target")), nodes=ids
    )
    before = lay_out(network, partition)
    after = lay_out(fewer, Partition.from_labels(fewer.enterprise_ids, [name[:3] for name in ids]))
    kept = network.enterprise_ids != gone
    moved = np.linalg.norm(before[kept] - after, axis=1).mean()
    assert moved < 0.1 * np.ptp(before, axis=0).max()


def test_the_numbers_of_the_clusters_leave_no_trace():
    network, _ = blocks(5, 6)
    found = [
        lay_out(network, Partition.from_labels(network.enterprise_ids, labels))
        for labels in (
            [name[:3] for name in network.enterprise_ids],
            [9 - int(name[:3]) for name in network.enterprise_ids],
        )
    ]
    assert np.allclose(found[0], found[1])


class TestManyEnterprises:
    """The compiled way, which maps of more than 10,000 enterprises take."""

    @pytest.fixture(autouse=True)
    def compiled_way(self, monkeypatch):
        monkeypatch.setattr(layout, "MOST_PLAIN", 0)

    @pytest.mark.parametrize("workers", [2, 8])
    def test_any_number_of_processors_gives_the_same_positions(self, monkeypatch, workers):
        network, partition = blocks(9, 12)
        found = []
        for count in (1, workers):
            monkeypatch.setattr(layout.os, "cpu_count", lambda count=count: count)
            found.append(layout._laid_out(network, partition, 0))
        assert (found[0] == found[1]).all()

    def test_clusters_stand_apart(self):
        test_clusters_stand_apart(9, 6)

    def test_one_enterprise_more_moves_the_others_little(self):
        test_one_enterprise_more_moves_the_others_little()

    @pytest.mark.parametrize(
        "pairs", [[], [(0, 1)], [(0, 1), (1, 2), (2, 0), (3, 4)], [(i, (i - 1) // 2) for i in range(1, 40)]], ids=len
    )
    def test_distances_are_as_near_to_the_steps_as_the_plain_way_makes_them(self, pairs):
        count = 40
        first, second = (np.array([pair[end] for pair in pairs], dtype=np.int64) for end in (0, 1))
        ends = (np.concatenate([first, second]), np.concatenate([second, first]))
        links = sparse.csr_array((np.ones(len(ends[0])), ends), shape=(count, count))
        wanted = graph_distances(links)
        start = rounded_out(smoothed(np.random.default_rng(0).normal(size=(count, 2)), links))
        plain, compiled = majorised(start, wanted), start.copy()
        bounds = np.array([0, count]), np.array([0, len(first)])
        relax_parts(compiled, bounds[0], first, second, bounds[1], ROUNDS, MOST_DENSE)
        assert stress(compiled, wanted) < 1.1 * stress(plain, wanted)

    def test_too_large_parts_and_single_nodes_stay(self):
        points = np.arange(10.0).reshape(5, 2)
        none = np.zeros(0, dtype=np.int64)
        relax_parts(points, np.array([0, 1, 5]), none, none, np.zeros(3, dtype=np.int64), 5, 3)
        assert (points == np.arange(10.0).reshape(5, 2)).all()


def stress(points, wanted):
    """How far the distances are from the wanted ones, in the best scale (Gansner, Koren & North 2005)."""
    above, below = np.triu_indices(len(points), 1)
    length = np.sqrt(((points[above] - points[below]) ** 2).sum(axis=1))
    ideal = wanted[above, below]
    length *= (length / ideal).sum() / (length**2 / ideal**2).sum()
    return ((length - ideal) ** 2 / ideal**2).sum()


def test_clusters_that_are_linked_beyond_chance_stand_nearer_than_others(monkeypatch):
    monkeypatch.setattr(layout, "MOST_DENSE", 20)
    network, partition = blocks(60, 6)
    points = lay_out(network, partition)
    centre = np.array([points[partition.codes == code].mean(axis=0) for code in range(60)])
    apart = np.linalg.norm(centre[:, None] - centre[None], axis=2)
    linked = (ClusteredNetwork(network, partition).between.toarray() > 0) & ~np.eye(60, dtype=bool)
    assert apart[linked].mean() < 0.5 * apart.mean()
