"""From a network and its clusters to scores, each beside what chance gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from clusternet.detect import Method
from clusternet.detect.layers import layer_quality
from clusternet.errors import InputError
from clusternet.inference.attributes import dealt_draws
from clusternet.inference.chance import detection_of, rewired_draws
from clusternet.inference.draws import Draws
from clusternet.inference.families import cluster_tests
from clusternet.inference.roles import with_roles
from clusternet.inference.significance import effect_sizes, p_values, q_values
from clusternet.inference.stubs import stub_draws
from clusternet.inference.workers import checked_workers
from clusternet.messages import mark
from clusternet.metrics import METRICS, Metric, score
from clusternet.model import ClusteredNetwork, Network, Partition, Scores, recorded
from clusternet.model.settings import check_seed

DEFAULT_DRAWS = 200
#: More draws than anybody needs, and fewer than would fill the memory.
MOST_DRAWS = 1_000_000
NULLS = ("rewiring", "fixed", "stubs")

Progress = Callable[[str], None]


@recorded
def score_clusters(
    network: Network,
    clusters: Partition | Mapping[object, int] | pd.Series | ArrayLike,
    *,
    draws: int = DEFAULT_DRAWS,
    seed: int = 0,
    null: str = "rewiring",
    method: str | Method | None = None,
    options: Mapping[str, float] = MappingProxyType({}),
    workers: int | None = None,
    progress: Progress | None = None,
) -> Scores:
    """Score every cluster, test the scores against chance, and give the verdict.

    Parameters
    ----------
    network : Network
        The network.
    clusters : Partition, or labels
        The clusters; or labels by id; or bare labels in the order in which the graph or table gave its enterprises
        (``network.given_ids``). Clusters that were given, and not found, are compared with what the default method
        finds in noise.
    draws : int, default 200
        How often linkages are rewired, and needs, offers, stages and sectors dealt among the enterprises; 0 tests
        nothing.
    seed : int, default 0
        0 to 4,294,967,295.
    null : {"rewiring", "fixed", "stubs"}
        What cohesion and glue are compared with. ``"rewiring"``: rewired networks in which the method that found the
        clusters looks for clusters again, with the same options; would it find something this good in noise?
        ``"fixed"``: the same members in the same rewired networks; faster, and right for clusters that were known
        beforehand, but circular for detected ones, which were chosen for their links inside. ``"stubs"``: as
        ``"fixed"``, but the ends of all linked pairs are joined anew, self-links and double ones included: an
        approximation for large networks (see :func:`~clusternet.inference.stubs.stub_draws`), and only scores that
        count links by cluster are tested against it.
    method : str or Method, optional
        The method that looks for clusters again; by default the one that found them, which must be handed over where
        the catalogue does not have it.
    options : mapping of str to float
        Numbers that the method takes; by default those with which it found the clusters.
    workers : int, optional
        How many cores may work, 1 to 1,024; by default the environment variable ``CLUSTERNET_WORKERS``, or else all.
        The scores are the same. Other processes, each of some 350 MB, are started only where the draws would take long.
    progress : callable, optional
        Called with a short text as the work goes on.

    Returns
    -------
    Scores
        One row per cluster and metric. ``chance_mean``, ``effect`` (in standard deviations), ``p_value`` in (0, 1] and
        ``q_value`` (Benjamini-Hochberg over the clusters) are filled for metrics whose card names a null; p and q only
        where one direction is good. ``clusters`` holds the test of both families and the verdict, ``layers`` which
        layers carry the clusters.

    Raises
    ------
    InputError
        If the labels do not fit the network, draws, seed, null, method, workers or an option are not among those, or
        a method found the clusters that the catalogue does not have and that is not handed over.

    References
    ----------
    Benjamini, Y. & Hochberg, Y. (1995), Controlling the false discovery rate.
    Lancichinetti, A., Radicchi, F. & Ramasco, J. J. (2010), Statistical significance of communities in networks.
    Phipson, B. & Smyth, G. K. (2010), Permutation p-values should never be zero.
    """
    if isinstance(draws, bool) or not isinstance(draws, int) or not 0 <= draws <= MOST_DRAWS:
        raise InputError(
            mark("The number of draws is {value}; expected a whole number from 0 to {most}."),
            value=repr(draws),
            most=MOST_DRAWS,
        )
    if null not in NULLS:
        raise InputError(
            mark('There is no null "{value}"; expected one of: {known}.'), value=str(null), known=", ".join(NULLS)
        )
    check_seed(seed)
    checked_workers(workers)
    if not isinstance(clusters, Partition):
        if not isinstance(clusters, Mapping | pd.Series):
            clusters = _named(network, np.asarray(clusters))
        clusters = Partition.from_labels(network.enterprise_ids, clusters)
    clustered = ClusteredNetwork(network, clusters)
    if draws and null == "rewiring":
        detection_of(clusters, method, options)  # what is wrong with the method is said before the long work
    scores = score(clustered, METRICS.values(), progress=progress)
    found: dict[str, Draws] = {}
    if draws and clustered.k:
        how: dict[str, Any] = {"draws": draws, "seed": seed, "workers": workers, "progress": progress}
        linked = _testable(scores, "rewiring")
        if null == "stubs":
            found["rewiring"] = stub_draws(clustered, linked, **how)
        else:
            found["rewiring"] = rewired_draws(
                clustered, linked, detect=null == "rewiring", method=method, options=options, **how
            )
        found["attributes"] = dealt_draws(clustered, _testable(scores, "attributes"), **how)
    tests = cluster_tests(scores.table, list(scores.cards.values()), found, clustered.k)
    layers = layer_quality(network, clusters).reset_index()
    return with_roles(replace(_tested(scores, found), clusters=tests, layers=layers), clustered)


def _named(network: Network, labels: NDArray[Any]) -> Mapping[object, Any]:
    """Return bare labels by id: they stand in the order in which the graph or table gave its enterprises."""
    if len(labels) != network.n_enterprises:
        raise InputError(
            mark("There are {given} labels for {expected} enterprises; give one label each."),
            given=len(labels),
            expected=network.n_enterprises,
        )
    return dict(zip(network.given_ids, labels.tolist(), strict=True))


def _testable(scores: Scores, null: str) -> list[Metric]:
    """Return the metrics of one null that are defined for some cluster."""
    known = set(scores.rows["metric"][scores.rows["value"].notna()].str.partition(":")[0])
    return [metric for metric in METRICS.values() if metric.card.null == null and metric.name in known]


def _tested(scores: Scores, found: Mapping[str, Draws]) -> Scores:
    table = scores.table
    names = table["metric"].to_numpy(dtype=object)
    columns = {name: table[name].to_numpy(copy=True) for name in ("chance_mean", "effect", "p_value", "q_value")}
    for draws in found.values():
        for key, drawn in draws.values.items():
            rows = np.flatnonzero(names == key)
            value = table["value"].to_numpy()[rows]
            mean, effect = effect_sizes(value, drawn)
            better = scores.cards[key.partition(":")[0]].better
            p = p_values(value, drawn, better=better, nothing=draws.nothing)
            for name, values in zip(columns, (mean, effect, p, q_values(p)), strict=True):
                columns[name][rows] = np.where(np.isnan(value), np.nan, values)
    return replace(scores, rows=table.assign(**columns))
