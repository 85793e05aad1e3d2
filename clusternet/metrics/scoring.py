"""From a clustered network to its scores."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionArray

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
    notes: list[list[str] | None] = []
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
        notes += [None if entry.note is None else entry.note(clustered)] * values.shape[1]
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


def _tidy(
    keys: list[str], found: list[Metric], values: NDArray[np.float64], notes: list[list[str] | None], k: int
) -> pd.DataFrame:
    """Return the tidy table: metric by metric, then cluster by cluster; an undefined value has its reason as note."""
    metric = np.repeat(np.arange(len(keys)), k)
    # Each text is written down once and taken by its number: there are few texts and many rows.
    texts: dict[str, int] = {"": 0}
    reason = np.array([texts.setdefault(entry.card.undefined, len(texts)) for entry in found], dtype=np.int64)
    note = np.zeros((len(keys), k), dtype=np.int64)
    for place, remarks in enumerate(notes):
        if remarks is not None:
            note[place] = [texts.setdefault(remark, len(texts)) for remark in remarks]
    undefined = np.isnan(values)
    note = np.where(undefined, reason[metric], note.ravel())
    table = {
        "cluster": np.tile(np.arange(k), len(keys)),
        "family": _texts([entry.card.family for entry in found], metric),
        "metric": _texts(keys, metric),
        "value": values,
        **dict.fromkeys(COLUMNS[4:-1], np.full(len(values), np.nan)),
        "note": _texts(list(texts), note),
    }
    return pd.DataFrame({column: table[column] for column in COLUMNS})


def _texts(texts: list[str], place: NDArray[np.int64]) -> ExtensionArray:
    return pd.array(texts, dtype="str").take(place)  # type: ignore[call-overload, no-any-return]
