import time
from dataclasses import replace

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from clusternet.detect import find_clusters
from clusternet.errors import InputError
from clusternet.inference.doubt import intervals, measure_doubt
from clusternet.inference.resampling import Resampling
from clusternet.metrics import METRICS, score
from clusternet.model import ClusteredNetwork, Network, Partition
from clusternet.model.scores import CLUSTER_COLUMNS
from clusternet.planted import plant_survey


def surveyed(n, seed, **options):
    tables = plant_survey(n, seed=seed, **options)
    network = Network.from_tables(tables.enterprises, tables.linkages, tables.resources, tables.recipes)
    return network, Partition.from_labels(network.enterprise_ids, tables.truth.set_index("enterprise_id")["cluster"])


@pytest.fixture(scope="module")
def doubted():
    network, _ = surveyed(80, 3)
    found = find_clusters(network, "leiden")
    scores = score(ClusteredNetwork(network, found), METRICS.values())
    return network, found, scores, measure_doubt(network, found, scores, draws=12, seed=1)


def test_intervals_hold_the_score_and_stay_in_range(doubted):
    _, _, scores, (_, after) = doubted
    table = after.table
    assert table.drop(columns=["low", "high"]).equals(scores.table.drop(columns=["low", "high"]))
    known = table[table["low"].notna()]
    assert {"cohesion", "glue", "complementarity", "evidence"} <= set(known["family"])
    assert "livelihoods" not in set(known["family"])
    assert (known["low"] <= known["value"]).all()
    assert (known["value"] <= known["high"]).all()
    bounds = np.array([scores.cards[key.partition(":")[0]].range for key in known["metric"]])
    assert (known["low"] >= bounds[:, 0] - 1e-12).all()
    assert (known["high"] <= bounds[:, 1] + 1e-12).all()
    assert table.loc[table["value"].isna(), ["low", "high"]].isna().all(axis=None)
    density = table[table["metric"].eq("density")]
    assert (density["high"] > density["low"]).all()
    # What is known only from the register has no interval rather than one without width.
    widths = (known["high"] - known["low"]).groupby(known["metric"]).max()
    assert (widths > 0).all()
    for fixed in ("response_rate", "jobs"):
        assert table.loc[table["metric"].eq(fixed), ["low", "high"]].isna().all(axis=None)


def test_stability_and_certainty_are_shares(doubted):
    _, found, _, (partition, after) = doubted
    assert list(after.clusters.columns) == list(CLUSTER_COLUMNS)
    assert after.clusters["stability"].between(0, 1).all()
    assert partition.certainty.between(0, 1).all()
    assert (partition.codes == found.codes).all()
    assert partition.method == "leiden"


def test_same_seed_same_bytes_and_more_draws_begin_alike(doubted):
    network, found, scores, (partition, after) = doubted
    again, table = measure_doubt(network, found, scores, draws=12, seed=1)
    pd.testing.assert_frame_equal(table.table, after.table)
    pd.testing.assert_series_equal(again.certainty, partition.certainty)
    other = measure_doubt(network, found, scores, draws=12, seed=2)[1].table
    assert not other["low"].equals(after.table["low"])


def test_rows_in_another_order_change_nothing():
    tables = plant_survey(40, seed=4)
    results = []
    for seed in (0, 1):
        shuffled = [table.sample(frac=1, random_state=seed) for table in (tables.enterprises, tables.linkages)]
        network = Network.from_tables(*shuffled, tables.resources, tables.recipes)
        found = find_clusters(network, "leiden")
        scores = score(ClusteredNetwork(network, found), METRICS.values())
        results.append(measure_doubt(network, found, scores, draws=4)[1].table)
    pd.testing.assert_frame_equal(*results, check_exact=True)


def test_clear_clusters_are_stable_and_noise_is_not():
    network, truth = surveyed(80, 1, noise=0.02)
    scores = score(ClusteredNetwork(network, truth), [METRICS["density"]])
    clear = measure_doubt(network, truth, scores, method="natural", draws=8)[1].clusters["stability"].mean()
    noise = Network.from_networkx(nx.gnm_random_graph(80, 200, seed=1))
    found = find_clusters(noise, "leiden")
    scores = score(ClusteredNetwork(noise, found), [METRICS["density"]])
    unclear = measure_doubt(noise, found, scores, draws=8)[1].clusters["stability"].mean()
    assert clear > 0.85
    assert unclear < 0.6


def test_given_clusters_get_intervals_but_no_stability():
    network, truth = surveyed(40, 1)
    scores = score(ClusteredNetwork(network, truth), [METRICS["conductance"]])
    partition, after = measure_doubt(network, truth, scores, draws=5)
    assert after.table["low"].notna().all()
    assert after.clusters["stability"].isna().all()
    assert partition.certainty.isna().all()


def test_a_table_of_clusters_keeps_its_other_columns(doubted):
    network, found, _, (_, after) = doubted
    filled = after.clusters.assign(verdict="club", cohesion_q=0.25).iloc[::-1].reset_index(drop=True)
    again = measure_doubt(network, found, replace(after, clusters=filled), draws=12, seed=1)[1].clusters
    assert again["verdict"].eq("club").all()
    assert again["cohesion_q"].eq(0.25).all()
    assert again["stability"].tolist() == after.clusters["stability"].tolist()[::-1]


def test_no_draws_and_no_clusters_change_nothing(doubted):
    network, found, scores, _ = doubted
    same, untouched = measure_doubt(network, found, scores, draws=0)
    assert same.codes.tobytes() == found.codes.tobytes()
    pd.testing.assert_frame_equal(untouched.table, scores.table)
    none = Partition.from_labels(network.enterprise_ids, [-1] * network.n_enterprises)
    empty = score(ClusteredNetwork(network, none), METRICS.values())
    assert len(measure_doubt(network, none, empty, draws=3)[1].table) == 0


@pytest.mark.parametrize("draws", [-1, True, 1.5, 10**6])
def test_draws_are_checked(doubted, draws):
    network, found, scores, _ = doubted
    with pytest.raises(InputError, match="number of draws"):
        measure_doubt(network, found, scores, draws=draws)


def test_intervals_by_hand():
    drawn = np.array([[0.4, 1.0, np.nan], [0.6, 1.0, np.nan], [0.5, 1.0, 0.2]])
    imputed = np.array([[0.9, 1.0, 0.2]])
    bounds = np.array([[0.0, 1.0]] * 3)
    low, high = intervals(np.array([0.5, 1.0, 0.3]), drawn, imputed, scale=1.0, bounds=bounds)
    # Deviations -0.1, 0, 0.1 around 0.5 and around 0.9: from the lower one's 2.5 % to the upper one's 97.5 %.
    assert low[0] == pytest.approx(0.405)
    assert high[0] == pytest.approx(0.995)
    assert (low[1], high[1]) == (1.0, 1.0)
    assert np.isnan([low[2], high[2]]).all()


@pytest.mark.slow
def test_intervals_hold_what_full_answers_would_have_given():
    """On eight surveys a fifth of the respondents fall silent; the score with all answers is the truth."""
    names = ["density", "conductance", "cut_ratio", "average_out_share", "internal_strength", "glue_density"]
    held = []
    for seed in range(8):
        full, truth = surveyed(120, seed, non_response=0.0)
        seen = Resampling(full).draw(np.random.default_rng(seed + 99))
        wanted = score(ClusteredNetwork(full, truth), [METRICS[name] for name in names]).table["value"]
        scores = score(ClusteredNetwork(seen, truth), [METRICS[name] for name in names])
        table = measure_doubt(seen, truth, scores, draws=50)[1].table
        held += ((table["low"] - 1e-9 <= wanted) & (wanted <= table["high"] + 1e-9)).tolist()
    assert np.mean(held) >= 0.95


@pytest.mark.slow
def test_a_hundred_draws_of_300_enterprises_take_less_than_a_minute_of_one_core():
    network, _ = surveyed(300, 1)
    found = find_clusters(network)
    scores = score(ClusteredNetwork(network, found), METRICS.values())
    started = time.process_time()
    measure_doubt(network, found, scores, draws=100)
    assert time.process_time() - started < 60
