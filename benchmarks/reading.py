"""Reading a large survey, checked to the last cell, beside plain readers that check nothing: time and memory.

Run as ``python -m benchmarks.reading [enterprises linkages]``; by default 100,000 and 1,000,000. Writes the survey as
CSV and as one XLSX into a temporary folder, reads each in a process of its own, and prints a Markdown table. A workbook
cannot hold more than 1,048,575 linkages in one sheet.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

import numpy as np

#: What is run in a process of its own: the survey's path is its argument.
READERS = {
    "clusternet.read_survey": """
        from clusternet.ingest import read_survey
        from clusternet.model.settings import Settings
        survey = read_survey(sys.argv[1], Settings())
        rows = len(survey.linkages)
    """,
    "pandas.read_csv, as text": """
        import pandas as pd
        tables = [pd.read_csv(f"{sys.argv[1]}/{name}.csv", dtype=str, keep_default_na=False)
                  for name in ("enterprises", "linkages")]
        rows = len(tables[1])
    """,
    "pandas.read_excel, openpyxl": """
        import pandas as pd
        tables = pd.read_excel(sys.argv[1], sheet_name=None, dtype=str, keep_default_na=False, engine="openpyxl")
        rows = len(tables["linkages"])
    """,
}
_HEAD = "import sys, time, resource\nclock = time.perf_counter()\n"
_TAIL = "print(rows, time.perf_counter() - clock, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)\n"  # GiB


def write_tables(folder: Path, n: int, linkages: int) -> dict[str, list[list[str]]]:
    """Write a survey as CSV and return its tables; everything is drawn from a fixed seed."""
    generator = np.random.default_rng(0)
    ids = [f"E{number:06d}" for number in range(n)]
    towns = ["Salt", "Zarqa", "إربد", "Madaba"]
    workers = generator.integers(1, 50, n)
    register = [["enterprise_id", "name", "sector", "place", "workers"]]
    register += [[ids[i], f"ورشة Workshop {i}", "3100", towns[i % 4], str(workers[i])] for i in range(n)]
    ends = generator.integers(0, n, (2, linkages))
    weights = generator.integers(1, 6, linkages)
    layers = np.array(["supply", "stock", "technology", "knowledge"])[generator.integers(0, 4, linkages)]
    ties = [["source", "target", "layer", "weight"]]
    ties += [
        [ids[a], ids[b], str(layer), str(weight)] for a, b, layer, weight in zip(*ends, layers, weights, strict=True)
    ]
    tables = {"enterprises": register, "linkages": ties}
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return tables


def write_workbook(path: Path, tables: dict[str, list[list[str]]]) -> None:
    """Write the same tables as one workbook, every cell as text."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_numbers": False}) as book:
        for name, rows in tables.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)


def measured(code: str, path: Path) -> tuple[int, float, float]:
    """Return rows, seconds and peak GiB of one reader in a process of its own."""
    text = _HEAD + textwrap.dedent(code).strip() + "\n" + _TAIL
    command = [sys.executable, "-c", text, str(path)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 (our own code)
    rows, seconds, peak = printed.split()
    return int(rows), float(seconds), float(peak)


def main(n: int = 100_000, linkages: int = 1_000_000) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "survey"
        folder.mkdir()
        clock = time.perf_counter()
        tables = write_tables(folder, n, linkages)
        book = Path(place) / "survey.xlsx"
        write_workbook(book, tables)
        del tables
        size = sum(file.stat().st_size for file in folder.iterdir()) / 2**20
        print(
            f"{n:,} enterprises, {linkages:,} linkages; CSV {size:.0f} MiB, XLSX {book.stat().st_size / 2**20:.0f} MiB"
        )
        print(f"(written in {time.perf_counter() - clock:.0f} s)\n")
        print("| reader | file | seconds | peak GiB of the process |")
        print("|---|---|---|---|")
        for name, path in (
            ("clusternet.read_survey", folder),
            ("pandas.read_csv, as text", folder),
            ("clusternet.read_survey", book),
            ("pandas.read_excel, openpyxl", book),
        ):
            rows, seconds, peak = measured(READERS[name], path)
            assert rows == linkages, (name, rows)
            print(f"| {name} | {'CSV' if path is folder else 'XLSX'} | {seconds:.1f} | {peak:.2f} |", flush=True)


if __name__ == "__main__":
    main(*(int(float(word)) for word in sys.argv[1:]))
