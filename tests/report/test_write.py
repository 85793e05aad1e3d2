import hashlib
import json
import re

import numpy as np
import pandas as pd
import pytest

from clusternet.errors import InputError, Problem
from clusternet.model import Network, Partition, Scores
from clusternet.model.scores import COLUMNS
from clusternet.report import write_report
from clusternet.report.dictionary import DICTIONARY

CONTRACT = {
    "clusters.csv": "cluster,label,size,cohesion_index,complementarity_index,verdict,stability,support,beyond_chance",
    "members.csv": "enterprise_id,name,cluster,certainty,role",
    "shares.csv": "enterprise_id,cluster,share",
    "scores.csv": "cluster,family,metric,value,chance_mean,effect,p_value,q_value,low,high,note",
    "layers.csv": "layer,family,counts,weight,pairs,enterprises,inside,expected,modularity,log_odds",
    "linkages.csv": "source,target,layer,weight,n_reports",
    "plan.csv": "cluster,resource,unit,supplier,buyer,quantity,unit_cost,cost",
    "gaps.csv": "cluster,final_product,product,stage,status,suppliers",
    "openings.csv": "cluster,supplier,buyer,resources,need_coverage_gain,stage_coverage_gain",
    "problems.csv": "code,severity,file,sheet,row,column,value,message",
}
OTHERS = ("report.html", "map.html", "clusters.xlsx", "network.graphml", "network.gexf", "manifest.json")


def table(path):
    return pd.read_csv(path, dtype=str, keep_default_na=False)


@pytest.fixture
def written(tmp_path, network, partition, scores):
    problems = [Problem("A14", "warning", "{count} rows look odd.", {"count": 2}, file="linkages.csv", row=7)]
    return write_report(network, partition, scores, out=tmp_path / "out", languages=("en", "ar"), problems=problems)


def test_every_file_of_the_contract_is_there_with_its_columns(written):
    assert sorted(path.name for path in written.iterdir()) == sorted([*CONTRACT, *OTHERS, "report.ar.html"])
    for name, columns in CONTRACT.items():
        head = (written / name).read_text(encoding="utf-8-sig").partition("\n")[0]
        assert head.startswith(columns) if name == "clusters.csv" else head == columns


def test_the_tables_hold_the_results(written, network, partition):
    members = table(written / "members.csv")
    assert list(members["enterprise_id"]) == list(network.enterprise_ids)
    assert list(members["cluster"].astype(int)) == list(partition.codes)
    clusters = table(written / "clusters.csv")
    assert list(clusters["size"]) == ["3", "3"]
    assert list(clusters["density"]) == ["1", "0.333333333333"]
    assert list(clusters["verdict"]) == ["", ""]
    scores = table(written / "scores.csv")
    assert scores.loc[2, "value"] == ""
    assert scores.loc[2, "note"] == "nobody said how many"
    problem = table(written / "problems.csv").loc[0]
    assert (problem["code"], problem["row"], problem["message"]) == ("A14", "7", "2 rows look odd.")


def test_two_runs_differ_in_nothing_but_the_timing(tmp_path, network, partition, scores):
    for name in ("first", "second"):
        write_report(network, partition, scores, out=tmp_path / name, languages=("en", "ar"), command="study x")
    for path in (tmp_path / "first").iterdir():
        one, other = path.read_bytes(), (tmp_path / "second" / path.name).read_bytes()
        if path.name == "manifest.json":
            one, other = (json.dumps({**json.loads(data), "timing": None}) for data in (one, other))
        assert one == other, path.name


def test_the_manifest_knows_every_file(written):
    manifest = json.loads((written / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest) == {
        "versions", "command", "configuration", "seed", "languages", "method", "flat_network", "steps", "inputs", "outputs", "sha256",
        "timing",
    }  # fmt: skip
    assert list(manifest) == sorted(manifest)
    found = {entry["file"]: entry for entry in manifest["outputs"]}
    assert set(found) == {path.name for path in written.iterdir()} - {"manifest.json"}
    for name, entry in found.items():
        assert entry["sha256"] == hashlib.sha256((written / name).read_bytes()).hexdigest()
    assert found["members.csv"]["rows"] == 8
    assert manifest["configuration"]["ties"] == "union"


def test_the_first_language_is_that_of_report_html(tmp_path, network, partition, scores):
    out = write_report(network, partition, scores, out=tmp_path / "out", languages=("ar",))
    assert '<html lang="ar" dir="rtl">' in (out / "report.html").read_text(encoding="utf-8")
    assert not (out / "report.ar.html").exists()


@pytest.mark.fault("C20")
def test_a_network_without_clusters_can_be_reported(tmp_path):
    network = Network.from_edges(["a"], ["b"], nodes=["a", "b", "c"])
    partition = Partition(network.enterprise_ids, np.full(3, -1))
    none = Scores(pd.DataFrame(columns=list(COLUMNS)).astype({"value": float}), {})
    out = write_report(network, partition, none, out=tmp_path / "out", languages=("en", "ar"))
    assert "No cluster was found" in (out / "report.html").read_text(encoding="utf-8")
    assert len(table(out / "clusters.csv")) == 0


def test_what_does_not_belong_together_is_refused(tmp_path, network, partition, scores):
    for languages in ("en", (), ("fr",)):
        with pytest.raises(InputError, match="languages"):
            write_report(network, partition, scores, out=tmp_path / "out", languages=languages)
    with pytest.raises(InputError, match="not of this network"):
        write_report(Network.from_edges(["a"], ["b"]), partition, scores, out=tmp_path / "out")
    fewer = Partition(network.enterprise_ids, np.where(partition.codes == 1, -1, partition.codes))
    with pytest.raises(InputError, match="scores speak"):
        write_report(network, fewer, scores, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_progress_names_the_stages(tmp_path, network, partition, scores):
    stages = []
    write_report(network, partition, scores, out=tmp_path / "out", progress=stages.append)
    assert stages[0] == "laying out the map"
    assert len(stages) == 6


@pytest.mark.fault("G07", "G08")
def test_pages_fetch_nothing_and_disclose_no_path(written, tmp_path):
    for name in ("report.html", "report.ar.html", "map.html"):
        text = (written / name).read_text(encoding="utf-8")
        assert not re.search(r"""(src|href)\s*=\s*["']?\s*(https?:)?//""", text)
        assert str(tmp_path) not in text
        assert "default-src 'none'" in text


def test_the_dictionary_explains_every_column_of_the_contract():
    known = {(entry.file, column) for entry in DICTIONARY for column in entry.column.split(", ")}
    for name in ("clusters.csv", "members.csv", "scores.csv", "linkages.csv"):
        columns = CONTRACT[name].split(",")
        shared = {"cluster"} if name == "scores.csv" else set()
        assert {(name, column) for column in columns} - known <= {(name, column) for column in shared}


@pytest.mark.fault("D18")
def test_one_cluster_of_all_is_explained(tmp_path):
    import networkx as nx

    from clusternet.model import Network, Partition
    from clusternet.report import write_report

    network = Network.from_networkx(nx.complete_graph(5))
    one = Partition(network.enterprise_ids, np.zeros(5, dtype=int), method="natural")
    none = Scores(pd.DataFrame(columns=list(COLUMNS)).astype({"value": float}), {})
    page = (write_report(network, one, none, out=tmp_path / "out") / "report.html").read_text(encoding="utf-8")
    assert "No division of it describes the linkages more shortly" in page


def test_d09_the_manifest_says_how_directions_are_done_away_with(tmp_path):
    network = Network.from_edges(["a"], ["b"], layer="supply")
    none = Scores(pd.DataFrame(columns=list(COLUMNS)).astype({"value": float}), {})
    folder = write_report(
        network, Partition(network.enterprise_ids, np.zeros(2, dtype=int)), none, out=tmp_path / "out"
    )
    assert "both directions added" in json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["flat_network"]
