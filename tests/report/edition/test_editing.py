"""Public editions: what they hold, what they keep back, and what nobody can get out of them."""

import csv
import io
import itertools
import json

import numpy as np
import pandas as pd
import pytest

import clusternet as cn
from clusternet.cli import main
from clusternet.errors import InputError, PrivacyError
from clusternet.metrics import METRICS
from clusternet.report.edition.editing import publish_edition
from clusternet.report.edition.pseudonyms import project_key, pseudonym
from clusternet.report.edition.suppression import Rules
from clusternet.report.result_folder import read_result

CARDS = {name: METRICS[name].card for name in METRICS.names}
CANARY = "zqcanary"


def canaries(survey_folder, generator):
    """Write a survey in which every text of every table is unlike any other text in the world."""
    number = itertools.count()

    def word(kind):
        return f"{CANARY}{kind}{next(number):04d}"

    ids = [word("id") for _ in range(40)]
    consents = ["named"] * 10 + ["aggregate"] * 25 + ["none"] * 5
    rows = [
        {
            "enterprise_id": identifier,
            "name": word("name"),
            "name_alt": word("alt"),
            "sector": "3100" if place % 2 else "1610",
            "stage": word("stage") if place % 4 == 0 else "sawing",
            "place": word("place") if place % 5 == 0 else "North",
            "latitude": f"{30 + place / 1000:.4f}",
            "longitude": f"{31 + place / 1000:.4f}",
            "workers": str(int(generator.integers(2, 12))),
            "women_workers": "1",
            "consent_publish": consent,
        }
        for place, (identifier, consent) in enumerate(zip(ids, consents, strict=True))
    ]
    linkages = [
        {"source": ids[one], "target": ids[other], "layer": "supply"}
        for one, other in itertools.permutations(range(40), 2)
        if generator.random() < (0.7 if one // 14 == other // 14 else 0.02)
    ]
    linkages += [{"source": ids[place], "target": word("outside"), "layer": "stock"} for place in range(0, 40, 7)]
    resources = [
        {"enterprise_id": ids[place], "resource": word("resource"), "role": role, "factor": "material", "quantity": "1",
         "unit": word("unit")}
        for place, role in itertools.product(range(0, 40, 6), ("need", "offer"))
    ]  # fmt: skip
    recipes = [{"product": word("product"), "stage": word("making"), "input": word("input"), "quantity": "1"}]
    survey_folder.mkdir()
    for name, table in (("enterprises", rows), ("linkages", linkages), ("resources", resources), ("recipes", recipes)):
        pd.DataFrame(table).to_csv(survey_folder / f"{name}.csv", index=False)


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    folder = tmp_path_factory.mktemp("editions")
    canaries(folder / "survey", np.random.default_rng(5))
    survey = cn.read_survey(folder / "survey")
    network = cn.build_network(survey)
    clusters = cn.find_clusters(network, method="leiden", seed=0)
    scores = cn.score_clusters(network, clusters, draws=0, seed=0)
    cn.write_report(network, clusters, scores, out=folder / "result", survey=survey)
    return folder / "result"


@pytest.fixture(scope="module")
def edition(result, tmp_path_factory):
    """The public edition that most tests look at."""
    folder = tmp_path_factory.mktemp("edition")
    return publish_edition(result, out=folder / "public", key_file=folder / "key", cards=CARDS, languages=["en", "ar"])


@pytest.fixture
def published(result, tmp_path):
    def publish(name="public", **options):
        options = {"key_file": tmp_path / "key", "cards": CARDS, **options}
        return publish_edition(result, out=tmp_path / name, **options)

    return publish


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_p12_nothing_that_an_enterprise_wrote_is_anywhere_in_a_public_edition(edition, result):
    before = b"".join(path.read_bytes() for path in result.iterdir())
    assert before.count(CANARY.encode()) > 500
    files = sorted(path.name for path in edition.folder.iterdir())
    expected = ["between.csv", "clusters.csv", "composition.csv", "edition.json", "report.ar.html", "report.html"]
    assert files == expected
    for path in edition.folder.iterdir():
        content = path.read_bytes()
        assert CANARY.encode() not in content, path.name
        for place in range(40):
            assert f"{30 + place / 1000:.3f}".encode() not in content, path.name
    key = project_key(edition.key_file)
    names = [pseudonym(key, identifier) for identifier in read_result(result).nodes["id"]]
    assert not any(name.encode() in path.read_bytes() for name in names for path in edition.folder.iterdir())


def test_p12_nothing_on_screen_in_a_log_or_in_a_refusal_names_anybody(result, tmp_path, capsys, caplog):
    public, key = str(tmp_path / "public"), str(tmp_path / "key")
    arguments = ["publish", str(result), "--out", public, "--key", key]
    caplog.set_level(0)
    assert main(arguments) == 0
    assert main([*arguments, "--overwrite", "--minimum", "39"]) == 4
    assert main([*arguments, "--overwrite", "--profile", "partners", "--count-all"]) in (0, 4)
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert "must" in told.err or "exists already" in told.err
    assert CANARY not in told.out + told.err + caplog.text
    with pytest.raises(PrivacyError) as caught:
        publish_edition(result, out=tmp_path / "other", key_file=tmp_path / "key", cards=CARDS, rules=Rules(minimum=39))
    trouble = caught.value
    assert CANARY not in f"{trouble!r} {trouble} {trouble.text('ar')} {trouble.values} {trouble.__cause__!r}"


def test_p13_the_rules_are_not_told(edition):
    page = (edition.folder / "report.html").read_text()
    assert "85" not in page.split("<main")[1].split("<table")[0]
    assert "minimum" not in page.lower()
    assert "p%" not in page.lower()


def test_p14_as_many_cells_are_marked_as_the_audit_lists(edition):
    clusters, composition = (rows_of(edition.folder / f"{name}.csv") for name in ("clusters", "composition"))
    marked = sum(value == "c" for row in clusters for value in row.values())
    marked += sum(row["enterprises"] == "c" for row in composition)
    audit = rows_of(edition.audit_file)
    assert marked == len(audit) == edition.kept_back > 0


def test_the_numbers_that_are_told_are_those_of_the_office(edition, result):
    nodes = read_result(result).nodes
    counted = nodes[~nodes["outside"] & nodes["consent_publish"].ne("none")]
    rows = rows_of(edition.folder / "clusters.csv")
    total = rows[-1]
    assert total["group"] == "all"
    assert int(total["size"]) == len(counted) == 35
    sizes = sorted(counted[counted["cluster"] >= 0]["cluster"].value_counts(), reverse=True)
    assert [int(row["size"]) for row in rows[:-2]] == [size for size in sizes if size >= 3]
    assert float(total["workers"]) == counted["workers"].sum()


def test_who_gave_no_consent_is_counted_nowhere(edition, result):
    nodes = read_result(result).nodes
    silent = nodes[nodes["consent_publish"].eq("none")]
    assert len(silent) == 5
    groups = json.loads((edition.key_file.parent / "key.releases.json").read_text())[0]["groups"]
    key = project_key(edition.key_file)
    told = set(itertools.chain(*groups.values()))
    assert not told & {pseudonym(key, identifier) for identifier in silent["id"]}
    assert len(told) == 35


def test_p01_small_clusters_are_among_the_others(published, result):
    few = published(rules=Rules(minimum=13))
    sizes = read_result(result).nodes.query("cluster >= 0 and consent_publish != 'none'")["cluster"].value_counts()
    assert few.groups == (sizes >= 13).sum() < len(sizes)
    with pytest.raises(PrivacyError, match="nothing to publish") as caught:
        published("none", rules=Rules(minimum=39))
    assert caught.value.exit_code == 4


def test_p09_pseudonyms_are_keyed_sorted_and_the_key_stays_outside(published, result, tmp_path):
    edition = published(profile="partners")
    members = rows_of(edition.folder / "members.csv")
    names = [row["pseudonym"] for row in members]
    assert names == sorted(names)
    assert len(set(names)) == len(names)
    assert (edition.key_file.stat().st_mode & 0o077) == 0
    key = edition.key_file.read_text().strip()
    assert not any(key in path.read_text() for path in edition.folder.iterdir())
    again = published("again", profile="partners", key_file=tmp_path / "other")
    assert not set(names) & {row["pseudonym"] for row in rows_of(again.folder / "members.csv")}
    with pytest.raises(InputError, match="must not lie in the edition"):
        published("third", key_file=tmp_path / "third" / "key")
    (tmp_path / "broken").write_text("abc")
    with pytest.raises(InputError, match="holds no key"):
        published("fourth", key_file=tmp_path / "broken")


def test_partners_see_names_and_linkages_of_those_only_that_agreed(published, result):
    edition = published(profile="partners")
    nodes = read_result(result).nodes
    agreed = set(nodes.loc[nodes["consent_publish"].eq("named"), "name"])
    shown = {row["name"] for row in rows_of(edition.folder / "members.csv")} - {""}
    assert shown
    assert shown <= agreed
    key = project_key(edition.key_file)
    able = {pseudonym(key, identifier) for identifier in nodes.loc[nodes["consent_publish"].eq("named"), "id"]}
    links = rows_of(edition.folder / "links.csv")
    assert links
    assert all(row["source"] in able and row["target"] in able for row in links)


def test_p08_two_editions_that_can_be_subtracted_are_not_handed_out(published, result, tmp_path):
    first = published()
    register = first.key_file.parent / "key.releases.json"
    assert published(overwrite=True).groups == first.groups
    entries = json.loads(register.read_text())
    assert len(entries) == 1
    moved = entries[0]["groups"]
    moved["others"].append(moved["0"].pop())
    register.write_text(json.dumps(entries))
    with pytest.raises(PrivacyError, match="differ by so few"):
        published("second")
    assert not (tmp_path / "second").exists()
    register.write_text("[]")
    published("second")
    register.write_text("{")
    with pytest.raises(InputError, match="register of editions"):
        published("third")


def test_the_same_edition_has_the_same_bytes(edition, result, tmp_path):
    again = publish_edition(
        result, out=tmp_path / "again", key_file=edition.key_file, cards=CARDS, languages=["en", "ar"]
    )
    one, two = edition.folder, again.folder
    for path in one.iterdir():
        assert path.read_bytes() == (two / path.name).read_bytes(), path.name


def test_an_attacker_who_adds_and_subtracts_gets_no_small_cell(edition):
    """Take every table together, as an attacker would, and solve for each cell that is kept back."""
    composition = pd.DataFrame(rows_of(edition.folder / "composition.csv"))
    sizes = {row["group"]: row["size"] for row in rows_of(edition.folder / "clusters.csv")}
    recovered = tried = 0
    for _, part in composition.groupby("trait"):
        grid = part.pivot_table(index="group", columns="category", values="enterprises", aggfunc="first")
        known = grid.replace("c", None).astype(float)
        known["all"] = pd.Series({group: float(size) if size != "c" else np.nan for group, size in sizes.items()})
        # Fill in whatever a sum with one gap gives, again and again.
        while True:
            gaps = int(known.isna().sum().sum())
            for axis, margin in ((1, known["all"]), (0, known.loc["all"])):
                inner = known.drop(columns="all") if axis == 1 else known.drop(index="all")
                lonely = inner.isna().sum(axis=axis).eq(1) & margin.notna()
                for name in lonely.index[lonely]:
                    line = inner.loc[name] if axis == 1 else inner[name]
                    gap = line.index[line.isna()][0]
                    value = margin[name] - line.sum()
                    known.loc[(name, gap) if axis == 1 else (gap, name)] = value
            if int(known.isna().sum().sum()) == gaps:
                break
        for group, category in zip(*np.where(grid.eq("c")), strict=True):
            tried += 1
            value = known.loc[grid.index[group], grid.columns[category]]
            recovered += 0 < value < 3
    assert tried > 0
    assert recovered == 0


def test_a_wrong_profile_or_language_or_minimum_is_named(published):
    with pytest.raises(InputError, match='no profile "open"'):
        published(profile="open")
    with pytest.raises(InputError, match='no language "xx"'):
        published(languages=["xx"])
    with pytest.raises(InputError, match="at least 3"):
        published(rules=Rules(minimum=1))


def test_an_edition_is_not_written_into_the_result(published, result):
    with pytest.raises(InputError, match="never changed"):
        publish_edition(result, out=result / "public", cards=CARDS)
