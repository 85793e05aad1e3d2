"""From a network and its clusters to scores, each beside what chance gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from clusternet.errors import InputError
from clusternet.inference.attributes import draw_scores
from clusternet.inference.significance import effect_sizes, p_values, q_values
from clusternet.messages import mark
from clusternet.metrics import METRICS, Metric, score
from clusternet.model import ClusteredNetwork, Network, Partition, Scores, recorded
from clusternet.model.settings import check_seed

DEFAULT_DRAWS = 200
#: More draws than anybody needs, and fewer than would fill the memory.
MOST_DRAWS = 1_000_000


@recorded
def score_clusters(
    network: Network,
    clusters: Partition | Mapping[object, int] | pd.Series | ArrayLike,
    *,
    draws: int = DEFAULT_DRAWS,
    seed: int = 0,
    progress: Callable[[str], None] | None = None,
) -> Scores:
    """Score every cluster, and test its complementarity against chance.

    Parameters
    ----------
    network : Network
        The network.
    clusters : Partition, or labels
        The clusters; or labels of any kind as :meth:`Partition.from_labels` takes them.
    draws : int, default 200
        How often needs, offers, stages and sectors are dealt at random among the enterprises; 0 tests nothing.
    seed : int, default 0
        0 to 4,294,967,295.
    progress : callable, optional
        Called with a short text as the work goes on.

    Returns
    -------
    Scores
        One row per cluster and metric. ``chance_mean``, ``effect`` (in standard deviations), ``p_value`` and
        ``q_value`` (Benjamini-Hochberg over the clusters) are filled for metrics whose card names a null.

    Raises
    ------
    InputError
        If the labels do not fit the network, or draws or seed are out of range.
    """
    if isinstance(draws, bool) or not isinstance(draws, int) or not 0 <= draws <= MOST_DRAWS:
        raise InputError(
            mark("The number of draws is {value}; expected a whole number from 0 to {most}."),
            value=repr(draws),
            most=MOST_DRAWS,
        )
    check_seed(seed)
    if not isinstance(clusters, Partition):
        clusters = Partition.from_labels(network.enterprise_ids, clusters)
    clustered = ClusteredNetwork(network, clusters)
    scores = score(clustered, METRICS.values(), progress=progress)
    return _tested(scores, clustered, draws, seed, progress) if draws and clustered.k else scores


def _tested(
    scores: Scores, clustered: ClusteredNetwork, draws: int, seed: int, progress: Callable[[str], None] | None
) -> Scores:
    table = scores.table
    known = set(table.loc[table["value"].notna(), "metric"])
    tested: list[Metric] = [metric for metric in METRICS.values() if metric.card.null and metric.name in known]
    found = draw_scores(clustered, tested, draws=draws, seed=seed, progress=progress)
    for metric, drawn in zip(tested, found, strict=True):
        rows = table["metric"].eq(metric.name).to_numpy()
        value = table["value"].to_numpy()[rows]
        mean, effect = effect_sizes(value, drawn)
        p = p_values(value, drawn, better=metric.card.better)
        columns = {"chance_mean": mean, "effect": effect, "p_value": p, "q_value": q_values(p)}
        for column, values in columns.items():
            table.loc[rows, column] = np.where(np.isnan(value), np.nan, values)
    return replace(scores, rows=table)
