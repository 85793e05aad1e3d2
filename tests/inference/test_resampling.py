import numpy as np
import pytest

from clusternet.inference.resampling import Resampling
from clusternet.model import Network
from clusternet.planted import plant_survey


@pytest.fixture(scope="module")
def network():
    tables = plant_survey(60, seed=2)
    return Network.from_tables(tables.enterprises, tables.linkages, tables.resources, tables.recipes)


def test_a_fifth_of_the_respondents_falls_silent(network):
    resampling = Resampling(network)
    thinner = resampling.draw(np.random.default_rng(0))
    before, after = network.answered.sum(), thinner.answered.sum()
    gone = round(0.2 * before)
    assert before - after == gone
    assert resampling.scale == pytest.approx(np.sqrt((before - gone) / gone))
    silent = network.answered & ~thinner.answered
    assert not silent[thinner.ledger["enterprise"]].any()
    assert not (thinner.ties.by_source & silent[thinner.ties.source]).any()
    assert not (thinner.ties.by_target & silent[thinner.ties.target]).any()
    assert 0 < len(thinner.ties) < len(network.ties)
    assert thinner.enterprise_ids.equals(network.enterprise_ids)


def test_records_are_resampled_by_linkage():
    records = Network.from_edges(np.repeat(np.arange(10), 10), np.arange(100) + 100)
    thinner = Resampling(records).draw(np.random.default_rng(1))
    assert len(thinner.ties) == 80
    assert Resampling(records).scale == 2
    assert thinner.answered.all()


def test_nothing_to_leave_out():
    for network in (Network.from_edges([], []), Network.from_edges(["a"], ["b"])):
        assert np.isnan(Resampling(network).scale)
        assert len(Resampling(network).draw(np.random.default_rng(0)).ties) == len(network.ties)
