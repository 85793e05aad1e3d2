"""I07 to I13: what every partition keeps, on graphs of any kind and for every method."""

import hashlib
import os
import subprocess
import sys

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusternet.detect import METHODS, find_clusters
from clusternet.model import ClusteredNetwork, Network, Partition
from tests.strategies import Links, examples, links

#: The default method works longest, so it sees fewer graphs here; tests/detect looks at it at length.
EXAMPLES = {name: 3 if name == "natural" else 5 for name in METHODS}
every_method = pytest.mark.parametrize("name", METHODS)


def members(partition: Partition) -> set[frozenset[str]]:
    """The clusters as sets of ids."""
    groups = partition.labels[partition.codes >= 0].groupby(partition.codes[partition.codes >= 0]).groups
    return {frozenset(ids) for ids in groups.values()}


def checked(name, strategy, check):
    """Hold a method to a property, with as many graphs as its speed allows."""
    settings(max_examples=examples(EXAMPLES[name]))(given(strategy)(check))()


@every_method
def test_I07_I12_clusters_are_disjoint_connected_and_cover_with_the_rest_everybody(name):
    def check(found):
        network = found.network()
        partition = find_clusters(network, name, seed=1)
        groups = members(partition)
        alone = int((partition.codes < 0).sum())
        assert partition.sizes.sum() + alone == sum(map(len, groups)) + alone == len(found.nodes)
        assert len(groups) == partition.n_clusters
        assert set().union(*groups) | set(partition.enterprise_ids[partition.codes < 0]) == set(found.nodes)
        graph = nx.Graph([tuple(pair) for pair in found.pairs()])
        assert all(len(group) >= 2 and nx.is_connected(graph.subgraph(group)) for group in groups)

    checked(name, links(most=24), check)


@settings(max_examples=examples(15))
@given(links(most=30), st.data())
def test_I08_other_numbers_for_the_clusters_are_the_same_partition(found, data):
    ids = found.network().enterprise_ids
    given_labels = data.draw(st.lists(st.integers(-1, 5), min_size=len(ids), max_size=len(ids)))
    names = data.draw(st.permutations(["a", "ب", "🪑", 7, 3, 0]))
    one = Partition.from_labels(ids, given_labels)
    other = Partition.from_labels(ids, [None if label < 0 else names[label] for label in given_labels])
    assert one.codes.tobytes() == other.codes.tobytes()
    sizes, firsts = one.sizes.tolist(), [int(np.flatnonzero(one.codes == code)[0]) for code in range(one.n_clusters)]
    assert sorted(zip([-size for size in sizes], firsts, strict=True)) == list(
        zip([-size for size in sizes], firsts, strict=True)
    )


#: Graphs that no random number of hypothesis decides, so that another process can make them too.
_DIGEST = """
import hashlib
import networkx as nx
from clusternet.detect import METHODS, find_clusters
from clusternet.model import Network
digest = hashlib.sha256()
for seed in range(4):
    graph = nx.gnm_random_graph(30, 60 + 10 * seed, seed=seed)
    names = ("ورشة", "Café", "a")
    named = nx.relabel_nodes(graph, {node: f"{names[node % 3]}{node:02d}" for node in graph})
    for order, (_, _, data) in enumerate(named.edges(data=True)):
        data["weight"] = 1.0 + 0.1 * (order % 7)
    network = Network.from_networkx(named)
    for name in METHODS:
        found = find_clusters(network, name, seed=seed)
        digest.update(name.encode() + found.codes.tobytes() + found.member_certainty.tobytes())
print(digest.hexdigest())
"""


# In the usual suite tests/test_flow.py and tests/detect/test_natural.py say so of a study and of the default method.
@pytest.mark.slow
def test_I09_another_process_with_other_hashes_and_threads_finds_the_same():
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
    given_environments = [
        {"PYTHONHASHSEED": "0", **dict.fromkeys(threads, "1"), "LC_ALL": "C"},
        {"PYTHONHASHSEED": "4242", **dict.fromkeys(threads, "2"), "CLUSTERNET_WORKERS": "2", "TZ": "Asia/Baghdad"},
    ]
    running = [
        subprocess.Popen(
            [sys.executable, "-X", "utf8", "-c", _DIGEST], env={**os.environ, **more}, stdout=subprocess.PIPE, text=True
        )
        for more in given_environments
    ]
    told = [process.communicate()[0].strip() for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert told[0] == told[1]
    assert len(told[0]) == hashlib.sha256().digest_size * 2


@every_method
def test_I10_the_scale_of_weights_leaves_no_trace(name):
    def check(found, scale):
        before, after = (find_clusters(found.network(scale=factor), name, seed=2) for factor in (1.0, scale))
        assert before.codes.tobytes() == after.codes.tobytes()
        assert before.member_certainty.tobytes() == after.member_certainty.tobytes()

    scales = st.sampled_from([1e-6, 1 / 3, 3.7, 1e6])
    settings(max_examples=examples(EXAMPLES[name]))(given(links(most=16), scales)(check))()


@every_method
def test_I11_an_isolated_enterprise_changes_no_other_membership(name):
    def check(found, place):
        before = find_clusters(found.network(), name, seed=3).labels
        more = Links([*found.nodes[:place], "- alone", *found.nodes[place:]], [])
        table = found.frame()
        network = Network.from_edges(
            table["source"].to_numpy(object), table["target"].to_numpy(object), table["weight"], nodes=more.nodes
        )
        after = find_clusters(network, name, seed=3).labels
        assert after["- alone"] == -1
        pd.testing.assert_series_equal(after.drop("- alone"), before)

    settings(max_examples=examples(EXAMPLES[name]))(given(links(most=16), st.integers(0, 16))(check))()


@every_method
def test_I13_two_networks_side_by_side_are_clustered_as_each_alone(name):
    def check(one, other):
        ends = [(f"{prefix}{s}", f"{prefix}{t}", w) for prefix, part in (("A", one), ("B", other))
                for s, t, w in part.frame().itertuples(index=False)]  # fmt: skip
        nodes = [f"A{node}" for node in one.nodes] + [f"B{node}" for node in other.nodes]
        table = pd.DataFrame(ends, columns=["source", "target", "weight"])
        both = Network.from_edges(
            *(table[end].to_numpy(object) for end in ("source", "target")), table["weight"], nodes=nodes
        )
        joint = members(find_clusters(both, name, seed=4))
        alone = [
            {
                frozenset(prefix + member for member in group)
                for group in members(find_clusters(part.network(), name, seed=4))
            }
            for prefix, part in (("A", one), ("B", other))
        ]
        assert joint == alone[0] | alone[1]

    settings(max_examples=examples(EXAMPLES[name]))(given(links(most=12), links(most=12))(check))()


@settings(max_examples=examples(12))
@given(links(most=20), st.data())
def test_I07_the_sums_of_any_partition_cover_every_link_once(found, data):
    network = found.network()
    codes = data.draw(st.lists(st.integers(-1, 3), min_size=len(found.nodes), max_size=len(found.nodes)))
    c = ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, codes))
    in_none = sum(
        c.cluster_of[one] < 0 and c.cluster_of[other] < 0
        for one, other in zip(network.flat.first, network.flat.second, strict=True)
    )
    ends_leaving = c.pairs_boundary.sum()
    to_nobody = sum(
        (c.cluster_of[one] < 0) != (c.cluster_of[other] < 0)
        for one, other in zip(network.flat.first, network.flat.second, strict=True)
    )
    between = (ends_leaving - to_nobody) / 2
    assert c.pairs_inside.sum() + between + to_nobody + in_none == len(network.flat)
