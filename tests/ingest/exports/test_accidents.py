"""Exports that hands, tools or ill will have spoilt: read all the same, or refused in words, never a traceback."""

import random

import pytest

from clusternet.errors import InputError, shown
from clusternet.ingest import read_survey
from tests.ingest.exports.own_exports import (
    ABOUT,
    BOOK,
    FORM,
    KEYED,
    KEYED_NEEDS,
    MAIN,
    NAMES,
    PARENT,
    answers,
    keyed,
    main_of,
    needs_of,
    ties_of,
)
from tests.ingest.exports.small import refused, write_archive, write_csv, write_workbook


# ---------------------------------------------------------------------- odd but honest
@pytest.mark.parametrize(
    ("change", "enterprises", "linkages"),
    [
        ({FORM: main_of(answers(1))}, 1, 2),
        ({"supply_from": ties_of(["\n\n ", "5", "1", FORM, "1"], ["E3", "", "2", FORM, "1"])}, 3, 1),
        ({FORM: main_of(answers(1, enterprise_id=" E1 "), answers(2), answers(3))}, 3, 2),
        ({FORM: main_of(answers(1, enterprise_id="E 1"), answers(2), answers(3))}, 3, 2),
        ({FORM: main_of(answers(1, enterprise_id="  "), answers(2), answers(3))}, 3, 2),
        ({FORM: [["", ""], *MAIN]}, 3, 2),
        ({"Notes": [["remember"], ["to call"]]}, 3, 2),
    ],
)
def test_an_unlucky_export_is_read_all_the_same(tmp_path, change, enterprises, linkages):
    survey = read_survey(write_workbook(tmp_path / "x.xlsx", {**BOOK, **change}))
    assert len(survey.enterprises) == enterprises
    assert len(survey.linkages) == linkages
    assert len(survey.enterprises["enterprise_id"].dropna()) == enterprises


def test_thousands_of_further_columns_do_no_harm(tmp_path):
    further = [[f"note {n}" for n in range(3_000)], *[["x"] * 3_000] * 3]
    main = [[*row, *more] for row, more in zip(MAIN, further, strict=True)]
    path = write_csv(tmp_path / "x.csv", main)
    assert len(read_survey(path).enterprises) == 3


def test_more_columns_than_a_sheet_can_have_are_refused(tmp_path):
    path = write_csv(tmp_path / "x.csv", [[*row, *["x"] * 17_000] for row in MAIN])
    assert "A24" in {problem.code for problem in refused(path)}


def test_no_name_of_an_enterprise_stands_in_what_the_reader_itself_says(tmp_path):
    main = main_of(answers(1, name="Layla Secret"), answers(2, name="Omar Secret"), answers(2, name="Omar Secret"))
    main[3][-1] = "3"
    ties = ties_of(["Layla Secret", "5", "1", FORM, "9"], ["Omar Secret", "2", "2", FORM, "1"])
    survey = read_survey(write_workbook(tmp_path / "x.xlsx", {FORM: main, "supply_from": ties}))
    told = [problem.line() for problem in survey.problems if problem.code == "E11"]
    assert len(told) == 2
    assert not any("Secret" in line for line in told)


GOODS = [["product_name", *PARENT], ["bread", "1", FORM, "1"]]
INPUTS = [["input_name", *PARENT], ["flour", "1", "products", "1"]]
LEVELS = {
    "form": [["interview__key", "interview__id", *NAMES], ["11", "a", *keyed(1)], ["22", "b", *keyed(2)]],
    "needs": [["interview__key", "interview__id", "needs__id", "need_resource"], ["11", "a", "0", "flour"]],
}
#: One of each way in which sheets hang together.
SEEDS = (
    {**BOOK, "needs": needs_of(["flour", "3", "1", FORM, "1"]), "products": GOODS, "inputs": INPUTS},
    {"form": KEYED, "form-needs": KEYED_NEEDS},
    LEVELS,
    {"Form Responses 1": [["Timestamp", *(q.text("en") for q in ABOUT)], ["1/2/2026", *keyed(1)]]},
    {"Sheet": [["Respondent ID", "Collector ID", *NAMES], ["", "", *["Response"] * len(NAMES)], ["1", "2", *keyed(1)]]},
)
CELLS = (
    "",
    " ",
    "\n",
    "0",
    "1",
    "no",
    "yes",
    "-999999999",
    "##N/A##",
    "uuid:x",
    "=1+1",
    "#x +y",
    "١٢",
    "x" * 90,
    "9" * 30,
)
COLUMNS = (
    "",
    "_index",
    "_parent_index",
    "_uuid",
    "KEY",
    "PARENT_KEY",
    "interview__id",
    "x__id",
    "name",
    "a_1",
    "Timestamp",
)


def spoilt(sheets, chance):
    """The sheets with some accidents of hands: rows and columns moved, doubled or lost, cells overwritten."""
    sheets = {title: [list(row) for row in rows] for title, rows in sheets.items()}
    for _ in range(chance.randint(1, 6)):
        title = chance.choice(list(sheets))
        rows, width = sheets[title], len(sheets[title][0]) if sheets[title] else 0
        at, accident = chance.randrange(width) if width else 0, chance.randrange(9)
        if accident == 0 and len(sheets) > 1:
            del sheets[title]
        elif accident == 1:
            sheets[chance.choice(("renamed", "Problems"))] = sheets.pop(title)
        elif accident == 2 and width > 1:
            sheets[title] = [row[:at] + row[at + 1 :] for row in rows]
        elif accident == 3 and width:
            rows[0][at] = chance.choice((*COLUMNS, *rows[0]))
        elif accident == 4 and rows:
            rows.append(list(chance.choice(rows)))
        elif accident == 5 and len(rows) > 1:
            del rows[chance.randrange(len(rows))]
        elif accident == 6:
            rows.insert(0, [chance.choice(("", "Our survey")), *[""] * (width - 1)])
        else:
            for row in chance.sample(rows, k=min(2, len(rows))):
                row[at : at + 1] = [chance.choice(CELLS)]
    return sheets


@pytest.mark.parametrize("seed", range(5))
def test_no_accident_of_hands_is_a_traceback(tmp_path, seed):
    chance, read, told = random.Random(seed), 0, 0
    for number in range(30):
        path = write_archive(
            tmp_path / f"{number}.zip", {f"{title}.csv": rows for title, rows in spoilt(SEEDS[seed], chance).items()}
        )
        try:
            read_survey(path)
            read += 1
        except InputError as error:
            told += 1
            lines = [problem.line(language) for problem in error.problems for language in ("en", "ar")]
            assert lines and all(lines)  # noqa: PT018
    assert read + told == 30
    assert told > 0


def test_every_refusal_is_one_of_ours_whatever_the_bytes(tmp_path):
    for number, data in enumerate((b"\xff" * 99, b"\x00" * 99, b'"open', b"a,b\n" * 9 + b"c,d,e\n", "\ufeff".encode())):
        for suffix in (".csv", ".tab", ".xlsx", ".zip", ".sav", ".dta", ".parquet"):
            path = tmp_path / f"x{number}{suffix}"
            path.write_bytes(data)
            with pytest.raises(InputError) as caught:
                read_survey(path)
            assert caught.value.problems, shown(path.name)
