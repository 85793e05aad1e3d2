import numpy as np
import pandas as pd
import pytest

from clusternet.inference.draws import Draws
from clusternet.inference.families import VERDICTS, cluster_tests, family_means, family_test
from clusternet.metrics import METRICS


def test_family_means_by_hand():
    # One cluster, two metrics, three draws; the pool of each metric has mean 0 and standard deviation 1 or 2.
    values = np.array([[1.0], [-2.0]])
    draws = np.array([[[1.0], [-1.0], [-1.0]], [[-2.0], [2.0], [2.0]]])
    observed, drawn = family_means(values, draws, np.array([1.0, -1.0]))
    np.testing.assert_allclose(observed, [1.0])
    np.testing.assert_allclose(drawn, [[1.0], [-1.0], [-1.0]])
    index, p = family_test(values, draws, np.array([1.0, -1.0]))
    np.testing.assert_allclose(index, [2 / 3])
    np.testing.assert_allclose(p, [2 / 4])


def test_draws_in_which_nothing_was_found_are_beaten():
    draws = np.array([[[np.nan], [5.0], [np.nan]]])
    nothing = np.array([[True], [False], [True]])
    index, p = family_test(np.array([[1.0]]), draws, np.array([1.0]), nothing)
    np.testing.assert_allclose(index, [2 / 3])
    np.testing.assert_allclose(p, [2 / 4])
    index, p = family_test(np.array([[1.0]]), np.full((1, 3, 1), np.nan), np.array([1.0]), np.ones((3, 1), dtype=bool))
    assert (index[0], p[0]) == (1.0, 0.25)


def test_a_metric_that_is_undefined_on_either_side_is_left_out():
    values = np.array([[3.0, np.nan], [1.0, np.nan]])
    draws = np.array([[[1.0, 1.0], [2.0, 1.0]], [[np.nan, 1.0], [np.nan, 2.0]]])
    index, p = family_test(values, draws, np.ones(2))
    assert index[0] == 1
    assert p[0] == pytest.approx(1 / 3)
    assert np.isnan([index[1], p[1]]).all()


def test_scores_that_never_vary_decide_nothing():
    index, p = family_test(np.array([[0.5]]), np.full((1, 9, 1), 0.5), np.ones(1))
    assert (index[0], p[0]) == (0.0, 1.0)


def quadrant(cohesion, complementarity, k=4):
    """Observed scores of two clusters above all draws (True), below all draws (False) or undefined (None)."""
    words = {True: 1.0, False: -1.0, None: np.nan}
    cards = [METRICS[name].card for name in ("density", "need_coverage", "structural_complementarity")]
    values = [[words[entry] for entry in column] for column in (cohesion, complementarity, [True] * k)]
    table = pd.concat(
        [pd.DataFrame({"metric": card.name, "value": value}) for card, value in zip(cards, values, strict=True)]
    )
    drawn = np.linspace(-0.5, 0.5, 99)[:, None].repeat(k, axis=1)
    none = np.zeros(drawn.shape, dtype=bool)
    return cluster_tests(
        table,
        cards,
        {
            "rewiring": Draws({"density": drawn, "structural_complementarity": drawn * np.nan}, none),
            "attributes": Draws({"need_coverage": drawn}, none),
        },
        k,
    )


def test_the_verdict_is_the_quadrant():
    found = quadrant([True, True, False, False], [True, False, True, False])
    assert found["verdict"].tolist() == ["natural cluster", "club", "chain to connect", "loose group"]
    assert found["verdict"].tolist() == list(VERDICTS.values())
    assert found["cohesion_index"].tolist() == [1, 1, 0, 0]
    assert found["stability"].isna().all()


def test_no_verdict_where_a_family_could_not_be_tested():
    found = quadrant([True, True, None, None], [True, None, True, None])
    assert found["verdict"].tolist() == ["natural cluster", "", "", ""]
    # Squares without diagonals alone do not make a test of complementarity.
    assert found["complementarity_p"].isna().tolist() == [False, True, False, True]


def test_nothing_is_tested_without_draws():
    found = cluster_tests(pd.DataFrame({"metric": [], "value": []}), [METRICS["density"].card], {}, 2)
    assert found.drop(columns=["cluster", "verdict"]).isna().all(axis=None)
    assert found["verdict"].tolist() == ["", ""]
