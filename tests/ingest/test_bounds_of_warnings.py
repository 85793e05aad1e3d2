"""When a warning begins: each count and bound from both sides."""

import numpy as np
import pytest

from clusternet.errors import MOST_PROBLEMS
from clusternet.ingest import read_survey
from clusternet.ingest.findings import Findings, Origin, Place, listed
from clusternet.ingest.units import one_spelling

HEADER = "source,target,layer,weight\n"


def register(size):
    return "enterprise_id,name\n" + "".join(f"E{number},n{number}\n" for number in range(size))


def told(survey, code):
    return [problem for problem in survey.problems if problem.code == code]


@pytest.mark.parametrize(
    ("spokes", "others", "hubs"),
    [
        # Ten pairs are enough to speak of a hub, and half of them make one.
        (5, 5, ["E0"]),
        (4, 6, []),
        (5, 4, []),
        (6, 6, ["E0"]),
        (5, 6, []),
    ],
)
def test_D13_a_hub_has_half_of_at_least_ten_pairs(write_survey, spokes, others, hubs):
    star = [f"E{number},E0,finance,1" for number in range(1, spokes + 1)]
    # The others are linked in pairs of their own, each named twice: a pair counts once.
    away = [f"E{20 + 2 * number},E{21 + 2 * number},finance,1" for number in range(others)]
    back = [f"E{21 + 2 * number},E{20 + 2 * number},finance,1" for number in range(others)]
    lines = HEADER + "\n".join([*star, *away, *back]) + "\n"
    survey = read_survey(write_survey(enterprises=register(40), linkages=lines))
    assert [problem.value for problem in told(survey, "D13")] == hubs


def test_D13_neither_a_loop_nor_a_weight_of_0_makes_a_pair(write_survey):
    lines = HEADER + "".join(f"E{number},E0,finance,1\n" for number in range(1, 10))
    lines += "E0,E0,finance,1\nE10,E0,finance,0\n"
    assert told(read_survey(write_survey(enterprises=register(12), linkages=lines)), "D13") == []


@pytest.mark.parametrize(("most", "told_of"), [("1e12", 0), ("2e12", 1)])
def test_D05_weights_may_differ_by_a_million_millions(write_survey, most, told_of):
    lines = HEADER + f"E0,E1,finance,{most}\nE1,E2,finance,1\nE2,E0,finance,0\n"
    found = told(read_survey(write_survey(enterprises=register(3), linkages=lines)), "D05")
    assert [(problem.row, problem.values["least"]) for problem in found] == [(3, 1.0)] * told_of


def test_C19_the_isolated_are_those_without_a_link_that_counts(write_survey):
    lines = HEADER + "E0,E1,finance,1\nE2,E3,finance,0\nE4,E4,finance,1\n"
    (problem,) = told(read_survey(write_survey(enterprises=register(5), linkages=lines)), "C19")
    assert (problem.row, problem.values["count"], problem.values["rows"]) == (4, 3, "4, 5, 6")


def test_D07_a_repeated_tie_is_of_the_same_reporter_layer_and_direction(write_survey):
    head = "source,target,layer,reporter\n"
    lines = "E0,E1,supply,E0\nE1,E0,supply,E0\nE0,E1,supply,E1\nE0,E1,finance,E0\n"
    assert told(read_survey(write_survey("one", enterprises=register(2), linkages=head + lines)), "D07") == []
    again = read_survey(write_survey("two", enterprises=register(2), linkages=head + lines + "E0,E1,supply,E0\n"))
    (problem,) = told(again, "D07")
    assert (problem.row, problem.values["count"]) == (6, 1)


@pytest.mark.parametrize(
    ("place", "outside"),
    [
        ("30,35", 0),
        ("33,39", 0),
        ("29.99,35", 1),
        ("33.01,39", 1),
        ("30,34.99", 1),
        ("33,39.01", 1),
    ],
)
def test_C11_the_bounds_of_the_study_belong_to_it(write_survey, place, outside):
    rows = f"enterprise_id,name,latitude,longitude\nE0,a,{place}\nE1,b,31,36\n"
    survey = read_survey(
        write_survey(enterprises=rows, linkages=HEADER + "E0,E1,finance,1\n", study__toml="bounds = [30, 35, 33, 39]\n")
    )
    assert [problem.row for problem in told(survey, "C11")] == [2] * outside


@pytest.mark.parametrize(
    ("place", "codes"), [("0,0", ["C11"]), ("0,36", []), ("31,0", []), ("31,", ["C11"]), (",", [])]
)
def test_C11_nowhere_is_0_0_and_half_a_place_is_told(write_survey, place, codes):
    rows = f"enterprise_id,name,latitude,longitude\nE0,a,{place}\nE1,b,31,36\n"
    survey = read_survey(write_survey(enterprises=rows, linkages=HEADER + "E0,E1,finance,1\n"))
    assert [problem.code for problem in told(survey, "C11")] == codes
    if place == "0,0":
        assert np.isnan(survey.enterprises[["latitude", "longitude"]].to_numpy(dtype=float)[0]).all()


@pytest.mark.parametrize(("latitude", "swapped"), [("90", False), ("90.5", True)])
def test_C11_a_latitude_beyond_90_that_fits_as_a_longitude_is_swapped(write_survey, refused, latitude, swapped):
    rows = f"enterprise_id,name,latitude,longitude\nE0,a,{latitude},35\nE1,b,31,36\n"
    files = {"enterprises": rows, "linkages": HEADER + "E0,E1,finance,1\n"}
    if swapped:
        assert "look swapped: 1 rows" in refused(**files)[0].message()
    else:
        assert told(read_survey(write_survey(**files)), "C11") == []


@pytest.mark.parametrize("size", [1, 10, 11])
def test_ten_rows_are_listed(size):
    text = listed(range(1, size + 1))
    assert text.endswith(", …") == (size > 10)
    assert text.removesuffix(", …").split(", ") == [str(row) for row in range(1, min(size, 10) + 1)]


@pytest.mark.parametrize("more", [0, 1, 7])
def test_beyond_the_limit_problems_are_counted(more):
    findings = Findings()
    findings.each(
        "A13", "{value}", Place("x.csv"), list(range(MOST_PROBLEMS + more)), values=range(MOST_PROBLEMS + more)
    )
    assert [problem.row for problem in findings.errors[:MOST_PROBLEMS]] == list(range(MOST_PROBLEMS))
    assert [problem.values["more"] for problem in findings.errors[MOST_PROBLEMS:]] == [more] * (more > 0)


def test_what_is_wrong_with_one_answer_is_told_once_however_many_rows_it_gives():
    origin = Origin([("a.xlsx", "main")], [0, 0, 0], [5, 5, 6], [{"name": "q1"}])
    findings = Findings()
    for row in (0, 1, 2):
        findings.error("A13", "wrong", Place("a.xlsx", "main", origin), row=row, column="name")
    assert [(problem.row, problem.column) for problem in findings.errors] == [(5, "q1"), (6, "q1")]
    findings.error("A13", "wrong", Place("b.csv"), row=1)
    findings.error("A13", "wrong", Place("b.csv"), row=1)
    assert len(findings.errors) == 4


@pytest.mark.parametrize(
    ("counts", "kept"),
    [
        ({"Oak": 2, "oak": 1}, "Oak"),
        ({"Oak": 1, "oak": 2}, "oak"),
        # Of equally frequent ones not the shouted one, and then the first.
        ({"OAK": 1, "oak": 1}, "oak"),
        ({"OAK": 2, "oak": 1}, "OAK"),
        ({"oak": 1, "Oak": 1}, "Oak"),
    ],
)
def test_D10_the_most_frequent_spelling_is_kept(counts, kept):
    assert set(one_spelling(counts, counts.values()).values()) == {kept}
