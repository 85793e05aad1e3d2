"""The faults that are made are the ones they claim to be, and the table counts what became of them."""

import ast
import json
from pathlib import Path

import pytest

from tests.mutation.in_place import Trial, changed_functions
from tests.mutation.mutants import mutants_of
from tests.mutation.telling import table_of

FOLDER = Path(__file__).parents[2] / "clusternet"


def changes(source):
    return [(mutant.before, mutant.after) for mutant in mutants_of(source.encode())]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a < b", [("a < b", "(a <= b)"), ("a < b", "(a >= b)")]),
        ("x = a + b", [("a + b", "(a - b)")]),
        ("x = 'a' + b", []),
        ("x = a and b", [("a and b", "(a or b)")]),
        ("x = 7", [("7", "6"), ("7", "8")]),
        ("x = 0", [("0", "1")]),
        ("x = True", [("True", "False")]),
        ("x = min(a)", [("min", "max")]),
        ("x = np.minimum(a, rules.minimum)", [("np.minimum", "np.maximum")]),
        ("x = -a", [("-a", "a")]),
        ("x = a[b:]", [("b:", ":")]),
        ("x += a", [("x += a", "pass"), ("x += a", "x -= a")]),
        ("if a:\n    f()", [("a", "not (a)"), ("f()", "pass")]),
        ("def f():\n    return a", [("return a", "return None")]),
        ('"""1 < 2"""', []),
        ("x: Literal[1]", []),
        ("x = f'{1 < 2}'", []),
        ("if TYPE_CHECKING:\n    x = 1", []),
    ],
)
def test_the_faults_of_small_sources(source, expected):
    found = [pair for pair in changes(source) if pair[1] != "pass" or "pass" in str(expected)]
    assert sorted(found) == sorted(expected)


def test_letters_of_several_bytes_do_not_move_the_place():
    source = 'name = "ورشة"; size = "é" and 1 < 2\n'.encode()
    assert all(b"\xd9\x88\xd8\xb1\xd8\xb4\xd8\xa9" in mutant.applied(source) for mutant in mutants_of(source))
    assert ('"é" and 1 < 2', "('é' or 1 < 2)") in [(mutant.before, mutant.after) for mutant in mutants_of(source)]


@pytest.mark.parametrize("name", ["metrics/core_kernels.py", "ingest/numbers.py", "report/edition/suppression.py"])
def test_every_mutant_is_python_and_is_not_the_source(name):
    source = (FOLDER / name).read_bytes()
    tree = ast.dump(ast.parse(source))
    mutants = mutants_of(source)
    assert len(mutants) > 50
    assert all(ast.dump(ast.parse(mutant.applied(source))) != tree for mutant in mutants[::7])


@pytest.mark.parametrize(
    ("before", "after", "functions"),
    [
        ("def f():\n    return 1\n", "def f():\n    return 2\n", {("f", 1): 2}),
        ("x = 1\ndef f():\n    return 1\n", "x = 2\ndef f():\n    return 1\n", None),
        ("def f(a=1):\n    return a\n", "def f(a=2):\n    return a\n", None),
        ("class A:\n    x = 1\n", "class A:\n    x = 2\n", None),
    ],
)
def test_only_a_change_within_functions_is_tried_in_place(before, after, functions):
    found = changed_functions(Trial(Path("x.py"), before.encode(), after.encode(), (), 1.0))
    if functions is None:
        assert found is None
    else:
        assert {key: 2 in code.co_consts for key, code in found.items()} == dict.fromkeys(functions, True)


def test_the_table_counts_by_group_and_sets_equivalent_ones_apart(tmp_path):
    rows = [
        {"key": ["a.py", 1, 0, "1", after], "text": "x = 1", "group": group, "outcome": outcome}
        for group, after, outcome in [
            ("readers-text", "0", "killed"),
            ("readers-sheets", "2", "survived"),
            ("readers-text", "3", "survived"),
            ("metrics", "4", "timed out"),
        ]
    ]
    (tmp_path / "results_x.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    same = {"mutant": [{"file": "a.py", "text": "x = 1", "before": "1", "after": "2", "reason": "none"}]}
    table = table_of(tmp_path, same)
    assert "| all | 3 | 1 | 0 | 2 | 1 | 33.3 % | 50.0 % |" in table
    assert "| all | 1 | 0 | 1 | 0 | 0 | 100.0 % | 100.0 % |" in table
