"""What is over-represented in each cluster: the stage, sector and place that its members share more than others."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from clusternet.messages import mark, translate
from clusternet.model import Network, Partition

#: The columns that may give a cluster its label, in the order in which they stand in it.
LABEL_COLUMNS = ("stage", "sector", "place")
#: A value is over-represented when at least this many members have it, ...
LEAST_MEMBERS = 2
#: ... at least this share of the members do, ...
LEAST_SHARE = 0.25
#: ... and its share among them is at least this many times its share in the register.
LEAST_LIFT = 1.2


def describe_clusters(network: Network, partition: Partition) -> pd.DataFrame:
    """Return for each cluster the stage, sector and place that is most over-represented in it.

    Of the values that at least two members and a quarter of them share, and that are at least 1.2 times as frequent
    as in the register, the one with the largest gain of information n * p * log(p / q) is taken; ties by name.

    Parameters
    ----------
    network : Network
        The network.
    partition : Partition
        Its clusters.

    Returns
    -------
    DataFrame
        One row per cluster; columns ``stage``, ``sector``, ``place``; an empty text where nothing stands out.
    """
    found = {
        column: _over_represented(network.register[column], partition.codes, partition.n_clusters)
        for column in LABEL_COLUMNS
    }
    return pd.DataFrame(found, index=pd.RangeIndex(partition.n_clusters, name="cluster"))


def _over_represented(values: pd.Series, codes: np.ndarray, n_clusters: int) -> list[str]:
    best = [""] * n_clusters
    given = values.notna().to_numpy() & (values.fillna("").astype(str).str.strip() != "").to_numpy()
    table = pd.DataFrame({"cluster": codes[given], "value": values[given].astype(str).to_numpy(dtype=object)})
    share_overall = table["value"].value_counts(normalize=True)
    inside = table[table["cluster"] >= 0]
    if inside.empty:
        return best
    counts = inside.groupby(["cluster", "value"], sort=True).size().rename("count").reset_index()
    size = inside.groupby("cluster").size()
    share = counts["count"] / counts["cluster"].map(size)
    lift = share / counts["value"].map(share_overall)
    counts = counts.assign(gain=counts["count"] * np.log(lift))
    fits = (counts["count"] >= LEAST_MEMBERS) & (share >= LEAST_SHARE) & (lift >= LEAST_LIFT)
    ranked = counts[fits].sort_values(["cluster", "gain", "value"], ascending=[True, False, True])
    rows: Any = ranked.drop_duplicates("cluster").itertuples(index=False)
    for row in rows:
        best[int(row.cluster)] = str(row.value)
    return best


def cluster_labels(network: Network, partition: Partition, *, language: str = "en") -> list[str]:
    """Return a short label for each cluster: what is over-represented in it, joined; may be empty.

    Parameters
    ----------
    network : Network
        The network.
    partition : Partition
        Its clusters.
    language : {"en", "ar"}
        The language of the words around the survey's own words.

    Returns
    -------
    list of str
        One label per cluster.
    """
    labels = []
    rows: Any = describe_clusters(network, partition).itertuples()
    for row in rows:
        sector = translate(mark("sector {sector}"), language, sector=row.sector) if row.sector else ""
        labels.append(" · ".join(part for part in (row.stage, sector, row.place) if part))
    return labels
