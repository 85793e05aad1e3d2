"""From a path to a survey: which reader understands it, what it gives, and whether it holds together."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from clusternet.errors import InputError, ResourceError, shown
from clusternet.ingest.edges import has_ends, read_edge_list, read_mapped_edges
from clusternet.ingest.findings import Findings, Place
from clusternet.ingest.graphs import read_graph
from clusternet.ingest.ledger_checks import checked_recipes, checked_resources
from clusternet.ingest.linkage_checks import checked_linkages
from clusternet.ingest.linkage_warnings import warn_of_linkages
from clusternet.ingest.mapping import check_mapping, mapping_kind, options_from
from clusternet.ingest.pajek import is_pajek, read_pajek
from clusternet.ingest.register_checks import checked_register
from clusternet.ingest.roster import read_roster
from clusternet.ingest.settings import SETTINGS_FILE, content_of, settings_from
from clusternet.ingest.source import MAX_CELL_CHARS, Options, Reading, Source, TextTable
from clusternet.ingest.tables import contract_columns, read_table, warn_of_slip
from clusternet.ingest.workbook import read_workbook
from clusternet.messages import mark
from clusternet.model.catalogue import Catalogue, nearest
from clusternet.model.provenance import Provenance, recorded
from clusternet.model.schema import SCHEMA
from clusternet.model.settings import Settings
from clusternet.model.survey import Survey

_REFUSED = {
    ".xls": mark("an old workbook (.xls)"),
    ".xlsb": mark("a binary workbook (.xlsb)"),
    ".ods": mark("an OpenDocument sheet (.ods)"),
    ".gz": mark("a compressed file (.gz)"),
    ".pkl": mark("a pickle"),
    ".pickle": mark("a pickle"),
    ".joblib": mark("a pickle"),
    ".npy": mark("a pickle"),
}


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
    """Read a folder of CSV files that are named as the tables of the contract."""
    found = {path.name.casefold(): path for path in sorted(source.path.iterdir()) if path.is_file()}
    tables: dict[str, TextTable] = {}
    for name, schema in SCHEMA.items():
        path = found.get(f"{name}.csv")
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
            table = read_table(path, source, required=schema.required_names, known=schema.names)
            if table is not None:
                tables[name] = contract_columns(table, name, source.findings)
    return Reading(tables, source.settings)


def _read_workbook(source: Source) -> Reading:
    tables = read_workbook(source.path, source)
    return Reading(
        {name: contract_columns(table, name, source.findings) for name, table in tables.items()}, source.settings
    )


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
            "folder",
            mark("A folder of CSV files in the contract's tables."),
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
        Reader(
            "edge_list",
            mark("A text file of edges: source, target and perhaps layer and weight."),
            lambda path, _: (
                path.suffix.casefold() in (".txt", ".edgelist", ".edges", ".tsv")
                or (path.suffix.casefold() == ".csv" and has_ends(path))
            ),
            read_edge_list,
        ),
    ],
)


def _with_paths(verb: Callable[..., Survey]) -> Callable[..., Survey]:
    """Turn names into paths before they are recorded: the history keeps a path's last part only, never its folder."""

    @functools.wraps(verb)
    def call(path: str | Path, config: str | Path | Settings | None = None, **options: Any) -> Survey:
        return verb(Path(path), Path(config) if isinstance(config, str) else config, **options)

    return call


@_with_paths
@recorded
def read_survey(
    path: str | Path,
    config: str | Path | Settings | None = None,
    *,
    allow_empty: bool = False,
    missing_weight: float | None = None,
    max_cell_chars: int = MAX_CELL_CHARS,
) -> Survey:
    """Read a survey from a folder, a workbook or a file of a network, and check all of it.

    Everything is read as text: only an empty cell is missing; ``NA``, ``None`` and ``007`` stay what they are.

    Parameters
    ----------
    path : str or Path
        A folder of CSV files, one XLSX, or what :data:`READERS` lists. :mod:`clusternet.ingest.mapping` tells how
        ``[mapping]`` describes other files.
    config : str, Path or Settings, optional
        A ``study.toml`` or settings; default the ``study.toml`` in the folder or beside the file, if there is one.
    allow_empty : bool, default False
        Whether tables without rows are accepted.
    missing_weight : float, optional
        The weight of a linkage whose cell is empty, at least 0; without it an empty cell is an error.
    max_cell_chars : int, default 32,767
        The longest cell, in characters.

    Returns
    -------
    Survey
        The tables, with every warning in ``problems``; the rows are numbered as a spreadsheet shows them.

    Raises
    ------
    InputError
        With every problem of every file at once.
    ResourceError
        If a file cannot be read though it is there, or memory does not suffice.

    Examples
    --------
    >>> read_survey("surveys/furniture")  # doctest: +SKIP
    <Survey: 300 enterprises, 2100 linkages, 900 resources, 24 recipes>
    """
    path = Path(path)
    _check_path(path)
    settings, digest = _settings_of(path, config)
    findings = Findings()
    check_mapping(settings, findings, digest[0] if digest else SETTINGS_FILE)
    findings.stop_on_errors()
    options = Options(allow_empty=allow_empty, missing_weight=missing_weight, max_cell_chars=max_cell_chars)
    source = Source(path, settings, options_from(settings, options), findings)
    if digest:
        source.note_file(*digest)
    return _read(_reader_of(path, settings), source)


def _read(reader: Reader, source: Source) -> Survey:
    """Let a reader read, and check what it gives."""
    try:
        reading = reader.read(source)
        tables = _checked(reading, source)
    except OSError as error:
        if isinstance(error, ResourceError):
            raise
        raise ResourceError(
            mark('"{path}" cannot be read ({reason}); check its permissions and the disk.'),
            path=shown(source.path),
            reason=error.strerror or type(error).__name__,
        ) from error
    source.findings.stop_on_errors()
    original = {name: table.rows for name, table in reading.tables.items()}
    return Survey(tables, reading.settings, original, source.findings.warnings, Provenance(inputs=source.inputs))


def _check_path(path: Path) -> None:
    """Raise an InputError unless there is something at a path that could be a survey."""
    place, findings = Place(str(path)), Findings()
    try:
        exists = path.exists()
    except (OSError, ValueError):
        exists = False
    if not exists:
        template = mark('There is no file or folder "{value}"; check the name.')
        findings.error("A01", template, place, value=shown(path))
    elif path.suffix.casefold() in _REFUSED and path.is_file():
        suffix = path.suffix.casefold()
        code = {".gz": "A22", ".xls": "A26", ".xlsb": "A26", ".ods": "A26"}.get(suffix, "E07")
        template = mark("The file is {format}, which is not read; save it as .xlsx or as CSV (UTF-8).")
        findings.error(code, template, place, value=shown(path.name), format=_REFUSED[suffix])
    findings.stop_on_errors()


def _settings_of(path: Path, config: str | Path | Settings | None) -> tuple[Settings, tuple[str, bytes] | None]:
    """Return the settings, and name and bytes of the file that they were read from."""
    if isinstance(config, Settings):
        return config, None
    if config is None:
        beside = (path if path.is_dir() else path.parent) / SETTINGS_FILE
        if not beside.is_file():
            return Settings(), None
        config = beside
    data = content_of(config)
    name = Path(config).name
    return settings_from(data, name), (name, data)


def _reader_of(path: Path, settings: Settings) -> Reader:
    for reader in READERS.values():
        if reader.recognises(path, settings):
            return reader
    raise InputError(
        mark('"{path}" is no survey that can be read. Expected one of: {known}'),
        path=shown(path),
        known=" ".join(reader.sentence for reader in READERS.values()),
    )


def _checked(reading: Reading, source: Source) -> dict[str, pd.DataFrame]:
    """Check all tables that could be read, so that all their problems are told at once."""
    tables = dict(reading.tables)
    found: dict[str, pd.DataFrame] = {}
    register: pd.DataFrame | None = None
    if "enterprises" in tables:
        found["enterprises"] = checked_register(tables["enterprises"], source)
        # The other tables are looked up in it even when some of its rows are refused.
        register = found["enterprises"].dropna(subset="enterprise_id").drop_duplicates("enterprise_id")
    if "linkages" in tables:
        place = tables["enterprises"].place if "enterprises" in tables else tables["linkages"].place
        found["linkages"] = checked_linkages(tables["linkages"], register, place, source, reading.settings)
    if "resources" in tables:
        found["resources"] = checked_resources(tables["resources"], register, source)
    if "recipes" in tables:
        found["recipes"] = checked_recipes(tables["recipes"], source)
    if register is not None and "linkages" in found and not source.findings.errors:
        warn_of_linkages(
            found["linkages"], register, tables["linkages"], tables["enterprises"], source, reading.settings
        )
    return found
