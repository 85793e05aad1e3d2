"""Where a fault is said to be: the file, the sheet, the row and the column as the officer sees them."""

from tests.ingest.exports.own_exports import (
    ABOUT,
    BOOK,
    FORM,
    KEYED,
    KEYED_NEEDS,
    MAIN,
    NAMES,
    SYSTEM,
    answers,
    keyed,
    needs_of,
)
from tests.ingest.exports.small import refused, warnings_of, write_archive, write_csv, write_workbook


# ---------------------------------------------------------------------- where a fault is said to be
def place(problem):
    return problem.file, problem.sheet, problem.row, problem.column, problem.value


def test_a_fault_in_a_repeat_is_told_in_its_sheet(tmp_path):
    needs = needs_of(["flour", "3", "1", FORM, "1"], ["salt", "a lot", "2", FORM, "3"])
    (problem,) = refused(write_workbook(tmp_path / "x.xlsx", {**BOOK, "needs": needs}))
    assert place(problem) == ("x.xlsx", "needs", 3, "need_quantity", "a lot")


def test_a_fault_in_an_archive_or_a_folder_is_told_in_its_file(tmp_path):
    path = write_archive(tmp_path / "x.zip", {"form.csv": KEYED, "form-needs.csv": KEYED_NEEDS})
    expected = ("form-needs.csv", "", 3, "need_quantity", "many")
    (problem,) = refused(path)
    assert place(problem) == expected
    folder = tmp_path / "folder"
    folder.mkdir()
    write_csv(folder / "form.csv", KEYED)
    write_csv(folder / "form-needs.csv", KEYED_NEEDS)
    (problem,) = refused(folder)
    assert place(problem) == expected


def test_a_fault_in_a_wide_file_is_told_in_its_numbered_column(tmp_path):
    header = [
        *NAMES,
        "need_resource_1",
        "need_quantity_1",
        "need_resource_2",
        "need_quantity_2",
        "KEY",
        "formdef_version",
    ]
    rows = [[*keyed(1), "flour", "1", "salt", "2", "a", "1"], [*keyed(2), "flour", "1", "salt", "none of it", "b", "1"]]
    (problem,) = refused(write_csv(tmp_path / "x_WIDE.csv", [header, *rows]))
    assert place(problem) == ("x_WIDE.csv", "", 3, "need_quantity_2", "none of it")


def test_a_fault_under_a_label_is_told_under_that_label(tmp_path):
    header = [question.text("ar") for question in ABOUT]
    label = header[NAMES.index("workers")]
    path = write_workbook(tmp_path / "x.xlsx", {FORM: [[*header, *SYSTEM], answers(1, workers="some"), answers(2)]})
    (problem,) = refused(path)
    assert place(problem) == ("x.xlsx", FORM, 2, label, "some")


def test_rows_in_messages_are_those_that_the_officer_sees(tmp_path):
    main = [MAIN[0], [""] * len(MAIN[0]), *(answers(n, workers="١٢") for n in (1, 2, 3))]
    (line,) = warnings_of(write_workbook(tmp_path / "x.xlsx", {**BOOK, FORM: main}), "A18")
    assert f"x.xlsx, sheet {FORM}, row 3, column workers" in line
    assert "rows 3, 4, 5" in line
