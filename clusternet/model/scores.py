"""Scores: one row per cluster and metric, with the cards that say what each metric means."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.errors import InputError
from clusternet.messages import mark
from clusternet.model.notebook import notebook_html
from clusternet.model.provenance import Noun, Provenance

#: The columns of the tidy table, in the contract's order.
COLUMNS = ("cluster", "family", "metric", "value", "chance_mean", "effect", "p_value", "q_value", "low", "high", "note")

#: What is said of a cluster as a whole: the share of chance draws that each family's mean beats, its p and q, the
#: quadrant, and how well the cluster survives resampling.
CLUSTER_COLUMNS = (
    "cluster",
    "cohesion_index",
    "cohesion_p",
    "cohesion_q",
    "complementarity_index",
    "complementarity_p",
    "complementarity_q",
    "verdict",
    "stability",
)
MEMBER_COLUMNS = ("enterprise_id", "cluster", "role")
PLAN_COLUMNS = ("cluster", "resource", "unit", "supplier", "buyer", "quantity", "unit_cost", "cost")
GAP_COLUMNS = ("cluster", "final_product", "product", "stage", "status", "suppliers")
#: What is said of each layer of the network, beside the clusters.
LAYER_COLUMNS = (
    "layer",
    "family",
    "counts",
    "weight",
    "pairs",
    "enterprises",
    "inside",
    "expected",
    "modularity",
    "log_odds",
)
OPENING_COLUMNS = ("cluster", "supplier", "buyer", "resources", "need_coverage_gain", "stage_coverage_gain")

#: Every role with its sentence, in order of priority: an enterprise has the first that fits.
ROLES = MappingProxyType(
    {
        mark("isolated"): mark("It has no linkages."),
        mark("hub"): mark("It has far more partners inside the cluster than the other members."),
        mark("bridge"): mark("Its partners are spread over several clusters."),
        mark("gatekeeper"): mark("A quarter or more of the ways from other clusters into its own lead through it."),
        mark("boundary"): mark("Less than half of its linkage weight stays inside the cluster."),
        mark("member"): mark("It has partners in its cluster, like most of the others."),
    }
)


@functools.cache
def _made_empty(columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame({column: pd.Series(dtype="str") for column in columns})


def _empty(columns: tuple[str, ...]) -> pd.DataFrame:
    """Return an empty table; one is made, and copies of it, which share nothing that can be changed, are handed out."""
    return _made_empty(columns).copy(deep=False)


#: The families of scores, in the order of the report, with their labels.
SCORE_FAMILIES = MappingProxyType(
    {
        "cohesion": mark("Cohesion"),
        "glue": mark("Social glue"),
        "complementarity": mark("Complementarity"),
        "factors": mark("Factors"),
        "continuity": mark("Continuity"),
        "livelihoods": mark("Livelihoods"),
        "environment": mark("Environment"),
        "evidence": mark("Evidence"),
    }
)


@dataclass(frozen=True)
class MetricCard:
    """Everything that is said about a metric, in one place.

    Parameters
    ----------
    name : str
        The key, such as ``"conductance"``.
    label : str
        What a reader sees.
    family : str
        One of :data:`SCORE_FAMILIES`.
    better : {"higher", "lower", "neither"}
        Which direction is good.
    formula : str
        The definition, in LaTeX.
    unit : str
        In words.
    range : (float, float)
        The least and the largest possible value; ``inf`` where there is no bound.
    undefined : str
        When it is undefined; empty when it never is.
    reference : str
        Author, year, title or DOI; says so where the measure is ours.
    sentence : str
        What it means, in one sentence (the first of the function's docstring).
    core : bool
        Whether it takes part in the test of its family.
    per_layer : bool
        Whether there is one value per cluster and layer, named ``name:layer``.
    null : {"", "rewiring", "attributes"}
        What is left to chance to test it: linkages are rewired, or needs, offers, stages and sectors dealt at random;
        empty where it is not tested.
    """

    name: str
    label: str
    family: str
    better: Literal["higher", "lower", "neither"]
    formula: str
    unit: str
    range: tuple[float, float]
    undefined: str
    reference: str
    sentence: str
    core: bool = False
    per_layer: bool = False
    null: str = ""

    def __post_init__(self) -> None:
        empty = [
            name
            for name in ("name", "label", "formula", "unit", "reference", "sentence")
            if not getattr(self, name).strip()
        ]
        if (
            empty
            or self.family not in SCORE_FAMILIES
            or self.better not in ("higher", "lower", "neither")
            or not self.range[0] < self.range[1]
        ):
            raise InputError(
                mark('The card of the metric "{name}" is not complete: check {fields}.'),
                name=self.name,
                fields=", ".join(empty) or "family, better, range",
            )


@dataclass(frozen=True, eq=False)
class Scores(Noun):
    """The scores of every cluster.

    Parameters
    ----------
    rows : DataFrame
        The tidy table with :data:`COLUMNS`; a value is finite, or NaN with its reason in ``note``.
    cards : mapping of str to MetricCard
        The card of every metric in the table, by the metric's key without layer.
    clusters : DataFrame
        One row per cluster with :data:`CLUSTER_COLUMNS`: the tests of both families, the verdict, the stability.
    members : DataFrame
        One row per enterprise with :data:`MEMBER_COLUMNS`.
    plan, gaps, openings : DataFrame
        The least-cost plan, the chains with their gaps, and the pairs that fit and are not linked yet, with
        :data:`PLAN_COLUMNS`, :data:`GAP_COLUMNS` and :data:`OPENING_COLUMNS`.
    layers : DataFrame
        One row per layer of the network with :data:`LAYER_COLUMNS`: which of them carry the clusters.
    provenance : Provenance
        Where they come from.

    Raises
    ------
    InputError
        If a column is missing, a metric has no card, a value lies outside its card's range, or an undefined value
        has no reason.
    """

    rows: pd.DataFrame
    cards: Mapping[str, MetricCard]
    clusters: pd.DataFrame = field(default_factory=lambda: _empty(CLUSTER_COLUMNS))
    members: pd.DataFrame = field(default_factory=lambda: _empty(MEMBER_COLUMNS))
    plan: pd.DataFrame = field(default_factory=lambda: _empty(PLAN_COLUMNS))
    gaps: pd.DataFrame = field(default_factory=lambda: _empty(GAP_COLUMNS))
    openings: pd.DataFrame = field(default_factory=lambda: _empty(OPENING_COLUMNS))
    layers: pd.DataFrame = field(default_factory=lambda: _empty(LAYER_COLUMNS))
    provenance: Provenance = field(default_factory=Provenance)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cards", MappingProxyType(dict(self.cards)))
        missing = [column for column in COLUMNS if column not in self.rows.columns]
        if missing:
            raise InputError(mark("The table of scores has no column {missing}."), missing=", ".join(missing))
        rows = self.rows[list(COLUMNS)].reset_index(drop=True)
        object.__setattr__(self, "rows", rows)
        place, names = pd.factorize(rows["metric"], use_na_sentinel=False)
        keys = [str(name).partition(":")[0] for name in names]
        unknown = set(keys) - set(self.cards)
        if unknown:
            raise InputError(mark("There is no card for: {metrics}."), metrics=", ".join(sorted(unknown)))
        bad = pd.Series(_outside(rows["value"].to_numpy(), _bounds(keys, self.cards)[place]), index=rows.index)
        silent = rows["value"].isna()
        if silent.any():
            silent[silent] = rows["note"][silent].fillna("").eq("")
        if bad.any() or silent.any():
            raise InputError(
                mark("Scores outside their card's range: {outside}; undefined without a reason: {silent}."),
                outside=", ".join(sorted(set(rows["metric"][bad]))) or "-",
                silent=", ".join(sorted(set(rows["metric"][silent]))) or "-",
            )

    @property
    def table(self) -> pd.DataFrame:
        """The tidy table: cluster, family, metric, value, chance and interval, note."""
        return self.rows.copy(deep=False)

    def wide(self) -> pd.DataFrame:
        """Return the values as a table, one row per cluster, one column per metric, in the order of the cards."""
        order = list(dict.fromkeys(self.rows["metric"]))
        wide = self.rows.pivot(index="cluster", columns="metric", values="value")
        return wide.reindex(columns=order)

    def value(self, cluster: int, metric: str) -> float:
        """Return one value; NaN when it is undefined or was not asked for."""
        found = self.rows.loc[(self.rows["cluster"] == cluster) & (self.rows["metric"] == metric), "value"]
        return float(found.iloc[0]) if len(found) else float("nan")

    @property
    def n_clusters(self) -> int:
        """The number of clusters scored."""
        return self.rows["cluster"].nunique()

    def __repr__(self) -> str:
        return f"<Scores: {self.n_clusters} clusters x {self.rows['metric'].nunique()} metrics>"

    def _repr_html_(self) -> str:
        core = [name for name, card in self.cards.items() if card.core and not card.per_layer]
        wide = self.wide()
        table = wide[[name for name in core if name in wide.columns]]
        if len(self.clusters):
            table = self.clusters.set_index("cluster")[["verdict"]].join(table, how="right")
        tested = int(self.rows["q_value"].notna().sum())
        words = {"clusters": self.n_clusters, "metrics": self.rows["metric"].nunique(), "values tested": tested}
        return notebook_html("Scores", words, table)


def _bounds(keys: Iterable[str], cards: Mapping[str, MetricCard]) -> NDArray[np.float64]:
    """Return the range of each card, shape (keys, 2)."""
    return np.array([cards[key].range for key in keys], dtype=np.float64).reshape(-1, 2)


def _outside(values: NDArray[np.float64], bounds: NDArray[np.float64]) -> NDArray[np.bool_]:
    slack = 1e-9 * np.maximum(1.0, np.abs(np.where(np.isfinite(bounds), bounds, 0.0)))
    outside: NDArray[np.bool_] = (
        (values < bounds[:, 0] - slack[:, 0]) | (values > bounds[:, 1] + slack[:, 1]) | np.isinf(values)
    )
    return outside
