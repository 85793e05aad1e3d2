"""Lists of edges, with and without [mapping]."""

import pytest

from clusternet.errors import InputError
from clusternet.ingest import build_network, read_survey

SETTINGS = """
[layers.trust]
family = "trust"
directed = true
[mapping]
kind = "edges"
file = "edges.csv"
source = "from"
target = "to"
layer = "kind"
weight = "times"
enterprises = "firms.csv"
id = "firm"
[mapping.layer_names]
friend = "trust"
[mapping.rename]
town = "place"
"""
EDGES = "kind,from,to,times,remark\nfriend,1,2,3,x\nsupply,2,1,1,y\n"


def test_mapped_edges(tmp_path):
    (tmp_path / "edges.csv").write_text(EDGES)
    (tmp_path / "firms.csv").write_text("firm,town\n1,Old\n2,New\n3,New\n")
    (tmp_path / "study.toml").write_text(SETTINGS)
    survey = read_survey(tmp_path)
    assert survey.linkages[["source", "target", "layer", "weight"]].to_numpy().tolist() == [
        ["1", "2", "trust", 3],
        ["2", "1", "supply", 1],
    ]
    assert survey.enterprises["place"].tolist() == ["Old", "New", "New"]
    assert build_network(survey).linkages["n_reports"].tolist() == [1, 1]


def test_mapped_edges_with_one_layer_and_no_register(tmp_path):
    (tmp_path / "edges.csv").write_text("source,target\na,b\nb,c\n")
    (tmp_path / "study.toml").write_text('[mapping]\nkind = "edges"\none_layer = "finance"\nrecords = true\n')
    survey = read_survey(tmp_path / "edges.csv")
    assert survey.enterprises["enterprise_id"].tolist() == ["a", "b", "c"]
    assert build_network(survey).linkages["n_reports"].tolist() == [0, 0]


@pytest.mark.parametrize("missing", ["from", "to", "kind", "times"])
def test_A21_column_of_the_mapping_is_missing(tmp_path, missing):
    (tmp_path / "edges.csv").write_text(EDGES.replace(missing, "qqqq"))
    (tmp_path / "firms.csv").write_text("firm,town\n1,Old\n2,New\n")
    (tmp_path / "study.toml").write_text(SETTINGS)
    with pytest.raises(InputError, match="A21"):
        read_survey(tmp_path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "source,target\nx,y\ny,z\nx,x\n"),
        ("a.txt", "# a remark\nx y\ny z\nx x\n"),
        ("a.txt", "x\ty\t1\ny\tz\t1\nx\tx\t1\n"),
        ("a.edgelist", "x,y,1\ny,z,1\nx,x,1\n"),
        ("a.tsv", "target\tsource\ny\tx\nz\ty\nx\tx\n"),
    ],
)
def test_plain_edge_lists_are_records(tmp_path, name, content):
    (tmp_path / name).write_text(content)
    network = build_network(read_survey(tmp_path / name))
    assert network.enterprise_ids.tolist() == ["x", "y", "z"]
    assert network.linkages[["source", "target", "n_reports"]].to_numpy().tolist() == [["x", "y", 0], ["y", "z", 0]]
    assert network.dropped["self_links"] == 1


def test_plain_edge_list_with_layers(tmp_path):
    (tmp_path / "a.csv").write_text("source,target,layer,weight\nx,y,supply,2\ny,z,friends,3\n")
    network = build_network(read_survey(tmp_path / "a.csv"))
    assert {layer.name: layer.family for layer in network.layers} == {"supply": "trade", "friends": "general"}


def test_A13_odd_line_of_an_edge_list(tmp_path):
    (tmp_path / "a.txt").write_text("x y\ny z w v\n\ny x\n")
    with pytest.raises(InputError) as caught:
        read_survey(tmp_path / "a.txt")
    assert [(problem.code, problem.row) for problem in caught.value.problems] == [("A13", 2)]
