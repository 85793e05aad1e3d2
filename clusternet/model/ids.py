"""Ids of any kind become positions: the rank of each among all, written as text."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.errors import InputError
from clusternet.messages import mark
from clusternet.model.ordering import FEW_ROWS
from clusternet.model.texts import TextCoder, arrow_chunks, text_order


def coded_ids(parts: Sequence[Any]) -> tuple[list[NDArray[np.integer]], pd.Series]:
    """Code ids of any kind by the rank of their text.

    Parameters
    ----------
    parts : sequence of arrays or Series of str or int
        The ids, in any number of arrays.

    Returns
    -------
    codes : list of arrays of int
        For each array, the rank of each of its ids.
    texts : Series of str, shape (distinct ids,)
        The distinct ids as texts, sorted by code point.

    Raises
    ------
    InputError
        If an id is missing, or a number and a text are written alike.

    Examples
    --------
    >>> codes, texts = coded_ids([np.array(["b", "a"]), np.array(["b"])])
    >>> [part.tolist() for part in codes], texts.tolist()
    ([[1, 0], [1]], ['a', 'b'])
    """
    rows = sum(len(part) for part in parts)
    chunks = [arrow_chunks(part) for part in parts] if rows >= FEW_ROWS and sys.byteorder == "little" else [None]
    if all(found is not None for found in chunks):
        coder = TextCoder(compiled=True)
        codes = [coder.code(found) for found in chunks]
        if any(len(part) and part.min() < 0 for part in codes):
            raise missing_end()
        rank, texts = coder.ranked()
        return [rank[part] for part in codes], texts
    return _coded_values([np.asarray(part) for part in parts])


def _coded_values(parts: list[NDArray[Any]]) -> tuple[list[NDArray[np.integer]], pd.Series]:
    """Code ids of any kind; only the distinct ones are ever turned into text."""
    filled = [part for part in parts if len(part)]
    if not filled:
        return [np.zeros(0, dtype=np.int32) for _ in parts], pd.Series([], dtype="str")
    if all(part.dtype.kind in "iu" for part in filled):
        found = _coded_numbers(parts, filled)
        if found is not None:
            return found
    same_kind = len({part.dtype.kind for part in filled}) == 1
    codes, distinct = pd.factorize(np.concatenate(filled if same_kind else [part.astype(object) for part in filled]))
    if (codes < 0).any():
        raise missing_end()
    texts = pd.Series(pd.array([str(entry) for entry in distinct], dtype="str"))
    order = text_order(texts)
    texts = texts.take(order).reset_index(drop=True)
    if len(texts) > 1 and not texts.is_unique:
        raise InputError(mark("Two ids are written alike, such as the number 1 and the text 1; make them differ."))
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return np.split(rank[codes], np.cumsum([len(part) for part in parts])[:-1]), texts


def _coded_numbers(
    parts: list[NDArray[Any]], filled: list[NDArray[Any]]
) -> tuple[list[NDArray[np.integer]], pd.Series] | None:
    """Code whole numbers that lie close together by a table of all that could occur; None where they do not."""
    low, high = min(int(part.min()) for part in filled), max(int(part.max()) for part in filled)
    span = high - low + 1
    if span > 4 * sum(len(part) for part in filled) or low < -(2**62) or high >= 2**62:
        return None
    occurs = np.zeros(span, dtype=bool)
    for part in filled:
        occurs[part.astype(np.int64, copy=False) - low] = True
    distinct = np.flatnonzero(occurs)
    texts = pd.Series(pd.array([str(entry) for entry in (distinct + low).tolist()], dtype="str"))
    order = text_order(texts)
    rank = np.zeros(span, dtype=np.int32)
    rank[distinct[order]] = np.arange(len(order), dtype=np.int32)
    codes = [rank[part.astype(np.int64, copy=False) - low] if len(part) else np.zeros(0, np.int32) for part in parts]
    return list(codes), texts.take(order).reset_index(drop=True)


def missing_end() -> InputError:
    """Return the error for a linkage without a source or a target."""
    return InputError(mark("An end of a linkage is missing; every linkage needs a source and a target."))
