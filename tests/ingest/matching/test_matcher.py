"""Which enterprise a mention means: hand-worked pairs in both scripts, and how certain that is."""

import random

import numpy as np
import pandas as pd
import pytest

from clusternet.ingest.matching import candidates
from clusternet.ingest.matching.certainty import CERTAIN, WORTH_ASKING, certainties
from clusternet.ingest.matching.duplicates import likely_duplicates
from clusternet.ingest.matching.features import FEATURES, pair_features
from clusternet.ingest.matching.index import Names, Register
from clusternet.ingest.matching.matcher import match_names

NAMES = {
    "E1": "شركة النور للأغذية ذ.م.م",
    "E2": "مؤسسة الأمل للتجارة",
    "E3": "Cedar Doors & Windows Ltd.",
    "E4": "Layla Carpentry & Sons",
    "E5": "Al Noor Textiles",
    "E6": "Al Noor Plastics",
    "E7": "Mostafa El Naggar Timber Drying",
    "E8": "Zarqa Steel 1",
    "E9": "Zarqa Steel 2",
    "E10": "مصطفى الخطيب للحفر على الخشب",
}


def register(names=None):
    names = names or NAMES
    return Register.from_table(pd.DataFrame({"enterprise_id": list(names), "name": list(names.values())}))


def best(text, **options):
    found = register()
    (match,) = match_names([text], found, **options)
    return match, (found.ids[match.offers[0].enterprise] if match.offers else "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("شركه النور للاغذيه", "E1"),  # variant letters, no legal form
        ("النور للأغذيه", "E1"),
        ("شركة النور للاغذية م.م", "E1"),
        ("شركة النور للأغدية", "E1"),  # a slip
        ("موسسه الامل للتجاره", "E2"),
        ("CEDAR DOORS AND WINDOWS", "E3"),
        ("Cedar Dors & Windows", "E3"),
        ("Windows & Doors Cedar Ltd", "E3"),  # words moved
        ("Layla Carpentr", "E4"),
        ("AlNoor Textiles Co.", "E5"),
        ("El-Noor Textiles", "E5"),
        ("Mostafa El Nagar Timber Drying", "E7"),
        ("Zarqa Steel 2 LLC", "E9"),
        ("مصطفي الخطيب للحفر علي الخشب", "E10"),
    ],
)
def test_nearly_the_same_name_is_taken(text, expected):
    match, identifier = best(text)
    assert identifier == expected
    assert match.certainty >= CERTAIN


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://x","y")',
        "Al Noor Ceramics",  # another trade
        "Al Noor",  # two of them
        "النور",
        "Zarqa Steel",  # with and without a number
        "Zarqa Steel 3",
        "Layla",
        "Global Steel Works",
        "مصطفى الخطيب للتجارة",
        "x",
        "123",
    ],
)
def test_what_is_not_certain_is_not_taken(text):
    match, _ = best(text)
    assert match.certainty < CERTAIN


def test_C03_two_enterprises_of_one_name_are_never_taken_automatically():
    names = {"E1": "Al Noor Ltd.", "E2": "Al Noor L.L.C.", "E3": "Cedar"}
    (bare, exact) = match_names(["al noor", "Al-Noor Limited"], register(names))
    assert (bare.shared, bare.certainty) == (True, 0.0)
    assert {offer.enterprise for offer in bare.offers[:2]} == {0, 1}
    assert not exact.shared


def test_what_sounds_alike_in_the_other_script_is_a_suggestion_only():
    match, _ = best("Mustafa Al Khatib Wood Carving", by_sound=True)
    sounding = [offer for offer in match.offers if offer.by_sound]
    assert [register().ids[offer.enterprise] for offer in sounding] == []
    match, _ = best("Al Amal Trading", by_sound=True)
    assert match.certainty < CERTAIN
    names = {"E1": "يوسف منصور", "E2": "Cedar Doors"}
    (match,) = match_names(["Youssef Mansour"], register(names), by_sound=True)
    assert match.offers[0].by_sound
    assert (match.offers[0].enterprise, match.certainty, match.gap) == (0, 0.0, 0.0)
    (match,) = match_names(["Youssef Mansour"], register(names))
    assert not any(offer.by_sound or offer.certainty >= WORTH_ASKING for offer in match.offers)


def test_a_second_name_counts_for_its_enterprise():
    table = pd.DataFrame(
        {"enterprise_id": ["E1", "E2"], "name": ["Cedar Doors", "Oak"], "name_alt": ["أبواب الأرز", pd.NA]}
    )
    (match,) = match_names(["ابواب الارز المحدوده"], Register.from_table(table))
    assert match.offers[0].enterprise == 0
    assert match.certainty >= CERTAIN


@pytest.mark.parametrize("small", [True, False])
def test_the_order_of_rows_and_of_mentions_changes_nothing(small, monkeypatch):
    if not small:
        monkeypatch.setattr(candidates, "ALL_NAMES", 0)
    texts = ["النور للاغذيه", "Cedar Dors", "Al Noor", "Layla Carpentr", "Zarqa Steel 2 LLC", "Windows Cedar"]
    expected = {match.text: match for match in match_names(texts, register())}
    shuffled = random.Random(3)
    for _ in range(3):
        rows = list(NAMES.items())
        shuffled.shuffle(rows)
        shuffled.shuffle(texts)
        for match in match_names(texts, register(dict(rows))):
            assert match == expected[match.text] or vars(match) == vars(expected[match.text])
    # Each is matched alike, whatever stands beside it.
    (alone,) = match_names(["Cedar Dors"], register())
    assert vars(alone) == vars(expected["Cedar Dors"])


def test_many_names_are_found_by_their_letters(monkeypatch):
    monkeypatch.setattr(candidates, "ALL_NAMES", 0)
    for text, expected in (("شركه النور للاغذيه", "E1"), ("Cedar Dors & Windows", "E3"), ("Layla Carpentr", "E4")):
        match, identifier = best(text)
        assert identifier == expected
        assert match.certainty >= CERTAIN


def test_certainties_of_one_mention_add_up_to_at_most_one():
    evidence = np.array([0.0, 0.0, 700.0, 700.0, -800.0])
    found = certainties(evidence, np.array([0, 0, 1, 1, 2]), 3)
    assert found == pytest.approx([1 / 3, 1 / 3, 0.5, 0.5, 0.0])


def test_features_are_worked_by_hand():
    mentions, names = Names.from_texts(["Cedar Dors 3"]), register({"E1": "Cedar Doors 4 Ltd"})
    (row,) = pair_features(mentions, names, np.array([0]), np.array([0]))
    found = dict(zip(FEATURES, row, strict=True))
    assert found["edits"] == pytest.approx(2 / 8)
    assert (found["numbers_differ"], found["number_missing"], found["one_edit"]) == (1, 0, 0)
    # Cedar agrees wholly, doors by 4 of 5 letters, the number not at all; all words are equally rare.
    assert found["mention_agrees"] == pytest.approx((1 + 0.8 + 0) / 3)
    assert found["name_agrees"] == pytest.approx((1 + 0.8 + 0) / 3)


def test_empty_inputs():
    assert match_names([], register()) == []
    empty = Register.from_table(pd.DataFrame({"enterprise_id": [], "name": []}, dtype="str"))
    (match,) = match_names(["Cedar"], empty)
    assert match.offers == ()
    assert (match.certainty, match.gap) == (0.0, 0.0)


def test_duplicates_are_found_in_a_register():
    names = {**NAMES, "X1": "شركه النور للاغذيه", "X2": "Layla Carpentery and Sons", "X3": "Zarqa Steel 3"}
    found = register(names)
    pairs = {(found.ids[one], found.ids[other]) for one, other, _ in likely_duplicates(found)}
    assert pairs == {("E1", "X1"), ("E4", "X2")}
    assert all(one < other for one, other, _ in likely_duplicates(found))
