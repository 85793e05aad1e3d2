"""Openings cluster by cluster from sorted rows give what a pass over everything for each cluster gives."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusternet.ingest import build_network
from clusternet.metrics.openings import openings_table
from clusternet.model import ClusteredNetwork, Network, Partition
from clusternet.planted import plant_survey
from tests.metrics import openings_reference as reference
from tests.strategies import examples


def _same(c: ClusteredNetwork) -> pd.DataFrame:
    found, expected = openings_table(c), reference.openings_table(c)
    pd.testing.assert_frame_equal(found, expected, check_exact=True)
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_differential_planted_clusters(seed):
    tables = plant_survey(150, seed=seed)
    network = build_network(tables.survey())
    truth = Partition.from_labels(network.enterprise_ids, tables.truth.set_index("enterprise_id")["cluster"])
    assert len(_same(ClusteredNetwork(network, truth))) > 100


@pytest.mark.parametrize("most", [1, 2, 5])
def test_differential_few_offers_are_looked_at(most, monkeypatch):
    for module in ("clusternet.metrics.openings", "clusternet.metrics.recruits", "tests.metrics.openings_reference"):
        monkeypatch.setattr(f"{module}.LARGEST_OFFERS", most)
        if "recruits" not in module:
            monkeypatch.setattr(f"{module}.MOST_OPENINGS", most)
    tables = plant_survey(80, seed=3)
    network = build_network(tables.survey())
    truth = Partition.from_labels(network.enterprise_ids, tables.truth.set_index("enterprise_id")["cluster"])
    assert len(_same(ClusteredNetwork(network, truth)))


IDS = list("abcdefgh")
RESOURCES = ["boards", "chairs", "frames", "glue", "seats"]


@st.composite
def _surveys(draw):
    """Draw few enterprises with needs, offers, stages, linkages and recipes, most of them with ties."""
    n = draw(st.integers(1, len(IDS)))
    some = st.sampled_from(IDS[:n])
    rows = draw(
        st.lists(
            st.tuples(
                some,
                st.sampled_from(RESOURCES),
                st.sampled_from(["need", "offer"]),
                st.sampled_from([None, 0.0, 1.0, 2.0, 1e9, 1 / 3]),
            ),
            max_size=25,
        )
    )
    resources = pd.DataFrame(rows, columns=["enterprise_id", "resource", "role", "quantity"]).assign(factor="material")
    linked = draw(st.lists(st.tuples(some, some).filter(lambda pair: pair[0] != pair[1]), max_size=8, unique=True))
    steps = draw(st.lists(st.tuples(st.sampled_from(RESOURCES), st.sampled_from(RESOURCES)), max_size=6, unique=True))
    recipes = pd.DataFrame(steps, columns=["product", "input"]).assign(quantity=1.0)
    recipes["stage"] = recipes["product"].map({"frames": "sawing", "seats": "sawing", "chairs": "joinery"})
    stages = draw(st.lists(st.sampled_from(["sawing", "joinery", None]), min_size=n, max_size=n))
    register = pd.DataFrame({"enterprise_id": IDS[:n], "stage": stages})
    linkages = pd.DataFrame(linked, columns=["source", "target"], dtype="str").assign(layer="supply")
    labels = draw(st.lists(st.integers(-1, 2), min_size=n, max_size=n))
    return register, linkages, resources.astype({"quantity": "float64"}), recipes, dict(zip(IDS, labels, strict=False))


@given(_surveys(), st.integers(1, 4))
@settings(max_examples=examples(12), deadline=None)
def test_differential_random_surveys(survey, most):
    register, linkages, resources, recipes, labels = survey
    network = Network.from_tables(register, linkages, resources, recipes if len(recipes) else None)
    with pytest.MonkeyPatch.context() as patch:
        for module in ("clusternet.metrics.openings", "clusternet.metrics.recruits"):
            patch.setattr(f"{module}.LARGEST_OFFERS", most)
        patch.setattr(reference, "LARGEST_OFFERS", most)
        _same(ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, labels)))
