"""The table of what became of the mutants."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

_HEAD = """\
| {first} | mutants | killed | timed out | survived | of these equivalent | found | found without equivalent |
|---|---|---|---|---|---|---|---|
"""


def table_of(folder: Path, equivalent: dict) -> str:
    """Return the table of a folder's results as Markdown, each group with its modules.

    A mutant is found where a test fails or never ends. One that no test runs has survived.

    Parameters
    ----------
    folder : Path
        Where the results are.
    equivalent : dict
        The mutants that nobody can tell from the source, as equivalent.toml lists them: read by hand, with reasons.
    """
    same = {(row["file"], row["text"], row["before"], row["after"]) for row in equivalent.get("mutant", [])}
    rows = {}
    for path in sorted(folder.glob("results_*.jsonl")):
        for row in map(json.loads, path.read_text().splitlines()):
            rows[tuple(row["key"])] = row
    counts: dict[tuple[str, str], Counter] = {}
    for (file, _, _, before, after), row in sorted(rows.items()):
        outcome = row["outcome"]
        group = row["group"].partition("-")[0]
        for name in (file, "all"):
            count = counts.setdefault((group, name), Counter())
            count[outcome] += 1
            count["equivalent"] += outcome == "survived" and (file, row["text"], before, after) in same
    parts = []
    for group in dict.fromkeys(group for group, _ in counts):
        lines = [_line(name, count) for (of, name), count in sorted(counts.items()) if of == group]
        parts.append(_HEAD.format(first=group) + "".join(lines))
    return "\n".join(parts)


def _line(name: str, count: Counter) -> str:
    mutants = count["killed"] + count["timed out"] + count["survived"]
    found = mutants - count["survived"]
    cells = [name, mutants, count["killed"], count["timed out"], count["survived"], count["equivalent"]]
    cells += [_share(found, mutants), _share(found, mutants - count["equivalent"])]
    return "| " + " | ".join(str(cell) for cell in cells) + " |\n"


def _share(found: int, of: int) -> str:
    return f"{100 * found / of:.1f} %" if of else "-"
