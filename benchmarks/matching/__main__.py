"""How well names typed from memory are found in a register: ours beside rapidfuzz, TF-IDF and splink, in one run.

Run as ``python -m benchmarks.matching``; writes matching.md and matching.json. splink is taken from the interpreter
that ``CLUSTERNET_SPLINK_PYTHON`` names, by default this one; the garment lists from ``CLUSTERNET_REAL_DATA``.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.matching.cases import FIRST_SEED, Case, garment_file, measured_cases, planted_case, tuning_cases
from benchmarks.matching.measure import PRECISION, Run
from benchmarks.matching.peers import OURS, matchers
from benchmarks.matching.store import Store
from clusternet.ingest.matching.certainty import CERTAIN

RESULTS = Path(__file__).resolve().parents[1] / "results"
#: The large case: names and mentions; peers that compare all with all get a part of the mentions.
LARGE, MENTIONS, PART = 100_000, 20_000, 400
#: Sizes of planted registers.
SIZES = {"small": (300,), "full": (300, 3000, 20_000)}

Runs = Mapping[tuple[str, str], Run]


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--size", choices=SIZES, default="full", help="small: registers of 300 names only, nothing large"
    )
    parser.add_argument("--seeds", type=int, default=2, help="registers of each kind (default: 2)")
    parser.add_argument("--methods", default="", help="parts of names, with commas; all by default")
    parser.add_argument("--out", type=Path, default=RESULTS, help="where the results go")
    return parser.parse_args(given)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [_row(heads), _row(["---"] * len(heads)), *(_row(row) for row in rows), ""]


def family_rows(runs: Runs, family: str, thresholds: Mapping[str, float]) -> list[list[str]]:
    """Return a line for each matcher: how often it is right, what it accepts, in how many seconds."""
    rows = []
    for method, threshold in thresholds.items():
        run = runs[family, method]
        share, precision, _ = run.accepted(threshold)
        best, _, _ = run.accepted(run.threshold())
        cells = [f"{value:.3f}" for value in (run.top_one, share)] + [f"{precision:.4f}", f"{best:.3f}"]
        rows.append([method, *cells, f"{run.seconds:.1f}", f"{run.memory:.0f}"])
    return rows


def list_rows(runs: Runs, thresholds: Mapping[str, float]) -> list[list[str]]:
    """Return a line for each matcher on the real lists, where only the twins with one address are known."""
    rows = []
    for method, threshold in thresholds.items():
        run = runs["real lists", method]
        taken = run.score >= threshold
        inside, right = taken & run.known, taken & run.right
        rows.append(
            [
                method,
                f"{int(run.right.sum())} of {int(run.known.sum())}",
                f"{int(right.sum())} right, {int((inside & ~run.right).sum())} wrong",
                f"{int((taken & ~run.known).sum())} of {int((~run.known).sum())}",
            ]
        )
    return rows


def chosen_threshold(name: str, store: Store) -> float:
    """Return from which score on answers are accepted: of ours as it is shipped, of others as other registers say."""
    if name == OURS:
        return CERTAIN
    return Run.joined(store.run(name, case) for case in tuning_cases()).threshold()


def large_rows(methods: Sequence[str], store: Store) -> list[list[str]]:
    """Return seconds and memory on many names; peers that are slow get a part of the mentions."""
    rows = []
    for script in ("latin", "arabic"):
        case = planted_case(FIRST_SEED + 50, LARGE, script, asked=True, count=int(MENTIONS / 1.25))
        for method in methods:
            part = case if method in (OURS, "TF-IDF") else _part(case)
            run = store.run(method, part)
            mentions = f"{len(part.mentions):,}"
            rows.append([script, method, mentions, f"{run.top_one:.3f}", f"{run.seconds:.0f}", f"{run.memory:.0f}"])
            print(f"large, {script}: {method} in {run.seconds:.1f} s", file=sys.stderr, flush=True)
    return rows


def _part(case: Case) -> Case:
    return dataclasses.replace(case, mentions=case.mentions[:PART], truth=case.truth[:PART])


_ABOUT = f"""# Names typed from memory

`python -m benchmarks.matching`

Top-1: of the mentions of enterprises of the register, the share whose best name is right. Accepted: the share of them
that is taken automatically; precision: the share of right ones of all that are taken, strangers included. The threshold
of {OURS} is the one that is shipped; those of the others are the lowest that reach a precision of {PRECISION} on other
registers with the asked noise. Accepted at {PRECISION}: with the best threshold, known afterwards. Seconds and MB: the
largest of the cases, each in a process of its own (MB with Python and its libraries), on a shared machine with 2 cores.

One in five mentions is of an enterprise that is not in the register. *Asked*: one kind of noise, once or twice
(character slips, dropped or changed legal forms, swapped words, variant letters). *Hard*: one to three kinds together,
also words left out, closed up or shortened. No word of the measured registers was used for the fit.
"""
_LISTS = """## The fourteen garment lists, each beside the thirteen others

Facilities of two lists are one where their addresses have the same numbers and 80 % of the letters in common; names
have no say. Most facilities stand in one list only, and where an address is written otherwise nobody knows: what is
taken there is counted and not judged.
"""


def report(runs: Runs, thresholds: Mapping[str, float], versions: Mapping[str, str], large: list[list[str]]) -> str:
    """Return the results as Markdown."""
    families = list(dict.fromkeys(family for family, _ in runs))
    heads = ["method", "top-1", "accepted", "precision", f"accepted at {PRECISION}", "seconds", "MB"]
    lines = [_ABOUT, "Versions: " + ", ".join(f"{name} {version}" for name, version in versions.items()) + ".", ""]
    for family in families:
        if family != "real lists":
            lines += [f"## {family}", "", *_table(heads, family_rows(runs, family, thresholds))]
    if "real lists" in families:
        heads = ["method", "best name right", "taken, address known", "taken, address unknown"]
        lines += [_LISTS, *_table(heads, list_rows(runs, thresholds))]
    if large:
        heads = ["script", "method", "mentions", "top-1", "seconds", "MB"]
        lines += [f"## {LARGE:,} names", "", *_table(heads, large)]
    return "\n".join(lines)


def as_json(runs: Runs, thresholds: Mapping[str, float], versions: Mapping[str, str], large: list[list[str]]) -> str:
    """Return the results as JSON."""
    keys = ("top_1", "accepted", "precision", "accepted_at_0.99", "seconds", "memory_mb")
    families = dict.fromkeys(family for family, _ in runs)
    found = {
        family: {row[0]: dict(zip(keys, row[1:], strict=True)) for row in family_rows(runs, family, thresholds)}
        for family in families
        if family != "real lists"
    }
    lists = list_rows(runs, thresholds) if "real lists" in families else []
    data = {"thresholds": thresholds, "versions": versions, "families": found, "real_lists": lists, "large": large}
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def main(given: Sequence[str] | None = None) -> None:
    """Run the benchmark and write its results."""
    options = arguments(given)
    parts = [part.strip().casefold() for part in options.methods.split(",") if part.strip()]
    found = matchers()
    methods = [name for name in found if not parts or any(part in name.casefold() for part in parts)]
    for name, missing in (("splink", "splink" not in found), ("the garment lists", not garment_file().is_file())):
        if missing:
            print(f"Without {name}: not found.", file=sys.stderr)
    versions = {name: found[name][1] for name in methods}
    store = Store(options.out / ".parts", versions)
    thresholds = {name: chosen_threshold(name, store) for name in methods}
    runs: dict[tuple[str, str], list[Run]] = defaultdict(list)
    for case in measured_cases(SIZES[options.size], options.seeds):
        for name in methods:
            run = store.run(name, case)
            runs[case.family, name].append(run)
            if case.family.startswith("asked") and not case.unknown:
                runs["All asked noise", name].append(run)
            said = f"{case.family}, {case.name}: {name} {run.top_one:.3f} in {run.seconds:.1f} s"
            print(said, file=sys.stderr, flush=True)
    order = sorted(runs, key=lambda key: key[0] != "All asked noise")
    joined = {key: Run.joined(runs[key]) for key in order}
    large = large_rows(methods, store) if options.size == "full" else []
    text = report(joined, thresholds, versions, large)
    (options.out / "matching.md").write_text(text, encoding="utf-8")
    (options.out / "matching.json").write_text(as_json(joined, thresholds, versions, large), encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
