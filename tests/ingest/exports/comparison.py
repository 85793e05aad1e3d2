"""Two surveys beside each other: the same answers, whatever the order of rows or the kind of a column."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from clusternet.ingest import read_survey
from clusternet.model.survey import Survey
from tests.ingest.exports import truth
from tests.ingest.exports.dialects import Case
from tests.ingest.exports.form_model import Submission

Tables = dict[str, list[tuple[Any, ...]]]


def found_in(survey: Survey) -> Tables:
    """Every table as sorted rows of plain values, so that order, index and kind of column do not count."""

    def plain(value: Any) -> Any:
        return None if pd.isna(value) else float(value) if isinstance(value, int | float) else str(value)

    return {
        name: sorted(
            (
                tuple(plain(value) for value in row)
                for row in table.reindex(columns=list(truth.COLUMNS[name])).itertuples(index=False)
            ),
            key=repr,
        )
        for name, table in survey.tables.items()
    }


def difference(told: Sequence[tuple[Any, ...]], read: Sequence[tuple[Any, ...]]) -> str:
    """What one of two tables has more often than the other, a few rows of it."""
    lost, made_up = list(told), []
    for row in read:
        if row in lost:
            lost.remove(row)
        else:
            made_up.append(row)
    return f"{len(lost)} of {len(told)} rows lost, as {lost[:2]}; {len(made_up)} made up, as {made_up[:2]}"


def told_by(case: Case, submissions: Sequence[Submission], folder: Path) -> Tables:
    """What was said, read from our own tables; settings of the case lie beside them."""
    return found_in(read_survey(truth.write_tables(folder, case.truth(submissions)), case.config))


def assert_same(told: Tables, read: Tables, tables: Sequence[str]) -> None:
    """Fail with what was lost and what was made up."""
    wrong = [f"{name}: {difference(told[name], read[name])}" for name in tables if told[name] != read[name]]
    assert not wrong, "\n".join(wrong)
