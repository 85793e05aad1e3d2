"""The quick bounds of cells kept back are those of the linear programmes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusternet.report.edition.audit import Audit
from clusternet.report.edition.flow_bounds import FlowBounds
from clusternet.report.edition.sum_table import Rules, Sum, SumTable, cross_table
from clusternet.report.edition.suppression import kept_back, sensitive_cells

RULES = Rules()


def same(one, other, cells):
    for cell in cells:
        assert one.interval(cell) == pytest.approx(other.interval(cell), abs=1e-6), cell


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=0, max_size=70),
    st.integers(0, 2**30),
    st.booleans(),
)
def test_flows_give_what_the_linear_programmes_give(places, seed, margins):
    row, column = (
        (np.array(side, dtype=int) for side in zip(*places, strict=True)) if places else (np.zeros(0, int),) * 2
    )
    table = cross_table(row, column, (5, 4))
    hidden = np.random.default_rng(seed).random(len(table.values)) < 0.5
    if not margins:
        grid = hidden.reshape(6, 5)
        grid[-1], grid[:, -1] = False, False
    quick, sure = Audit(table, hidden), Audit(table, hidden, programmes=True)
    assert FlowBounds.able(table)
    same(quick, sure, range(len(hidden)))
    for cell in range(len(hidden)):
        assert quick.exposed(cell, RULES) == sure.exposed(cell, RULES)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    st.lists(st.lists(st.integers(0, 20), max_size=4), min_size=1, max_size=6),
    st.integers(0, 2**30),
    st.booleans(),
)
def test_the_closed_form_gives_what_the_linear_programmes_give(contributions, seed, bounded):
    generator = np.random.default_rng(seed)
    parts = [np.array(given, dtype=float) for given in contributions]
    sums = [Sum(len(parts), tuple(range(len(parts))))]
    most = None
    if bounded:
        most = np.array([*(part.sum() for part in parts), np.concatenate(parts).sum()])
        most = np.where(generator.random(len(most)) < 0.5, most + generator.integers(0, 9, len(most)), np.inf)
    table = SumTable.of_contributions([*parts, np.concatenate(parts)], sums, most)
    hidden = generator.random(len(table.values)) < 0.6
    # Only the tighter of two bounds of a total kept back is told; the programme sees both.
    quick, sure = Audit(table, hidden), Audit(table, hidden, programmes=True)
    same(quick, sure, range(len(hidden)))
    for cell in range(len(hidden)):
        assert quick.exposed(cell, RULES) == sure.exposed(cell, RULES)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), min_size=8, max_size=80), st.integers(3, 6))
def test_as_many_cells_are_kept_back_as_with_linear_programmes(places, minimum):
    row, column = (np.array(side) for side in zip(*places, strict=True))
    table, rules = cross_table(row, column, (6, 4)), Rules(minimum=minimum)
    hidden, audit = kept_back(table, rules)
    by_programmes = Audit(table, hidden, programmes=True)
    for cell in np.flatnonzero(sensitive_cells(table, rules)).tolist():
        assert not by_programmes.exposed(cell, rules)
    for cell in np.flatnonzero(hidden).tolist():
        assert audit.interval(cell) == by_programmes.interval(cell)


def test_a_table_that_is_no_network_goes_to_the_linear_programmes():
    # Cell 0 is in three sums.
    values = np.array([2.0, 3, 4, 5, 5, 6, 7])
    sums = [Sum(4, (0, 1)), Sum(5, (0, 2)), Sum(6, (0, 3))]
    table = SumTable(values, values.astype(int), sums)
    assert table.arcs is None
    hidden = np.array([True, True, True, True, False, False, False])
    assert Audit(table, hidden).interval(0) == (0.0, 5.0)
    # Totals of rows and totals of columns that add up to different cells twice over turn a circle the wrong way.
    twisted = [Sum(0, (1, 2)), Sum(1, (0, 3)), Sum(2, (3,))]
    assert SumTable(np.array([2.0, 2, 0, 0]), np.array([2, 2, 0, 0]), twisted).arcs is None


def test_a_cell_that_nothing_bounds_has_no_largest_value():
    table = cross_table(np.array([0, 0, 1]), np.array([0, 1, 1]), (2, 2))
    hidden = np.ones(len(table.values), dtype=bool)
    assert Audit(table, hidden).interval(0) == (0.0, np.inf)


def test_hundreds_of_groups_are_audited_without_linear_programmes(monkeypatch):
    generator = np.random.default_rng(2)
    row = np.sort(generator.integers(120, size=1500))
    column = np.minimum(generator.geometric(0.35, size=1500) - 1, 11)
    monkeypatch.setattr("scipy.optimize.linprog", None)
    table = cross_table(row, column, (120, 12))
    hidden, audit = kept_back(table, RULES)
    sensitive = np.flatnonzero(sensitive_cells(table, RULES))
    assert len(sensitive) > 300
    assert hidden[sensitive].all()
    assert not any(audit.exposed(cell, RULES) for cell in sensitive.tolist())
