"""Files with text ids, read into coded arrays or a network; and a survey, checked to the last cell.

Run as ``python -m benchmarks.read [--full]``; writes ``results/read.md``, ``.json`` and ``.svg``.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.command_line import run
from benchmarks.inputs import write_rows
from benchmarks.measuring import Case, Contest, Contestant
from benchmarks.survey_files import READERS, write_survey


def _file(case: Case, kind: str) -> Path:
    return case.folder / f"links.{kind}"


def _csv(case: Case) -> Path:
    return _file(case, "csv")


def _parquet(case: Case) -> Path:
    return _file(case, "parquet")


# ---------------------------------------------------------------------- ours
def _ours(path: Path) -> Any:
    from clusternet import read_edges

    return read_edges(path)


def _check_network(case: Case, network: Any) -> dict[str, Any]:
    return {"gives": "Network", "ids": network.n_nodes, "weight": float(network.ties.weight.sum())}


# ---------------------------------------------------------------------- bare readers: number of ids, codes, weights
Coded = tuple[int, np.ndarray, np.ndarray, np.ndarray]


def _check_coded(case: Case, found: Coded) -> dict[str, Any]:
    known, source, target, weight = found
    assert len(source) == len(target) == len(weight) == case.links
    assert max(source.max(), target.max()) == known - 1
    return {"gives": "coded arrays", "ids": known, "weight": float(weight.sum())}


def _duckdb(path: Path) -> Coded:
    """Make the ids an enumerated type and take the codes of the rows in it."""
    import duckdb

    given = (
        f"read_parquet('{path}')"
        if path.suffix == ".parquet"
        else f"read_csv('{path}', types={{'source': 'VARCHAR', 'target': 'VARCHAR', 'weight': 'DOUBLE'}})"
    )
    base = duckdb.connect()
    base.execute("SET preserve_insertion_order = false")
    base.execute(f"CREATE TABLE links AS SELECT source, target, weight FROM {given}")  # noqa: S608 (our own file)
    base.execute(
        "CREATE TYPE id AS ENUM (SELECT id FROM (SELECT source AS id FROM links UNION SELECT target FROM links) "
        "ORDER BY id)"
    )
    columns = base.execute(
        "SELECT enum_code(source::id) AS source, enum_code(target::id) AS target, weight FROM links"
    ).fetchnumpy()
    known = base.execute("SELECT len(enum_range(NULL::id))").fetchone()
    assert known is not None
    return known[0], columns["source"], columns["target"], columns["weight"]


def _polars(path: Path) -> Coded:
    """Hash the ids to 64 bits and code those; nothing is checked for two ids of one hash."""
    import pandas as pd
    import polars as pl

    types = {"source": pl.String, "target": pl.String, "weight": pl.Float64}
    frame = pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_csv(path, schema_overrides=types)
    hashed = pl.concat([frame["source"].hash(), frame["target"].hash()]).to_numpy()
    weight = frame["weight"].to_numpy()
    del frame
    codes, known = pd.factorize(hashed)
    half = len(codes) // 2
    return len(known), codes[:half], codes[half:], weight


def _pandas(path: Path) -> Coded:
    import pandas as pd

    frame = (
        pd.read_parquet(path)
        if path.suffix == ".parquet"
        else pd.read_csv(path, engine="pyarrow", dtype_backend="pyarrow")
    )
    codes, known = pd.factorize(pd.concat([frame["source"], frame["target"]], ignore_index=True))
    half = len(codes) // 2
    return len(known), codes[:half], codes[half:], frame["weight"].to_numpy(dtype=np.float64)


def _arrow(path: Path) -> Coded:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv
    from pyarrow import parquet

    if path.suffix == ".parquet":
        table = parquet.read_table(path)
    else:
        types = {"source": pa.string(), "target": pa.string(), "weight": pa.float64()}
        table = arrow_csv.read_csv(path, convert_options=arrow_csv.ConvertOptions(column_types=types))
    ends = pa.chunked_array(table["source"].chunks + table["target"].chunks).dictionary_encode().unify_dictionaries()
    codes = np.concatenate([chunk.indices.to_numpy() for chunk in ends.chunks])
    half = len(codes) // 2
    return len(ends.chunk(0).dictionary), codes[:half], codes[half:], table["weight"].to_numpy()


def _naive(path: Path) -> Coded:
    """Code the ids in a dictionary, row by row, as a first script does."""
    known: dict[str, int] = {}
    source, target, weight = [], [], []
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for one, other, value in rows:
            source.append(known.setdefault(one, len(known)))
            target.append(known.setdefault(other, len(known)))
            weight.append(float(value))
    return len(known), np.array(source), np.array(target), np.array(weight)


def _contestants(kind: str) -> tuple[Contestant, ...]:
    path = _csv if kind == "csv" else _parquet
    bare = (
        Contestant("duckdb, ids as an enumerated type", _duckdb, path, _check_coded, ("duckdb",)),
        Contestant("polars, ids hashed, pandas factorize", _polars, path, _check_coded, ("polars",),
                   note="two ids of one hash would pass unseen"),
        Contestant("pandas with pyarrow, factorize", _pandas, path, _check_coded, ("pandas", "pyarrow")),
        Contestant("pyarrow, dictionary_encode", _arrow, path, _check_coded, ("pyarrow",)),
        Contestant("csv and a dictionary", _naive, path, _check_coded, most=1_000_000),
    )  # fmt: skip
    ours = Contestant(
        "clusternet read_edges", _ours, path, _check_network, ours=True,
        note="every row checked, ids exact, repeated pairs summed, nodes sorted",
    )  # fmt: skip
    return (ours, *(bare if kind == "csv" else bare[:-1]))


_SIZES = {"small": (10_000, 100_000), "full": (10_000, 100_000, 1_000_000, 10_000_000)}
CONTESTS = (
    Contest("csv", "CSV with text ids: source, target, weight", write_rows, _contestants("csv"), **_SIZES, unit="rows"),
    Contest("parquet", "The same as Parquet", write_rows, _contestants("parquet"), **_SIZES, unit="rows"),
    Contest(
        "survey",
        "A survey read with every check, beside plain readers that check nothing",
        write_survey,
        READERS,
        small=(20_000,),
        full=(100_000, 1_000_000),
        unit="linkages",
        words="A tenth as many enterprises; two tables, as CSV or as one workbook.",
    ),
)

if __name__ == "__main__":
    run("read", "From files to coded rows", CONTESTS)
