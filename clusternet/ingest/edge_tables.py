"""A plain table of edges, however long, becomes a network."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.errors import Problem, ResourceError, shown
from clusternet.ingest.edge_blocks import Block, OddTableError, Texts, parquet_blocks, read_ahead, text_blocks, texts_of
from clusternet.ingest.edge_layouts import parquet_columns, text_layout
from clusternet.ingest.edge_rows import edge_rows
from clusternet.ingest.encoding import mojibake_repair
from clusternet.ingest.names import is_plain_key
from clusternet.ingest.reading import check_path
from clusternet.ingest.source import MAX_CELL_CHARS, Source
from clusternet.messages import mark
from clusternet.model.coding import GENERAL_LAYER
from clusternet.model.graphs import parts_from_codes, parts_from_edges
from clusternet.model.network import Network
from clusternet.model.provenance import InputFile, Provenance, recorded
from clusternet.model.settings import Settings
from clusternet.model.texts import TextCoder, arrow_chunks

#: Smaller files are read by the careful reader at once, which takes less time than to load compiled code.
SMALL_BYTES = 1 << 20
#: Columns that are read where they are, and must be there where somebody names them.
_OPTIONAL = ("layer", "weight")
#: That a tab separates the columns is told of a survey; of a table of edges it is what one expects.
_EXPECTED = frozenset({"A16"})


def _with_path(verb: Callable[..., Network]) -> Callable[..., Network]:
    """Turn a name into a path before it is recorded: the history keeps a path's last part only, never its folder."""

    @functools.wraps(verb)
    def call(path: str | Path, **options: Any) -> Network:
        return verb(Path(path), **options)

    return call


@_with_path
@recorded
def read_edges(
    path: str | Path,
    *,
    directed: bool = False,
    source: str = "source",
    target: str = "target",
    layer: str | None = None,
    weight: str | None = None,
) -> Network:
    """Read a table of edges, one row each, as a network; made for tables of ten million rows and more.

    The ids are text, exact to the letter: ``NA`` and ``007`` stay what they are; only spaces around an id and
    characters that nobody sees are taken out, with a warning. Every id becomes an enterprise, and every row is a
    record, nobody's answer.

    Parameters
    ----------
    path : str or Path
        A CSV or TSV file with a header, or a Parquet file (which needs the extra ``parquet``); lines of two ids and
        perhaps a weight where the name ends in ``.edgelist``, ``.edges`` or ``.txt``.
    directed : bool, default False
        Whether layers without a standard meaning have a direction.
    source, target : str
        The columns with the ids of the ends.
    layer, weight : str, optional
        The columns with names of layers and with weights, finite and at least 0; default those called ``layer`` and
        ``weight``, if there are any. Standard names of layers keep their meaning, others are general.

    Returns
    -------
    Network
        What :meth:`Network.from_edges` makes of the same rows.

    Raises
    ------
    InputError
        With every problem of the file, its row and its column.
    ResourceError
        If the file cannot be read though it is there, memory does not suffice, or a package is not installed.

    Warns
    -----
    UserWarning
        For everything that was read otherwise than it is written.

    Notes
    -----
    A large file is read block by block, so that memory holds numbers and every id once. Where anything in it is odd,
    it is read again row by row, with every check of :func:`read_survey`, which needs some twenty times its size.

    Examples
    --------
    >>> read_edges("flights.csv", source="from", target="to")  # doctest: +SKIP
    <Network: 3214 enterprises, 0 outside partners, 66771 linkages in 1 layer>
    """
    path = Path(path)
    check_path(path)
    named = {"source": source, "target": target, "layer": layer, "weight": weight}
    rename = {name: role for role, name in named.items() if name is not None and (name != role or role in _OPTIONAL)}
    try:
        network, problems = _read_fast(path, rename, directed)
    except OddTableError:
        network, problems = _read_careful(path, rename, directed)
    except OSError as error:
        if isinstance(error, ResourceError):
            raise
        template = mark('"{path}" cannot be read ({reason}); check its permissions and the disk.')
        raise ResourceError(template, path=shown(path), reason=error.strerror or type(error).__name__) from error
    for problem in problems:
        if problem.code not in _EXPECTED:
            warnings.warn(problem.line(), UserWarning, stacklevel=4)
    return network


def _read_careful(path: Path, rename: Mapping[str, str], directed: bool) -> tuple[Network, tuple[Problem, ...]]:
    """Read row by row, with every check."""
    source = Source(path, Settings())
    rows = edge_rows(source, rename, directed=directed)
    source.findings.stop_on_errors()
    if rows is None:
        raise AssertionError("a table that cannot be made leaves an error")
    parts = parts_from_edges(rows["source"], rows["target"], rows["weight"], rows.get("layer"), directed, None)
    return Network(**parts, provenance=Provenance(inputs=source.inputs)), source.findings.warnings


def _read_fast(path: Path, rename: Mapping[str, str], directed: bool) -> tuple[Network, tuple[Problem, ...]]:
    """Read block by block; anything odd raises an OddTableError."""
    if not path.is_file() or path.stat().st_size < SMALL_BYTES or importlib.util.find_spec("pyarrow") is None:
        raise OddTableError
    source, digest = Source(path, Settings()), hashlib.sha256()
    if path.suffix.casefold() == ".parquet":
        blocks = parquet_blocks(path, parquet_columns(source, rename), digest)
    else:
        blocks = text_blocks(path, text_layout(source, rename), digest)
    rows = _CodedRows()
    for block in read_ahead(blocks):
        rows.take(block)
    parts = rows.parts(directed)
    history = Provenance(inputs=(InputFile(path.name, digest.hexdigest(), rows.count),))
    return Network(**parts, provenance=history), source.findings.warnings


class _CodedRows:
    """The rows read so far, their ids and layers as numbers."""

    def __init__(self) -> None:
        self.count = 0
        self._ids, self._layers = TextCoder(), TextCoder()
        self._found: dict[str, list[NDArray[Any]]] = {"source": [], "target": [], "layer": [], "weight": []}

    def take(self, block: Block) -> None:
        """Code the rows of a block."""
        codes = [self._ids.code(_arrow_array(texts)) for texts in block.ids]
        ends = [codes[0][0::2].copy(), codes[0][1::2].copy()] if len(codes) == 1 else codes
        ends = ends[::-1] if block.flipped else ends
        self._found["source"].append(ends[0])
        self._found["target"].append(ends[1])
        if block.layers is not None:
            self._found["layer"].append(self._layers.code(_arrow_array(block.layers)))
        if block.weight is not None:
            self._found["weight"].append(block.weight.copy())
        self.count += len(ends[0])

    def parts(self, directed: bool) -> dict[str, Any]:
        """Return the parts of the network, and forget the rows."""
        if not self.count:
            raise OddTableError
        rank, ids = self._ids.ranked()
        layer_rank, layers = self._layers.ranked()
        _check_texts(ids)
        _check_texts(layers)
        return parts_from_codes(
            self._joined("source", rank),
            self._joined("target", rank),
            ids,
            weight=self._joined("weight") if self._found["weight"] else None,
            layer=self._joined("layer", layer_rank) if self._found["layer"] else None,
            layer_names=layers.tolist() or [GENERAL_LAYER],
            directed=directed,
        )

    def _joined(self, name: str, rank: NDArray[np.int32] | None = None) -> NDArray[Any]:
        """Return all values of a column, codes as the ranks of their texts; each block goes as soon as it is copied."""
        pieces = self._found.pop(name)
        joined = np.empty(self.count, dtype=pieces[0].dtype)
        done = 0
        for place, piece in enumerate(pieces):
            pieces[place] = piece[:0]
            joined[done : done + len(piece)] = piece if rank is None else rank[piece]
            done += len(piece)
        return joined


def _arrow_array(texts: Texts) -> Any:
    """Return texts as an Arrow array over the same memory."""
    import pyarrow as pa

    ends, letters = texts.ends[:], texts.letters[:]
    # What Arrow itself reads is read-only, and the compiled coder shall have one signature.
    ends.flags.writeable = False
    letters.flags.writeable = False
    return pa.LargeStringArray.from_buffers(len(ends) - 1, pa.py_buffer(ends), pa.py_buffer(letters))


def _check_texts(texts: pd.Series) -> None:
    """Raise an OddTableError unless all texts are as they are compared, and look right."""
    for chunk in arrow_chunks(texts) or ():
        ends, letters = texts_of(chunk)
        lengths = np.diff(ends)
        if not len(lengths):
            continue
        letters = letters[: ends[-1]]
        # A blank at one of the ends, or a control character, is for the careful reader.
        if lengths.min() == 0 or min(letters[ends[:-1]].min(), letters[ends[1:] - 1].min()) <= ord(" "):
            raise OddTableError
        if lengths.max() > MAX_CELL_CHARS or not letters.all():
            raise OddTableError
        beyond_ascii = np.unique(np.searchsorted(ends, np.flatnonzero(letters >= 128), side="right") - 1)
        for text in chunk.take(beyond_ascii).to_pylist():
            if not is_plain_key(text) or mojibake_repair(text):
                raise OddTableError
