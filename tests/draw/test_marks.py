import numpy as np
import pandas as pd
import pytest

from clusternet.draw import cluster_labels, describe_clusters, map_marks, marks
from clusternet.errors import InputError
from clusternet.model import Network, Partition


def test_every_node_and_linkage_has_a_mark(network, partition, scores):
    found = map_marks(network, partition, scores)
    assert list(found.nodes["id"]) == [*"abcdefg", "lone", "Timber Port"]
    assert list(found.nodes["group"]) == [0, 0, 0, 1, 1, 1, -1, -1, -2]
    assert len(found.links) == len(network.ties)
    assert {group.code: group.count for group in found.groups} == {0: 3, 1: 3, -1: 2, -2: 1}
    assert {layer.name: layer.count for layer in found.layers} == {"rivalry": 1, "stock": 4, "supply": 5}
    assert [layer.directed for layer in found.layers] == [False, False, True]
    assert found.title == "Town of <i>wood</i>"
    assert not found.note


def test_clusters_differ_in_colour_and_symbol(network, partition):
    looks = [(group.colour, group.symbol) for group in map_marks(network, partition).groups]
    assert len({colour for colour, _ in looks}) == len({symbol for _, symbol in looks}) == len(looks)


def test_the_evidence_of_an_enterprise_is_escaped_and_whole(network, partition, scores):
    nodes = map_marks(network, partition, scores).nodes.set_index("id")
    evidence = nodes.loc["d", "evidence"]
    assert "Door &lt;b&gt;" in evidence
    for expected in ("Stage: ", "Place: ", "Workers: 2", "Did not answer", "Cluster 1", "Density: 0.333"):
        assert expected in evidence
    assert "Workers" not in nodes.loc["c", "evidence"]
    assert "Outside partner" in nodes.loc["Timber Port", "evidence"]


def test_the_evidence_of_a_linkage_names_ends_layer_weight_and_reports(network, partition):
    links = map_marks(network, partition).links
    evidence = links.loc[(links["source"] == 0) & (links["weight"] == 2), "evidence"].item()
    for expected in ("Oak &amp; Sons", "→", "ورشة النور", "Supply", "directed", "Weight: 2", "Reported by: 1"):
        assert expected in evidence


def test_ties_of_one_pair_do_not_lie_on_one_another(network, partition):
    links = map_marks(network, partition).links
    both = links[(links["source"] == 0) & (links["target"] == 1)]
    assert len(both) == 2
    assert len(both[["middle_x", "middle_y"]].round(6).drop_duplicates()) == 2


def test_the_angle_points_from_source_to_target(network, partition):
    positions = np.zeros((network.n_nodes, 2))
    positions[1] = (1, 0)  # b stands to the right of a
    links = map_marks(network, partition, positions=positions).links
    assert set(links.loc[(links["source"] == 0) & (links["target"] == 1), "angle"]) == {90.0}


def test_a_large_map_shows_the_strongest_links_and_says_so(network, partition, monkeypatch):
    monkeypatch.setattr(marks, "LARGE_MAP", 5)
    monkeypatch.setattr(marks, "MOST_LINKS", 2)
    found = map_marks(network, partition)
    assert found.large
    assert sorted(found.links["weight"]) == [2.0, 3.0]
    assert found.note == "Drawn are the 2 strongest of 10 linkages."


def test_positions_and_partition_are_checked(network, partition):
    with pytest.raises(InputError, match="shape"):
        map_marks(network, partition, positions=np.zeros((2, 2)))
    with pytest.raises(InputError, match="not of this network"):
        map_marks(network, Partition(network.enterprise_ids[:2], np.array([0, 0])))


def test_a_label_names_what_is_over_represented(network, partition):
    assert cluster_labels(network, partition) == ["sawing · North", "glue · South"]
    described = describe_clusters(network, partition)
    assert list(described["sector"]) == ["", ""]


def test_a_value_that_all_share_is_no_label():
    table = pd.DataFrame({"enterprise_id": list("abcd"), "name": list("abcd"), "place": ["North"] * 4})
    links = pd.DataFrame({"source": ["a", "c"], "target": ["b", "d"], "layer": "stock"})
    network = Network.from_tables(table, links)
    assert cluster_labels(network, Partition.from_labels(network.enterprise_ids, [0, 0, 1, 1])) == ["", ""]


def test_c20_no_cluster_has_no_label(network):
    nobody = Partition.from_labels(network.enterprise_ids, [-1] * network.n_enterprises)
    assert cluster_labels(network, nobody) == []
