"""Where the rules of a public table begin and end, worked out by hand."""

import numpy as np
import pytest

from clusternet.report.edition.sum_table import Rules, Sum, SumTable
from clusternet.report.edition.suppression import kept_back, sensitive_cells

RULES = Rules(minimum=3, percent=10.0, largest_share=0.85)


def counts(*values, sums, behind=None, **options):
    """A table of numbers of enterprises, as many as stand behind it unless a test says otherwise."""
    return SumTable(np.array(values, float), np.array(values if behind is None else behind), sums, **options)


def amounts(*cells, sums, **options):
    """A table of amounts, each cell given by what the enterprises gave."""
    return SumTable.of_contributions([np.array(cell, float) for cell in cells], sums, **options)


def kept(table, **options):
    return np.flatnonzero(kept_back(table, RULES, **options)[0]).tolist()


@pytest.mark.parametrize(
    ("given", "sensitive"),
    [
        # 50 and 20 leave 5, just a tenth of 50: the largest is known to no better than 10 per cent, which may be told.
        ((50, 20, 5), False),
        ((50, 20, 4.5), True),
        # 85 of 100 is the most that one enterprise may have of a cell.
        ((85, 5, 5, 5), False),
        ((86, 5, 5, 4), True),
        ((40, 40, 40), False),
        ((40, 40), True),
        ((40,), True),
        ((), False),
    ],
)
def test_an_amount_is_sensitive_beyond_the_bound_and_not_on_it(given, sensitive):
    assert sensitive_cells(amounts(given, sums=[]), RULES).tolist() == [sensitive]


def test_a_table_in_which_nothing_is_sensitive_is_told_whole():
    assert kept(counts(9, 8, 17, sums=[Sum(2, (0, 1))])) == []
    assert kept(amounts((9, 9, 9, 9), (8, 8, 8, 8), (9,) * 4 + (8,) * 4, sums=[Sum(2, (0, 1))])) == []


def test_weighted_numbers_of_two_enterprises_together_need_a_third_cell():
    # The two hidden cells are 20 together, which leaves each open from 0 to 20; but two enterprises stand behind both.
    table = counts(90, 10, 10, 50, 160, sums=[Sum(4, (0, 1, 2, 3))], behind=(9, 1, 1, 5, 16))
    assert kept(table) == [1, 2, 3]


def test_weighted_numbers_of_three_enterprises_together_are_enough():
    table = counts(90, 10, 20, 50, 170, sums=[Sum(4, (0, 1, 2, 3))], behind=(9, 1, 2, 5, 17))
    assert kept(table) == [1, 2]


@pytest.mark.parametrize(
    ("second", "hidden"),
    [
        # Two enterprises behind both cells.
        ((20,), [0, 1, 2]),
        # Who gave 20 would know the 100 to 5, less than a tenth.
        ((20, 5), [0, 1, 2]),
        # Now to 10, which is a tenth.
        ((20, 10), [0, 1]),
    ],
)
def test_amounts_kept_back_are_judged_together_as_one_cell_is(second, hidden):
    cells = (100,), second, (60, 60, 60), (70, 70, 70)
    table = amounts(*cells, sum(cells, ()), sums=[Sum(4, (0, 1, 2, 3))])
    assert kept(table) == hidden


def test_hidden_parts_under_a_hidden_total_are_not_judged_together():
    cells = (100,), (20,), (60, 60, 60), (70, 70, 70)
    table = amounts(*cells, sum(cells, ()), sums=[Sum(4, (0, 1, 2, 3))])
    untold = np.array([False, False, False, False, True])
    assert kept(table, untold=untold) == [0, 1, 4]


def test_of_equally_small_cells_the_first_protects():
    assert kept(counts(8, 5, 1, 5, 19, sums=[Sum(4, (0, 1, 2, 3))])) == [1, 2]


def test_the_smallest_cell_protects_and_none_of_zero_does():
    assert kept(counts(0, 8, 1, 6, 15, sums=[Sum(4, (0, 1, 2, 3))])) == [2, 3]


def test_a_total_is_kept_back_only_where_no_part_can_be():
    fixed = np.array([False, True, False])
    assert kept(counts(1, 9, 10, sums=[Sum(2, (0, 1))], fixed=fixed)) == [0, 2]
    # Of 3 = 1 + 2 the first is 0 to 3, but 31 = 1 + 30 gives it away: of the total 3 and the part 30 it is the part.
    assert kept(counts(1, 2, 3, 30, 31, sums=[Sum(2, (0, 1)), Sum(4, (0, 3))])) == [0, 1, 3]


def test_a_cell_that_is_known_from_elsewhere_is_not_kept_back():
    fixed = np.array([True, False, False])
    assert kept(counts(1, 9, 10, sums=[Sum(2, (0, 1))], fixed=fixed)) == []


def test_what_is_kept_back_already_stays_and_protects():
    untold = np.array([False, False, True, False])
    assert kept(counts(1, 7, 9, 17, sums=[Sum(3, (0, 1, 2))]), untold=untold) == [0, 2]
    # Nobody needs 9 to be untold here, and everybody can work it out; it was not for this table to tell.
    assert kept(counts(3, 7, 9, 19, sums=[Sum(3, (0, 1, 2))]), untold=untold) == [2]


def test_the_smallest_neighbour_comes_before_a_smaller_cell_elsewhere():
    sums = [Sum(3, (0, 1, 2)), Sum(6, (4, 5))]
    assert kept(counts(1, 8, 9, 18, 3, 4, 7, sums=sums)) == [0, 1]


def test_a_cell_that_another_sum_gives_away_protects_nothing_and_is_told():
    # 5 is the smallest beside the 1, but 25 = 5 + 20 tells it, so the 9 is kept back and the 5 is not.
    assert kept(counts(1, 5, 9, 15, 20, 25, sums=[Sum(3, (0, 1, 2)), Sum(5, (1, 4))])) == [0, 2]
