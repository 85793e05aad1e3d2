"""How good the certainty is on planted noise, and that its coefficients are those that the fit finds."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.matching.cases import planted_case
from benchmarks.matching.measure import Run
from benchmarks.matching.peers import ours
from clusternet.ingest.matching.certainty import CERTAIN, COEFFICIENTS, WORTH_ASKING
from clusternet.ingest.matching.features import FEATURES

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("script", ["latin", "arabic"])
def test_nine_in_ten_are_taken_and_99_in_100_of_them_are_right(script):
    case = planted_case(11, 300, script, asked=True)
    answers = ours(case.names, case.mentions)
    known = np.array([bool(truth) for truth in case.truth])
    right = np.array([int(best) in truth for best, truth in zip(answers.best, case.truth, strict=True)])
    run = Run(known, right, answers.score, 0.0, 0.0)
    share, precision, taken = run.accepted(CERTAIN)
    assert run.top_one >= 0.92
    assert share >= 0.89
    assert precision >= 0.99
    assert taken > 250
    # Not everything is taken: one in five mentions is of nobody.
    assert not answers.score[~known].mean() > 0.3


def test_every_feature_has_its_coefficient():
    assert list(COEFFICIENTS) == list(FEATURES)
    assert 0 < WORTH_ASKING < 0.5 < CERTAIN < 1


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_fit_finds_the_coefficients_in_use():
    command = [sys.executable, "-m", "benchmarks.matching.fit", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_benchmark_runs(tmp_path):
    options = ["--size", "small", "--seeds", "1", "--methods", "clusternet,TF-IDF", "--out", str(tmp_path)]
    command = [sys.executable, "-m", "benchmarks.matching", *options]
    subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "| clusternet |" in (tmp_path / "matching.md").read_text(encoding="utf-8")
    assert (tmp_path / "matching.json").stat().st_size > 500
