"""A table of edges, block by block: the letters of ids and layers side by side, the weights as numbers."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from clusternet.ingest.edge_roles import END, LAYER, OTHER, WEIGHT, WEIGHT_BYTES

#: How many bytes of a text table are read at once, and rows of another.
BLOCK_BYTES = 1 << 22
BLOCK_ROWS = 1 << 18
#: How many weights of a block may take more than plain digits before it is cut.
_HARD_ROWS = 1 << 16
#: What the columns of an edge are to the reader.
_ROLES = {"source": END, "target": END, "layer": LAYER, "weight": WEIGHT}
_IN_NUMBERS = np.zeros(256, dtype=bool)
_IN_NUMBERS[list(b"0123456789+-.eE\x00")] = True


class OddTableError(Exception):
    """Something in a table that only the careful reader can judge, and tell of."""


class Texts(NamedTuple):
    """Texts in UTF-8: text i is ``letters[ends[i]:ends[i + 1]]``."""

    ends: NDArray[np.int64]
    letters: NDArray[np.uint8]


class Block(NamedTuple):
    """Some rows: their ids, and layers and weights where there are any.

    The ids are one array of sources and one of targets, or one of both by turns, sources first unless they are
    ``flipped``. What a block holds is overwritten when the next but one is read.
    """

    ids: tuple[Texts, ...]
    flipped: bool
    layers: Texts | None
    weight: NDArray[np.float64] | None


class TextLayout(NamedTuple):
    """Where the rows of a text table begin, what separates their cells, and the names of its columns."""

    begin: int
    separator: str
    columns: tuple[str, ...]


class _Room:
    """Where the cells of one block go; what is never touched takes no memory."""

    def __init__(self, roles: list[int], flipped: bool) -> None:
        self.flipped = flipped
        # A row has two ids of a letter, a separator and a line end.
        rows = BLOCK_BYTES // 4 + 1
        self.ends = np.empty(2 * rows + 1, dtype=np.int64)
        self.letters = np.empty(BLOCK_BYTES, dtype=np.uint8)
        self.layer_ends = np.empty(rows + 1 if LAYER in roles else 1, dtype=np.int64)
        self.layer_letters = np.empty(BLOCK_BYTES, dtype=np.uint8)
        self.weight = np.empty(rows, dtype=np.float64)
        self.hard = np.empty((_HARD_ROWS if WEIGHT in roles else 0, WEIGHT_BYTES + 1), dtype=np.uint8)

    def block(self, rows: int, hard_rows: int) -> Block:
        """Return the rows that were read."""
        layered, weighted = len(self.layer_ends) > 1, len(self.hard) > 0
        weight = self.weight[:rows]
        if hard_rows:
            weight[weight < 0] = _numbers(self.hard[:hard_rows])
        return Block(
            (Texts(self.ends[: 2 * rows + 1], self.letters),),
            self.flipped,
            Texts(self.layer_ends[: rows + 1], self.layer_letters) if layered else None,
            weight if weighted else None,
        )


def _numbers(texts: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return numbers with signs, exponents or many digits, one text a row; those that are no weight are odd."""
    if not _IN_NUMBERS[texts].all():
        raise OddTableError
    try:
        found: NDArray[np.float64] = texts.view(f"S{WEIGHT_BYTES + 1}").ravel().astype(np.float64)
    except ValueError:
        raise OddTableError from None
    if not (np.isfinite(found).all() and (found >= 0).all()):
        raise OddTableError
    return found


def text_blocks(path: Path, layout: TextLayout, digest: Any) -> Iterator[Block]:
    """Yield the rows of a text table in UTF-8.

    Parameters
    ----------
    path : Path
        The file.
    layout : TextLayout
        How it is built.
    digest : object
        Its ``update`` gets every byte of the file.

    Yields
    ------
    Block
        At least one row.

    Raises
    ------
    OddTableError
        If the bytes are no UTF-8, or anything in a row is not as in every other one.
    """
    from clusternet.ingest.edge_kernels import edges_of

    roles, separator = [_ROLES.get(name, OTHER) for name in layout.columns], np.uint8(ord(layout.separator))
    flipped = layout.columns.index("target") < layout.columns.index("source")
    rooms = cycle((_Room(roles, flipped), _Room(roles, flipped)))
    decoder = codecs.getincrementaldecoder("utf-8")()
    data, room = np.empty(BLOCK_BYTES, dtype=np.uint8), next(rooms)
    place, filled, last = layout.begin, 0, False
    with path.open("rb") as stream:
        while not last:
            got = stream.readinto(data[filled:].data)
            last = got == 0
            _check_bytes(data[filled : filled + got].tobytes(), decoder, digest, last=last)
            filled += got
            while place < filled:
                rows, used, hard_rows = edges_of(
                    data[place:filled],
                    separator,
                    np.array(roles, dtype=np.int64),
                    last,
                    room.ends,
                    room.letters,
                    room.layer_ends,
                    room.layer_letters,
                    room.weight,
                    room.hard,
                )
                place += used
                if rows < 0 or (rows == 0 and place == 0 and filled == len(data)):
                    raise OddTableError
                if rows == 0:
                    break
                yield room.block(rows, hard_rows)
                room = next(rooms)
            # What is left is the beginning of a row; a short piece is no sign of the end.
            data[: filled - place] = data[place:filled].copy()
            place, filled = 0, filled - place


def _check_bytes(piece: bytes, decoder: codecs.IncrementalDecoder, digest: Any, *, last: bool) -> None:
    digest.update(piece)
    if b"\x00" in piece:
        raise OddTableError
    if not piece.isascii() or decoder.getstate()[0]:
        try:
            decoder.decode(piece, last)
        except UnicodeDecodeError:
            raise OddTableError from None


def parquet_blocks(path: Path, columns: Mapping[str, str], digest: Any) -> Iterator[Block]:
    """Yield the rows of a Parquet file; pyarrow must be installed.

    Parameters
    ----------
    path : Path
        The file.
    columns : mapping of str to str
        What of an edge (source, target, layer, weight) is called how in the file.
    digest : object
        Its ``update`` gets every byte of the file.

    Yields
    ------
    Block
        At least one row.

    Raises
    ------
    OddTableError
        If the file cannot be read, a cell is empty, or a column is of another kind.
    """
    import pyarrow as pa
    import pyarrow.parquet

    try:
        with pyarrow.parquet.ParquetFile(path, memory_map=False) as file:
            for batch in file.iter_batches(BLOCK_ROWS, columns=list(columns.values())):
                if not len(batch):
                    continue
                found = {role: batch.column(name) for role, name in columns.items()}
                layers = texts_of(found["layer"]) if "layer" in found else None
                weight = _weights(found["weight"], pa) if "weight" in found else None
                yield Block((texts_of(found["source"]), texts_of(found["target"])), False, layers, weight)
        with path.open("rb") as stream:
            while piece := stream.read(BLOCK_BYTES):
                digest.update(piece)
    except (pa.ArrowException, OSError, KeyError) as error:
        raise OddTableError from error


def texts_of(column: Any) -> Texts:
    """Return a column of texts or whole numbers as letters side by side.

    Parameters
    ----------
    column : Arrow array
        The column.

    Returns
    -------
    Texts
        Over the same memory where it can be.

    Raises
    ------
    OddTableError
        If a cell is empty, or a column is of another kind.
    """
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if not (
        pa.types.is_integer(column.type) or pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
    ):
        raise OddTableError
    if column.null_count:
        raise OddTableError
    _, ends, letters = column.cast(pa.large_string()).buffers()
    found = np.frombuffer(ends, dtype=np.int64)[column.offset : column.offset + len(column) + 1]
    return Texts(found, np.zeros(0, np.uint8) if letters is None else np.frombuffer(letters, dtype=np.uint8))


def _weights(column: Any, pa: Any) -> NDArray[np.float64]:
    if column.null_count or not (pa.types.is_integer(column.type) or pa.types.is_floating(column.type)):
        raise OddTableError
    found: NDArray[np.float64] = column.to_numpy(zero_copy_only=False).astype(np.float64)
    if not (np.isfinite(found).all() and (found >= 0).all()):
        raise OddTableError
    return found


def read_ahead(blocks: Iterator[Block]) -> Iterator[Block]:
    """Yield the same blocks, each while the next one is read on another core."""
    with ThreadPoolExecutor(1) as worker:
        waiting = worker.submit(next, blocks, None)
        while (block := waiting.result()) is not None:
            waiting = worker.submit(next, blocks, None)
            yield block
