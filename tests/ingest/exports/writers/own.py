"""Our own tables: one XLSX, a folder of Parquet files, CSV as other programs write it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import xlsxwriter

from tests.ingest.exports.truth import COLUMNS

Tables = Mapping[str, Sequence[Mapping[str, str]]]


def write_workbook(folder: Path, tables: Tables) -> Path:
    """Write one workbook of text cells, a sheet for each table."""
    path = folder / "survey.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name, rows in tables.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, COLUMNS[name])
            for position, row in enumerate(rows, start=1):
                sheet.write_row(position, 0, [row.get(column, "") for column in COLUMNS[name]])
    return path


def write_parquet(folder: Path, tables: Tables) -> Path:
    """Write a folder of Parquet files, numbers as numbers."""
    path = folder / "survey"
    path.mkdir()
    for name, rows in tables.items():
        frame = pd.DataFrame(rows, columns=list(COLUMNS[name]), dtype="str").replace("", pd.NA)
        for column in _NUMBERS & set(frame.columns):
            frame[column] = pd.to_numeric(frame[column])
        frame.to_parquet(path / f"{name}.parquet", index=False)
    return path


_NUMBERS = set(
    "latitude longitude workers women_workers youth_workers monthly_income turnover energy_use weight amount quantity "
    "unit_cost".split()
)


def write_csv(folder: Path, tables: Tables, *, separator: str, encoding: str) -> Path:
    """Write a folder of CSV files with another separator or encoding."""
    path = folder / "survey"
    path.mkdir()
    for name, rows in tables.items():
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, COLUMNS[name], restval="", delimiter=separator)
        writer.writeheader()
        writer.writerows(rows)
        (path / f"{name}.csv").write_bytes(text.getvalue().encode(encoding))
    return path
