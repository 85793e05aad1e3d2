"""The workbook in which somebody decides: what it shows, that it is harmless, and that it is the same every time."""

import io

import openpyxl
import pytest

from clusternet.messages import translate
from clusternet.model.matching import SHEETS, Candidate, Decision, Duplicate, Mention, Review
from clusternet.report.review_workbook import review_bytes, write_aliases, write_review

LIVE = '=HYPERLINK("http://x","y")'
FIRST = Candidate("E1", "+962 Trading", "Amman", "46", 0.5)
SECOND = Candidate("E2", "@cmd", score=0.25)
SOUND = Candidate("E5", "يوسف", score=0.9, by_sound=True)
REVIEW = Review(
    doubtful=(Mention(LIVE, 7, ("stock", "supply"), ("-1", "Oak"), (FIRST, SECOND, SOUND), 0.25),),
    duplicates=(Duplicate(FIRST, SECOND, 0.95),),
    accepted=(),
    ids=frozenset({"E1", "E2"}),
)


def book(language="en"):
    return openpyxl.load_workbook(io.BytesIO(review_bytes(REVIEW, language=language)))


def cells(sheet, row):
    return {key.value.partition(".")[2]: cell for key, cell in zip(sheet[1], sheet[row], strict=True) if key.value}


def test_one_row_shows_what_is_needed_to_decide():
    row = cells(book().worksheets[0], 4)
    found = {key: cell.value for key, cell in row.items()}
    assert {key: found[key] for key in ("decision", "text", "rows", "layers", "named_by", "gap")} == {
        "decision": None,
        "text": LIVE,
        "rows": 7,
        "layers": "stock, supply",
        "named_by": "-1, Oak",
        "gap": 0.25,
    }
    assert [found[f"{what}_1"] for what in ("id", "name", "place", "sector", "score")] == [
        "E1",
        "+962 Trading",
        "Amman",
        "46",
        0.5,
    ]
    assert found["score_3"] == "sounds alike"
    assert found["id_4"] is None


def test_C14_no_name_is_a_formula():
    for sheet in book().worksheets:
        for line in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in line)
    assert cells(book().worksheets[0], 4)["text"].data_type == "s"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_sheets_and_their_language(language):
    sheets = book(language).worksheets
    assert [sheet.title for sheet in sheets] == [
        translate(title, language) for title in ("Partners", "Same enterprise", "Taken automatically", "How to")
    ]
    assert all(bool(sheet.sheet_view.rightToLeft) == (language == "ar") for sheet in sheets)
    for sheet, (kind, keys) in zip(sheets, SHEETS.items(), strict=False):
        assert [cell.value for cell in sheet[1]] == [f"{kind}.{key}" for key in keys]
        assert sheet.row_dimensions[1].hidden
        assert sheet.freeze_panes is not None
        assert all(cell.value for cell in sheet[3])


def test_decisions_are_offered_and_others_can_be_typed():
    partners, pairs = book().worksheets[:2]
    (offered,) = partners.data_validations.dataValidation
    assert (offered.formula1, str(offered.sqref)) == ('"1,2,3,4,5,none"', "A4")
    assert not offered.showErrorMessage
    assert pairs.data_validations.dataValidation[0].formula1 == '"same,different"'


def test_an_empty_sheet_says_so():
    sheet = book().worksheets[2]
    assert (sheet["A4"].value, sheet["B4"].value) == (None, "There is nothing to decide here.")


def test_the_same_review_gives_the_same_bytes(tmp_path):
    path = write_review(REVIEW, tmp_path / "review.xlsx", language="ar")
    assert path.read_bytes() == review_bytes(REVIEW, language="ar")
    assert [entry.name for entry in tmp_path.iterdir()] == ["review.xlsx"]


def test_decisions_are_written_beside_the_survey(tmp_path):
    decisions = [Decision("partner", LIVE, "E1"), Decision("duplicate", "E1 | E2", "")]
    path = write_aliases(decisions, tmp_path)
    assert path == tmp_path / "aliases.csv"
    beside = write_aliases(decisions, tmp_path / "survey.xlsx")
    assert beside == path
    assert path.read_text(encoding="utf-8-sig") == (
        'kind,text,enterprise_id\npartner,"=HYPERLINK(""http://x"",""y"")",E1\nduplicate,E1 | E2,\n'
    )
