"""What an export is: a name, the files it makes and what becomes of them, and what it could not hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from clusternet.report.exports.graph import ExportGraph


class Told(NamedTuple):
    """Something that a format could not hold as it is: a sentence for one and for many, how many, in which file."""

    one: str
    many: str
    times: int
    file: str = ""


@dataclass(frozen=True)
class Made:
    """The files of one export by name, and what has to be told about them."""

    files: Mapping[str, bytes]
    told: tuple[Told, ...] = ()


@dataclass(frozen=True)
class Export:
    """One way in which a study leaves for another program.

    Parameters
    ----------
    name : str
        What the user types, such as ``"gephi"``.
    label : str
        The program or the format, as its makers write it.
    files : mapping of str to str
        The files that are made (``*`` where one is made per layer or table), each with what it holds, in a sentence.
    opens : str
        How the files are opened.
    write : callable
        Takes an :class:`ExportGraph` and returns a :class:`Made`.
    notes : sequence of str
        What the format never holds as it is.
    """

    name: str
    label: str
    files: Mapping[str, str]
    opens: str
    write: Callable[[ExportGraph], Made]
    notes: Sequence[str] = ()
