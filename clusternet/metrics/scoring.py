"""From a clustered network to its scores."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.metrics.card import Metric
from clusternet.metrics.gaps import gaps_table
from clusternet.metrics.openings import openings_table
from clusternet.metrics.plan import plan_table
from clusternet.model import ClusteredNetwork, Scores
from clusternet.model.scores import COLUMNS


def score(
    clustered: ClusteredNetwork,
    metrics: Iterable[Metric],
    *,
    tables: bool = True,
    progress: Callable[[str], None] | None = None,
) -> Scores:
    """Compute metrics for every cluster, without any test against chance.

    Parameters
    ----------
    clustered : ClusteredNetwork
        The network seen through a partition into k clusters.
    metrics : iterable of Metric
        What to compute.
    tables : bool, default True
        Whether to list the least-cost plan, the gaps and the openings too; draws of chance have no use for them.
    progress : callable, optional
        Called with the key of each metric before it is computed.

    Returns
    -------
    Scores
        One row per cluster and metric (and layer, where the card says so): by metric, then by cluster. The columns
        of chance and interval are empty.

    Raises
    ------
    InputError
        If a metric returns a value outside the range of its card.
    """
    keys: list[str] = []
    found: list[Metric] = []
    columns: list[NDArray[np.float64]] = []
    notes: list[str] = []
    for entry in metrics:
        if progress:
            progress(entry.name)
        values = np.asarray(entry(clustered), dtype=np.float64)
        if entry.card.per_layer:
            keys += [f"{entry.name}:{layer.name}" for layer in clustered.network.layers]
        else:
            keys.append(entry.name)
            values = values.reshape(clustered.k, 1)
        found += [entry] * values.shape[1]
        columns += list(values.T)
        remarks = [""] * clustered.k if entry.note is None else entry.note(clustered)
        notes += remarks * values.shape[1]
    rows = _tidy(keys, found, np.concatenate([np.empty(0), *columns]), notes, clustered.k)
    cards = {entry.name: entry.card for entry in found}
    if not tables:
        return Scores(rows, cards, provenance=clustered.provenance)
    return Scores(
        rows,
        cards,
        plan=plan_table(clustered),
        gaps=gaps_table(clustered),
        openings=openings_table(clustered),
        provenance=clustered.provenance,
    )


def _tidy(keys: list[str], found: list[Metric], values: NDArray[np.float64], notes: list[str], k: int) -> pd.DataFrame:
    """Return the tidy table: metric by metric, then cluster by cluster; an undefined value has its reason as note."""
    reasons = np.repeat([entry.card.undefined for entry in found], k) if found else np.array([], dtype=object)
    table = pd.DataFrame(
        {
            "cluster": np.tile(np.arange(k), len(keys)),
            "family": pd.Series(np.repeat([entry.card.family for entry in found], k), dtype="str"),
            "metric": pd.Series(np.repeat(keys, k), dtype="str"),
            "value": values,
            **{column: np.full(len(values), np.nan) for column in COLUMNS[4:-1]},
            "note": pd.Series(np.where(np.isnan(values), reasons, np.array(notes, dtype=object)), dtype="str"),
        }
    )
    return table[list(COLUMNS)]
