"""Groups of two editions, added and subtracted."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from clusternet.report.edition.overlaps import fewest_left_over


def by_trying(one, other, below):
    """Try every choice of groups of either edition."""
    fewest = below
    for chosen in itertools.product((False, True), repeat=len(one)):
        added = {name for take, members in zip(chosen, one.values(), strict=True) if take for name in members}
        for taken in itertools.product((False, True), repeat=len(other)):
            gone = {name for take, members in zip(taken, other.values(), strict=True) if take for name in members}
            if left := len(added ^ gone):
                fewest = min(fewest, left)
    return fewest


def groups(labels):
    found = {}
    for name, label in enumerate(labels):
        if label:
            found.setdefault(str(label), []).append(f"e{name:02d}")
    return found


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=24), st.integers(1, 5))
def test_p08_a_minimum_cut_finds_what_trying_all_choices_of_groups_finds(labels, below):
    one, other = (groups(side) for side in zip(*labels, strict=True)) if labels else ({}, {})
    assert fewest_left_over(one, other, below) == by_trying(one, other, below)


def test_p08_a_union_of_groups_that_swallows_another_but_for_one_is_found():
    # No two groups alone are alike, but A and B together are C but for one enterprise.
    one = {"A": list("abcdef"), "B": list("ghijkl")}
    other = {"C": list("abcdefghijk"), "D": list("lmnopq")}
    assert fewest_left_over(one, other, 3) == 1


def test_p08_one_exchanged_for_another_is_two_left_over():
    assert fewest_left_over({"A": list("abcde")}, {"B": list("abcdf")}, 3) == 2


def test_p08_groups_that_are_made_of_whole_groups_leave_nothing_over():
    assert fewest_left_over({"A": list("abc"), "B": list("def")}, {"C": list("abcdef")}, 3) == 3
