"""I28 and I29: what is written is what was there, and all that is written says the same."""

import csv
import io
import json
import math
import re

import networkx as nx
import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusternet.datasets import DATASETS
from clusternet.model import Partition
from clusternet.report.csv_text import csv_text
from clusternet.report.exports import EXPORTS
from clusternet.report.exports.from_nouns import export_graph
from clusternet.report.exports.gexf import gexf_bytes
from clusternet.report.exports.graphml import graphml_bytes
from clusternet.study import run_study
from tests.strategies import clustered_links, examples

#: What XML 1.0 has no way to say: exports show it as a letter that stands for any unknown one.
_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: What every reader of XML turns into a space.
_SPACED = re.compile("[\r\n\t]")
weights = (0.1, 1.0, 1 / 3, 1e-9, 12345.678901234567, 1e12)


def exported(made):
    found, labels = made
    network = found.network(layer="supply")
    partition = Partition.from_labels(network.enterprise_ids, dict(zip(found.nodes, labels, strict=True)))
    positions = np.zeros((network.n_nodes, 2))
    return network, partition, export_graph(network, partition, positions=positions)


def ties(network):
    """Every tie as exports have it: weights of twelve digits, told by their repr; letters that XML can hold."""
    table = network.linkages
    ends = [[_UNSAYABLE.sub("\ufffd", name) for name in table[end]] for end in ("source", "target")]
    written = [repr(float(format(weight, ".12g"))) for weight in table["weight"]]
    return sorted(zip(*ends, table["layer"], written, strict=True))


@settings(max_examples=examples(6))
@given(clustered_links(most=12, weights=weights))
def test_I28_graph_files_come_back(made):
    network, partition, graph = exported(made)
    names = [_UNSAYABLE.sub("\ufffd", name) for name in network.node_ids]
    codes = dict(zip(names, partition.codes.tolist(), strict=True))
    plain = {name for name in names if not _SPACED.search(name)}
    for write, read in (
        (graphml_bytes, lambda data: nx.read_graphml(io.BytesIO(data), force_multigraph=True)),
        (gexf_bytes, lambda data: nx.read_gexf(io.BytesIO(data.replace(b'type="undirected"', b'type="directed"')))),
    ):
        back = read(write(graph))
        edges = [(s, t, data["layer"], repr(data["weight"])) for s, t, data in back.edges(data=True)]
        assert len(back) == network.n_nodes
        assert plain <= set(back)
        assert {name: back.nodes[name]["cluster"] for name in plain} == {name: codes[name] for name in plain}
        assert sorted(edge[3] for edge in edges) == sorted(tie[3] for tie in ties(network))
        assert sorted(edge for edge in edges if {*edge[:2]} <= plain) == [
            tie for tie in ties(network) if {*tie[:2]} <= plain
        ]


@settings(max_examples=examples(6))
@given(clustered_links(most=12, weights=weights))
def test_I28_json_and_parquet_come_back_whole(made):
    """Every text as it was, whatever a spreadsheet or a terminal would make of it."""
    parquet = pytest.importorskip("pyarrow.parquet")
    network, _, graph = exported(made)
    names = [_UNSAYABLE.sub("\ufffd", name) for name in network.node_ids]
    back = nx.node_link_graph(json.loads(EXPORTS["nodelink"].write(graph).files["network.json"]), edges="edges")
    edges = back.edges(keys=True, data=True)
    assert set(back) == set(names)
    assert sorted((s, t, layer, repr(float(data["weight"]))) for s, t, layer, data in edges) == ties(network)
    files = EXPORTS["parquet"].write(graph).files
    nodes, rows = (parquet.read_table(io.BytesIO(files[f"{name}.parquet"])).to_pylist() for name in ("nodes", "edges"))
    assert [row["id"] for row in nodes] == names
    assert sorted((row["source"], row["target"], row["layer"], repr(row["weight"])) for row in rows) == ties(network)
    cytoscape = nx.cytoscape_graph(json.loads(EXPORTS["cytoscape"].write(graph).files["network.cyjs"]))
    assert set(cytoscape) == set(names)


cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["=1+1", "+1", "-x", "@SUM(A1)", "007", "NA", "None", "ورشة", "a,b", 'say "x"', "\rx", "x\ny", "🪑", "\x00", " x "]
)


@settings(max_examples=examples(40))
@given(st.lists(st.tuples(cells, st.floats(allow_nan=False, allow_infinity=False), st.integers()), max_size=6))
def test_I28_exact_csv_comes_back(rows):
    names, numbers, whole = (
        [list(column) for column in zip(*rows, strict=True)] or [[], [], []] if rows else ([], [], [])
    )
    table = pd.DataFrame({"name": pd.Series(names, dtype=object), "number": np.array(numbers, dtype=float),
                          "whole": pd.Series(whole, dtype=object)})  # fmt: skip
    text = csv_text(table, exact=True)
    head, *back = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert head == ["name", "number", "whole"]
    assert [(name, float(number), int(count)) for name, number, count in back] == rows
    # For people there are twelve digits, and no text that a spreadsheet would run.
    for line, (name, number, _) in zip(
        list(csv.reader(io.StringIO(csv_text(table), newline="")))[1:], rows, strict=True
    ):
        assert line[0].removeprefix("'") == name.removeprefix("'")
        assert not line[0].startswith(("=", "+", "-", "@", "\t", "\r"))
        assert float(line[1]) == pytest.approx(number, rel=1e-11)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    out = tmp_path_factory.mktemp("outputs") / "out"
    return run_study(
        DATASETS["florentine"].folder, out=out, method="leiden", draws=9, resamples=2, seed=1, languages=["en", "ar"]
    )


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_I29_map_workbook_graphs_and_tables_hold_the_same(study):
    folder = study.folder
    links = rows_of(folder / "linkages.csv")
    total, count = math.fsum(float(row["weight"]) for row in links), len(links)
    members = {row["enterprise_id"]: int(row["cluster"]) for row in rows_of(folder / "members.csv")}
    sizes = [int(row["size"]) for row in rows_of(folder / "clusters.csv")]
    assert [list(members.values()).count(code) for code in range(len(sizes))] == sizes
    for name, read in (("network.graphml", nx.read_graphml), ("network.gexf", nx.read_gexf)):
        graph = read(folder / name)
        edges = [data["weight"] for *_, data in graph.edges(data=True)]
        assert (len(edges), math.fsum(edges)) == (count, total), name
        assert {node: data["cluster"] for node, data in graph.nodes(data=True)} == members
    page = (folder / "map.html").read_text(encoding="utf-8")
    nodes = json.loads(page.split('id="clusternet-payload">')[1].split("</script>")[0])["nodes"]
    assert nodes["id"] == list(members)
    for metric in ("density", "conductance"):
        told = {row["cluster"]: row["value"] for row in rows_of(folder / "scores.csv") if row["metric"] == metric}
        assert [row[metric] for row in rows_of(folder / "clusters.csv")] == [
            told[str(code)] for code in range(len(sizes))
        ]


def test_I29_the_workbook_holds_the_tables(study):
    book = openpyxl.load_workbook(study.folder / "clusters.xlsx", read_only=True)
    for name in ("clusters", "members", "scores", "linkages", "layers", "problems"):
        head, *rows = book[name].iter_rows(values_only=True)
        there = rows_of(study.folder / f"{name}.csv")
        assert list(head) == list(there[0]), name
        assert len(rows) == len(there), name
        for row, line in zip(rows, there, strict=True):
            for cell, text in zip(row, line.values(), strict=True):
                same = float(text) == cell if isinstance(cell, int | float) else (cell or "") == text.removeprefix("'")
                assert same, (name, cell, text)
