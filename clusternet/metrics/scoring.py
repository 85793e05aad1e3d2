"""From a clustered network to its scores."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from clusternet.metrics.card import Metric
from clusternet.model import ClusteredNetwork, Scores
from clusternet.model.scores import COLUMNS


def score(
    clustered: ClusteredNetwork, metrics: Iterable[Metric], *, progress: Callable[[str], None] | None = None
) -> Scores:
    """Compute metrics for every cluster, without any test against chance.

    Parameters
    ----------
    clustered : ClusteredNetwork
        The network seen through a partition into k clusters.
    metrics : iterable of Metric
        What to compute.
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
    tables, cards = [], {}
    for entry in metrics:
        if progress:
            progress(entry.name)
        cards[entry.name] = entry.card
        values = np.asarray(entry(clustered), dtype=np.float64)
        if entry.card.per_layer:
            names = [f"{entry.name}:{layer.name}" for layer in clustered.network.layers]
        else:
            names, values = [entry.name], values.reshape(clustered.k, 1)
        tables += [_rows(entry, name, values[:, column]) for column, name in enumerate(names)]
    empty = pd.DataFrame({column: pd.Series(dtype=_KINDS.get(column, "float64")) for column in COLUMNS})
    rows = pd.concat(tables, ignore_index=True) if clustered.k and tables else empty
    return Scores(rows, cards, clustered.provenance)


_KINDS = {"cluster": "int64", "family": "str", "metric": "str", "note": "str"}


def _rows(entry: Metric, name: str, values: np.ndarray) -> pd.DataFrame:
    k = len(values)
    note = pd.Series(np.where(np.isnan(values), entry.card.undefined, ""), dtype="str")
    columns = {
        "cluster": np.arange(k),
        "family": pd.Series([entry.card.family] * k, dtype="str"),
        "metric": pd.Series([name] * k, dtype="str"),
        "value": values,
    }
    return (
        pd.DataFrame(columns)
        .assign(**{column: np.nan for column in COLUMNS if column not in columns})
        .assign(note=note)
    )
