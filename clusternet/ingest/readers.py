"""Every way to read a survey: which path each recognises, and what it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from clusternet.errors import shown
from clusternet.ingest.edges import has_ends, read_edge_list, read_mapped_edges
from clusternet.ingest.exports.parquet import open_parquet
from clusternet.ingest.exports.reading import could_be_export, read_export
from clusternet.ingest.findings import Place
from clusternet.ingest.graphs import read_graph
from clusternet.ingest.mapping import mapping_kind
from clusternet.ingest.pajek import is_pajek, read_pajek
from clusternet.ingest.roster import read_roster
from clusternet.ingest.source import Reading, Source, TextTable
from clusternet.ingest.tables import contract_columns, read_table, table_of, warn_of_slip
from clusternet.ingest.workbook import read_workbook
from clusternet.messages import mark
from clusternet.model.catalogue import Catalogue, nearest
from clusternet.model.schema import SCHEMA, TableSchema
from clusternet.model.settings import Settings

#: How much of a file is looked at to know its columns.
_FIRST_LINE = 1 << 16
#: Source, target, layer, weight, reporter, and what else an edge may have.
_EDGE_COLUMNS = 8


@dataclass(frozen=True)
class Reader:
    """One way to read a survey.

    Parameters
    ----------
    name : str
        The name under which it is asked for.
    sentence : str
        What it reads.
    recognises : callable
        Whether a path with some settings is for this reader.
    read : callable
        Reads a source.
    """

    name: str
    sentence: str
    recognises: Callable[[Path, Settings], bool]
    read: Callable[[Source], Reading]


def _declares(kind: str) -> Callable[[Path, Settings], bool]:
    return lambda path, settings: mapping_kind(settings) == kind


def _ends_with(*suffixes: str) -> Callable[[Path, Settings], bool]:
    return lambda path, settings: path.suffix.casefold() in suffixes


def _read_folder(source: Source) -> Reading:
    """Read a folder of CSV or Parquet files that are named as the tables of the contract."""
    found = {path.name.casefold(): path for path in sorted(source.path.iterdir()) if path.is_file()}
    tables: dict[str, TextTable] = {}
    for name, schema in SCHEMA.items():
        path = found.get(f"{name}.csv", found.get(f"{name}.parquet"))
        if path is None and schema.required:
            near = nearest(f"{name}.csv", found)
            template = (
                mark(
                    'There is no {name}.csv in the folder "{value}"; the nearest is "{near}". Rename it, or say in '
                    "study.toml ([mapping]) what the files are."
                )
                if near
                else mark(
                    'There is no {name}.csv in the folder "{value}", which holds: {found}. Say in study.toml '
                    "([mapping]) what the files are, or make the file."
                )
            )
            about = {"name": name, "near": near, "found": shown(", ".join(found)) or "-"}
            source.findings.error("A01", template, Place(f"{name}.csv"), value=shown(source.path), **about)
        elif path is None:
            others = [other for other in found if other.removesuffix(".csv") not in SCHEMA]
            warn_of_slip(name, others, Place(f"{name}.csv"), source.findings)
        else:
            table = _table_at(path, schema, source)
            if table is not None:
                tables[name] = contract_columns(table, name, source.findings)
    return Reading(tables, source.settings)


def _table_at(path: Path, schema: TableSchema, source: Source) -> TextTable | None:
    if path.suffix.casefold() != ".parquet":
        return read_table(path, source, required=schema.required_names, known=schema.names)
    data = source.content(path)
    sheet = None if data is None else open_parquet(path.name, data, source)
    grid = None if sheet is None else sheet.grid(sheet.titles[0])
    return None if grid is None else table_of(grid, source, required=schema.required_names)


def _read_workbook(source: Source) -> Reading:
    tables = read_workbook(source.path, source)
    return Reading(
        {name: contract_columns(table, name, source.findings) for name, table in tables.items()}, source.settings
    )


def _is_edge_list(path: Path, settings: Settings) -> bool:
    """Return whether a text file, of which no mapping says otherwise, has the columns of edges."""
    suffix = path.suffix.casefold()
    if mapping_kind(settings) != "tables":
        return False
    if suffix in (".tsv", ".txt"):
        return has_ends(path) or not _is_wide(path)
    return suffix in (".edgelist", ".edges") or (suffix == ".csv" and has_ends(path))


def _is_wide(path: Path) -> bool:
    """Return whether the first line of a text file has more fields than an edge has columns."""
    with path.open("rb") as stream:
        line = stream.read(_FIRST_LINE).split(b"\n", 1)[0]
    return max(line.count(separator) for separator in (b"\t", b";", b",", b"|")) >= _EDGE_COLUMNS


#: Every reader; the first that recognises a path reads it.
READERS: Catalogue[Reader] = Catalogue(
    "reader",
    [
        Reader(
            "roster", mark("A square matrix of who named whom, through [mapping]."), _declares("roster"), read_roster
        ),
        Reader(
            "edges",
            mark("A list of edges with named columns, through [mapping]."),
            _declares("edges"),
            read_mapped_edges,
        ),
        Reader(
            "pajek",
            mark("A Pajek network or project, one-mode or two-mode."),
            lambda path, settings: mapping_kind(settings) == "pajek" or is_pajek(path),
            read_pajek,
        ),
        Reader(
            "edge_list",
            mark("A text file of edges: source, target and perhaps layer and weight."),
            _is_edge_list,
            read_edge_list,
        ),
        Reader(
            "export",
            mark(
                "An export of KoboToolbox, ODK, SurveyCTO, Survey Solutions, Google Forms, SurveyMonkey, SPSS or Stata."
            ),
            could_be_export,
            read_export,
        ),
        Reader(
            "folder",
            mark("A folder of CSV or Parquet files in the contract's tables."),
            lambda path, _: path.is_dir(),
            _read_folder,
        ),
        Reader(
            "workbook",
            mark("One XLSX with sheets in the contract's tables."),
            _ends_with(".xlsx", ".xlsm"),
            _read_workbook,
        ),
        Reader("graph", mark("A GraphML or GEXF file."), _ends_with(".graphml", ".gexf"), read_graph),
    ],
)
