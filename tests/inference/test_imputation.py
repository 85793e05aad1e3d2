"""Dealt ties: canonical, only where nobody could have seen them, as many as there were."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusternet.inference.imputation import Nonresponse
from clusternet.inference.resampling import Resampling
from clusternet.model import ClusteredNetwork, Network, Partition
from clusternet.planted import plant_survey
from tests.strategies import labels, tables


@st.composite
def clustered(draw):
    given_tables = draw(tables(least=2, most=9))
    network = Network.from_tables(**given_tables, ties=draw(st.sampled_from(["union", "intersection"])))
    return ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, draw(labels(network.n_enterprises))))


@settings(max_examples=80)
@given(clustered(), st.integers(0, 99))
def test_dealt_ties_are_those_nobody_could_have_reported(c, seed):
    before, after = c.network, Nonresponse(c).draw(np.random.default_rng(seed))
    keys = ["source", "target", "layer"]
    old, new = (network.linkages.set_index(keys).index for network in (before, after))
    assert new.is_unique
    assert old.isin(new).all()
    order = np.lexsort((after.ties.layer, after.ties.target, after.ties.source))
    assert (order == np.arange(len(order))).all()
    added = after.linkages[~new.isin(old)]
    silent = set(before.node_ids[: before.n_enterprises][~before.answered[: before.n_enterprises]])
    assert all(row.source in silent or row.target in silent for row in added.itertuples())
    assert (added["source"] != added["target"]).all()
    assert (added["n_reports"] == 0).all()
    assert set(added["layer"]) <= set(before.linkages["layer"])
    assert (before.register["respondent"] == after.register["respondent"]).all()


def test_nobody_silent_or_nobody_heard_deals_nothing():
    enterprises = pd.DataFrame({"enterprise_id": list("abc"), "respondent": "yes"})
    linkages = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "layer": "supply"})
    for answer in ("yes", "no"):
        network = Network.from_tables(enterprises.assign(respondent=answer), linkages)
        silence = Nonresponse(ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, [0, 0, 0])))
        assert not silence.needed
        assert len(silence.draw(np.random.default_rng(0)).ties) == 2


@pytest.mark.parametrize("seed", [0, 1])
def test_as_many_ties_come_back_as_fell_silent(seed):
    tables_ = plant_survey(150, seed=seed, non_response=0.0)
    full = Network.from_tables(tables_.enterprises, tables_.linkages)
    partition = Partition.from_labels(full.enterprise_ids, tables_.truth.set_index("enterprise_id")["cluster"])
    seen = Resampling(full, 0.25).draw(np.random.default_rng(seed))
    silence = Nonresponse(ClusteredNetwork(seen, partition))
    dealt = [ClusteredNetwork(silence.draw(np.random.default_rng(draw)), partition) for draw in range(20)]
    truth, short = ClusteredNetwork(full, partition), ClusteredNetwork(seen, partition)
    missing = len(full.ties) - len(seen.ties)
    assert missing > 100
    assert np.mean([len(c.network.ties) for c in dealt]) - len(seen.ties) == pytest.approx(missing, rel=0.2)
    # They come back where they were, inside the clusters.
    gap = truth.pairs_inside.sum() - short.pairs_inside.sum()
    assert np.mean([c.pairs_inside.sum() for c in dealt]) - short.pairs_inside.sum() == pytest.approx(gap, rel=0.25)
