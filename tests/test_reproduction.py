"""The same survey gives the same bytes, whatever the machine is told about threads, hashes, language and time (F10, F11)."""

import json
import os
import random
import subprocess
import sys

import pytest

from clusternet.datasets import DATASETS

# tests/test_flow.py does the same in one step in the main suite.
pytestmark = pytest.mark.slow

STUDY = """
import sys
from clusternet.study import run_study
run_study(sys.argv[1], out=sys.argv[2], method="leiden", draws=9, resamples=3, seed=1, languages=["en", "ar"])
"""
VARIANTS = {
    "hashes": {"PYTHONHASHSEED": "12345"},
    "other hashes": {"PYTHONHASHSEED": "random"},
    **{
        f"{count} threads": dict.fromkeys(
            ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), str(count)
        )
        for count in (1, 2, 8)
    },
    **{f"locale {name}": {"LC_ALL": name, "LANG": name} for name in ("C", "tr_TR.UTF-8", "ar_SA.UTF-8")},
    **{f"time in {zone}": {"TZ": zone} for zone in ("UTC", "Pacific/Kiritimati")},
}
ALL_AT_ONCE = {
    "PYTHONHASHSEED": "7",
    "OMP_NUM_THREADS": "8",
    "OPENBLAS_NUM_THREADS": "8",
    "LC_ALL": "tr_TR.UTF-8",
    "TZ": "Asia/Riyadh",
}


def digests(survey, out, **environment):
    """Run a study in a process of its own; return the digest of each file that it wrote."""
    subprocess.run([sys.executable, "-c", STUDY, str(survey), str(out)], env={**os.environ, **environment}, check=True)
    manifest = json.loads((out / "manifest.json").read_text())
    return {entry["file"]: entry["sha256"] for entry in manifest["outputs"]} | {"manifest.json": manifest["sha256"]}


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    return digests(DATASETS["florentine"].folder, tmp_path_factory.mktemp("usual") / "out", PYTHONHASHSEED="0")


def test_another_process_on_another_kind_of_machine_writes_the_same_bytes(usual, tmp_path):
    assert digests(DATASETS["florentine"].folder, tmp_path / "out", **ALL_AT_ONCE) == usual


@pytest.mark.parametrize("variant", VARIANTS)
def test_f10_f11_one_thing_at_a_time_leaves_no_trace(usual, tmp_path, variant):
    assert digests(DATASETS["florentine"].folder, tmp_path / "out", **VARIANTS[variant]) == usual


def test_f11_the_order_of_the_rows_leaves_no_trace_in_any_table(usual, tmp_path):
    survey = tmp_path / "florentine"
    survey.mkdir()
    for path in DATASETS["florentine"].folder.iterdir():
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".csv":
            head, *rows = text.splitlines(keepends=True)
            random.Random(3).shuffle(rows)
            text = "".join([head, *rows])
        (survey / path.name).write_text(text, encoding="utf-8")
    found = digests(survey, tmp_path / "out")
    # The manifest tells the digests of the inputs, and the pages show some of what it tells.
    told = ("manifest.json", "problems.csv")
    tables = {name for name in usual if name.endswith((".csv", ".graphml", ".gexf")) or name == "map.html"} - {*told}
    assert len(tables) >= 12
    assert {name: found[name] for name in tables} == {name: usual[name] for name in tables}
