"""The staircase, counted in the syntax trees: also imports hidden inside functions, and every import of a neighbour."""

import ast
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "clusternet"
FILES = sorted(PACKAGE.rglob("*.py"))

#: What stands on which step; rooms on one step are blind to each other.
STEPS = [
    {"messages"},
    {"errors"},
    {"model"},
    {"metrics", "detect", "ingest", "planted", "datasets"},
    {"draw", "inference"},
    {"report"},
    {"study"},
    {"cli"},
    {"__main__"},
]
STEP = {room: place for place, rooms in enumerate(STEPS) for room in rooms}
#: Scores carry their cards, so these rooms need nouns only.
NOUNS_ONLY = {"draw": {"model", "errors", "messages"}, "report": {"draw", "model", "errors", "messages"}}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    """Rooms that a file imports anywhere; for type checking only does not count."""
    found = set()

    class Visitor(ast.NodeVisitor):
        def visit_If(self, node: ast.If) -> None:
            if "TYPE_CHECKING" not in ast.dump(node.test):
                self.generic_visit(node)

        def visit_Import(self, node: ast.Import) -> None:
            found.update(alias.name.split(".")[1] for alias in node.names if alias.name.startswith("clusternet."))

        def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
            assert node.level == 0, f"{path.name}: relative import"
            if node.module == "clusternet":
                found.update(alias.name for alias in node.names if alias.name in STEP)
            elif node.module and node.module.startswith("clusternet."):
                found.add(node.module.split(".")[1])

    Visitor().visit(ast.parse(path.read_text(encoding="utf-8")))
    return found


def test_every_room_has_its_step():
    assert {room_of(path) for path in FILES} - {"__init__"} == set(STEP)


@pytest.mark.parametrize(
    "path", [path for path in FILES if path != PACKAGE / "__init__.py"], ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_imports_go_down_the_staircase(path):
    room = room_of(path)
    for other in imported_rooms(path) - {room}:
        assert STEP[other] < STEP[room], f"{room} imports {other}"
        assert other in NOUNS_ONLY.get(room, {other}), f"{room} speaks nouns and does not need {other}"


def test_import_linter_agrees():
    command = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert command, "import-linter is not installed"
    done = subprocess.run([command], cwd=PACKAGE.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_staircase_is_written_the_same_in_both_places():
    text = (PACKAGE.parent / "setup.cfg").read_text(encoding="utf-8")
    block = text.split("layers =")[1].split("\n\n")[0]
    steps = [
        {room.strip().removeprefix("clusternet.") for room in line.split("|")} for line in block.strip().splitlines()
    ]
    assert steps[::-1] == STEPS[:-1]


def test_only_one_folder_imports_plotly():
    importing = {
        path.parent.name
        for path in FILES
        if any(words in path.read_text(encoding="utf-8") for words in ("\nimport plotly", "\nfrom plotly"))
    }
    assert importing == {"plotly_backend"}


def test_no_junk_rooms():
    words = {"utils", "helpers", "common", "base", "misc"}
    assert not [path for path in PACKAGE.rglob("*") if path.stem in words]


def test_files_and_functions_stay_small():
    lines = [len(path.read_text(encoding="utf-8").splitlines()) for path in FILES]
    assert statistics.quantiles(lines, n=20)[-1] <= 300
    assert max(lines) <= 360
    longest = []
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                code = sum(statement.end_lineno - statement.lineno + 1 for statement in body)
                longest.append((code, f"{path.name}:{node.name}"))
    assert max(longest)[0] <= 60, max(longest)


def test_no_silent_failures():
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                assert node.type is not None, f"{path.name}:{node.lineno} catches everything"
                assert not all(isinstance(entry, ast.Pass) for entry in node.body), (
                    f"{path.name}:{node.lineno} passes over an error"
                )


def test_starting_costs_nothing_heavy():
    code = "import sys, clusternet.cli; print([m for m in ('pandas', 'numpy', 'igraph', 'plotly', 'scipy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=PACKAGE.parent, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
