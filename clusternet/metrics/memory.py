"""Tables that several metrics start from are made once for each clustered network, and go with it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar

import pandas as pd

from clusternet.model import ClusteredNetwork

Make = TypeVar("Make", bound=Callable[..., pd.DataFrame])


def made_once(make: Make) -> Make:
    """Keep what a function makes of a clustered network (and of further positional arguments) with that network.

    The table is handed out as a shallow copy, so that a caller's new columns do not stay.
    """

    @functools.wraps(make)
    def kept(c: ClusteredNetwork, *args: object) -> pd.DataFrame:
        # The same place in which functools.cached_property keeps a value of a frozen object.
        tables: dict[tuple[object, ...], pd.DataFrame] = c.__dict__.setdefault("_tables", {})
        key = (make.__module__, make.__qualname__, *args)
        if key not in tables:
            tables[key] = make(c, *args)
        return tables[key].copy(deep=False)

    return kept  # type: ignore[return-value]
