"""When linkages began: not before both ends were founded, and not after the survey."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clusternet.ingest.source import Source, TextTable
from clusternet.ingest.years import years_of
from clusternet.messages import mark


def warn_of_times(typed: pd.DataFrame, register: pd.DataFrame, table: TextTable, source: Source) -> None:
    """Warn of linkages that began before one of their ends was founded, or after the survey (D12).

    Only years are compared, so that a linkage of the year of founding is in order. There is no clock in it: what is
    later than the survey is told where the settings hold its year.

    Parameters
    ----------
    typed : DataFrame
        The nominations; nothing is said without the column ``since``.
    register : DataFrame
        The register, perhaps with the column ``founded``.
    table : TextTable
        Where the nominations come from.
    source : Source
        The survey being read.
    """
    if "since" not in typed.columns:
        return
    since, unreadable = years_of(typed["since"])
    rows = typed.index
    template = mark(
        "{count} cells are no year; expected one such as 2015, or a date such as 2015-03-21. They are left aside "
        "(rows {rows})."
    )
    source.findings.counted("D12", template, table.place, rows[unreadable].tolist(), column="since")
    if "founded" in register.columns:
        # The last entry is that of partners outside the register, of whom nothing is known.
        founded = np.append(years_of(register["founded"])[0], np.nan)
        ids = pd.Index(register["enterprise_id"])
        with np.errstate(invalid="ignore"):
            early = [since < founded[ids.get_indexer(pd.Index(typed[end]))] for end in ("source", "target")]
        template = mark(
            "{count} linkages began before one of their ends was founded (rows {rows}). Correct since here, or founded "
            "in enterprises."
        )
        source.findings.counted("D12", template, table.place, rows[early[0] | early[1]].tolist(), column="since")
    if source.settings.survey_year is not None:
        with np.errstate(invalid="ignore"):
            late = since > source.settings.survey_year
        template = mark(
            "{count} linkages began after the year of the survey, {year} (rows {rows}). Correct since, or survey_year "
            "in study.toml."
        )
        about = {"column": "since", "year": source.settings.survey_year}
        source.findings.counted("D12", template, table.place, rows[late].tolist(), **about)
