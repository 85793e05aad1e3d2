"""Ingest: files become a survey, and a survey becomes a network."""

from clusternet.ingest.edge_tables import read_edges
from clusternet.ingest.linkages import build_network
from clusternet.ingest.names import normalised_name
from clusternet.ingest.readers import READERS
from clusternet.ingest.reading import read_survey
from clusternet.ingest.settings import read_settings

__all__ = ["READERS", "build_network", "normalised_name", "read_edges", "read_settings", "read_survey"]
