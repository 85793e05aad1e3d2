"""The layer of proximity: who is linked, how strongly, and what it adds to detection."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusternet.detect import find_clusters
from clusternet.detect.agreement import compare_partitions
from clusternet.detect.layers import layer_quality
from clusternet.detect.proximity import with_proximity
from clusternet.errors import InputError
from clusternet.inference.rewiring import bundles, rewired
from clusternet.model import STANDARD_LAYERS, Layer, Network
from clusternet.model.distance import EARTH_RADIUS_KM, great_circle_km
from tests.strategies import tables

#: One degree of the equator, in km.
DEGREE = math.radians(1) * EARTH_RADIUS_KM
NO_LINKAGES = pd.DataFrame({"source": [], "target": [], "layer": []}, dtype="str")


def register(latitude, longitude):
    ids = [f"E{place:03d}" for place in range(len(latitude))]
    return pd.DataFrame({"enterprise_id": ids, "latitude": latitude, "longitude": longitude})


def placed(latitude, longitude, linkages=NO_LINKAGES):
    return Network.from_tables(register(latitude, longitude), linkages)


def near(network):
    """Return the pairs of the layer with their weights."""
    rows = network.linkages.query("layer == 'proximity'")
    return {(a, b): w for a, b, w in zip(rows["source"], rows["target"], rows["weight"], strict=True)}


def test_hand_worked():
    # On the equator at 0, 1, 3 and 7 degrees, one nearest each: 0-1, 1-0, 3-1, 7-3.
    found = near(with_proximity(placed([0.0] * 4, [0.0, 1.0, 3.0, 7.0]), nearest=1))
    # The next places are 1, 1, 2 and 4 degrees off; the median 1.5 halves the weight.
    expected = {
        ("E000", "E001"): 0.5 ** (1 / 1.5),
        ("E001", "E002"): 0.5 ** (2 / 1.5),
        ("E002", "E003"): 0.5 ** (4 / 1.5),
    }
    assert found == pytest.approx(expected)


def test_half_and_largest_distance_are_kept():
    network = placed([0.0] * 4, [0.0, 1.0, 3.0, 7.0])
    found = near(with_proximity(network, nearest=1, half_distance_km=2 * DEGREE, largest_distance_km=3 * DEGREE))
    assert found == pytest.approx({("E000", "E001"): 0.5**0.5, ("E001", "E002"): 0.5})
    # Beyond twenty half distances nothing is left of a link.
    found = near(with_proximity(network, nearest=1, half_distance_km=DEGREE / 15))
    assert found == pytest.approx({("E000", "E001"): 0.5**15})


def test_one_place_weighs_1_and_goes_around():
    found = near(with_proximity(placed([30.0] * 6, [31.0] * 6), nearest=2))
    assert set(found.values()) == {1.0}
    ring = {tuple(sorted((f"E{a:03d}", f"E{(a + step) % 6:03d}"))) for a in range(6) for step in (1, 2)}
    assert set(found) == ring


def test_ties_follow_the_own_position():
    # A cross: the middle has four neighbours equally near, and takes the one after itself.
    network = placed([0.0, 1.0, 0.0, -1.0, 0.0], [-1.0, 0.0, 0.0, 0.0, 1.0])
    found = near(with_proximity(network, nearest=1))
    assert set(found) == {("E000", "E002"), ("E001", "E002"), ("E002", "E003"), ("E002", "E004")}


def brute_force(latitude, longitude, nearest):
    """Rank all others by distance, then by position from the own one onward."""
    n = len(latitude)
    pairs = set()
    for i in range(n):
        distance = great_circle_km(np.full(n, latitude[i]), np.full(n, longitude[i]), latitude, longitude)
        ranked = sorted((j for j in range(n) if j != i), key=lambda j: (round(distance[j], 6), (j - i) % n))
        pairs |= {(min(i, j), max(i, j)) for j in ranked[:nearest]}
    return pairs


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(-2, 2), st.integers(-3, 3)), min_size=1, max_size=16),
    st.integers(1, 6),
)
def test_agrees_with_ranking_everybody(grid, nearest):
    # Many share a place or a distance here: whole degrees around the equator.
    latitude, longitude = (np.array([point[axis] for point in grid], dtype=float) for axis in (0, 1))
    network = with_proximity(placed(latitude, longitude), nearest=nearest, half_distance_km=1000.0)
    found = {(int(a[1:]), int(b[1:])) for a, b in near(network)}
    assert found == brute_force(latitude, longitude, nearest)


@settings(max_examples=40)
@given(tables(most=10), st.integers(0, 5), st.integers(1, 4))
def test_order_of_rows_leaves_no_trace_and_canonical_form_is_kept(found, seed, nearest):
    network = with_proximity(Network.from_tables(**found), nearest=nearest)
    shuffled = {name: table.sample(frac=1, random_state=seed) for name, table in found.items()}
    again = with_proximity(Network.from_tables(**shuffled), nearest=nearest)
    assert network.flat.weight.tobytes() == again.flat.weight.tobytes()
    pd.testing.assert_frame_equal(network.linkages, again.linkages)
    names = [layer.name for layer in network.layers]
    assert names == sorted(names)
    ties = network.ties
    order = np.lexsort((ties.layer, ties.target, ties.source))
    assert order.tolist() == list(range(len(ties)))
    place = names.index("proximity")
    records = ties.where(ties.layer == place)
    for values in (records.n_reports, records.confirmed, records.by_source, records.by_target):
        assert not values.any()
    assert (records.source < records.target).all()
    assert (records.target < network.n_enterprises).all()
    without = network.linkages.query("layer != 'proximity'").reset_index(drop=True)
    pd.testing.assert_frame_equal(without, Network.from_tables(**found).linkages)


def test_without_coordinates_nothing_is_linked():
    linkages = pd.DataFrame({"source": ["E000"], "target": ["E001"], "layer": ["stock"]})
    for latitude in ([None] * 3, [1.0, None, None]):
        network = with_proximity(placed(latitude, [2.0, 3.0, None], linkages))
        assert not near(network)
        assert [layer.name for layer in network.layers] == ["proximity", "stock"]
        assert find_clusters(network).codes.tolist() == [0, 0, -1]
    assert with_proximity(Network.from_edges([], [])).layers[-1].name == "proximity"


def test_an_enterprise_without_coordinates_changes_no_other():
    latitude, longitude = [0.0, 0.5, 3.0, 3.2], [0.0, 0.1, 0.2, 0.3]
    before = near(with_proximity(placed(latitude, longitude), nearest=2))
    after = near(with_proximity(placed([*latitude, None], [*longitude, None]), nearest=2))
    assert before == after


def test_the_date_line_and_the_poles_are_no_border():
    found = near(with_proximity(placed([0.0, 0.0, 0.0], [179.9, -179.9, 170.0]), nearest=1, half_distance_km=DEGREE))
    assert found["E000", "E001"] == pytest.approx(0.5**0.2)
    found = near(with_proximity(placed([90.0, 90.0, 89.0], [0.0, 120.0, 0.0]), nearest=1))
    assert found["E000", "E001"] == pytest.approx(1.0)


def test_far_sides_of_the_earth():
    rng = np.random.default_rng(3)
    latitude = np.concatenate([[0.0], rng.uniform(-1e-6, 1e-6, 9)])
    longitude = np.concatenate([[0.0], 180 - rng.uniform(0, 1e-6, 9)])
    found = with_proximity(placed(latitude, longitude), nearest=4, half_distance_km=20000.0)
    assert sum("E000" in pair for pair in near(found)) >= 4


def test_the_layer_has_its_weight_and_counts():
    network = with_proximity(placed([0.0, 0.0], [0.0, 0.0]), weight=0.25)
    layer = network.layers[0]
    assert (layer.name, layer.family, layer.directed, layer.weight, layer.counts) == (
        "proximity",
        "general",
        False,
        0.25,
        True,
    )
    assert layer.label
    assert layer.sentence
    assert network.flat.total == 0.25
    assert len(with_proximity(placed([0.0, 0.0], [0.0, 0.0]), weight=0.0).flat) == 0
    assert network.provenance.steps[-1].verb == "with_proximity"
    assert network.provenance.steps[-1].arguments["nearest"] == 5


def test_chance_draws_take_the_layer_as_any_other():
    rng = np.random.default_rng(0)
    network = with_proximity(placed(rng.uniform(0, 1, 30), rng.uniform(0, 1, 30)), nearest=2)
    drawn = rewired(network, bundles(network), seed=5)
    assert len(drawn.ties) == len(network.ties)
    assert drawn.flat.degree.tolist() == network.flat.degree.tolist()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"nearest": 0}, "nearest"),
        ({"nearest": 2.5}, "nearest"),
        ({"nearest": True}, "nearest"),
        ({"half_distance_km": 0.0}, "half_distance_km"),
        ({"half_distance_km": math.nan}, "half_distance_km"),
        ({"largest_distance_km": -1.0}, "largest_distance_km"),
        ({"weight": -1.0}, "weight"),
        ({"weight": math.inf}, "weight"),
    ],
)
def test_options_out_of_range_are_refused(options, words):
    with pytest.raises(InputError, match=words):
        with_proximity(placed([0.0, 1.0], [0.0, 1.0]), **options)


def test_coordinates_off_the_earth_and_a_second_layer_are_refused():
    with pytest.raises(InputError, match='"E001" lies nowhere'):
        with_proximity(placed([0.0, 91.0], [0.0, 1.0]))
    with pytest.raises(InputError, match="already"):
        with_proximity(with_proximity(placed([0.0, 1.0], [0.0, 1.0])))


def towns(seed, *, members=30, inside=0.11, between=0.035):
    """Four groups of enterprises, each in a town of its own, hardly linked more inside than between."""
    rng = np.random.default_rng(seed)
    truth = np.repeat(np.arange(4), members)
    first, second = np.triu_indices(len(truth), 1)
    linked = rng.random(len(first)) < np.where(truth[first] == truth[second], inside, between)
    centre = np.array([[30.0, 31.0], [30.0, 31.4], [30.4, 31.0], [30.4, 31.4]])
    place = centre[truth] + rng.normal(0, 0.08, (len(truth), 2))
    ids = np.array([f"E{node:03d}" for node in range(len(truth))])
    linkages = pd.DataFrame({"source": ids[first[linked]], "target": ids[second[linked]], "layer": "stock"})
    return placed(place[:, 0], place[:, 1], linkages), truth


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_place_tells_apart_what_linkages_alone_do_not(seed):
    network, truth = towns(seed)
    without = compare_partitions(find_clusters(network), truth)["ami"]
    together = with_proximity(network)
    found = find_clusters(together)
    assert compare_partitions(found, truth)["ami"] > max(without + 0.2, 0.7)
    assert layer_quality(together, found).loc["proximity", "modularity"] > 0.5


def test_a_study_may_declare_the_layer_itself():
    declared = Layer("proximity", "Neighbours")
    network = Network.from_tables(
        register([0.0], [0.0]), NO_LINKAGES, layers=[declared, replace(STANDARD_LAYERS["stock"], weight=2.0)]
    )
    with pytest.raises(InputError, match="already"):
        with_proximity(network)
