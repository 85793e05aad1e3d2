"""The metrics: every score of a cluster, one decorated function each."""

from clusternet.metrics import (
    cohesion,
    complementarity,
    continuity,
    environment,
    evidence,
    factors,
    fit,
    glue,
    livelihoods,
    structure,
    trade,
    variety,
)
from clusternet.metrics.card import Metric, metric
from clusternet.metrics.scoring import score
from clusternet.model import Catalogue

#: Every metric, in the order of the report.
METRICS: Catalogue[Metric] = Catalogue.from_modules(
    "metric",
    Metric,
    [
        *(cohesion, structure),
        glue,
        *(complementarity, fit, trade, variety),
        factors,
        continuity,
        livelihoods,
        environment,
        evidence,
    ],
)

__all__ = ["METRICS", "Metric", "metric", "score"]
