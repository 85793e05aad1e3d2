import pickle
from copy import deepcopy

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from sklearn.base import clone
from sklearn.datasets import make_blobs
from sklearn.exceptions import NotFittedError
from sklearn.metrics import adjusted_rand_score
from sklearn.metrics.pairwise import rbf_kernel
from sklearn.model_selection import GridSearchCV
from sklearn.utils.estimator_checks import parametrize_with_checks
from sklearn.utils.validation import check_is_fitted

from clusternet.detect import find_clusters, method
from clusternet.detect.estimator import ClusterFinder, cohesion_scorer
from clusternet.errors import InputError
from clusternet.model import Network

#: Checks of scikit-learn that a square matrix of linkages cannot pass, each with the reason.
EXPECTED_FAILURES = {
    "check_clustering": (
        "it hands over 50 rows of 2 features, some below 0, whatever the tags pairwise and positive_only say; "
        "test_what_check_clustering_asks asks the same of linkages between the 50 rows"
    ),
}


@parametrize_with_checks(
    [ClusterFinder("leiden"), ClusterFinder()], expected_failed_checks=lambda estimator: EXPECTED_FAILURES
)
def test_scikit_learn_checks(estimator, check):
    check(estimator)


@pytest.fixture(scope="module")
def karate():
    return nx.karate_club_graph()


@pytest.fixture(scope="module")
def blobs():
    """Linkages between 50 points in three heaps: the nearer, the stronger, and none where they are far apart."""
    points, heap = make_blobs(n_samples=50, random_state=1)
    weight = rbf_kernel(points, gamma=0.2)
    return np.where(weight > 0.01, weight, 0), heap


@pytest.mark.parametrize("name", ["leiden", "natural"])
def test_what_check_clustering_asks(name, blobs):
    weight, heap = blobs
    finder = ClusterFinder(name)
    labels = finder.fit(weight).labels_
    assert labels.shape == (50,)
    assert labels.dtype == np.int64
    assert adjusted_rand_score(labels, heap) > 0.4
    weight.flags.writeable = False
    for same in (weight, weight.tolist(), weight.astype(np.float32)):
        np.testing.assert_array_equal(finder.fit_predict(same), labels)
    distinct = np.unique(labels)
    np.testing.assert_array_equal(distinct, np.arange(distinct[0], distinct[-1] + 1))
    assert distinct[0] in (0, -1)


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
    [
        (np.ones((2, 3)), "2 x 3"),
        (sparse.csr_array(np.ones((2, 3))), "2 x 3"),
        (np.array([[0, -1], [-1, 0]]), "Negative values in data: 2 linkage weights"),
        (sparse.csc_array(np.array([[0, -1], [-1, 0]])), "Negative values in data: 2 linkage weights"),
        (np.full((2, 2), np.nan), "NaN or infinity"),
        (np.diag([np.inf, 0]), "NaN or infinity"),
        (sparse.coo_array(np.array([[0, np.nan], [0, 0]])), "NaN or infinity"),
        (np.ones(3), "cannot be read as linkage weights"),
        (np.ones((2, 2, 2)), "cannot be read as linkage weights"),
        (np.ones((2, 2), dtype=complex), "Complex data not supported"),
        (np.empty((0, 0)), "0 sample"),
        ([["a", "b"], ["b", "a"]], "cannot be read as linkage weights"),
    ],
)
def test_wrong_matrices_are_refused(matrix, message):
    for finder in (ClusterFinder(), ClusterFinder("leiden")):
        with pytest.raises(InputError, match=message) as refused:
            finder.fit(matrix)
        assert "\u0600" <= refused.value.text("ar")[0] <= "\u06ff"
    with pytest.raises(InputError, match=message):
        cohesion_scorer(ClusterFinder("leiden"), matrix)


def test_entries_given_twice_are_added_up():
    twice = sparse.coo_array(([2.0, -1.0, 1.0, 1.0], ([0, 0, 1, 2], [1, 1, 2, 3])), shape=(4, 4))
    once = twice.toarray()
    np.testing.assert_array_equal(ClusterFinder("leiden").fit_predict(twice), ClusterFinder("leiden").fit_predict(once))
    assert twice.nnz == 4
    np.testing.assert_array_equal(twice.data, [2.0, -1.0, 1.0, 1.0])


def test_names_of_a_table_are_kept_until_something_else_is_seen(karate):
    names = [f"firm {node}" for node in karate]
    table = pd.DataFrame(nx.to_numpy_array(karate), columns=names)
    finder = ClusterFinder("leiden").fit(table)
    assert finder.feature_names_in_.tolist() == names
    assert finder.n_features_in_ == 34
    finder.fit(Network.from_networkx(karate))
    assert not hasattr(finder, "feature_names_in_")
    assert not hasattr(finder, "n_features_in_")


def pickled(thing):
    return pickle.loads(pickle.dumps(thing))  # noqa: S301


@pytest.mark.parametrize("again", [deepcopy, pickled])
def test_a_fitted_finder_travels_whole(karate, again):
    finder = ClusterFinder(options={"unsure": 0.2}).fit(Network.from_networkx(karate))
    other = again(finder)
    assert other.get_params() == finder.get_params()
    np.testing.assert_array_equal(other.labels_, finder.labels_)
    partition = other.partition_
    np.testing.assert_array_equal(partition.codes, finder.partition_.codes)
    np.testing.assert_array_equal(partition.member_certainty, finder.partition_.member_certainty)
    assert partition.shares.equals(finder.partition_.shares)
    assert partition.clusters.equals(finder.partition_.clusters)
    assert partition.provenance == finder.partition_.provenance
    assert partition.provenance.steps[-1].arguments["options"] == {"unsure": 0.2}
    for values in (partition.codes, partition.member_certainty):
        assert not values.flags.writeable
    # Labels are the reader's own; the partition stays what it is.
    other.labels_[:] = 7
    assert partition.codes.max() < 7


def test_before_fitting():
    with pytest.raises(NotFittedError):
        check_is_fitted(ClusterFinder())
    assert not hasattr(ClusterFinder(), "labels_")
    assert ClusterFinder(method="no such method", seed=-1).seed == -1  # nothing is asked before fit
    with pytest.raises(InputError, match="no method called"):
        ClusterFinder(method="no such method").fit(np.ones((3, 3)))


@method(label="Halves", assumes="nothing", deterministic=True, reference="-", takes="sparse")
def in_halves(matrix, *, seed):
    """Cut the list of enterprises in two."""
    return np.arange(matrix.shape[0]) >= matrix.shape[0] / 2


def test_methods_of_ones_own(karate):
    matrix = nx.to_numpy_array(nx.path_graph(6))
    finder = clone(ClusterFinder(in_halves))
    assert finder.fit_predict(matrix).tolist() == [0, 0, 0, 1, 1, 1]
    assert pickled(finder).method is in_halves
    whole = np.arange(6)
    search = GridSearchCV(
        ClusterFinder(), {"method": [in_halves, "leiden"]}, scoring=cohesion_scorer, cv=[(whole, whole)]
    )
    assert search.fit(matrix).best_params_["method"] is in_halves
