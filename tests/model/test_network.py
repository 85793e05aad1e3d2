import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusternet.errors import InputError
from clusternet.model import Layer, Network, Settings
from tests.strategies import tables

FIRMS = pd.DataFrame({"enterprise_id": ["b", "a", "c"], "respondent": ["yes", "yes", "no"]})


def network(rows, **options):
    linkages = pd.DataFrame(rows, columns=["source", "target", "layer", "weight", "reporter"])
    return Network.from_tables(FIRMS, linkages, **options)


def ties(found):
    return {(row.source, row.target, row.layer): (row.weight, row.n_reports) for row in found.linkages.itertuples()}


def test_rows_of_one_reporter_are_summed_and_reports_of_two_averaged():
    found = network([("a", "b", "supply", 2, "a"), ("a", "b", "supply", 3, "a"), ("a", "b", "supply", 1, "b")])
    assert ties(found) == {("a", "b", "supply"): (3.0, 2)}


def test_undirected_ends_are_sorted_and_directed_ones_kept():
    found = network(
        [
            ("b", "a", "stock", 1, "b"),
            ("a", "b", "stock", 1, "a"),
            ("b", "a", "supply", 1, "b"),
            ("a", "b", "supply", 4, "a"),
        ]
    )
    assert ties(found) == {
        ("a", "b", "stock"): (1.0, 2),
        ("b", "a", "supply"): (1.0, 1),
        ("a", "b", "supply"): (4.0, 1),
    }
    assert len(found.flat) == 1
    assert found.flat.weight.tolist() == [6.0]


def test_intersection_keeps_what_both_reported_and_what_one_end_could_not_report():
    rows = [
        ("a", "b", "stock", 1, "a"),
        ("a", "c", "stock", 1, "a"),
        ("a", "Outside", "stock", 1, "a"),
        ("a", "b", "labour", 1, "a"),
        ("a", "b", "labour", 1, "b"),
    ]
    found = network(rows, ties="intersection")
    assert set(ties(found)) == {("a", "c", "stock"), ("a", "Outside", "stock"), ("a", "b", "labour")}
    assert found.dropped["unconfirmed"] == 1


def test_where_only_the_source_was_asked_a_tie_is_confirmed_by_its_return():
    rows = [("a", "b", "knowledge", 1, "a"), ("b", "a", "knowledge", 1, "b"), ("a", "c", "knowledge", 1, "a")]
    firms = FIRMS.assign(respondent="yes")
    linkages = pd.DataFrame(rows, columns=["source", "target", "layer", "weight", "reporter"])
    strict = Network.from_tables(firms, linkages, ties="intersection")
    assert len(strict.flat) == 0
    asked = Settings(layers={"knowledge": Layer("knowledge", "Advice", "glue", directed=True, asked="source")})
    loose = Network.from_tables(firms, linkages, settings=asked, ties="intersection")
    assert len(loose.flat) == 1
    assert loose.ties.confirmed.all()


def test_rivalry_and_layers_of_weight_zero_are_not_in_the_flat_network():
    rows = [("a", "b", "rivalry", 1, "a"), ("a", "c", "stock", 2, "a"), ("b", "c", "labour", 2, "b")]
    found = network(
        rows,
        settings=Settings(
            layers={
                "labour": Layer("labour", "", "factor", weight=0.0),
                "stock": Layer("stock", "", "glue", weight=2.5),
            }
        ),
    )
    assert found.flat.weight.tolist() == [5.0]
    assert len(found.ties) == 3


def test_outside_partners_are_nodes_behind_the_register():
    found = network([("a", "Zed & Sons", "supply", 1, "a"), ("Ali", "b", "supply", 1, None)])
    assert found.node_ids.tolist() == ["a", "b", "c", "Ali", "Zed & Sons"]
    assert found.n_enterprises == 3
    assert found.answered.tolist() == [True, True, False, False, False]
    assert found.ties.n_reports.tolist() == [1, 1]


def test_self_links_and_zero_weights_are_left_out_and_counted():
    found = network([("a", "a", "stock", 1, "a"), ("a", "b", "stock", 0, "a")])
    assert len(found.ties) == 0
    assert dict(found.dropped) == {"self_links": 1, "zero_weights": 1, "unconfirmed": 0}


@pytest.mark.parametrize("weight", [float("nan"), float("inf"), -1.0, 1.7e308])
def test_bad_weights_are_refused(weight):
    with pytest.raises(InputError, match="weights are not finite"):
        Network.from_edges(["a", "b"], ["b", "c"], [weight, weight])


@pytest.mark.parametrize(
    ("rows", "match"),
    [
        ([("a", "b", "gossip", 1, "a")], "gossip"),
        ([("X", "Y", "stock", 1, None)], "outside the register"),
        ([("a", "b", "stock", 1, "nobody")], "not in the register"),
    ],
)
def test_impossible_rows_are_refused(rows, match):
    with pytest.raises(InputError, match=match):
        network(rows)


def test_repeated_enterprises_are_refused():
    with pytest.raises(InputError, match="more than once"):
        Network.from_tables(pd.DataFrame({"enterprise_id": ["a", "a"]}), pd.DataFrame({"source": [], "target": []}))


@given(tables())
def test_i05_every_enterprise_stays_and_strengths_add_up(found):
    net = Network.from_tables(**found)
    assert net.n_enterprises == len(found["enterprises"])
    np.testing.assert_allclose(net.flat.strength.sum(), 2 * net.flat.total)
    assert (net.flat.first < net.flat.second).all()


@given(tables(), st.integers(0, 10))
def test_i01_order_of_rows_and_ends_changes_no_bit(found, seed):
    directed = {"supply", "subcontracting", "knowledge"}
    before = Network.from_tables(**found)
    linkages = found["linkages"].sample(frac=1, random_state=seed)
    # A row whose reporter is left out is reported by its source, so it is spelled out before the ends are swapped.
    firms = set(found["enterprises"]["enterprise_id"])
    reporter = linkages["reporter"].where(
        linkages["reporter"].notna(), linkages["source"].where(linkages["source"].isin(firms), linkages["target"])
    )
    swap = ~linkages["layer"].isin(directed)
    swapped = linkages.assign(
        reporter=reporter,
        source=linkages["source"].mask(swap, linkages["target"]),
        target=linkages["target"].mask(swap, linkages["source"]),
    )
    after = Network.from_tables(
        found["enterprises"].sample(frac=1, random_state=seed), swapped, found["resources"], found["recipes"]
    )
    pd.testing.assert_frame_equal(before.linkages, after.linkages)
    assert before.flat.weight.tobytes() == after.flat.weight.tobytes()


@given(tables())
def test_round_trip_through_networkx_and_igraph(found):
    net = Network.from_tables(**found)
    flat = Network.from_networkx(net.to_networkx())
    assert {(*sorted(e[:2]), round(e[2]["weight"], 9)) for e in net.to_networkx().edges(data=True)} == {
        (*sorted(e[:2]), round(e[2]["weight"], 9)) for e in flat.to_networkx().edges(data=True)
    }
    again = Network.from_igraph(net.to_igraph())
    assert len(again.flat) == len(net.flat)
    assert set(again.enterprise_ids) == set(net.node_ids)
    layered = net.to_networkx(layered=True)
    assert layered.number_of_edges() == len(net.ties)


def test_differential_strength_and_components_with_networkx():
    graph = nx.gnm_random_graph(60, 70, seed=3)
    net = Network.from_networkx(graph)
    assert {i: int(d) for i, d in zip(net.node_ids, net.flat.degree, strict=True)} == {
        str(n): d for n, d in graph.degree
    }
    assert net.flat.components.max() + 1 == nx.number_connected_components(graph)
    np.testing.assert_array_equal(
        net.to_sparse().toarray(), nx.to_numpy_array(graph, nodelist=[int(i) for i in net.node_ids])
    )


def test_graphs_keep_attributes_layers_and_directions():
    graph = nx.MultiDiGraph()
    graph.add_node("x", sector="3100", workers="7")
    graph.add_edge("x", "y", layer="supply", weight=2.0)
    graph.add_edge("y", "x", layer="friends")
    net = Network.from_networkx(graph)
    assert [(layer.name, layer.directed, layer.family) for layer in net.layers] == [
        ("friends", True, "general"),
        ("supply", True, "trade"),
    ]
    assert net.enterprises.loc[0, "sector"] == "3100"
    assert net.enterprises.loc[0, "workers"] == 7
    assert net.linkages["n_reports"].tolist() == [0, 0]
    assert net.to_sparse(layer="supply").toarray().tolist() == [[0, 2], [0, 0]]
    with pytest.raises(InputError, match="no layer"):
        net.to_sparse(layer="suply")


def test_ids_that_look_alike_are_refused():
    graph = nx.Graph()
    graph.add_edge(1, "1")
    with pytest.raises(InputError, match="written alike"):
        Network.from_networkx(graph)


def test_a_network_is_frozen():
    net = network([("a", "b", "stock", 1, "a")])
    with pytest.raises(AttributeError):
        net.ledger = None
    with pytest.raises(ValueError, match="read-only"):
        net.flat.weight[0] = 5
    with pytest.raises(ValueError, match="read-only"):
        net.ties.source[0] = 5
    handed = net.linkages
    handed["weight"] = 99.0
    assert net.linkages["weight"].tolist() == [1.0]
    register = net.enterprises
    register.loc[0, "name"] = "changed"
    assert net.enterprises.loc[0, "name"] == "a"


def test_from_edges_says_where_it_comes_from():
    step = Network.from_edges(["a"], ["b"]).provenance.steps[0]
    assert step.verb == "from_edges"
    assert step.arguments["directed"] is False
