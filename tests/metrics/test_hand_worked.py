"""Values that were worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from clusternet.metrics import METRICS
from clusternet.model import ClusteredNetwork, Network, Partition, Settings

# Two triangles, a-b-c and d-e-f, joined by the bridge c-d; the bridge has the weight 2.
BRIDGE = [("a", "b", 1), ("b", "c", 1), ("a", "c", 1), ("d", "e", 1), ("e", "f", 1), ("d", "f", 1), ("c", "d", 2)]


def seen(edges, labels, **columns):
    source, target, weight = zip(*edges, strict=True)
    network = Network.from_edges(source, target, weight, nodes=sorted(labels))
    return ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, labels))


@pytest.fixture(scope="module")
def triangles():
    return seen(BRIDGE, {letter: int(letter > "c") for letter in "abcdef"})


@pytest.mark.parametrize(
    ("name", "value"),
    {
        "density": 1.0,
        "internal_strength": 2.0,
        "conductance": 2 / 8,
        "cut_ratio": 1 / 9,
        "average_out_share": (0 + 0 + 2 / 4) / 3,
        "worst_out_share": 0.5,
        "flake_share": 0.0,
        "ei_index": (1 - 3) / 4,
        "separability": 3.0,
        "modularity_contribution": 3 / 8 - (8 / 16) ** 2,
        "transitivity": 1.0,
        "triangle_participation": 1.0,
        "structural_cohesion": 2.0,
        "algebraic_connectivity": 3.0,
        "reach_efficiency": 1.0,
        "largest_component_share": 1.0,
        "inner_conductance": 1.0,
        "centralisation": 0.0,
    }.items(),
)
def test_two_triangles_and_a_bridge(triangles, name, value):
    np.testing.assert_allclose(METRICS[name](triangles), [value, value], rtol=1e-12)


def test_star_of_five():
    star = seen([("a", letter, 1) for letter in "bcde"], dict.fromkeys("abcde", 0))
    assert METRICS["centralisation"](star)[0] == 1
    assert METRICS["core_periphery_fit"](star)[0] == pytest.approx(1)
    assert METRICS["structural_cohesion"](star)[0] == 1
    assert METRICS["transitivity"](star)[0] == 0
    assert METRICS["reach_efficiency"](star)[0] == pytest.approx((4 * 1 + 6 * 0.5) / 10)
    assert METRICS["algebraic_connectivity"](star)[0] == pytest.approx(1)


def test_suppliers_and_buyers_are_complementary_and_not_transitive():
    bipartite = seen([(a, b, 1) for a in "abc" for b in "xyz"], dict.fromkeys("abcxyz", 0))
    assert METRICS["structural_complementarity"](bipartite)[0] == 1
    assert METRICS["transitivity"](bipartite)[0] == 0


def test_a_clique_is_transitive_and_not_complementary():
    clique = seen([(a, b, 1) for a in "abcde" for b in "abcde" if a < b], dict.fromkeys("abcde", 0))
    assert METRICS["structural_complementarity"](clique)[0] == 0
    assert METRICS["transitivity"](clique)[0] == 1


@pytest.fixture(scope="module")
def workshop():
    """Four workshops: one offers 6 boards, two need 4 and 5 boards; one of these also offers 3. A chain of four products."""
    enterprises = pd.DataFrame(
        {
            "enterprise_id": list("abcd"),
            "stage": ["sawing", None, "joining", None],
            "workers": [2, 3, None, 5],
            "women_workers": [1, 0, None, 2],
            "monthly_income": [100, 100, 100, 500],
            "formal": ["yes", "no", "no", None],
            "respondent": ["yes", "yes", "yes", "no"],
        }
    )
    linkages = pd.DataFrame(
        {
            "source": ["a", "a", "b", "b", "a", "c"],
            "target": ["b", "c", "a", "Stranger", "b", "b"],
            "layer": ["supply", "supply", "stock", "supply", "stock", "technology"],
            "weight": [2.0, 1.0, 1.0, 1.0, 3.0, 1.0],
            "reporter": ["a", "c", "b", "b", "a", "c"],
        }
    )
    resources = pd.DataFrame(
        {
            "enterprise_id": ["a", "b", "c", "c", "d", "d"],
            "resource": ["boards", "boards", "boards", "boards", "paint", "chairs"],
            "role": ["offer", "need", "need", "offer", "need", "offer"],
            "quantity": [6.0, 4.0, 5.0, 3.0, 2.0, 1.0],
            "unit": "piece",
        }
    )
    recipes = pd.DataFrame(
        {
            "product": ["chairs", "chairs", "frames", "boards", "seats"],
            "stage": ["assembly", "assembly", "joining", "sawing", "weaving"],
            "input": ["frames", "seats", "boards", "logs", "straw"],
            "quantity": [1.0, 1.0, 4.0, 0.1, 1.0],
        }
    )
    network = Network.from_tables(enterprises, linkages, resources, recipes, settings=Settings(poverty_line=150))
    return ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, dict.fromkeys("abcd", 0)))


@pytest.mark.parametrize(
    ("name", "value"),
    {
        # boards: 9 needed, 9 offered, but around c only 4 needed and 6 offered: 9 covered at most, min(9, 9, 10) = 9; paint: 0 of 2.
        "need_coverage": (9 / 9 + 0) / 2,
        # a offers what b and c need, c offers what b needs: 3 of 12 ordered pairs.
        "fit_density": 3 / 12,
        # chairs need frames, seats and boards; nobody weaves seats.
        "stage_coverage": 3 / 4,
        "jobs": 10,
        "women_share": 3 / 10,
        "income_mean": 200,
        # |differences|: three pairs of 400, each counted twice; 2 * 16 * 200 below.
        "income_gini": 6 * 400 / (2 * 16 * 200),
        "poverty_share": 3 / 4,
        "formal_share": 1 / 3,
        "response_rate": 3 / 4,
        # ties inside whose ends answered: supply a-b, supply a-c, stock a-b (both reported), technology b-c.
        "confirmed_share": 1 / 4,
        # glue ties: stock a-b (both), technology b-c.
        "glue_confirmed": 1 / 2,
        "glue_reach": 3 / 4,
        "glue_density": 2 / 6,
        "glue_breadth": 1 / 2,
        # glue a-b, b-c; trade a-b, a-c.
        "glue_overlap": 1 / 3,
        # linked pairs a-b, a-c, b-c, b-Stranger.
        "outside_share": 1 / 4,
        "reciprocity": 0.0,
        # weights: a-b 2 + mean(1, 3) = 4, a-c 1, b-c 1; b-Stranger 1 leaves.
        "internal_strength": 2 * 6 / 4,
        "conductance": 1 / 1,
    }.items(),
)
def test_workshops(workshop, name, value):
    assert METRICS[name](workshop)[0] == pytest.approx(value)


def test_a_member_cannot_serve_its_own_need():
    network = Network.from_tables(
        pd.DataFrame({"enterprise_id": ["a", "b"]}),
        pd.DataFrame({"source": ["a"], "target": ["b"]}),
        pd.DataFrame(
            {"enterprise_id": ["a", "a"], "resource": "wood", "role": ["need", "offer"], "quantity": [5.0, 5.0]}
        ),
    )
    both = ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, {"a": 0, "b": 0}))
    assert METRICS["need_coverage"](both)[0] == 0
    assert METRICS["fit_density"](both)[0] == 0


def trading(flows, members):
    source, target, weight = zip(*flows, strict=True)
    network = Network.from_edges(source, target, weight, layer="supply", nodes=sorted(set(members)))
    labels = {node: 0 if node in members else -1 for node in network.enterprise_ids}
    return ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, labels))


def test_a_perfect_chain_is_coherent_and_has_no_circle():
    chain = trading([("a", "b", 3.0), ("b", "c", 1.0), ("b", "d", 2.0)], "abcd")
    assert METRICS["trophic_coherence"](chain)[0] == pytest.approx(1, abs=1e-12)
    assert METRICS["cyclicity"](chain)[0] == 0
    assert METRICS["finn_cycling"](chain)[0] == 0


def test_a_circle_is_not_coherent_and_everything_returns():
    circle = trading([("a", "b", 2.0), ("b", "c", 2.0), ("c", "a", 2.0)], "abc")
    assert METRICS["trophic_coherence"](circle)[0] == pytest.approx(0, abs=1e-12)
    assert METRICS["cyclicity"](circle)[0] == pytest.approx(2)
    assert METRICS["finn_cycling"](circle)[0] == 1


def test_a_circle_with_an_exit():
    """a and b trade 1 each way, and a sells 1 more to x: a passes 2 on (1 bought, 1 imported), b passes 1 on.

    Half of what passes through a comes from b, and all that b has comes from a: half of both has been there before.
    """
    circle = trading([("a", "b", 1.0), ("b", "a", 1.0), ("a", "x", 1.0)], "ab")
    assert METRICS["finn_cycling"](circle)[0] == pytest.approx((2 * 0.5 + 1 * 0.5) / 3)
    assert METRICS["cyclicity"](circle)[0] == pytest.approx(1)


@pytest.fixture(scope="module")
def street():
    """Four workshops in a row, each linked to the next, with trades, places, energy and needs."""
    enterprises = pd.DataFrame(
        {
            "enterprise_id": list("abcd"),
            "sector": ["3100", "3109", "3100", "1610"],
            "workers": [4, 2, 2, 8],
            "energy_use": [10.0, None, 30.0, 40.0],
            "latitude": [0.0, 0.0, 0.0, None],
            "longitude": [0.0, 1.0, 3.0, 0.0],
        }
    )
    linkages = pd.DataFrame(
        {
            "source": ["a", "b", "c", "d"],
            "target": ["b", "c", "d", "Stranger"],
            "layer": "supply",
            "weight": [3.0, 1.0, 5.0, 3.0],
        }
    )
    resources = pd.DataFrame(
        [
            ("a", "wood", "offer", 2.0, "material"),
            ("b", "wood", "offer", 1.0, "material"),
            ("b", "wood", "need", 1.0, "material"),
            ("c", "wood", "need", 3.0, "material"),
            ("c", "power", "offer", 1.0, "energy"),
            ("a", "power", "need", 2.0, "energy"),
            ("d", "sawdust", "need", 1.0, "byproduct"),
        ],
        columns=["enterprise_id", "resource", "role", "quantity", "factor"],
    )
    network = Network.from_tables(enterprises, linkages, resources)
    return ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, dict.fromkeys("abcd", 0)))


@pytest.mark.parametrize(
    ("name", "value"),
    {
        # Shares 6/16 (3100), 2/16 (3109), 8/16 (1610): furniture is 1/2, of which 3/4 and 1/4.
        "related_variety": 0.5 * (0.75 * np.log2(4 / 3) + 0.25 * 2),
        "unrelated_variety": 1.0,
        # 3100-3109 share a group (1/4), both share a section with 1610 (3/4).
        "rao_diversity": 2 * (0.25 * 6 / 16 * 2 / 16 + 0.75 * 6 / 16 * 8 / 16 + 0.75 * 2 / 16 * 8 / 16),
        # a-b 1 degree with weight 3, b-c 2 degrees with weight 1; d has no place.
        "sourcing_distance_km": (3 * 1 + 1 * 2) / 4 * 6371.0088 * np.pi / 180,
        "energy_per_worker": 80 / 14,
        # Of 12 in trade, 3 go to the stranger.
        "leakage": 3 / 12,
        "cut_member_share": 2 / 4,
        # wood 3 of 4 (3 offered; around b 3 + 2), power 1 of 2, sawdust 0 of 1.
        "need_coverage": (3 / 4 + 1 / 2 + 0) / 3,
        "material_coverage": 3 / 4,
        "energy_coverage": 1 / 2,
        "byproduct_reuse": 0.0,
        # wood has two who offer it, power one.
        "capability_redundancy": 1 / 2,
        # a fits b and c with wood, b fits c, c fits a with power: a-b, a-c, b-c; only a-c both ways.
        "fit_balance": 1 / 3,
        # a-b and b-c are linked.
        "realised_fit": 2 / 3,
        # Without c: wood 1 of b served by a, sawdust 0: 1/2. Without a: wood min(4, 1, around b 3) = 1 of 4, sawdust 0: 1/8.
        "worst_loss": (5 / 12 - 1 / 8) / (5 / 12),
    }.items(),
)
def test_a_street_of_workshops(street, name, value):
    assert METRICS[name](street)[0] == pytest.approx(value, rel=1e-12)


def test_conductance_keeps_its_digits_where_a_cluster_holds_nearly_all_weight():
    # Outside the pair lie 1e-5 (the tie that leaves) and one end of it: rest = 1e-5, so all of it leaves.
    network = Network.from_edges(["a", "b"], ["b", "c"], [437831.01064, 1e-5])
    pair = Partition.from_labels(network.enterprise_ids, [0, 0, -1])
    assert METRICS["conductance"](ClusteredNetwork(network, pair)).tolist() == [pytest.approx(1.0, abs=1e-12)]
