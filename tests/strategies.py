"""Random surveys and graphs for property tests."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd
from hypothesis import strategies as st

from clusternet.model import Network

#: With CLUSTERNET_NIGHTLY set, properties look at so many times more cases, drawn anew each time.
NIGHTLY = 20 if os.environ.get("CLUSTERNET_NIGHTLY") else 1


def examples(usual: int) -> int:
    """Return how many cases a property looks at: the usual number, or many more by night."""
    return usual * NIGHTLY


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


#: What names begin with: right to left, accents, beyond the first plane, control characters, and what formats run.
BEGINNINGS = ("ورشة ", "Café ", "🪑", "a\x00\x1f", "=1+", "\u202e<b>", 'it\'s \t"x"\n', "z")
#: Nothing, nearly nothing, the usual, and far too much.
WEIGHTS = (0.0, 1e-9, 1.0, 1.0, 2.5, 1e12)


class Links(NamedTuple):
    """A graph as rows: self-links, double rows, nodes without any, and parts that nothing links."""

    nodes: list[str]
    rows: list[tuple[int, int, float]]

    def frame(self) -> pd.DataFrame:
        """Return the rows with names and no layer."""
        ends = [(self.nodes[one], self.nodes[other], weight) for one, other, weight in self.rows]
        return pd.DataFrame(ends, columns=["source", "target", "weight"])

    def network(self, *, scale: float = 1.0, directed: bool = False, layer: str | None = None) -> Network:
        """Return the network of all nodes and rows."""
        table = self.frame()
        ends = table["source"].to_numpy(object), table["target"].to_numpy(object)
        weights = table["weight"].to_numpy(float) * scale
        return Network.from_edges(*ends, weights, layer, directed=directed, nodes=self.nodes)

    def pairs(self) -> dict[frozenset[str], float]:
        """Return the weight of every linked pair, added up in plain Python."""
        found: dict[frozenset[str], list[float]] = {}
        for one, other, weight in self.rows:
            if one != other and weight > 0:
                found.setdefault(frozenset((self.nodes[one], self.nodes[other])), []).append(weight)
        return {pair: math.fsum(entries) for pair, entries in found.items()}


@st.composite
def links(
    draw: st.DrawFn, least: int = 0, most: int = 40, weights: Sequence[float] = WEIGHTS, rows_per_node: int = 3
) -> Links:
    """Any graph of up to 40 nodes."""
    n = draw(st.integers(least, most))
    beginnings = draw(st.lists(st.sampled_from(BEGINNINGS), min_size=n, max_size=n))
    nodes = [f"{beginning}{place:02d}" for place, beginning in enumerate(beginnings)]
    if n == 0:
        return Links(nodes, [])
    parts = draw(st.integers(1, min(n, 3)))
    node = st.integers(0, n - 1)
    drawn = draw(st.lists(st.tuples(node, node, st.sampled_from(list(weights))), max_size=rows_per_node * n))
    # The second end is moved into the part of the first, so that the parts stay apart.
    rows = [(one, other - other % parts + one % parts, weight) for one, other, weight in drawn]
    return Links(nodes, [(one, other if other < n else one, weight) for one, other, weight in rows])


@st.composite
def clustered_links(draw: st.DrawFn, least: int = 1, most: int = 20, **options: Any) -> tuple[Links, list[int]]:
    """Any graph, and any labels of its nodes."""
    found = draw(links(least=least, most=most, **options))
    return found, draw(labels(len(found.nodes)))
