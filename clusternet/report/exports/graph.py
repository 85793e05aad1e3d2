"""What every export is made of: a table of nodes, a table of edges, and the study's tables."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.draw.palette import NO_CLUSTER_COLOUR, OUTSIDE_COLOUR, cluster_look
from clusternet.report.csv_text import BLOCK, each
from clusternet.report.xml_text import writable

#: Columns of the register that go with a node. Incomes and turnovers stay in the office.
CARRIED_TEXTS = ("name_alt", "sector", "stage", "place", "formal", "consent_publish")
CARRIED_NUMBERS = ("workers", "women_workers", "youth_workers", "latitude", "longitude")

#: Every column of a node with its kind, in the order in which files have them.
NODE_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "id": "text",
        "name": "text",
        "outside": "truth",
        "cluster": "whole",
        "cluster_label": "text",
        "certainty": "number",
        "role": "text",
        "respondent": "truth",
        **dict.fromkeys(CARRIED_TEXTS, "text"),
        **dict.fromkeys(CARRIED_NUMBERS, "number"),
        "x": "number",
        "y": "number",
    }
)
EDGE_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "source": "text",
        "target": "text",
        "layer": "text",
        "directed": "truth",
        "weight": "number",
        "n_reports": "whole",
    }
)
LAYER_KINDS: Mapping[str, str] = MappingProxyType({"layer": "text", "counts": "truth", "weight": "number"})

#: Graph programs draw nodes some ten points wide; one unit of the layout becomes so many points.
POINTS = 40.0


@dataclass(frozen=True, eq=False)
class ExportGraph:
    """A network with its clusters, as plain tables in one fixed order.

    Parameters
    ----------
    nodes : DataFrame
        One row per enterprise, then per outside partner, with the columns :data:`NODE_KINDS`: cluster -1 = in none;
        x and y in points, y upwards; a missing text is empty, a missing number NaN.
    edges : DataFrame
        One row per linkage with the columns :data:`EDGE_KINDS`.
    layers : DataFrame
        One row per layer with the columns :data:`LAYER_KINDS`: whether and how much it counts in the flat network.
    title : str
        The study's title.
    language : {"en", "ar"}
        The language of the words around the data.
    tables : mapping of str to DataFrame
        The study's other tables by name; empty where nobody asked for them.
    origin : str
        The SHA-256 of the manifest's content, where it was read from a result folder.
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame
    layers: pd.DataFrame
    title: str = ""
    language: str = "en"
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    origin: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "tables", MappingProxyType(dict(self.tables)))

    @property
    def ids(self) -> list[str]:
        """The ids of the nodes, in order."""
        return list(self.nodes["id"].tolist())

    @cached_property
    def ends(self) -> tuple[np.ndarray, np.ndarray]:
        """The positions of the two ends of each edge, two arrays of shape (edges,)."""
        places = pd.Index(self.nodes["id"], dtype=object)
        return (
            places.get_indexer(pd.Index(self.edges["source"], dtype=object)),
            places.get_indexer(pd.Index(self.edges["target"], dtype=object)),
        )

    @cached_property
    def colours(self) -> list[str]:
        """The colour of each node as ``#rrggbb``: that of its cluster on the map."""
        return [
            OUTSIDE_COLOUR if outside else NO_CLUSTER_COLOUR if cluster < 0 else cluster_look(cluster).colour
            for outside, cluster in zip(self.nodes["outside"].tolist(), self.nodes["cluster"].tolist(), strict=True)
        ]

    @cached_property
    def sizes(self) -> list[float]:
        """The width of each node in points: it grows with the root of its number of linkages."""
        degree = np.bincount(np.concatenate(self.ends), minlength=len(self.nodes))
        return [round(float(size), 1) for size in 10.0 + 4.0 * np.sqrt(degree)]

    @cached_property
    def labels(self) -> list[str]:
        """What each node is called: its name, else its id; with the id behind it where several have one name."""
        names = [name or identifier for name, identifier in zip(self.nodes["name"], self.nodes["id"], strict=True)]
        times = pd.Series(names, dtype=object).value_counts()
        told = [
            name if times[name] == 1 else f"{name} [{identifier}]"
            for name, identifier in zip(names, self.ids, strict=True)
        ]
        return distinct(told)

    @cached_property
    def flat(self) -> pd.DataFrame:
        """Every linked pair of the layers that count: ``first``, ``second`` (positions), ``weight`` (the sum)."""
        factor = dict(zip(self.layers["layer"], self.layers["weight"], strict=True))
        counted = dict(zip(self.layers["layer"], self.layers["counts"], strict=True))
        sums: dict[tuple[int, int], list[float]] = {}
        edges = zip(*self.ends, self.edges["layer"], self.edges["weight"], strict=True)
        for source, target, layer, weight in edges:
            if counted.get(layer, True) and factor.get(layer, 1.0) > 0:
                pair = (int(min(source, target)), int(max(source, target)))
                sums.setdefault(pair, []).append(weight * factor.get(layer, 1.0))
        rows = [(*pair, twelve_digits(math.fsum(parts))) for pair, parts in sorted(sums.items())]
        return pd.DataFrame(rows, columns=["first", "second", "weight"])


def blocks_of(table: pd.DataFrame) -> Iterator[tuple[int, pd.DataFrame]]:
    """Yield a table in parts, each with the position of its first row."""
    for start in range(0, len(table), BLOCK):
        yield start, table.iloc[start : start + BLOCK]


def encoded(lines: Iterable[str]) -> bytes:
    """Return lines as they stand in a file."""
    return "".join([f"{line}\n" for line in lines]).encode()


def twelve_digits(value: float) -> float:
    """Return a number as the tables of a study hold it: with twelve significant digits.

    Examples
    --------
    >>> twelve_digits(0.1 + 0.2)
    0.3
    """
    return float(format(value, ".12g")) + 0.0


def distinct(texts: list[str]) -> list[str]:
    """Return texts of which no two are alike: ``~2``, ``~3`` behind those that come again.

    Examples
    --------
    >>> distinct(["a", "b", "a", "a~2"])
    ['a', 'b', 'a~3', 'a~2']
    """
    given = set(texts)
    seen: set[str] = set()
    turns: dict[str, int] = {}
    result = []
    for text in texts:
        unique = text
        while unique in seen or (unique != text and unique in given):
            turns[text] = turns.get(text, 1) + 1
            unique = f"{text}~{turns[text]}"
        seen.add(unique)
        result.append(unique)
    return result


def typed(table: pd.DataFrame, kinds: Mapping[str, str]) -> pd.DataFrame:
    """Return a table with exactly the columns wanted, each of its kind; columns that are not there are missing.

    Parameters
    ----------
    table : DataFrame
        Texts or numbers.
    kinds : mapping of str to {"text", "number", "whole", "truth"}
        The columns.

    Returns
    -------
    DataFrame
        Texts without letters that XML cannot hold, empty where missing; numbers with twelve digits, NaN where missing;
        whole numbers; truth values.
    """
    columns: dict[str, Any] = {}
    for name, kind in kinds.items():
        given: list[Any] = table[name].tolist() if name in table.columns else [None] * len(table)
        if kind == "text":
            columns[name] = pd.Series(_texts(given), dtype=object)
        elif kind == "truth":
            columns[name] = pd.Series([value in (True, "yes", "true") for value in given], dtype=bool)
        elif kind == "whole":
            columns[name] = pd.Series([int(float(value)) for value in given], dtype=np.int64)
        else:
            columns[name] = pd.Series(_numbers(table, name, given), dtype=np.float64)
    return pd.DataFrame(columns)


def _numbers(table: pd.DataFrame, name: str, given: list[Any]) -> NDArray[np.float64] | list[float]:
    if name in table.columns and table[name].dtype == np.float64:
        return rounded(table[name].to_numpy())
    return [math.nan if _missing(value) or value == "" else twelve_digits(float(value)) for value in given]


def rounded(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return numbers as :func:`twelve_digits` does, each distinct one asked for once.

    Examples
    --------
    >>> rounded(np.array([0.1 + 0.2, np.nan]))
    array([0.3, nan])
    """
    distinct_values, place = np.unique(values, return_inverse=True)
    return np.array([twelve_digits(value) for value in distinct_values.tolist()], dtype=np.float64)[place]


def _texts(given: list[Any]) -> list[str]:
    if set(map(type, given)) == {str}:
        return each(writable, given)
    return ["" if _missing(value) else writable(value) for value in given]


def _missing(value: object) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value))


def number_text(value: float) -> str:
    """Return a number with twelve significant digits, an empty text for NaN.

    Examples
    --------
    >>> number_text(2.0), number_text(1 / 3), number_text(float("nan"))
    ('2', '0.333333333333', '')
    """
    return "" if math.isnan(value) else format(value + 0.0, ".12g")


def cell_texts(column: pd.Series, kind: str) -> list[str]:
    """Return a column of an export's table as texts, empty where a value is missing."""
    values: list[Any] = column.tolist()
    if kind == "text":
        return values
    if kind == "truth":
        return ["true" if value else "false" for value in values]
    return each(str if kind == "whole" else number_text, values)
