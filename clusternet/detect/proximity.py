"""Place as a layer: enterprises that are near each other, because a natural cluster is also a place."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clusternet.errors import InputError, shown
from clusternet.messages import mark
from clusternet.model import Layer, Network, recorded
from clusternet.model.distance import EARTH_RADIUS_KM, great_circle_km
from clusternet.model.reports import Linkages

#: The name of the layer.
PROXIMITY = "proximity"
#: Distances that differ by less count as equal: a thousandth of a millimetre, above what rounding of angles makes.
_SAME_KM = 1e-9
#: Links beyond so many half distances, a millionth of the weight, are left out.
_MOST_HALVINGS = 20.0

Positions = NDArray[np.int64]
Floats = NDArray[np.float64]


@recorded
def with_proximity(
    network: Network,
    *,
    nearest: int = 5,
    half_distance_km: float | None = None,
    largest_distance_km: float | None = None,
    weight: float = 1.0,
) -> Network:
    """Return the network with one more layer, ``proximity``, that links every enterprise with its nearest ones.

    Enterprises without coordinates, and outside partners, get no such link. The links are records, which nobody
    reported.

    Parameters
    ----------
    network : Network
        The network; ``latitude`` and ``longitude`` of its register in degrees.
    nearest : int, default 5
        Each enterprise is linked to so many others, at least 1; two are linked where either counts the other among
        its nearest. Equally near ones are taken in the order of their positions, from the enterprise's own onward and
        around.
    half_distance_km : float, optional
        The distance in km, above 0, at which a link weighs half as much as one between neighbours at the same place.
        By default the median distance from a place to the next one, times the square root of ``nearest``: about where
        the last of the nearest ones stands, as in a plane the k-th nearest is about sqrt(k) times as far as the first.
    largest_distance_km : float, optional
        Nothing farther apart is linked; in km, above 0. In any case links beyond 20 half distances are left out.
    weight : float, default 1
        How much the layer counts in the flat network, at least 0.

    Returns
    -------
    Network
        The network with the undirected layer ``proximity`` of the family ``general``; a link's weight is
        0.5 ** (distance / half distance), 1 at the same place.

    Raises
    ------
    InputError
        If the network has a layer of that name already, a coordinate is not on the Earth, or an option is out of range.

    References
    ----------
    Tobler, W. R. (1970), A computer movie simulating urban growth in the Detroit region, doi:10.2307/143141 (near
    things are more related than distant things). Distances are great circles by the haversine formula on a sphere of
    radius 6371.0088 km.

    Examples
    --------
    >>> import pandas as pd
    >>> register = pd.DataFrame(
    ...     {"enterprise_id": list("abc"), "latitude": [0.0, 0.0, None], "longitude": [0.0, 1.0, None]}
    ... )
    >>> network = Network.from_tables(register, pd.DataFrame({"source": ["a"], "target": ["c"], "layer": ["stock"]}))
    >>> with_proximity(network, half_distance_km=111.195).linkages[["source", "target", "layer", "weight"]].round(3)
      source target      layer  weight
    0      a      b  proximity     0.5
    1      a      c      stock     1.0
    """
    if isinstance(nearest, bool) or not isinstance(nearest, int | np.integer) or nearest < 1:
        raise InputError(
            mark("{name} is {value}, but a whole number of at least {least} is expected."),
            name="nearest",
            value=repr(nearest),
            least=1,
        )
    for name, value in (("half_distance_km", half_distance_km), ("largest_distance_km", largest_distance_km)):
        if value is not None and not (isinstance(value, int | float) and math.isfinite(value) and value > 0):
            raise InputError(
                mark('The option "{name}" is {value}; expected a number of km above 0.'), name=name, value=repr(value)
            )
    if any(layer.name == PROXIMITY for layer in network.layers):
        raise InputError(
            mark('The network has a layer "{name}" already; start from a network without it.'), name=PROXIMITY
        )
    layer = Layer(
        PROXIMITY,
        mark("Proximity"),
        weight=float(weight),
        sentence=mark("The two are near each other, one among the other's nearest; the nearer, the stronger."),
    )
    located, latitude, longitude = _coordinates(network)
    first, second, between = _nearest_pairs(latitude, longitude, int(nearest))
    half = _half_distance(latitude, longitude, int(nearest)) if half_distance_km is None else float(half_distance_km)
    near = between <= min(math.inf if largest_distance_km is None else largest_distance_km, _MOST_HALVINGS * half)
    strength = 0.5 ** (between[near] / half)
    return _with_records(network, layer, located[first[near]], located[second[near]], strength)


def _coordinates(network: Network) -> tuple[Positions, Floats, Floats]:
    """Return who has coordinates, and these in degrees; refuse those that are not on the Earth."""
    latitude, longitude = (network.register[column].to_numpy(dtype=np.float64) for column in ("latitude", "longitude"))
    known = ~(np.isnan(latitude) | np.isnan(longitude))
    wrong = np.flatnonzero(known & ~((np.abs(latitude) <= 90) & (np.abs(longitude) <= 180)))
    if len(wrong):
        raise InputError(
            mark(
                'The enterprise "{value}" lies nowhere on the Earth: expected a latitude from -90 to 90 and a '
                "longitude from -180 to 180 degrees; correct or empty them in the table enterprises."
            ),
            value=shown(network.enterprise_ids[wrong[0]]),
        )
    located = np.flatnonzero(known)
    return located, latitude[located], longitude[located]


def _places(latitude: Floats, longitude: Floats) -> tuple[Floats, NDArray[np.intp]]:
    """Return the distinct places in degrees, shape (p, 2), and the place of each."""
    # Adding 0 makes -0 and 0 one place.
    places, place = np.unique(np.column_stack([latitude, longitude]) + 0.0, axis=0, return_inverse=True)
    return places, place.ravel()


def _half_distance(latitude: Floats, longitude: Floats, nearest: int) -> float:
    """Return the median distance from a place to the next one, in km, times the root of the number of neighbours."""
    places, _ = _places(latitude, longitude)
    if len(places) < 2:
        return 1.0  # Nobody is apart from anybody, so that any distance does.
    found = _tree(places).query(np.radians(places), k=2)[0][:, 1] * EARTH_RADIUS_KM
    apart = found[found > _SAME_KM]
    return float(np.median(apart)) * math.sqrt(nearest) if len(apart) else 1.0


def _tree(places: Floats) -> Any:
    # scikit-learn is slow to import, so only those who ask for proximity pay for it.
    from sklearn.neighbors import BallTree

    return BallTree(np.radians(places), metric="haversine")


def _nearest_pairs(latitude: Floats, longitude: Floats, nearest: int) -> tuple[Positions, Positions, Floats]:
    """Return the pairs of which one counts the other among its nearest, sorted, with their distances in km.

    Places are looked for rather than enterprises, so that a market hall of thousands costs no more than one shop.
    """
    n = len(latitude)
    if n < 2:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0)
    nearest = min(nearest, n - 1)
    places, place = _places(latitude, longitude)
    members = np.split(np.argsort(place, kind="stable"), np.cumsum(np.bincount(place))[:-1])
    size = np.bincount(place)
    tree = _tree(places)
    angle, found = tree.query(np.radians(places), k=min(nearest + 1, len(places)))
    # The farthest place that is still needed: with it, the members counted so far are enough.
    enough = np.argmax(np.cumsum(size[found], axis=1) >= nearest + 1, axis=1)
    reach = angle[np.arange(len(places)), enough]
    slack = _SAME_KM / EARTH_RADIUS_KM
    around, apart = tree.query_radius(np.radians(places), r=reach + slack, return_distance=True)
    keys = []
    for own, candidates in enumerate(around):
        inner = apart[own] < reach[own] - slack
        closer, shell = (_joined(members, candidates[chosen]) for chosen in (inner, ~inner))
        one, other = _neighbours(members[own], closer, shell, nearest)
        keys.append(np.minimum(one, other) * n + np.maximum(one, other))
    key = np.unique(np.concatenate(keys))
    first, second = key // n, key % n
    return first, second, great_circle_km(latitude[first], longitude[first], latitude[second], longitude[second])


def _joined(members: list[NDArray[np.intp]], places: NDArray[np.intp]) -> Positions:
    parts = [members[place] for place in places]
    return np.sort(np.concatenate([np.zeros(0, dtype=np.int64), *parts]))


def _neighbours(own: Positions, inner: Positions, shell: Positions, nearest: int) -> tuple[Positions, Positions]:
    """Return the nearest of all members of one place: all of the inner ones, and from the shell those that follow."""
    one, other = np.repeat(own, len(inner)), np.tile(inner, len(own))
    apart = one != other
    wanted = nearest - int(apart.sum()) // len(own)
    following = np.searchsorted(shell, own, side="right")[:, None] + np.arange(wanted)
    picked = shell[following % len(shell)].ravel()
    return np.concatenate([one[apart], np.repeat(own, wanted)]), np.concatenate([other[apart], picked])


def _with_records(network: Network, layer: Layer, source: Positions, target: Positions, weight: Floats) -> Network:
    """Return the network with one more layer of undirected links that nobody reported, ``source < target``."""
    layers = tuple(sorted((*network.layers, layer), key=lambda entry: entry.name))
    place = {entry.name: position for position, entry in enumerate(layers)}
    moved = np.array([place[entry.name] for entry in network.layers], dtype=np.int64)
    ties, nobody = network.ties, np.zeros(len(source), dtype=bool)
    earlier = {**vars(ties), "layer": moved[ties.layer] if len(moved) else ties.layer}
    records = {
        "source": source,
        "target": target,
        "layer": np.full(len(source), place[layer.name], dtype=np.int64),
        "weight": weight,
        "n_reports": np.zeros(len(source), dtype=np.int64),
        "confirmed": nobody,
        "by_source": nobody,
        "by_target": nobody,
    }
    joined = {name: np.concatenate([values, records[name]]) for name, values in earlier.items()}
    order = np.lexsort((joined["layer"], joined["target"], joined["source"]))
    return replace(network, layers=layers, ties=Linkages(**{name: values[order] for name, values in joined.items()}))
