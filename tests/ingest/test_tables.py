"""FAULTS A03, A09 to A23: header, fields and cells of text tables."""

import pytest

from clusternet.errors import InputError
from clusternet.ingest import read_survey

REGISTER = "enterprise_id,name,place\nE1,Cedar,Old town\nE2,Oak,Harbour\nE3,Beech,Harbour\n"


def places(problems):
    return [(problem.code, problem.row) for problem in problems]


def test_A03_header_only(write_survey):
    folder = write_survey(linkages="source,target,layer\n")
    with pytest.raises(InputError, match="no rows below the header"):
        read_survey(folder)
    assert len(read_survey(folder, allow_empty=True).linkages) == 0


def test_A09_nul_is_found_in_its_cell(refused):
    (problem,) = refused(enterprises="enterprise_id,name\nE1,Cedar\nE2,O\x00ak\n" + "E3,x\n" * 1)
    assert (problem.code, problem.row, problem.column) == ("A09", 3, "name")


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_A10_line_ends_make_no_difference(write_survey, end):
    survey = read_survey(write_survey(enterprises=REGISTER.replace("\n", end)))
    assert survey.enterprises["name"].tolist() == ["Cedar", "Oak", "Beech"]
    assert survey.enterprises.index.tolist() == [2, 3, 4]


def test_A10_mixed_line_ends(write_survey):
    survey = read_survey(write_survey(enterprises="enterprise_id,name\r\nE1,Cedar\nE2,Oak\rE3,Beech"))
    assert survey.enterprises["enterprise_id"].tolist() == ["E1", "E2", "E3"]


def test_A11_line_break_in_a_cell_keeps_row_numbers_right(refused):
    problems = refused(enterprises='enterprise_id,name,workers\nE1,"Cedar\nDoors",3\nE2,Oak,-1\nE3,Beech,2\n')
    assert places(problems) == [("C12", 3)]


def test_A12_unclosed_quote_names_the_row_where_it_opens(refused):
    (problem,) = refused(enterprises='enterprise_id,name\nE1,Cedar\nE2,"Oak\nE3,Beech\n')
    assert (problem.code, problem.row) == ("A12", 3)


def test_A13_row_with_more_fields(refused):
    problems = refused(enterprises=REGISTER.replace("E2,Oak,Harbour", "E2,Oak, Ltd,Harbour"))
    assert places(problems) == [("A13", 3)]


def test_A14_all_rows_one_field_longer(refused):
    (problem,) = refused(enterprises="enterprise_id,name\nE1,Cedar,1\nE2,Oak,2\nE3,Beech,3\n")
    assert problem.code == "A14"
    assert (problem.values["expected"], problem.values["found"]) == (2, 3)


def test_A15_short_rows(refused, warned):
    assert places(refused(linkages="source,target,layer\nE1,E2\nE2,E3,stock\n")) == [("A15", 2)]


def test_A15_short_rows_of_optional_columns(warned):
    (problem,) = [p for p in warned(enterprises=REGISTER.replace("E2,Oak,Harbour", "E2,Oak")) if p.code == "A15"]
    assert (problem.row, problem.values["count"]) == (3, 1)


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_A16_separator_is_found_and_told(write_survey, separator):
    survey = read_survey(write_survey(enterprises=REGISTER.replace(",", separator)))
    assert survey.enterprises["place"].tolist() == ["Old town", "Harbour", "Harbour"]
    assert [problem.code for problem in survey.problems].count("A16") == 1


def test_A16_contract_columns_decide(write_survey):
    survey = read_survey(write_survey(enterprises="enterprise_id;name;a,b\nE1;x;1,2\nE2;y;3,4\nE3;z;5,6\n"))
    assert survey.enterprises["a,b"].tolist() == ["1,2", "3,4", "5,6"]


def test_A16_ambiguous(tmp_path):
    (tmp_path / "net.csv").write_text("x;a,b\na;0,1\nb;1,0\n")
    (tmp_path / "study.toml").write_text('[mapping]\nkind = "roster"\nfile = "net.csv"\nlayer = "stock"\n')
    with pytest.raises(InputError, match="A16"):
        read_survey(tmp_path)


def test_A16_declared(tmp_path):
    (tmp_path / "net.csv").write_text("x;a,b;c\n")
    (tmp_path / "study.toml").write_text('[mapping]\nseparator = ":"\n')
    with pytest.raises(InputError, match=r"mapping\.separator"):
        read_survey(tmp_path)


def test_A19_spaces_in_the_header(write_survey):
    header = "\u200benterprise_id ,\N{NO-BREAK SPACE}name"
    survey = read_survey(write_survey(enterprises=header + "\nE1,a\nE2,b\nE3,c\n"))
    assert [problem.code for problem in survey.problems].count("A19") == 2
    assert survey.enterprises["name"].tolist() == ["a", "b", "c"]


def test_A20_duplicate_columns(refused):
    (problem,) = refused(enterprises="enterprise_id,name,place,name\nE1,a,b,c\n")
    assert problem.code == "A20"
    assert problem.values["positions"] == "2, 4"


def test_A21_near_miss(refused):
    (problem,) = refused(enterprises="Entreprise_ID,name\nE1,a\n")
    assert (problem.code, problem.column, problem.values["near"]) == ("A21", "enterprise_id", "Entreprise_ID")


def test_A21_nothing_near(refused):
    (problem,) = refused(linkages="source,qqq,layer\nE1,E2,stock\n")
    assert (problem.code, problem.values["name"]) == ("A21", "target")


def test_A21_further_columns(write_survey):
    enterprises = "enterprise_id,name,worker,owner\nE1,a,3,NA\nE2,b,4,\nE3,c,5,None\n"
    linkages = "source,target,layer,remark\nE1,E2,stock,x\n"
    survey = read_survey(write_survey(enterprises=enterprises, linkages=linkages))
    found = {(problem.file, problem.column) for problem in survey.problems if problem.code == "A21"}
    assert found == {("enterprises.csv", "worker"), ("linkages.csv", "remark")}
    assert survey.enterprises["owner"].fillna("(missing)").tolist() == ["NA", "(missing)", "None"]
    assert "remark" not in survey.linkages


def test_A21_column_without_name(refused):
    (problem,) = refused(enterprises="enterprise_id,name,\nE1,a,3\n")
    assert (problem.code, problem.row, problem.values["position"]) == ("A21", 1, 3)


def test_B07_title_above_the_header(refused):
    (problem,) = refused(enterprises="Survey of 2024\n\n" + REGISTER)
    assert (problem.code, problem.row) == ("B07", 3)


def test_A22_cut_in_the_middle_of_a_row(refused):
    (problem,) = refused(enterprises="enterprise_id,name,place\nE1,a,b\nE2,a,b\nE3,c")
    assert (problem.code, problem.row) == ("A22", 4)


def test_A23_cell_beyond_the_limit(refused):
    (problem,) = refused(enterprises=REGISTER.replace("Harbour", "x" * 40_000, 1))
    assert (problem.code, problem.row, problem.column) == ("A23", 3, "place")
    assert len(problem.message()) < 200


def test_A23_endless_cell_stops_the_reader(refused):
    (problem,) = refused(enterprises=REGISTER.replace("Harbour", "x" * 10_000_000, 1))
    assert (problem.code, problem.row) == ("A23", 3)


def test_C17_name_beyond_the_limit(refused):
    (problem,) = refused(enterprises=REGISTER.replace("Oak", "x" * 100_000))
    assert (problem.code, problem.row, problem.column) == ("C17", 3, "name")


def test_A24_twenty_thousand_columns(refused):
    (problem,) = refused(enterprises=",".join(["a"] * 20_000) + "\n")
    assert problem.code == "A24"


def test_blank_rows_keep_the_numbers_of_the_others(write_survey):
    survey = read_survey(write_survey(enterprises="enterprise_id,name\nE1,a\n,\n\nE2,b\nE3,c\n\n"))
    assert survey.enterprises.index.tolist() == [2, 5, 6]
    assert [(p.code, p.row) for p in survey.problems if p.code == "A15"] == [("A15", 3)]
