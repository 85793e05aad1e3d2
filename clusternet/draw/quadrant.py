"""The marks of the quadrant: how cohesive and how complementary each cluster is, beside chance."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.draw.cluster_labels import cluster_labels
from clusternet.draw.wording import cluster_name
from clusternet.messages import mark, translate
from clusternet.model import Network, Partition, Scores

#: The verdicts, by whether cohesion and complementarity lie beyond chance.
QUADRANTS = (
    (mark("natural cluster"), True, True),
    (mark("club"), True, False),
    (mark("chain to connect"), False, True),
    (mark("loose group"), False, False),
)
#: The q-value up to which a family passes its test, as in the verdict.
PASSED = 0.05
#: The line where no cluster passed.
NOBODY_PASSED = 1.05
#: How far below the lowest index the line stands where all passed.
ROOM = 0.05
#: An interval holds this share.
COVERED = 0.95


@dataclass(frozen=True, eq=False)
class QuadrantMarks:
    """What a quadrant shows.

    Parameters
    ----------
    points : DataFrame
        One row per cluster whose two indices are known: ``cluster``, ``name``, ``size`` (members), ``x``
        (cohesion_index) and ``y`` (complementarity_index), both 0 to 1, ``x_low``, ``x_high``, ``y_low``, ``y_high``
        (NaN where the number of draws is not known), ``verdict`` (translated).
    left_out : int
        Clusters that were not tested in both families.
    x_line, y_line : float
        Where the fields part: midway between the lowest index that passed its test and the highest that did not; more
        than 1 where none passed, so that every point lies where its verdict says.
    draws : int
        Chance draws that the intervals rest on; 0 where not known.
    language : str
        The language of names and verdicts.
    """

    points: pd.DataFrame
    left_out: int
    x_line: float
    y_line: float
    draws: int
    language: str


def quadrant_marks(
    scores: Scores,
    partition: Partition | None = None,
    network: Network | None = None,
    *,
    language: str = "en",
) -> QuadrantMarks:
    """Turn tested scores into the marks of the quadrant.

    An index is the share of chance draws that the cluster beats. Its interval is that of a share of so many draws
    (Wilson 1927): it says how far the number of draws carries, and nothing about who did not answer.

    Parameters
    ----------
    scores : Scores
        Scores that were tested against chance.
    partition : Partition, optional
        The clusters, for their sizes.
    network : Network, optional
        The network, for their names; together with the partition.
    language : {"en", "ar"}
        The language of names and verdicts.

    Returns
    -------
    QuadrantMarks
        The marks.

    References
    ----------
    Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference.
    """
    table = scores.clusters.reset_index(drop=True)
    x = table["cohesion_index"].to_numpy(dtype=np.float64)
    y = table["complementarity_index"].to_numpy(dtype=np.float64)
    known = ~np.isnan(x) & ~np.isnan(y)
    draws = drawn(scores)
    number = table["cluster"].to_numpy(dtype=np.int64)[known]
    labels = cluster_labels(network, partition, language=language) if network and partition else None
    points = pd.DataFrame(
        {
            "cluster": number,
            "name": [cluster_name(int(code), labels[code] if labels else "", language) for code in number],
            "size": partition.sizes[number] if partition else np.ones(len(number), dtype=np.int64),
            "x": x[known],
            "y": y[known],
            "verdict": [translate(str(verdict), language) if verdict else "" for verdict in table["verdict"][known]],
        }
    )
    for axis in ("x", "y"):
        points[f"{axis}_low"], points[f"{axis}_high"] = share_interval(points[axis].to_numpy(), draws)
    x_line, y_line = (
        dividing_line(values[known], table[f"{family}_q"].to_numpy(dtype=np.float64)[known])
        for values, family in ((x, "cohesion"), (y, "complementarity"))
    )
    return QuadrantMarks(points, int((~known).sum()), x_line, y_line, draws, language)


def dividing_line(index: NDArray[np.float64], q_value: NDArray[np.float64]) -> float:
    """Return where clusters that passed the test of a family part from those that did not.

    Examples
    --------
    >>> dividing_line(np.array([0.2, 0.9, 1.0]), np.array([0.7, 0.2, 0.01]))
    0.95
    >>> dividing_line(np.array([0.2]), np.array([0.7]))
    1.05
    """
    passed = q_value <= PASSED
    lowest = float(index[passed].min()) if passed.any() else NOBODY_PASSED
    failed = index[~passed & (index < lowest)]
    highest = float(failed.max()) if len(failed) else max(lowest - 2 * ROOM, -lowest)
    return round((lowest + highest) / 2, 6) if passed.any() else NOBODY_PASSED


def drawn(scores: Scores) -> int:
    """Return how many chance draws scores were tested with; 0 where their history does not tell."""
    told = [step.arguments.get("draws") for step in scores.provenance.steps if step.verb == "score_clusters"]
    return int(told[-1]) if told and told[-1] else 0


def share_interval(share: NDArray[np.float64], count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the ends of Wilson's 95 % interval of shares of so many draws; NaN without any draw.

    Examples
    --------
    >>> low, high = share_interval(np.array([0.5]), 100)
    >>> low.round(3), high.round(3)
    (array([0.404]), array([0.596]))
    """
    if count < 1:
        return np.full(len(share), np.nan), np.full(len(share), np.nan)
    z = NormalDist().inv_cdf((1 + COVERED) / 2)
    middle = (share + z**2 / (2 * count)) / (1 + z**2 / count)
    half = z / (1 + z**2 / count) * np.sqrt(share * (1 - share) / count + z**2 / (4 * count**2))
    # The ends of a share of 0 or 1 are that share itself, but for the last digit.
    return np.clip(middle - half, 0.0, share), np.clip(middle + half, share, 1.0)
