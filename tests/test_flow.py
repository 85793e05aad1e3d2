"""The main job from files to report: the same bytes whatever leaves no mark in the data."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from clusternet.datasets import DATASETS
from clusternet.model import Layer, Settings
from clusternet.study import run_study

ROOT = Path(__file__).parents[1]
FOLDER = DATASETS["furniture"].folder
UNDIRECTED = {"stock", "technology", "labour", "energy", "association", "rivalry"}
FILES = (
    "report.html report.ar.html map.html clusters.xlsx clusters.csv members.csv shares.csv scores.csv layers.csv linkages.csv plan.csv gaps.csv "
    "openings.csv problems.csv network.graphml network.gexf manifest.json"
).split()


def tables():
    return {
        path.stem: pd.read_csv(path, dtype=str, keep_default_na=False)
        for path in FOLDER.glob("*.csv")
        if path.stem != "truth"
    }


def write(folder: Path, found: dict[str, pd.DataFrame]) -> Path:
    folder.mkdir()
    for name, table in found.items():
        table.to_csv(folder / f"{name}.csv", index=False)
    (folder / "study.toml").write_bytes((FOLDER / "study.toml").read_bytes())
    return folder


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    return run_study(FOLDER, out=tmp_path_factory.mktemp("flow") / "out", draws=19, resamples=6, languages=["en", "ar"])


def test_every_file_of_the_contract_is_there(reference):
    assert sorted(path.name for path in reference.folder.iterdir()) == sorted(FILES)
    columns = {
        name: pd.read_csv(reference.folder / f"{name}.csv", dtype=str).columns.tolist()
        for name in ("members", "scores", "linkages", "plan", "gaps", "problems")
    }
    assert columns == {
        "members": ["enterprise_id", "name", "cluster", "certainty", "role"],
        "scores": [
            "cluster",
            "family",
            "metric",
            "value",
            "chance_mean",
            "effect",
            "p_value",
            "q_value",
            "low",
            "high",
            "note",
        ],
        "linkages": ["source", "target", "layer", "weight", "n_reports"],
        "plan": ["cluster", "resource", "unit", "supplier", "buyer", "quantity", "unit_cost", "cost"],
        "gaps": ["cluster", "final_product", "product", "stage", "status", "suppliers"],
        "problems": ["code", "severity", "file", "sheet", "row", "column", "value", "message"],
    }


def test_two_runs_write_the_same_bytes(reference, tmp_path):
    again = run_study(FOLDER, out=tmp_path / "out", draws=19, resamples=6, languages=["en", "ar"])
    for name in FILES:
        if name != "manifest.json":
            assert (again.folder / name).read_bytes() == (reference.folder / name).read_bytes(), name


def test_i09_another_process_hash_seed_locale_and_time_zone(reference, tmp_path):
    code = f"from clusternet.study import run_study; run_study({str(FOLDER)!r}, out={str(tmp_path / 'out')!r}, draws=19, resamples=6, languages=['en', 'ar'])"
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "12345",
        "LC_ALL": "C",
        "TZ": "Asia/Baghdad",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    subprocess.run([sys.executable, "-c", code], check=True, env=environment, cwd=ROOT)
    for name in FILES:
        if name != "manifest.json":
            assert (tmp_path / "out" / name).read_bytes() == (reference.folder / name).read_bytes(), name


def test_shuffled_rows_and_swapped_ends_write_the_same_bytes(reference, tmp_path):
    found = {name: table.sample(frac=1, random_state=7) for name, table in tables().items()}
    links = found["linkages"]
    swap = links["layer"].isin(UNDIRECTED)
    reporter = links["reporter"].where(links["reporter"].ne(""), links["source"])
    found["linkages"] = links.assign(
        reporter=reporter,
        source=links["source"].mask(swap, links["target"]),
        target=links["target"].mask(swap, links["source"]),
    )
    shuffled = run_study(
        write(tmp_path / "shuffled", found), out=tmp_path / "out", draws=19, resamples=6, languages=["en", "ar"]
    )
    for name in ("members.csv", "scores.csv", "clusters.csv", "linkages.csv", "network.graphml"):
        assert (shuffled.folder / name).read_bytes() == (reference.folder / name).read_bytes(), name


def test_scaled_weights_change_only_what_is_measured_in_weight(reference, tmp_path):
    found = tables()
    links = found["linkages"]
    found["linkages"] = links.assign(weight=[repr(float(weight) * 3.7) for weight in links["weight"]])
    scaled = run_study(
        write(tmp_path / "scaled", found), out=tmp_path / "out", draws=19, resamples=6, languages=["en", "ar"]
    )
    assert (scaled.folder / "members.csv").read_bytes() == (reference.folder / "members.csv").read_bytes()
    lines = [
        path.read_text(encoding="utf-8-sig").splitlines()
        for path in (scaled.folder / "scores.csv", reference.folder / "scores.csv")
    ]
    differing = [(after, before) for after, before in zip(*lines, strict=True) if after != before]
    # These are weights and grow with the scale; every other score is the same to the last digit.
    assert {after.split(",")[2] for after, _ in differing} == {"internal_strength", "cyclicity"}
    for after, before in differing:
        assert float(after.split(",")[3]) == pytest.approx(3.7 * float(before.split(",")[3]), rel=1e-11)


def test_the_default_finds_the_planted_clusters(reference):
    from sklearn.metrics import adjusted_mutual_info_score

    truth = DATASETS["furniture"].truth()
    assert adjusted_mutual_info_score(truth[reference.clusters.labels.index], reference.clusters.codes) > 0.98


def test_i31_report_numbers_follow_from_the_exported_tables(reference):
    members = pd.read_csv(reference.folder / "members.csv", encoding="utf-8-sig", dtype={"enterprise_id": str})
    links = pd.read_csv(reference.folder / "linkages.csv", encoding="utf-8-sig", dtype=str)
    scores = pd.read_csv(reference.folder / "scores.csv", encoding="utf-8-sig")
    cluster = members.set_index("enterprise_id")["cluster"]
    links = links[links["layer"] != "rivalry"]
    pairs = {frozenset(ends): 0.0 for ends in zip(links["source"], links["target"], strict=True)}
    for source, target, weight in zip(links["source"], links["target"], links["weight"].astype(float), strict=True):
        pairs[frozenset((source, target))] += weight
    for number in range(3):
        s = set(cluster.index[cluster == number])
        inside = [pair for pair in pairs if pair <= s]
        cut = sum(weight for pair, weight in pairs.items() if len(pair & s) == 1)
        volume = 2 * sum(pairs[pair] for pair in inside) + cut
        rest = 2 * sum(pairs.values()) - volume
        expected = {"density": len(inside) / (len(s) * (len(s) - 1) / 2), "conductance": cut / min(volume, rest)}
        for metric, value in expected.items():
            found = scores.loc[(scores["cluster"] == number) & (scores["metric"] == metric), "value"].item()
            assert found == pytest.approx(value, rel=1e-10)


class TestRealSurveys:
    """The real surveys, where they are."""

    def test_kecskemet(self, real_data, tmp_path):
        config = Path(__file__).parent / "ingest" / "real" / "kecskemet_printing_2012.toml"
        study = run_study(
            real_data / "kecskemet_printing_2012", out=tmp_path / "out", config=config, draws=9, resamples=3
        )
        assert (study.network.n_enterprises, len(study.network.ties), len(study.network.flat)) == (26, 223, 154)
        settings = study.survey.settings
        assert isinstance(settings, Settings)
        assert isinstance(settings.layer("knowledge"), Layer)

    def test_danish_incubators_stay_apart(self, real_data, tmp_path):
        config = Path(__file__).parent / "ingest" / "real" / "danish_incubators.toml"
        study = run_study(real_data / "danish_incubators", out=tmp_path / "out", config=config, draws=9, resamples=3)
        places = study.network.enterprises["place"]
        for cluster in range(study.clusters.n_clusters):
            assert places[study.clusters.codes == cluster].nunique() == 1
        assert study.network.n_enterprises == 81

    def test_scottish_interlocks(self, real_data, tmp_path):
        config = Path(__file__).parent / "ingest" / "real" / "scotland_interlocks.toml"
        study = run_study(real_data / "scotland_interlocks", out=tmp_path / "out", config=config, draws=9, resamples=3)
        assert study.network.n_enterprises == 108
        assert study.clusters.n_clusters > 1
