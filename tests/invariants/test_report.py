"""I30 and I31: the public edition knows nothing of who is not in it, and the report's numbers are those of its tables."""

import ast
import csv
import io
import json
import math
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import clusternet as cn
from clusternet.metrics import METRICS
from clusternet.planted import plant_survey
from clusternet.report.edition.editing import publish_edition
from tests.invariants import recompute

CARDS = {name: METRICS[name].card for name in METRICS}


# ---------------------------------------------------------------------- I30
def survey_tables(generator: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Two groups of nine, one of whose members said no to being counted; a pair that is no group; and one alone."""
    ids = [f"E{place:02d}" for place in range(21)]
    enterprises = pd.DataFrame({"enterprise_id": ids, "name": [f"Workshop {i}" for i in ids], "sector": "3100"}).assign(
        workers=generator.integers(3, 9, 21),
        turnover=generator.integers(100, 900, 21),
        monthly_income=generator.integers(100, 300, 21),
        consent_publish=["none" if place in (4, 13) else "aggregate" for place in range(21)],
    )
    rows = [(ids[i], ids[j]) for i in range(18) for j in range(i) if i // 9 == j // 9 and generator.random() < 0.8]
    rows += [(ids[0], ids[9]), (ids[18], ids[19])]
    return enterprises, pd.DataFrame(rows, columns=["source", "target"]).assign(layer="supply")


def public_bytes(folder: Path, enterprises: pd.DataFrame, linkages: pd.DataFrame) -> dict[str, bytes]:
    network = cn.build_network(survey_of(folder, enterprises, linkages))
    clusters = cn.find_clusters(network, method="leiden", seed=0)
    cn.write_report(network, clusters, cn.score_clusters(network, clusters, draws=0), out=folder / "result")
    key = folder / "secret" / "publication.key"
    key.parent.mkdir()
    # The same office publishes both, with the same key.
    key.write_text("ab" * 32 + "\n")
    edition = publish_edition(
        folder / "result", out=folder / "public", key_file=key, cards=CARDS, languages=["en", "ar"]
    )
    return {path.name: path.read_bytes() for path in sorted(edition.folder.iterdir())}


def survey_of(folder: Path, enterprises: pd.DataFrame, linkages: pd.DataFrame):
    folder.mkdir()
    (folder / "survey").mkdir()
    enterprises.to_csv(folder / "survey" / "enterprises.csv", index=False)
    linkages.to_csv(folder / "survey" / "linkages.csv", index=False)
    return cn.read_survey(folder / "survey")


def replaced(table: pd.DataFrame, who: str, **values) -> pd.DataFrame:
    """Return the table with other values in one enterprise's row."""
    row = table["enterprise_id"] == who
    return table.assign(**{column: table[column].mask(row, value) for column, value in values.items()})


def workers_of(table: pd.DataFrame, who: str) -> int:
    return int(table.loc[table["enterprise_id"] == who, "workers"].item())


def groups_of(edition: dict[str, bytes]) -> dict[str, dict[str, str]]:
    return {row["group"]: row for row in csv.DictReader(io.StringIO(edition["clusters.csv"].decode("utf-8-sig")))}


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    tables = survey_tables(np.random.default_rng(3))
    return tables, public_bytes(tmp_path_factory.mktemp("edition") / "usual", *tables)


def test_I30_who_said_no_and_what_is_never_told_move_no_public_byte(usual, tmp_path):
    (enterprises, linkages), before = usual
    # One who said no, one of a pair too small to be a group of its own, and one in no cluster.
    changed = replaced(enterprises, "E04", name="Somebody else", workers=4000, turnover=1, monthly_income=9)
    changed = replaced(replaced(changed, "E18", name="A new name"), "E20", name="ورشة", monthly_income=5000, turnover=3)
    after = public_bytes(tmp_path / "changed", changed, linkages)
    assert {name for name in before if before[name] != after[name]} == set()


def test_I30_the_values_behind_what_is_kept_back_move_no_public_byte(usual, tmp_path):
    """Whatever they are, as long as all that is told stays true of them."""
    (enterprises, linkages), told = usual
    # Only two remain beside the groups: their workers are kept back, and those of a group, from whose difference with
    # the total they would follow.
    fewer = replaced(enterprises, "E20", consent_publish="none")
    before = public_bytes(tmp_path / "fewer", fewer, linkages)
    groups = groups_of(before)
    kept_back = {name for name, row in groups.items() if row["workers"] == "c"}
    assert len(kept_back) == 2
    (group,) = kept_back - {"other"}
    first, second = (_workers(enterprises, range(start, start + 9)) for start in (0, 9))
    assert first != second
    member = "E01" if groups_of(told)[group]["workers"] == first else "E10"
    moved = replaced(fewer, "E18", workers=workers_of(fewer, "E18") + 1)
    moved = replaced(moved, member, workers=workers_of(moved, member) - 1)
    after = public_bytes(tmp_path / "moved", moved, linkages)
    assert {name for name in before if before[name] != after[name]} == set()


def _workers(enterprises: pd.DataFrame, places: range) -> str:
    """Return the workers of those in these rows who may be counted, as an edition tells them."""
    rows = enterprises.iloc[list(places)]
    return str(int(rows.loc[rows["consent_publish"] != "none", "workers"].sum()))


# ---------------------------------------------------------------------- I31
@pytest.fixture(scope="module")
def result(tmp_path_factory):
    """A planted survey of the furniture trade with all it has: layers, rivals, outside partners, needs and prices."""
    tables = plant_survey(70, seed=5, isolated=0.05)
    network = cn.Network.from_tables(tables.enterprises, tables.linkages, tables.resources, tables.recipes)
    clusters = cn.find_clusters(network, method="leiden", seed=1)
    scores = cn.score_clusters(network, clusters, draws=0)
    return cn.write_report(network, clusters, scores, out=tmp_path_factory.mktemp("recompute") / "out")


def test_I31_the_recomputation_is_independent():
    tree = ast.parse(Path(recompute.__file__).read_text(encoding="utf-8"))
    imported = {
        name.name if isinstance(node, ast.Import) else node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    assert imported == {"csv", "json", "math", "sys", "pathlib"}


def test_I31_scores_and_costs_follow_from_the_exported_tables(result):
    done = subprocess.run(
        [sys.executable, "-I", recompute.__file__, str(result)], capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout)
    scores = list(csv.DictReader(io.StringIO((result / "scores.csv").read_text(encoding="utf-8-sig"))))
    told = {(row["cluster"], row["metric"]): row["value"] for row in scores}
    clusters = list(csv.DictReader(io.StringIO((result / "clusters.csv").read_text(encoding="utf-8-sig"))))
    assert sorted(found) == sorted(row["cluster"] for row in clusters)
    assert len(found) > 3
    compared = 0
    for row in clusters:
        numbers = found[row["cluster"]]
        assert int(row["size"]) == numbers["size"]
        for metric, value in numbers.items():
            if metric in CARDS:
                written = told[row["cluster"], metric]
                assert written == row[metric], metric
                assert (math.isnan(value) and written == "") or float(written) == pytest.approx(value, rel=1e-10), (
                    metric
                )
                compared += 1
    assert compared == 6 * len(clusters)
    assert sum(numbers["plan_cost"] for numbers in found.values()) > 0


class Cells(HTMLParser):
    """The cells of every row of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
            self.inside = True

    def handle_endtag(self, tag):
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data):
        if self.inside:
            self.rows[-1][-1] += data.strip()


def test_I31_the_page_shows_the_numbers_that_were_worked_out_again(result):
    found = recompute.recomputed(result)
    rows = [row for row in Cells((result / "report.html").read_text(encoding="utf-8")).rows if row]
    # Each cluster has its row in the table of all clusters: its number, its label, its size, and scores.
    for number, numbers in found.items():
        mine = [row for row in rows if row[0] == number and len(row) > 4 and row[2] == str(int(numbers["size"]))]
        assert mine, number
        shown = {cell for row in rows if row[0] in (number, "Density", "Conductance") for cell in row[1:]}
        assert f"{numbers['density']:.2g}" in {f"{float(cell):.2g}" for cell in shown if _is_number(cell)}, number


def _is_number(cell: str) -> bool:
    try:
        return math.isfinite(float(cell))
    except ValueError:
        return False
