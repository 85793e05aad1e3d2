"""The problems of a survey as files: a list, and a copy of the officer's workbook with the bad cells marked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from clusternet.errors import Problem
from clusternet.report.csv_text import csv_text
from clusternet.report.marked_workbook import Original, marked_bytes
from clusternet.report.publish import published_folder
from clusternet.report.tables import problem_table

LIST_FILE = "problems.csv"
#: The file by which a folder of ours is known; a study has no such file, so that none is ever replaced by a check.
MARKED_FILE = "marked.xlsx"


def write_problems(
    problems: Sequence[Problem],
    *,
    out: str | Path,
    originals: Sequence[Original] = (),
    language: str = "en",
    overwrite: bool = False,
) -> Path:
    """Write the problems of a survey and a copy of its tables with the bad cells marked.

    Parameters
    ----------
    problems : sequence of Problem
        The problems.
    out : str or Path
        The folder to make; it appears when complete.
    originals : sequence of Original
        The files of the survey as the officer sees them.
    language : {"en", "ar"}
        The language of messages and comments.
    overwrite : bool, default False
        Whether the folder of an earlier check may be replaced.

    Returns
    -------
    Path
        The folder, with ``problems.csv`` and ``marked.xlsx``; the same arguments give the same bytes.

    Raises
    ------
    InputError
        If the folder is there already and may not be replaced.
    ResourceError
        If it cannot be written.
    """
    table = problem_table(problems, language)
    with published_folder(out, overwrite=overwrite, own_file=MARKED_FILE) as folder:
        folder.write(LIST_FILE, csv_text(table), rows=len(table))
        folder.write(MARKED_FILE, marked_bytes(problems, originals, language))
    return Path(out)
