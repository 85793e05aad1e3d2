import networkx as nx
import numpy as np
import pandas as pd
import pytest

from clusternet.detect import find_clusters, method
from clusternet.errors import InputError
from clusternet.inference import measure_doubt, score_clusters
from clusternet.inference.attributes import Dealing, dealt_draws
from clusternet.inference.chance import rewired_draws
from clusternet.inference.workers import VARIABLE, checked_workers, in_processes, in_threads
from clusternet.metrics import METRICS
from clusternet.model import ClusteredNetwork, Network
from clusternet.planted import plant_survey

SOME = [METRICS[name] for name in ("density", "conductance", "reciprocity", "layer_density")]


@pytest.fixture(scope="module")
def caves():
    network = Network.from_networkx(nx.connected_caveman_graph(6, 6))
    return ClusteredNetwork(network, find_clusters(network, "leiden", resolution=1.5))


@pytest.fixture
def shared_out(monkeypatch):
    """Other processes are started however small the work is."""
    monkeypatch.setattr("clusternet.inference.workers.WORTH_SECONDS", 0.0)


def same(first, second):
    np.testing.assert_array_equal(first.nothing, second.nothing)
    assert first.values.keys() == second.values.keys()
    return all(first.values[key].tobytes() == second.values[key].tobytes() for key in first.values)


def test_the_number_of_workers(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    assert checked_workers() >= 1
    assert checked_workers(3) == 3
    monkeypatch.setenv(VARIABLE, " 5 ")
    assert checked_workers() == 5
    assert checked_workers(2) == 2
    for wrong in ("0", "two", "-1", "1.5"):
        monkeypatch.setenv(VARIABLE, wrong)
        with pytest.raises(InputError, match="number of workers"):
            checked_workers()


@pytest.mark.parametrize("workers", [0, -1, True, 1.5, 10**6])
def test_the_number_of_workers_is_checked_before_any_work(caves, workers):
    for call in (
        lambda: score_clusters(caves.network, caves.partition, draws=0, workers=workers),
        lambda: rewired_draws(caves, SOME, draws=1, seed=0, workers=workers),
        lambda: measure_doubt(caves.network, caves.partition, None, draws=1, workers=workers),
    ):
        with pytest.raises(InputError, match="number of workers"):
            call()


@pytest.mark.parametrize("workers", [1, 2, 8])
def test_threads_give_the_results_in_order(workers):
    assert list(in_threads(lambda draw: draw * draw, 30, workers=workers)) == [draw * draw for draw in range(30)]
    assert list(in_threads(str, 0, workers=workers)) == []


def test_an_error_in_a_draw_is_heard():
    def fails(draw):
        if draw == 3:
            raise InputError("draw 3")
        return draw

    for spread in (in_threads, in_processes):
        with pytest.raises(InputError, match="draw 3"):
            list(spread(fails, 8, workers=2))


def test_fixed_members_give_the_same_bytes_for_any_number_of_workers(caves):
    one, two, eight = (rewired_draws(caves, SOME, draws=9, seed=2, detect=False, workers=n) for n in (1, 2, 8))
    assert same(one, two)
    assert same(one, eight)


def test_small_work_stays_in_this_process(caves, monkeypatch):
    monkeypatch.setattr("clusternet.inference.workers._shared_out", None)
    assert list(in_processes(str, 5, workers=4)) == ["0", "1", "2", "3", "4"]
    assert rewired_draws(caves, SOME, draws=4, seed=0, workers=4).nothing.shape == (4, caves.k)


def test_other_processes_give_the_same_bytes(caves, shared_out):
    one, two = (rewired_draws(caves, SOME, draws=12, seed=3, workers=n) for n in (1, 2))
    assert same(one, two)


@pytest.mark.slow
def test_a_survey_is_scored_and_doubted_alike_in_other_processes(shared_out, monkeypatch):
    tables = plant_survey(40, seed=2, outside=0.2)
    network = Network.from_tables(tables.enterprises, tables.linkages, tables.resources, tables.recipes)
    partition = find_clusters(network, "leiden")
    monkeypatch.setattr("clusternet.inference.attributes._AT_ONCE", 40)
    found = []
    for workers in (1, 2):
        scores = score_clusters(network, partition, draws=5, seed=1, workers=workers)
        found.append(measure_doubt(network, partition, scores, draws=4, seed=1, workers=workers))
    (first, scores), (second, others) = found
    pd.testing.assert_frame_equal(scores.table, others.table, check_exact=True)
    pd.testing.assert_frame_equal(scores.clusters, others.clusters, check_exact=True)
    pd.testing.assert_series_equal(first.certainty, second.certainty, check_exact=True)


def test_a_method_from_outside_is_called_in_this_process(caves, shared_out):
    calls = []

    @method(label="Halves", assumes="nothing", deterministic=True, reference="-")
    def halves(pairs, *, seed):
        """Cut the list of enterprises in two."""
        calls.append(seed)
        return np.arange(pairs.n_nodes) * 2 // pairs.n_nodes

    rewired_draws(caves, SOME, draws=5, seed=0, method=halves, workers=2)
    assert len(calls) >= 5


def test_batches_do_not_depend_on_the_workers(caves, monkeypatch):
    monkeypatch.setattr("clusternet.inference.attributes._AT_ONCE", 80)
    dealing = Dealing(caves, [METRICS["stage_coverage"]], 5, 0)
    assert [list(dealing.draws_of(batch)) for batch in range(dealing.batches)] == [[0, 1], [2, 3], [4]]
    draws = dealt_draws(caves, [METRICS["stage_coverage"]], draws=5, seed=0)
    assert draws.values["stage_coverage"].shape == (5, caves.k)
