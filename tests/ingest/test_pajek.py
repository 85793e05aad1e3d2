"""Pajek networks: one-mode, two-mode, and what cannot be read."""

import pytest

from clusternet.errors import InputError
from clusternet.ingest import build_network, read_survey

TWO_MODE = """*Network firms.net [2-Mode]
*Vertices 6
1 "cedar" 0.0 0.0
2 "oak"
3 beech
4 "Mr. A, (b.)"
5 "Ms. B"
6 "Mr. C"
*Edges
1 4 1
2 4 1
1 5 1
5 2 1
3 6 1
1 4 1

*Partition Affiliation partition of N1 [3,3]
*Vertices 6
1
1
1
2
2
2
*Partition trade.clu
*Vertices 3
7
7
9
*Vector Capital.vec
*Vertices 3
10.5
20
30
"""


def write(folder, text, name="x.paj", settings=""):
    (folder / name).write_bytes(text.encode("latin-1"))
    if settings:
        (folder / "study.toml").write_text(settings)
    return folder / name


def test_two_mode_is_projected_on_the_first(tmp_path):
    survey = read_survey(write(tmp_path, TWO_MODE))
    assert survey.linkages[["source", "target", "layer", "weight"]].to_numpy().tolist() == [
        ["cedar", "oak", "association", 2]
    ]
    assert survey.enterprises[["enterprise_id", "trade", "Capital"]].to_numpy().tolist() == [
        ["cedar", "7", "10.5"],
        ["oak", "7", "20"],
        ["beech", "9", "30"],
    ]
    assert survey.linkages.index.tolist() == [3]
    assert build_network(survey).linkages["n_reports"].tolist() == [0]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_two_mode_is_projected_on_the_second(tmp_path, line_end):
    settings = '[mapping]\nkind = "pajek"\nfile = "x.paj"\nmode = "second"\nlayer = "knowledge"\n'
    write(tmp_path, TWO_MODE.replace("\n", line_end), settings=settings)
    network = build_network(read_survey(tmp_path))
    assert network.n_enterprises == 3
    assert network.linkages[["source", "target", "weight"]].to_numpy().tolist() == [["Mr. A, (b.)", "Ms. B", 2]]


def test_first_mode_from_the_header_or_the_mapping(tmp_path):
    plain = TWO_MODE[: TWO_MODE.index("*Partition")].replace(" [2-Mode]", "")
    told = read_survey(write(tmp_path, plain.replace("*Vertices 6", "*Vertices 6 3"), "a.net"))
    assert len(told.enterprises) == 3
    settings = '[mapping]\nkind = "pajek"\nn_first = 3\n[mapping.rename]\n'
    assert len(read_survey(write(tmp_path, plain, "b.net", settings)).enterprises) == 3


def test_first_mode_unknown(tmp_path):
    plain = TWO_MODE[: TWO_MODE.index("*Partition")]
    with pytest.raises(InputError, match="n_first"):
        read_survey(write(tmp_path, plain))


def test_one_mode(tmp_path):
    text = '*Vertices 3\n1 "a"\n2 "b"\n3 "c"\n*Arcs\n1 2 2\n*Arcslist\n2 3 1\n*Edges :1 "trade"\n1 3 0.5\n'
    survey = read_survey(write(tmp_path, text, "x.net"))
    network = build_network(survey)
    assert network.linkages[["source", "target", "layer", "weight"]].to_numpy().tolist() == [
        ["a", "b", "linkage", 2],
        ["a", "c", "linkage", 0.5],
        ["b", "a", "linkage", 1],
        ["b", "c", "linkage", 1],
        ["c", "a", "linkage", 0.5],
    ]


def test_duplicate_labels_become_names(tmp_path):
    survey = read_survey(write(tmp_path, '*Vertices 2\n1 "a"\n2 "a"\n*Edges\n1 2\n', "x.net"))
    assert survey.enterprises[["enterprise_id", "name"]].to_numpy().tolist() == [["1", "a"], ["2", "a"]]
    assert "E06" in {problem.code for problem in survey.problems}


def test_A06_latin_1_is_told_or_declared(tmp_path):
    text = '*Vertices 2\n1 "Café"\n2 "b"\n*Edges\n1 2\n'
    survey = read_survey(write(tmp_path, text, "x.net"))
    assert survey.enterprises["name"].tolist() == ["Café", "b"]
    assert [(problem.code, problem.row) for problem in survey.problems if problem.code == "A06"] == [("A06", 2)]
    settings = '[mapping]\nkind = "pajek"\nencoding = "latin-1"\n'
    survey = read_survey(write(tmp_path, text, "x.net", settings))
    assert survey.enterprises["name"].tolist() == ["Café", "b"]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("*Vertices 2\n1 a\n9 b\n", 3),
        ("*Vertices 2\n1 a\n1 b\n", 3),
        ("*Vertices 2\n1 a\n2 b\n*Edges\n1 3\n", 5),
        ("*Vertices 2\n1 a\n2 b\n*Edges\n1\n", 5),
        ("*Vertices 99999999999\n", 1),
        ("*Vertices 900000000\n", 1),
        ("*Vertices\n", 1),
        ("*Vertices 2\n*Matrix\n0 1\n1 0\n", 2),
        ("hello\n", 1),
        ("% nothing\n", None),
    ],
)
def test_E06_lines_that_are_not_pajek(tmp_path, text, row):
    with pytest.raises(InputError) as caught:
        read_survey(write(tmp_path, text, "x.net"))
    assert (caught.value.problems[0].code, caught.value.problems[0].row) == ("E06", row)


def test_E06_tie_inside_one_mode(tmp_path):
    with pytest.raises(InputError) as caught:
        read_survey(write(tmp_path, TWO_MODE.replace("3 6 1", "3 1 1")))
    assert [(problem.code, problem.row) for problem in caught.value.problems] == [("E06", 14)]


def test_A21_renaming_what_is_not_there(tmp_path):
    settings = '[mapping]\nkind = "pajek"\n[mapping.rename]\n"Capitol.vec" = "capital"\n'
    with pytest.raises(InputError, match=r"Capital\.vec"):
        read_survey(write(tmp_path, TWO_MODE, settings=settings))
