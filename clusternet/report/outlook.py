"""What lies ahead of a cluster: what its chain lacks, the least-cost plan, and the openings; a few rows of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from clusternet.draw.wording import number
from clusternet.model import Network, Scores
from clusternet.report.chain_rows import chain_rows

#: So many deliveries and openings are shown on a page; the files hold all.
MOST_SHOWN = 10


def outlook(network: Network, scores: Scores, language: str) -> Callable[[int], dict[str, Any]]:
    """Return a function from a cluster to what its page says of gaps, plan and openings.

    Parameters
    ----------
    network, scores : Network, Scores
        The results.
    language : {"en", "ar"}
        The language.

    Returns
    -------
    callable
        From the number of a cluster to a dict: ``final_product``, ``chain``, ``plan``, ``plan_left``, ``openings`` and
        ``openings_left``; lists are empty where nothing was found.
    """
    names = dict(zip(network.register["enterprise_id"], network.register["name"], strict=True))
    tables = {
        name: dict(iter(table.groupby("cluster", sort=True)))
        for name, table in (("gaps", scores.gaps), ("plan", scores.plan), ("openings", scores.openings))
    }

    def of_cluster(cluster: int) -> dict[str, Any]:
        gaps, plan, openings = (tables[name].get(cluster) for name in ("gaps", "plan", "openings"))
        dearest = None if plan is None else plan.sort_values("cost", ascending=False, kind="stable")
        return {
            "final_product": "" if gaps is None else gaps["final_product"].iloc[0],
            "chain": chain_rows(gaps, network.recipes, names, language),
            "plan": _deliveries(dearest, names),
            "plan_left": _left(plan),
            "openings": _openings(openings, names),
            "openings_left": _left(openings),
        }

    return of_cluster


def _left(table: pd.DataFrame | None) -> int:
    return 0 if table is None else max(len(table) - MOST_SHOWN, 0)


def _deliveries(table: pd.DataFrame | None, names: dict[str, str]) -> list[dict[str, str]]:
    if table is None:
        return []
    return [
        {
            "resource": row["resource"],
            "supplier": names[row["supplier"]],
            "buyer": names[row["buyer"]],
            "quantity": number(row["quantity"]),
            "unit": row["unit"],
            "cost": number(row["cost"]),
        }
        for row in table.head(MOST_SHOWN).to_dict("records")
    ]


def _openings(table: pd.DataFrame | None, names: dict[str, str]) -> list[dict[str, str]]:
    if table is None:
        return []
    return [
        {
            "supplier": names[row["supplier"]],
            "buyer": names[row["buyer"]],
            "resources": str(row["resources"]).replace(";", "; "),
            "needs": number(row["need_coverage_gain"]),
            "stages": number(row["stage_coverage_gain"]),
        }
        for row in table.head(MOST_SHOWN).to_dict("records")
    ]
