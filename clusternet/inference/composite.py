"""One number for several families, only for those who ask for it with weights of their own."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.errors import InputError
from clusternet.messages import mark
from clusternet.model import MetricCard, Scores
from clusternet.model.scores import SCORE_FAMILIES
from clusternet.model.settings import check_seed

#: Each stated weight is drawn from this share below to this share above it.
PERTURBATION = 0.25
#: A rank interval holds this share of the draws.
COVERED = 0.95
MOST_DRAWS = 1_000_000


def composite(scores: Scores, weights: Mapping[str, float], *, draws: int = 1000, seed: int = 0) -> pd.DataFrame:
    """Rank clusters by one number over families, with how far the rank depends on the weights.

    Parameters
    ----------
    scores : Scores
        The scores of k clusters.
    weights : mapping of str to float
        The weight of each family that counts, such as ``{"cohesion": 1, "complementarity": 2}``; finite, above 0.
        Only their proportions matter. There is no default: what counts for how much is for the reader to say.
    draws : int, default 1000
        How often the weights are drawn anew, 1 to 1,000,000.
    seed : int, default 0
        0 to 4,294,967,295.

    Returns
    -------
    DataFrame
        One row per cluster, by rank, then by cluster: ``cluster``; one column per family, its index in (0, 1];
        ``composite``, in (0, 1], higher is better; ``rank``, 1 is best, equal ones share the better rank;
        ``rank_low`` and ``rank_high``, between which 95 % of the draws lie. A cluster with an undefined family has
        no composite and no rank (NaN).

    Raises
    ------
    InputError
        If there is no weight, a family is not known or has no scores with a direction, a weight is not a finite
        number above 0, or draws or seed are out of range.

    Notes
    -----
    1. A metric becomes its rank among the clusters over k (the best has 1, equal ones the mean rank); undefined ones
       are left out. Ranks need no common unit, are always above 0, as a geometric mean needs, and one extreme
       cluster does not press the others together, as it would with minimum and maximum; how far apart two clusters
       are is lost (OECD/JRC 2008, step 5).
    2. A family's index is the mean over its core metrics, or, where it has none, over all that have a direction.
    3. The composite is the geometric mean of the indices I_f with the weights v_f = w_f / sum w:
       prod I_f ^ v_f. A weak family is not made up for by a strong one at full price (step 6).
    4. For the interval every w_f is multiplied by a number drawn evenly from 0.75 to 1.25 (step 7).

    References
    ----------
    OECD & JRC (2008), Handbook on Constructing Composite Indicators, doi:10.1787/9789264043466-en.

    Examples
    --------
    >>> from clusternet.metrics import METRICS, score
    >>> from clusternet.model import ClusteredNetwork, Network, Partition
    >>> network = Network.from_edges(list("abcdefc"), list("bcaefdd"))
    >>> clusters = Partition.from_labels(network.enterprise_ids, [0, 0, 0, 1, 1, 1])
    >>> composite(score(ClusteredNetwork(network, clusters), METRICS.values()), {"cohesion": 1.0})["rank"].tolist()
    [1.0, 1.0]
    """
    _check(scores, weights, draws)
    generator = np.random.default_rng(check_seed(seed))
    families = [family for family in SCORE_FAMILIES if family in weights]
    clusters = np.sort(scores.rows["cluster"].unique())
    index = np.column_stack([_family_index(scores, family, clusters) for family in families])
    weight = np.array([float(weights[family]) for family in families])
    value = _geometric_mean(index, weight[None, :])[0]
    drawn = weight * generator.uniform(1 - PERTURBATION, 1 + PERTURBATION, (draws, len(weight)))
    ranks = _ranks(_geometric_mean(index, drawn))
    tail = (1 - COVERED) / 2
    low, high = np.full(len(value), np.nan), np.full(len(value), np.nan)
    known = ~np.isnan(value)
    if known.any():
        low[known] = np.quantile(ranks[:, known], tail, axis=0, method="lower")
        high[known] = np.quantile(ranks[:, known], 1 - tail, axis=0, method="higher")
    table = pd.DataFrame({"cluster": clusters, **dict(zip(families, index.T, strict=True)), "composite": value})
    table = table.assign(rank=_ranks(value[None, :])[0], rank_low=low, rank_high=high)
    return table.sort_values(["rank", "cluster"], kind="stable", ignore_index=True)


def _geometric_mean(index: NDArray[np.float64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weighted geometric mean of indices (k, f) for weights (r, f), shape (r, k)."""
    share = weight / weight.sum(axis=1, keepdims=True)
    # Rounded, so that equal indices stay equal whatever the weights are.
    return np.round(np.exp(share @ np.log(index).T), 12)


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the rank of each value in its row, 1 for the largest, equal ones the better rank; NaN stays."""
    return pd.DataFrame(values.T).rank(ascending=False, method="min").to_numpy().T


def _family_index(scores: Scores, family: str, clusters: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the mean rank share of a family's indicators, shape (k,)."""
    wide = scores.wide().reindex(clusters)
    shares = []
    for card in _indicators(scores, family):
        ranks = wide[card.name].round(12).rank(ascending=card.better == "higher", method="average")
        shares.append((ranks / len(clusters)).to_numpy())
    table = np.column_stack(shares)
    known = ~np.isnan(table)
    total, count = np.where(known, table, 0.0).sum(axis=1), known.sum(axis=1)
    return np.divide(total, count, out=np.full(len(total), np.nan), where=count > 0)


def _indicators(scores: Scores, family: str) -> list[MetricCard]:
    """Return the cards of a family that count: the core ones with scores, or else all that have a direction."""
    scored = set(scores.rows.loc[scores.rows["value"].notna(), "metric"])
    directed = [
        card
        for card in scores.cards.values()
        if card.family == family and card.better != "neither" and card.name in scored
    ]
    return [card for card in directed if card.core] or directed


def _check(scores: Scores, weights: Mapping[str, float], draws: int) -> None:
    if not weights:
        raise InputError(mark("A composite needs a weight for each family that counts; state at least one."))
    for family, weight in weights.items():
        if family not in SCORE_FAMILIES or not _indicators(scores, family):
            raise InputError(
                mark('The family "{family}" has no scores to rank by; expected some of: {known}.'),
                family=family,
                known=", ".join(name for name in SCORE_FAMILIES if _indicators(scores, name)) or "-",
            )
        number = isinstance(weight, int | float | np.number) and not isinstance(weight, bool)
        if not (number and np.isfinite(weight) and weight > 0):
            raise InputError(
                mark('The weight of the family "{family}" is {value}; expected a finite number above 0.'),
                family=family,
                value=repr(weight),
            )
    if isinstance(draws, bool) or not isinstance(draws, int) or not 1 <= draws <= MOST_DRAWS:
        raise InputError(
            mark("The number of draws is {value}; expected a whole number from 1 to {most}."),
            value=repr(draws),
            most=MOST_DRAWS,
        )
