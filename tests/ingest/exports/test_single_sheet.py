"""Google Forms, SurveyMonkey and any other sheet with one row for each answer."""

import pytest

from clusternet.ingest.exports.single_sheet import (
    is_google_forms,
    is_survey_monkey,
    read_google_forms,
    read_single_sheet,
    read_survey_monkey,
)
from tests.ingest.exports.small import Sheets, said, source_of


def read(rows, reader=read_survey_monkey):
    source = source_of()
    sheets = rows if isinstance(rows, dict) else {"Sheet": rows}
    return reader(Sheets(sheets), source), source


# ---------------------------------------------------------------------- Google Forms
@pytest.mark.parametrize(
    "stamp",
    [
        "Timestamp",
        "timestamp ",
        "طابع زمني",
        "الطابع الزمني",
        "Horodateur",
        "Marca temporal",
        "Zeitstempel",
        "Carimbo de data/hora",
        "Zaman damgası",
        "Tijdstempel",
        "Informazioni cronologiche",
        "Отметка времени",
        "时间戳记",
    ],
)
def test_answers_to_a_google_form_are_known_by_their_first_column(stamp):
    assert is_google_forms({"Form Responses 1": [[stamp, "Name"]]})


@pytest.mark.parametrize("head", [[], [[]], [["Name", "Timestamp"]], [["_timestamp"]]])
def test_other_sheets_are_not(head):
    assert not is_google_forms({"x": head})
    assert not is_google_forms({})


def test_a_google_form_gives_its_rows_as_they_are():
    export, source = read([["Timestamp", "Name "], ["1/2/2026", "=SUM(1)"]], read_google_forms)
    assert export.parts["Sheet"].headers == ("Timestamp", "Name")
    assert export.parts["Sheet"].rows["Name"].tolist() == ["=SUM(1)"]
    assert not export.has_repeats
    assert said(source) == []


# ---------------------------------------------------------------------- SurveyMonkey
HEADER = ["Respondent ID", "Collector ID", "Date Modified", "Name", "Certificates", "", "Town"]
SECOND = ["", "", "", "Open-Ended Response", "ISO 9001", "Other (please specify)", "Response"]
ANSWERS = [["1", "9", "03/14/2026 09:26:53 AM", "Cedar", "ISO 9001", "", "Irbid"]]


@pytest.mark.parametrize(
    "header",
    [["Respondent ID", "Collector ID"], ["RespondentID", "x", "CollectorID"], ["معرف المستجيب", "معرف المجمع"]],
)
def test_a_file_of_survey_monkey_is_known(header):
    assert is_survey_monkey({"x": [header]})
    assert not is_survey_monkey({"x": [header[:1]]})


def test_the_second_row_of_headers_names_the_choices():
    export, _ = read([HEADER, SECOND, *ANSWERS])
    part = export.parts["Sheet"]
    assert part.headers == (
        "Respondent ID",
        "Collector ID",
        "Date Modified",
        "Name",
        "Certificates/ISO 9001",
        "Certificates/Other (please specify)",
        "Town",
    )
    assert part.rows.index.tolist() == [3]
    assert export.submission == "Respondent ID"


@pytest.mark.parametrize("word", ["Réponse ouverte", "إجابة", "response", ""])
def test_a_question_of_one_answer_is_called_as_it_is_in_every_language(word):
    export, _ = read([HEADER[:4], ["", "", "", word], ANSWERS[0][:4]])
    assert export.parts["Sheet"].headers[3] == "Name"


def test_one_row_of_headers_is_read_as_one():
    export, _ = read([HEADER[:4], ANSWERS[0][:4]])
    part = export.parts["Sheet"]
    assert part.headers == tuple(HEADER[:4])
    assert part.rows["Name"].tolist() == ["Cedar"]


def test_a_file_that_was_declared_and_has_no_number_of_the_respondent_keeps_its_answers():
    export, _ = read([["Name", "Town"], ["Cedar", "Irbid"]])
    assert export.parts["Sheet"].rows["Name"].tolist() == ["Cedar"]
    assert export.submission == ""
    export, _ = read([["Name", "Town"], ["Open-Ended Response", "Response"], ["Cedar", "Irbid"]])
    assert export.parts["Sheet"].rows["Name"].tolist() == ["Cedar"]


def test_headers_without_answers_give_no_rows():
    for rows in ([HEADER], [HEADER, SECOND]):
        export, source = read(rows)
        assert export.parts["Sheet"].rows.empty
        assert source.findings.errors == ()


def test_E11_the_answer_that_was_modified_last_stays():
    earlier = ["1", "9", "03/13/2026 09:26:53 AM", "Older", "", "", ""]
    export, source = read([HEADER, SECOND, *ANSWERS, earlier])
    assert export.parts["Sheet"].rows["Name"].tolist() == ["Cedar"]
    assert [code for code, _ in said(source)] == ["E11"]


def test_nothing_at_all_is_no_export():
    for reader in (read_survey_monkey, read_google_forms, read_single_sheet):
        assert read({"Sheet": []}, reader)[0] is None
        assert read({}, reader)[0] is None


# ---------------------------------------------------------------------- any other sheet
def test_several_loose_sheets_are_parts_that_hang_on_nothing():
    export, _ = read({"firms": [["name"], ["Cedar"]], "ties": [["who"], ["Oak"]]}, read_single_sheet)
    assert export.root == "firms"
    assert export.hangs_on_nothing("ties")
    assert not export.hangs_on_nothing("firms")


def test_our_list_of_problems_is_no_answer():
    export, _ = read({"Problems": [["code"], ["C12"]], "data": [["name"], ["Cedar"]]}, read_single_sheet)
    assert list(export.parts) == ["data"]
