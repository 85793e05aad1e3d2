"""The marks of stability: how surely each member belongs, and how well each cluster keeps together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from clusternet.draw.cluster_labels import cluster_labels
from clusternet.draw.wording import cluster_name
from clusternet.model import Network, Partition, Scores


@dataclass(frozen=True, eq=False)
class StabilityMarks:
    """What the picture of stability shows.

    Parameters
    ----------
    members : DataFrame
        One row per member whose certainty is known: ``cluster``, ``id``, ``name``, ``certainty`` (0 to 1), the least
        certain of each cluster first.
    clusters : DataFrame
        One row per cluster: ``cluster``, ``name``, ``size``, ``certainty`` (mean) and ``stability``; NaN where nobody
        measured it.
    language : str
        The language of names.
    """

    members: pd.DataFrame
    clusters: pd.DataFrame
    language: str


def stability_marks(
    network: Network, partition: Partition, scores: Scores | None = None, *, language: str = "en"
) -> StabilityMarks:
    """Turn certainty and stability into marks.

    Parameters
    ----------
    network : Network
        The network.
    partition : Partition
        Its clusters.
    scores : Scores, optional
        Whose stability by resampling is shown; otherwise that of the method.
    language : {"en", "ar"}
        The language of names.

    Returns
    -------
    StabilityMarks
        The marks.
    """
    certainty = np.asarray(partition.member_certainty, dtype=np.float64)
    labels = cluster_labels(network, partition, language=language)
    members = pd.DataFrame(
        {
            "cluster": partition.codes,
            "id": network.register["enterprise_id"].astype(object),
            "name": network.register["name"].fillna(network.register["enterprise_id"]).astype(object),
            "certainty": certainty,
        }
    )
    members = members[(members["cluster"] >= 0) & members["certainty"].notna()]
    members = members.sort_values(["cluster", "certainty", "id"], kind="stable", ignore_index=True)
    number = np.arange(partition.n_clusters)
    known = pd.Series(partition.cluster_stability, index=number, dtype="float64")
    if scores is not None and len(scores.clusters):
        resampled = scores.clusters.set_index("cluster")["stability"].astype("float64").reindex(number)
        known = resampled.fillna(known)
    clusters = pd.DataFrame(
        {
            "cluster": number,
            "name": [cluster_name(code, label, language) for code, label in enumerate(labels)],
            "size": partition.sizes,
            "certainty": members.groupby("cluster")["certainty"].mean().reindex(number).to_numpy(),
            "stability": known.to_numpy(),
        }
    )
    return StabilityMarks(members, clusters, language)
