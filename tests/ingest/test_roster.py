"""Roster matrices through [mapping]."""

import pytest

from clusternet.errors import InputError
from clusternet.ingest import build_network, read_survey

SETTINGS = '[mapping]\nkind = "roster"\nfile = "net.csv"\nlayer = "knowledge"\n'
MATRIX = ";A;B;C\nA;0;1;2\nB;1;;0\nC;0;0;0\n"


@pytest.fixture
def roster(tmp_path):
    """Write a matrix, further files and the settings."""

    def write(matrix=MATRIX, settings=SETTINGS, **files):
        (tmp_path / "net.csv").write_text(matrix, encoding="utf-8")
        (tmp_path / "study.toml").write_text(settings, encoding="utf-8")
        for name, content in files.items():
            (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
        return tmp_path

    return write


def refused(folder):
    with pytest.raises(InputError) as caught:
        read_survey(folder)
    return [(problem.code, problem.row, problem.column) for problem in caught.value.problems]


def test_cells_become_nominations_of_their_row(roster):
    survey = read_survey(roster())
    found = survey.linkages[["source", "target", "weight", "reporter"]].to_numpy().tolist()
    assert found == [["A", "B", 1, "A"], ["A", "C", 2, "A"], ["B", "A", 1, "B"]]
    assert survey.linkages.index.tolist() == [2, 2, 3]
    assert len(build_network(survey, ties="intersection").flat) == 1


def test_a_file_may_be_given_itself(roster):
    folder = roster()
    assert len(read_survey(folder / "net.csv").linkages) == 3


def test_asked_both_keeps_the_rule_of_the_layer(roster):
    survey = read_survey(roster(settings=SETTINGS + 'asked = "both"\n'))
    assert len(build_network(survey, ties="intersection").ties) == 0


def test_undirected_layer_is_confirmed_by_both_rows(roster):
    survey = read_survey(roster(settings=SETTINGS.replace("knowledge", "stock")))
    network = build_network(survey)
    assert network.linkages["n_reports"].tolist() == [2, 1]
    assert len(build_network(survey, ties="intersection").ties) == 1


def test_properties_and_further_columns(roster):
    properties = "ID;staff;export\nA;3;x\nB;4;y\nC;٥;NA\nD;1;\n"
    settings = SETTINGS + 'properties = "firms.csv"\nid = "ID"\n[mapping.rename]\nstaff = "workers"\n'
    survey = read_survey(roster(settings=settings, firms=properties))
    assert survey.enterprises["workers"].tolist() == [3, 4, 5, 1]
    assert survey.enterprises["export"].iloc[2] == "NA"
    assert survey.enterprises["respondent"].tolist() == ["yes", "yes", "yes", "no"]


def test_several_layers(roster):
    settings = '[mapping]\nkind = "roster"\n[mapping.matrices]\nknowledge = "net.csv"\nstock = "stock.csv"\n'
    survey = read_survey(roster(settings=settings, stock=",A,B,C\nA,,1,\nB,,,\nC,,,\n"))
    assert survey.linkages["layer"].value_counts().to_dict() == {"knowledge": 3, "stock": 1}
    assert len(build_network(survey).ties) == 4


def test_diagonal_is_ignored_and_counted(roster):
    survey = read_survey(roster(MATRIX.replace("A;0", "A;5")))
    (problem,) = [problem for problem in survey.problems if problem.code == "D06"]
    assert (problem.row, problem.values["count"]) == (2, 1)
    assert len(survey.linkages) == 3


def test_columns_without_a_row_did_not_answer(roster):
    survey = read_survey(roster(";A;B;C\nA;0;1;2\nB;1;;0\n"))
    assert survey.enterprises["respondent"].tolist() == ["yes", "yes", "no"]
    assert len(build_network(survey, ties="intersection").ties) == 3


def test_header_without_a_corner(roster):
    assert len(read_survey(roster("A;B;C\nA;0;1;2\nB;1;;0\nC;0;0;0\n")).linkages) == 3


def test_decimal_comma(roster):
    survey = read_survey(roster(MATRIX.replace("2", "2,5"), SETTINGS + 'decimal = ","\n'))
    assert survey.linkages["weight"].tolist() == [1, 2.5, 1]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("A;0;1;2", "A;0;x;2", [("D02", 2, "B")]),
        ("A;0;1;2", "A;0;1;-2", [("D03", 2, "C")]),
        ("A;0;1;2", "A;0;1;nan", [("D01", 2, "C")]),
        ("A;0;1;2", "A;0;1;2,5", [("A17", 2, "C")]),
        ("A;0;1;2", "A;0;1", [("A13", 2, "")]),
        ("\nC;0", "\nX;0", [("A21", 4, "")]),
        ("\nC;0", "\nB;0", [("A21", 3, ""), ("A21", 4, "")]),
        (";A;B;C", ";A;B;B", [("A20", 1, ""), ("A21", 4, "")]),
    ],
)
def test_faults_of_a_matrix_name_row_and_column(roster, old, new, expected):
    assert refused(roster(MATRIX.replace(old, new))) == expected


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ('[mapping]\nkind = "roster"\n', "E09"),
        (SETTINGS.replace("net.csv", "../net.csv"), "A01"),
        (SETTINGS.replace("net.csv", "/etc/passwd"), "A01"),
        (SETTINGS.replace("net.csv", "nothing.csv"), "A01"),
        (SETTINGS.replace("knowledge", "gossip"), "D10"),
        (SETTINGS + 'properties = "net.csv"\nid = "ID"\n', "A21"),
    ],
)
def test_faults_of_the_mapping(roster, settings, code):
    assert refused(roster(settings=settings))[0][0] == code
