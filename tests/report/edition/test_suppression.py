import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusternet.errors import PrivacyError
from clusternet.report.edition.audit import Audit
from clusternet.report.edition.sum_table import Rules, Sum, SumTable, cross_table
from clusternet.report.edition.suppression import kept_back, sensitive_cells

RULES = Rules()


def counts(*values, sums, **options):
    return SumTable(np.array(values, float), np.array(values), sums, **options)


def test_p02_a_cell_of_one_or_two_is_kept_back_and_zero_is_told():
    table = counts(0, 1, 2, 3, 6, sums=[Sum(4, (0, 1, 2, 3))])
    assert sensitive_cells(table, RULES).tolist() == [False, True, True, False, False]


def test_p03_one_cell_kept_back_would_follow_from_its_total_so_a_second_one_is_too():
    table = counts(9, 1, 5, 15, sums=[Sum(3, (0, 1, 2))])
    hidden, audit = kept_back(table, RULES)
    assert hidden.tolist() == [False, True, True, False]
    assert audit.interval(1) == (0.0, 6.0)


def test_p04_two_small_cells_that_together_are_small_need_a_third():
    # 1 + 1 = 2 follows from the total: it would tell that two enterprises are in these two cells.
    table = counts(9, 1, 1, 5, 16, sums=[Sum(4, (0, 1, 2, 3))])
    assert kept_back(table, RULES)[0].tolist() == [False, True, True, True, False]


def test_p05_amounts_that_leave_the_largest_known_are_kept_back():
    table = SumTable.of_contributions([np.array([50.0, 20, 4]), np.array([50.0, 20, 20])], [])
    # 50 + 20 + 4: whoever gave 20 knows the largest to 4, less than a tenth of 50; with 20 more it is not so.
    assert sensitive_cells(table, RULES).tolist() == [True, False]
    filled = SumTable.of_contributions([np.array([90.0, 5, 5, 5])], [])
    assert sensitive_cells(filled, RULES).tolist() == [True]


def test_p06_a_large_amount_of_two_enterprises_is_kept_back_all_the_same():
    assert sensitive_cells(SumTable.of_contributions([np.array([500.0, 500.0])], []), RULES).tolist() == [True]


def test_p07_none_and_all_are_kept_back():
    table = SumTable.of_contributions([np.zeros(5), np.full(5, 2.0), np.full(5, 2.0)], [], np.array([9.0, 10.0, 11.0]))
    assert sensitive_cells(table, RULES).tolist() == [True, True, False]


def test_a_table_that_cannot_be_protected_is_refused():
    with pytest.raises(PrivacyError, match="whatever is kept back"):
        kept_back(counts(1, 9, 10, sums=[Sum(2, (0, 1))], fixed=np.array([False, True, True])), RULES)


def test_a_cell_that_everybody_can_work_out_is_told():
    table = counts(1, 6, 0, 7, sums=[Sum(3, (0, 1, 2))])
    assert kept_back(table, RULES)[0].tolist() == [True, True, False, False]


def brute(table, hidden, cell, shape):
    """Return the least and largest value of a cell over every whole filling of the hidden inner cells."""
    found = set()
    unknown = [int(place) for place in np.flatnonzero(hidden)]
    for filling in itertools.product(range(6), repeat=len(unknown)):
        values = table.values.copy()
        values[unknown] = filling
        if all(values[total] == values[list(parts)].sum() for total, parts in table.sums):
            found.add(values[cell])
    return min(found), max(found)


def test_the_audit_gives_what_trying_all_fillings_gives():
    generator = np.random.default_rng(3)
    seen = 0
    for _ in range(8):
        row, column = generator.integers(2, size=7), generator.integers(3, size=7)
        table = cross_table(row, column, (2, 3))
        hidden = np.zeros(len(table.values), dtype=bool)
        hidden[generator.choice([0, 1, 2, 4, 5, 6], size=4, replace=False)] = True
        for cell in np.flatnonzero(hidden):
            low, high = Audit(table, hidden).interval(int(cell))
            least, largest = brute(table, hidden, int(cell), (2, 3))
            assert low <= least
            assert largest <= high
            seen += (low, high) == (least, largest)
    assert seen > 16


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=12, max_size=60))
def test_nobody_can_place_a_sensitive_cell_more_closely_than_the_rules_allow(places):
    row, column = (np.array(side) for side in zip(*places, strict=True))
    table = cross_table(row, column, (4, 4))
    hidden, audit = kept_back(table, RULES)
    for cell in np.flatnonzero(sensitive_cells(table, RULES)):
        assert hidden[cell]
        low, high = audit.interval(int(cell))
        assert low <= table.values[cell] <= high
        assert high - low >= RULES.minimum
        assert high >= RULES.minimum
