"""Decisions as somebody may type them, and how they are read."""

import openpyxl
import pytest

from clusternet.errors import InputError, ResourceError
from clusternet.ingest.matching.decisions import read_decisions
from clusternet.model.matching import DUPLICATE, PARTNER, Candidate, Decision, Duplicate, Mention, Review
from clusternet.report.review_workbook import write_review

CANDIDATES = (Candidate("E1", "Cedar Doors"), Candidate("3", "Oak Tables"))
REVIEW = Review(
    doubtful=(Mention("=1+1", 2, ("stock",), ("Oak",), CANDIDATES, 0.1),),
    duplicates=(Duplicate(CANDIDATES[0], Candidate("E9", "Ceder Doors"), 0.95),),
    accepted=(Mention("Cedar Dors", 1, ("stock",), ("Oak",), CANDIDATES, 0.9, "E1"),),
    ids=frozenset({"E1", "3", "E9", "7"}),
)


@pytest.fixture
def decided(tmp_path):
    """Write a decision into a sheet and read all decisions back."""

    def decide(sheet, value, **options):
        path = write_review(REVIEW, tmp_path / "review.xlsx", language="en")
        book = openpyxl.load_workbook(path)
        book.worksheets[sheet].cell(4, 1).value = value
        for worksheet, row, column, text in options.get("changes", ()):
            book.worksheets[worksheet].cell(row, column).value = text
        book.save(path)
        return read_decisions(path, REVIEW.ids)

    return decide


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1, "E1"),
        (2.0, "3"),
        ("2", "3"),
        (" 1 ", "E1"),
        ("E9", "E9"),
        ("7", "7"),  # no candidate has this number
        (7, "7"),
        ("id:3", "3"),
        ("NONE", ""),
        ("لا أحد", ""),
    ],
)
def test_partners(decided, value, expected):
    assert decided(0, value) == (Decision(PARTNER, "=1+1", expected),)


@pytest.mark.parametrize("value", ["3", 5, "E77", "same", "0", "yes", "=A1"])
def test_C04_what_is_no_decision_about_a_partner(decided, value):
    with pytest.raises(InputError) as caught:
        decided(0, value)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file, problem.sheet, problem.row, problem.column) == (
        "C04",
        "review.xlsx",
        "Partners",
        4,
        "Decision",
    )
    assert problem.message() != problem.message("ar")


@pytest.mark.parametrize(
    ("value", "expected"), [("same", "E1"), ("E9", "E9"), ("id:E1", "E1"), ("different", ""), ("نفسها", "E1")]
)
def test_duplicates(decided, value, expected):
    assert decided(1, value) == (Decision(DUPLICATE, "E1 | E9", expected),)


@pytest.mark.parametrize("value", ["3", "none", 1, "E77"])
def test_C04_what_is_no_decision_about_two_enterprises(decided, value):
    with pytest.raises(InputError) as caught:
        decided(1, value)
    assert [(problem.code, problem.sheet) for problem in caught.value.problems] == [("C04", "Same enterprise")]


def test_what_was_accepted_can_be_overruled(decided):
    assert decided(2, "none") == (Decision(PARTNER, "Cedar Dors", ""),)


def test_nothing_decided(decided):
    assert decided(0, None) == ()
    assert decided(0, "  ") == ()


def test_sorted_rows_and_further_columns_do_no_harm(decided):
    # Somebody's note beside the table, and a row below it.
    assert decided(0, 1, changes=[(0, 4, 40, "ask again"), (0, 9, 2, "a note")]) == (Decision(PARTNER, "=1+1", "E1"),)


def test_every_wrong_cell_is_told_at_once(decided):
    with pytest.raises(InputError) as caught:
        decided(0, "perhaps", changes=[(1, 4, 1, "perhaps"), (2, 4, 1, "perhaps")])
    assert [problem.sheet for problem in caught.value.problems] == [
        "Partners",
        "Same enterprise",
        "Taken automatically",
    ]


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ResourceError):
        read_decisions(tmp_path / "nowhere.xlsx", ())
