"""Great-circle distances between places on the Earth."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

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
