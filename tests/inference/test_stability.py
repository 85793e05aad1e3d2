import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clusternet.inference.stability import Survival, best_matches
from clusternet.model.partition import canonical_labels

codes = st.lists(st.integers(-1, 3), min_size=6, max_size=6).map(lambda found: canonical_labels(np.array(found)))


@given(codes, codes)
def test_best_matches_agree_with_sets(one, other):
    jaccard, match = best_matches(one, other)
    for cluster in range(one.max() + 1):
        mine = set(np.flatnonzero(one == cluster))
        found = [
            (len(mine & theirs) / len(mine | theirs), candidate)
            for candidate in range(other.max() + 1)
            if mine & (theirs := set(np.flatnonzero(other == candidate)))
        ]
        best = max((value for value, _ in found), default=0.0)
        assert jaccard[cluster] == best
        assert match[cluster] == next((candidate for value, candidate in found if value == best), -1)


def test_survival_by_hand():
    survival = Survival(np.array([0, 0, 0, 1, 1, -1]))
    survival.add(np.array([0, 0, 0, 1, 1, -1]))
    survival.add(np.array([1, 1, 0, 0, 0, 1]))
    survival.add(np.array([-1, -1, -1, 0, 0, 0]))
    np.testing.assert_allclose(survival.stability, [(1 + 2 / 4 + 0) / 3, (1 + 2 / 3 + 2 / 3) / 3])
    np.testing.assert_allclose(survival.certainty, [2 / 3, 2 / 3, 1 / 3, 1, 1, 1 / 3])


def test_without_a_draw_nothing_is_said():
    survival = Survival(np.array([0, 0, -1]))
    assert np.isnan(survival.stability).all()
    assert np.isnan(survival.certainty).all()
