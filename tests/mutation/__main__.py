"""Mutation testing: ``python -m tests.mutation --out FOLDER``; README.md beside this file says what it tells."""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.mutation.in_place import Trial, changed_functions, try_in_place
from tests.mutation.mutants import Mutant, mutants_of
from tests.mutation.telling import table_of
from tests.mutation.trying import load_libraries, note_lines, try_mutant

_HERE = Path(__file__).parent
#: The most tests that a mutant is shown, and the most seconds that they take without it.
_MOST_TESTS, _MOST_SECONDS = 60, 8.0


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument(
        "--out", type=Path, required=True, help="the folder of the results; what it holds is not tried again"
    )
    parser.add_argument("--group", nargs="*", help="the groups of plan.toml; all unless named")
    parser.add_argument("--module", nargs="*", help="only these files")
    parser.add_argument("--share", type=float, default=0.05, help="the share of the mutants to try, 0 to 1")
    parser.add_argument("--least", type=int, default=3, help="the fewest mutants of a module")
    parser.add_argument("--seed", type=int, default=1, help="the seed of the sample")
    parser.add_argument("--again", choices=["survived"], help="try again what survived in the folder's results")
    parser.add_argument("--kernels", choices=["yes", "no"], help=argparse.SUPPRESS)
    return parser.parse_args()


def _has_kernels(path: Path) -> bool:
    return "import compiled" in path.read_text("utf-8") or "compiled," in path.read_text("utf-8")


def _sampled(path: Path, given: argparse.Namespace) -> list[Mutant]:
    """Return the sample of a module: the same for the same source and seed."""
    every = mutants_of(path.read_bytes())
    size = min(len(every), max(given.least, round(given.share * len(every))))
    chosen = random.Random(f"{given.seed}:{path.as_posix()}").sample(range(len(every)), size)
    return [every[place] for place in sorted(chosen)]


def _tests_for(path: Path, mutant: Mutant, noted: dict) -> list[str]:
    """Return the tests that run the changed place, the quickest first, those that name the module before the rest."""
    lines, seconds = noted["lines"].get(path.as_posix(), {}), noted["seconds"]
    names = {name for line in mutant.lines for name in lines.get(str(line), ()) if name in seconds}
    if not names and any(str(line) in lines for line in mutant.lines):
        # It ran when the module was loaded: any test of the module may feel it.
        names = {name for found in lines.values() for name in found if name in seconds}
    chosen: list[str] = []
    spent = 0.0
    for name in sorted(names, key=lambda name: (path.stem not in name, seconds[name], name)):
        if len(chosen) < _MOST_TESTS and spent + seconds[name] <= _MOST_SECONDS:
            chosen.append(name)
            spent += seconds[name]
    return chosen


def _control(trials: list[Trial]) -> Trial:
    """Return the source as it is, with the first tests of many mutants: else every mutant might seem to be found."""
    names = dict.fromkeys(name for trial in trials for name in trial.tests[:3])
    return Trial(trials[0].path, trials[0].source, trials[0].source, tuple(names)[:_MOST_TESTS], 300.0)


def _work(given: argparse.Namespace, group: str, plan: dict) -> None:
    """Try the mutants of a group, in a process that has loaded the libraries and nothing of clusternet."""
    kernels = given.kernels == "yes"
    paths = [Path(plan["folder"], f"{name}.py") for name in plan["modules"]]
    paths = [path for path in paths if _has_kernels(path) == kernels]
    wanted = [path for path in paths if not given.module or path.as_posix() in given.module]
    if not wanted:
        return
    load_libraries()
    tests = sorted(str(path) for pattern in plan["tests"] for path in Path().glob(pattern))
    noting = given.out / f"lines_{group}_{given.kernels}.json"
    if not noting.exists():
        note_lines(noting, [str(path) for path in paths], tests, 6.0 if kernels else 20.0)
    noted = json.loads(noting.read_text())
    trials, rows = _trials(wanted, given, group, noted)
    results = given.out / f"results_{group}_{given.kernels}.jsonl"

    def tell(row: dict, outcome: str) -> None:
        with results.open("a") as file:
            file.write(json.dumps({**row, "outcome": outcome}) + "\n")

    if not trials:
        return
    quick = [place for place, trial in enumerate(trials) if trial.tests and changed_functions(trial) is not None]
    tried = [_control(trials), *(trials[place] for place in quick)]
    try_in_place(tried, tests, lambda number, outcome: tell(rows[quick[number - 1]], outcome) if number else None)
    for place in sorted(set(range(len(trials))) - set(quick)):
        trial, module = trials[place], ".".join(trials[place].path.with_suffix("").parts)
        run = trial.tests and try_mutant(module, trial.path, trial.changed, trial.tests, trial.limit)
        tell(rows[place], run or "survived")


def _trials(paths: list[Path], given: argparse.Namespace, group: str, noted: dict) -> tuple[list[Trial], list[dict]]:
    """Return the mutants of the sample that were not tried yet, and what is known of each."""
    results = given.out / f"results_{group}_{given.kernels}.jsonl"
    known = {}
    if results.exists():
        known = {tuple(row["key"]): row["outcome"] for row in map(json.loads, results.read_text().splitlines())}
    trials, rows = [], []
    for path in paths:
        source = path.read_bytes()
        for mutant in _sampled(path, given):
            key = (path.as_posix(), mutant.line, mutant.start, mutant.before, mutant.after)
            if key in known and not (given.again and known[key] == "survived"):
                continue
            chosen = _tests_for(path, mutant, noted)
            limit = 5.0 + 3 * sum(noted["seconds"][name] for name in chosen)
            trials.append(Trial(path, source, mutant.applied(source), tuple(chosen), limit))
            text = source.splitlines()[mutant.line - 1].decode().strip()
            rows.append({"key": key, "text": text, "group": group, "seed": given.seed, "tests": len(chosen)})
    return trials, rows


def main() -> None:
    """Try a sample of the mutants, and write the table of what was found."""
    given, plan = _parsed(), tomllib.loads((_HERE / "plan.toml").read_text("utf-8"))
    given.out = given.out.resolve()
    given.out.mkdir(parents=True, exist_ok=True)
    groups = given.group or list(plan)
    if given.kernels:
        _work(given, groups[0], plan[groups[0]])
        return
    for group in groups:
        for kernels in ("no", "yes"):
            # A process for each: a kernel is compiled or not for as long as the process lives.
            settings = {"NUMBA_DISABLE_JIT": "1"} if kernels == "yes" else {}
            asked = [*sys.argv[1:], "--group", group, "--kernels", kernels]
            subprocess.run([sys.executable, "-m", "tests.mutation", *asked], check=True, env={**os.environ, **settings})
    table = table_of(given.out, tomllib.loads((_HERE / "equivalent.toml").read_text("utf-8")))
    (given.out / "mutants.md").write_text(table, encoding="utf-8")
    sys.stdout.write(table)


if __name__ == "__main__":
    main()
