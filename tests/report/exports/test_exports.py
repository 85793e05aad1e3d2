"""Every export read back: by the readers that exist, else as its makers document it."""

import csv
import hashlib
import io
import json

import igraph
import networkx
import openpyxl
import pandas as pd
import pytest

from clusternet.errors import InputError
from clusternet.model import Network, Partition
from clusternet.report import write_report
from clusternet.report.export_folder import export_all, export_result, write_export
from clusternet.report.exports import EXPORTS
from clusternet.report.exports.from_nouns import export_graph

#: C14 to C17, and what formats stumble over: quotation marks, tabs, line breaks, names that come twice.
HOSTILE = [
    "=1+1",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    'the "Oak"\tand\nline',
    "ورشة النور",
    "ورشة النور",
    "x" * 300,
]


@pytest.fixture
def hostile():
    ids = [f"e{place}" for place in range(len(HOSTILE) - 2)] + ["=e 5", "lone, one"]
    table = pd.DataFrame(
        {"enterprise_id": ids, "name": HOSTILE, "latitude": [30.1] * 6 + [None], "longitude": [31.2] * 6 + [None]}
    )
    rows = [
        ("e0", "e1", "supply"),
        ("e0", "e1", "stock"),
        ("e1", "e0", "supply"),
        ("e2", "=e 5", "stock"),
        ("e3", "بعيد", "supply"),
    ]
    network = Network.from_tables(table, pd.DataFrame(rows, columns=["source", "target", "layer"]))
    return network, Partition.from_labels(
        network.enterprise_ids, {name: 0 if name in ("e0", "e1") else -1 for name in ids}
    )


@pytest.fixture
def graph(hostile):
    return export_graph(*hostile)


def made(graph, name):
    return EXPORTS[name].write(graph).files


def ties(graph):
    return sorted(zip(graph.edges["source"], graph.edges["target"], graph.edges["layer"], strict=True))


@pytest.mark.fault("C14", "E05")
def test_gephi_comes_back(graph):
    files = made(graph, "gephi")
    plain = files["network.gexf"].replace(b'type="undirected"', b'type="directed"')
    back = networkx.read_gexf(io.BytesIO(plain))
    assert sorted((s, t, d["layer"]) for s, t, d in back.edges(data=True)) == ties(graph)
    assert [back.nodes[node]["label"] for node in ("e0", "e3")] == [HOSTILE[0], HOSTILE[3]]
    assert files["network.gexf"].count(b'type="undirected"') == 2
    rows = list(csv.DictReader(io.StringIO(files["nodes.csv"].decode(), newline="")))
    assert [row["Id"].removeprefix("'") for row in rows] == graph.ids
    assert "'=1+1" in [row["Label"] for row in rows]
    assert {row["Type"] for row in csv.DictReader(io.StringIO(files["edges.csv"].decode()))} == {
        "Directed",
        "Undirected",
    }


def test_cytoscape_comes_back(graph):
    files = made(graph, "cytoscape")
    content = json.loads(files["network.cyjs"])
    back = networkx.cytoscape_graph(content)
    assert set(back) == set(graph.ids)
    assert back.number_of_edges() == len(graph.edges)
    lines = [line.split("\t") for line in files["network.sif"].decode().splitlines()]
    assert sorted(map(len, lines)) == [1, 1] + [3] * 5
    keys = [row["shared name"] for row in csv.DictReader(io.StringIO(files["nodes.csv"].decode()))]
    assert {end for line in lines for end in (line[0], line[-1])} == set(keys)


def test_graph_json_comes_back(graph):
    back = networkx.node_link_graph(json.loads(made(graph, "nodelink")["network.json"]), edges="edges")
    assert sorted(back.edges(keys=True)) == ties(graph)
    assert back.nodes["e3"]["name"] == HOSTILE[3]
    kumu = json.loads(made(graph, "kumu")["network.json"])
    known = {element["id"] for element in kumu["elements"]}
    assert len(known) == len(graph.nodes)
    assert all(link["from"] in known and link["to"] in known for link in kumu["connections"])


def test_vosviewer_has_whole_numbers_one_link_per_pair_and_no_markup(graph):
    files = made(graph, "vosviewer")
    content = json.loads(files["network.json"])["network"]
    assert [item["id"] for item in content["items"]] == list(range(1, len(graph.nodes) + 1))
    assert len({(link["source_id"], link["target_id"]) for link in content["links"]}) == len(content["links"]) == 3
    assert {item["cluster"] for item in content["items"]} == {cluster["cluster"] for cluster in content["clusters"]}
    head, *rows = files["map.txt"].decode().splitlines()
    assert all(len(row.split("\t")) == len(head.split("\t")) for row in rows)
    assert len(rows) == len(graph.nodes)


def test_polinode_has_two_sheets_that_fit(graph):
    book = openpyxl.load_workbook(io.BytesIO(made(graph, "polinode")["network.xlsx"]))
    assert book.sheetnames == ["Nodes", "Edges"]
    names = [row[0] for row in book["Nodes"].iter_rows(min_row=2, values_only=True)]
    assert len(set(names)) == len(names) == len(graph.nodes)
    ends = {end for row in book["Edges"].iter_rows(min_row=2, values_only=True) for end in row[:2]}
    assert ends <= set(names)
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


@pytest.mark.fault("E06")
def test_pajek_comes_back(graph, tmp_path):
    files = made(graph, "pajek")
    (tmp_path / "x.net").write_bytes(files["network.net"])
    back = igraph.Graph.Read_Pajek(str(tmp_path / "x.net"))
    assert (back.vcount(), back.ecount()) == (len(graph.nodes), len(graph.edges))
    assert len(networkx.read_pajek(tmp_path / "x.net")) == len(graph.nodes)
    values = files["clusters.clu"].decode().split()
    assert values[2:] == [str(code + 1) for code in graph.nodes["cluster"]]
    assert EXPORTS["pajek"].write(graph).told


def test_ucinet_comes_back(graph, tmp_path):
    files = made(graph, "ucinet")
    for name, edges in (("01_stock.dl", 4), ("02_supply.dl", 3), ("flat.dl", 6)):
        (tmp_path / name).write_bytes(files[name])
        back = igraph.Graph.Read_DL(str(tmp_path / name))
        assert (back.vcount(), back.ecount()) == (len(graph.nodes), edges)
    assert len(set(back.vs["name"])) == len(graph.nodes)


def test_geojson_has_a_place_or_none(graph):
    files = made(graph, "geojson")
    points = json.loads(files["enterprises.geojson"])["features"]
    assert [point["geometry"] for point in points].count(None) == 2
    assert points[0]["geometry"]["coordinates"] == [31.2, 30.1]
    assert len(json.loads(files["linkages.geojson"])["features"]) == len(graph.edges)


@pytest.mark.fault("C14")
def test_parquet_comes_back(graph):
    pytest.importorskip("pyarrow")
    back = pd.read_parquet(io.BytesIO(made(graph, "parquet")["nodes.parquet"]))
    assert back["id"].tolist() == graph.ids
    assert back["workers"].isna().all()


def test_from_memory_and_from_the_folder_are_the_same_bytes(tmp_path, network, partition, scores):
    pytest.importorskip("pyarrow")
    folder = write_report(network, partition, scores, out=tmp_path / "study")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done, refused = export_all(folder)
    assert not refused
    assert [exported.name for exported in done] == list(EXPORTS)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    for exported in done:
        direct = write_export(network, partition, scores, exported.name, tmp_path / exported.name)
        for name in (*exported.files, "README.txt"):
            here, there = ((one.folder / name).read_bytes() for one in (exported, direct))
            assert here == there, (exported.name, name)


def test_a_changed_or_foreign_folder_is_refused(tmp_path, network, partition, scores):
    folder = write_report(network, partition, scores, out=tmp_path / "study")
    with pytest.raises(InputError, match="never changed"):
        export_result(folder, "kumu", folder / "kumu")
    with pytest.raises(InputError, match='Did you mean "gephi"'):
        export_result(folder, "gefi")
    (folder / "members.csv").write_text("changed")
    with pytest.raises(InputError, match="SHA-256"):
        export_result(folder, "kumu")
    (tmp_path / "other").mkdir()
    with pytest.raises(InputError, match="no manifest"):
        export_result(tmp_path / "other", "kumu")


def test_two_runs_give_the_same_bytes(hostile):
    def digest(name):
        files = EXPORTS[name].write(export_graph(*hostile)).files
        return hashlib.sha256(b"".join(files.values())).hexdigest()

    assert [digest(name) for name in EXPORTS] == [digest(name) for name in EXPORTS]
