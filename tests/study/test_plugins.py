"""Who else has a say in a study: the packages that offer methods, and the processes that share the work."""

import os
import signal
import sys
from concurrent.futures import Future
from types import SimpleNamespace

import numpy as np
import pytest
from joblib.externals.loky.process_executor import BrokenProcessPool

from clusternet.inference import workers
from clusternet.model import Network, Partition, Scores
from clusternet.model.scores import COLUMNS
from clusternet.report.manifest import study_record
from clusternet.study import plugins, stage_keys
from tests.study.sameness import same_array


def sides(pairs, *, seed):
    """Do nothing; this file stands for that of another package."""


@pytest.fixture
def offered(monkeypatch):
    """A method of another package, whose version can be set."""
    package = SimpleNamespace(name="acme", version="1.2")
    monkeypatch.setattr(plugins, "installed_offers", lambda: (SimpleNamespace(name="sides", dist=package),))
    card = SimpleNamespace(function=sides, checked_options=dict)
    for room in (plugins, stage_keys):
        monkeypatch.setattr(room, "METHODS", {"sides": card, "leiden": room.METHODS["leiden"]})
    return package


def test_the_version_of_a_plug_in_stands_in_the_manifest_and_ours_have_none_of_their_own(offered):
    assert plugins.method_packages("sides") == {"acme": "1.2"}
    assert plugins.method_packages("leiden") == {}
    network = Network.from_edges(["a"], ["b"])
    partition = Partition(network.enterprise_ids, np.array([0, 0]), method="sides")
    scores = Scores(network.linkages.reindex(columns=list(COLUMNS)).head(0), {})
    asked = {"command": "", "seed": 0, "languages": ["en"]}
    plain = study_record(network, partition, scores, **asked)["versions"]
    told = study_record(network, partition, scores, **asked, packages=plugins.method_packages("sides"))["versions"]
    assert told == {**plain, "acme": "1.2"}


def test_another_version_of_a_plug_in_finds_its_stages_anew(offered):
    network = Network.from_edges(["a"], ["b"])
    asked = {"options": {}, "seed": 0, "draws": 1, "resamples": 1}

    def names(method):
        return stage_keys.stage_names(network, method=method, **asked)

    before, ours = names("sides"), names("leiden")
    assert names("sides") == before
    offered.version = "1.3"
    assert not set(names("sides").values()) & set(before.values())
    assert names("leiden") == ours


class Mortal:
    """A task that kills the process it is done in, if that is not the first one."""

    def __init__(self, place):
        self.home, self.place = os.getpid(), place

    def __call__(self, draw):
        if os.getpid() != self.home:
            (self.place / f"{os.getpid()}").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return np.random.default_rng((0, draw)).random(3)


class BrokenPool:
    """Does some of the work and then breaks, as a pool does that has lost a process."""

    def __init__(self, *_given, initargs, **_options):
        self.task, self.done = initargs[0], 0

    def submit(self, _made, draws):
        self.done += 1
        future = Future()
        if self.done > 2:
            future.set_exception(BrokenProcessPool())
        else:
            future.set_result([self.task(draw) for draw in draws])
        return future

    def shutdown(self, **_options):
        pass


def test_F13_what_a_broken_pool_leaves_is_done_here(monkeypatch, tmp_path):
    monkeypatch.setattr(workers, "WORTH_SECONDS", 0.0)
    monkeypatch.setattr("joblib.externals.loky.ProcessPoolExecutor", BrokenPool)
    task = Mortal(tmp_path)
    shared = list(workers.in_processes(task, 9, workers=2))
    assert [values.tolist() for values in shared] == [task(draw).tolist() for draw in range(9)]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_F13_the_work_of_a_killed_process_is_done_once_more_here_with_the_same_bytes(monkeypatch, tmp_path):
    monkeypatch.setattr(workers, "WORTH_SECONDS", 0.0)
    task = Mortal(tmp_path)
    shared = list(workers.in_processes(task, 9, workers=2))
    assert len(shared) == 9
    assert list(tmp_path.iterdir()) != []  # somebody was killed
    for draw, values in enumerate(shared):
        same_array(values, task(draw))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_F13_what_cannot_be_done_here_either_is_an_error(monkeypatch, tmp_path):
    monkeypatch.setattr(workers, "WORTH_SECONDS", 0.0)
    monkeypatch.setattr(Mortal, "__call__", hungry(Mortal.__call__))
    with pytest.raises(MemoryError):  # exit 3, as tests/test_cli.py shows
        list(workers.in_processes(Mortal(tmp_path), 9, workers=2))


def hungry(work):
    def call(self, draw):
        if draw > 3:
            raise MemoryError
        return work(self, draw)

    return call
