"""Distances between enterprises."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusternet.model import Network
from clusternet.model.distance import great_circle_km


def distance_km(network: Network, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the distance between pairs of nodes in km, NaN where a place is not known (outside partners have none)."""
    missing = np.full(len(network.outside_names), np.nan)
    latitude, longitude = (
        np.append(network.register[column].to_numpy(dtype=np.float64), missing) for column in ("latitude", "longitude")
    )
    return great_circle_km(latitude[first], longitude[first], latitude[second], longitude[second])
