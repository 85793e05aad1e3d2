"""A survey as CSV files and as a workbook, and those who read it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measuring import Case, Contestant

#: More rows than this no sheet of a workbook can hold.
_MOST_IN_SHEET = 1_048_575


def write_survey(folder: Path, linkages: int) -> None:
    """Write a survey of a tenth as many enterprises, as CSV and as one XLSX; everything is drawn from a fixed seed."""
    n = max(linkages // 10, 4)
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
        path = folder / "survey" / f"{name}.csv"
        path.parent.mkdir(exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    if linkages <= _MOST_IN_SHEET:
        _write_workbook(folder / "survey.xlsx", tables)


def _write_workbook(path: Path, tables: dict[str, list[list[str]]]) -> None:
    """Write the same tables as one workbook, every cell as text."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_numbers": False}) as book:
        for name, rows in tables.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)


def _folder(case: Case) -> Path:
    return case.folder / "survey"


def _workbook(case: Case) -> Path:
    return case.folder / "survey.xlsx"


def _ours(path: Path) -> Any:
    from clusternet.ingest import read_survey
    from clusternet.model import Settings

    return read_survey(path, Settings()).linkages


def _pandas_csv(path: Path) -> Any:
    import pandas as pd

    names = ("enterprises", "linkages")
    return [pd.read_csv(path / f"{name}.csv", dtype=str, keep_default_na=False) for name in names][1]


def _pandas_xlsx(path: Path) -> Any:
    import pandas as pd

    return pd.read_excel(path, sheet_name=None, dtype=str, keep_default_na=False, engine="openpyxl")["linkages"]


def _check(case: Case, linkages: Any) -> dict[str, Any]:
    assert len(linkages) == case.links
    return {"rows": len(linkages)}


READERS = (
    Contestant("clusternet read_survey, CSV", _ours, _folder, _check, ours=True, note="every check"),
    Contestant("pandas read_csv, as text", _pandas_csv, _folder, _check, ("pandas",), note="no check"),
    Contestant("clusternet read_survey, XLSX", _ours, _workbook, _check, most=_MOST_IN_SHEET, ours=True),
    Contestant("pandas read_excel, openpyxl", _pandas_xlsx, _workbook, _check, ("openpyxl",), _MOST_IN_SHEET),
)
