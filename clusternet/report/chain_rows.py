"""The production chain of a cluster as rows: each product, and under it, further in, what goes into it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pandas as pd

from clusternet.draw.chain import MOST_NAMED, STATUS_LABELS
from clusternet.draw.wording import isolated, number, visible
from clusternet.messages import mark, translate

#: A sign for each status, so that what lacks is seen without colour and without reading.
SIGNS = MappingProxyType({"present": "●", "single_supplier": "◐", "missing": "○", "raw": "·"})
_MORE = mark("{names} and {number} more")


def chain_rows(
    gaps: pd.DataFrame | None, recipes: pd.DataFrame, names: Mapping[str, str], language: str
) -> list[dict[str, Any]]:
    """Return the chain in the order of a tree: the final product first, under each product its inputs.

    Parameters
    ----------
    gaps : DataFrame, optional
        The rows of one cluster with the columns of ``Scores.gaps``; None where it has no chain.
    recipes : DataFrame
        What goes into what: ``product``, ``input`` and ``quantity`` (of the input, per unit of the product).
    names : mapping of str to str
        The name of each enterprise by its id.
    language : {"en", "ar"}
        The language.

    Returns
    -------
    list of dict
        ``product``, ``stage``, ``status`` (in words), ``state`` (its key), ``sign``, ``makers`` (names), ``depth``
        (0 for the final product), ``quantity`` (per unit of the product above; empty for the final one) and
        ``again``: whether the product stands above already, with what goes into it.
    """
    if gaps is None or gaps.empty:
        return []
    records: Sequence[Mapping[Any, Any]] = gaps.to_dict("records")
    rows = {row["product"]: row for row in records}
    inputs: dict[str, list[tuple[str, float]]] = defaultdict(list)
    used = recipes[recipes["product"].isin(rows) & recipes["input"].isin(rows)]
    for made, part, quantity in sorted(zip(used["product"], used["input"], used["quantity"], strict=True)):
        inputs[made].append((part, float(quantity)))
    found: list[dict[str, Any]] = []
    seen: set[str] = set()
    # What the recipes do not reach from the final product, if anything, stands at the end on its own.
    for root in [gaps["final_product"].iloc[0], *rows]:
        if root not in rows or root in seen:
            continue
        left = [(root, 0, "")]
        while left:
            product, depth, quantity = left.pop()
            again = product in seen
            seen.add(product)
            found.append({**_row(rows[product], names, language), "depth": depth, "quantity": quantity, "again": again})
            if not again:
                left.extend((part, depth + 1, number(amount)) for part, amount in reversed(inputs[product]))
    return found


def _row(row: Mapping[Any, Any], names: Mapping[str, str], language: str) -> dict[str, Any]:
    makers = [names.get(identifier, identifier) for identifier in str(row["suppliers"]).split(";") if identifier]
    # Names of several scripts stand in one text, each in its own direction.
    between = translate(mark("; "), language)
    named = between.join(isolated(visible(name)) for name in makers[:MOST_NAMED])
    if len(makers) > MOST_NAMED:
        named = translate(_MORE, language, names=named, number=number(float(len(makers) - MOST_NAMED)))
    return {
        "product": row["product"],
        "stage": row["stage"],
        "status": translate(STATUS_LABELS[row["status"]], language),
        "state": row["status"],
        "sign": SIGNS[row["status"]],
        "makers": named,
    }
