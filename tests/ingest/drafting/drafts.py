"""What the tests of drafts have alike: a draft as it stands, the survey that it gives, small workbooks."""

import tomllib
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from clusternet.ingest import read_survey
from clusternet.ingest.drafting.draft import draft_mapping
from clusternet.ingest.drafting.text import draft_text, mapping_of
from clusternet.model import Settings
from tests.ingest.drafting.foreign_forms import write_sheet


def drafted(path: Path, language: str = "en", settings: Settings | None = None) -> str:
    """Return the draft of an export, after checking that text and data say the same."""
    draft, _ = draft_mapping(path, settings)
    text = draft_text(draft, settings or Settings(), language)
    assert tomllib.loads(text)["mapping"] == mapping_of(draft)
    return text


def read_with_draft(path: Path, language: str = "en") -> Any:
    """Return the survey that an export gives with its draft, unedited."""
    config = path.parent / "draft.toml"
    config.write_text(drafted(path, language), encoding="utf-8")
    return read_survey(path, config)


def rows_of(table: Any, *columns: str) -> set[tuple[Any, ...]]:
    """Return the rows of a table as they are compared; missing is None."""
    if not len(table):
        return set()
    cells = table.reindex(columns=list(columns)).astype(object)
    return set(cells.where(cells.notna(), None).itertuples(index=False, name=None))


def linked(survey: Any, *columns: str) -> set[tuple[Any, ...]]:
    """Return the linkages, source and target first; a name that is in the register as it stands is its id."""
    ids = dict(rows_of(survey.tables["enterprises"], "name", "enterprise_id"))
    rows = rows_of(survey.tables["linkages"], "source", "target", *columns)
    return {(ids.get(source, source), ids.get(target, target), *rest) for source, target, *rest in rows}


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    book = Workbook()
    for title, rows in sheets.items():
        write_sheet(book, title, rows)
    del book["Sheet"]
    book.save(path)
    return path


def kobo_sheets(header: list[str], *rows: list[object]) -> list[list[object]]:
    """Return the rows of a KoboToolbox sheet of submissions."""
    system = ["_id", "_uuid", "_submission_time", "_index"]
    return [
        [*header, *system],
        *([*row, 100 + i, f"u{i}", "2026-03-01", i] for i, row in enumerate(rows, start=1)),
    ]
