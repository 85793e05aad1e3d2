"""What chance gave: every score of every cluster in every random draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clusternet.metrics import Metric
from clusternet.model import ClusteredNetwork, Layer

#: What one draw gives: for each cluster whether nothing was found, and its scores by key.
Row = tuple[NDArray[np.bool_], Mapping[str, NDArray[np.float64]]]


@dataclass(frozen=True, eq=False)
class Draws:
    """Scores in R random draws.

    Parameters
    ----------
    values : mapping of str to array of float, shape (R, k)
        By key (the metric's name, with ``:layer`` where it has one value per layer); NaN where the score is undefined
        or nothing was found.
    nothing : array of bool, shape (R, k)
        Where the draw holds no cluster to set beside the observed one: noise finds nothing, and is not as good.
    """

    values: Mapping[str, NDArray[np.float64]]
    nothing: NDArray[np.bool_]

    @classmethod
    def empty(cls, metrics: Sequence[Metric], layers: Sequence[Layer], draws: int, k: int) -> Draws:
        """Return draws in which every score is still NaN."""
        keys = [key for metric in metrics for key in _keys(metric, layers)]
        return cls({key: np.full((draws, k), np.nan) for key in keys}, np.zeros((draws, k), dtype=bool))

    def filled(self, rows: Iterable[Row], progress: Callable[[str], None] | None = None) -> Draws:
        """Write what the draws give, one after the other, and return these draws; ``progress`` hears of each."""
        for draw, (nothing, values) in enumerate(rows):
            self.nothing[draw] = nothing
            for key, column in values.items():
                self.values[key][draw] = column
            if progress:
                progress(f"{draw + 1}/{len(self.nothing)}")
        return self


def _keys(metric: Metric, layers: Sequence[Layer]) -> list[str]:
    return [f"{metric.name}:{layer.name}" for layer in layers] if metric.card.per_layer else [metric.name]


def key_columns(
    metric: Metric, values: NDArray[np.float64], layers: Sequence[Layer]
) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """Yield each key of a metric with its values, shape (k,)."""
    columns = np.asarray(values, dtype=np.float64).reshape(len(values), -1).T
    yield from zip(_keys(metric, layers), columns, strict=True)


def scored(metrics: Sequence[Metric], clusters: ClusteredNetwork) -> dict[str, NDArray[np.float64]]:
    """Return the values of metrics by key, each of shape (k,)."""
    layers = clusters.network.layers
    return {key: column for metric in metrics for key, column in key_columns(metric, metric(clusters), layers)}


def draw_seed(seed: int, draw: int) -> int:
    """Return the seed of one draw, 0 to 2^64 - 1."""
    return int(np.random.SeedSequence(seed, spawn_key=(0, draw)).generate_state(1, np.uint64)[0])
