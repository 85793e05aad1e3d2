"""Texts become numbers, batch by batch, without a Python object for any of them.

For readers, in short: ``coder = TextCoder()``; for every batch of a column ``codes = coder.code(batch)`` (an Arrow
array or chunked array, plain or dictionary-encoded, or a pandas Series; gives int32, -1 where a text is missing; one
coder may be fed several columns in turn); at the end ``rank, texts = coder.ranked()``, so that ``rank[codes]`` are the
positions of the texts in ``texts``, which are sorted by code point.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.model.ordering import FEW_ROWS


class TextCoder:
    """Number texts in the order in which they first occur; each distinct text is kept once.

    Parameters
    ----------
    compiled : bool, optional
        Whether to read Arrow's buffers in compiled code. By default where Arrow is installed; for a few thousand texts
        False is quicker, because no compiled code need be loaded.

    Examples
    --------
    >>> coder = TextCoder(compiled=False)
    >>> coder.code(pd.Series(["b", "a", None])), coder.code(pd.Series(["c", "b"]))
    (array([ 0,  1, -1], dtype=int32), array([2, 0], dtype=int32))
    >>> rank, texts = coder.ranked()
    >>> rank, texts.tolist()
    (array([1, 0, 2], dtype=int32), ['a', 'b', 'c'])
    """

    def __init__(self, *, compiled: bool | None = None) -> None:
        self._known: _BufferCoder | _DictionaryCoder
        if compiled is None:
            compiled = _arrow() is not None and sys.byteorder == "little"
        self._known = _BufferCoder() if compiled else _DictionaryCoder()

    def __len__(self) -> int:
        return len(self._known)

    def code(self, texts: Any) -> NDArray[np.int32]:
        """Return the number of each text of a batch, texts that are new being numbered on from the last.

        Parameters
        ----------
        texts : Arrow array or chunked array of strings, Series, Index or array of str, shape (m,)
            The texts; a dictionary-encoded Arrow array is read by its dictionary.

        Returns
        -------
        array of int32, shape (m,)
            At least 0; -1 where a text is missing.

        Raises
        ------
        TypeError
            If there is something that is not a text.
        """
        return self._known.code(texts)

    def distinct(self) -> pd.Series:
        """Return the distinct texts in the order of their numbers, as a Series of ``str``."""
        return self._known.distinct()

    def ranked(self) -> tuple[NDArray[np.int32], pd.Series]:
        """Return the rank of each number's text, and the distinct texts sorted by code point.

        Returns
        -------
        rank : array of int32, shape (distinct,)
            The position in ``texts`` of the text of each number.
        texts : Series of str, shape (distinct,)
            The distinct texts.
        """
        texts = self.distinct()
        order = text_order(texts)
        rank = np.empty(len(order), dtype=np.int32)
        rank[order] = np.arange(len(order), dtype=np.int32)
        return rank, texts.take(order).reset_index(drop=True)


class _DictionaryCoder:
    """The coder for few texts: an ordinary dictionary."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.numbers)

    def code(self, texts: Any) -> NDArray[np.int32]:
        codes, distinct = pd.factorize(texts.to_pandas() if hasattr(texts, "to_pandas") else texts)
        if not all(isinstance(text, str) for text in distinct):
            raise TypeError("only texts can be coded")
        numbers = [self.numbers.setdefault(text, len(self.numbers)) for text in distinct]
        return np.append(np.array(numbers, dtype=np.int32), np.int32(-1))[codes]

    def distinct(self) -> pd.Series:
        return pd.Series(pd.array(list(self.numbers), dtype="str"))


class _BufferCoder:
    """The coder for many texts: an open-addressing hash table over the bytes in Arrow's buffers."""

    def __init__(self) -> None:
        from clusternet.model.text_kernels import FIRST_PLACES

        self.table = np.zeros(2 * FIRST_PLACES, dtype=np.int64)
        self.begins = np.zeros(1024, dtype=np.int64)
        self.kept = np.zeros(1024, dtype=np.uint64)
        self.count = 0

    def __len__(self) -> int:
        return self.count

    def code(self, texts: Any) -> NDArray[np.int32]:
        chunks = arrow_chunks(texts)
        if chunks is None:
            raise TypeError("only texts can be coded")
        codes = np.empty(sum(len(chunk) for chunk in chunks), dtype=np.int32)
        done = 0
        for chunk in chunks:
            self._code_chunk(chunk, codes[done : done + len(chunk)])
            done += len(chunk)
        return codes

    def _code_chunk(self, chunk: Any, codes: NDArray[np.int32]) -> None:
        import pyarrow as pa

        from clusternet.model.text_kernels import code_texts

        if pa.types.is_dictionary(chunk.type):
            # Only the entries that occur, in the order in which they do: a dictionary may hold others as well.
            places, used = pd.factorize(chunk.indices.to_numpy(zero_copy_only=False))
            entries = self.code(chunk.dictionary.take(pa.array(used.astype(np.int64))))
            codes[:] = np.append(entries, np.int32(-1))[places]
            return
        chunk = chunk.cast(pa.large_string())
        _, offsets, data = chunk.buffers()
        if not len(chunk):
            return
        ends = np.frombuffer(offsets, dtype=np.int64)[chunk.offset : chunk.offset + len(chunk) + 1]
        letters = np.frombuffer(data, dtype=np.uint8) if data is not None else np.zeros(0, dtype=np.uint8)
        if letters.ctypes.data % 8:
            letters = letters.copy()
        words = letters[: len(letters) // 8 * 8].view(np.uint64)
        valid = chunk.is_valid().to_numpy(zero_copy_only=False) if chunk.null_count else np.zeros(0, dtype=bool)
        self.table, self.begins, self.kept, self.count = code_texts(
            ends, words, letters, valid, codes, self.table, self.begins, self.kept, self.count
        )

    def distinct(self) -> pd.Series:
        import pyarrow as pa

        from clusternet.model.text_kernels import kept_texts

        ends, letters = kept_texts(self.table, self.begins, self.kept, self.count)
        texts = pa.LargeStringArray.from_buffers(self.count, pa.py_buffer(ends), pa.py_buffer(letters))
        return pd.Series(pd.array(texts, dtype="str"))


def text_order(texts: pd.Series) -> NDArray[np.int64]:
    """Return the order that sorts texts by code point, equal ones as they stand; none may be missing.

    Examples
    --------
    >>> text_order(pd.Series(["b", "a", "B"]))
    array([2, 1, 0])
    """
    arrow = arrow_chunks(texts) if len(texts) >= FEW_ROWS // 10 else None
    if arrow is None:
        return np.argsort(texts.to_numpy(dtype=object), kind="stable")
    import pyarrow as pa
    import pyarrow.compute as pc

    # UTF-8 sorts as the code points do, and Arrow's sort is stable.
    found: NDArray[np.int64] = pc.sort_indices(pa.chunked_array(arrow, type=pa.large_string())).to_numpy()
    return found.astype(np.int64)


def strictly_ascending(texts: pd.Series) -> bool:
    """Return whether each text comes after the one before by code point, and none is missing.

    Examples
    --------
    >>> strictly_ascending(pd.Series(["a", "b"], dtype="str")), strictly_ascending(pd.Series(["a", "a"], dtype="str"))
    (True, False)
    """
    arrow = arrow_chunks(texts)
    if arrow is None:
        return bool(texts.notna().all() and texts.is_unique and texts.is_monotonic_increasing)
    import pyarrow as pa
    import pyarrow.compute as pc

    joined = pa.chunked_array(arrow, type=pa.large_string()).combine_chunks()
    if joined.null_count:
        return False
    return pc.all(pc.less(joined.slice(0, max(len(joined) - 1, 0)), joined.slice(1))).as_py() is not False


def _arrow() -> Any:
    """Return Arrow, None where it is not installed."""
    try:
        import pyarrow as pa
    except ImportError:
        return None
    return pa


def arrow_chunks(values: Any) -> list[Any] | None:
    """Return texts as Arrow arrays, None where they are not all texts or Arrow is not installed.

    Examples
    --------
    >>> arrow_chunks(pd.Series([1, 2])) is None
    True
    """
    pa = _arrow()
    if pa is None:
        return None
    if isinstance(values, list):
        return values
    if isinstance(values, pd.Series | pd.Index):
        values = values.array
    if isinstance(values, pd.arrays.ArrowStringArray):
        values = values.__arrow_array__()
    if isinstance(values, pa.ChunkedArray):
        return list(values.chunks)
    if isinstance(values, pa.Array):
        return [values]
    array = np.asarray(values)
    if array.dtype.kind not in "OU":
        return None
    try:
        return [pa.array(array, type=pa.large_string(), from_pandas=True)]
    except (pa.ArrowInvalid, pa.ArrowTypeError, UnicodeEncodeError):
        # Numbers among the texts, or letters that UTF-8 cannot hold: the slower way knows what to do.
        return None
