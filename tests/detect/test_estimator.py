import networkx as nx
import numpy as np
import pytest
from scipy import sparse
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV

from clusternet.detect import find_clusters
from clusternet.detect.estimator import ClusterFinder, cohesion_scorer
from clusternet.errors import InputError
from clusternet.model import Network


@pytest.fixture(scope="module")
def karate():
    return nx.karate_club_graph()


def test_network_matrix_and_sparse_matrix_give_the_same(karate):
    matrix = nx.to_numpy_array(karate)
    found = [
        ClusterFinder("leiden").fit_predict(X) for X in (matrix, sparse.csr_array(matrix), sparse.csr_matrix(matrix))
    ]
    np.testing.assert_array_equal(found[0], found[1])
    np.testing.assert_array_equal(found[0], found[2])
    network = Network.from_networkx(nx.relabel_nodes(karate, {node: f"{node:02d}" for node in karate}))
    np.testing.assert_array_equal(found[0], ClusterFinder("leiden").fit(network).labels_)
    np.testing.assert_array_equal(found[0], find_clusters(network, "leiden").codes)
    assert nx.community.modularity(karate, [set(np.flatnonzero(found[0] == k)) for k in np.unique(found[0])]) > 0.4


def test_direction_and_diagonal(karate):
    matrix = nx.to_numpy_array(karate)
    lopsided = 2 * np.triu(matrix) + 5 * np.eye(len(matrix))
    np.testing.assert_array_equal(
        ClusterFinder("leiden").fit_predict(lopsided), ClusterFinder("leiden").fit_predict(matrix)
    )


def test_it_behaves_like_an_estimator(karate):
    finder = ClusterFinder("leiden", seed=3, options={"resolution": 0.5})
    assert clone(finder).get_params() == finder.get_params()
    assert finder.set_params(seed=4).seed == 4
    assert "leiden" in repr(finder)
    assert finder.fit(nx.to_numpy_array(karate)) is finder
    assert finder.n_features_in_ == 34
    assert finder.partition_.n_clusters == finder.labels_.max() + 1


def test_model_selection_prefers_the_better_modularity(karate):
    matrix = nx.to_numpy_array(karate)
    whole = np.arange(len(matrix))
    search = GridSearchCV(
        ClusterFinder(),
        {"method": ["leiden", "label_propagation"], "seed": [0, 1]},
        scoring=cohesion_scorer,
        cv=[(whole, whole)],
        error_score="raise",
    )
    search.fit(matrix)
    assert search.best_params_["method"] == "leiden"
    assert search.best_score_ > 0.3


def test_nothing_linked_scores_nought():
    assert cohesion_scorer(ClusterFinder("leiden"), np.zeros((3, 3))) == 0
    assert ClusterFinder().fit_predict(np.zeros((3, 3))).tolist() == [-1, -1, -1]


@pytest.mark.parametrize(
    ("matrix", "message"),
    [(np.ones((2, 3)), "2 x 3"), (np.array([[0, -1], [-1, 0]]), "weights"), (np.full((2, 2), np.nan), "weights")],
)
def test_wrong_matrices_are_refused(matrix, message):
    with pytest.raises(InputError, match=message):
        ClusterFinder().fit(matrix)
