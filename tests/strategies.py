"""Random surveys for property tests."""

from __future__ import annotations

import pandas as pd
from hypothesis import strategies as st

LAYERS = ("supply", "subcontracting", "stock", "technology", "knowledge", "labour", "rivalry")
STAGES = ("cutting", "joining", "finishing", None)
RESOURCES = ("wood", "wood", "frames", "chairs", "glue", "power", "hands", "credit")
FACTORS = {
    "wood": "material",
    "frames": "product",
    "chairs": "product",
    "glue": "byproduct",
    "power": "energy",
    "hands": "labour",
    "credit": "capital",
}
SECTORS = ("3100", "3109", "310", "31", "C1610", "1623", "0210", "9529", "6810", "0499", "joinery", None)
#: Chairs from frames from boards, and a second final product that shares the boards.
RECIPES = pd.DataFrame(
    {
        "product": ["chairs", "chairs", "frames", "frames", "boards", "boards", "tables", "tables"],
        "stage": ["finishing", "finishing", "joining", "cutting", "cutting", "cutting", None, None],
        "input": ["frames", "varnish", "boards", "glue", "wood", None, "boards", "legs"],
        "quantity": [1.0, 0.2, 2.0, 0.1, 1.5, 1.0, 3.0, 4.0],
    }
)

weights = st.one_of(st.sampled_from([0.0, 1.0, 2.0, 3.0, 0.5]), st.floats(1e-6, 1e6))
numbers = st.one_of(st.none(), st.floats(0, 1000).map(lambda value: round(value, 3)))


@st.composite
def tables(draw: st.DrawFn, least: int = 1, most: int = 10) -> dict[str, pd.DataFrame]:
    """Tables of a small survey: non-respondents, outside partners, double reports, isolates, self-links."""
    n = draw(st.integers(least, most))
    ids = [f"E{place:02d}" for place in range(n)]
    workers = draw(st.lists(st.one_of(st.none(), st.integers(0, 50)), min_size=n, max_size=n))
    enterprises = pd.DataFrame(
        {
            "enterprise_id": ids,
            "name": [f"name {identifier}" for identifier in ids],
            "stage": draw(st.lists(st.sampled_from(STAGES), min_size=n, max_size=n)),
            "sector": draw(st.lists(st.sampled_from(SECTORS), min_size=n, max_size=n)),
            "latitude": draw(st.lists(st.sampled_from([None, 31.02, 31.0301, -12.5]), min_size=n, max_size=n)),
            "longitude": draw(st.lists(st.sampled_from([None, 30.9, 30.9417, 179.0]), min_size=n, max_size=n)),
            "energy_use": draw(st.lists(numbers, min_size=n, max_size=n)),
            "workers": workers,
            "women_workers": [
                None if count is None else draw(st.one_of(st.none(), st.integers(0, count + 1))) for count in workers
            ],
            "youth_workers": [
                None if count is None else draw(st.one_of(st.none(), st.integers(0, count))) for count in workers
            ],
            "monthly_income": draw(st.lists(numbers, min_size=n, max_size=n)),
            "formal": draw(st.lists(st.sampled_from(["yes", "no", None]), min_size=n, max_size=n)),
            "respondent": draw(st.lists(st.sampled_from(["yes", "yes", "no"]), min_size=n, max_size=n)),
        }
    )
    inside, anybody = st.sampled_from(ids), st.sampled_from([*ids, "Z outside", "Y outside"])
    rows = []
    for _ in range(draw(st.integers(0, 3 * n))):
        source, target = draw(inside), draw(anybody)
        if draw(st.booleans()) and target in ids:
            source, target = target, source
        reporter = draw(st.sampled_from([None, source, target if target in ids else None, draw(inside)]))
        rows.append((source, target, draw(st.sampled_from(LAYERS)), draw(weights), reporter))
    linkages = pd.DataFrame(rows, columns=["source", "target", "layer", "weight", "reporter"])
    ledger = [
        (
            draw(inside),
            draw(st.sampled_from(RESOURCES)),
            draw(st.sampled_from(["need", "offer"])),
            draw(st.one_of(st.none(), st.sampled_from([0.0, 1.0, 2.5, 10.0]))),
            draw(st.sampled_from([None, 0.0, 1.0, 1.25, 7.0])),
        )
        for _ in range(draw(st.integers(0, 4 * n)))
    ]
    resources = pd.DataFrame(ledger, columns=["enterprise_id", "resource", "role", "quantity", "unit_cost"]).assign(
        factor=lambda table: table["resource"].map(FACTORS), unit="kg"
    )
    return {
        "enterprises": enterprises,
        "linkages": linkages,
        "resources": resources,
        "recipes": RECIPES if draw(st.booleans()) else RECIPES.head(0),
    }


@st.composite
def labels(draw: st.DrawFn, n: int) -> list[int]:
    """Any labels of n enterprises, -1 for none."""
    return draw(st.lists(st.integers(-1, 3), min_size=n, max_size=n))
