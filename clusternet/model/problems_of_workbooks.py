"""Codes B01 to B15: what can be wrong with a workbook."""

from __future__ import annotations

from clusternet.messages import mark
from clusternet.model.problem_card import ProblemCard

CARDS = (
    ProblemCard(
        "B01",
        mark("Ids that may have lost their zeros"),
        mark("The ids are numbers of different lengths: the spreadsheet may have made 7 of 007."),
        mark("Format the column as text, and type or paste the ids again."),
        "7, 42, 1304 (007, 042, 1304)",
    ),
    ProblemCard(
        "B03",
        mark("A date that is no plausible date"),
        mark("A date column holds a number or a day that lies far outside the time of a survey."),
        mark("Write the date as year-month-day, such as 2024-05-31."),
        "44185",
    ),
    ProblemCard(
        "B04",
        mark("A code that became a date"),
        mark("The spreadsheet turned a text such as 3-4 into a date; what was typed is lost."),
        mark("Format the column as text, and type the cell again."),
        "3-4 → 2024-04-03",
    ),
    ProblemCard(
        "B05",
        mark("A formula without its value"),
        mark("The workbook was written by a program that did not calculate; the cell shows nothing yet."),
        mark("Open the workbook in a spreadsheet program, save it, and try again; or write the value itself."),
        "=SUM(B2:B9)",
    ),
    ProblemCard(
        "B06",
        mark("A spreadsheet error in a cell"),
        mark("Cells such as #N/A or #REF! hold no answer; they count as empty."),
        mark("Correct the formula, or clear the cell."),
        "#N/A",
    ),
    ProblemCard(
        "B07",
        mark("Hidden or merged parts of a workbook"),
        mark("A hidden sheet is ignored; merged cells and headers of two rows cannot be read as a table."),
        mark("Show what belongs to the survey; undo the merging, so that one header row and one cell per answer stay."),
        "A1:B1",
    ),
    ProblemCard(
        "B08",
        mark("No sheet that is known"),
        mark(
            "No sheet has the name of a table that is needed, two have the same, or the form of an export is not ours."
        ),
        mark("Name the sheets as the tables (enterprises, linkages, …), or describe the form: clusternet map-columns."),
        "Sheet1, Sheet2",
    ),
    ProblemCard(
        "B09",
        mark("A workbook that cannot be opened"),
        mark("The file is no workbook, or it was damaged on its way."),
        mark("Open it in a spreadsheet program and save it again as .xlsx, or get it again."),
        "survey.xlsx (0 KB … cut)",
    ),
    ProblemCard(
        "B10",
        mark("A workbook that would unpack to far too much"),
        mark("A small file that grows a hundred times when it is unpacked is a fault or an attack; it is not opened."),
        mark("Save the workbook again; delete empty rows that were formatted."),
        "100 KB → 100 MB",
    ),
    ProblemCard(
        "B11",
        mark("A workbook with declared entities"),
        mark("No spreadsheet program writes such parts; they are used for attacks, so the file is not opened."),
        mark("Save the workbook again in a spreadsheet program."),
        "<!DOCTYPE lolz [ <!ENTITY …",
    ),
    ProblemCard(
        "B12",
        mark("A workbook with parts that are not read"),
        mark("Links to other files, and parts that lie outside the workbook's own folders, are left out."),
        mark("Nothing has to be done unless the values come from another file: then copy them in."),
        "[other.xlsx]Sheet1!A1",
    ),
)
