"""The benchmarks still run: a small part of each, so that they cannot rot."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_quality_runs_for_ours_on_the_smallest_family(tmp_path):
    command = "benchmarks.quality --methods clusternet --families cliques,random --seeds 2 --out".split()
    subprocess.run([sys.executable, "-m", *command, str(tmp_path)], cwd=ROOT, check=True, capture_output=True)
    table = (tmp_path / "quality.md").read_text(encoding="utf-8")
    assert "clusternet" in table
    assert (tmp_path / "quality.json").stat().st_size > 1000


@pytest.mark.slow
def test_scale_runs(tmp_path):
    command = [sys.executable, "-m", "benchmarks.scale", "2000", "20000", "40"]
    found = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert "| natural |" in found
