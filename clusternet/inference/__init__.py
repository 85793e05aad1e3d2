"""Inference: what the scores are worth beside chance. It stands one step above metrics and detection."""

from clusternet.inference.doubt import measure_doubt
from clusternet.inference.scoring import DEFAULT_DRAWS, score_clusters

__all__ = ["DEFAULT_DRAWS", "measure_doubt", "score_clusters"]
