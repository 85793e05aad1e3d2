"""Great-circle distances between enterprises."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusternet.model import Network

#: Mean radius of the Earth.
EARTH_RADIUS_KM = 6371.0088


def great_circle_km(
    latitude: NDArray[np.float64],
    longitude: NDArray[np.float64],
    other_latitude: NDArray[np.float64],
    other_longitude: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return great-circle distances by the haversine formula, in km; coordinates in degrees, NaN where one is NaN.

    Examples
    --------
    >>> great_circle_km(np.array([0.0]), np.array([0.0]), np.array([0.0]), np.array([180.0])).round(1)
    array([20015.1])
    """
    phi, psi = np.radians(latitude), np.radians(other_latitude)
    turn = np.radians(other_longitude - longitude)
    chord = np.sin((psi - phi) / 2) ** 2 + np.cos(phi) * np.cos(psi) * np.sin(turn / 2) ** 2
    angle: NDArray[np.float64] = 2 * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0)))
    return EARTH_RADIUS_KM * angle


def distance_km(network: Network, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the distance between pairs of nodes in km, NaN where a place is not known (outside partners have none)."""
    missing = np.full(len(network.outside_names), np.nan)
    latitude, longitude = (
        np.append(network.register[column].to_numpy(dtype=np.float64), missing) for column in ("latitude", "longitude")
    )
    return great_circle_km(latitude[first], longitude[first], latitude[second], longitude[second])
