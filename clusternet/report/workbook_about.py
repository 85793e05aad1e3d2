"""What a workbook says about itself: its first sheet, and the notes on what its sheets could not hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from clusternet.messages import mark, translate
from clusternet.report.dictionary import DICTIONARY

#: The name of the first sheet, beside those of the contract.
ABOUT = "about"
_READING = (
    mark("The heads of the columns are the same in every language; the sheet dictionary says what each one means."),
    mark("An empty cell is a missing value; where a score is undefined, the sheet scores says why."),
    mark("Shares run from 0 to 1 and are numbers: 0.25 is a quarter. The cluster -1 stands for being in none."),
    mark("Numbers are shown rounded; the cell holds twelve digits. Texts are never run as formulas."),
    mark("The same tables lie beside this workbook as CSV files, for other programs."),
)


class AboutLine(NamedTuple):
    """One line of the first sheet: what kind of line it is, and its cells."""

    kind: str
    cells: tuple[str | int, ...]


def about_lines(rows: Mapping[str, int], *, language: str, title: str, note: str) -> list[AboutLine]:
    """Return the lines of the first sheet.

    Parameters
    ----------
    rows : mapping of str to int
        The number of rows of each sheet.
    language : {"en", "ar"}
        The language.
    title : str
        The title of the study.
    note : str
        The confidential mark.

    Returns
    -------
    list of AboutLine
        Title, mark, one line per sheet, and how to read.
    """
    meanings = {entry.file: entry.meaning for entry in DICTIONARY if not entry.column}
    meanings["dictionary.csv"] = mark("What every file holds, and what every column means.")
    lines = [
        AboutLine("title", (title or translate(mark("Clusters of enterprises"), language),)),
        AboutLine("warning", (note,)),
        AboutLine("text", ()),
        AboutLine("head", tuple(translate(head, language) for head in (mark("Sheet"), mark("Rows"), mark("Content")))),
    ]
    for name, count in rows.items():
        meaning = meanings.get(f"{name}.csv", "")
        lines.append(AboutLine("sheet", (name, count, translate(meaning, language))))
    lines += [AboutLine("text", ()), AboutLine("head", (translate(mark("How to read it"), language), "", ""))]
    lines += [AboutLine("sentence", (translate(sentence, language),)) for sentence in _READING]
    return lines


def notes(rows: Mapping[str, int], changed: Mapping[str, list[int]], language: str, *, most_rows: int) -> list[str]:
    """Return what the sheets could not hold as it is.

    Parameters
    ----------
    rows : mapping of str to int
        The number of rows of each table.
    changed : mapping of str to list of int
        For each table, how many texts were cut and how many had letters replaced.
    language : {"en", "ar"}
        The language.
    most_rows : int
        How many rows of a table are shown.

    Returns
    -------
    list of str
        One sentence each; none where everything is as it was.
    """
    lines = []
    for name, count in rows.items():
        cut, replaced = changed[name]
        if count > most_rows:
            template = mark(
                'The table "{table}" has {rows} rows; here are the first {shown}, and the CSV has all of them.'
            )
            lines.append(translate(template, language, table=name, rows=f"{count:,}", shown=f"{most_rows:,}"))
        if cut == 1:
            template = mark('In the sheet "{table}" a text was longer than a cell holds; the CSV has it whole.')
            lines.append(translate(template, language, table=name))
        elif cut:
            template = mark('In the sheet "{table}" {count} texts were longer than a cell holds; the CSV has them.')
            lines.append(translate(template, language, table=name, count=cut))
        if replaced == 1:
            template = mark('In the sheet "{table}" a text held letters that no workbook can hold.')
            lines.append(translate(template, language, table=name))
        elif replaced:
            template = mark('In the sheet "{table}" {count} texts held letters that no workbook can hold.')
            lines.append(translate(template, language, table=name, count=replaced))
    return lines
