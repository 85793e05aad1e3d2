"""KoboToolbox: sheets that hang together, titles that were cut, submissions that came twice, what hands did to it."""

import pytest

from clusternet.ingest.exports.kobo import is_kobo, read_kobo
from tests.ingest.exports.kobo_books import CUT, FORM, GOODS, LONG, MAIN, TIES, book
from tests.ingest.exports.small import Sheets, heads_of, said, source_of


def read(sheets, kind="XLSX"):
    source = source_of()
    return read_kobo(Sheets(sheets, kind=kind), source), source


def codes(source):
    return [code for code, _ in said(source)]


# ---------------------------------------------------------------------- which file it is
@pytest.mark.parametrize("sheets", [book(), {FORM: MAIN}, {"x": [["_id", "_submission_time"]]}, {"repeat": TIES}])
def test_a_file_of_kobo_is_known(sheets):
    assert is_kobo(heads_of(sheets))


@pytest.mark.parametrize("header", [[], ["_index", "name"], ["_uuid", "KEY"], ["Timestamp", "name"]])
def test_a_file_of_something_else_is_not(header):
    assert not is_kobo({"x": [header]})
    assert not is_kobo({})


# ---------------------------------------------------------------------- how sheets hang together
def test_repeats_hang_on_their_sheets_though_the_title_is_cut():
    export, source = read(book())
    assert list(export.parts) == [FORM, CUT, "prod"]
    assert export.parts[CUT].parent_at.tolist() == [0, 0, 2]
    assert export.parts["prod"].parent == CUT
    assert export.positions_in_root("prod").tolist() == [0, 2]
    assert export.parts[CUT].names == (LONG,)
    assert codes(source) == []


def test_two_long_names_that_begin_alike_are_told_apart_by_their_indices():
    other = "supplier_relationships_lon... (1)"
    sheets = book()
    sheets[other] = [TIES[0], *(["x", str(50 + at), FORM, "1", "101", "uuid:a"] for at in range(3))]
    sheets["prod"] = [GOODS[0], ["flour", "1", f"{LONG}_too", "51", "101", "uuid:a"]]
    sheets["other prod"] = [GOODS[0], ["salt", "1", LONG, "3", "103", "uuid:c"]]
    export, _ = read(sheets)
    assert export.parts["prod"].parent == other
    assert export.parts["other prod"].parent == CUT


@pytest.mark.parametrize(
    ("form", "title"),
    [
        ("Survey: firms/2026", "Survey_ firms_2026"),
        ("Who? [all]", "Who_ _all_"),
        ("'Quoted'", "_Quoted_"),
        ("A form / with a title that is far too long", "A form _ with a title that i..."),
    ],
)
def test_a_title_with_signs_that_no_sheet_may_have_is_known_again(form, title):
    ties = [TIES[0], *([*row[:2], form, *row[3:]] for row in TIES[1:])]
    export, source = read(book(ties=ties, title=title))
    assert export.parts[CUT].parent == title
    assert codes(source) == []


def test_a_sheet_that_was_renamed_is_known_by_what_its_repeats_say():
    export, source = read(book(title="data"))
    assert export.root == "data"
    assert export.parts[CUT].parent_at.tolist() == [0, 0, 2]
    assert codes(source) == []
    export, source = read(book(cut="my suppliers"))
    assert export.parts["prod"].parent == "my suppliers"


def test_a_renamed_sheet_that_nothing_tells_is_an_error_that_says_so():
    ties = [row[:4] for row in TIES]
    export, source = read(book(ties=ties, title="data"))
    assert export is None
    problem = source.findings.errors[0]
    assert (problem.code, problem.sheet, problem.value) == ("E11", CUT, FORM)
    assert "renamed" in problem.message()


@pytest.mark.parametrize("column", ["_parent_index", "_index"])
def test_a_column_that_ties_the_sheets_and_was_deleted_is_named(column):
    def without(rows):
        at = rows[0].index(column)
        return [[cell for position, cell in enumerate(row) if position != at] for row in rows]

    sheets = book(ties=without(TIES)) if column == "_parent_index" else book(main=without(MAIN))
    export, source = read(sheets)
    assert export is None
    assert {(problem.code, problem.column) for problem in source.findings.errors} == {("A21", column)}


def test_a_repeat_that_nobody_answered_may_be_missing_or_empty():
    export, source = read({FORM: MAIN})
    assert list(export.parts) == [FORM]
    assert export.has_repeats
    export, source = read(book(ties=TIES[:1], goods=GOODS[:1]))
    assert export.parts[CUT].rows.empty
    assert codes(source) == []


def test_a_csv_holds_the_submissions_alone():
    export, _ = read({"export": MAIN}, kind="CSV")
    assert not export.has_repeats


def test_repeats_alone_are_no_survey():
    export, source = read({CUT: TIES, "prod": GOODS})
    assert export is None
    assert codes(source) == ["E11"]
    assert "export the whole survey again" in source.findings.errors[0].message()


def test_a_sheet_of_notes_is_left_out_and_told_wherever_it_stands():
    export, source = read({"Notes": [["hello"], ["x"]], **book()})
    assert export.root == FORM
    assert list(export.parts) == [FORM, CUT, "prod"]
    assert [(problem.code, problem.sheet) for problem in source.findings.warnings] == [("E11", "Notes")]


def test_a_marked_copy_of_ours_is_read_like_the_export_itself():
    export, source = read({"Problems": [["Code"], ["C12"]], **book()})
    assert list(export.parts) == [FORM, CUT, "prod"]
    assert codes(source) == []


def test_rows_of_a_repeat_without_a_submission_are_told():
    ties = [*TIES, ["Yew", "4", FORM, "9", "109", "uuid:x"]]
    export, source = read(book(ties=ties))
    assert len(export.parts[CUT].rows) == 3
    assert "rows 5" in source.findings.warnings[0].message()


# ---------------------------------------------------------------------- E11
def test_E11_a_submission_that_came_twice_counts_once_with_its_rows():
    main = [*MAIN, ["Cedar", "10", "101", "uuid:a", "2026-03-01T10:00:00", "4"]]
    ties = [*TIES, ["Oak", "4", FORM, "4", "101", "uuid:a"], ["Elm", "5", FORM, "4", "101", "uuid:a"]]
    export, source = read(book(main=main, ties=ties))
    assert export.parts[FORM].rows.index.tolist() == [3, 4, 5]
    assert export.parts[CUT].rows["partner"].tolist() == ["Cedar", "Oak", "Elm"]
    # The product of the first version hung on a row that is gone, and is gone with it.
    assert export.parts["prod"].rows["product"].tolist() == ["salt"]
    assert codes(source) == ["E11"]


@pytest.mark.parametrize("column", ["meta/deprecatedID", "deprecatedID", "_deprecatedID"])
def test_E11_an_edited_submission_replaces_the_older_one_with_its_rows(column):
    main = [[*MAIN[0], column], *([*row, ""] for row in MAIN[1:])]
    main[2][-1] = "uuid:a"
    export, source = read(book(main=main))
    assert export.parts[FORM].rows["name"].tolist() == ["Oak", "Elm"]
    assert export.parts[CUT].rows["partner"].tolist() == ["Cedar"]
    assert codes(source) == ["E11"]


def test_E11_the_number_of_a_submission_stays_when_it_is_edited():
    main = [*MAIN, ["Cedar & Sons", "10", "101", "uuid:new", "2026-03-01T10:00:00", "4"]]
    export, source = read(book(main=main))
    assert export.parts[FORM].rows["name"].tolist() == ["Oak", "Elm", "Cedar & Sons"]
    assert source.findings.warnings[0].column == "_id"


def test_E11_the_latest_time_wins_over_the_order_of_rows():
    main = [*MAIN, ["Older", "10", "101", "uuid:a", "2026-02-01T10:00:00", "4"]]
    export, _ = read(book(main=main))
    assert export.parts[FORM].rows["name"].tolist() == ["Cedar", "Oak", "Elm"]


def appended(first, second):
    """Two exports put together by hand, sheet below sheet, each counting from 1."""
    return {title: [*rows, *second.get(title, [[]])[1:]] for title, rows in first.items()}


def test_E11_exports_put_together_by_hand_hang_together_by_index_and_submission():
    other = book(
        main=[MAIN[0], ["Yew", "10", "201", "uuid:x", "2026-03-02T10:00:00", "1"]],
        ties=[TIES[0], ["Ash", "1", FORM, "1", "201", "uuid:x"]],
        goods=[GOODS[0], ["sugar", "1", LONG, "1", "201", "uuid:x"]],
    )
    export, source = read(appended(book(), other))
    assert export.parts[CUT].parent_at.tolist() == [0, 0, 2, 3]
    assert export.positions_in_root("prod").tolist() == [0, 2, 3]
    assert codes(source) == []


def test_E11_a_submission_in_both_exports_counts_once_with_the_rows_of_the_later():
    later = book(ties=[TIES[0], TIES[2], ["Cedar", "2", FORM, "3", "103", "uuid:c"]], goods=GOODS[:1])
    export, source = read(appended(book(), later))
    assert export.parts[FORM].rows.index.tolist() == [5, 6, 7]
    assert export.parts[CUT].rows["partner"].tolist() == ["Elm", "Cedar"]
    assert codes(source) == ["E11"]


def test_E11_exports_put_together_without_the_submissions_numbers_are_refused():
    bare = book(ties=[row[:4] for row in TIES])
    export, source = read(appended(bare, bare))
    assert export is None
    assert "put together by hand" in source.findings.errors[0].message()
