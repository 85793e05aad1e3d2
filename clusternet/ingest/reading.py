"""From a path to a survey: which reader understands it, what it gives, and whether it holds together."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from clusternet.errors import InputError, ResourceError, shown
from clusternet.ingest.findings import Findings, Place
from clusternet.ingest.ledger_checks import checked_recipes, checked_resources
from clusternet.ingest.linkage_checks import checked_linkages
from clusternet.ingest.linkage_warnings import warn_of_linkages
from clusternet.ingest.manifests import check_row_counts
from clusternet.ingest.mapping import check_mapping, options_from
from clusternet.ingest.matching.aliases import Aliases
from clusternet.ingest.matching.merging import with_decisions
from clusternet.ingest.memory import memory_bytes
from clusternet.ingest.missing import with_missing_sources, with_missing_targets
from clusternet.ingest.outlines import Ring, outline_file, outline_of
from clusternet.ingest.readers import READERS, Reader
from clusternet.ingest.receipts import receipt_of
from clusternet.ingest.refused import check_ending
from clusternet.ingest.register_checks import checked_register
from clusternet.ingest.settings import SETTINGS_FILE, content_of, settings_from
from clusternet.ingest.source import ENCODING_ERRORS, MAX_CELL_CHARS, ON_CONFLICT, Options, Reading, Source
from clusternet.messages import mark
from clusternet.model.provenance import Provenance, recorded
from clusternet.model.settings import Settings
from clusternet.model.survey import Survey


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
    encoding_errors: str = "first",
    on_conflict: str = "error",
    add_missing: bool = False,
    memory_limit: int | str | None = None,
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
    encoding_errors : {"first", "report"}
        Whether only the first row in a wrong encoding is named, with the number of others, or all of them.
    on_conflict : {"error", "first", "last"}
        Whether rows of one enterprise that contradict each other are refused, or the first or last of them is kept.
    add_missing : bool, default False
        Whether ends of linkages that are not in the register are added to it, with ``unregistered = "yes"`` and
        ``respondent = "no"``, and not kept as outside partners.
    memory_limit : int or str, optional
        The memory that reading may need, in bytes or as ``"2GB"``; default what the machine has. The need is
        estimated from the sizes of the files before they are read.

    Returns
    -------
    Survey
        The tables, with every warning in ``problems``; the rows are numbered as a spreadsheet shows them.

    Raises
    ------
    InputError
        With every problem of every file at once, or if an option is not one of its words.
    ResourceError
        If a file cannot be read though it is there, or memory does not suffice.

    Examples
    --------
    >>> read_survey("surveys/furniture")  # doctest: +SKIP
    <Survey: 300 enterprises, 2100 linkages, 900 resources, 24 recipes>
    """
    path = Path(path)
    check_path(path)
    settings, digest, folder = _settings_of(path, config)
    findings = Findings()
    check_mapping(settings, findings, digest[0] if digest else SETTINGS_FILE)
    findings.stop_on_errors()
    options = Options(
        allow_empty=allow_empty,
        missing_weight=missing_weight,
        max_cell_chars=max_cell_chars,
        every_bad_row=_one_of("encoding_errors", encoding_errors, ENCODING_ERRORS) == "report",
        on_conflict=_one_of("on_conflict", on_conflict, ON_CONFLICT),
        add_missing=add_missing,
        memory_limit=None if memory_limit is None else memory_bytes(memory_limit),
    )
    source = Source(path, settings, options_from(settings, options), findings)
    if digest:
        source.note_file(*digest)
    outline: tuple[Ring, ...] = ()
    if settings.outline:
        data = outline_file(folder, settings.outline, findings)
        outline = outline_of(data, settings.outline, findings) if data else ()
        source.note_file(settings.outline, data)
    return _read(_reader_of(path, settings), source, outline)


def _one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        template = mark('The option {name} is "{value}"; expected one of: {known}.')
        raise InputError(template, name=name, value=shown(value), known=", ".join(known))
    return value


def _read(reader: Reader, source: Source, outline: tuple[Ring, ...]) -> Survey:
    """Let a reader read, and check what it gives."""
    reading: Reading | None = None
    tables: dict[str, pd.DataFrame] = {}
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
    receipt = receipt_of(
        source, reading, tables, reader=reading.reader or reader.name, label=reading.label or reader.sentence
    )
    try:
        source.findings.stop_on_errors()
    except InputError as error:
        # Who asks for everything at once wants the warnings too, and what the files were taken for.
        error.warnings, error.receipt = source.findings.warnings, receipt
        raise
    original = {name: table.rows for name, table in reading.tables.items()}
    history = Provenance(inputs=source.inputs)
    return Survey(tables, reading.settings, original, source.findings.warnings, history, receipt, outline)


def check_path(path: Path) -> None:
    """Raise an InputError unless there is something at a path that could be a survey."""
    place, findings = Place(str(path)), Findings()
    try:
        exists = path.exists()
    except (OSError, ValueError):
        exists = False
    if not exists:
        template = mark('There is no file or folder "{value}"; check the name.')
        findings.error("A01", template, place, value=shown(path))
    elif path.is_file():
        check_ending(path, findings)
    findings.stop_on_errors()


def _settings_of(path: Path, config: str | Path | Settings | None) -> tuple[Settings, tuple[str, bytes] | None, Path]:
    """Return the settings, name and bytes of the file that they were read from, and the folder it lies in."""
    beside = (path if path.is_dir() else path.parent) / SETTINGS_FILE
    if isinstance(config, Settings):
        return config, None, beside.parent
    if config is None:
        if not beside.is_file():
            return Settings(), None, beside.parent
        config = beside
    data = content_of(config)
    name = Path(config).name
    return settings_from(data, name), (name, data), Path(config).parent


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
    check_row_counts(source)
    tables = dict(reading.tables)
    found: dict[str, pd.DataFrame] = {}
    register: pd.DataFrame | None = None
    aliases: Aliases | None = None
    if "enterprises" in tables:
        checked = checked_register(tables["enterprises"], source)
        tables, found["enterprises"], aliases = with_decisions(tables, checked, source)
        # The other tables are looked up in it even when some of its rows are refused.
        register = found["enterprises"].dropna(subset="enterprise_id").drop_duplicates("enterprise_id")
    if "linkages" in tables:
        place = tables["enterprises"].place if "enterprises" in tables else tables["linkages"].place
        adding = source.options.add_missing and register is not None and len(register) > 0
        if register is not None and adding:
            register, tables["enterprises"], tables["linkages"] = with_missing_sources(
                register, tables["enterprises"], tables["linkages"], source
            )
        found["linkages"] = checked_linkages(tables["linkages"], register, place, source, reading.settings, aliases)
        if register is not None and adding:
            register, tables["enterprises"], found["linkages"] = with_missing_targets(
                register, tables["enterprises"], found["linkages"], tables["linkages"].place, source
            )
            found["enterprises"] = register
    if "resources" in tables:
        found["resources"] = checked_resources(tables["resources"], register, source)
    if "recipes" in tables:
        found["recipes"] = checked_recipes(tables["recipes"], source, found.get("resources"))
    if register is not None and "linkages" in found and not source.findings.errors:
        warn_of_linkages(
            found["linkages"], register, tables["linkages"], tables["enterprises"], source, reading.settings
        )
    return found
