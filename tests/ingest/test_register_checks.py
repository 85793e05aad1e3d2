"""FAULTS group C and C-like numbers of the register."""

import pytest

from clusternet.ingest import read_survey


def rows(header, *lines):
    return "\n".join([f"enterprise_id,name{header}", *lines]) + "\n"


def found(problems, code):
    return [(problem.row, problem.column) for problem in problems if problem.code == code]


def test_C01_identical_rows_are_left_out_and_counted(write_survey):
    survey = read_survey(write_survey(enterprises=rows("", "E1,a", "E2,b", "E1,a", "E3,c", "E1,a")))
    (problem,) = [problem for problem in survey.problems if problem.code == "C01"]
    assert (problem.row, problem.values["count"]) == (4, 2)
    assert survey.enterprises.index.tolist() == [2, 3, 5]


def test_C02_conflicting_rows_name_both(refused):
    (problem,) = refused(enterprises=rows(",place", "E1,a,x", "E2,b,x", "E1,a,y", "E3,c,x"))
    assert (problem.code, problem.row, problem.values["first"]) == ("C02", 4, 2)


def test_C03_same_name_stays_two_enterprises(write_survey):
    survey = read_survey(write_survey(enterprises=rows("", "E1,Al Noor", "E2,Al Noor", "E3,x")))
    assert len(survey.enterprises) == 3


def test_C05_composed_and_decomposed_ids_are_one(write_survey):
    linkages = "source,target,layer\nCafe\u0301,E2,stock\nE2,E3,stock\n"
    survey = read_survey(write_survey(enterprises=rows("", "Caf\u00e9,a", "E2,b", "E3,c"), linkages=linkages))
    assert survey.linkages["source"].iloc[0] == "Café"
    assert found(survey.problems, "C05") == [(2, "source")]


def test_C06_invisible_characters_are_taken_out_of_ids_and_not_of_names(write_survey):
    survey = read_survey(write_survey(enterprises=rows("", "E1\u200f,a\u200fb", "\u202aE2\u202c,b", "E3,c")))
    assert survey.enterprises["enterprise_id"].tolist() == ["E1", "E2", "E3"]
    assert survey.enterprises["name"].iloc[0] == "a\u200fb"
    assert found(survey.problems, "C06") == [(2, "enterprise_id")]


def test_C06_look_alikes_are_told(write_survey):
    survey = read_survey(write_survey(enterprises=rows("", "E1,a", "E2,b", "E3,c", "\u0415E,d")))
    assert found(survey.problems, "C06") == [(5, "enterprise_id")]


def test_C07_blank_ids_are_refused(refused):
    problems = refused(enterprises=rows("", "E1,a", ",b", "  ,c"))
    assert found(problems, "C07") == [(3, "enterprise_id"), (4, "enterprise_id")]


@pytest.mark.parametrize(
    "identifiers",
    [
        ("nan", "None", "NULL", "NA"),
        ("1", "1.0", "01", "True"),
        ("9007199254740993", "12345678901234567890", "12E5", "-0"),
    ],
)
def test_C07_C08_C09_ids_are_text(write_survey, identifiers):
    text = rows("", *(f"{identifier},n" for identifier in identifiers))
    linkages = f"source,target,layer\n{identifiers[0]},{identifiers[1]},stock\n"
    survey = read_survey(write_survey(enterprises=text, linkages=linkages))
    assert survey.enterprises["enterprise_id"].tolist() == list(identifiers)


def test_C10_namibia_is_a_place(write_survey):
    survey = read_survey(write_survey(enterprises=rows(",place", "E1,a,NA", "E2,b,", "E3,NA,None")))
    assert survey.enterprises["place"].fillna("(missing)").tolist() == ["NA", "(missing)", "None"]
    assert survey.enterprises["name"].iloc[2] == "NA"


def test_C11_places(refused):
    problems = refused(enterprises=rows(",latitude,longitude", "E1,a,30,31", "E2,b,130,31", 'E3,c,"30,1,5",31'))
    assert ("C11", 3, "latitude", "(hidden)") in {(p.code, p.row, p.column, p.value) for p in problems}
    assert ("C11", 4, "latitude", "(hidden)") in {(p.code, p.row, p.column, p.value) for p in problems}
    assert all("30" not in problem.message() for problem in problems)


def test_C11_swapped(refused):
    problems = refused(enterprises=rows(",latitude,longitude", "E1,a,139.7,35.6", "E2,b,139.8,35.7", "E3,c,,"))
    assert "look swapped" in problems[0].message()


def test_C11_zero_zero_is_missing(write_survey):
    survey = read_survey(write_survey(enterprises=rows(",latitude,longitude", "E1,a,0,0.0", "E2,b,0,31", "E3,c,,31")))
    assert survey.enterprises["latitude"].isna().tolist() == [True, False, True]
    assert found(survey.problems, "C11") == [(2, "latitude"), (4, "latitude")]


def test_C12_workers(refused):
    text = rows(",workers", "E1,a,-5", "E2,b,1e12", "E3,c,10-49", "E4,d,~20", "E5,e,nan", "E6,f,12.5", "E7,g,")
    problems = refused(enterprises=text)
    assert sorted(found(problems, "C12")) == [(row, "workers") for row in (2, 3, 4, 5, 6)]
    assert {problem.value for problem in problems} == {"-5", "1e12", "10-49", "~20", "nan"}


def test_C12_more_women_than_workers(write_survey):
    survey = read_survey(write_survey(enterprises=rows(",workers,women_workers", "E1,a,3,4", "E2,b,3,3", "E3,c,,2")))
    assert found(survey.problems, "C12") == [(2, "women_workers")]


def test_C12_bands_say_how_to_declare_them(refused):
    register = rows(",workers,monthly_income", "E1,a,10-49,3", "E2,b,~20,100-200", "E3,c,4,5")
    problems = refused(enterprises=register)
    messages = {(problem.row, problem.column): problem.message() for problem in problems}
    assert '[mapping.bands], which number it counts as, for example: "10-49" = 25' in messages[2, "workers"]
    assert '"~20" = 25' in messages[3, "workers"]
    # What an income is stays hidden, in the example as well.
    assert "100" not in messages[3, "monthly_income"]
    assert "[mapping.bands]" in problems[0].message("ar")


def test_C12_declared_bands_are_read_and_counted(write_survey):
    register = rows(",workers", "E1,a,10-49", "E2,b,١٠–٤٩", "E3,c,4")
    folder = write_survey(enterprises=register, study__toml='[mapping.bands]\n"10-49" = 25\n')
    survey = read_survey(folder)
    assert survey.enterprises["workers"].tolist() == [25, 25, 4]
    (problem,) = [problem for problem in survey.problems if problem.code == "C12"]
    assert (problem.severity, problem.column, problem.values["count"]) == ("warning", "workers", 2)


def test_C10_a_column_of_the_offices_own_keeps_namibia(write_survey):
    survey = read_survey(write_survey(enterprises=rows(",country", "E1,a,NA", "E2,b,ZA", "E3,c,None", "E4,d,")))
    assert survey.enterprises["country"].fillna("(missing)").tolist() == ["NA", "ZA", "None", "(missing)"]


def test_C13_sectors(write_survey):
    codes = ["3100", "C3100", "31", "31.", "furniture", "armful", ""]
    text = rows(",sector", *(f"E{i},n{i},{code}" for i, code in enumerate(codes)))
    survey = read_survey(write_survey(enterprises=text, linkages="source,target,layer\nE1,E2,stock\n"))
    expected = ["3100", "3100", "31", "31", "3100", "armful", ""]
    assert survey.enterprises["sector"].fillna("").tolist() == expected
    assert found(survey.problems, "C13") == [(3, "sector"), (6, "sector"), (7, "sector")]


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM", "<script>alert(1)</script>", "../../x"])
def test_C14_C15_C16_names_are_kept_as_they_are(write_survey, name):
    survey = read_survey(write_survey(enterprises=rows("", f"E1,{name}", 'E2,"\tlead"', 'E3,"\rlead"')))
    assert survey.enterprises["name"].tolist() == [name, "\tlead", "\rlead"]


def test_A18_eastern_digits_are_counted(write_survey):
    survey = read_survey(write_survey(enterprises=rows(",workers", "E1,ورشة,١٢", "E2,b,٣٫٥", "E3,c,4")))
    assert survey.enterprises["workers"].tolist() == [12, 3.5, 4]
    (problem,) = [problem for problem in survey.problems if problem.code == "A18"]
    assert problem.values["count"] == 2


def test_A17_comma_is_read_where_it_is_declared(write_survey):
    folder = write_survey(
        enterprises="enterprise_id;name;workers\nE1;a;2,5\nE2;b;3\nE3;c;1.200,5\n",
        study__toml='[mapping]\ndecimal = ","\nthousands = "."\n',
    )
    assert read_survey(folder).enterprises["workers"].tolist() == [2.5, 3, 1200.5]


def test_words_of_yes_and_no(write_survey):
    survey = read_survey(write_survey(enterprises=rows(",formal,respondent", "E1,a,Yes,لا", "E2,b,no,yes", "E3,c,,")))
    assert survey.enterprises["formal"].fillna("").tolist() == ["yes", "no", ""]
    assert survey.enterprises["respondent"].tolist() == ["no", "yes", "yes"]


def test_other_words_are_refused(refused):
    (problem,) = refused(enterprises=rows(",consent_publish", "E1,a,name", "E2,b,named", "E3,c,"))
    assert (problem.row, problem.values["near"]) == (2, "named")


def test_missing_names_show_the_id(write_survey):
    survey = read_survey(write_survey(enterprises=rows("", "E1,", "E2,b", "E3,c")))
    assert survey.enterprises["name"].tolist() == ["E1", "b", "c"]
    assert found(survey.problems, "C07") == [(2, "name")]
