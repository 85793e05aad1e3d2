"""The numbers of a report, worked out again from the tables beside it with nothing but csv, json and math (I31).

``python recompute.py RESULT`` prints them as JSON: for each cluster its size, what its members' links say, and what its
plan costs. It shares no code with the package, and asks for none.
"""

import csv
import json
import math
import sys
from pathlib import Path


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """Read one table."""
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def recomputed(folder: Path) -> dict[str, dict[str, float]]:
    """Return the numbers of every cluster by its number."""
    cluster = {row["enterprise_id"]: row["cluster"] for row in rows(folder, "members")}
    # Layers that do not count, such as rivalry, have no say in the flat network; the others count by their weight.
    counts = {row["layer"]: float(row["weight"]) for row in rows(folder, "layers") if row["counts"] == "yes"}
    pairs: dict[frozenset[str], list[float]] = {}
    for row in rows(folder, "linkages"):
        if row["layer"] in counts:
            ends = frozenset((row["source"], row["target"]))
            pairs.setdefault(ends, []).append(float(row["weight"]) * counts[row["layer"]])
    weight = {ends: math.fsum(parts) for ends, parts in pairs.items()}
    nodes = set(cluster) | {end for ends in weight for end in ends}
    found = {}
    for number in sorted({*cluster.values()} - {"-1"}, key=int):
        members = {identifier for identifier, code in cluster.items() if code == number}
        n, possible = len(members), len(members) * (len(members) - 1) / 2
        inside = [ends for ends in weight if ends <= members]
        leaving = [ends for ends in weight if len(ends & members) == 1]
        w, b = (math.fsum(weight[ends] for ends in some) for some in (inside, leaving))
        rest = math.fsum(value * len(ends - members) for ends, value in weight.items())
        low = min(2 * w + b, rest)
        m, out = len(inside), len(leaving)
        found[number] = {
            "size": n,
            "density": m / possible if possible else math.nan,
            "internal_strength": 2 * w / n,
            "conductance": b / low if low else math.nan,
            "cut_ratio": out / (n * (len(nodes) - n)) if len(nodes) > n else math.nan,
            "ei_index": (out - m) / (out + m) if out + m else math.nan,
            "separability": m / out if out else math.nan,
            "plan_cost": math.fsum(
                float(row["cost"]) for row in rows(folder, "plan") if row["cluster"] == number and row["cost"]
            ),
        }
    return found


if __name__ == "__main__":
    json.dump(recomputed(Path(sys.argv[1])), sys.stdout, indent=2, sort_keys=True)
