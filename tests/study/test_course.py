"""How long a study takes and how much memory it needs, asked before and told afterwards."""

import json
import os
import subprocess
import sys

import pytest

from clusternet.errors import ResourceError
from clusternet.ingest.memory import memory_text
from clusternet.study import load_survey
from clusternet.study.course import Course
from clusternet.study.stage_memory import study_memory

AMOUNTS = {"enterprises": 1000, "linkages": 10_000, "resources": 500}


def test_more_of_anything_needs_more_and_each_stage_is_there():
    need = study_memory(**AMOUNTS)
    assert list(need) == ["read", "network", "clusters", "scores", "doubt", "report"]
    for name in AMOUNTS:
        more = study_memory(**{**AMOUNTS, name: 2 * AMOUNTS[name]})
        assert all(more[stage] > need[stage] for stage in need)
    assert study_memory(**AMOUNTS, clusters=1000)["scores"] > need["scores"]
    shared = study_memory(**AMOUNTS, workers=2)
    assert [stage for stage in need if shared[stage] > need[stage]] == ["scores", "doubt"]


class TestCourse:
    """How a study goes: as many workers as there is memory for, and what took how long."""

    def test_fewer_workers_where_memory_is_short(self):
        survey = load_survey("florentine")
        amounts = {name: len(getattr(survey, name)) for name in ("enterprises", "linkages", "resources")}
        two = max(study_memory(**amounts, workers=2).values())
        told = []
        course = Course(lambda *words: told.append(words), two)
        assert course.check_memory("network", survey, workers=4) == 2
        assert told == [("network", f"about {memory_text(two)} of memory")]
        assert Course(print, 1 << 40).check_memory("network", survey, workers=4) == 4

    def test_too_much_for_one_worker_is_refused_with_need_and_limit(self):
        course = Course(print, "10MB")
        with pytest.raises(ResourceError, match=r"needs about \d+\.\d MB .* limit is 10\.0 MB") as caught:
            course.check_memory("network", load_survey("florentine"))
        assert caught.value.exit_code == 3

    def test_every_stage_is_timed_once(self):
        course = Course(lambda stage, text: None)
        for stage, text in [("read", ""), ("clusters", "1"), ("clusters", "2"), ("report", "")]:
            course.tell(stage, text)
        told = course.told()
        assert list(told["stages"]) == list(told["memory"]["used"]) == ["read", "clusters", "report"]
        assert min(told["stages"].values()) >= 0


@pytest.mark.slow
def test_a_study_needs_no_more_than_was_expected_and_no_third_of_it(tmp_path):
    code = (
        "import sys, json; from clusternet.datasets import DATASETS; from clusternet.study import run_study\n"
        "study = run_study(DATASETS['furniture'].folder, out=sys.argv[1], draws=4, resamples=2)\n"
        "print(json.dumps(json.loads((study.folder / 'manifest.json').read_text())['timing']['memory']))"
    )
    environment = {**os.environ, "CLUSTERNET_WORKERS": "1"}
    command = [sys.executable, "-c", code, str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    memory = json.loads(done.stdout)
    for stage, used in memory["used"].items():
        assert used < memory["expected"][stage] < 3 * used, stage
