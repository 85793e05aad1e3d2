import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusternet.errors import InputError
from clusternet.model import ClusteredNetwork, Network, Partition
from clusternet.model.partition import canonical_labels

IDS = pd.Index(list("abcdef"))


@given(st.lists(st.integers(-1, 4), min_size=1, max_size=12), st.permutations(range(5)))
def test_i08_labels_are_canonical(labels, renamed):
    labels = np.array(labels)
    codes = canonical_labels(labels)
    size = np.bincount(codes[codes >= 0])
    assert (np.diff(size) <= 0).all()
    for c in range(len(size) - 1):
        if size[c] == size[c + 1]:
            assert np.flatnonzero(codes == c)[0] < np.flatnonzero(codes == c + 1)[0]
    other = np.where(labels >= 0, np.array(renamed)[labels], -1)
    np.testing.assert_array_equal(canonical_labels(other), codes)
    np.testing.assert_array_equal(canonical_labels(codes), codes)


def test_i07_sizes_and_labels():
    partition = Partition.from_labels(IDS, ["x", "y", "y", None, "y", "x"])
    assert partition.codes.tolist() == [1, 0, 0, -1, 0, 1]
    assert partition.sizes.tolist() == [3, 2]
    assert partition.labels.to_dict() == {"a": 1, "b": 0, "c": 0, "d": -1, "e": 0, "f": 1}
    assert partition.certainty.isna().all()
    assert repr(partition) == "<Partition: 2 clusters of 5 enterprises, 1 in none>"


def test_labels_must_fit():
    with pytest.raises(InputError, match="only in one"):
        Partition.from_labels(IDS, {"a": 1})
    with pytest.raises(InputError, match="5 labels for 6"):
        Partition.from_labels(IDS, [1, 2, 3, 4, 5])
    with pytest.raises(InputError, match="certainty"):
        Partition(IDS, np.zeros(6, dtype=int), np.full(6, 1.5))


def test_labels_by_number_of_node():
    network = Network.from_edges([1, 10], [2, 2])
    assert Partition.from_labels(network.enterprise_ids, {1: "p", 2: "p", 10: "q"}).labels.to_dict() == {
        "1": 0,
        "10": 1,
        "2": 0,
    }


def test_partition_of_another_network_is_refused():
    with pytest.raises(InputError, match="not of this network"):
        ClusteredNetwork(Network.from_edges(["a"], ["b"]), Partition.from_labels(IDS, [0] * 6))


def test_sums_between_clusters_add_up():
    network = Network.from_edges(list("abcdea"), list("bcdefd"), [1, 2, 3, 4, 5, 6])
    c = ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, [0, 0, 0, 1, 1, 1]))
    assert c.between.toarray().tolist() == [[3, 9], [9, 9]]
    assert c.weight_inside.tolist() == [3, 9]
    assert c.weight_boundary.tolist() == [9, 9]
    assert c.volume.tolist() == [15, 27]
    assert [graph.ecount() for graph in c.subgraphs] == [2, 2]
    assert c.members(1).tolist() == [3, 4, 5]
