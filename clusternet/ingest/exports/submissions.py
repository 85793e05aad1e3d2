"""Submissions that came twice, or were edited afterwards: the latest of each stays."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.ingest.exports.export import Export
from clusternet.ingest.source import Source
from clusternet.messages import mark

#: Where the tools say what a reviewer thought of a submission, and how they call it when it was rejected.
_REVIEWS = ("ReviewState", "review_status", "_validation_status", "interview__status")
_REJECTED = frozenset(
    {
        "rejected",
        "not approved",
        "validation_status_not_approved",
        "65",
        "125",
        "rejectedbysupervisor",
        "rejectedbyheadquarters",
    }
)


def latest_submissions(
    export: Export, source: Source, *, key: str, time: str = "", replaces: str = "", stays: str = ""
) -> Export:
    """Return an export with each submission once.

    Parameters
    ----------
    export : Export
        What was read.
    source : Source
        The survey being read; takes E11: how many came twice, and how many were edited.
    key : str
        The column of the root that names a submission.
    time : str
        The column with the time of sending; without it the last row is the latest.
    replaces : str
        The column that names the submission which an edited one replaces; empty where there is none.
    stays : str
        A column that names a submission and stays the same when it is edited; empty where there is none.

    Returns
    -------
    Export
        Without older versions and all that hangs on them.
    """
    root = export.parts[export.root]
    if key not in root.headers:
        return export
    keys = _bare(root.rows[key])
    twice = _earlier(root.rows, keys, time, np.ones(len(keys), dtype=bool))
    template = mark("{count} submissions came more than once; the latest of each was kept (rows left out: {rows}).")
    source.findings.counted("E11", template, root.place, root.rows.index[twice].tolist(), column=key)
    edited = np.zeros(len(keys), dtype=bool)
    if replaces in root.headers:
        older = _bare(root.rows[replaces])
        # Who names itself is nobody's older version.
        edited = keys.isin(set(older[older.ne(keys)]) - {""}).to_numpy(dtype=bool) & ~twice
    if stays in root.headers:
        edited |= _earlier(root.rows, _bare(root.rows[stays]), time, ~(twice | edited))
    template = mark("{count} submissions were edited later; the edited version was kept (rows left out: {rows}).")
    source.findings.counted("E11", template, root.place, root.rows.index[edited].tolist(), column=replaces or stays)
    source.note_dropped("E11", root.title, int((twice | edited).sum()))
    return export.without(twice | edited)


def _bare(cells: pd.Series) -> pd.Series:
    return cells.fillna("").str.strip().str.removeprefix("uuid:")


def _earlier(rows: pd.DataFrame, keys: pd.Series, time: str, asked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which of the rows that are asked about have a later one of the same key."""
    among = keys.where(pd.Series(asked, index=keys.index) & keys.ne(""))
    if not among.dropna().duplicated().any():
        return np.zeros(len(keys), dtype=bool)
    order = _latest_last(rows, time)
    later = among.iloc[order].duplicated(keep="last") & among.iloc[order].notna()
    return later.reindex(rows.index).to_numpy(dtype=bool)


def _latest_last(rows: pd.DataFrame, time: str) -> list[int]:
    """Return the positions of rows by time of sending; rows of one time, or without one, in the order of the file."""
    if time not in rows.columns:
        return list(range(len(rows)))
    with warnings.catch_warnings():
        # Times of every form come here, and one that is not understood only loses its place in the order.
        warnings.simplefilter("ignore")
        stamps = pd.to_datetime(rows[time].astype(object), errors="coerce", utc=True, format="mixed")
    return stamps.reset_index(drop=True).sort_values(kind="stable", na_position="first").index.tolist()


def warn_of_rejected(export: Export, source: Source) -> None:
    """Warn of submissions that somebody looked through and rejected: they count until they are deleted (E11).

    Parameters
    ----------
    export : Export
        What was read, each submission once.
    source : Source
        The survey being read.
    """
    root = export.parts[export.root]
    template = mark(
        "{count} submissions were rejected when they were reviewed, and count all the same (rows {rows}). Delete them "
        "on the server if they should not."
    )
    for column in _REVIEWS:
        if column in root.headers:
            rejected = root.rows[column].str.strip().str.casefold().isin(_REJECTED)
            rows = root.rows.index[rejected].tolist()
            source.findings.counted("E11", template, root.place, rows, column=column)
