"""Codes E01 to E11: what can be wrong with graph files, settings and exports."""

from __future__ import annotations

from clusternet.messages import mark
from clusternet.model.problem_card import ProblemCard

CARDS = (
    ProblemCard(
        "E01",
        mark("A graph file with entities, or none at all"),
        mark("Entities are used for attacks and are not allowed; or the file is no GraphML or GEXF."),
        mark("Export the graph again, as GraphML or GEXF."),
        "<!DOCTYPE lolz [ <!ENTITY …",
    ),
    ProblemCard(
        "E02",
        mark("A graph file that points to other files"),
        mark("The file asks for another file or for an address; that is never followed."),
        mark("Export the graph again, without links to other files."),
        '<!ENTITY x SYSTEM "file:///…">',
    ),
    ProblemCard(
        "E03",
        mark("A graph file whose parts do not fit"),
        mark("A key is not declared, an edge lacks an end, or a value is not of its kind."),
        mark("Correct the part that the message names, or export the graph again."),
        '<data key="d9">3</data>',
    ),
    ProblemCard(
        "E04",
        mark("A graph file that is far too large or deep"),
        mark("It would need more memory than there is, or numbers its nodes with gaps of millions."),
        mark("Export the graph again with ids as text, or give it as tables."),
        "1 2147483648",
    ),
    ProblemCard(
        "E06",
        mark("A Pajek file that cannot be read"),
        mark("A line is not as the format has it, or a part is missing."),
        mark("Correct the line that the message names, or export the file again."),
        "*Vertices ten",
    ),
    ProblemCard(
        "E07",
        mark("A pickle"),
        mark("Such files can run programs when they are opened; they are never accepted."),
        mark("Save the table as CSV (UTF-8) or .xlsx."),
        "survey.pkl",
    ),
    ProblemCard(
        "E08",
        mark("JSON that cannot be read"),
        mark("It is damaged, repeats a key, is nested too deeply, or holds what is no number."),
        mark("Export it again."),
        '{"a": NaN, "a": 1}',
    ),
    ProblemCard(
        "E09",
        mark("A setting that is not known or does not fit"),
        mark("A key of study.toml is not known, or its value is not of the kind expected, or it is no TOML."),
        mark("Correct the key as the message says; text stands in quotes."),
        'titel = "Furniture"\n',
        "study.toml",
    ),
    ProblemCard(
        "E10",
        mark("A Parquet file that cannot be read"),
        mark("It is cut off, encrypted, or no Parquet."),
        mark("Export it again, or save the table as CSV (UTF-8)."),
        "PAR1…",
    ),
    ProblemCard(
        "E11",
        mark("Submissions of an export that repeat or were edited"),
        mark("Of several versions of one submission the latest is kept; the others are left out and counted."),
        mark("Nothing has to be done; delete wrong submissions on the server."),
        "_uuid a1b2…, a1b2…",
    ),
)
