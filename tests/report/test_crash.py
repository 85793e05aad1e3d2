"""F01: whatever the moment at which a run is killed, the old result is there whole, or the new one is."""

import hashlib
import json
import shutil
import sys

import pytest

import clusternet as cn
from clusternet.report import publish
from clusternet.report.publish import published_folder
from clusternet.study import load_survey
from tests.report.killing import killed_at

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs fork")


def published(out, content):
    with published_folder(out, overwrite=True) as folder:
        for name in ("clusters.csv", "members.csv"):
            folder.write(name, content * 3)
        folder.write("manifest.json", json.dumps(content))


def files(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def every_kill(tmp_path, run, old, states, *, seen=files, may_be_away=False):
    """Kill a run at each of its points in turn; return how often which of the states was found afterwards."""
    out = tmp_path / "place" / "out"
    found = dict.fromkeys(states, 0)

    def fresh():
        shutil.rmtree(tmp_path / "place", ignore_errors=True)
        (tmp_path / "place").mkdir()
        old(out)

    fresh()
    points = killed_at(-1, lambda: run(out), tmp_path / "place")
    assert points > 10
    for number in range(points):
        fresh()
        assert killed_at(number, lambda: run(out), tmp_path / "place") is None
        if may_be_away and not out.exists():
            with publish.locked_folder(out):
                pass  # the next run begins with this
        state = seen(out) if out.exists() else {}
        names = [name for name, content in states.items() if content == state]
        assert names, f"killed at point {number} of {points}: neither the old result nor the new one is whole"
        found[names[0]] += 1
    assert killed_at(-1, lambda: run(out), tmp_path / "place") is not None
    assert [path.name for path in (tmp_path / "place").iterdir()] == ["out"]
    return found


@pytest.mark.parametrize("able", [True, False])
def test_f01_a_kill_at_any_write_or_rename_leaves_one_result_whole(tmp_path, monkeypatch, able):
    if not able:
        monkeypatch.setattr(publish, "exchanged", lambda *_: False)
    states = {}
    for content in ("old", "new"):
        published(tmp_path / content, content)
        states[content] = files(tmp_path / content)
    found = every_kill(
        tmp_path, lambda out: published(out, "new"), lambda out: published(out, "old"), states, may_be_away=not able
    )
    assert min(found.values()) > 0


def test_f01_a_kill_leaves_nothing_where_nothing_was(tmp_path):
    published(tmp_path / "new", "new")
    states = {"nothing": {}, "new": files(tmp_path / "new")}
    found = every_kill(tmp_path, lambda out: published(out, "new"), lambda _: None, states)
    assert min(found.values()) > 0


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_f01_a_whole_report_killed_at_every_write_and_rename(tmp_path):
    survey = load_survey("florentine")
    network = cn.build_network(survey)
    clusters = cn.find_clusters(network, method="leiden", seed=0)
    scores = cn.score_clusters(network, clusters, draws=0, seed=0)

    def written(out, seed):
        cn.write_report(network, clusters, scores, out=out, survey=survey, overwrite=True, seed=seed)

    def apart_from_time(folder):
        known = files(folder)
        content = json.loads((folder / "manifest.json").read_text())
        return {**known, "manifest.json": content["sha256"]}

    states = {}
    for name, seed in (("old", 0), ("new", 1)):
        written(tmp_path / name, seed)
        states[name] = apart_from_time(tmp_path / name)
    assert states["old"] != states["new"]
    found = every_kill(
        tmp_path,
        lambda out: written(out, 1),
        lambda out: shutil.copytree(tmp_path / "old", out),
        states,
        seen=apart_from_time,
    )
    assert min(found.values()) > 0
