"""The test of a family of scores, and the verdict: more cohesive, more complementary than chance makes, or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.inference.draws import Draws
from clusternet.inference.significance import q_values
from clusternet.messages import mark
from clusternet.model import MetricCard
from clusternet.model.scores import CLUSTER_COLUMNS

#: The families that are tested as a whole.
TESTED_FAMILIES = ("cohesion", "complementarity")
#: A family is beyond chance up to this q-value.
LARGEST_Q = 0.05
#: Cohesive and complementary beyond chance?
VERDICTS = MappingProxyType(
    {
        (True, True): mark("natural cluster"),
        (True, False): mark("club"),
        (False, True): mark("chain to connect"),
        (False, False): mark("loose group"),
    }
)
_SLACK = 1e-12


def family_means(
    values: NDArray[np.float64], draws: NDArray[np.float64], signs: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the mean of a family's standardised scores, observed and in every draw.

    Parameters
    ----------
    values : array of float, shape (m, k)
        The observed scores of m metrics; NaN where undefined.
    draws : array of float, shape (m, R, k)
        The same in R draws.
    signs : array of float, shape (m,)
        1 where higher is better, -1 where lower is.

    Returns
    -------
    observed : array of float, shape (k,)
        The mean over metrics, in standard deviations; NaN where no metric can be compared.
    drawn : array of float, shape (R, k)
        The same of every draw, over the metrics that are defined there.

    Notes
    -----
    A score is standardised by the mean and standard deviation of the draws and the observed one together. So the
    observed cluster is treated as one draw more, which keeps the test exact where it is such a one, and a score that
    never varies in noise cannot outweigh all others: it counts at most the square root of R.

    A metric that is undefined for the observed cluster, or in all draws, is left out for that cluster.
    """
    pooled = np.concatenate([values[:, None, :], draws], axis=1) * signs[:, None, None]
    defined = ~np.isnan(pooled)
    usable = defined[:, 0] & defined[:, 1:].any(axis=1)
    defined &= usable[:, None, :]
    count = np.maximum(defined.sum(axis=1), 1)
    filled = np.where(defined, pooled, 0.0)
    mean = filled.sum(axis=1) / count
    apart = np.where(defined, filled - mean[:, None, :], 0.0)
    deviation = np.sqrt((apart**2).sum(axis=1) / count)
    scale = np.where(deviation > 1e-9 * np.maximum(1.0, np.abs(mean)), deviation, np.inf)
    standard = apart / scale[:, None, :]
    number = defined.sum(axis=0)
    means = np.divide(standard.sum(axis=0), number, out=np.full(number.shape, np.nan), where=number > 0)
    return means[0], means[1:]


def family_test(
    values: NDArray[np.float64],
    draws: NDArray[np.float64],
    signs: NDArray[np.float64],
    nothing: NDArray[np.bool_] | None = None,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Test a family of scores as a whole.

    Parameters
    ----------
    values, draws, signs
        As in :func:`family_means`.
    nothing : array of bool, shape (R, k), optional
        Draws in which chance found no cluster to compare; beaten by any observed one.

    Returns
    -------
    index : array of float, shape (k,)
        Share of the draws that the cluster beats, 0 to 1; NaN where it cannot be tested.
    p : array of float, shape (k,)
        (1 + draws at least as good) / (1 + draws), in (0, 1].
    """
    observed, drawn = family_means(values, draws, signs)
    empty = np.zeros(drawn.shape, dtype=bool) if nothing is None else nothing
    compared = ~np.isnan(drawn) & ~empty
    as_good = (compared & (drawn >= np.nan_to_num(observed) - _SLACK)).sum(axis=0)
    count = (compared | empty).sum(axis=0)
    testable = ~np.isnan(values).all(axis=0) & (count > 0) if len(values) else np.zeros(drawn.shape[1:], dtype=bool)
    index = np.where(testable, 1 - as_good / np.maximum(count, 1), np.nan)
    return index, np.where(testable, (1 + as_good) / (1 + count), np.nan)


def cluster_tests(table: pd.DataFrame, cards: Sequence[MetricCard], draws: Mapping[str, Draws], k: int) -> pd.DataFrame:
    """Test both families of every cluster, and give the verdict.

    Cohesion is compared with rewired networks. Complementarity is compared with needs and offers dealt at random;
    where a core metric of it depends on linkages (squares without diagonals), draw b of the one null stands beside
    draw b of the other, and where the rewired network holds no cluster to compare, that metric is left out of draw b.

    Parameters
    ----------
    table : DataFrame
        The tidy table of scores.
    cards : sequence of MetricCard
        The cards of all metrics.
    draws : mapping of str to Draws
        By the card's ``null``.
    k : int
        Number of clusters.

    Returns
    -------
    DataFrame
        One row per cluster with :data:`~clusternet.model.scores.CLUSTER_COLUMNS`: NaN where a family could not be
        tested (complementarity needs somebody's needs, offers or stages), and a verdict only where both were. The
        stability is NaN: it is measured by resampling.
    """
    columns: dict[str, object] = {name: np.full(k, np.nan) for name in CLUSTER_COLUMNS}
    columns["cluster"] = np.arange(k)
    columns["verdict"] = pd.Series([""] * k, dtype="str")
    beyond = {}
    for family in TESTED_FAMILIES:
        index, p = _tested(family, table, cards, draws, k)
        q = q_values(p)
        columns |= {f"{family}_index": index, f"{family}_p": p, f"{family}_q": q}
        beyond[family] = np.where(np.isnan(q), np.nan, q <= LARGEST_Q + _SLACK)
    both = np.column_stack([beyond[family] for family in TESTED_FAMILIES])
    columns["verdict"] = pd.Series(
        ["" if np.isnan(row).any() else VERDICTS[bool(row[0]), bool(row[1])] for row in both], dtype="str"
    )
    return pd.DataFrame(columns)


def _tested(
    family: str, table: pd.DataFrame, cards: Sequence[MetricCard], draws: Mapping[str, Draws], k: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    core = [
        card
        for card in cards
        if card.core and card.family == family and card.null in draws and card.name in draws[card.null].values
    ]
    own = "rewiring" if family == "cohesion" else "attributes"
    if not any(card.null == own for card in core):
        return np.full(k, np.nan), np.full(k, np.nan)
    values = np.array([table.loc[table["metric"].eq(card.name), "value"].to_numpy(dtype=np.float64) for card in core])
    drawn = np.array([draws[card.null].values[card.name] for card in core])
    signs = np.array([1.0 if card.better == "higher" else -1.0 for card in core])
    index, p = family_test(values, drawn, signs, draws[own].nothing)
    untested = np.isnan(values[[card.null == own for card in core]]).all(axis=0)
    return np.where(untested, np.nan, index), np.where(untested, np.nan, p)
