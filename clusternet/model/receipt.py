"""A receipt for a survey: what was read, as what, and what became of every row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from clusternet.errors import InputError
from clusternet.messages import mark, translate

_NONE: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True)
class FileRead:
    """One file as it was understood.

    Parameters
    ----------
    name : str
        Its name, without any folder.
    format : str
        What it is, such as ``"XLSX"`` or ``"CSV"``; empty where nobody said.
    encoding : str
        How its text is written; empty where the format settles it.
    separator : str
        What stands between its columns, as a word to translate; empty where nothing does.
    rows : int
        Its data rows, at least 0.
    """

    name: str
    format: str = ""
    encoding: str = ""
    separator: str = ""
    rows: int = 0

    def facts(self, language: str = "en") -> str:
        """Return format, encoding and separator as a list, as far as they are known.

        Examples
        --------
        >>> FileRead("linkages.csv", "CSV", "UTF-8", "comma").facts()
        'CSV, UTF-8, comma'
        """
        parts = [self.format, self.encoding, translate(self.separator, language)]
        return ("، " if language == "ar" else ", ").join(part for part in parts if part)


@dataclass(frozen=True)
class TableRows:
    """What became of the rows of one table: every row that was read is kept, dropped or rejected.

    Parameters
    ----------
    table : str
        A table of the contract.
    read, kept : int
        Rows that were read, and rows that the survey holds; at least 0.
    dropped : mapping of str to int
        Rows left out under a warning, by its code.
    rejected : mapping of str to int
        Rows with an error, by the code of the first one; empty in a survey that could be read.

    Raises
    ------
    InputError
        If the parts do not add up to what was read.
    """

    table: str
    read: int
    kept: int
    dropped: Mapping[str, int] = field(default_factory=lambda: _NONE)
    rejected: Mapping[str, int] = field(default_factory=lambda: _NONE)

    def __post_init__(self) -> None:
        for name in ("dropped", "rejected"):
            object.__setattr__(self, name, MappingProxyType(dict(sorted(getattr(self, name).items()))))
        if self.read != self.kept + sum(self.dropped.values()) + sum(self.rejected.values()):
            raise InputError(
                mark("The rows of {table} do not add up: {read} were read, {kept} kept; the rest has no reason."),
                table=self.table,
                read=self.read,
                kept=self.kept,
            )


@dataclass(frozen=True)
class RowsDropped:
    """Rows of a sheet that were left out before the tables were made, with the code of the reason."""

    sheet: str
    code: str
    rows: int


@dataclass(frozen=True)
class Receipt:
    """What was read and what became of it.

    Parameters
    ----------
    reader : str
        The name of the reader that recognised the survey; empty for a survey made from tables.
    label : str
        What that reader reads, as a sentence to translate, or the tool that wrote the file.
    files : tuple of FileRead
        Every file that was opened, in the order of reading.
    tables : tuple of TableRows
        Every table that was found, in the contract's order.
    dropped : tuple of RowsDropped
        What was left out of the sheets of an export, such as earlier versions of a submission.
    """

    reader: str = ""
    label: str = ""
    files: tuple[FileRead, ...] = ()
    tables: tuple[TableRows, ...] = ()
    dropped: tuple[RowsDropped, ...] = ()

    def lines(self, language: str = "en") -> list[str]:
        """Return what the reader reads, then one line for each file: what it was read as."""
        # The name of a tool says it in one word; what else is read is told in a sentence.
        sentence = self.label.endswith(".")
        reader = translate(self.label, language) if self.label and not sentence else self.reader
        found = [translate(self.label, language)] if sentence else []
        for file in self.files:
            facts = file.facts(language)
            shown = f"{file.name} ({facts})" if facts else file.name
            found.append(translate(mark("Read as {reader}: {file}"), language, reader=reader, file=shown))
        return found
