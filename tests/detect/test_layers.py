"""Agreement of layers, how a partition fits each of them, and weights learnt from it."""

import itertools
import math

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networkx.algorithms.community import modularity
from scipy.optimize import minimize

from clusternet.detect import find_clusters
from clusternet.detect.agreement import compare_partitions
from clusternet.detect.layers import layer_agreement, layer_quality, learnt_layer_weights, with_layer_weights
from clusternet.errors import InputError
from clusternet.model import Network, Partition
from clusternet.planted import plant_survey
from tests.strategies import labels, tables


def made_of(layers, nodes=None):
    """Return a network from a dict of layer to edges."""
    rows = [(a, b, name) for name, edges in layers.items() for a, b in edges]
    source, target, layer = (list(column) for column in zip(*rows, strict=True))
    return Network.from_edges(source, target, layer=layer, nodes=nodes)


def pairs_of(network, name):
    """Return the linked pairs of a layer among the register."""
    rows = network.linkages.query("layer == @name")
    known = set(network.enterprise_ids)
    return {frozenset(pair) for pair in zip(rows["source"], rows["target"], strict=True) if set(pair) <= known}


def shuffled(found, seed):
    return {name: table.sample(frac=1, random_state=seed) for name, table in found.items()}


class TestAgreement:
    def test_hand_worked(self):
        network = made_of({"stock": ["ab", "bc", "ca", "cd"], "labour": ["ab", "ba", "ad"], "supply": ["ac", "ca"]})
        table = layer_agreement(network).set_index(["layer", "other"])
        row = table.loc[("labour", "stock")]
        assert row[["pairs", "other_pairs", "shared"]].tolist() == [2, 4, 1]
        assert row["jaccard"] == pytest.approx(1 / 5)
        assert row["share_of_smaller"] == pytest.approx(1 / 2)
        assert table.loc[("labour", "supply"), "shared"] == 0
        # Two nodes of one partner each: linked for certain, and to nobody else.
        assert table.loc[("stock", "supply"), "shared"] == 1
        assert len(table) == 6

    @pytest.mark.parametrize(("one", "other"), [(2, 2), (2, 4), (4, 6)])
    def test_expected_of_regular_layers_is_the_product_of_densities(self, one, other):
        n = 12
        rings = {
            name: [(f"E{i:02d}", f"E{(i + step) % n:02d}") for i in range(n) for step in range(1, degree // 2 + 1)]
            for name, degree in (("stock", one), ("labour", other))
        }
        row = layer_agreement(made_of(rings)).iloc[0]
        expected = math.comb(n, 2) * one / (n - 1) * other / (n - 1)
        assert row["expected"] == pytest.approx(expected, rel=1e-6)
        assert row["ratio"] == pytest.approx(row["shared"] / expected, rel=1e-6)

    @pytest.mark.parametrize(
        "edges",
        [
            [("hub", f"E{i}") for i in range(9)],
            list(itertools.combinations("abcde", 2)),
            [("a", "b")],
            [(hub, f"E{i}") for hub in ("h1", "h2") for i in range(9)] + [("h1", "h2")],
        ],
        ids=["star", "complete", "one link", "two hubs"],
    )
    def test_what_the_numbers_of_partners_force_is_no_agreement(self, edges):
        row = layer_agreement(made_of({"stock": edges, "labour": edges})).iloc[0]
        assert row["jaccard"] == 1
        assert row["ratio"] == pytest.approx(1, abs=1e-4)

    def test_expected_keeps_the_numbers_of_partners(self):
        # Against a graph drawn node by node: the chance that solves sum_j p_ij = k_i, without classes of degrees.
        network = made_of(
            {
                "stock": nx.relabel_nodes(nx.barabasi_albert_graph(25, 2, seed=1), "N{:02d}".format).edges,
                "labour": nx.relabel_nodes(nx.barabasi_albert_graph(25, 3, seed=2), "N{:02d}".format).edges,
            }
        )
        chances = []
        for name in ("stock", "labour"):
            graph = nx.Graph([tuple(pair) for pair in pairs_of(network, name)])
            degree = np.array([graph.degree(node) if node in graph else 0 for node in network.enterprise_ids])
            x = degree / math.sqrt(degree.sum())
            for _ in range(20_000):
                both = np.outer(x, x)
                drawn = both / (1 + both)
                np.fill_diagonal(drawn, 0)
                x = x * np.sqrt(degree / drawn.sum(axis=1))
            assert drawn.sum(axis=1) == pytest.approx(degree, rel=1e-6)
            chances.append(drawn)
        expected = (chances[0] * chances[1]).sum() / 2
        assert layer_agreement(network)["expected"].to_numpy() == pytest.approx(expected, rel=1e-5)

    def test_independent_layers_agree_as_chance_does(self):
        rng = np.random.default_rng(4)
        ids = np.array([f"N{i:03d}" for i in range(200)])
        first, second = np.triu_indices(200, 1)
        both = 0.05 * np.multiply.outer(active := rng.gamma(1.0, size=200), active)[first, second]
        ratios = []
        for _ in range(10):
            drawn = {name: rng.random(len(first)) < both / (1 + both) for name in ("stock", "labour")}
            network = made_of({name: zip(ids[first[x]], ids[second[x]], strict=True) for name, x in drawn.items()})
            ratios.append(layer_agreement(network)["ratio"].iloc[0])
        # The same enterprises are busy in both layers, and that alone is no agreement.
        assert np.mean(ratios) == pytest.approx(1, abs=0.05)

    @settings(max_examples=60)
    @given(tables(most=10))
    def test_agrees_with_plain_sets_and_is_symmetrical(self, found):
        network = Network.from_tables(**found)
        table = layer_agreement(network)
        names = [layer.name for layer in network.layers]
        assert list(zip(table["layer"], table["other"], strict=True)) == list(itertools.permutations(names, 2))
        for row in table.itertuples():
            one, other = pairs_of(network, row.layer), pairs_of(network, row.other)
            assert (row.pairs, row.other_pairs, row.shared) == (len(one), len(other), len(one & other))
            if one | other:
                assert row.jaccard == pytest.approx(len(one & other) / len(one | other))
            else:
                assert math.isnan(row.jaccard)
            if one and other:
                assert row.share_of_smaller == pytest.approx(len(one & other) / min(len(one), len(other)))
                assert 0 <= row.expected <= min(len(one), len(other)) + 1e-3
            else:
                assert math.isnan(row.share_of_smaller)
                assert math.isnan(row.ratio)
                assert row.expected == 0
        for column in ("shared", "jaccard", "share_of_smaller", "expected", "ratio"):
            wide = table.pivot(index="layer", columns="other", values=column).to_numpy(dtype=float)
            assert np.array_equal(wide, wide.T, equal_nan=True)

    @settings(max_examples=20)
    @given(tables(most=10), st.integers(0, 5))
    def test_order_of_rows_leaves_no_trace(self, found, seed):
        one, other = (layer_agreement(Network.from_tables(**made)) for made in (found, shuffled(found, seed)))
        assert one.to_csv() == other.to_csv()

    def test_without_linkages_or_with_one_layer_there_is_nothing_to_compare(self):
        for network in (
            Network.from_edges([], []),
            Network.from_edges([], [], nodes=["a"]),
            made_of({"stock": ["ab"]}),
        ):
            assert len(layer_agreement(network)) == 0
            assert layer_agreement(network).columns.tolist()[:3] == ["layer", "other", "pairs"]


class TestQuality:
    def test_hand_worked(self):
        network = made_of(
            {"stock": ["ab", "bc", "ca", "de", "ef", "fd"], "association": ["ab", "cd"]}, nodes=list("abcdefg")
        )
        table = layer_quality(network, Partition.from_labels(network.enterprise_ids, [0, 0, 0, 1, 1, 1, -1]))
        assert table.index.tolist() == ["association", "stock"]
        assert table["pairs"].tolist() == [2, 6]
        assert table["enterprises"].tolist() == [4, 6]
        assert table["inside"].tolist() == [0.5, 1.0]
        # Of the four ends of association three are in one cluster and one in the other.
        assert table["expected"].tolist() == [(9 + 1) / 16, 0.5]
        assert table["modularity"].tolist() == [-0.125, 0.5]
        assert table["counts"].all()
        assert table.loc["stock", "log_odds"] > 1 > table.loc["association", "log_odds"]

    @settings(max_examples=60)
    @given(st.data())
    def test_agrees_with_networkx(self, data):
        network = Network.from_tables(**data.draw(tables(least=2, most=9)))
        codes = data.draw(labels(network.n_enterprises))
        table = layer_quality(network, Partition.from_labels(network.enterprise_ids, codes))
        parts = [
            {i for i, code in zip(network.enterprise_ids, codes, strict=True) if code == k} for k in set(codes) - {-1}
        ]
        parts += [{i} for i, code in zip(network.enterprise_ids, codes, strict=True) if code == -1]
        for name, row in table.iterrows():
            linked = pairs_of(network, name)
            graph = nx.Graph()
            graph.add_nodes_from(network.enterprise_ids)
            graph.add_edges_from(tuple(pair) for pair in linked)
            assert row["pairs"] == len(linked)
            assert row["enterprises"] == sum(degree > 0 for _, degree in graph.degree)
            if not linked:
                assert row[["inside", "expected", "modularity", "log_odds"]].isna().all()
                continue
            inside = sum(any(pair <= part for part in parts) for pair in linked)
            assert row["inside"] == pytest.approx(inside / len(linked))
            assert row["modularity"] == pytest.approx(modularity(graph, parts, weight=None), abs=1e-9)
            assert not row["counts"] or row["family"] != "rivalry"
            assert math.isfinite(row["log_odds"]) or not row["counts"] or len(parts) in (1, network.n_enterprises)

    @settings(max_examples=25)
    @given(st.data())
    def test_log_odds_agree_with_a_regression_over_all_pairs(self, data):
        network = Network.from_tables(**data.draw(tables(least=3, most=9)))
        codes = np.array(data.draw(labels(network.n_enterprises)))
        table = layer_quality(network, Partition.from_labels(network.enterprise_ids, codes))
        chosen = table.index[table["counts"] & (table["pairs"] > 0)]
        first, second = np.triu_indices(len(codes), 1)
        together = (codes[first] == codes[second]) & (codes[first] >= 0)
        if not len(chosen) or together.all() or not together.any():
            assert table["log_odds"].isna().all()
            return
        ids = network.enterprise_ids
        rows = [frozenset((ids[a], ids[b])) for a, b in zip(first, second, strict=True)]
        linked = [pairs_of(network, name) for name in chosen]
        design = np.array([[1.0, *(pair in layer for layer in linked)] for pair in rows])
        ridge = np.append(1e-6, np.full(len(chosen), 0.5))

        def loss(w):
            z = design @ w
            return np.logaddexp(0, z).sum() - z[together].sum() + 0.5 * (ridge * w**2).sum()

        best = minimize(loss, np.zeros(design.shape[1]), method="BFGS", options={"gtol": 1e-8}).x
        assert table.loc[chosen, "log_odds"].to_numpy() == pytest.approx(best[1:], abs=1e-3)
        assert table["log_odds"].drop(chosen).isna().all()

    def test_supply_carries_the_clusters_and_association_does_not(self):
        network, partition = two_layers(seed=2)
        table = layer_quality(network, partition)
        assert table.loc["supply", "modularity"] > 0.4
        assert abs(table.loc["association", "modularity"]) < 0.1
        assert table.loc["supply", "log_odds"] > 2
        assert abs(table.loc["association", "log_odds"]) < 0.6

    def test_two_layers_that_never_meet_both_speak_for_the_clusters(self):
        # Both link the members of clusters, one a little less often: neither is evidence against.
        rng = np.random.default_rng(5)
        truth = np.repeat(np.arange(6), 20)
        first, second = np.triu_indices(len(truth), 1)
        same = truth[first] == truth[second]
        ids = np.array([f"N{i:03d}" for i in range(len(truth))])
        draw = rng.random(len(first))
        chance = {"stock": np.where(same, 0.20, 0.002), "labour": np.where(same, 0.15, 0.01)}
        first_layer = draw < chance["stock"]
        other = ~first_layer & (draw < chance["stock"] + chance["labour"])
        network = made_of(
            {
                "stock": zip(ids[first[first_layer]], ids[second[first_layer]], strict=True),
                "labour": zip(ids[first[other]], ids[second[other]], strict=True),
            },
            nodes=ids,
        )
        table = layer_quality(network, Partition.from_labels(network.enterprise_ids, truth))
        assert (table["log_odds"] > 2).all()

    def test_isolated_firms_and_outside_partners_do_no_harm(self):
        network, partition = two_layers(seed=1)
        register = network.enterprises[["enterprise_id"]]
        alone = pd.concat([register, pd.DataFrame({"enterprise_id": ["zz"]})])
        linkages = network.linkages.drop(columns="n_reports")
        outside = pd.DataFrame({"source": ["N001"], "target": ["somebody"], "layer": ["supply"], "weight": [1.0]})
        more = Network.from_tables(alone, pd.concat([linkages, outside]))
        codes = [*partition.codes, -1]
        after = layer_quality(more, Partition.from_labels(more.enterprise_ids, codes))
        columns = ["pairs", "enterprises", "inside", "expected", "modularity"]
        pd.testing.assert_frame_equal(after[columns], layer_quality(network, partition)[columns])
        pd.testing.assert_frame_equal(layer_agreement(more), layer_agreement(network))

    @settings(max_examples=20)
    @given(tables(least=3, most=10), st.integers(0, 5))
    def test_order_of_rows_leaves_no_trace(self, found, seed):
        results = []
        for made in (found, shuffled(found, seed)):
            network = Network.from_tables(**made)
            results.append(
                layer_quality(
                    network, Partition.from_labels(network.enterprise_ids, np.arange(network.n_enterprises) // 3)
                )
            )
        assert results[0].to_csv() == results[1].to_csv()

    def test_without_linkages(self):
        network = Network.from_edges([], [], nodes=["a", "b"])
        partition = Partition.from_labels(network.enterprise_ids, [0, 0])
        table = layer_quality(network, partition)
        assert table["pairs"].tolist() == [0] * len(network.layers)
        assert table["inside"].isna().all()
        assert learnt_layer_weights(network, partition) == dict.fromkeys(table.index, 1.0)
        none = Network.from_edges([], [])
        assert layer_quality(none, Partition.from_labels(none.enterprise_ids, [])).columns[0] == "family"

    def test_another_networks_partition_is_refused(self):
        network = made_of({"stock": ["ab"]})
        with pytest.raises(InputError, match="not of this network"):
            layer_quality(network, Partition.from_labels(pd.Index(["a"]), [0]))


def two_layers(seed, clusters=5, members=12):
    """Supply inside clusters, association anywhere."""
    rng = np.random.default_rng(seed)
    truth = np.repeat(np.arange(clusters), members)
    first, second = np.triu_indices(len(truth), 1)
    ids = np.array([f"N{i:03d}" for i in range(len(truth))])
    supply = rng.random(len(first)) < np.where(truth[first] == truth[second], 0.3, 0.02)
    association = rng.random(len(first)) < 0.08
    layers = {
        name: zip(ids[first[x]], ids[second[x]], strict=True)
        for name, x in (("supply", supply), ("association", association))
    }
    network = made_of(layers, nodes=ids)
    return network, Partition.from_labels(network.enterprise_ids, truth)


class TestWeights:
    def test_learnt_weights_are_on_average_1_and_follow_the_evidence(self):
        network, partition = two_layers(seed=3)
        weights = learnt_layer_weights(network, partition)
        assert list(weights) == ["association", "supply"]
        assert np.mean(list(weights.values())) == pytest.approx(1)
        assert weights["supply"] > 1.7
        assert min(weights.values()) >= 0

    def test_learnt_weights_do_not_depend_on_those_given(self):
        network, partition = two_layers(seed=3)
        other = with_layer_weights(network, {"supply": 0.01, "association": 50})
        assert learnt_layer_weights(other, partition) == learnt_layer_weights(network, partition)

    def test_learnt_weights_can_be_given_back_and_help(self):
        network, partition = two_layers(seed=3, clusters=8)
        weighed = with_layer_weights(network, learnt_layer_weights(network, partition))
        before, after = (
            compare_partitions(find_clusters(made, "leiden"), partition)["ami"] for made in (network, weighed)
        )
        assert after > before

    def test_rivalry_is_reported_but_never_weighed(self):
        network = made_of({"supply": ["ab", "cd"], "rivalry": ["ac", "bd"]})
        partition = Partition.from_labels(network.enterprise_ids, [0, 0, 1, 1])
        table = layer_quality(network, partition)
        assert not table.loc["rivalry", "counts"]
        assert table.loc["rivalry", "modularity"] == -0.5
        assert math.isnan(table.loc["rivalry", "log_odds"])
        assert learnt_layer_weights(network, partition) == {"supply": 1.0}

    def test_without_evidence_all_weigh_1(self):
        network = made_of({"supply": ["ab", "cd"], "stock": ["ac", "bd"]})
        for codes in ([0, 0, 0, 0], [-1] * 4, [0, 1, 1, 0]):
            partition = Partition.from_labels(network.enterprise_ids, codes)
            assert learnt_layer_weights(network, partition) == {"stock": 1.0, "supply": 1.0}

    def test_given_weights(self):
        network = made_of({"supply": ["ab", "bc"], "stock": ["ab"]})
        changed = with_layer_weights(network, {"supply": 0.5})
        assert changed.flat.weight.tolist() == [1.5, 0.5]
        assert network.flat.weight.tolist() == [2.0, 1.0]
        assert len(with_layer_weights(network, {"supply": 0}).flat) == 1
        assert changed.provenance.steps[-1].verb == "with_layer_weights"
        assert changed.provenance.steps[-1].arguments == {"weights": {"supply": 0.5}}

    @pytest.mark.parametrize("weight", [-1, math.nan, math.inf])
    def test_weights_out_of_range_are_refused(self, weight):
        with pytest.raises(InputError, match='"supply" has the weight'):
            with_layer_weights(made_of({"supply": ["ab"]}), {"supply": weight})

    def test_an_unknown_layer_is_refused_with_the_nearest(self):
        with pytest.raises(InputError, match=r'no layer "suply".*"supply"'):
            with_layer_weights(made_of({"supply": ["ab"]}), {"suply": 1})
        with pytest.raises(InputError, match=r'no layer "x"\. It has: -'):
            with_layer_weights(
                Network.from_tables(
                    pd.DataFrame({"enterprise_id": ["a"]}),
                    pd.DataFrame({"source": [], "target": [], "layer": []}, dtype="str"),
                ),
                {"x": 1},
            )


def test_a_planted_survey_tells_which_layers_carry_its_clusters():
    survey = plant_survey(200, seed=1)
    network = Network.from_tables(survey.enterprises, survey.linkages)
    table = layer_quality(
        network, Partition.from_labels(network.enterprise_ids, survey.truth.set_index("enterprise_id")["cluster"])
    )
    assert table.loc["supply", "log_odds"] > 1
    assert (table["modularity"].dropna() <= 1).all()
    assert set(learnt_layer_weights(network, find_clusters(network, "leiden"))) == set(table.index[table["counts"]])
