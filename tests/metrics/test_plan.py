"""The least-cost plan: problems done on paper, and what holds in every plan."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusternet.metrics import METRICS, score
from clusternet.metrics.needs import covered_needs, needs_and_offers
from clusternet.metrics.plan import bought_offers, plan_table, planned_routes
from clusternet.model import ClusteredNetwork, Network, Partition, Settings
from clusternet.model.scores import PLAN_COLUMNS
from clusternet.planted import plant_survey
from tests.strategies import labels, tables


def clustered(ledger, labels, places=None, **declared):
    """A network without linkages; the ledger as (enterprise, role, quantity, unit_cost) of boards."""
    enterprises = pd.DataFrame({"enterprise_id": sorted(labels)})
    if places:
        enterprises[["latitude", "longitude"]] = [places.get(i, (None, None)) for i in sorted(labels)]
    resources = pd.DataFrame(ledger, columns=["enterprise_id", "role", "quantity", "unit_cost"])
    resources = resources.assign(resource="boards", unit="piece", factor="material")
    network = Network.from_tables(
        enterprises, pd.DataFrame(columns=["source", "target"]), resources, settings=Settings(**declared)
    )
    return ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, labels))


def test_a_problem_done_on_paper():
    """Ten boards are needed and twelve offered: the 6 at 2 and the 4 of the next at 3 cost 24; at the median, 3, 30."""
    c = clustered(
        [
            ("a", "offer", 6, 2.0),
            ("b", "offer", 4, 3.0),
            ("c", "offer", 2, 5.0),
            ("d", "need", 7, None),
            ("e", "need", 3, None),
        ],
        dict.fromkeys("abcde", 0),
    )
    plan = plan_table(c)
    assert tuple(plan.columns) == PLAN_COLUMNS
    assert plan.groupby("supplier")["quantity"].sum().to_dict() == {"a": 6, "b": 4}
    assert plan.groupby("buyer")["quantity"].sum().to_dict() == {"d": 7, "e": 3}
    assert plan["cost"].sum() == 24
    assert set(plan["unit"]) == {"piece"}
    assert METRICS["plan_saving"](c)[0] == pytest.approx(1 - 24 / 30)


def test_nobody_serves_himself_though_he_is_cheapest():
    """a could give itself 5 at 1; it must buy 3 from b at 4, so that only b's own 2 are served by a."""
    c = clustered(
        [("a", "offer", 5, 1.0), ("a", "need", 3, None), ("b", "offer", 3, 4.0), ("b", "need", 2, None)],
        {"a": 0, "b": 0},
    )
    plan = plan_table(c)[["supplier", "buyer", "quantity", "cost"]]
    assert plan.values.tolist() == [["a", "b", 2, 2], ["b", "a", 3, 12]]


def test_haulage_turns_the_order_of_prices_around():
    """One degree at the equator is 111.195 km: at 0.1 a km the near supplier at 12 beats the far one at 1."""
    ledger = [("far", "offer", 4, 1.0), ("near", "offer", 4, 12.0), ("shop", "need", 4, None)]
    places = {"far": (0, 1), "near": (0, 0), "shop": (0, 0)}
    labels = dict.fromkeys(["far", "near", "shop"], 0)
    free, hauled = clustered(ledger, labels, places), clustered(ledger, labels, places, haulage=0.1)
    assert plan_table(free)["supplier"].tolist() == ["far"]
    assert plan_table(hauled)["supplier"].tolist() == ["near"]
    assert plan_table(hauled)["cost"].tolist() == [48]
    only = clustered(ledger[:1] + ledger[2:], labels, places, haulage=0.1)
    assert plan_table(only)["cost"].iloc[0] == pytest.approx(4 * (1 + 0.1 * 6371.0088 * np.pi / 180))


def test_without_prices_quantities_are_planned_and_costs_left_open():
    c = clustered([("a", "offer", 5, None), ("b", "need", 2, None)], {"a": 0, "b": 0})
    plan = plan_table(c)
    assert plan["quantity"].tolist() == [2]
    assert plan[["unit_cost", "cost"]].isna().all(axis=None)
    assert np.isnan(METRICS["plan_saving"](c)[0])
    table = score(c, [METRICS["need_coverage_value"]]).table
    assert table["note"].tolist() == ["no member needs anything that has a price in the survey"]


def test_what_has_no_price_is_left_out_of_the_value_and_named():
    c = clustered([("a", "offer", 5, 2.0), ("b", "need", 10, None)], {"a": 0, "b": 0})
    ledger = pd.concat([c.network.resources, c.network.resources.iloc[1:].assign(resource="glue", role="need")])
    network = Network.from_tables(c.network.enterprises, c.network.linkages, ledger)
    row = score(ClusteredNetwork(network, c.partition), [METRICS["need_coverage_value"]]).table.iloc[0]
    assert row["value"] == 0.5
    assert row["note"] == "Left out, because no offer says its price: glue"


def least_cost_of_all(offers, needs):
    """Try every way to hand out whole units."""
    routes = [(i, j) for i in range(len(offers)) for j in range(len(needs)) if offers[i][0] != needs[j][0]]
    most = [min(offers[i][1], needs[j][1]) for i, j in routes]
    best = {}
    for amounts in itertools.product(*(range(limit + 1) for limit in most)):
        sold, bought = [0] * len(offers), [0] * len(needs)
        for (i, j), amount in zip(routes, amounts, strict=True):
            sold[i] += amount
            bought[j] += amount
        if all(s <= o[1] for s, o in zip(sold, offers, strict=True)) and all(
            b <= n[1] for b, n in zip(bought, needs, strict=True)
        ):
            cost = sum(s * o[2] for s, o in zip(sold, offers, strict=True))
            best[sum(sold)] = min(cost, best.get(sum(sold), cost))
    return max(best), best[max(best)]


@settings(max_examples=40)
@given(st.data())
def test_no_other_way_is_cheaper(data):
    whole, price = st.integers(1, 3), st.integers(1, 9)
    ids = "abcd"
    offers = [(i, data.draw(whole), data.draw(price)) for i in data.draw(st.permutations(ids))[:3]]
    needs = [(i, data.draw(whole)) for i in data.draw(st.permutations(ids))[:2]]
    c = clustered(
        [(i, "offer", q, p) for i, q, p in offers] + [(i, "need", q, None) for i, q in needs], dict.fromkeys(ids, 0)
    )
    plan = plan_table(c)
    amount, cost = least_cost_of_all(offers, needs)
    assert plan["quantity"].sum() == pytest.approx(amount, abs=1e-9)
    assert plan["cost"].sum() == pytest.approx(cost, abs=1e-9)


@settings(max_examples=100)
@given(st.data())
def test_every_plan_serves_what_can_be_covered_and_keeps_to_needs_and_offers(data):
    found = data.draw(tables())
    network = Network.from_tables(**found, settings=Settings(haulage=data.draw(st.sampled_from([0.0, 0.5]))))
    partition = Partition(network.enterprise_ids, np.array(data.draw(labels(network.n_enterprises))))
    check_plan(ClusteredNetwork(network, partition))


@pytest.mark.parametrize("haulage", [0.0, 0.2])
def test_plans_of_a_planted_survey(haulage):
    tables = plant_survey(300, seed=8)
    network = Network.from_tables(
        tables.enterprises, tables.linkages, tables.resources, tables.recipes, settings=Settings(haulage=haulage)
    )
    for codes in (tables.truth.set_index("enterprise_id")["cluster"], dict.fromkeys(network.enterprise_ids, 0)):
        check_plan(ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, codes)))


def check_plan(c):
    routes, table, bought = planned_routes(c), needs_and_offers(c), bought_offers(c)
    sums = [
        (rows["quantity"] * (rows["unit_cost"].fillna(0) + rows["haulage"])).groupby(rows["cluster"]).sum()
        for rows in (routes, bought)
    ]
    # The greedy choice, and the solver's: two ways to the same least cost.
    np.testing.assert_allclose(sums[1], sums[0].reindex(sums[1].index, fill_value=0.0), rtol=1e-9, atol=1e-9)
    assert (routes["supplier"] != routes["buyer"]).all()
    assert (routes["quantity"] > 0).all()
    keys = ["cluster", "resource"]
    served = routes.groupby(keys)["quantity"].sum()
    covered = covered_needs(table).set_index(keys)["covered"]
    served = served.reindex(covered.index, fill_value=0.0)
    np.testing.assert_allclose(served, covered, rtol=1e-9, atol=1e-9)
    for side, role in (("supplier", "offer"), ("buyer", "need")):
        moved = routes.groupby([*keys, side])["quantity"].sum().rename_axis([*keys, "enterprise"])
        limit = table.set_index([*keys, "enterprise"])[role].reindex(moved.index)
        assert (moved <= limit * (1 + 1e-9)).all()
