"""Several answers of one cell taken apart, and what they mean."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusternet.ingest.exports.blocks import Field, answers_in, longest_of
from clusternet.ingest.exports.export import ANSWERS
from clusternet.ingest.exports.headers import simple

TOKENS = st.sampled_from(["iso", "9001", "halal", "ce"])
KNOWN = st.lists(st.lists(TOKENS, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=5, unique=True)


def segmentations(tokens):
    """Every way to cut tokens into runs."""
    for size in range(len(tokens)):
        for cuts in combinations(range(1, len(tokens)), size):
            ends = [0, *cuts, len(tokens)]
            yield [" ".join(tokens[start:end]) for start, end in pairwise(ends)]


@given(known=KNOWN, cell=st.lists(TOKENS, min_size=1, max_size=7))
def test_joined_labels_are_cut_into_the_fewest_known_ones(known, cell):
    words = {word: word for word in known}
    possible = [runs for runs in segmentations(cell) if set(runs) <= set(words)]
    found = answers_in(" ".join(cell), words, choices=True)
    if not possible:
        assert found == [" ".join(cell)]
        return
    # An answer that stands twice is told once.
    fewest = min(map(len, possible))
    assert found in [list(dict.fromkeys(runs)) for runs in possible if len(runs) == fewest]


@given(known=KNOWN, cell=st.lists(TOKENS, min_size=1, max_size=7))
def test_the_longest_word_may_be_given_and_changes_nothing(known, cell):
    words = {word: word for word in known}
    text = " ".join(cell)
    assert answers_in(text, words, choices=True) == answers_in(text, words, choices=True, longest=longest_of(words))
    assert Field(words=words).answers(text, choices=True) == answers_in(text, words, choices=True)


@given(answers=st.lists(st.sampled_from(["Food", "Drink, cold", "Textiles"]), min_size=1, max_size=3, unique=True))
@pytest.mark.parametrize("between", [", ", ";", "\n", " | ", "، ", "؛"])
def test_labels_that_hold_the_separator_themselves_are_known_again(between, answers):
    words = {simple(answer): answer for answer in ("Food", "Drink, cold", "Textiles")}
    assert answers_in(between.join(answers), words, choices=True) == answers


def test_what_is_not_known_stays_whole_between_separators():
    words = {"food": "10", "light metal": "25"}
    assert answers_in("Food, something of our own", words, choices=True) == ["Food", "something of our own"]
    assert answers_in("Food Light metal; we weld too", words, choices=True) == ["Food", "Light metal", "we weld too"]


def test_without_a_list_of_choices_every_word_is_one():
    assert answers_in("buy know", {}, choices=True) == ["buy", "know"]


def test_one_column_for_each_choice_gives_the_choices_as_they_are():
    assert answers_in(f"light metal{ANSWERS}a; b", {}, choices=True) == ["light metal", "a; b"]


@pytest.mark.parametrize("cell", ["", " ", "\n\n", "\n \n;", "؛"])
def test_a_cell_of_separators_alone_holds_no_answer(cell):
    assert answers_in(cell, {}, choices=False) == []


def test_free_text_is_taken_apart_at_lines_and_semicolons_and_at_nothing_else():
    cell = "Cedar, Oak & Sons\nBeech Chairs ; ورشة الأرز؛Cedar, Oak & Sons"
    assert answers_in(cell, {}, choices=False) == ["Cedar, Oak & Sons", "Beech Chairs", "ورشة الأرز"]


# ---------------------------------------------------------------------- meanings
LONG = "Only figures of many enterprises together, without its name"


@pytest.mark.parametrize(
    ("answer", "meaning"),
    [
        ("yes", "yes"),
        ("نعم ", "yes"),
        (LONG, "aggregate"),
        (LONG[:44], "aggregate"),
        (LONG[:20], LONG[:20]),
        ("no such answer", "no such answer"),
    ],
)
def test_an_answer_means_what_its_word_says_even_where_a_long_one_was_cut(answer, meaning):
    field = Field(words={"yes": "yes", "نعم": "yes", simple(LONG): "aggregate"})
    assert field.meaning(answer) == meaning


def test_a_cut_label_that_could_be_two_is_not_guessed():
    field = Field(words={simple(LONG): "aggregate", simple(f"{LONG} or town"): "other"})
    assert field.meaning(LONG[:50]) == LONG[:50]
    same = Field(words={simple(LONG): "one", simple(f"{LONG} or town"): "one"})
    assert same.meaning(LONG[:50]) == "one"
