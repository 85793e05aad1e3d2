"""The marks of a profile: the scores of one cluster beside chance, each on the range that its card allows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from clusternet.draw.wording import score_label
from clusternet.errors import InputError
from clusternet.messages import mark, translate
from clusternet.model import Scores
from clusternet.model.layers import STANDARD_LAYERS
from clusternet.model.scores import SCORE_FAMILIES

#: A score with a q-value up to this is marked as beyond chance.
SURE = 0.05


@dataclass(frozen=True, eq=False)
class ProfileMarks:
    """What a profile shows.

    Parameters
    ----------
    rows : DataFrame
        One row per score with a bounded range, in the order of families and cards: ``label``, ``family``, ``value``,
        ``low``, ``high``, ``chance`` (all in the unit of the score), the same on a scale of 0 to 1 as ``at``,
        ``at_low``, ``at_high``, ``at_chance``, and ``sure`` (q-value of at most 0.05).
    left_out : tuple of str
        Labels of the scores without bounds, such as numbers of jobs, which have no place on the scale.
    cluster : int
        The cluster.
    language : str
        The language of the labels.
    """

    rows: pd.DataFrame
    left_out: tuple[str, ...]
    cluster: int
    language: str


def profile_marks(scores: Scores, cluster: int, *, language: str = "en") -> ProfileMarks:
    """Turn the scores of one cluster into the marks of its profile.

    Parameters
    ----------
    scores : Scores
        The scores.
    cluster : int
        The number of the cluster.
    language : {"en", "ar"}
        The language of the labels.

    Returns
    -------
    ProfileMarks
        The marks; undefined scores are left out.

    Raises
    ------
    InputError
        If the scores do not know the cluster.
    """
    table = scores.table
    if cluster not in set(table["cluster"]):
        raise InputError(mark("The scores do not know the cluster {cluster}."), cluster=cluster)
    own = table[table["cluster"].eq(cluster) & table["value"].notna()]
    order = {family: place for place, family in enumerate(SCORE_FAMILIES)}
    own = own.assign(rank=own["family"].map(order)).sort_values("rank", kind="stable")
    found, left_out = [], []
    for row in own.to_dict("records"):
        key, _, layer = str(row["metric"]).partition(":")
        card = scores.cards[key]
        # A survey's own layers are known by their name only.
        named = STANDARD_LAYERS[layer].label if layer in STANDARD_LAYERS else layer
        label = score_label(card, named, language)
        least, most = card.range
        if not np.isfinite(most - least):
            left_out.append(label)
            continue
        ends = {"at": "value", "at_low": "low", "at_high": "high", "at_chance": "chance_mean"}
        found.append(
            {
                "label": label,
                "family": translate(SCORE_FAMILIES[card.family], language),
                "value": float(row["value"]),
                "low": float(row["low"]),
                "high": float(row["high"]),
                "chance": float(row["chance_mean"]),
                **{name: (float(row[column]) - least) / (most - least) for name, column in ends.items()},
                "sure": bool(row["q_value"] <= SURE),
            }
        )
    columns = ["label", "family", "value", "low", "high", "chance", "at", "at_low", "at_high", "at_chance", "sure"]
    return ProfileMarks(pd.DataFrame(found, columns=columns), tuple(left_out), cluster, language)
