"""What several metrics start from is made once for each network, clustered or not, and goes with it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar

import pandas as pd

from clusternet.model import ClusteredNetwork, Network

Make = TypeVar("Make", bound=Callable[..., object])


def made_once(make: Make) -> Make:
    """Keep what a function makes of a network, clustered or not (and of further positional arguments), with it.

    A table is handed out as a shallow copy, so that a caller's new columns do not stay.
    """

    @functools.wraps(make)
    def kept(c: ClusteredNetwork | Network, *args: object) -> object:
        # The same place in which functools.cached_property keeps a value of a frozen object.
        found: dict[tuple[object, ...], object] = c.__dict__.setdefault("_tables", {})
        key = (make.__module__, make.__qualname__, *args)
        if key not in found:
            found[key] = make(c, *args)
        value = found[key]
        return value.copy(deep=False) if isinstance(value, pd.DataFrame) else value

    return kept  # type: ignore[return-value]
