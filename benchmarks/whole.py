"""The whole job in a fresh process, imports included; a whole study; and how long it takes to start.

Run as ``python -m benchmarks.whole [--full]``; writes ``results/whole.md``, ``.json`` and ``.svg``.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.command_line import run
from benchmarks.inputs import write_rows
from benchmarks.measuring import Case, Contest, Contestant

#: The shipped survey has so many enterprises; smaller ones are planted.
SHIPPED = 300


def _process(words: list[str]) -> str:
    """Run a fresh interpreter and return what it printed last."""
    try:
        done = subprocess.run([sys.executable, *words], check=True, capture_output=True, text=True)  # noqa: S603
    except subprocess.CalledProcessError as error:
        raise RuntimeError((error.stderr.strip().splitlines() or ["no message"])[-1]) from None
    lines = done.stdout.strip().splitlines()
    return lines[-1] if lines else ""


def _job(words: list[str]) -> dict[str, Any]:
    return json.loads(_process(["-m", "benchmarks.whole_job", *words]))


# ---------------------------------------------------------------------- from rows to scores and chance
def _words(case: Case, job: str) -> list[str]:
    return [job, str(case.folder / "links.parquet")]


def _added(found: dict[str, Any]) -> float:
    return found["added"]


def _stages(case: Case, found: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if name != "added"}


def _from_rows(name: str, job: str, *needs: str, note: str, ours: bool = False, most: int | None = None) -> Contestant:
    given = partial(_words, job=job)
    return Contestant(name, _job, given, _stages, needs, most, added=_added, ours=ours, note=note)


# ---------------------------------------------------------------------- a study
def write_study(folder: Path, enterprises: int) -> None:
    """Write the shipped survey, or a planted one cut down to so many enterprises."""
    from clusternet.datasets import DATASETS

    survey = folder / "survey"
    if enterprises == SHIPPED:
        shutil.copytree(DATASETS["furniture"].folder, survey)
        return
    from clusternet.planted import plant_survey

    survey.mkdir()
    tables = plant_survey(max(enterprises, 30), seed=0)
    kept = tables.enterprises.iloc[:enterprises]
    ids = set(kept["enterprise_id"])
    gone = set(tables.enterprises["enterprise_id"]) - ids
    linkages = tables.linkages
    linkages = linkages[~linkages["source"].isin(gone) & ~linkages["target"].isin(gone)]
    if "reporter" in linkages:
        linkages = linkages[~linkages["reporter"].isin(gone)]
    resources = tables.resources[tables.resources["enterprise_id"].isin(ids)]
    for name, table in (
        ("enterprises", kept), ("linkages", linkages), ("resources", resources), ("recipes", tables.recipes),
    ):  # fmt: skip
        table.to_csv(survey / f"{name}.csv", index=False)


def _survey(case: Case, job: str) -> list[str]:
    out = case.folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    survey = str(case.folder / "survey")
    return {"study": ["study", survey, str(out)], "bare": ["bare", survey], "imports": ["imports"]}[job]


def _same(case: Case, found: dict[str, Any]) -> dict[str, Any]:
    return found


# ---------------------------------------------------------------------- to start
def write_nothing(folder: Path, count: int) -> None:
    """There is no input."""


def _given(case: Case, words: list[str]) -> list[str]:
    return words


def _starts(name: str, *words: str, ours: bool = False) -> Contestant:
    return Contestant(name, _process, partial(_given, words=list(words)), ours=ours)


CONTESTS = (
    Contest(
        "job",
        "From Parquet with text ids to scores and 1,000 draws of chance, in a fresh process",
        write_rows,
        (
            _from_rows("clusternet", "ours", ours=True,
                       note="read_edges, Leiden, every cheap key, eight keys in every draw"),
            _from_rows("clusternet, ends joined anew", "joined", ours=True,
                       note="one call of Leiden, every cheap key, the null \"stubs\": eight keys, all draws made"),
            _from_rows("pandas, igraph, numpy", "quick", "igraph",
                       note="factorize, igraph, Leiden, two scores, rewire"),
            _from_rows("pandas, networkx, cdlib", "usual", "networkx", "cdlib", most=100_000,
                       note="the usual way: Louvain, nine fitness functions, double_edge_swap and two scores"),
        ),
        small=(10_000,),
        full=(10_000, 100_000, 1_000_000),
        unit="rows",
        words=(
            "From the start of the interpreter to its end; MB is its peak, interpreter included. Draws are made for "
            "10 seconds or more (by networkx: one); the seconds of the others, as long each, are added. Stages in "
            "seconds, without what was added."
        ),
    ),
    Contest(
        "study",
        "A whole study with 200 draws: report, map, workbook, tables",
        write_study,
        (
            Contestant("clusternet run_study", _job, partial(_survey, job="study"), _same, ours=True,
                       note="200 draws, 50 resamples"),
            Contestant("its libraries, one detection, 200 detections in rewired networks", _job,
                       partial(_survey, job="bare"), _same, ours=True, note="nothing is scored or written"),
            Contestant("its libraries", _job, partial(_survey, job="imports"), _same, ours=True,
                       note="imported, nothing else"),
        ),
        small=(26,),
        full=(26, SHIPPED),
        unit="enterprises",
        warm=0,
        words="In fresh processes, stages in seconds. 300 enterprises: the shipped furniture; 26: a planted survey.",
    ),
    Contest(
        "start",
        "To start",
        write_nothing,
        (
            _starts("clusternet --help", "-m", "clusternet", "--help", ours=True),
            _starts("import clusternet", "-c", "import clusternet", ours=True),
            _starts("import pandas", "-c", "import pandas"),
            _starts("import networkx", "-c", "import networkx"),
            _starts("the interpreter alone", "-c", "pass"),
        ),
        small=(1,),
        full=(1,),
        unit="process",
        warm=0,
    ),
)  # fmt: skip

if __name__ == "__main__":
    run("whole", "The whole job", CONTESTS, limits={"small": 240.0, "full": 400.0})
