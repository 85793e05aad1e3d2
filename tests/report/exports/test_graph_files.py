import io
import re

import networkx
import pandas as pd
import pytest

from clusternet.model import Network, Partition
from clusternet.report.exports.from_nouns import export_graph
from clusternet.report.exports.gexf import gexf_bytes
from clusternet.report.exports.graphml import graphml_bytes


def test_graphml_comes_back(network, partition):
    data = graphml_bytes(export_graph(network, partition))
    graph = networkx.read_graphml(io.BytesIO(data), force_multigraph=True)
    assert set(graph) == set(network.node_ids)
    assert graph.nodes["b"]["name"] == "ورشة النور"
    assert [graph.nodes[node]["cluster"] for node in "abcdefg"] == [0, 0, 0, 1, 1, 1, -1]
    assert graph.nodes["Timber Port"]["outside"] is True
    assert "workers" not in graph.nodes["c"]
    edges = {(source, target, data["layer"], data["weight"]) for source, target, data in graph.edges(data=True)}
    assert edges == set(network.linkages[["source", "target", "layer", "weight"]].itertuples(index=False, name=None))


def test_gexf_comes_back_and_has_no_date(network, partition):
    data = gexf_bytes(export_graph(network, partition))
    assert b"lastmodifieddate" not in data
    assert not re.search(rb"20\d\d-\d\d-\d\d", data)
    graph = networkx.read_gexf(io.BytesIO(data))
    assert graph.number_of_edges() == len(network.ties)
    assert graph.nodes["d"]["label"] == "Door <b>"
    assert graph.nodes["d"]["cluster"] == 1


def test_two_runs_give_the_same_bytes(network, partition):
    for write in (graphml_bytes, gexf_bytes):
        assert write(export_graph(network, partition)) == write(export_graph(network, partition))


def test_letters_that_xml_cannot_hold_are_replaced_and_ids_stay_apart():
    table = pd.DataFrame({"enterprise_id": ["a\x00", "a\x01"], "name": ["x\ufffey", "\x0b"]})
    links = pd.DataFrame({"source": ["a\x00"], "target": ["a\x01"], "layer": ["stock"]})
    network = Network.from_tables(table, links)
    graph = export_graph(network, Partition.from_labels(network.enterprise_ids, [0, 0]))
    for write, read in ((graphml_bytes, networkx.read_graphml), (gexf_bytes, networkx.read_gexf)):
        back = read(io.BytesIO(write(graph)))
        assert len(back) == 2
        assert back.number_of_edges() == 1


@pytest.mark.parametrize("options", [{}, {"looks": True}, {"mixed": True}])
def test_parts_of_any_length_make_the_same_file(network, partition, monkeypatch, options):
    write = gexf_bytes if "mixed" in options else graphml_bytes
    whole = write(export_graph(network, partition), **options)
    monkeypatch.setattr("clusternet.report.exports.graph.BLOCK", 2)
    assert write(export_graph(network, partition), **options) == whole
