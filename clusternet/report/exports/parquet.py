"""Parquet: the tables of the study and the graph, each column of its kind."""

from __future__ import annotations

import io

import pandas as pd

from clusternet.errors import ResourceError
from clusternet.messages import mark
from clusternet.report.exports.export import Export, Made
from clusternet.report.exports.graph import ExportGraph


def _write(graph: ExportGraph) -> Made:
    tables = {"nodes": graph.nodes.assign(colour=graph.colours), "edges": graph.edges, **graph.tables}
    return Made({f"{name}.parquet": _parquet(table) for name, table in tables.items()})


def _parquet(table: pd.DataFrame) -> bytes:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        template = mark('Writing Parquet needs pyarrow; install it with: pip install "clusternet[parquet]".')
        raise ResourceError(template) from None
    columns = {}
    for name in table.columns:
        values = table[name]
        if values.dtype == object:
            texts = [None if value == "" else value for value in values.tolist()]
            columns[str(name)] = pyarrow.array(texts, type=pyarrow.string())
        else:
            columns[str(name)] = pyarrow.array(values.to_numpy(), from_pandas=True)
    stream = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), stream, compression="zstd")
    return stream.getvalue()


PARQUET = Export(
    "parquet",
    "Parquet",
    {"*.parquet": mark("The nodes, the edges and every table of the study, one file each.")},
    mark("In Python: pandas.read_parquet; in R: arrow::read_parquet; also DuckDB and Spark."),
    _write,
    (mark("A missing value is null."),),
)
