import json
import shutil

import pytest

import clusternet as cn
from clusternet.errors import InputError
from clusternet.report.verifying import altered_files, differing_runs, recorded_run
from clusternet.study import load_survey


def written(out, *, seed=0, draws=0):
    survey = load_survey("florentine")
    network = cn.build_network(survey)
    clusters = cn.find_clusters(network, method="leiden", seed=seed)
    scores = cn.score_clusters(network, clusters, draws=draws, seed=seed)
    return cn.write_report(network, clusters, scores, out=out, survey=survey, seed=seed)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return written(tmp_path_factory.mktemp("verifying") / "result")


@pytest.fixture
def copy(folder, tmp_path):
    return shutil.copytree(folder, tmp_path / "copy")


def told(differences):
    return [entry.text("en") for entry in differences]


def test_what_nobody_touched_is_as_it_was_written(folder):
    assert altered_files(folder) == []


def test_a_changed_a_lost_and_a_foreign_file_are_named(copy):
    with (copy / "scores.csv").open("a") as stream:
        stream.write("0,cohesion,density,1\n")
    (copy / "plan.csv").unlink()
    (copy / "notes.txt").write_text("mine")
    (copy / "gaps.csv").unlink()
    (copy / "gaps.csv").mkdir()
    assert told(altered_files(copy)) == [
        "gaps.csv was changed after the study wrote it.",
        "notes.txt was not written by the study.",
        "plan.csv is gone.",
        "scores.csv was changed after the study wrote it.",
    ]
    assert all(entry.text("ar") != entry.text("en") for entry in altered_files(copy))


def test_a_changed_manifest_is_refused(copy):
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["seed"] = 7
    (copy / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(InputError, match=r"manifest\.json"):
        altered_files(copy)
    with pytest.raises(InputError, match="holds no result"):
        altered_files(copy.parent)


def test_two_runs_of_one_study_do_not_differ(folder, tmp_path):
    assert differing_runs(folder, written(tmp_path / "again")) == []


def test_the_stage_that_differs_is_named_and_the_earliest_comes_first(folder, tmp_path):
    lines = told(differing_runs(folder, written(tmp_path / "again", draws=9)))
    assert lines[0] == "The two runs had other settings: see manifest.json."
    assert lines[1] == "clusters.csv differs; it is decided in the stage: scoring clusters."
    assert not any("linkages.csv" in line or "members.csv" in line for line in lines)
    assert "report.html differs; it is decided in the stage: writing the report." in lines


def _resealed(copy, change):
    """Change a manifest as another machine or another survey would have written it."""
    import hashlib

    manifest = json.loads((copy / "manifest.json").read_text())
    change(manifest)
    content = {key: value for key, value in manifest.items() if key not in ("sha256", "timing")}
    text = json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False)
    manifest["sha256"] = hashlib.sha256(text.encode()).hexdigest()
    (copy / "manifest.json").write_text(json.dumps(manifest))


def test_other_versions_and_other_inputs_are_named(folder, copy):
    def change(manifest):
        manifest["versions"]["numpy"] = "1.0"
        manifest["inputs"][0]["sha256"] = "0" * 64

    _resealed(copy, change)
    lines = told(differing_runs(copy, folder))
    assert lines[0].startswith("numpy had the version 1.0 then, and ")
    assert lines[1].endswith(" is not the file that the study read.")
    assert len(lines) == 2


def test_the_options_of_a_run_are_read_from_its_manifest(folder):
    found = recorded_run(folder)
    assert (found["method"], found["seed"], found["draws"], found["pdf"]) == ("leiden", 0, 0, False)
    assert found["reading"]["encoding_errors"] == "first"
