"""The benchmarks still run: their harness, and a small part of each, so that they cannot rot."""

import json
import math
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.contestant import timed
from benchmarks.growth import draw, growth, slope
from benchmarks.measuring import Case, Contest, Contestant, Row, measured
from benchmarks.results_table import as_json, markdown
from benchmarks.turn import Turn

ROOT = Path(__file__).parents[1]
SPEED = ("read", "build", "detect", "score", "chance", "layout", "whole")


# ---------------------------------------------------------------------- a contest of toys, which a child process imports
def _write(folder, links):
    (folder / "numbers.txt").write_text("\n".join(map(str, range(links))))


def _numbers(case):
    return [int(line) for line in (case.folder / "numbers.txt").read_text().split()]


def _sum(case, found):
    return {"sum": found}


def _fail(numbers):
    raise ValueError("no such thing")


def _sleep(numbers):
    time.sleep(60)


TOYS = (
    Contestant("ours", sum, _numbers, _sum, ours=True, note="the sum"),
    Contestant("fails", _fail, _numbers),
    Contestant("absent", sum, _numbers, _sum, needs=("a_package_that_is_not_there",)),
    Contestant("tires", sum, _numbers, _sum, most=10),
    Contestant("sleeps", _sleep, _numbers),
)
CONTESTS = (Contest("toys", "Sums of toys", _write, TOYS, small=(10, 100), full=(10, 100), unit="toys", warm=0),)


@pytest.fixture(scope="module")
def rows():
    found = []
    # Only who never ends is given little time: on a busy machine the others may need seconds too.
    for limit, chosen in ((60.0, lambda toy: toy.name != "sleeps"), (1.0, lambda toy: toy.name == "sleeps")):
        contests = measured("tests.test_benchmarks", CONTESTS, lambda contest: contest.small, limit=limit, only=chosen)
        found += list(contests)
    return {(row.contestant, row.links): row for row in found}


def test_every_contestant_has_a_row_at_every_size(rows):
    assert set(rows) == {(toy.name, links) for links in (10, 100) for toy in TOYS}


def test_who_does_the_work_is_timed_and_seen_to_have_done_it(rows):
    row = rows["ours", 100]
    assert row.check == {"sum": 4950}
    assert row.seconds > 0
    assert row.repeats > 1
    assert row.memory_mb >= 0
    assert not row.trouble


def test_who_fails_is_absent_or_takes_too_long_has_a_row_that_says_so(rows):
    assert rows["fails", 10].trouble == "failed: ValueError: no such thing"
    assert rows["absent", 10].trouble == "not installed"
    assert rows["sleeps", 10].trouble == "over 1 s"
    assert {rows[name, 10].seconds for name in ("fails", "absent", "sleeps")} == {None}


def test_who_had_no_time_is_not_asked_for_more(rows):
    assert rows["sleeps", 100].trouble == "not tried (over 1 s before)"
    assert rows["absent", 100].trouble == "not installed"
    assert rows["tires", 10].check == {"sum": 45}
    assert rows["tires", 100].trouble == "not tried above 10"


def test_the_page_shows_ratios_troubles_and_growth(rows):
    page = markdown("Toys", CONTESTS, list(rows.values()), {"command": "none"}, "toys.svg")
    assert "### 100 toys" in page
    assert "| **ours** | " in page
    assert "| 1 x | " in page
    assert "| sleeps | over 1 s | " in page
    assert "![Seconds by size](toys.svg)" in page
    assert "Growth: the time grows like toys to the power of" in page


def test_the_numbers_are_plain_json_with_slopes(rows):
    told = as_json(CONTESTS, list(rows.values()), {"command": "none"})
    assert json.loads(json.dumps(told)) == told
    assert [entry["contestant"] for entry in told["growth"]] == ["ours"]
    assert len(told["rows"]) == len(rows)


def test_seconds_are_multiplied_and_added_to_where_only_a_part_is_timed(tmp_path):
    case = Case(tmp_path, 5)
    _write(tmp_path, 5)
    told = timed(Contestant("part", sum, _numbers, _sum, scaled=10.0, added=float), case)
    assert 100 <= told["seconds"] < 101
    assert told["check"] == {"sum": 10}


def test_a_turn_is_held_until_it_was_long_and_then_let_go(tmp_path):
    fcntl = pytest.importorskip("fcntl")
    path = tmp_path / "lock"

    def free():
        with path.open("a") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return False
            return True

    patient, hasty = Turn(path, most=60.0), Turn(tmp_path / "other", most=0.0)
    with patient:
        assert not free()
    assert not free()
    patient.end()
    assert free()
    with hasty:
        assert (tmp_path / "other").exists()
    path = tmp_path / "other"
    assert free()


def test_slope_of_a_power_is_the_power():
    assert slope({10: 3 * 10**1.5, 100: 3 * 100**1.5, 10_000: 3 * 10_000**1.5}) == pytest.approx(1.5)
    assert math.isnan(slope({10: 1.0}))


def test_growth_tells_the_last_step_apart():
    seconds = {10: 1.0, 100: 1.0, 1000: 100.0}
    found = growth([Row("toys", "ours", links, value, value) for links, value in seconds.items()], "toys")
    assert found == [("ours", 10, 1000, pytest.approx(1.0), pytest.approx(2.0))]


def test_the_picture_has_a_line_for_each_contestant_and_the_same_bytes(tmp_path):
    pytest.importorskip("matplotlib")
    some = [Row("toys", name, links, links / 10, 1.0) for name in ("ours", "tires") for links in (10, 100)]
    assert draw(some, CONTESTS, tmp_path / "one.svg")
    assert draw(some, CONTESTS, tmp_path / "two.svg")
    text = (tmp_path / "one.svg").read_text(encoding="utf-8")
    assert "tires" in text
    assert "absent" not in text
    assert text == (tmp_path / "two.svg").read_text(encoding="utf-8")
    assert not draw(some[:1], CONTESTS, tmp_path / "none.svg")


def test_detection_is_benchmarked_with_every_method_of_the_catalogue():
    from benchmarks.detect import CONTESTANTS
    from clusternet.detect import METHODS

    names = {contestant.name.removeprefix("clusternet ") for contestant in CONTESTANTS}
    assert set(METHODS.names) - {"natural"} <= names


def test_keys_that_are_set_beside_others_are_in_the_catalogue():
    from benchmarks.score import BOTH, EXPENSIVE
    from clusternet.metrics import METRICS

    assert {*BOTH, *EXPENSIVE} <= set(METRICS.names)


# ---------------------------------------------------------------------- slow: the real ones
@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", SPEED)
def test_speed_runs_small(tmp_path, name):
    command = [sys.executable, "-m", f"benchmarks.{name}", "--sizes", "2000", "--limit", "250", "--out", str(tmp_path)]
    command += {"whole": ["--contests", "job,start"], "score": ["--contests", "both,cheap,expensive"]}.get(name, [])
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=900)
    told = json.loads((tmp_path / f"{name}-small.json").read_text(encoding="utf-8"))
    troubles = {(row["contestant"], row["trouble"]) for row in told["rows"] if row["trouble"]}
    assert {text for _, text in troubles} <= {"not installed"}
    ours = [row for row in told["rows"] if row["contestant"].startswith("clusternet")]
    assert ours
    assert all(row["seconds"] > 0 for row in ours)
    assert (tmp_path / f"{name}-small.md").stat().st_size > 1000


@pytest.mark.slow
def test_quality_runs_for_ours_on_the_smallest_family(tmp_path):
    command = "benchmarks.quality --methods clusternet --families cliques,random --seeds 2 --out".split()
    subprocess.run([sys.executable, "-m", *command, str(tmp_path)], cwd=ROOT, check=True, capture_output=True)
    table = (tmp_path / "quality.md").read_text(encoding="utf-8")
    assert "clusternet" in table
    assert (tmp_path / "quality.json").stat().st_size > 1000
