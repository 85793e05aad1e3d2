"""Livelihoods: a descriptive ledger of jobs and incomes; it claims no cause."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusternet.messages import mark
from clusternet.metrics.card import metric
from clusternet.metrics.members import known_columns
from clusternet.model import ClusteredNetwork
from clusternet.model.sums import grouped_mean, grouped_sum, ratio

Values = NDArray[np.float64]

_DESCRIPTIVE = "a descriptive count; no claim of cause"
_NO_WORKERS = mark("no member said how many workers it has")
_NO_INCOME = mark("no member said its monthly income")


def _share_of_workers(c: ClusteredNetwork, column: str) -> Values:
    cluster, (part, whole) = known_columns(c, column, "workers")
    possible = part <= whole  # a part larger than the whole is a slip of the pen, not an answer
    cluster, part, whole = cluster[possible], part[possible], whole[possible]
    return ratio(grouped_sum(part, cluster, c.k), grouped_sum(whole, cluster, c.k))


@metric(
    label=mark("Jobs"),
    family="livelihoods",
    better="higher",
    formula=r"\sum_{i \in S} \text{workers}_i",
    unit=mark("workers"),
    range=(0, np.inf),
    undefined=_NO_WORKERS,
    reference=_DESCRIPTIVE,
)
def jobs(c: ClusteredNetwork) -> Values:
    """The workers of the members that said how many they have."""
    cluster, (workers,) = known_columns(c, "workers")
    known = np.bincount(cluster, minlength=c.k) > 0
    return np.where(known, grouped_sum(workers, cluster, c.k), np.nan)


@metric(
    label=mark("Women's share"),
    family="livelihoods",
    better="higher",
    formula=r"\frac{\sum_{i \in S} \text{women}_i}{\sum_{i \in S} \text{workers}_i}",
    unit=mark("share of workers"),
    range=(0, 1),
    undefined=mark("no member said both its workers and how many are women"),
    reference=_DESCRIPTIVE,
)
def women_share(c: ClusteredNetwork) -> Values:
    """The share of women among the workers, over the members that gave both numbers."""
    return _share_of_workers(c, "women_workers")


@metric(
    label=mark("Young people's share"),
    family="livelihoods",
    better="higher",
    formula=r"\frac{\sum_{i \in S} \text{youth}_i}{\sum_{i \in S} \text{workers}_i}",
    unit=mark("share of workers"),
    range=(0, 1),
    undefined=mark("no member said both its workers and how many are young"),
    reference=_DESCRIPTIVE,
)
def youth_share(c: ClusteredNetwork) -> Values:
    """The share of young people among the workers, over the members that gave both numbers."""
    return _share_of_workers(c, "youth_workers")


@metric(
    label=mark("Mean monthly income"),
    family="livelihoods",
    better="higher",
    formula=r"\operatorname{mean}_{i \in S} y_i",
    unit=mark("survey currency a month"),
    range=(-np.inf, np.inf),
    undefined=_NO_INCOME,
    reference=_DESCRIPTIVE,
)
def income_mean(c: ClusteredNetwork) -> Values:
    """The mean monthly income of the members that gave it."""
    cluster, (income,) = known_columns(c, "monthly_income")
    return grouped_mean(income, cluster, c.k)


@metric(
    label=mark("Income inequality (Gini)"),
    family="livelihoods",
    better="lower",
    formula=r"\frac{\sum_{i,j} |y_i - y_j|}{2 n^2 \bar{y}}",
    unit=mark("Gini coefficient"),
    range=(0, 1),
    undefined=mark("no member gave an income, all incomes are zero, or one is negative"),
    reference="Gini, C. (1912), Variabilita e mutabilita",
)
def income_gini(c: ClusteredNetwork) -> Values:
    """How unequal the members' monthly incomes are: 0 when all earn the same, near 1 when one earns all."""
    cluster, (income,) = known_columns(c, "monthly_income")
    order = np.lexsort((income, cluster))
    cluster, income = cluster[order], income[order]
    count = np.bincount(cluster, minlength=c.k)
    rank = np.arange(len(cluster)) - np.concatenate([[0], np.cumsum(count)])[cluster] + 1
    spread = grouped_sum((2 * rank - count[cluster] - 1) * income, cluster, c.k)
    gini = ratio(spread, count * grouped_sum(income, cluster, c.k))
    lowest = np.full(c.k, np.inf)
    np.minimum.at(lowest, cluster, income)
    return np.where(lowest < 0, np.nan, gini)


@metric(
    label=mark("Members in poverty"),
    family="livelihoods",
    better="lower",
    formula=r"\frac{|\{i \in S : y_i < z\}|}{|\{i \in S : y_i \text{ given}\}|}",
    unit=mark("share of members that gave their income"),
    range=(0, 1),
    undefined=mark("the study declares no poverty_line, or no member gave its income"),
    reference="Foster, J., Greer, J. & Thorbecke, E. (1984), A class of decomposable poverty measures (headcount)",
)
def poverty_share(c: ClusteredNetwork) -> Values:
    """The share of members whose monthly income lies below the study's poverty line."""
    line = c.network.settings.poverty_line
    if line is None:
        return np.full(c.k, np.nan)
    cluster, (income,) = known_columns(c, "monthly_income")
    return grouped_mean((income < line).astype(np.float64), cluster, c.k)


@metric(
    label=mark("Formal members"),
    family="livelihoods",
    better="higher",
    formula=r"\frac{|\{i \in S : \text{formal}_i = \text{yes}\}|}{|\{i \in S : \text{formal}_i \text{ given}\}|}",
    unit=mark("share of members that answered"),
    range=(0, 1),
    undefined=mark("no member said whether it is formal"),
    reference=_DESCRIPTIVE,
)
def formal_share(c: ClusteredNetwork) -> Values:
    """The share of members that are formally registered, of those that answered."""
    formal = c.network.register["formal"].take(c.member_nodes)
    given = formal.notna().to_numpy()
    return grouped_mean(formal.eq("yes").to_numpy()[given].astype(np.float64), c.member_cluster[given], c.k)
