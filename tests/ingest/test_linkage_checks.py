"""FAULTS C18 and group D: what is refused among the nominations, and who is meant."""

import subprocess
import sys

import pytest

from clusternet.errors import MOST_PROBLEMS, InputError
from clusternet.ingest import build_network, read_survey


def rows(header, *lines):
    return "\n".join([f"source,target,layer{header}", *lines]) + "\n"


def found(problems, code):
    return [(problem.row, problem.column) for problem in problems if problem.code == code]


def test_C18_nobody_of_the_register(refused):
    (problem,) = refused(linkages=rows("", "E1,E2,stock", "X,Y,stock"))
    assert (problem.code, problem.row, problem.value) == ("C18", 3, "X")


def test_C18_unknown_reporter(refused):
    (problem,) = refused(linkages=rows(",reporter", "E1,E2,stock,E1", "E1,E2,stock,E9"))
    assert (problem.code, problem.row, problem.column) == ("C18", 3, "reporter")


def test_C18_unknown_source_is_reported_by_its_target(write_survey):
    network = build_network(read_survey(write_survey(linkages=rows("", "Big Mill,E1,supply"))))
    assert network.outside_names == ("Big Mill",)
    assert network.linkages["n_reports"].tolist() == [1]


def test_D01_missing_weights(refused):
    problems = refused(linkages=rows(",weight", "E1,E2,stock,", "E2,E3,stock,1", "E1,E3,stock,nan"))
    assert sorted(found(problems, "D01")) == [(2, "weight"), (4, "weight")]


def test_D01_declared_missing_weight(write_survey):
    folder = write_survey(linkages=rows(",weight", "E1,E2,stock,", "E2,E3,stock,3"))
    survey = read_survey(folder, missing_weight=2)
    assert survey.linkages["weight"].tolist() == [2, 3]
    assert found(survey.problems, "D01") == [(2, "weight")]


def test_D01_empty_column_counts_as_none(write_survey):
    survey = read_survey(write_survey(linkages=rows(",weight", "E1,E2,stock,", "E2,E3,stock,")))
    assert survey.linkages["weight"].tolist() == [1, 1]


def test_D02_D03_impossible_weights(refused):
    problems = refused(
        linkages=rows(",weight", "E1,E2,stock,inf", "E1,E2,stock,-inf", "E1,E3,stock,1e999", "E1,E3,stock,-2")
    )
    assert sorted(found(problems, "D02")) == [(2, "weight"), (3, "weight"), (4, "weight")]
    assert found(problems, "D03") == [(5, "weight")]


def test_D02_sum_that_overflows(write_survey):
    survey = read_survey(write_survey(linkages=rows(",weight", "E1,E2,stock,1e308", "E1,E2,stock,1e308")))
    with pytest.raises(InputError):
        build_network(survey)


def test_D10_unknown_layer_is_listed_once(refused):
    problems = refused(linkages=rows("", *["E1,E2,stocks"] * 500, "E1,E2,gossip"))
    assert [(p.code, p.row, p.values["count"], p.values["near"]) for p in problems] == [
        ("D10", 2, 500, "stock"),
        ("D10", 502, 1, ""),
    ]


def test_D10_several_units_of_amounts_are_told(warned):
    linkages = rows(",amount,unit", "E1,E2,supply,3,USD", "E2,E3,supply,4,LCU", "E1,E3,stock,4,t")
    (problem,) = [problem for problem in warned(linkages=linkages) if problem.code == "D10"]
    assert (problem.column, problem.value, problem.values["units"]) == ("unit", "supply", "LCU, USD")


def test_D11_blank_ends(refused):
    problems = refused(linkages=rows("", ",,stock", "E1,,stock", ",E2,stock", "E1,E2,"))
    assert found(problems, "D11") == [(2, "source"), (4, "source"), (2, "target"), (3, "target")]
    assert found(problems, "D10") == [(5, "layer")]


def test_problems_beyond_the_limit_are_counted(refused):
    problems = refused(linkages=rows(",weight", *["E1,E2,stock,-1"] * 1000))
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1].values["more"] == 1000 - MOST_PROBLEMS


def test_C04_partner_named_in_words_is_found_exactly(write_survey):
    enterprises = "enterprise_id,name,name_alt\nE1,Cedar Doors,أبواب الأرز\nE2,Oak  Tables,\nE3,Beech,\n"
    survey = read_survey(
        write_survey(
            enterprises=enterprises,
            linkages=rows("", "E2,cedar doors,stock", "E3,ابواب الارز,stock", "E1,OAK TABLES,stock", "E1,Oak,stock"),
        )
    )
    assert survey.linkages["target"].tolist() == ["E1", "E1", "E2", "Oak"]
    assert survey.original["linkages"]["target"].iloc[0] == "cedar doors"
    exact = [problem for problem in survey.problems if problem.code == "C04" and "exactly" in problem.message()]
    assert [problem.values["count"] for problem in exact] == [3]


def told(survey, words):
    return [(p.column, p.row, p.values["count"]) for p in survey.problems if p.code == "C04" and words in p.message()]


def test_C04_nearly_the_same_name_is_taken_and_counted(write_survey):
    enterprises = "enterprise_id,name\nE1,شركة النور للأغذية ذ.م.م\nE2,مؤسسة الأمل\nE3,Cedar Doors\n"
    lines = [
        "E2,شركه النور للاغذيه,finance",
        'E3,"=HYPERLINK(""http://x"",""y"")",supply',
        "E1,Cedar Dors Ltd,stock",
        "E1,Cedar,stock",
    ]
    survey = read_survey(write_survey(enterprises=enterprises, linkages=rows("", *lines)))
    assert survey.linkages["target"].tolist() == ["E1", '=HYPERLINK("http://x","y")', "E3", "Cedar"]
    assert survey.original["linkages"]["target"].iloc[2] == "Cedar Dors Ltd"
    assert told(survey, "taken for enterprises") == [("target", 2, 2)]
    assert told(survey, "may be enterprises") == [("target", 5, 1)]
    assert all("clusternet match" in p.message() for p in survey.problems if p.code == "C04")
    # Names are confidential: no message has one.
    assert not any("Cedar" in p.line() or "النور" in p.line() for p in survey.problems)


@pytest.mark.parametrize(("certainty", "taken"), [("0.5", True), ("1", False), ("1.0", False)])
def test_C04_the_study_says_how_certain_it_must_be(write_survey, certainty, taken):
    settings = f"[mapping]\ncertainty = {certainty}\n"
    survey = read_survey(
        write_survey(study__toml=settings, linkages=rows("", "E1,Oak Table,stock", "E3,OAK tables,stock"))
    )
    assert survey.linkages["target"].tolist() == ["E2" if taken else "Oak Table", "E2"]
    assert bool(told(survey, "may be enterprises")) != taken


def test_C04_either_end_may_be_named_in_words_and_the_other_end_reports(write_survey):
    lines = rows(",reporter", "Oak Table,E1,supply,", "oak tables,E3,supply,E2", "E1,Beech Chair,supply,")
    survey = read_survey(write_survey(linkages=lines))
    assert survey.linkages["source"].tolist() == ["E2", "E2", "E1"]
    assert survey.linkages["reporter"].fillna("").tolist() == ["E1", "E2", ""]
    assert build_network(survey).linkages["n_reports"].tolist() == [1, 1, 1]
    assert told(survey, "taken for enterprises") == [("source", 2, 1), ("target", 4, 1)]


def test_C04_the_order_of_rows_changes_nothing(write_survey):
    lines = ["E1,Oak Table,stock", "E1,Beech Chair,stock", "E2,Cedar Dors,stock", "E2,Oaken Table,stock"]
    found = []
    for number, order in enumerate((lines, lines[::-1])):
        survey = read_survey(write_survey(f"survey{number}", linkages=rows("", *order)))
        found.append(sorted(zip(survey.original["linkages"]["target"], survey.linkages["target"], strict=True)))
    assert found[0] == found[1]


def test_a_survey_without_free_texts_loads_no_matching_library(write_survey):
    folder = write_survey()
    code = (
        "import sys; from clusternet.ingest import read_survey; read_survey(sys.argv[1]); "
        "print([name for name in ('rapidfuzz', 'sklearn') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_C03_two_bearers_of_a_name_leave_the_partner_outside(write_survey):
    enterprises = "enterprise_id,name\nE1,Al Noor\nE2,AL NOOR\nE3,x\n"
    survey = read_survey(write_survey(enterprises=enterprises, linkages=rows("", "E3,al noor,stock")))
    (problem,) = [problem for problem in survey.problems if problem.code == "C03"]
    assert (problem.row, problem.values["register_rows"]) == (2, "2, 3")
    assert build_network(survey).outside_names == ("al noor",)
