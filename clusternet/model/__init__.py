"""The nouns: what a study speaks of. No files, no algorithms, no pictures."""

from clusternet.model.catalogue import Catalogue
from clusternet.model.clustered import ClusteredNetwork
from clusternet.model.layers import STANDARD_LAYERS, Layer
from clusternet.model.levels import Levels
from clusternet.model.network import Network
from clusternet.model.partition import Partition
from clusternet.model.provenance import InputFile, Provenance, recorded
from clusternet.model.scale_profile import ScaleProfile
from clusternet.model.scores import MetricCard, Scores
from clusternet.model.settings import Settings
from clusternet.model.survey import Survey

__all__ = [
    "STANDARD_LAYERS",
    "Catalogue",
    "ClusteredNetwork",
    "InputFile",
    "Layer",
    "Levels",
    "MetricCard",
    "Network",
    "Partition",
    "Provenance",
    "ScaleProfile",
    "Scores",
    "Settings",
    "Survey",
    "recorded",
]
