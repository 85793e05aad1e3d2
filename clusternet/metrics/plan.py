"""The least-cost plan: who could serve whose need inside a cluster, as much as can be covered, at the least cost.

For every cluster and resource it is the transport problem (Hitchcock 1941) between the offers and the needs of the
members, without self-supply. First the largest quantity that can be served is found, then the cheapest way to serve it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog

from clusternet.metrics.distance import distance_km
from clusternet.metrics.memory import made_once
from clusternet.metrics.needs import covered_inside, ledger_rows, resource_names, resource_prices
from clusternet.model import ClusteredNetwork
from clusternet.model.scores import PLAN_COLUMNS
from clusternet.model.sums import grouped_sum

Values = NDArray[np.float64]
Places = NDArray[np.int64]

#: So many routes are given to the solver at once; one problem is never cut.
_ROUTES_AT_ONCE = 4000
#: A smaller share of what a problem covers is a trace of the solver's arithmetic.
_TRACE = 1e-10
_PRECISE = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}


@made_once
def planned_routes(c: ClusteredNetwork) -> pd.DataFrame:
    """Return every delivery of the least-cost plan.

    An offer without a unit cost counts at the median of all offers of the resource in the survey; a resource without
    any price is planned as if it cost nothing but its haulage. Haulage is charged where both places are known. Of
    plans that cost the same, the solver's choice stands; it depends on the ids and not on the order of rows.

    Parameters
    ----------
    c : ClusteredNetwork
        The clusters.

    Returns
    -------
    DataFrame
        One row per delivery, sorted by cluster, resource (a code), supplier, buyer (positions) and unit_cost, with
        quantity, unit_cost (NaN without a price), median (the survey's median offer price) and haulage (per unit).
    """
    problems = _problems(c)
    routes = _possible_routes(c, problems)
    problem = routes["problem"].to_numpy()
    covered = problems["covered"].to_numpy()
    cost = routes["unit_cost"].fillna(0.0).to_numpy() + routes["haulage"].to_numpy()
    scaled = _served(routes, covered, cost)
    routes = routes.assign(quantity=scaled * covered[problem])[scaled > _TRACE]
    columns = ["cluster", "resource", "supplier", "buyer", "unit_cost", "quantity", "median", "haulage"]
    return routes[columns].sort_values(columns[:5], kind="stable", ignore_index=True)


def bought_offers(c: ClusteredNetwork) -> pd.DataFrame:
    """Return how much of each offer the least-cost plan buys, without saying for whom.

    Where nothing is charged for haulage a plan's cost depends on the offers alone, and no solver is needed: taken from
    the cheapest on, each offer adds what it adds to the largest quantity that can be served. (Quantities that can be
    served form a polymatroid, on which the greedy choice costs least.)

    Parameters
    ----------
    c : ClusteredNetwork
        The clusters.

    Returns
    -------
    DataFrame
        cluster, resource (a code), quantity, unit_cost, median, and haulage (per unit).
    """
    if c.network.settings.haulage > 0:
        return planned_routes(c)
    offers, needs = _offers_and_needs(c, _problems(c))
    needed = needs.groupby("problem")["needed"].agg(["sum", "max"])
    own = needs.set_index(["problem", "buyer"])["needed"]
    offers = offers.sort_values(["problem", "unit_cost", "supplier"], kind="stable", ignore_index=True)
    by_problem = offers.groupby("problem")
    total = needed["sum"].reindex(offers["problem"]).to_numpy()
    so_far = by_problem["offered"].cumsum()
    mine = offers.groupby(["problem", "supplier"])["offered"].cumsum().to_numpy()
    mine = mine + own.reindex(pd.MultiIndex.from_frame(offers[["problem", "supplier"]])).fillna(0.0).to_numpy()
    largest = np.maximum(needed["max"].reindex(offers["problem"]).to_numpy(), mine)
    largest = pd.Series(largest).groupby(offers["problem"]).cummax()
    served = np.minimum(np.minimum(so_far, total), total + so_far - largest).clip(lower=0.0)
    before = served.groupby(offers["problem"]).shift(fill_value=0.0)
    return offers.assign(quantity=(served - before).clip(lower=0.0), haulage=0.0)


def _possible_routes(c: ClusteredNetwork, problems: pd.DataFrame) -> pd.DataFrame:
    """Return every pair of an offer and somebody else's need of one problem."""
    offers, needs = _offers_and_needs(c, problems)
    offers, needs = offers.assign(offer=np.arange(len(offers))), needs.assign(need=np.arange(len(needs)))
    routes = offers.merge(needs, on="problem", sort=True)
    routes = routes[routes["supplier"] != routes["buyer"]].reset_index(drop=True)
    rate = c.network.settings.haulage
    carried = distance_km(c.network, routes["supplier"].to_numpy(), routes["buyer"].to_numpy()) * rate
    return routes.assign(haulage=np.nan_to_num(carried, nan=0.0))


def _problems(c: ClusteredNetwork) -> pd.DataFrame:
    """Return the clusters and resources of which something can be covered, with how much."""
    problems = covered_inside(c)
    return problems[problems["covered"] > 0].reset_index(drop=True)


def _offers_and_needs(c: ClusteredNetwork, problems: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the offers of each problem, those of one supplier at different costs apart, and the needs."""
    keys = ["cluster", "resource"]
    place = problems[keys].assign(problem=np.arange(len(problems)))
    rows = ledger_rows(c).merge(place, on=keys)
    median = resource_prices(c.network)
    rows["median"] = median[rows["resource"].to_numpy()]
    rows["unit_cost"] = rows["unit_cost"].fillna(rows["median"])
    offers = _added(rows[rows["role"].eq("offer")], ["problem", *keys, "enterprise", "unit_cost", "median"])
    needs = _added(rows[rows["role"].eq("need")], ["problem", "enterprise"])
    offers = offers.rename(columns={"enterprise": "supplier", "quantity": "offered"})
    return offers, needs.rename(columns={"enterprise": "buyer", "quantity": "needed"})


def _added(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Add up the quantities of rows that are alike in some columns; sorted."""
    group = rows.groupby(keys, sort=True, dropna=False).ngroup().to_numpy()
    found = rows[keys].assign(group=group).drop_duplicates("group").sort_values("group", ignore_index=True)
    quantity = grouped_sum(rows["quantity"].to_numpy(), group, len(found))
    return found.drop(columns="group").assign(quantity=quantity)


def _served(routes: pd.DataFrame, covered: Values, cost: Values) -> Values:
    """Return what each route carries, as a share of what its problem covers, shape (routes,)."""
    problem = routes["problem"].to_numpy()
    offered = np.minimum(routes["offered"].to_numpy() / covered[problem], 1.0)
    needed = np.minimum(routes["needed"].to_numpy() / covered[problem], 1.0)
    carried = np.zeros(len(routes))
    count = len(covered)
    offers, needs = (_distinct(routes[column].to_numpy(), problem, count) for column in ("offer", "need"))
    for limit, simple in ((offered, needs == 1), (needed, (offers == 1) & (needs != 1))):
        chosen = np.flatnonzero(simple[problem])
        carried[chosen] = _filled(problem[chosen], cost[chosen], limit[chosen])
    hard = np.flatnonzero(((offers > 1) & (needs > 1))[problem])
    # Whole problems go to the solver together, as many as begin within one stretch of routes.
    begin = np.searchsorted(problem[hard], problem[hard]) // _ROUTES_AT_ONCE
    for some in np.split(hard, np.flatnonzero(np.diff(begin)) + 1):
        if len(some):
            carried[some] = _solved(routes.iloc[some], cost[some], offered[some], needed[some])
    return carried


def _distinct(values: Places, problem: Places, count: int) -> Places:
    """Return how many distinct values each problem has."""
    pairs = np.unique(np.column_stack([problem, values]), axis=0)
    return np.bincount(pairs[:, 0], minlength=count)


def _filled(problem: Places, cost: Values, limit: Values) -> Values:
    """Fill the routes of problems with one need (or one offer) from the cheapest on, until all is served."""
    order = np.lexsort((cost, problem))
    limit = limit[order]
    before = np.cumsum(limit) - limit
    first = np.flatnonzero(np.diff(problem[order], prepend=-1))
    start = np.repeat(before[first], np.diff(np.append(first, len(order)))) if len(order) else before
    carried = np.empty(len(order))
    carried[order] = np.clip(1.0 - (before - start), 0.0, limit)
    return carried


def _solved(routes: pd.DataFrame, cost: Values, offered: Values, needed: Values) -> Values:
    """Solve some problems as one linear programme, each scaled to serve 1 at prices up to 1."""
    problem, n_problems = _numbered(routes["problem"].to_numpy())
    offer, n_offers = _numbered(routes["offer"].to_numpy())
    need, n_needs = _numbered(routes["need"].to_numpy())
    dearest = np.zeros(n_problems)
    np.maximum.at(dearest, problem, cost)
    objective = np.divide(cost, dearest[problem], out=np.zeros(len(cost)), where=dearest[problem] > 0)
    limits = np.zeros(n_offers + n_needs)
    limits[offer], limits[n_offers + need] = offered, needed
    route = np.arange(len(routes))
    ones = np.ones(len(routes))
    bounded = sparse.csr_array(
        (np.append(ones, ones), (np.append(offer, n_offers + need), np.append(route, route))),
        shape=(n_offers + n_needs, len(routes)),
    )
    total = sparse.csr_array((ones, (problem, route)), shape=(n_problems, len(routes)))
    found = linprog(
        objective, bounded, limits, total, np.ones(n_problems), bounds=(0, None), method="highs-ds", options=_PRECISE
    )
    if not found.success:
        raise ArithmeticError(f"the least-cost plan was not found: {found.message}")
    carried: Values = np.clip(found.x, 0.0, None)
    return carried


def _numbered(values: Places) -> tuple[Places, int]:
    distinct, numbers = np.unique(values, return_inverse=True)
    return numbers, len(distinct)


def plan_table(c: ClusteredNetwork) -> pd.DataFrame:
    """Return the least-cost plan as a table with the contract's columns.

    Returns
    -------
    DataFrame
        cluster, resource, unit, supplier and buyer (ids), quantity, unit_cost (the supplier's, or the survey's median
        where it gave none), cost (quantity times unit cost and haulage, empty without a price); sorted; numbers have 12
        significant digits.
    """
    routes = planned_routes(c)
    ids = c.network.enterprise_ids.to_numpy(dtype=object)
    names = resource_names(c.network).to_numpy(dtype=object)
    units = c.network.ledger.dropna(subset=["unit"]).groupby("resource")["unit"].first()
    resource = names[routes["resource"].to_numpy(dtype=np.int64)]
    cost = routes["quantity"] * (routes["unit_cost"] + routes["haulage"])
    table = pd.DataFrame(
        {
            "cluster": routes["cluster"].to_numpy(dtype=np.int64),
            "resource": pd.Series(resource, dtype="str"),
            "unit": pd.Series(units.reindex(resource).to_numpy(dtype=object), dtype="str").fillna(""),
            "supplier": pd.Series(ids[routes["supplier"].to_numpy(dtype=np.int64)], dtype="str"),
            "buyer": pd.Series(ids[routes["buyer"].to_numpy(dtype=np.int64)], dtype="str"),
            "quantity": significant(routes["quantity"].to_numpy()),
            "unit_cost": routes["unit_cost"].to_numpy(),
            "cost": significant(cost.to_numpy()),
        }
    )
    return table[list(PLAN_COLUMNS)]


def significant(values: Values, digits: int = 12) -> Values:
    """Round to so many significant digits.

    Examples
    --------
    >>> significant(np.array([2 / 3, 0.0]), 3)
    array([0.667, 0.   ])
    """
    return np.array([float(f"{value:.{digits}g}") for value in values], dtype=np.float64)
