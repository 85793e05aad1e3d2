"""Survey Solutions: levels that hang together by interview and roster codes, codes with and without their labels."""

import pytest

from clusternet.ingest.exports.survey_solutions import is_survey_solutions, read_survey_solutions
from clusternet.ingest.source import FileFormat
from tests.ingest.exports.small import Sheets, refused, said, source_of, write_archive

MAIN = [
    ["interview__key", "interview__id", "name", "formal", "workers", "certs__1", "certs__n2", "assignment__id"],
    ["11-11", "aaa", "Cedar", "1", "12", "1", "0", "7"],
    ["22-22", "bbb", "Oak", "2", "-999999999", "-999999999", "-999999999", "7"],
    ["33-33", "ccc", "##N/A##", "", "", "", "", "7"],
]
TIES = [
    ["interview__key", "interview__id", "ties__id", "partner"],
    ["11-11", "aaa", "0", "Oak"],
    ["22-22", "bbb", "0", "Cedar"],
    ["11-11", "aaa", "1", "##N/A##"],
]
GOODS = [
    ["interview__key", "interview__id", "ties__id", "goods__id", "product"],
    ["11-11", "aaa", "1", "0", "flour"],
    ["22-22", "bbb", "0", "0", "salt"],
]
SCRIPT = b"""label define formal 1 `"Yes"' 2 `"No"'
label values formal formal
label variable certs__1 `"Certificates:ISO 9001"'
label variable certs__n2 `"Certificates:Halal"'
"""


def read(sheets, scripts=None, kind="TSV"):
    source = source_of()
    opened = Sheets(sheets, "export.zip", "ZIP")
    opened.scripts = {} if scripts is None else scripts
    source.formats = dict.fromkeys(["export.zip"], FileFormat(kind))
    return read_survey_solutions(opened, source), source


def export_with(main=MAIN, ties=TIES, goods=GOODS):
    return {"goods": goods, "form": main, "ties": ties, "interview__errors": [["interview__id"], ["aaa"]]}


def codes(source):
    return [code for code, _ in said(source)]


def test_the_tool_is_known_by_its_columns():
    assert is_survey_solutions({"x": [["interview__key"]]})
    assert is_survey_solutions({"x": [["a"]], "y": [["INTERVIEW__ID"]]})
    assert not is_survey_solutions({"x": [["interview", "id"]]})


def test_levels_hang_together_by_interview_and_roster_codes():
    export, source = read(export_with(), {"form.do": SCRIPT})
    assert export.root == "form"
    assert list(export.parts) == ["form", "ties", "goods"]
    assert export.parts["ties"].parent_at.tolist() == [0, 1, 0]
    assert export.parts["goods"].parent_at.tolist() == [2, 1]
    assert export.submission == "interview__key"
    assert codes(source) == []


def test_files_about_the_interviews_are_no_answers():
    export, _ = read(export_with(), {"form.do": SCRIPT})
    assert "interview__errors" not in export.parts


def test_codes_of_what_was_not_answered_are_missing():
    rows = read(export_with(), {"form.do": SCRIPT})[0].parts["form"].rows
    assert rows["name"].isna().tolist() == [False, False, True]
    assert rows["workers"].isna().tolist() == [False, True, True]
    assert rows["certs/ISO 9001"].isna().tolist() == [False, True, True]


def test_labels_stand_for_codes_and_choices_for_their_numbers():
    rows = read(export_with(), {"form.do": SCRIPT})[0].parts["form"].rows
    assert rows["formal"].fillna("").tolist() == ["Yes", "No", ""]
    assert {"certs/ISO 9001", "certs/Halal"} <= set(rows.columns)


def test_a_code_without_a_label_stays_and_a_script_may_be_called_in_capitals():
    main = [MAIN[0], [*MAIN[1][:3], "9", *MAIN[1][4:]], [*MAIN[2][:3], "2.0", *MAIN[2][4:]]]
    rows = read(export_with(main=main), {"FORM.DO": SCRIPT})[0].parts["form"].rows
    assert rows["formal"].tolist() == ["9", "No"]


def test_two_choices_of_one_label_do_not_become_one_column():
    script = SCRIPT.replace(b"Halal", b"ISO 9001")
    headers = read(export_with(), {"form.do": script})[0].parts["form"].headers
    assert {"certs/ISO 9001", "certs__n2"} <= set(headers)


def test_codes_that_nothing_explains_are_known_as_such():
    assert read(export_with())[0].has_codes_only
    assert read(export_with(), {"form.do": b"\xff\xfenothing"})[0].has_codes_only
    assert not read(export_with(), {"form.do": SCRIPT})[0].has_codes_only
    # Files of Stata and SPSS carry their labels themselves.
    assert not read(export_with(), kind="DTA")[0].has_codes_only


def test_rosters_alone_are_no_survey():
    export, source = read({"ties": TIES})
    assert export is None
    assert "only rosters" in source.findings.errors[0].message()


def test_a_dialect_that_was_declared_for_another_file_is_named():
    export, source = read({"data": [["name"], ["Cedar"]]})
    assert export is None
    assert "[mapping] dialect" in source.findings.errors[0].message()


def test_files_of_another_questionnaire_are_left_out_and_told():
    export, source = read({**export_with(), "other": [["interview__id", "x"], ["zzz", "1"]]}, {"form.do": SCRIPT})
    assert export.root == "form"
    assert "other" not in export.parts
    assert codes(source) == ["E11"]


def test_E11_an_interview_that_came_twice_counts_once_with_one_copy_of_its_rows():
    twice = export_with([*MAIN, MAIN[1]], [*TIES, *TIES[1:2], TIES[3]], [*GOODS, GOODS[1]])
    export, source = read(twice, {"form.do": SCRIPT})
    assert export.parts["form"].rows["name"].fillna("").tolist() == ["Oak", "", "Cedar"]
    assert len(export.parts["ties"].rows) == 3
    assert sorted(export.parts["goods"].rows["product"]) == ["flour", "salt"]
    assert codes(source) == ["E11"]


def test_E11_rows_of_no_interview_are_told():
    export, source = read(export_with(ties=[*TIES, ["99", "lost", "0", "Yew"]]), {"form.do": SCRIPT})
    assert len(export.parts["ties"].rows) == 3
    assert "rows 5" in source.findings.warnings[0].message()


def test_codes_alone_of_our_own_form_are_refused_with_what_to_do(tmp_path):
    columns = (
        "enterprise_id name name_alt sector stage workers women_workers youth_workers monthly_income turnover "
        "energy_use formal founded consent consent_publish place location"
    ).split()
    main = [["interview__key", "interview__id", *columns], ["11-11", "aaa", *["1"] * len(columns)]]
    path = write_archive(tmp_path / "export.zip", {"form.tab": main}, "\t")
    (problem,) = refused(path)
    assert (problem.code, problem.file) == ("E11", "form.tab")
    assert ".do files" in problem.message()


@pytest.mark.parametrize("missing", ["-999999999", "-999999999.0", "##N/A##", "-9999999999999990"])
def test_every_code_for_not_answered_is_known(missing):
    main = [MAIN[0], [*MAIN[1][:4], missing, *MAIN[1][5:]]]
    assert read(export_with(main=main), {"form.do": SCRIPT})[0].parts["form"].rows["workers"].isna().all()
