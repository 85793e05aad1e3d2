"""Partitions and scores as plain data and plain arrays, and back again without any loss; never pickled."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from clusternet.model import Network, Partition, Scores
from clusternet.model.provenance import Provenance, Step
from clusternet.model.scores import MetricCard

_TABLES = ("rows", "clusters", "members", "plan", "gaps", "openings", "layers")
_VALUES = ("codes", "member_certainty", "cluster_stability", "cluster_support")


class UnstorableError(Exception):
    """Something that cannot be stored without loss."""


@dataclass
class Packed:
    """Plain data, and the arrays that go with it as they are written to a file."""

    told: dict[str, Any] = field(default_factory=dict)
    parts: list[bytes] = field(default_factory=list)

    def add(self, values: NDArray[Any]) -> None:
        """Add one array, in the format of NumPy."""
        stream = io.BytesIO()
        np.save(stream, values, allow_pickle=False)
        self.parts.append(stream.getvalue())

    def add_table(self, table: pd.DataFrame) -> dict[str, Any]:
        """Add the columns of a table and return what is told of it.

        Raises
        ------
        UnstorableError
            If it has an index or a column of another kind than ours have.
        """
        index = table.index
        if not isinstance(index, pd.RangeIndex) or index.name is not None or table.columns.name is not None:
            raise UnstorableError("index")
        kinds = [self._add_column(table.iloc[:, place]) for place in range(table.shape[1])]
        if table.columns.dtype not in ("str", object) or not all(isinstance(name, str) for name in table.columns):
            raise UnstorableError("columns")
        return {
            "columns": list(table.columns),
            "names": str(table.columns.dtype),
            "kinds": kinds,
            "range": [index.start, index.stop, index.step],
        }

    def _add_column(self, column: pd.Series) -> str:
        kind = column.dtype
        if isinstance(kind, np.dtype) and kind.kind in "biuf":
            self.add(column.to_numpy())
            return "numbers"
        if isinstance(kind, pd.StringDtype) and kind.na_value is not pd.NA:
            missing = column.isna().to_numpy()
            texts = [
                b"" if gone else text.encode("utf-8", "surrogatepass")
                for text, gone in zip(column.to_numpy(dtype=object), missing, strict=True)
            ]
            lengths = np.array([len(text) for text in texts], dtype=np.int64)
            self.add(np.where(missing, -1, lengths))
            self.parts.append(b"".join(texts))
            return f"texts {kind.storage}"
        raise UnstorableError(str(kind))


def packed_clusters(clusters: Partition, network: Network, earlier: Provenance) -> Packed:
    """Return a partition of a network as plain data.

    Parameters
    ----------
    clusters : Partition
        The partition.
    network : Network
        Its network, which is not stored.
    earlier : Provenance
        The history with which its own begins, which is not stored either.

    Returns
    -------
    Packed
        What :func:`unpacked_clusters` makes the same partition from.

    Raises
    ------
    UnstorableError
        If it is of another network, or its history does not begin with the earlier one.
    """
    if not clusters.enterprise_ids.equals(network.enterprise_ids):
        raise UnstorableError("enterprises")
    shares = clusters.membership
    packed = Packed(
        {
            "method": clusters.method,
            "history": _packed_history(clusters.provenance, earlier),
            "shape": None if shares is None else list(shares.shape),
        }
    )
    for name in _VALUES:
        packed.add(np.asarray(getattr(clusters, name)))
    if shares is not None:
        for values in (shares.data, shares.indices, shares.indptr):
            packed.add(values)
    return packed


def unpacked_clusters(
    told: Mapping[str, Any], parts: Sequence[bytes], network: Network, earlier: Provenance
) -> Partition:
    """Return the partition that :func:`packed_clusters` packed, as one of an equal network."""
    arrays = [_array(part) for part in parts]
    codes, certainty, stability, support, *entries = arrays
    shares = sparse.csr_array(tuple(entries), shape=tuple(told["shape"])) if told["shape"] else None
    history = _history(told["history"], earlier)
    return Partition(
        network.enterprise_ids, codes, certainty, shares, stability, support, told["method"], provenance=history
    )


def packed_scores(scores: Scores, earlier: Provenance) -> Packed:
    """Return scores as plain data.

    Parameters
    ----------
    scores : Scores
        The scores.
    earlier : Provenance
        The history with which theirs begins, which is not stored.

    Returns
    -------
    Packed
        What :func:`unpacked_scores` makes the same scores from.

    Raises
    ------
    UnstorableError
        If a table holds something that ours do not, or the history does not begin with the earlier one.
    """
    packed = Packed(
        {
            "history": _packed_history(scores.provenance, earlier),
            "cards": [asdict(card) for card in scores.cards.values()],
        }
    )
    packed.told["tables"] = {name: packed.add_table(getattr(scores, name)) for name in _TABLES}
    if list(scores.cards) != [card["name"] for card in packed.told["cards"]]:
        raise UnstorableError("cards")
    return packed


def unpacked_scores(told: Mapping[str, Any], parts: Sequence[bytes], earlier: Provenance) -> Scores:
    """Return the scores that :func:`packed_scores` packed."""
    waiting = iter(parts)
    tables = {name: _table(told["tables"][name], waiting) for name in _TABLES}
    cards = [MetricCard(**{**card, "range": tuple(card["range"])}) for card in told["cards"]]
    history = _history(told["history"], earlier)
    return Scores(cards={card.name: card for card in cards}, provenance=history, **tables)


def _array(part: bytes) -> NDArray[Any]:
    found: NDArray[Any] = np.load(io.BytesIO(part), allow_pickle=False)
    return found


def _table(told: Mapping[str, Any], parts: Iterator[bytes]) -> pd.DataFrame:
    columns = [_column(kind, parts) for kind in told["kinds"]]
    # By number first: a table may have two columns of one name.
    table = pd.DataFrame(dict(enumerate(columns)), index=pd.RangeIndex(*told["range"]))
    table.columns = pd.Index(told["columns"], dtype=told["names"])
    return table


def _column(kind: str, parts: Iterator[bytes]) -> Any:
    values = _array(next(parts))
    if kind == "numbers":
        return values
    letters = next(parts)
    ends = np.cumsum(np.maximum(values, 0))
    texts = [
        np.nan if length < 0 else letters[end - length : end].decode("utf-8", "surrogatepass")
        for length, end in zip(values.tolist(), ends.tolist(), strict=True)
    ]
    storage: Any = kind.removeprefix("texts ")
    return pd.Series(texts, dtype=pd.StringDtype(storage, na_value=np.nan)).array


def _packed_history(history: Provenance, earlier: Provenance) -> list[Any]:
    """Return the steps that came after an earlier history."""
    known = len(earlier.steps)
    if history.inputs != earlier.inputs or history.steps[:known] != earlier.steps:
        raise UnstorableError("history")
    told = [[step.verb, dict(step.arguments)] for step in history.steps[known:]]
    if json.loads(json.dumps(told)) != told:
        raise UnstorableError("history")
    return told


def _history(told: Sequence[Any], earlier: Provenance) -> Provenance:
    steps = tuple(Step(verb, MappingProxyType(dict(arguments))) for verb, arguments in told)
    return Provenance((*earlier.steps, *steps), earlier.inputs)
