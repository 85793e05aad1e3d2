"""Whether two nouns are the same to the last bit, history and types included."""

import json

import numpy as np
import pandas as pd

TABLES = ("rows", "clusters", "members", "plan", "gaps", "openings", "layers")


def same_array(one, two):
    assert one.dtype == two.dtype
    assert one.shape == two.shape
    assert one.tobytes() == two.tobytes()


def same_history(one, two):
    assert one == two
    told = [json.dumps([[step.verb, dict(step.arguments)] for step in history.steps]) for history in (one, two)]
    assert told[0] == told[1]


def same_partition(one, two):
    for name in ("codes", "member_certainty", "cluster_stability", "cluster_support"):
        same_array(getattr(one, name), getattr(two, name))
    assert (one.membership is None) == (two.membership is None)
    if one.membership is not None:
        assert one.membership.shape == two.membership.shape
        for name in ("data", "indices", "indptr"):
            same_array(getattr(one.membership, name), getattr(two.membership, name))
    pd.testing.assert_index_equal(one.enterprise_ids, two.enterprise_ids, exact=True)
    assert one.method == two.method
    same_history(one.provenance, two.provenance)


def same_table(one, two):
    pd.testing.assert_frame_equal(one, two, check_exact=True, check_column_type="exact", check_index_type="exact")
    assert one.dtypes.tolist() == two.dtypes.tolist()
    for column in one:
        if isinstance(one[column].dtype, np.dtype):
            same_array(one[column].to_numpy(), two[column].to_numpy())


def same_scores(one, two):
    for name in TABLES:
        same_table(getattr(one, name), getattr(two, name))
    assert list(one.cards.items()) == list(two.cards.items())
    assert [type(card.range) for card in one.cards.values()] == [type(card.range) for card in two.cards.values()]
    same_history(one.provenance, two.provenance)
