"""The list of everybody who was asked, beside an export: who is in it and not in the export did not answer."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clusternet.errors import MOST_PROBLEMS, shown
from clusternet.ingest.findings import Origin, Place
from clusternet.ingest.names import clean_key
from clusternet.ingest.source import Source, TextTable
from clusternet.ingest.tables import read_table
from clusternet.messages import mark

#: Where the roster lies unless the mapping names another file.
ROSTER_FILE = "enterprises.csv"


def read_roster_file(source: Source) -> TextTable | None:
    """Read the roster beside an export, if there is one.

    Parameters
    ----------
    source : Source
        The survey being read; ``roster`` below ``[mapping]`` names another file. Takes C01, C02 and the codes of files.

    Returns
    -------
    TextTable or None
        At least ``enterprise_id`` and ``name``; None where there is none, or an error was noted.
    """
    declared = str(source.settings.mapping.get("roster", ""))
    if declared:
        path = source.file_in_folder(declared, key="mapping.roster")
    else:
        path = source.folder / ROSTER_FILE
        path = path if path.is_file() and path != source.path else None
    table = None if path is None else read_table(path, source, required=("enterprise_id", "name"))
    return None if table is None else _each_once(table, source)


def _each_once(table: TextTable, source: Source) -> TextTable:
    """Leave out rows that repeat another one, and note those that contradict one."""
    rows = table.rows.assign(enterprise_id=table.rows["enterprise_id"].map(clean_key, na_action="ignore"))
    repeated = rows.duplicated() & rows["enterprise_id"].notna()
    template = mark("{count} rows repeat another row word for word and were left out (rows {rows}).")
    source.findings.counted("C01", template, table.place, rows.index[repeated].tolist(), column="enterprise_id")
    kept = table.rows[~repeated]
    ids = rows["enterprise_id"][~repeated].dropna()
    if source.options.on_conflict != "error":
        return TextTable(kept.drop(index=_contradicting(ids, table.place, source)), table.place)
    first = pd.Series(ids.index, index=ids.to_numpy())[~ids.duplicated().to_numpy()]
    template = mark('"{value}" stands in row {first} with other values; keep one of the two rows.')
    for row, identifier in ids[ids.duplicated()].head(MOST_PROBLEMS).items():
        about = {"column": "enterprise_id", "value": shown(identifier), "first": int(first[identifier])}
        source.findings.error("C02", template, table.place, row=int(row), **about)  # type: ignore[call-overload]
    return TextTable(kept, table.place)


def _contradicting(ids: pd.Series, place: Place, source: Source) -> list[int]:
    """Return the rows that are not kept of those of one enterprise, as the user asked, and warn of them."""
    first = source.options.on_conflict == "first"
    lost: list[int] = ids.index[ids.duplicated(keep="first" if first else "last")].tolist()
    template = (
        mark("{count} rows contradict another row of their enterprise; the first was kept, as asked (rows {rows}).")
        if first
        else mark("{count} rows contradict another row of their enterprise; the last was kept, as asked (rows {rows}).")
    )
    source.findings.counted("C02", template, place, lost, column="enterprise_id")
    return lost


def with_roster(answers: TextTable, roster: TextTable | None) -> TextTable:
    """Return the register: everybody who answered, and everybody of the roster who did not.

    Parameters
    ----------
    answers : TextTable
        One row for each submission.
    roster : TextTable or None
        The roster; what a submission leaves open is taken from it.

    Returns
    -------
    TextTable
        With the column ``respondent`` where there is a roster.
    """
    if roster is None:
        return answers
    rows, listed = answers.rows, roster.rows
    keys = rows["enterprise_id"].map(clean_key, na_action="ignore")
    known = listed.assign(key=listed["enterprise_id"].map(clean_key, na_action="ignore")).dropna(subset="key")
    known = known.drop_duplicates("key").set_index("key")
    filled = rows.copy()
    for column in listed.columns:
        if column in ("enterprise_id", "respondent"):
            continue
        looked_up = keys.map(known[column])
        filled[column] = filled[column].where(filled[column].notna(), looked_up) if column in filled else looked_up
    respondent = filled.get("respondent", pd.Series(np.nan, index=rows.index, dtype="str")).fillna("yes")
    filled = filled.assign(respondent=respondent)
    silent = listed[~listed["enterprise_id"].map(clean_key, na_action="ignore").isin(set(keys.dropna()))]
    silent = silent.assign(respondent=pd.array(["no"] * len(silent), dtype="str"))
    return _stacked(filled, answers.place, silent, roster.place)


def _stacked(rows: pd.DataFrame, place: Place, below: pd.DataFrame, below_place: Place) -> TextTable:
    """Return two tables of different files as one, each row knowing where it stood."""
    origin = place.origin
    if origin is None:
        return TextTable(rows, place)
    sheet_of = np.append(np.asarray(origin.sheet_of)[rows.index], np.full(len(below), len(origin.sheets)))
    row_of = np.append(np.asarray(origin.row_of)[rows.index], below.index.to_numpy(dtype=np.int64))
    whole = pd.concat([rows, below], ignore_index=True)
    sheets = [*origin.sheets, (below_place.file, below_place.sheet)]
    joined = Origin(sheets, sheet_of, row_of, [*origin.columns, {}])
    return TextTable(whole, place._replace(origin=joined))
