"""The contract that every metric keeps; a new metric is under it without a line here."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from clusternet.errors import InputError
from clusternet.metrics import METRICS, score
from clusternet.model import ClusteredNetwork, MetricCard, Network, Partition, Settings
from clusternet.planted import plant_survey


def clustered(edges, labels, nodes=None):
    source, target = [list(side) for side in zip(*edges, strict=True)] if edges else ([], [])
    network = Network.from_edges(source, target, nodes=nodes)
    return ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, labels))


def complete(letters):
    return [(a, b) for a in letters for b in letters if a < b]


GRAPHS = {
    "singletons": clustered([("a", "b")], {"a": 0, "b": 1}),
    "isolates": clustered([("a", "b")], {"a": 0, "b": 0, "c": 1, "d": -1}, nodes=list("abcd")),
    "clique": clustered(complete("abcde"), dict.fromkeys("abcde", 0)),
    "star": clustered([("a", letter) for letter in "bcdef"], dict.fromkeys("abcdef", 0)),
    "one cluster": clustered([("a", "b"), ("b", "c")], dict.fromkeys("abc", 0)),
    "no cluster": clustered([("a", "b")], {"a": -1, "b": -1}),
    "no linkage": clustered([], {"a": 0, "b": 0}, nodes=["a", "b"]),
    "empty": clustered([], {}),
    "bipartite": clustered([(a, b) for a in "abc" for b in "xyz"], dict.fromkeys("abcxyz", 0)),
}


#: Why these cannot be held to win.
WITHOUT_CONTROL = {
    "glue_confirmed": "does not depend on who shares a cluster with whom",
    "glue_breadth": "does not depend on who shares a cluster with whom",
    "structural_complementarity": "in a shuffle hardly any path leads over four members, so it is noise there",
    "energy_coverage": "in planted surveys everybody needs electricity and anybody may offer it",
    "plan_saving": "in planted surveys prices do not depend on the cluster",
    "leakage": "the partners outside are the members' own; what is traded inside counts for one cluster, not for two",
    "energy_per_worker": "in planted surveys nobody saves energy by sharing a cluster",
}


@pytest.fixture(scope="module")
def furniture():
    tables = plant_survey(80, seed=5, isolated=0.05)
    network = Network.from_tables(
        tables.enterprises, tables.linkages, tables.resources, tables.recipes, settings=Settings(poverty_line=200)
    )
    return network, Partition.from_labels(network.enterprise_ids, tables.truth.set_index("enterprise_id")["cluster"])


@pytest.mark.parametrize("name", METRICS)
class TestEveryMetric:
    def test_card_is_complete(self, name):
        card = METRICS[name].card
        assert isinstance(card, MetricCard)
        assert card.name == name
        assert card.sentence.endswith(".")
        assert card.range[0] < card.range[1]
        assert card.null in ("", "rewiring", "attributes")

    @pytest.mark.parametrize("graph", GRAPHS)
    def test_special_graphs_give_one_value_per_cluster_in_range(self, name, graph):
        c = GRAPHS[graph]
        metric = METRICS[name]
        values = np.asarray(metric(c))
        assert values.shape == ((c.k, len(c.network.layers)) if metric.card.per_layer else (c.k,))
        known = values[~np.isnan(values)]
        assert ((known >= metric.card.range[0]) & (known <= metric.card.range[1])).all()
        if np.isnan(values).any():
            assert metric.card.undefined

    def test_a_planted_survey_is_scored_in_range(self, name, furniture):
        network, truth = furniture
        score(ClusteredNetwork(network, truth), [METRICS[name]])

    def test_reordering_rows_changes_no_bit(self, name, furniture):
        network, truth = furniture
        shuffled = Network.from_tables(
            network.enterprises.assign(
                respondent=network.register["respondent"].map({True: "yes", False: "no"})
            ).sample(frac=1, random_state=1),
            network.linkages.sample(frac=1, random_state=2),
            network.resources.sample(frac=1, random_state=3),
            network.recipes.sample(frac=1, random_state=4),
            settings=network.settings,
        )
        again = Network.from_tables(
            network.enterprises.assign(respondent=network.register["respondent"].map({True: "yes", False: "no"})),
            network.linkages,
            network.resources,
            network.recipes,
            settings=network.settings,
        )
        first, second = (np.asarray(METRICS[name](ClusteredNetwork(entry, truth))) for entry in (again, shuffled))
        assert first.tobytes() == second.tobytes()

    def test_renaming_changes_nothing(self, name, furniture):
        network, truth = furniture
        new = {identifier: f"X{place * 7919 % 1009:04d}" for place, identifier in enumerate(network.enterprise_ids)}
        register = network.enterprises.assign(
            enterprise_id=network.register["enterprise_id"].map(new),
            respondent=network.register["respondent"].map({True: "yes", False: "no"}),
        )
        linkages = network.linkages.assign(
            source=lambda t: t["source"].map(lambda i: new.get(i, i)),
            target=lambda t: t["target"].map(lambda i: new.get(i, i)),
        )
        resources = network.resources.assign(enterprise_id=lambda t: t["enterprise_id"].map(new))
        renamed = Network.from_tables(register, linkages, resources, network.recipes, settings=network.settings)
        same = Partition.from_labels(renamed.enterprise_ids, {new[i]: label for i, label in truth.labels.items()})
        plain = Network.from_tables(
            network.enterprises.assign(respondent=network.register["respondent"].map({True: "yes", False: "no"})),
            network.linkages,
            network.resources,
            network.recipes,
            settings=network.settings,
        )
        before, after = (
            np.asarray(METRICS[name](c)) for c in (ClusteredNetwork(plain, truth), ClusteredNetwork(renamed, same))
        )
        # Clusters of equal size may change places with the names; each row must still be there.
        order = [
            next(
                b
                for b in range(same.n_clusters)
                if set(renamed.enterprise_ids[same.codes == b])
                == {new[i] for i in plain.enterprise_ids[truth.codes == a]}
            )
            for a in range(truth.n_clusters)
        ]
        np.testing.assert_allclose(after[order], before, rtol=1e-9, atol=1e-9)

    def test_the_planted_partition_beats_its_own_shuffle(self, name, furniture):
        network, truth = furniture
        card = METRICS[name].card
        if card.better == "neither" or card.family in ("livelihoods", "evidence") or name in WITHOUT_CONTROL:
            pytest.skip("has no direction that a planted cluster must win")
        real = np.nanmean(np.asarray(METRICS[name](ClusteredNetwork(network, truth))))
        shuffles = []
        for seed in range(8):
            codes = np.random.default_rng(seed).permutation(truth.codes)
            shuffles.append(
                np.nanmean(
                    np.asarray(METRICS[name](ClusteredNetwork(network, Partition(network.enterprise_ids, codes))))
                )
            )
        better = real > np.mean(shuffles) if card.better == "higher" else real < np.mean(shuffles)
        assert better, (real, shuffles)


def test_a_card_needs_every_field():
    card = METRICS["density"].card
    for field in ("label", "formula", "unit", "reference", "sentence"):
        with pytest.raises(InputError, match="not complete"):
            replace(card, **{field: " "})
    with pytest.raises(InputError, match="family"):
        replace(card, family="beauty")


def test_scores_refuse_values_out_of_range_and_silent_gaps(furniture):
    network, truth = furniture
    scores = score(ClusteredNetwork(network, truth), [METRICS["density"]])
    with pytest.raises(InputError, match="density"):
        replace(scores, rows=scores.table.assign(value=1.5))
    with pytest.raises(InputError, match="without a reason"):
        replace(scores, rows=scores.table.assign(value=math.nan))
    with pytest.raises(InputError, match="no card"):
        replace(scores, cards={})


def test_handed_out_tables_can_be_changed_without_harm(furniture):
    network, truth = furniture
    scores = score(ClusteredNetwork(network, truth), [METRICS["density"]])
    table = scores.table
    table["value"] = -5.0
    assert (scores.table["value"] >= 0).all()
    assert isinstance(scores.wide(), pd.DataFrame)
