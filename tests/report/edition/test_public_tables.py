"""What the tables of an edition say, and that they say nothing else."""

import csv
import io
import re

import numpy as np
import pytest

from clusternet.report.edition.sum_table import Rules
from tests.report.edition.office import publish, register, result

GROUPS = np.repeat(np.arange(4), 12)


def plain(count=48):
    """Return enterprises that are all alike, so that every number of every group may be told."""
    alike = {"sector": "3100", "stage": "making", "place": "North", "workers": 5, "women_workers": 2}
    return register(count).assign(**alike, youth_workers=1, consent_publish="aggregate")


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def bytes_of(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture
def shown(tmp_path, monkeypatch):
    """Publish a result, each time as if it were the office's first."""
    number = iter(range(1000))

    def show(enterprises, cluster=GROUPS, across=0.04, density=0.512345, **options):
        folder = tmp_path / str(next(number))
        key = folder / "key"
        folder.mkdir()
        key.write_text("ab" * 32 + "\n")
        options = {"key_file": key, "languages": ["en", "ar"], **options}
        graph = result(enterprises, cluster, across=across, density=density)
        return publish(graph, folder / "edition", monkeypatch, **options)

    return show


@pytest.mark.parametrize("moved", [-20, 1, 17])
def test_i30_people_who_move_between_two_numbers_kept_back_change_no_byte(shown, moved):
    enterprises = plain()
    enterprises.loc[[0, 12], "workers"] = [420, 380]
    usual = shown(enterprises)
    assert [row["workers"] for row in rows_of(usual.folder / "clusters.csv")].count("c") == 2
    enterprises.loc[[0, 12], "workers"] = [420 + moved, 380 - moved]
    other = shown(enterprises)
    assert bytes_of(usual.folder) == bytes_of(other.folder)


def test_i30_enterprises_that_change_between_cells_kept_back_change_no_byte(shown):
    enterprises = plain()
    enterprises.loc[[0, 12, 13, *range(24, 36)], "stage"] = "selling"
    usual = shown(enterprises)
    hidden = [row["group"] for row in rows_of(usual.folder / "composition.csv") if row["enterprises"] == "c"]
    assert len(hidden) == 4
    enterprises.loc[[1, 13], "stage"] = ["selling", "making"]
    assert bytes_of(usual.folder) == bytes_of(shown(enterprises).folder)


def test_p13_the_rules_change_no_byte_where_they_change_no_number(shown):
    # Which groups are linked depends on the minimum by right; here none are.
    rules = [Rules(minimum=3), Rules(minimum=7), Rules(minimum=11), Rules(percent=17.0, largest_share=0.77)]
    editions = [shown(plain(), across=0.0, rules=chosen) for chosen in rules]
    assert len({tuple(bytes_of(edition.folder).items()) for edition in editions}) == 1
    assert all(edition.kept_back == 0 for edition in editions)


def test_p10_no_edition_tells_where_an_enterprise_lies(shown):
    enterprises = plain().assign(latitude=30 + np.arange(48) / 997, longitude=31 + np.arange(48) / 991)
    for profile in ("public", "partners"):
        without = shown(plain(), profile=profile)
        assert bytes_of(shown(enterprises, profile=profile).folder) == bytes_of(without.folder)


def test_p06_what_a_sample_weighs_changes_nothing(shown):
    # A weight is no column that an edition reads: two enterprises are two, for however many they stand.
    enterprises = plain()
    enterprises.loc[[0, 1], "stage"] = "selling"
    heavy = enterprises.assign(weight=1000.0)
    assert bytes_of(shown(heavy).folder) == bytes_of(shown(enterprises).folder)
    cells = rows_of(shown(enterprises).folder / "composition.csv")
    assert not any(row["category"] == "selling" for row in cells)


def test_scores_stand_where_at_least_half_of_the_members_agreed(shown):
    enterprises = plain()
    enterprises.loc[range(6), "consent_publish"] = "none"
    enterprises.loc[range(12, 19), "consent_publish"] = "none"
    edition = shown(enterprises)
    rows = {row["size"]: row for row in rows_of(edition.folder / "clusters.csv")}
    assert rows["6"]["verdict"] == "club"
    assert rows["6"]["density"] == "0.512"
    assert [rows["5"][name] for name in ("verdict", "cohesion_index", "density")] == ["c"] * 3
    listed = [row for row in rows_of(edition.audit_file) if row["reason"] == "few of the members agreed"]
    assert len(listed) == 3 <= edition.kept_back
    page = (edition.folder / "report.html").read_text()
    assert "agreed to be counted" in page
    everybody = shown(enterprises, count_all=True)
    assert not any("c" in row.values() for row in rows_of(everybody.folder / "clusters.csv"))
    assert "Numbers count all enterprises" in (everybody.folder / "report.html").read_text()


def test_p13_the_method_is_told_without_numbers(shown):
    for name, language in (("report.html", "en"), ("report.ar.html", "ar")):
        page = (shown(plain()).folder / name).read_text()
        method = re.search('<section id="method".*?</section>', page, re.DOTALL)[0]
        words = re.sub("<[^>]*>", " ", method)
        assert len(words.split()) > 30, language
        assert not re.search(r"\d", words)


def test_a_negative_score_is_a_number_and_a_word_of_the_survey_no_formula(shown):
    folder = shown(plain().assign(place="=1+1"), density=-0.25).folder
    assert {row["density"] for row in rows_of(folder / "clusters.csv")} == {"-0.25", ""}
    assert "'=1+1" in {row["category"] for row in rows_of(folder / "composition.csv")}


def test_what_would_tell_too_much_with_an_earlier_edition_is_left_out(tmp_path, monkeypatch):
    enterprises = plain()
    enterprises.loc[[0, 1, *range(12, 18), *range(24, 32)], "stage"] = "selling"
    enterprises.loc[5, "workers"] = 5000
    fine, coarse = result(enterprises, GROUPS), result(enterprises, GROUPS // 2, origin="coarse")
    first = publish(fine, tmp_path / "first", monkeypatch, key_file=tmp_path / "key")
    assert first.left_out == ()
    assert "workers" in rows_of(first.folder / "clusters.csv")[0]
    second = publish(coarse, tmp_path / "second", monkeypatch, key_file=tmp_path / "key")
    assert "stage" in second.left_out
    assert {row["trait"] for row in rows_of(second.folder / "composition.csv")} == {"sector", "place"}
    # The same again is nothing new.
    again = publish(coarse, tmp_path / "again", monkeypatch, key_file=tmp_path / "key")
    assert bytes_of(again.folder) == bytes_of(second.folder)
