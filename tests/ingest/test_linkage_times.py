"""FAULTS D12: linkages and foundings at impossible times; no clock decides."""

from clusternet.ingest import read_survey

REGISTER = "enterprise_id,name,founded\nE1,a,1990\nE2,b,2005-06-01\nE3,c,\n"


def d12(survey):
    return [(p.file, p.row, p.column, p.values["count"]) for p in survey.problems if p.code == "D12"]


def test_d12_before_an_end_was_founded(write_survey):
    linkages = (
        "source,target,layer,since\nE1,E2,supply,2004\nE2,E1,stock,2005-01-01\nE1,E3,stock,1990\nE3,E1,stock,1989\n"
    )
    survey = read_survey(write_survey(enterprises=REGISTER, linkages=linkages))
    assert d12(survey) == [("linkages.csv", 2, "since", 2)]
    (problem,) = [p for p in survey.problems if p.code == "D12"]
    assert (problem.severity, problem.values["rows"]) == ("warning", "2, 5")
    assert "founded" in problem.message("ar")
    assert survey.linkages["since"].tolist() == ["2004", "2005-01-01", "1990", "1989"]


def test_d12_partners_outside_have_no_founding(write_survey):
    linkages = "source,target,layer,since\nE1,Somebody,supply,1991\nE1,E2,supply,2010\n"
    assert d12(read_survey(write_survey(enterprises=REGISTER, linkages=linkages))) == []


def test_d12_later_than_the_survey_is_told_where_its_year_is_declared(write_survey):
    register = REGISTER + "E4,d,2031\n"
    linkages = "source,target,layer,since\nE1,E2,supply,2031-01-01\nE1,E3,supply,2024\n"
    assert d12(read_survey(write_survey(enterprises=register, linkages=linkages))) == []
    declared = write_survey("declared", enterprises=register, linkages=linkages, study__toml="survey_year = 2024\n")
    assert d12(read_survey(declared)) == [("enterprises.csv", 5, "founded", 1), ("linkages.csv", 2, "since", 1)]


def test_d12_what_is_no_year_is_left_aside(write_survey):
    register = "enterprise_id,name,founded\nE1,a,long ago\nE2,b,2005\nE3,c,\n"
    linkages = "source,target,layer,since\nE1,E2,supply,then\nE2,E3,supply,2006\n"
    survey = read_survey(write_survey(enterprises=register, linkages=linkages))
    assert d12(survey) == [("enterprises.csv", 2, "founded", 1), ("linkages.csv", 2, "since", 1)]


def test_columns_that_are_added_are_in_no_survey_without_them(write_survey):
    survey = read_survey(write_survey())
    assert "founded" not in survey.enterprises.columns
    assert "since" not in survey.linkages.columns
