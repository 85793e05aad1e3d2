"""I24 to I27: scores mean what they say: of sectors, of shares, of directions, and beside chance."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusternet.inference.chance import rewired_draws
from clusternet.inference.significance import effect_sizes
from clusternet.metrics import METRICS, score
from clusternet.model import ClusteredNetwork, Network, Partition
from tests.strategies import examples, labels, tables

#: Classes of ISIC Rev.4, each with what it may be split into: classes of the same group.
SPLITS = {"3100": ("3101", "3109"), "1610": ("1611", "1619"), "1621": ("1628", "1629"), "9529": ("9521", "9522")}


def with_sectors(sectors, workers) -> ClusteredNetwork:
    ids = [f"E{place:02d}" for place in range(len(sectors))]
    table = pd.DataFrame({"enterprise_id": ids, "sector": sectors, "workers": workers})
    network = Network.from_tables(table, pd.DataFrame({"source": [], "target": [], "layer": []}))
    return ClusteredNetwork(network, Partition(network.enterprise_ids, np.zeros(len(ids), dtype=int)))


members = st.lists(
    st.tuples(st.sampled_from(sorted(SPLITS)), st.one_of(st.none(), st.integers(0, 30)), st.booleans()),
    min_size=1,
    max_size=12,
)


@settings(max_examples=examples(12))
@given(members, st.sampled_from(sorted(SPLITS)))
def test_I24_a_finer_sector_never_lowers_diversity_and_one_sector_has_none(found, split):
    sectors, workers, halves = (list(column) for column in zip(*found, strict=True))
    finer = [SPLITS[code][half] if code == split else code for code, half in zip(sectors, halves, strict=True)]
    before, after = with_sectors(sectors, workers), with_sectors(finer, workers)
    merged = with_sectors(["3100"] * len(sectors), workers)
    for name in ("rao_diversity", "related_variety"):
        was, now, none = (float(METRICS[name](c)[0]) for c in (before, after, merged))
        assert now >= was - 1e-12 >= -1e-12, name
        assert none == 0.0, name
    # Divisions are what they were.
    assert METRICS["unrelated_variety"](after)[0] == pytest.approx(METRICS["unrelated_variety"](before)[0], abs=1e-12)
    assert METRICS["unrelated_variety"](merged)[0] == 0.0


#: Shares and means of members or weights, which do not ask how many there are of each.
OF_PROPORTIONS = (
    "internal_strength conductance average_out_share worst_out_share flake_share ei_index separability reciprocity "
    "transitivity triangle_participation glue_reach glue_breadth glue_overlap glue_confirmed related_variety "
    "unrelated_variety rao_diversity trophic_coherence leakage women_share youth_share income_mean income_gini "
    "formal_share sourcing_distance_km energy_per_worker finn_cycling response_rate confirmed_share outside_share "
    "structural_complementarity"
).split()


@settings(max_examples=examples(6))
@given(tables(least=2, most=8), st.data())
def test_I25_everybody_and_every_link_twice_leaves_shares_alone(found, data):
    ids = found["enterprises"]["enterprise_id"].tolist()
    given_labels = data.draw(labels(len(ids)))

    def again(table, *columns):
        return pd.concat(
            [
                table,
                table.assign(
                    **{column: table[column].map(lambda i: i if pd.isna(i) else f"{i} again") for column in columns}
                ),
            ]
        )

    double = {
        "enterprises": again(found["enterprises"], "enterprise_id"),
        "linkages": again(found["linkages"], "source", "target", "reporter"),
        "resources": again(found["resources"], "enterprise_id"),
        "recipes": found["recipes"],
    }
    by_id = dict(zip(ids, given_labels, strict=True))
    by_id |= {f"{identifier} again": label for identifier, label in by_id.items()}
    values = []
    for parts, known in ((found, ids), (double, None)):
        network = Network.from_tables(**parts)
        chosen = {i: label for i, label in by_id.items() if known is None or i in known}
        c = ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, chosen))
        # A cluster is told by the first of its members, whatever its number is.
        place = {min(network.enterprise_ids[c.members(number)]): number for number in range(c.k)}
        values.append(
            {
                (name, first): float(METRICS[name](c)[number])
                for name in OF_PROPORTIONS
                for first, number in place.items()
            }
        )
    assert values[0].keys() == values[1].keys()
    for key, value in values[0].items():
        assert values[1][key] == pytest.approx(value, rel=1e-9, abs=1e-9, nan_ok=True), key


@settings(max_examples=examples(10))
@given(tables(least=2, most=10), st.data())
def test_I26_turning_every_supply_around_swaps_out_and_in(found, data):
    given_labels = np.array(data.draw(labels(len(found["enterprises"]))))
    firms = set(found["enterprises"]["enterprise_id"])
    rows = found["linkages"].assign(layer=found["linkages"]["layer"].replace({"rivalry": "supply"}))
    # Who reported it stays the same person.
    reporter = rows["reporter"].where(
        rows["reporter"].notna(), rows["source"].where(rows["source"].isin(firms), rows["target"])
    )
    rows = rows.assign(reporter=reporter)
    turned = rows.assign(source=rows["target"], target=rows["source"])
    there, back = (Network.from_tables(**{**found, "linkages": part}) for part in (rows, turned))
    for layer in ("supply", "subcontracting", "knowledge"):
        if layer in {entry.name for entry in there.layers}:
            one, other = (network.to_sparse(layer=layer).toarray() for network in (there, back))
            np.testing.assert_array_equal(one, other.T)
            # What somebody sold, he bought.
            np.testing.assert_allclose(one.sum(axis=1), other.sum(axis=0))
    seen = [ClusteredNetwork(network, Partition(network.enterprise_ids, given_labels)) for network in (there, back)]
    # What asks for no direction, or for directions only relative to each other, is as it was.
    for name in ("reciprocity", "trophic_coherence", "finn_cycling", "cyclicity", "leakage", "conductance", "density"):
        one, other = (METRICS[name](c) for c in seen)
        np.testing.assert_allclose(other, one, rtol=1e-9, atol=1e-9, err_msg=name)


def test_I27_beside_networks_of_its_own_kind_a_random_network_is_nothing_special():
    """On configuration models the mean distance from chance is 0, in standard deviations, and their spread about 1."""
    metrics = [METRICS[name] for name in ("density", "conductance", "ei_index")]
    effects = {metric.name: [] for metric in metrics}
    for seed in range(16):
        generator = np.random.default_rng(seed)
        degrees = np.minimum(1 + generator.zipf(2.5, 36), 9)
        degrees[0] += degrees.sum() % 2
        graph = nx.Graph(nx.configuration_model(degrees.tolist(), seed=seed))
        graph.remove_edges_from(list(nx.selfloop_edges(graph)))
        network = Network.from_networkx(graph)
        codes = generator.permutation(np.arange(network.n_enterprises) % 3)
        c = ClusteredNetwork(network, Partition(network.enterprise_ids, codes))
        draws = rewired_draws(c, metrics, draws=60, seed=seed, detect=False)
        for metric in metrics:
            effects[metric.name].extend(effect_sizes(metric(c), draws.values[metric.name])[1])
    for name, found in effects.items():
        assert len(found) == 48
        # Three clusters of one network are not independent: between 16 and 48 values stand behind the mean.
        assert abs(np.mean(found)) < 3 / np.sqrt(16), name
        assert 0.7 < np.std(found) < 1.4, name


def test_I27_and_a_clique_in_it_is():
    """So that a mean of 0 above says something of the networks, and not of the measure."""
    graph = nx.compose(nx.gnm_random_graph(36, 60, seed=1), nx.complete_graph(7))
    network = Network.from_networkx(graph)
    inside = {str(node) for node in range(7)}
    partition = Partition.from_labels(
        network.enterprise_ids, [0 if i in inside else -1 for i in network.enterprise_ids]
    )
    c = ClusteredNetwork(network, partition)
    draws = rewired_draws(c, [METRICS["density"]], draws=60, seed=1, detect=False)
    assert effect_sizes(METRICS["density"](c), draws.values["density"])[1][0] > 5
    assert score(c, [METRICS["density"]]).wide().loc[0, "density"] == 1.0
