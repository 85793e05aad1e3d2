"""Problems on a terminal: by file and sheet, errors first, the same one folded, the next step at the end."""

from clusternet.errors import Problem
from clusternet.report.problem_list import counts_sentence, next_steps, problem_lines


def problem(row, severity="error", code="D02", file="linkages.csv", sheet="", value="", template="Bad."):
    return Problem(code, severity, template, {}, file, sheet, row, "weight", value)


def test_groups_by_file_and_sheet_with_errors_first():
    found = [problem(3, "warning", "A19"), problem(9, sheet="b"), problem(5), problem(4, code="D03")]
    assert problem_lines(found, "en") == [
        "",
        "linkages.csv: 2 errors, 1 warning",
        "  error [D03] linkages.csv, row 4, column weight: Bad.",
        "  error [D02] linkages.csv, row 5, column weight: Bad.",
        "  warning [A19] linkages.csv, row 3, column weight: Bad.",
        "",
        "linkages.csv, sheet b: 1 error",
        "  error [D02] linkages.csv, sheet b, row 9, column weight: Bad.",
    ]


def test_the_same_problem_in_many_rows_is_told_once():
    few = problem_lines([problem(row) for row in (2, 3, 4)], "en")
    assert len(few) == 5
    many = problem_lines([problem(row, value="x" if row == 3 else "") for row in range(2, 202)], "en")
    assert len(many) == 4
    assert many[1] == "linkages.csv: 200 errors"
    assert '199 more times (rows 3: "x", 4, 5' in many[3]
    assert many[3].endswith(", …).")


def test_a_line_about_further_rows_counts_as_so_many():
    more = Problem("D02", "error", "{more} more", {"more": 50}, "linkages.csv")
    assert counts_sentence([problem(2), more, problem(3, "warning")], "en") == "51 errors, 1 warning"
    assert counts_sentence([problem(2), problem(3)], "ar") == "خطآن"
    assert counts_sentence([], "en") == ""


def test_a_problem_of_no_file_belongs_to_the_whole_survey():
    assert problem_lines([Problem("E09", "error", "Odd.")], "en")[1] == "The survey as a whole: 1 error"


def test_next_steps_name_a_code_that_has_a_card():
    assert any("run the check again" in line for line in next_steps([problem(2)], "en"))
    assert any("clusternet codes D02" in line for line in next_steps([problem(2)], "en"))
    assert next_steps([problem(2, "warning", "A19")], "en") == [
        "The survey can be studied: clusternet study SURVEY --out DIR",
        "clusternet codes A19 explains A19 with an example; so for every code in brackets.",
    ]
    assert next_steps([], "en") == ["The survey can be studied: clusternet study SURVEY --out DIR"]


def test_settings_have_keys_and_no_columns():
    line = Problem("E09", "error", "Odd.", file="study.toml", column="titel").line()
    assert line == "[E09] study.toml, key titel: Odd."
