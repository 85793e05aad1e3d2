"""Roles against plain loops, and by hand."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusternet.inference.roles import gatekeeping, member_roles, participation, with_roles, within_score
from clusternet.metrics import METRICS, score
from clusternet.model import ClusteredNetwork, Network, Partition
from clusternet.model.scores import MEMBER_COLUMNS, ROLES
from tests.strategies import labels, tables


@st.composite
def clustered(draw):
    given_tables = draw(tables(least=1, most=9))
    network = Network.from_tables(**given_tables)
    return ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, draw(labels(network.n_enterprises))))


@settings(max_examples=60)
@given(clustered())
def test_figures_agree_with_plain_loops(c):
    n, codes = c.network.n_enterprises, c.partition.codes
    partners = [[int(j) for j in c.network.flat.matrix[[i], :].indices if j < n and codes[j] >= 0] for i in range(n)]
    inside = [sum(codes[j] == codes[i] for j in partners[i]) if codes[i] >= 0 else 0 for i in range(n)]
    for i in range(n):
        if codes[i] < 0:
            assert np.isnan(within_score(c)[i])
        else:
            peers = [inside[j] for j in range(n) if codes[j] == codes[i]]
            z = 0 if np.std(peers) == 0 else (inside[i] - np.mean(peers)) / np.std(peers)
            assert within_score(c)[i] == pytest.approx(z, abs=1e-9)
        spread = [sum(codes[j] == k for j in partners[i]) for k in range(c.k)]
        expected = 1 - sum((part / len(partners[i])) ** 2 for part in spread) if partners[i] else np.nan
        assert participation(c)[i] == pytest.approx(expected, nan_ok=True)
    arcs = {
        (int(s), int(t))
        for s, t, place in zip(c.network.ties.source, c.network.ties.target, c.network.ties.layer, strict=True)
        if c.network.layers[place].directed and s < n and t < n and codes[s] >= 0 and codes[t] >= 0
    }
    for j in range(n):
        ways = sum(
            (i, j) in arcs and (j, end) in arcs and (i, end) not in arcs and codes[i] != codes[j] == codes[end]
            for i in range(n)
            for end in range(n)
            if len({i, j, end}) == 3
        )
        assert gatekeeping(c)[j] == ways
    table = member_roles(c)
    assert set(table["role"]) <= {*ROLES, ""}
    assert (table["role"].eq("") <= table["cluster"].eq(-1)).all()


def test_every_role_by_hand():
    # Two cliques; o is the only way from the second into the first; x is torn between three; n has nobody.
    edges = [*nx.complete_graph(list("abcd")).edges, *nx.complete_graph(list("efgh")).edges]
    edges += [(*pair,) for pair in ("oa", "ob", "eo")] + [("x", "a"), ("x", "e"), ("x", "p"), ("p", "q"), ("y", "q")]
    edges += [("y", "e"), ("y", "f")]
    source, target = zip(*edges, strict=True)
    network = Network.from_edges(source, target, directed=True, nodes=list("n"))
    home = dict.fromkeys("abcdo", 0) | dict.fromkeys("efgh", 1) | dict.fromkeys("pqxy", 2) | {"n": -1}
    c = ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, home))
    role = member_roles(c).set_index("enterprise_id")["role"]
    assert role["n"] == "isolated"
    assert role["x"] == "bridge"
    assert role["o"] == "gatekeeper"
    assert role["y"] == "boundary"
    assert role["b"] == "member"


def test_hub_of_a_star_and_who_is_in_no_cluster():
    star = Network.from_networkx(nx.star_graph(12))
    alone = {str(place): 0 if place < 12 else -1 for place in range(13)}
    c = ClusteredNetwork(star, Partition.from_labels(star.enterprise_ids, alone))
    role = member_roles(c).set_index("enterprise_id")["role"]
    assert role["0"] == "hub"
    assert role["12"] == ""


def test_roles_enter_the_scores():
    network = Network.from_edges(list("abcdefc"), list("bcaefdd"))
    c = ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, [0, 0, 0, 1, 1, 1]))
    scores = with_roles(score(c, METRICS.values()), c)
    assert list(scores.members.columns) == list(MEMBER_COLUMNS)
    pd.testing.assert_series_equal(scores.members["role"], member_roles(c)["role"])


def test_an_empty_network():
    network = Network.from_edges([], [])
    c = ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, []))
    assert len(member_roles(c)) == 0
