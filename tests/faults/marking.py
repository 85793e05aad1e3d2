"""Tests name the faults that they are about; a run says of every fault which tests there are and how they ended.

A test names faults in its own name (``test_A14_...``), by ``@pytest.mark.fault("A14", ...)`` where its name is about
something else, or in ``elsewhere.toml``. ``python -m pytest -m fault --faults-table FILE`` runs them all and writes the
table.
"""

import ast
import functools
import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
#: The table that is kept, as the last whole run wrote it.
TABLE = HERE / "TABLE.md"
#: The numbers at the beginning of a test's name.
NAMED = re.compile(r"test_((?:[A-GPa-gp][0-9]{2}_)+)")
_HEAD = """# Every fault, the tests that name it, and how they ended

Made by `python -m pytest -m fault --faults-table tests/faults/TABLE.md`; a number in brackets counts the cases of a
test. What must come of a fault stands in `register.toml`.

| number | what happens | what must come of it | tests | outcome |
|---|---|---|---|---|
"""


def register():
    """Return every fault by its number: what happens, what must come of it, and why it cannot happen where it cannot."""
    return tomllib.loads((HERE / "register.toml").read_text(encoding="utf-8"))


def named(name):
    """Return the numbers that the name of a test begins with."""
    found = NAMED.match(name)
    return [number.upper() for number in found[1].split("_") if number] if found else []


def elsewhere():
    """Return the numbers of tests that name none themselves, by path and name."""
    return tomllib.loads((HERE / "elsewhere.toml").read_text(encoding="utf-8"))


@functools.cache
def numbers_in_the_tree():
    """Return the tests of every number, by path and name, as the files have them; nothing is imported for that."""
    found = defaultdict(list)
    further = elsewhere()
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        place = path.relative_to(ROOT).as_posix()
        for name, function in _functions(ast.parse(path.read_text(encoding="utf-8")).body, place):
            numbers = [*named(function.name), *_marked(function), *further.get(name, ())]
            for number in dict.fromkeys(numbers):
                found[number].append(name)
    return dict(found)


def _functions(body, place):
    """Give the tests of a file, those in classes too, with the names by which pytest knows them."""
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from _functions(node.body, f"{place}::{node.name}")
        elif isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield f"{place}::{node.name}", node


def _marked(function):
    """Return the numbers of the marks above a test, those of single cases too."""
    calls = [call for above in function.decorator_list for call in ast.walk(above) if isinstance(call, ast.Call)]
    marks = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "fault"]
    return [part.value for mark in marks for part in mark.args if isinstance(part, ast.Constant)]


def pytest_addoption(parser):
    """Take the name of the file that the table goes to."""
    parser.addoption("--faults-table", metavar="FILE", help="write every fault with its tests and their outcome")


def pytest_configure(config):
    """Make the mark known, and watch the run."""
    config.addinivalue_line("markers", "fault(*numbers): the faults of tests/faults/register.toml that it is about")
    config.pluginmanager.register(Watch(config.getoption("faults_table"), tree=elsewhere()), "clusternet-faults")


class Watch:
    """Marks the tests that name faults, and writes down how they ended."""

    def __init__(self, table, tree):
        self.table, self.tree = table, tree
        self.seen = defaultdict(lambda: defaultdict(list))

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items):
        """Mark before anybody chooses by marks; what was marked travels with the reports, from other processes too."""
        for item in items:
            place = f"{item.nodeid.partition('[')[0]}"
            of_file = named(getattr(item, "originalname", None) or "") + list(self.tree.get(place, ()))
            if of_file:
                item.add_marker(pytest.mark.fault(*of_file))
            numbers = {number for mark in item.iter_markers("fault") for number in mark.args}
            item.user_properties.extend(("fault", number) for number in sorted(numbers))

    def pytest_runtest_logreport(self, report):
        """Take down how a test ended: by its call, or by what went before where it came to no call."""
        if report.when == "call" or not report.passed:
            for key, number in report.user_properties:
                if key == "fault":
                    end = "known to fail" if hasattr(report, "wasxfail") and report.skipped else report.outcome
                    self.seen[number][report.nodeid.partition("[")[0]].append(end)

    def pytest_sessionfinish(self, session):
        """Write the table, where one was asked for; the workers of a run that is shared out write none."""
        if self.table and not hasattr(session.config, "workerinput"):
            Path(self.table).write_text(table_text(self.seen), encoding="utf-8", newline="\n")


def table_text(seen):
    """Return the table as Markdown; tests of the tree that were no part of the run are listed as such."""
    tree = numbers_in_the_tree()
    rows = []
    for number, fault in register().items():
        tests = {**dict.fromkeys(tree.get(number, ()), ()), **seen.get(number, {})}
        rows.append("| " + " | ".join(_cells(number, fault, tests)) + " |\n")
    return _HEAD + "".join(rows)


def _cells(number, fault, tests):
    told = "<br>".join(_listed(name, ends) for name, ends in sorted(tests.items())) or fault.get("absent", "")
    return [number, fault["fault"], fault["expected"], told, _outcome(fault, tests)]


def _listed(name, ends):
    further = " (not run)" if not ends else f" ({len(ends)})" if len(ends) > 1 else ""
    return f"`{name.removeprefix('tests/')}{further}`"


def _outcome(fault, tests):
    """Return the worst that happened, and how much of the tests did not happen."""
    ends = [end for found in tests.values() for end in found]
    if "failed" in ends:
        return "failed"
    if not ends:
        return "does not apply" if "absent" in fault else "not run"
    left_out = {word: ends.count(word) for word in ("known to fail", "skipped")}
    left_out["not run"] = sum(not found for found in tests.values())
    said = [f"{count} {word}" for word, count in left_out.items() if count]
    return ", ".join(["passed", *said] if "passed" in ends else said)
