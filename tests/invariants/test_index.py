"""Every invariant has a test of its own here, and the tests that are named elsewhere exist."""

import pytest

from tests.invariants.index import ELSEWHERE, NUMBERS, ROOT, names_of, table


@pytest.mark.parametrize("number", NUMBERS)
def test_each_invariant_is_proven(number):
    found = table()[number]
    assert any(node.startswith("tests/invariants/") for node in found), number
    for node in found:
        path, name = node.split("::")
        assert name in names_of(ROOT / path), node


def test_no_number_is_unknown():
    assert set(ELSEWHERE) <= set(NUMBERS)
    assert {number for number, nodes in table().items() if nodes} == set(NUMBERS)
