"""The hand-made network is shared by all tests of this room."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from small_town import network, partition, scores

__all__ = ["network", "partition", "scores"]
