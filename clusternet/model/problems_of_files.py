"""Codes A01 to A26: what can be wrong with a file and its text."""

from __future__ import annotations

from clusternet.messages import mark
from clusternet.model.problem_card import ProblemCard

CARDS = (
    ProblemCard(
        "A01",
        mark("File or folder not found"),
        mark("A file that is needed is not there, is a folder, or lies outside the folder of the survey."),
        mark("Check the name, capitals and the ending included, and put the file into the folder of the survey."),
        "enterprise.csv (expected: enterprises.csv)",
    ),
    ProblemCard(
        "A02",
        mark("Empty file or sheet"),
        mark("There is nothing in it, not even a header."),
        mark("Export it again, or copy the right file here; the first row holds the names of the columns."),
        "",
        "linkages.csv",
    ),
    ProblemCard(
        "A03",
        mark("No rows below the header"),
        mark("The columns have names and no row follows, so that there is nothing to study."),
        mark("Fill in at least one row, or accept empty tables with --allow-empty."),
        "source,target,layer\n",
        "linkages.csv",
    ),
    ProblemCard(
        "A05",
        mark("Text in UTF-16"),
        mark("The file was understood, but many programs do not expect this encoding."),
        mark('Nothing has to be done. To be safe, save it as "CSV UTF-8".'),
        "FF FE 65 00 6E 00 74 00",
    ),
    ProblemCard(
        "A06",
        mark("Text that is not UTF-8"),
        mark("The bytes are no UTF-8, the encoding of today; the message shows what they could mean in others."),
        mark(
            'Save the file as "CSV UTF-8", or declare the right one: encoding = "cp1256" below [mapping] in study.toml.'
        ),
        "E1,\\xe6\\xd1\\xd4\\xc9  (cp1256: ورشة)",
    ),
    ProblemCard(
        "A07",
        mark("Two encodings in one file"),
        mark("Some rows are UTF-8 and others are not: pieces of several files were put together."),
        mark('Open the rows named in an editor, correct their letters, and save the whole file as "CSV UTF-8".'),
        "E1,ورشة النور\nE2,\\xe6\\xd1\\xd4\\xc9",
    ),
    ProblemCard(
        "A08",
        mark("Letters that were read in a wrong encoding"),
        mark(
            "Signs such as Ã© or ÔÑßÉ stand where letters were. The text is kept as it is; the message shows a repair."
        ),
        mark('Go back to the first export and save it as "CSV UTF-8"; correct the cells where that is not possible.'),
        "enterprise_id,name\nE1,CafÃ© Nour\nE2,Oak Tables\nE3,Beech Chairs\n",
        "enterprises.csv",
    ),
    ProblemCard(
        "A09",
        mark("A NUL character in a cell"),
        mark("The cell holds a character that no text has; the file was damaged or is not text."),
        mark("Delete the character, or export the file again."),
        "E1,Cedar\\x00Doors",
    ),
    ProblemCard(
        "A12",
        mark("A quote that does not close"),
        mark(
            "A cell opens with a quote that is never closed, or holds a single quote inside; the rows cannot be told."
        ),
        mark('Close the quote in the row named, or write a quote inside a cell twice ("").'),
        'source,target,layer\nE1,"E2,supply\n',
        "linkages.csv",
    ),
    ProblemCard(
        "A13",
        mark("A row with more cells than the header"),
        mark("A cell holds the separator and is not quoted, or there are values beyond the last named column."),
        mark("Put the cell into quotes, or clear the cells beyond the last column."),
        "source,target,layer\nE1,E2,supply\nE2,E3,stock,often\n",
        "linkages.csv",
    ),
    ProblemCard(
        "A14",
        mark("All rows one cell longer than the header"),
        mark("The name of a column is missing, so that every value would slip into the next column."),
        mark("Write the missing name into the header."),
        "source,target\nE1,E2,supply\nE2,E3,stock\n",
        "linkages.csv",
    ),
    ProblemCard(
        "A15",
        mark("A row with fewer cells than the header"),
        mark("Cells are missing at its end, or the row is blank. It is an error where a required cell is missing."),
        mark("Complete the row, or delete it."),
        "source,target,layer\nE1,E2,supply\nE2,E3\n",
        "linkages.csv",
    ),
    ProblemCard(
        "A16",
        mark("Another separator than the comma"),
        mark("The columns are separated by another sign, which was found out; it is an error where two signs fit."),
        mark('Nothing has to be done where it was found out; else declare it: separator = ";" below [mapping].'),
        "source;target;layer\nE1;E2;supply\nE2;E3;stock\n",
        "linkages.csv",
    ),
    ProblemCard(
        "A17",
        mark("A number with two readings"),
        mark("1,200 may be one thousand two hundred or one and a fifth; nothing is guessed."),
        mark('Declare decimal = "," or thousands = "," below [mapping] in study.toml, or write 1200 and 1.2.'),
        'source,target,layer,weight\nE1,E2,supply,"1,200"\n',
        "linkages.csv",
    ),
    ProblemCard(
        "A18",
        mark("Arabic-Indic or Persian digits"),
        mark("The numbers were read as what they are; this only tells how many."),
        mark("Nothing has to be done."),
        "source,target,layer,weight\nE1,E2,supply,١٢٫٥\n",
        "linkages.csv",
    ),
    ProblemCard(
        "A19",
        mark("Spaces or another spelling, read past"),
        mark("Spaces around a text were ignored, or a word was read as the one that is meant."),
        mark("Nothing has to be done; look at the cells if you did not expect it."),
        "source,target,layer\n E1 ,E2,supply\n",
        "linkages.csv",
    ),
    ProblemCard(
        "A20",
        mark("Two columns of one name"),
        mark("It is not clear which of them is meant."),
        mark("Delete or rename one of them."),
        "source,target,layer,weight,weight\nE1,E2,supply,1,2\n",
        "linkages.csv",
    ),
    ProblemCard(
        "A21",
        mark("A column that is missing or not known"),
        mark("A required column is not there, or one is called nearly as a known one, or is not known and ignored."),
        mark("Rename the column as the message says, or add it."),
        "source,targt,layer\nE1,E2,supply\n",
        "linkages.csv",
    ),
    ProblemCard(
        "A22",
        mark("A file that is cut off or packed"),
        mark("The last row ends in its middle, rows are missing, or the file is compressed."),
        mark("Get the whole file again; unpack it if it is compressed."),
        "source,target,layer\nE1,E2,supply\nE2,E",
        "linkages.csv",
    ),
    ProblemCard(
        "A23",
        mark("A cell that is far too long"),
        mark("No answer is that long; most often a quote was not closed."),
        mark("Shorten the cell, or close its quote."),
        "E1,xxxxx… (40,000 ×)",
    ),
    ProblemCard(
        "A24",
        mark("More than can be read"),
        mark("There are more columns or rows than this machine, or any survey, has room for."),
        mark("Split the table, or run on a machine with more memory."),
        ",,,,,… (20,000 ×)",
    ),
    ProblemCard(
        "A25",
        mark("No text"),
        mark("The file has the ending of a text table and holds something else."),
        mark("Give it its right ending (.xlsx, .zip), or export it as CSV (UTF-8)."),
        "%PDF-1.7",
        "linkages.csv",
    ),
    ProblemCard(
        "A26",
        mark("A workbook in a format that is not read"),
        mark("Old workbooks (.xls), OpenDocument sheets (.ods) and workbooks with a password cannot be read."),
        mark("Open it, and save it as .xlsx without a password."),
        "survey.xls",
    ),
)
