"""Opening what a survey tool hands out: a workbook, a text table, an archive or a folder of them, a statistics file."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path, PurePosixPath

from clusternet.errors import ResourceError, shown
from clusternet.ingest.archives import opened_archive
from clusternet.ingest.exports.parquet import open_parquet
from clusternet.ingest.exports.roster_file import ROSTER_FILE
from clusternet.ingest.exports.statistical import open_statistical
from clusternet.ingest.findings import Place
from clusternet.ingest.separators import Grid
from clusternet.ingest.sheets import Sheets, open_text_bytes, open_workbook_bytes
from clusternet.ingest.source import Source
from clusternet.messages import mark

TEXT = (".csv", ".tsv", ".tab", ".txt")
WORKBOOK = (".xlsx", ".xlsm")
STATISTICAL = (".sav", ".zsav", ".dta")
PARQUET = (".parquet",)
TABLES = (*TEXT, *WORKBOOK, *STATISTICAL, *PARQUET)
#: Text tables whose separator is a tab where there is one.
TABBED = (".tsv", ".tab")
#: An export has a file for each repeat, and no survey has so many.
MOST_FILES = 500
#: Scripts that say what the codes of tables beside them mean.
LABELS = (".do",)


class Bundle:
    """Several files that belong to one export; see :class:`clusternet.ingest.sheets.Sheets`.

    Parameters
    ----------
    file : str
        The name of the archive or folder.
    kind : str
        What it is: ``"ZIP"`` or ``"folder"``.
    members : sequence of Sheets
        The files, by name.
    scripts : mapping of str to bytes
        Scripts beside them that say what codes mean.
    """

    def __init__(self, file: str, kind: str, members: Sequence[Sheets], scripts: Mapping[str, bytes]) -> None:
        self.file = file
        self.scripts = dict(scripts)
        self.format = kind
        several = {title for member in members for title in member.titles}
        whole = len(several) == sum(len(member.titles) for member in members)
        self._at = {
            (title if whole else f"{member.file} {title}"): (member, title)
            for member in members
            for title in member.titles
        }

    @property
    def titles(self) -> tuple[str, ...]:
        """The sheets of all files."""
        return tuple(self._at)

    def head(self, title: str, rows: int = 3) -> list[list[str]]:
        """Return the first rows of a sheet."""
        member, own = self._at[title]
        return member.head(own, rows)

    def grid(
        self,
        title: str,
        *,
        formulas_as_text: bool = False,
        no_dates: Collection[str] = (),
        known: Collection[str] = (),
    ) -> Grid | None:
        """Return all cells of a sheet."""
        member, own = self._at[title]
        return member.grid(own, formulas_as_text=formulas_as_text, no_dates=no_dates, known=known)


def open_export(path: Path, source: Source) -> Sheets | None:
    """Open a file, an archive or a folder of tables, or note why it cannot be.

    Parameters
    ----------
    path : Path
        A workbook, a text table, a ZIP, a ``.sav``, ``.dta`` or ``.parquet``, or a folder of them.
    source : Source
        The survey being read.

    Returns
    -------
    Sheets or None
        None where an error was noted.

    Raises
    ------
    ResourceError
        If the file cannot be read though it is there, or a package is not installed.
    """
    if path.is_dir():
        files = [file for file in sorted(path.iterdir()) if _is_wanted(file.name) and file.is_file()]
        files = [file for file in files if file.name != ROSTER_FILE] or files
        if _are_too_many(path.name, len(files), source):
            return None
        contents = [(file.name, source.content(file)) for file in files]
        return _bundle(path.name, "folder", [(name, data) for name, data in contents if data is not None], source)
    data = source.content(path)
    if data is None:
        return None
    return (
        _open_archive(path.name, data, source)
        if path.suffix.casefold() == ".zip"
        else open_bytes(path.name, data, source)
    )


def open_bytes(name: str, data: bytes, source: Source) -> Sheets | None:
    """Open one file from its bytes, by the end of its name; see :func:`open_export`."""
    suffix = PurePosixPath(name).suffix.casefold()
    if suffix in WORKBOOK:
        return open_workbook_bytes(name, data, source)
    if suffix in STATISTICAL:
        return open_statistical(name, data, source)
    if suffix in PARQUET:
        return open_parquet(name, data, source)
    if suffix in TABBED and not source.options.separator and b"\t" in data.split(b"\n", 1)[0]:
        # The ending says it, so that nobody has to be told.
        source = dataclasses.replace(source, options=dataclasses.replace(source.options, separator="\t"))
    return open_text_bytes(name, data, source)


def _is_wanted(name: str) -> bool:
    """Return whether a file is a table or a script of labels, and none that a system or Excel leaves beside them."""
    path = PurePosixPath(name)
    hidden = path.name.startswith((".", "~$")) or "__MACOSX" in path.parts
    return path.suffix.casefold() in (*TABLES, *LABELS) and not hidden


def _are_too_many(name: str, count: int, source: Source) -> bool:
    """Return whether there are more tables than any export has, and note it (B10)."""
    template = mark('"{value}" holds {count} tables, more than any export; expected at most {most}.')
    if count > MOST_FILES:
        source.findings.error("B10", template, Place(name), value=shown(name), count=count, most=MOST_FILES)
    return count > MOST_FILES


def _bundle(name: str, kind: str, files: Sequence[tuple[str, bytes]], source: Source) -> Sheets | None:
    scripts = {file: data for file, data in files if PurePosixPath(file).suffix.casefold() in LABELS}
    tables = [(file, data) for file, data in files if file not in scripts and data.strip(b"\xef\xbb\xbf\r\n\t ")]
    members = [open_bytes(file, data, source) for file, data in tables]
    if not members and not source.findings.errors:
        template = mark('"{value}" holds no table; expected files such as {known}.')
        source.findings.error("A01", template, Place(name), value=shown(name), known=", ".join(TABLES))
    if any(member is None for member in members) or not members:
        return None
    return Bundle(name, kind, [member for member in members if member is not None], scripts)


def _open_archive(name: str, data: bytes, source: Source) -> Sheets | None:
    """Open the tables of an archive in memory; nothing is ever unpacked to the disk."""
    place = Place(name)
    archive = opened_archive(data, place, source.findings)
    if archive is None:
        return None
    if "xl/workbook.xml" in archive.namelist():
        return open_workbook_bytes(name, data, source)
    members = [member for member in archive.infolist() if not member.is_dir() and "media/" not in member.filename]
    # Archives of Windows may have its separator in the names.
    wanted = {member.filename.replace("\\", "/"): member for member in members if _is_wanted(member.filename)}
    # Folders hold media and the questionnaire; answers lie beside them, unless the archive is of one folder.
    chosen = {file: member for file, member in wanted.items() if "/" not in file} or wanted
    if _are_too_many(name, len(chosen), source):
        return None
    files: dict[str, bytes] = {}
    try:
        for file in sorted(chosen):
            base, content = shown(PurePosixPath(file).name), archive.read(chosen[file])
            if files.setdefault(base, content) != content:
                template = mark(
                    'The archive has several files called "{value}", as of several exports; give one alone.'
                )
                source.findings.error("E11", template, place, value=base)
                return None
    except MemoryError as error:
        raise ResourceError(mark("There is not enough memory to read the archive.")) from error
    except Exception:  # zipfile answers damaged archives with a dozen kinds of exception
        source.findings.error("B09", mark("The archive is damaged; download it again."), place)
        return None
    return _bundle(name, "ZIP", list(files.items()), source)
