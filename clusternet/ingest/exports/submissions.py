"""Submissions that came twice, or were edited afterwards: the latest of each stays."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd

from clusternet.ingest.exports.export import Export
from clusternet.ingest.source import Source
from clusternet.messages import mark


def latest_submissions(export: Export, source: Source, *, key: str, time: str = "", replaces: str = "") -> Export:
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

    Returns
    -------
    Export
        Without older versions and all that hangs on them.
    """
    root = export.parts[export.root]
    if key not in root.headers:
        return export
    rows = root.rows
    keys = rows[key].fillna("").str.removeprefix("uuid:")
    order = _latest_last(rows, time)
    named = keys.iloc[order]
    twice = pd.Series(named.ne("") & named.duplicated(keep="last")).reindex(rows.index).to_numpy(dtype=bool)
    template = mark("{count} submissions came more than once; the latest of each was kept (rows left out: {rows}).")
    source.findings.counted("E11", template, root.place, rows.index[twice].tolist(), column=key)
    replaced = np.zeros(len(rows), dtype=bool)
    if replaces and replaces in root.headers:
        older = set(rows[replaces].dropna().str.removeprefix("uuid:")) - {""}
        replaced = keys.isin(older).to_numpy(dtype=bool) & ~twice
        template = mark("{count} submissions were edited later; the edited version was kept (rows left out: {rows}).")
        source.findings.counted("E11", template, root.place, rows.index[replaced].tolist(), column=replaces)
    source.note_dropped("E11", root.title, int((twice | replaced).sum()))
    return export.without(twice | replaced)


def _latest_last(rows: pd.DataFrame, time: str) -> list[int]:
    """Return the positions of rows by time of sending; rows of one time, or without one, in the order of the file."""
    if time not in rows.columns:
        return list(range(len(rows)))
    with warnings.catch_warnings():
        # Times of every form come here, and one that is not understood only loses its place in the order.
        warnings.simplefilter("ignore")
        stamps = pd.to_datetime(rows[time].astype(object), errors="coerce", utc=True, format="mixed")
    return list(np.argsort(stamps.fillna(pd.Timestamp.min.tz_localize("UTC")).to_numpy(), kind="stable"))
