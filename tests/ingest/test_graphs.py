"""GraphML and GEXF: records for analysts; entities and damage refused."""

import time

import networkx
import pytest

from clusternet.errors import InputError
from clusternet.ingest import build_network, read_survey


def sample(graph_type=networkx.Graph):
    graph = graph_type()
    graph.add_node("a", name="Cedar & <b>", workers=3, formal=True)
    graph.add_node("b", name="ورشة", workers=4)
    graph.add_node("c", outside=True)
    graph.add_edge("a", "b", weight=2.5, layer="supply")
    graph.add_edge("b", "c", weight=1.0)
    return graph


@pytest.mark.parametrize(("suffix", "write"), [("graphml", networkx.write_graphml), ("gexf", networkx.write_gexf)])
@pytest.mark.parametrize("graph_type", [networkx.Graph, networkx.DiGraph, networkx.MultiDiGraph])
def test_graphs_are_records(tmp_path, suffix, write, graph_type):
    path = tmp_path / f"x.{suffix}"
    write(sample(graph_type), path)
    survey = read_survey(path)
    assert survey.enterprises[["enterprise_id", "workers", "formal"]].fillna("").to_numpy().tolist() == [
        ["a", 3, "yes"],
        ["b", 4, ""],
    ]
    network = build_network(survey)
    assert network.outside_names == ("c",)
    assert network.linkages["n_reports"].tolist() == [0, 0]
    assert network.linkages["layer"].tolist() == ["supply", "linkage"]
    assert {layer.name: layer.directed for layer in network.layers} == {
        "supply": True,
        "linkage": graph_type is not networkx.Graph,
    }
    assert network.linkages["weight"].tolist() == [2.5, 1]


def test_our_own_layered_graph_comes_back(tmp_path, write_survey):
    linkages = "source,target,layer,weight\nE1,E2,supply,2\nE3,Mill,stock,1\n"
    network = build_network(read_survey(write_survey(linkages=linkages)))
    networkx.write_graphml(network.to_networkx(layered=True), tmp_path / "x.graphml")
    again = build_network(read_survey(tmp_path / "x.graphml"))
    columns = ["source", "target", "layer", "weight"]
    assert again.linkages[columns].equals(network.linkages[columns])
    assert again.enterprises["name"].equals(network.enterprises["name"])


@pytest.mark.parametrize("suffix", ["graphml", "gexf"])
@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]>',
        "<!DOCTYPE x [" + "".join(f'<!ENTITY l{i + 1} "{f"&l{i};" * 10}">' for i in range(9)) + "]>",
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
    ],
)
def test_E01_E02_entities_are_refused_at_once(tmp_path, suffix, head):
    path = tmp_path / f"x.{suffix}"
    for encoding in ("utf-8", "utf-16"):
        path.write_bytes(f'<?xml version="1.0" encoding="{encoding}"?>{head}<graphml/>'.encode(encoding))
        start = time.perf_counter()
        with pytest.raises(InputError, match="E01"):
            read_survey(path)
        assert time.perf_counter() - start < 1


@pytest.mark.parametrize("suffix", ["graphml", "gexf"])
@pytest.mark.parametrize(
    "text", ["<graphml>", "<graphml/>", "not xml", "<a><b></a>", '<?xml version="1.0" encoding="x"?><a/>']
)
def test_E03_what_is_no_graph(tmp_path, suffix, text):
    path = tmp_path / f"x.{suffix}"
    path.write_text(text)
    with pytest.raises(InputError):
        read_survey(path)
