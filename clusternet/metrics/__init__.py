"""The metrics: every score of a cluster, one decorated function each."""

from clusternet.metrics import cohesion, complementarity, evidence, glue, livelihoods, structure
from clusternet.metrics.card import Metric, metric
from clusternet.metrics.scoring import score
from clusternet.model import Catalogue

#: Every metric, in the order of the report.
METRICS: Catalogue[Metric] = Catalogue.from_modules(
    "metric", Metric, [cohesion, structure, glue, complementarity, livelihoods, evidence]
)

__all__ = ["METRICS", "Metric", "metric", "score"]
