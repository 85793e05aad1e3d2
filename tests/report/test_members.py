"""Who the members of a cluster are."""

import numpy as np
import pandas as pd
import pytest

from clusternet.messages import LANGUAGES
from clusternet.model import Network
from clusternet.report.members import makeup, member_rows


@pytest.fixture
def network():
    enterprises = pd.DataFrame(
        {
            "enterprise_id": list("abcdef"),
            "name": [f"Firm {letter}" for letter in "abcdef"],
            "stage": ["sawing", "sawing", "joining", "joining", None, "painting"],
            "place": ["North"] * 3 + [None] * 3,
            "workers": [1, 2, None, 4, 5, 6],
        }
    )
    return Network.from_tables(enterprises, pd.DataFrame({"source": ["a"], "target": ["b"], "layer": "supply"}))


def test_the_most_frequent_come_first_and_ties_by_code(network):
    assert makeup(network, np.arange(6), "en") == [
        ("Stages", [("joining", "2"), ("sawing", "2"), ("painting", "1")]),
        ("Places", [("North", "3")]),
    ]


def test_what_nobody_said_has_no_heading(network):
    assert makeup(network, np.array([4]), "en") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_say_what_is_known_and_nothing_else(network, language):
    rows = member_rows(network, np.array([2, 4]), {"c": "hub"}, np.full(6, np.nan), language)
    assert [(row["id"], row["stage"], row["place"], row["sector"]) for row in rows] == [
        ("c", "joining", "North", ""),
        ("e", "", "", ""),
    ]
    assert rows[0]["role"] == {"en": "hub"}.get(language, rows[0]["role"])
    assert rows[0]["role"]
    assert rows[1]["role"] == ""


def test_codes_of_one_division_are_one_sector():
    enterprises = pd.DataFrame({"enterprise_id": list("abc"), "name": list("abc"), "sector": ["1610", "1621", "3100"]})
    found = Network.from_tables(enterprises, pd.DataFrame({"source": ["a"], "target": ["b"], "layer": "supply"}))
    ((label, often),) = makeup(found, np.arange(3), "en")
    assert label == "Sectors"
    assert [count for _, count in often] == ["2", "1"]
    assert often[1][0] == "Manufacture of furniture"
