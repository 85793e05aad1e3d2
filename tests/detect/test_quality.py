"""Figures of a partition against networkx, igraph and plain sums."""

import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networkx.algorithms.community import modularity as nx_modularity
from networkx.algorithms.community import partition_quality

from clusternet.detect import FIGURES, partition_figures
from clusternet.detect.quality import potts_quality
from clusternet.model import ClusteredNetwork, Network, Partition
from tests.strategies import labels, tables


@st.composite
def clustered(draw):
    network = Network.from_tables(**draw(tables(least=2, most=9)))
    return network, Partition.from_labels(network.enterprise_ids, draw(labels(network.n_enterprises)))


def groups(network, partition):
    """Every node in one group, those in no cluster alone."""
    codes = ClusteredNetwork(network, partition).cluster_of
    alone = [{int(node)} for node in np.flatnonzero(codes < 0)]
    return [set(np.flatnonzero(codes == k).tolist()) for k in range(partition.n_clusters)] + alone


@settings(max_examples=60)
@given(clustered())
def test_agrees_with_networkx_and_igraph(made):
    network, partition = made
    value = partition_figures(network, partition)["value"]
    parts = groups(network, partition)
    graph = nx.Graph()
    graph.add_nodes_from(range(network.n_nodes))
    flat = network.flat
    graph.add_weighted_edges_from(zip(flat.first.tolist(), flat.second.tolist(), flat.weight.tolist(), strict=True))
    if len(flat) == 0:
        assert np.isnan(value["modularity"])
        assert np.isnan(value["coverage"])
        return
    assert value["modularity"] == pytest.approx(nx_modularity(graph, parts, weight="weight"), abs=1e-9)
    membership = [next(place for place, part in enumerate(parts) if node in part) for node in range(network.n_nodes)]
    assert value["modularity"] == pytest.approx(network.to_igraph().modularity(membership, weights="weight"), abs=1e-9)
    coverage, performance = partition_quality(graph, parts)
    assert value["coverage"] == pytest.approx(coverage, abs=1e-9)
    assert value["performance"] == pytest.approx(performance, abs=1e-9)


def divergence(q, p):
    return sum(a * math.log(a / b) for a, b in ((q, p), (1 - q, 1 - p)) if a > 0)


@settings(max_examples=60)
@given(clustered())
def test_agrees_with_plain_sums(made):
    network, partition = made
    value = partition_figures(network, partition)["value"]
    n, m = network.n_nodes, len(network.flat)
    parts = groups(network, partition)
    ends = list(zip(network.flat.first.tolist(), network.flat.second.tolist(), strict=True))
    inside = [sum(a in part and b in part for a, b in ends) for part in parts]
    pairs = [math.comb(len(part), 2) for part in parts]
    q = sum(inside) / m if m else 0
    expected = m * divergence(q, sum(pairs) / math.comb(n, 2)) if m else 0
    assert value["surprise"] == pytest.approx(expected, abs=1e-9)
    density = m / math.comb(n, 2)
    expected = sum(p * divergence(e / p, density) for e, p in zip(inside, pairs, strict=True) if p)
    assert value["significance"] == pytest.approx(expected, abs=1e-9)
    weight = sum(
        w for (a, b), w in zip(ends, network.flat.weight, strict=True) if any(a in p and b in p for p in parts)
    )
    assert potts_quality(ClusteredNetwork(network, partition), 0.3) == pytest.approx(weight - 0.3 * sum(pairs))
    mean = network.flat.total / math.comb(n, 2)
    assert value["cpm"] == pytest.approx(weight - mean * sum(pairs), rel=1e-9, abs=1e-6)


@settings(max_examples=40)
@given(clustered())
def test_figures_stay_in_the_range_of_their_cards(made):
    table = partition_figures(*made)
    known = table[table["value"].notna()]
    assert (known["value"] >= known["low"] - 1e-9).all()
    assert (known["value"] <= known["high"] + 1e-9).all()


def test_cards_are_complete():
    for figure in FIGURES.values():
        card = figure.card
        assert card.name == figure.function.__name__
        assert all((card.label, card.formula, card.unit, card.undefined, card.reference, card.sentence))


def test_a_network_of_one_is_undefined():
    network = Network.from_edges([], [], nodes=["a"])
    assert partition_figures(network, Partition.from_labels(network.enterprise_ids, [0]))["value"].isna().all()
