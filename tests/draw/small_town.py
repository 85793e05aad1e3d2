"""A small network with everything that a map and a report must show, made by hand; fixtures for both rooms."""

import numpy as np
import pandas as pd
import pytest

from clusternet.model import MetricCard, Network, Partition, Scores, Settings
from clusternet.model.scores import COLUMNS


@pytest.fixture
def network() -> Network:
    enterprises = pd.DataFrame(
        {
            "enterprise_id": ["a", "b", "c", "d", "e", "f", "g", "lone"],
            "name": ["Oak & Sons", "ورشة النور", "Cedar", "Door <b>", "Elm", "Fig", "Gum", "Lone"],
            "stage": ["sawing", "sawing", "joinery", "glue", "glue", "glue", None, None],
            "place": ["North", "North", "North", "South", "South", "South", "South", None],
            "workers": [3, 5, None, 2, 2, 2, 1, 4],
            "respondent": ["yes", "yes", "yes", "no", "yes", "yes", "yes", "yes"],
        }
    )
    rows = [
        ("a", "b", "supply", 2.0),
        ("a", "b", "stock", 1.0),
        ("b", "c", "supply", 1.0),
        ("a", "c", "stock", 1.0),
        ("e", "d", "supply", 3.0),
        ("e", "f", "stock", 1.0),
        ("f", "d", "stock", 1.0),
        ("c", "f", "supply", 0.5),
        ("a", "Timber Port", "supply", 1.0),
        ("e", "g", "rivalry", 1.0),
    ]
    linkages = pd.DataFrame(rows, columns=["source", "target", "layer", "weight"])
    resources = pd.DataFrame(
        {
            "enterprise_id": ["a", "b", "c", "d"],
            "resource": ["boards", "boards", "boards", "glue"],
            "role": ["offer", "need", "need", "need"],
            "factor": ["material"] * 4,
            "quantity": [10.0, 4.0, 5.0, 1.0],
            "unit": ["m3", "m3", "m3", "kg"],
        }
    )
    settings = Settings(title="Town of <i>wood</i>", boundary="All workshops", design="roster")
    return Network.from_tables(enterprises, linkages, resources, settings=settings)


@pytest.fixture
def partition(network: Network) -> Partition:
    return Partition.from_labels(
        network.enterprise_ids, {"a": 0, "b": 0, "c": 0, "d": 1, "e": 1, "f": 1, "g": -1, "lone": -1}
    )


@pytest.fixture
def scores() -> Scores:
    return small_scores()


def small_scores() -> Scores:
    """Two clusters, three scores, one value undefined."""
    density = MetricCard(
        "density",
        "Density",
        "cohesion",
        "higher",
        r"m / \binom{n}{2}",
        "share of pairs",
        (0, 1),
        "one member",
        "-",
        "x",
    )
    cards = {
        "density": MetricCard(**{**vars(density), "core": True}),
        "jobs": MetricCard(**{**vars(density), "name": "jobs", "family": "livelihoods", "range": (0, np.inf)}),
        "layer_density": MetricCard(
            **{**vars(density), "name": "layer_density", "family": "glue", "per_layer": True, "core": True}
        ),
    }
    none = [np.nan] * 6
    rows = [
        (0, "cohesion", "density", 1.0, *none, ""),
        (0, "glue", "layer_density:stock", 2 / 3, *none, ""),
        (0, "livelihoods", "jobs", np.nan, *none, "nobody said how many"),
        (1, "cohesion", "density", 1 / 3, *none, ""),
        (1, "glue", "layer_density:stock", 0.1 + 0.2, *none, ""),
        (1, "livelihoods", "jobs", 12.0, *none, ""),
    ]
    return Scores(pd.DataFrame(rows, columns=list(COLUMNS)), cards)
