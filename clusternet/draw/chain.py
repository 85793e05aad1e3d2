"""The marks of a production chain: products by stage, what goes into what, and what nobody makes."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from clusternet.messages import mark
from clusternet.model import Network, Scores

#: What a status means, as a reader is told.
STATUS_LABELS = MappingProxyType(
    {
        "present": mark("made by several members"),
        "single_supplier": mark("made by one member only"),
        "missing": mark("missing"),
        "raw": mark("raw input"),
    }
)
#: So many makers are named at one product.
MOST_NAMED = 6


@dataclass(frozen=True, eq=False)
class ChainMarks:
    """What a chain shows.

    Parameters
    ----------
    products : DataFrame
        One row per product: ``product``, ``stage``, ``status`` (a key of :data:`STATUS_LABELS`), ``makers`` (names),
        ``n_makers``, ``step`` (0 for raw inputs; one more than the largest step of its inputs).
    flows : DataFrame
        What goes into what: ``input`` and ``product`` (rows of ``products``), ``quantity`` (of input per unit of
        product).
    final_product : str
        The product at the end of the chain; empty where the cluster has none.
    language : str
        The language.
    """

    products: pd.DataFrame
    flows: pd.DataFrame
    final_product: str
    language: str


def chain_marks(network: Network, scores: Scores, cluster: int, *, language: str = "en") -> ChainMarks:
    """Turn the chain of the product that a cluster comes closest to into marks.

    Parameters
    ----------
    network : Network
        The network, with recipes.
    scores : Scores
        Whose ``gaps`` say what is made and what is missing.
    cluster : int
        The cluster.
    language : {"en", "ar"}
        The language.

    Returns
    -------
    ChainMarks
        The marks; without rows where the cluster has no chain.
    """
    gaps = scores.gaps[scores.gaps["cluster"].eq(cluster)]
    ids = network.register["enterprise_id"]
    names = dict(zip(ids, network.register["name"].fillna(ids), strict=True))
    makers = [[part for part in str(text).split(";") if part] for text in gaps["suppliers"].fillna("")]
    products = pd.DataFrame(
        {
            "product": gaps["product"].astype(object).to_numpy(),
            "stage": gaps["stage"].fillna("").astype(object).to_numpy(),
            "status": gaps["status"].astype(object).to_numpy(),
            "makers": [[str(names.get(identifier, identifier)) for identifier in own] for own in makers],
            "n_makers": np.array([len(own) for own in makers], dtype=np.int64),
        }
    )
    place = {product: row for row, product in enumerate(products["product"])}
    recipes = network.recipes
    used = recipes[recipes["product"].isin(place) & recipes["input"].isin(place)]
    flows = pd.DataFrame(
        {
            "input": used["input"].map(place).to_numpy(dtype=np.int64),
            "product": used["product"].map(place).to_numpy(dtype=np.int64),
            "quantity": used["quantity"].astype(np.float64).to_numpy(),
        }
    ).sort_values(["product", "input"], kind="stable", ignore_index=True)
    products["step"] = _steps(len(products), flows)
    final = str(gaps["final_product"].iloc[0]) if len(gaps) else ""
    return ChainMarks(products, flows, final, language)


def _steps(count: int, flows: pd.DataFrame) -> np.ndarray:
    """Return the step of each product; products that go round in a circle stop where the circle closes."""
    step = np.zeros(count, dtype=np.int64)
    for _ in range(count):
        before = step.copy()
        for source, target in zip(flows["input"], flows["product"], strict=True):
            step[target] = min(max(step[target], step[source] + 1), count)
        if (step == before).all():
            break
    return step
