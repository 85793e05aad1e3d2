"""Where an answer of the register begins or stops to count; each bound from both sides, worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from clusternet.metrics import METRICS
from clusternet.metrics.sorting import distinct
from clusternet.metrics.variety import isic_levels
from clusternet.model import ClusteredNetwork, Network, Partition, Settings


def seen(columns, *, labels=None, linkages=None, settings=None, **tables):
    """A network of the enterprises a, b, c, … with some answers, each two neighbours linked; one cluster unless told."""
    size = len(next(iter(columns.values())))
    ids = list("abcdefgh"[:size])
    if linkages is None:
        linkages = pd.DataFrame({"source": ids[:-1], "target": ids[1:], "layer": "supply"})
    network = Network.from_tables(
        pd.DataFrame({"enterprise_id": ids, **columns}), linkages, settings=settings or Settings(), **tables
    )
    return ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, labels or [0] * size))


def value(name, c):
    return METRICS[name](c).tolist()


def test_an_income_on_the_poverty_line_is_not_below_it():
    c = seen({"monthly_income": [149.0, 150.0, 151.0, None]}, settings=Settings(poverty_line=150))
    assert value("poverty_share", c) == [pytest.approx(1 / 3)]


def test_a_poverty_line_of_0_is_a_line():
    c = seen({"monthly_income": [-1.0, 0.0]}, settings=Settings(poverty_line=0))
    assert value("poverty_share", c) == [0.5]
    assert np.isnan(value("poverty_share", seen({"monthly_income": [-1.0, 0.0]}))[0])


def test_all_workers_may_be_women_and_more_cannot_be():
    c = seen({"workers": [4.0, 6.0, 5.0], "women_workers": [4.0, 0.0, 6.0]})
    # The third is a slip of the pen: 4 of 10.
    assert value("women_share", c) == [0.4]


@pytest.mark.parametrize(
    ("incomes", "gini"),
    [
        ([100.0, 100.0, 100.0], 0.0),
        # One of three earns all: 4 pairs of 300 / (2 * 9 * 100).
        ([0.0, 0.0, 300.0], 2 / 3),
        # Pairs 1, 2, 3, each twice: 12 / (2 * 9 * 7 / 3).
        ([1.0, 2.0, 4.0], 12 / 42),
        ([0.0, 0.0, 0.0], np.nan),
        ([-1.0, 2.0, 4.0], np.nan),
        ([5.0, None, None], 0.0),
    ],
)
def test_gini_of_few_incomes(incomes, gini):
    assert value("income_gini", seen({"monthly_income": incomes})) == [pytest.approx(gini, nan_ok=True)]


def test_gini_of_one_cluster_knows_nothing_of_another():
    c = seen({"monthly_income": [4.0, 0.0, 2.0, 300.0, 1.0]}, labels=[0, 1, 0, 1, 0])
    assert value("income_gini", c) == [pytest.approx(12 / 42), pytest.approx(0.5)]


def test_jobs_nobody_told_are_unknown_and_not_0():
    c = seen({"workers": [None, None, None, 0.0, None, 3.0]}, labels=[0, 0, 0, 1, 1, 2])
    assert np.isnan(value("jobs", c)[0])
    assert value("jobs", c)[1:] == [0.0, 3.0]


@pytest.mark.parametrize(
    ("code", "levels"),
    [
        ("3100", ("3100", "310", "31", "C")),
        ("C3100", ("3100", "310", "31", "C")),
        (" 31 ", ("31", "31", "31", "C")),
        ("310", ("310", "310", "31", "C")),
        ("3100.12", ("3100", "310", "31", "C")),
        ("31001", ("3100", "310", "31", "C")),
        ("01", ("01", "01", "01", "A")),
        ("03", ("03", "03", "03", "A")),
        ("99", ("99", "99", "99", "U")),
        # Divisions 04, 34 and 00 are none of ISIC.
        ("04", None),
        ("34", None),
        ("00", None),
        ("3", None),
        ("V31", None),
        (None, None),
    ],
)
def test_levels_of_a_sector_code(code, levels):
    assert isic_levels(code) == levels


def test_variety_of_a_cluster_without_workers_is_by_count():
    sectors = ["3100", "3109", "1610", "3100"]
    # The first cluster gives no workers: a class each, 1 bit within furniture. The second has 6 and 2 of 8 workers.
    c = seen({"sector": sectors, "workers": [None, None, 2.0, 6.0]}, labels=[0, 0, 1, 1])
    assert value("related_variety", c) == [1.0, 0.0]
    assert value("unrelated_variety", c) == [0.0, pytest.approx(0.25 * 2 + 0.75 * np.log2(4 / 3))]
    assert value("rao_diversity", c) == [pytest.approx(2 * 0.25 * 0.25), pytest.approx(2 * 0.75 * 0.75 * 0.25)]


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("3100", "3100", 0), ("3100", "3109", 0.25), ("1610", "1621", 0.5), ("3100", "1610", 0.75), ("3100", "0111", 1)],
)
def test_two_trades_are_a_quarter_further_apart_at_every_level(one, other, distance):
    assert value("rao_diversity", seen({"sector": [one, other]})) == [pytest.approx(2 * 0.25 * distance)]


def test_members_without_a_place_have_no_distance():
    c = seen({"latitude": [0.0, 0.0, None], "longitude": [0.0, 90.0, 0.0]})
    quarter = 6371.0088 * np.pi / 2
    assert value("sourcing_distance_km", c) == [pytest.approx(quarter)]
    assert np.isnan(value("sourcing_distance_km", seen({"latitude": [0.0, None], "longitude": [0.0, 0.0]}))[0])


def test_trade_that_ends_outside_the_register_leaks_and_that_with_other_clusters_does_not():
    linkages = pd.DataFrame(
        {
            "source": ["a", "b", "c", "Stranger", "a"],
            "target": ["b", "Stranger", "a", "c", "Other"],
            "layer": ["supply"] * 4 + ["technology"],
            "weight": [2.0, 3.0, 5.0, 7.0, 11.0],
        }
    )
    c = seen({"workers": [1.0, 1.0, 1.0]}, labels=[0, 0, 1], linkages=linkages)
    # Of the first cluster's 2 + 3 + 5 it is 3, of the second's 5 + 7 it is 7; technology is no trade.
    assert value("leakage", c) == [pytest.approx(3 / 10), pytest.approx(7 / 12)]


def test_flows_of_one_pair_are_added_and_only_circles_return():
    linkages = pd.DataFrame(
        {
            "source": ["a", "a", "b", "b", "d"],
            "target": ["b", "b", "a", "c", "e"],
            "layer": "supply",
            "weight": [1.0, 3.0, 4.0, 4.0, 9.0],
        }
    )
    c = seen({"workers": [1.0] * 5}, labels=[0, 0, 0, 1, 1], linkages=linkages)
    # a and b in a circle of 4 and 4: the root of 4 * 4. The second cluster has no circle.
    assert value("cyclicity", c) == [pytest.approx(4.0), 0.0]
    # T is 4, 8 and 4; of what passes a, half comes back from b, and the same of b: (1/2) (4 + 8) / 16.
    assert value("finn_cycling", c) == [pytest.approx(6 / 16), 0.0]


@pytest.mark.parametrize("keys", [[], [5], [3, 3, 7], [7, 3, 3], [2, 1]])
def test_distinct_numbers_and_their_places(keys):
    found, place = distinct(np.array(keys, dtype=np.int64))
    assert found.tolist() == sorted(set(keys))
    assert [found[at] for at in place] == keys
