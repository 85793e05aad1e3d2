"""One resample: the same clusters scored in it, other clusters looked for, and silence filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clusternet.detect import METHODS, Method, find_clusters
from clusternet.inference.imputation import Nonresponse
from clusternet.inference.resampling import Resampling
from clusternet.inference.workers import NamedMetrics
from clusternet.metrics import Metric
from clusternet.model import ClusteredNetwork

Values = NDArray[np.float64]

#: Silence is dealt no more often than this; the draws are used in turn.
MOST_IMPUTATIONS = 20


class Doubting(NamedMetrics):
    """Scores the same clusters in one resample, looks for clusters there, and scores them with silence filled in.

    Parameters
    ----------
    clustered : ClusteredNetwork
        The network and its k clusters.
    metrics : sequence of Metric
        What to score.
    method : Method, optional
        What looks for clusters; None where nothing is looked for.
    options : mapping of str to float
        Its options.
    draws : int
        How many resamples there will be.
    seed : int
        The seed; each draw has its own stream, so that more draws begin with the same ones.
    """

    def __init__(
        self,
        clustered: ClusteredNetwork,
        metrics: Sequence[Metric],
        method: Method | None,
        options: Mapping[str, Any],
        draws: int,
        seed: int,
    ) -> None:
        self.partition, self.metrics = clustered.partition, list(metrics)
        self.method, self.options, self.seed = method, dict(options), seed
        self.resampling, self.silence = Resampling(clustered.network), Nonresponse(clustered)
        self.imputations = min(draws, MOST_IMPUTATIONS) if self.silence.needed else 0

    @property
    def portable(self) -> bool:
        """Whether another process can find the metrics and the method, by their names in the catalogues."""
        return super().portable and (self.method is None or METHODS.get(self.method.name) == self.method)

    def __getstate__(self) -> dict[str, Any]:
        return {**super().__getstate__(), "method": self.method and self.method.name}

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__({**state, "method": state["method"] and METHODS[state["method"]]})

    def __call__(self, draw: int) -> tuple[Values, NDArray[np.int64] | None, Values | None]:
        """Return the scores of one resample, the clusters found in it, and the scores with silence filled in."""
        thinner = self.resampling.draw(np.random.default_rng((self.seed, draw, 0)))
        values = flat_values(self.metrics, ClusteredNetwork(thinner, self.partition))
        codes = filled = None
        if self.method is not None:
            codes = find_clusters(thinner, self.method, seed=self.seed, **self.options).codes
        if draw < self.imputations:
            spoken = self.silence.draw(np.random.default_rng((self.seed, draw, 1)))
            filled = flat_values(self.metrics, ClusteredNetwork(spoken, self.partition))
        return values, codes, filled


def flat_values(metrics: Sequence[Metric], clustered: ClusteredNetwork) -> Values:
    """Return the scores as one row: metric by metric (and layer by layer), then cluster by cluster."""
    parts = [np.asarray(metric(clustered), dtype=np.float64).reshape(clustered.k, -1).T.ravel() for metric in metrics]
    return np.concatenate([np.empty(0), *parts])
