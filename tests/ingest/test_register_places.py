"""FAULTS C11: degrees with a comma, swapped columns, places out of bounds."""

import pytest

from clusternet.ingest import read_survey

LINKAGES = "source,target,layer\nE0,E1,stock\n"
BOUNDS = "bounds = [29.1, 34.9, 33.4, 39.3]\n"


@pytest.fixture
def read(write_survey):
    """Read a register with these pairs of latitude and longitude."""

    def read(*places, study="", folder="survey"):
        lines = [f'E{row},n{row},"{latitude}","{longitude}"' for row, (latitude, longitude) in enumerate(places)]
        register = "\n".join(["enterprise_id,name,latitude,longitude", *lines]) + "\n"
        survey = read_survey(write_survey(folder, enterprises=register, linkages=LINKAGES, study__toml=study))
        degrees = survey.enterprises[["latitude", "longitude"]].to_numpy().tolist()
        return degrees, [problem for problem in survey.problems if problem.code == "C11"]

    return read


def test_c11_a_comma_in_degrees_can_only_be_a_decimal_one(read):
    degrees, problems = read(("31,95", "35,9"), ("31.9", "-0,125"), ("٣١،٩", "۳۵٫۵"))
    assert degrees == [[31.95, 35.9], [31.9, -0.125], [31.9, 35.5]]
    assert [(p.row, p.column, p.values["count"]) for p in problems] == [(2, "latitude", 2), (2, "longitude", 2)]
    assert all("31" not in problem.message() for problem in problems)


def test_c11_points_in_degrees_are_read_beside_declared_commas(read):
    degrees, problems = read(("31.95", "35,9"), ("32", "36"), study='[mapping]\ndecimal = ","\n')
    assert degrees == [[31.95, 35.9], [32, 36]]
    assert problems == []


def test_c11_with_declared_thousands_nothing_is_assumed(write_survey, refused):
    problems = refused(
        enterprises='enterprise_id,name,latitude,longitude\nE1,a,"31,950",35\nE2,b,31,35\n',
        study__toml='[mapping]\nthousands = ","\n',
    )
    assert [(problem.code, problem.row) for problem in problems] == [("C11", 2)]


def test_c11_swapped_columns_in_any_digits(refused):
    problems = refused(
        enterprises='enterprise_id,name,latitude,longitude\nE1,a,"139,7",35.6\nE2,b,١٣٩٫٧,35.7\nE3,c,35,139\n'
    )
    assert "look swapped: 2 rows" in problems[0].message()


def test_c11_outside_the_bounds(read):
    _, problems = read((31.9, 35.9), (51.5, -0.1), (33.4, 39.3), (29.1, 34.9), ("", ""), (0, 0), study=BOUNDS)
    outside = [problem for problem in problems if "outside" in problem.message()]
    assert [(p.severity, p.row, p.values["count"]) for p in outside] == [("warning", 3, 1)]
    assert "south 29.1, west 34.9, north 33.4, east 39.3" in outside[0].message()
    assert "51.5" not in outside[0].message()
    assert "حدود" in outside[0].message("ar")


def test_c11_swapped_within_the_bounds_of_the_globe(read):
    _, (problem,) = read((31.9, 35.9), (35.9, 31.9), study=BOUNDS)
    assert (problem.row, problem.values["count"]) == (3, 1)
    assert "swapped" in problem.message()


def test_c11_bounds_across_the_180th_meridian(read):
    _, (problem,) = read((-17.7, 178.0), (-16.9, -179.9), (-17.0, 0.0), study="bounds = [-21, 176, -12, -178]\n")
    assert (problem.row, problem.values["count"]) == (4, 1)


def test_c11_without_bounds_nothing_is_outside(read):
    assert read((51.5, -0.1), (31.9, 35.9))[1] == []
