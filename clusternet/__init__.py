"""clusternet finds natural clusters of enterprises in survey data and says how cohesive and how complementary each is.

Examples
--------
>>> import clusternet as cn
>>> network = cn.build_network(cn.load_survey("florentine"))
>>> clusters = cn.find_clusters(network, seed=0)
>>> scores = cn.score_clusters(network, clusters, draws=0)
>>> scores.n_clusters == clusters.n_clusters
True
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clusternet.datasets import DATASETS
    from clusternet.detect import METHODS, find_clusters, partition_figures
    from clusternet.detect.agreement import compare_partitions
    from clusternet.detect.estimator import ClusterFinder
    from clusternet.detect.layers import layer_agreement, layer_quality, learnt_layer_weights, with_layer_weights
    from clusternet.detect.levels import find_levels
    from clusternet.detect.method import Option, method
    from clusternet.detect.proximity import with_proximity
    from clusternet.detect.resolution import scale_profile
    from clusternet.draw import (
        draw_chain,
        draw_flow,
        draw_map,
        draw_matrix,
        draw_profile,
        draw_quadrant,
        draw_stability,
    )
    from clusternet.errors import ClusternetError, InputError, PrivacyError, ResourceError
    from clusternet.inference import measure_doubt, score_clusters
    from clusternet.inference.composite import composite
    from clusternet.ingest import build_network, read_edges, read_survey
    from clusternet.metrics import METRICS
    from clusternet.model import (
        ClusteredNetwork,
        Levels,
        Network,
        Partition,
        ScaleProfile,
        Scores,
        Settings,
        Survey,
    )
    from clusternet.planted import plant_survey
    from clusternet.report import write_report, write_survey
    from clusternet.report.export_folder import export_result, write_export
    from clusternet.report.exports import EXPORTS
    from clusternet.study import load_survey, publish_study, run_study, verify_study

__version__ = "0.1.0"

#: Where each public name lives; nothing heavy is imported before it is asked for.
_ROOMS = {
    "datasets": ["DATASETS"],
    "detect": ["METHODS", "find_clusters", "partition_figures"],
    "detect.agreement": ["compare_partitions"],
    "detect.estimator": ["ClusterFinder"],
    "detect.layers": ["layer_agreement", "layer_quality", "learnt_layer_weights", "with_layer_weights"],
    "detect.levels": ["find_levels"],
    "detect.method": ["Option", "method"],
    "detect.proximity": ["with_proximity"],
    "detect.resolution": ["scale_profile"],
    "draw": [
        "draw_chain",
        "draw_flow",
        "draw_map",
        "draw_matrix",
        "draw_profile",
        "draw_quadrant",
        "draw_stability",
    ],
    "errors": ["ClusternetError", "InputError", "PrivacyError", "ResourceError"],
    "inference": ["measure_doubt", "score_clusters"],
    "inference.composite": ["composite"],
    "ingest": ["build_network", "read_edges", "read_survey"],
    "metrics": ["METRICS"],
    "model": [
        "ClusteredNetwork",
        "Levels",
        "Network",
        "Partition",
        "ScaleProfile",
        "Scores",
        "Settings",
        "Survey",
    ],
    "planted": ["plant_survey"],
    "report": ["write_report", "write_survey"],
    "report.export_folder": ["export_result", "write_export"],
    "report.exports": ["EXPORTS"],
    "study": ["load_survey", "publish_study", "run_study", "verify_study"],
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "DATASETS",
    "EXPORTS",
    "METHODS",
    "METRICS",
    "ClusterFinder",
    "ClusteredNetwork",
    "ClusternetError",
    "InputError",
    "Levels",
    "Network",
    "Option",
    "Partition",
    "PrivacyError",
    "ResourceError",
    "ScaleProfile",
    "Scores",
    "Settings",
    "Survey",
    "build_network",
    "compare_partitions",
    "composite",
    "draw_chain",
    "draw_flow",
    "draw_map",
    "draw_matrix",
    "draw_profile",
    "draw_quadrant",
    "draw_stability",
    "export_result",
    "find_clusters",
    "find_levels",
    "layer_agreement",
    "layer_quality",
    "learnt_layer_weights",
    "load_survey",
    "measure_doubt",
    "method",
    "partition_figures",
    "plant_survey",
    "publish_study",
    "read_edges",
    "read_survey",
    "run_study",
    "scale_profile",
    "score_clusters",
    "verify_study",
    "with_layer_weights",
    "with_proximity",
    "write_export",
    "write_report",
    "write_survey",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name not in _HOME:
        raise AttributeError(f"module 'clusternet' has no attribute '{name}'")
    value = getattr(importlib.import_module(f"clusternet.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
