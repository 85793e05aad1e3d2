"""The marks of a flow: who could supply whom, by the least-cost plan."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from clusternet.messages import mark, translate
from clusternet.model import Network, Scores

#: More deliveries than these cannot be told apart.
MOST_FLOWS = 60


@dataclass(frozen=True, eq=False)
class FlowMarks:
    """What a flow shows.

    Parameters
    ----------
    flows : DataFrame
        One row per supplier, buyer and resource: ``supplier_id``, ``buyer_id``, ``supplier``, ``buyer`` (names),
        ``resource``, ``quantity``, ``unit``,
        ``cost`` (NaN without a price), ``width`` (what its line is as wide as).
    by_cost : bool
        Whether lines are as wide as costs; otherwise every delivery counts as 1, because units differ.
    note : str
        What is left out, or an empty text.
    language : str
        The language.
    """

    flows: pd.DataFrame
    by_cost: bool
    note: str
    language: str


def flow_marks(network: Network, scores: Scores, cluster: int | None = None, *, language: str = "en") -> FlowMarks:
    """Turn the least-cost plan into the marks of a flow.

    Parameters
    ----------
    network : Network
        The network, for the names.
    scores : Scores
        Whose ``plan`` is shown.
    cluster : int, optional
        One cluster; by default all.
    language : {"en", "ar"}
        The language.

    Returns
    -------
    FlowMarks
        The marks, the dearest deliveries first; at most 60.
    """
    plan = scores.plan if cluster is None else scores.plan[scores.plan["cluster"].eq(cluster)]
    ids = network.register["enterprise_id"]
    names = dict(zip(ids, network.register["name"].fillna(ids), strict=True))
    cost = plan["cost"].astype("float64")
    by_cost = bool(len(plan)) and bool(cost.notna().all()) and bool((cost > 0).any())
    flows = pd.DataFrame(
        {
            "supplier_id": plan["supplier"].astype(object).to_numpy(),
            "buyer_id": plan["buyer"].astype(object).to_numpy(),
            "supplier": [str(names.get(identifier, identifier)) for identifier in plan["supplier"]],
            "buyer": [str(names.get(identifier, identifier)) for identifier in plan["buyer"]],
            "resource": plan["resource"].astype(object).to_numpy(),
            "quantity": plan["quantity"].astype("float64").to_numpy(),
            "unit": plan["unit"].fillna("").astype(object).to_numpy(),
            "cost": cost.to_numpy(),
            "width": cost.to_numpy() if by_cost else 1.0,
        }
    )
    order = ["width", "supplier_id", "buyer_id", "resource"]
    flows = flows.sort_values(order, ascending=[False, True, True, True], kind="stable", ignore_index=True)
    left = max(len(flows) - MOST_FLOWS, 0)
    text = (
        mark("Shown are the {shown} dearest of {all} deliveries.")
        if by_cost
        else mark("Shown are {shown} of {all} deliveries.")
    )
    note = translate(text, language, shown=MOST_FLOWS, all=len(flows)) if left else ""
    return FlowMarks(flows.head(MOST_FLOWS), by_cost, note, language)
