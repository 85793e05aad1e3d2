"""Numbers and categories as a page holds them: typed arrays in base64, texts once each."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from clusternet.draw.wording import visible

Packed = dict[str, str]
#: The types that a page understands: floats, signed and unsigned whole numbers, by their bytes.
TYPES = ("f4", "i4", "u4", "i2", "u2", "i1", "u1")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def packed(values: ArrayLike, dtype: str) -> Packed:
    """Return numbers as a typed array for a page.

    Parameters
    ----------
    values : array of numbers, shape (n,)
        Numbers within the range of the type; NaN only in ``"f4"``.
    dtype : str
        One of :data:`TYPES`.

    Returns
    -------
    dict
        ``dtype``, and ``bdata``: the bytes, the least first, in base64.

    Examples
    --------
    >>> packed([1, 2], "u2")
    {'dtype': 'u2', 'bdata': 'AQACAA=='}
    """
    array = np.ascontiguousarray(values, dtype=f"<{dtype}")
    return {"dtype": dtype, "bdata": base64.b64encode(array.tobytes()).decode("ascii")}


def packed_codes(codes: ArrayLike, count: int) -> Packed:
    """Return codes of categories (-1 for missing) in the smallest signed type that holds ``count`` of them.

    Examples
    --------
    >>> packed_codes([0, -1], 2)["dtype"], packed_codes([0, -1], 500)["dtype"]
    ('i1', 'i2')
    """
    return packed(codes, "i1" if count <= 127 else "i2" if count <= 32_767 else "i4")


def packed_positions(positions: ArrayLike, count: int) -> Packed:
    """Return positions below ``count`` in the smallest unsigned type that holds them.

    Examples
    --------
    >>> packed_positions([0, 1], 2)["dtype"], packed_positions([0, 1], 100_000)["dtype"]
    ('u2', 'u4')
    """
    return packed(positions, "u2" if count <= 65_536 else "u4")


def shown_texts(values: Iterable[object]) -> list[str]:
    r"""Return texts of a survey for a page: whole, missing ones empty, what cannot be seen replaced.

    Examples
    --------
    >>> shown_texts(["a\x07b", None]) == ["a\N{REPLACEMENT CHARACTER}b", ""]
    True
    """
    column = pd.Series(values, dtype=object)
    texts = column.where(column.notna(), "").astype(str).tolist()
    # One look at all of them: hardly any survey has such characters.
    return [visible(text) for text in texts] if _UNSEEN.search(" ".join(texts)) else texts


def coded(values: pd.Series) -> tuple[list[str], np.ndarray]:
    """Return the distinct texts of a column, the most frequent first, and the code of each row (-1 where missing).

    Texts of equal frequency stand in their own order, so that the order of rows leaves no trace.

    Examples
    --------
    >>> values, codes = coded(pd.Series(["b", "a", "b", None]))
    >>> values, codes.tolist()
    (['b', 'a'], [0, 1, 0, -1])
    """
    texts = values.astype(object)
    given = texts.notna().to_numpy() & (texts.astype(str).str.strip() != "").to_numpy()
    codes = np.full(len(texts), -1, dtype=np.int64)
    found, distinct = pd.factorize(texts[given].astype(str).to_numpy(dtype=object), sort=True)
    if not len(distinct):
        return [], codes
    count = np.bincount(found, minlength=len(distinct))
    order = np.argsort(-count, kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    codes[given] = rank[found]
    return [str(text) for text in distinct[order]], codes


def places_of(texts: Iterable[object], known: Sequence[object] | pd.Index) -> np.ndarray:
    """Return the position of each text among known ones, -1 for one that is not there."""
    return np.asarray(pd.Index(known, dtype=object).get_indexer(pd.Index(list(texts), dtype=object)), dtype=np.int64)
