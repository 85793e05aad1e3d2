"""How far the scores can be trusted: other respondents, and the silence of those who did not answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.detect import Method
from clusternet.detect.catalogue import GIVEN
from clusternet.errors import InputError
from clusternet.inference.chance import detection_of
from clusternet.inference.doubting import Doubting, flat_values
from clusternet.inference.stability import Survival
from clusternet.inference.workers import checked_workers, in_processes
from clusternet.messages import mark
from clusternet.metrics import METRICS
from clusternet.model import ClusteredNetwork, Network, Partition, Scores, recorded
from clusternet.model.scores import CLUSTER_COLUMNS
from clusternet.model.settings import check_seed

Values = NDArray[np.float64]

DEFAULT_RESAMPLES = 100
#: More resamples than anybody needs.
MOST_RESAMPLES = 100_000
#: An interval holds this share of the draws.
COVERED = 0.95
#: Metrics about who answered, which is known and not estimated.
FIXED_METRICS = ("response_rate",)


@recorded
def measure_doubt(
    network: Network,
    partition: Partition,
    scores: Scores,
    *,
    method: str | Method | None = None,
    options: Mapping[str, float] = MappingProxyType({}),
    draws: int = DEFAULT_RESAMPLES,
    seed: int = 0,
    workers: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> tuple[Partition, Scores]:
    """Say how sure every score, cluster and membership is.

    Parameters
    ----------
    network : Network
        The network.
    partition : Partition
        Its k clusters.
    scores : Scores
        Their scores.
    method : str or Method, optional
        The method that detects again in every resample; by default the one that found the partition, which must be
        handed over where the catalogue does not have it. Clusters that were given, and not found, get no stability and
        no certainty.
    options : mapping of str to float
        Numbers that the method takes; by default those with which it found the partition.
    draws : int, default 100
        Resamples, 0 to 100,000; 0 leaves everything as it is.
    seed : int, default 0
        0 to 4,294,967,295.
    workers : int, optional
        How many cores may work, 1 to 1,024; by default the environment variable ``CLUSTERNET_WORKERS``, or else all.
        What is returned is the same.
    progress : callable, optional
        Called after each draw.

    Returns
    -------
    partition : Partition
        With ``member_certainty``, 0 to 1, where the method that found the clusters gave none: the share of resamples
        in which the member is in the cluster that is most like its own (largest Jaccard similarity); for enterprises
        in no cluster, the share in which none holds them.
    scores : Scores
        With ``low`` and ``high``, the ends of a 95 % interval in the unit of the score and inside its range, around
        the score; NaN where the score is undefined, where it is undefined in more than half of the draws, for
        metrics that only the register tells of, such as jobs, and for the response rate. ``clusters`` has
        ``stability``, 0 to 1.

    Raises
    ------
    InputError
        If draws, seed or workers are out of range, the method or an option is unknown, partition and network do not
        fit, or a method found the partition that the catalogue does not have and that is not handed over.

    Notes
    -----
    A resample leaves out a fifth of the respondents (d of n): their reports, needs and offers go, they stay as
    non-respondents; of linkages that are records a fifth goes instead. Leaving out fewer than all moves a score too
    little, by the factor sqrt((n - d) / d), so deviations from the mean of the resamples are multiplied by it
    (Shao & Wu 1989; Politis & Romano 1994): delta_b = sqrt((n - d) / d) (theta_b - mean theta). Deviations from the
    mean of the resamples, because leaving out reports lowers most scores of itself.
    Where somebody did not answer, their ties are dealt at most 20 times by the rates of those who did
    (:class:`~clusternet.inference.imputation.Nonresponse`), giving phi_c. The interval reaches from the 2.5 % to the
    97.5 % quantile of theta + delta_b, and is widened to hold the same quantiles of phi_c + delta_b: the spread of
    resampling and that of the dealing are added draw by draw, as their variances add, and so is what silence hides.

    References
    ----------
    Shao, J. & Wu, C. F. J. (1989), A general theory for jackknife variance estimation, doi:10.1214/aos/1176347263.
    Politis, D. N. & Romano, J. P. (1994), Large sample confidence regions based on subsamples under minimal
    assumptions, doi:10.1214/aos/1176325770.
    Rubin, D. B. (1987), Multiple Imputation for Nonresponse in Surveys, doi:10.1002/9780470316696.
    Hennig, C. (2007), Cluster-wise assessment of cluster stability, doi:10.1016/j.csda.2006.11.025.
    """
    _check_draws(draws)
    check_seed(seed)
    checked_workers(workers)
    clustered = ClusteredNetwork(network, partition)
    if draws == 0 or clustered.k == 0:
        return partition, scores
    again = None if method is None and partition.method == GIVEN else detection_of(partition, method, options)
    panel = _Panel(scores, clustered)
    again_by, chosen = (None, {}) if again is None else again
    task = Doubting(clustered, panel.metrics, again_by, chosen, draws, seed)
    survival = Survival(partition.codes)
    resampled, imputed = (np.full((rows, panel.width), np.nan) for rows in (draws, task.imputations))
    results = in_processes(task, draws, workers=workers, portable=task.portable)
    for draw, (values, codes, filled) in enumerate(results):
        resampled[draw] = values
        if codes is not None:
            survival.add(codes)
        if filled is not None:
            imputed[draw] = filled
        if progress:
            progress(f"{draw + 1}/{draws}")
    low, high = intervals(panel.observed, resampled, imputed, scale=task.resampling.scale, bounds=panel.bounds)
    silent = panel.told_by_register(network, resampled, imputed)
    low[silent], high[silent] = np.nan, np.nan
    return (
        replace(partition, member_certainty=_completed(partition.member_certainty, survival.certainty)),
        replace(scores, rows=panel.filled(low, high), clusters=_with_stability(scores, survival.stability)),
    )


def intervals(
    observed: Values, resampled: Values, imputed: Values, *, scale: float, bounds: Values
) -> tuple[Values, Values]:
    """Turn scores of resamples and of imputations into the ends of 95 % intervals.

    Parameters
    ----------
    observed : array of float, shape (v,)
        The scores.
    resampled : array of float, shape (draws, v)
        The scores in each resample; NaN where undefined.
    imputed : array of float, shape (imputations, v)
        The scores with silence filled in; no row where everybody answered.
    scale : float
        What deviations of resamples are multiplied by.
    bounds : array of float, shape (v, 2)
        The least and largest value that each score can have.

    Returns
    -------
    low, high : array of float, shape (v,)
        ``low <= observed <= high``; NaN where fewer than half of the draws (and at least two) are defined.

    Examples
    --------
    >>> draws = np.linspace(0.3, 0.5, 101)[:, None]
    >>> low, high = intervals(np.array([0.5]), draws, np.empty((0, 1)), scale=2.0, bounds=np.array([[0.0, 1.0]]))
    >>> low.round(2), high.round(2)
    (array([0.31]), array([0.69]))
    """
    tail = (1 - COVERED) / 2
    low, high = np.full(len(observed), np.nan), np.full(len(observed), np.nan)
    enough = np.maximum(2, len(resampled) / 2)
    usable = np.isfinite(observed) & ((~np.isnan(resampled)).sum(axis=0) >= enough) & np.isfinite(scale)
    for place in np.flatnonzero(usable):
        drawn = resampled[:, place]
        deviation = scale * (drawn - drawn[~np.isnan(drawn)].mean())
        around = [observed[place] + deviation]
        filled = imputed[:, place]
        if (~np.isnan(filled)).any():
            around.append(np.resize(filled[~np.isnan(filled)], len(deviation)) + deviation)
        ends = np.array([np.nanquantile(values, (tail, 1 - tail)) for values in around])
        low[place] = np.clip(min(ends[:, 0].min(), observed[place]), *bounds[place])
        high[place] = np.clip(max(ends[:, 1].max(), observed[place]), *bounds[place])
    return low, high


class _Panel:
    """The scores that get an interval, as one row of numbers per draw."""

    def __init__(self, scores: Scores, clustered: ClusteredNetwork) -> None:
        self.rows = scores.table
        self.partition, self.k = clustered.partition, clustered.k
        defined = set(self.rows.loc[self.rows["value"].notna(), "metric"].str.partition(":")[0])
        self.metrics = [
            METRICS[name] for name in scores.cards if name in METRICS and name in defined and name not in FIXED_METRICS
        ]
        layers = [layer.name for layer in clustered.network.layers]
        keys = [
            key
            for metric in self.metrics
            for key in ([f"{metric.name}:{layer}" for layer in layers] if metric.card.per_layer else [metric.name])
        ]
        self.width = len(keys) * self.k
        first = {key: place * self.k for place, key in enumerate(keys)}
        start = self.rows["metric"].map(first)
        self.touched = start.notna().to_numpy()
        self.place = (start + self.rows["cluster"])[self.touched].to_numpy(dtype=np.int64)
        self.observed = np.full(self.width, np.nan)
        self.observed[self.place] = self.rows["value"].to_numpy()[self.touched]
        cards = [scores.cards[key.partition(":")[0]] for key in keys]
        self.bounds = np.repeat(np.array([card.range for card in cards], dtype=float).reshape(-1, 2), self.k, axis=0)

    def told_by_register(self, network: Network, *draws: Values) -> NDArray[np.bool_]:
        """Return which scores belong to metrics that neither linkages nor needs and offers change, shape (width,).

        Resampling says nothing of them, and an interval without width would promise what nobody knows. They are those
        that are the same in every draw and without a single answer.
        """
        ties = network.ties
        bare = replace(network, ties=ties.where(np.zeros(len(ties), dtype=bool)), ledger=network.ledger.head(0))
        table = np.vstack([*draws, flat_values(self.metrics, ClusteredNetwork(bare, self.partition))])
        same = ((table == self.observed) | (np.isnan(table) & np.isnan(self.observed))).all(axis=0)
        return np.repeat(same.reshape(-1, self.k).all(axis=1), self.k)

    def filled(self, low: Values, high: Values) -> pd.DataFrame:
        """Return the rows of the scores with their intervals."""
        ends = {column: np.full(len(self.rows), np.nan) for column in ("low", "high")}
        for column, values in (("low", low), ("high", high)):
            ends[column][self.touched] = values[self.place]
        return self.rows.assign(**ends)


def _completed(certainty: Values | None, resampled: Values) -> Values:
    """Return the method's own certainty, and what resampling says where it has none."""
    return resampled if certainty is None else np.where(np.isnan(certainty), resampled, certainty)


def _with_stability(scores: Scores, stability: Values) -> pd.DataFrame:
    """Return the table of clusters with their stability; every other column stays, or is empty."""
    table = scores.clusters
    if not len(table):
        table = pd.DataFrame({"cluster": np.arange(len(stability))}).reindex(columns=list(CLUSTER_COLUMNS))
        table["verdict"] = pd.Series([""] * len(stability), dtype="str")
    return table.assign(stability=stability[table["cluster"].to_numpy(dtype=np.int64)])


def _check_draws(draws: int) -> None:
    if isinstance(draws, bool) or not isinstance(draws, int) or not 0 <= draws <= MOST_RESAMPLES:
        raise InputError(
            mark("The number of draws is {value}; expected a whole number from 0 to {most}."),
            value=repr(draws),
            most=MOST_RESAMPLES,
        )
