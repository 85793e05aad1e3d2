"""One survey being read: where its files lie, how they are to be read, and what was found so far."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from clusternet.errors import Problem, ResourceError, shown
from clusternet.ingest.findings import Findings, Place
from clusternet.ingest.memory import PROGRAM, machine_memory, memory_text
from clusternet.messages import mark
from clusternet.model.provenance import InputFile
from clusternet.model.settings import Settings

#: A longer cell is no answer of a survey; it is also the most that a spreadsheet cell can hold.
MAX_CELL_CHARS = 32_767


#: What is done with rows of the register that contradict each other: refused, or one of them is kept.
ON_CONFLICT = ("error", "first", "last")
#: Which rows in a wrong encoding are told: the first, or all.
ENCODING_ERRORS = ("first", "report")


@dataclass(frozen=True)
class Options:
    """How files are read; an empty text means "find out" (separator, encoding) or "none" (thousands).

    ``every_bad_row`` lists every row in a wrong encoding; ``on_conflict`` is one of :data:`ON_CONFLICT`; the memory
    limit is in bytes, None for what the machine has.
    """

    allow_empty: bool = False
    missing_weight: float | None = None
    max_cell_chars: int = MAX_CELL_CHARS
    separator: str = ""
    encoding: str = ""
    decimal: str = "."
    thousands: str = ""
    every_bad_row: bool = False
    on_conflict: str = "error"
    add_missing: bool = False
    memory_limit: int | None = None


class FileFormat(NamedTuple):
    """As what a file was read; encoding and separator are empty where a format has none."""

    format: str
    encoding: str = ""
    separator: str = ""


@dataclass(frozen=True, eq=False)
class TextTable:
    """One table as text: missing where a cell is empty; the index is the row as a spreadsheet shows it."""

    rows: pd.DataFrame
    place: Place


@dataclass(frozen=True, eq=False)
class Reading:
    """What a reader gives back: tables of the contract as text, and the settings with the layers that it adds.

    ``reader`` and ``label`` name the tool that wrote the file, where the reader knows several.
    """

    tables: dict[str, TextTable]
    settings: Settings
    reader: str = ""
    label: str = ""


@dataclass(eq=False)
class Source:
    """A survey that is being read.

    Parameters
    ----------
    path : Path
        The file or folder, as the user gave it.
    settings : Settings
        What the study declares about itself.
    options : Options
        How files are read.
    findings : Findings
        The problems found so far.
    """

    path: Path
    settings: Settings
    options: Options = field(default_factory=Options)
    findings: Findings = field(default_factory=Findings)
    _digests: dict[str, str] = field(default_factory=dict)
    _rows: dict[str, int] = field(default_factory=dict)
    _claimed: dict[str, float] = field(default_factory=dict)
    #: As what each file was read.
    formats: dict[str, FileFormat] = field(default_factory=dict)
    #: How many rows of each table were left out, by the code of the reason.
    dropped: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """The folder that file names are relative to."""
        return self.path if self.path.is_dir() else self.path.parent

    @property
    def inputs(self) -> tuple[InputFile, ...]:
        """Every file that was read, with its SHA-256 and its number of data rows."""
        return tuple(InputFile(name, digest, self._rows.get(name, 0)) for name, digest in self._digests.items())

    def file_in_folder(self, name: str, *, key: str) -> Path | None:
        """Return the path of a file that the mapping names; it must lie in the survey's folder."""
        path = self.folder / name
        # A survey may come from somebody else, and its mapping must not open other files of this machine.
        if not path.resolve().is_relative_to(self.folder.resolve()):
            self.findings.error(
                "A01",
                mark(
                    'The file "{value}" lies outside the folder of the survey; copy it there and name it without "..".'
                ),
                Place("study.toml"),
                column=key,
                value=shown(name),
            )
            return None
        return path

    def claim_memory(self, name: str, size: float) -> None:
        """Note that a file will need some bytes of memory, and refuse it before it is read if all need too much.

        Raises
        ------
        ResourceError
            With A24, the need and the limit.
        """
        self._claimed[name] = max(size, self._claimed.get(name, 0))
        limit = machine_memory() if self.options.memory_limit is None else self.options.memory_limit
        need = PROGRAM + sum(self._claimed.values())
        if need > limit:
            template = mark(
                "Reading it needs about {need} of memory, and the limit is {limit}. Split the survey, use a machine "
                "with more memory, or raise --memory-limit."
            )
            values = {"need": memory_text(need), "limit": memory_text(limit)}
            problem = Problem("A24", "error", template, values, file=name)
            raise ResourceError(mark("There is not enough memory to read the survey."), problems=[problem])

    def content(self, path: Path, *, factor: float = 1) -> bytes | None:
        """Return the bytes of a file and note its digest, or note why there are none.

        Parameters
        ----------
        path : Path
            The file.
        factor : float
            How many bytes of memory each of its bytes will need.

        Returns
        -------
        bytes or None
            The content; None where an error was noted.

        Raises
        ------
        ResourceError
            If the file cannot be read though it is there, or needs more memory than there may be.
        """
        place = Place(str(path) if path == self.path else path.name)
        try:
            self.claim_memory(path.name, factor * path.stat().st_size)
            data = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            template = mark('There is no file "{value}"; check the name and the folder.')
            self.findings.error("A01", template, place, value=shown(path))
            return None
        except IsADirectoryError:
            template = mark('"{value}" is a folder; expected a file.')
            self.findings.error("A01", template, place, value=shown(path))
            return None
        except ResourceError:
            raise
        except OSError as error:
            raise ResourceError(
                mark('The file "{path}" cannot be read ({reason}); check its permissions and the disk.'),
                path=shown(path),
                reason=error.strerror or type(error).__name__,
            ) from error
        except ValueError:
            template = mark('"{value}" is not a file name; expected a name without NUL characters.')
            self.findings.error("A01", template, place, value=shown(path))
            return None
        self.note_file(path.name, data)
        return data if self.holds_something(path.name, data) else None

    def holds_something(self, name: str, data: bytes) -> bool:
        """Return whether a file holds more than blanks, or note that it is empty (A02)."""
        if data.strip(b"\x00\t\n\r \xef\xbb\xbf"):
            return True
        template = mark("The file is empty; expected a header and at least one row.")
        self.findings.error("A02", template, Place(name))
        return False

    def note_file(self, name: str, data: bytes) -> None:
        """Note that a file was read."""
        self._digests[name] = hashlib.sha256(data).hexdigest()

    def note_rows(self, name: str, rows: int) -> None:
        """Note how many data rows a file gave."""
        self._rows[name] = self._rows.get(name, 0) + rows

    def note_format(self, file: str, format_name: str, encoding: str = "", separator: str = "") -> None:
        """Note as what a file was read."""
        self.formats[file] = FileFormat(format_name, encoding, separator)

    def note_dropped(self, code: str, table: str, count: int) -> None:
        """Note that rows of a table were left out, and the code of the reason."""
        if count:
            self.dropped[table, code] = self.dropped.get((table, code), 0) + count
