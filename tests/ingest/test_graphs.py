"""GraphML and GEXF: records for analysts; entities and damage refused."""

import time

import networkx
import pytest

from clusternet.errors import MOST_PROBLEMS, InputError
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


HEAD = (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    '<key id="d0" for="node" attr.name="workers" attr.type="int"/>\n'
    '<key id="d1" for="node" attr.name="turnover" attr.type="double"/>\n'
    '<graph edgedefault="undirected">\n<node id="a"/>\n'
)


def refused(path, text):
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        read_survey(path)
    return [(problem.code, problem.row, problem.value) for problem in caught.value.problems], str(caught.value)


@pytest.mark.parametrize(
    ("body", "row", "value"),
    [
        ('<node id="b"><data key="d9">1</data></node>', 6, "d9"),
        ('<node id="b"><data key="d0">many</data></node>', 6, "many"),
        ('<node id="b"><data key="d1">much</data></node>', 6, "(hidden)"),
        ('<node id="b"/>\n<node id="a"/>', 7, "a"),
        ('<node id="b"/>\n<edge source="a" target="z"/>', 7, "z"),
    ],
)
def test_E03_faults_name_line_and_node(tmp_path, body, row, value):
    found, text = refused(tmp_path / "x.graphml", HEAD + body + "</graph></graphml>")
    assert found == [("E03", row, value)]
    assert '"b"' in text or value in text
    assert "much" not in text


def test_E03_gexf_attribute_that_is_not_declared(tmp_path):
    body = (
        '<gexf xmlns="http://gexf.net/1.3" version="1.3">\n<graph defaultedgetype="directed"><nodes>\n'
        '<node id="a"><attvalues><attvalue for="7" value="x"/></attvalues></node></nodes></graph></gexf>'
    )
    found, _ = refused(tmp_path / "x.gexf", body)
    assert found == [("E03", 3, "7")]


def test_E03_many_faults_are_listed_to_the_limit(tmp_path):
    body = "".join(f'<edge source="a" target="z{number}"/>\n' for number in range(300))
    found, _ = refused(tmp_path / "x.graphml", HEAD + body + "</graph></graphml>")
    assert len(found) == MOST_PROBLEMS + 1


def test_E04_deep_nesting_is_refused_at_once(tmp_path):
    start = time.perf_counter()
    found, _ = refused(tmp_path / "x.graphml", "<graphml>" + "<x>" * 300_000 + "</x>" * 300_000 + "</graphml>")
    assert [code for code, *_ in found] == ["E04"]
    assert time.perf_counter() - start < 2


def test_E04_a_gap_of_ids_makes_no_vertices(tmp_path):
    path = tmp_path / "x.edgelist"
    path.write_text("0 2147483648\n2147483648 5\n")
    assert sorted(read_survey(path).enterprises["enterprise_id"]) == ["0", "2147483648", "5"]


def test_E05_whole_and_broken_numbers_of_one_attribute(tmp_path):
    graph = sample()
    graph.nodes["a"]["energy_use"], graph.nodes["b"]["energy_use"] = 5.0, 2.5
    for suffix, write in (("graphml", networkx.write_graphml), ("gexf", networkx.write_gexf)):
        write(graph, tmp_path / f"x.{suffix}")
        assert read_survey(tmp_path / f"x.{suffix}").enterprises["energy_use"].tolist() == [5, 2.5]


def test_E05_broken_number_declared_as_whole_is_named(tmp_path):
    graph = sample()
    graph.nodes["a"]["energy_use"], graph.nodes["b"]["energy_use"] = 5, 2.5
    networkx.write_gexf(graph, tmp_path / "x.gexf")
    found, text = refused(tmp_path / "x.gexf", (tmp_path / "x.gexf").read_text())
    assert [(code, value) for code, _, value in found] == [("E03", "2.5")]
    assert "energy_use" in text
