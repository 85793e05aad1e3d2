"""What stands on the page of each cluster."""

import numpy as np
import pandas as pd
import pytest

from clusternet.draw import map_marks
from clusternet.messages import LANGUAGES
from clusternet.metrics import METRICS, score
from clusternet.model import ClusteredNetwork, Network, Partition
from clusternet.report.cluster_pages import cluster_pages


def pages(labels, language="en"):
    enterprises = pd.DataFrame(
        {"enterprise_id": list("abcd"), "name": list("ABCD"), "place": ["North", "North", None, "South"]}
    )
    linkages = pd.DataFrame({"source": list("abc"), "target": list("bcd"), "layer": "supply"})
    network = Network.from_tables(enterprises, linkages)
    partition = Partition.from_labels(network.enterprise_ids, labels)
    scores = score(ClusteredNetwork(network, partition), [METRICS["density"]])
    marks = map_marks(network, partition, scores, language=language)
    return list(cluster_pages(network, partition, scores, marks, [""] * partition.n_clusters, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cluster_of_everybody_says_that_nothing_sets_it_apart(language):
    (page,) = pages([0, 0, 0, 0], language)
    assert page["meaning"]
    assert page["verdict"] == ""
    assert page["meaning"].startswith("It holds every enterprise") == (language == "en")


def test_other_clusters_do_not_say_so():
    first, second = pages([0, 0, 1, 1])
    assert first["meaning"] == second["meaning"] == ""


def test_columns_that_nobody_filled_are_left_out():
    (page, _) = pages([0, 0, 1, 1])
    assert page["columns"] == ["place"]
    assert [row["id"] for row in page["members"]] == ["a", "b"]
    assert page["makeup"] == [("Places", [("North", "2")])]


def test_the_linkages_inside_are_counted_and_those_between_are_not():
    found = pages([0, 0, 1, 1])
    assert [[row["linkages"] for row in page["layers"]] for page in found] == [["1"], ["1"]]
    assert np.isclose([float(page["layers"][0]["weight"]) for page in found], 1).all()
