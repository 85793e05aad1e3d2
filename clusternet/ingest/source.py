"""One survey being read: where its files lie, how they are to be read, and what was found so far."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from clusternet.errors import ResourceError, shown
from clusternet.ingest.findings import Findings, Place
from clusternet.messages import mark
from clusternet.model.provenance import InputFile
from clusternet.model.settings import Settings

#: A longer cell is no answer of a survey; it is also the most that a spreadsheet cell can hold.
MAX_CELL_CHARS = 32_767


@dataclass(frozen=True)
class Options:
    """How files are read; an empty text means "find out" (separator, encoding) or "none" (thousands)."""

    allow_empty: bool = False
    missing_weight: float | None = None
    max_cell_chars: int = MAX_CELL_CHARS
    separator: str = ""
    encoding: str = ""
    decimal: str = "."
    thousands: str = ""


@dataclass(frozen=True, eq=False)
class TextTable:
    """One table as text: missing where a cell is empty; the index is the row as a spreadsheet shows it."""

    rows: pd.DataFrame
    place: Place


@dataclass(frozen=True, eq=False)
class Reading:
    """What a reader gives back: tables of the contract as text, and the settings with the layers that it adds."""

    tables: dict[str, TextTable]
    settings: Settings


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

    def content(self, path: Path) -> bytes | None:
        """Return the bytes of a file and note its digest, or note why there are none."""
        place = Place(str(path) if path == self.path else path.name)
        try:
            data = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            template = mark('There is no file "{value}"; check the name and the folder.')
            self.findings.error("A01", template, place, value=shown(path))
            return None
        except IsADirectoryError:
            template = mark('"{value}" is a folder; expected a file.')
            self.findings.error("A01", template, place, value=shown(path))
            return None
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
        if not data.strip(b"\x00\t\n\r \xef\xbb\xbf"):
            template = mark("The file is empty; expected a header and at least one row.")
            self.findings.error("A02", template, Place(path.name))
            return None
        return data

    def note_file(self, name: str, data: bytes) -> None:
        """Note that a file was read."""
        self._digests[name] = hashlib.sha256(data).hexdigest()

    def note_rows(self, name: str, rows: int) -> None:
        """Note how many data rows a file gave."""
        self._rows[name] = self._rows.get(name, 0) + rows
