"""No fault is without a test or a reason, and the table that is kept is about the tests that there are."""

import re

import pytest

from tests.faults.marking import TABLE, elsewhere, numbers_in_the_tree, register, table_text

FAULTS = register()
LENGTHS = {"A": 26, "B": 15, "C": 21, "D": 19, "E": 11, "F": 15, "G": 12, "P": 14}


def test_the_register_has_every_number_once_in_its_order():
    assert list(FAULTS) == [f"{group}{number:02d}" for group, most in LENGTHS.items() for number in range(1, most + 1)]
    assert all({"fault", "expected"} <= set(fault) <= {"fault", "expected", "absent"} for fault in FAULTS.values())


def test_every_fault_has_a_test_or_a_reason_why_it_cannot_happen():
    tested = numbers_in_the_tree()
    assert [number for number, fault in FAULTS.items() if number not in tested and "absent" not in fault] == []
    assert [number for number, fault in FAULTS.items() if number in tested and "absent" in fault] == []


def test_every_number_that_a_test_names_is_in_the_register():
    assert sorted(set(numbers_in_the_tree()) - set(FAULTS)) == []


def test_tests_that_are_listed_elsewhere_are_there():
    found = {name for names in numbers_in_the_tree().values() for name in names}
    assert sorted(set(elsewhere()) - found) == []


def test_a_table_tells_how_tests_ended():
    run = {"tests/x.py::test_a": ["passed", "passed"], "tests/x.py::test_b": ["skipped"]}
    text = table_text({"G05": run, "G04": {**run, "tests/x.py::test_c": ["failed"]}})
    rows = {row.split(" | ")[0].removeprefix("| "): row for row in text.splitlines() if row.startswith("| ")}
    assert rows["G05"].endswith("| `x.py::test_a (2)`<br>`x.py::test_b` | passed, 1 skipped |")
    assert rows["G04"].endswith("<br>`x.py::test_c` | failed |")
    assert rows["G06"].endswith("a folder of its own. | does not apply |")
    assert rows["A14"].endswith("(not run)` | not run |")


@pytest.mark.slow
def test_the_table_that_is_kept_names_the_tests_of_the_tree():
    rows = [row.removeprefix("| ").split(" | ") for row in TABLE.read_text(encoding="utf-8").splitlines()]
    kept = {row[0]: row[3:] for row in rows if row[0] in FAULTS}
    names = {number: re.findall(r"`(\S+?)(?: \([^)]+\))?`", tests) for number, (tests, _) in kept.items()}
    tree = numbers_in_the_tree()
    found = {number: sorted(name.removeprefix("tests/") for name in tree.get(number, ())) for number in FAULTS}
    assert names == found
    assert [number for number, (_, outcome) in kept.items() if outcome.startswith("failed")] == []
