"""Enterprises that stand twice in the register: those decided to be one become one, the others are counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd

from clusternet.ingest.findings import Place
from clusternet.ingest.matching.aliases import Aliases, read_aliases
from clusternet.ingest.matching.keys import name_keys
from clusternet.ingest.names import clean_key
from clusternet.ingest.source import Source, TextTable
from clusternet.messages import mark
from clusternet.model.matching import pair_text

#: In larger registers only ``clusternet match`` looks for enterprises with one name, so that reading stays fast.
MOST_COMPARED = 5_000
#: Columns that hold ids, beside those of the register.
_IDS = {"linkages": ("source", "target", "reporter"), "resources": ("enterprise_id",)}
_STRICTEST = ("none", "aggregate", "named")


def with_decisions(
    tables: dict[str, TextTable], register: pd.DataFrame, source: Source
) -> tuple[dict[str, TextTable], pd.DataFrame, Aliases]:
    """Merge the enterprises that were decided to be one, and warn of those that bear one name.

    Parameters
    ----------
    tables : dict of str to TextTable
        All tables as text.
    register : DataFrame
        The register as it was checked.
    source : Source
        The survey being read; takes C01 for merged rows and C04 for those that may be one, and the codes of
        :func:`~clusternet.ingest.matching.aliases.read_aliases`.

    Returns
    -------
    tables : dict of str to TextTable
        The tables, with the ids that stay in place of those that go.
    register : DataFrame
        One row for each enterprise; cells that were empty are filled from the rows that went.
    aliases : Aliases
        All decisions.
    """
    place = tables["enterprises"].place
    aliases = read_aliases(source, pd.Index(register["enterprise_id"]))
    if aliases.merged:
        register = _merged_rows(register, aliases, place, source)
        tables = {name: _with_kept_ids(name, table, aliases) for name, table in tables.items()}
    _warn_of_namesakes(register, aliases, place, source)
    return tables, register, aliases


def _merged_rows(register: pd.DataFrame, aliases: Aliases, place: Place, source: Source) -> pd.DataFrame:
    goes = register["enterprise_id"].isin(list(aliases.merged)).to_numpy(dtype=bool)
    template = mark(
        "{count} rows of the register are other enterprises under a second id, as decided in aliases.csv, and were "
        "merged with them (rows {rows})."
    )
    source.findings.counted("C01", template, place, register.index[goes].tolist(), column="enterprise_id")
    kept, columns = register[~goes].copy(), register.columns.tolist()
    row_of = {str(identifier): place for place, identifier in enumerate(kept["enterprise_id"].tolist())}
    # In the order of the ids, so that the order of the rows does not decide which of several fills a cell.
    for values in register[goes].sort_values("enterprise_id", kind="stable").itertuples(index=False):
        gone: dict[str, Any] = dict(zip(columns, values, strict=True))
        row = row_of[aliases.merged[gone["enterprise_id"]]]
        stays: dict[str, Any] = dict(zip(columns, kept.iloc[row].tolist(), strict=True))
        for column, value in _of_both(stays, gone).items():
            kept.iloc[row, columns.index(column)] = value
    return kept


def _of_both(stays: Mapping[str, Any], gone: Mapping[str, Any]) -> dict[str, Any]:
    """Return the cells that a merged row gets from the other: what was empty, that it answered, the lesser consent."""
    given = {column: value for column, value in gone.items() if column != "enterprise_id" and not pd.isna(value)}
    found = {column: value for column, value in given.items() if pd.isna(stays[column])}
    if given.get("respondent") == "yes":
        found["respondent"] = "yes"
    consents = [row.get("consent_publish") for row in (stays, gone)]
    if all(consent in _STRICTEST for consent in consents):
        found["consent_publish"] = min(consents, key=_STRICTEST.index)
    if "name_alt" in stays and pd.isna(stays["name_alt"]) and gone["name"] != stays["name"]:
        found["name_alt"] = gone["name"]
    return found


def _with_kept_ids(name: str, table: TextTable, aliases: Aliases) -> TextTable:
    columns = [column for column in _IDS.get(name, ()) if column in table.rows.columns]
    if not columns:
        return table
    changed = {}
    for column in columns:
        codes, distinct = pd.factorize(table.rows[column].to_numpy(dtype=object), use_na_sentinel=False)
        kept = [aliases.merged.get(clean_key(text), text) if isinstance(text, str) else text for text in distinct]
        values = pd.array([kept[code] for code in codes], dtype="str")
        changed[column] = pd.Series(values, index=table.rows.index)
    return TextTable(table.rows.assign(**changed), table.place)


def _warn_of_namesakes(register: pd.DataFrame, aliases: Aliases, place: Place, source: Source) -> None:
    """Count the enterprises that bear the name of another one, spelling and legal form aside."""
    if len(register) > MOST_COMPARED:
        return
    bearers: dict[str, list[int]] = defaultdict(list)
    named = register[register["name"].notna() & register["enterprise_id"].notna()]
    # An id that stands for a name is no name.
    named = named[named["name"] != named["enterprise_id"]].drop_duplicates("enterprise_id")
    for row, name in named["name"].items():
        bearers[name_keys(str(name)).bare].append(row)  # type: ignore[arg-type]
    ids = named["enterprise_id"].to_dict()
    rows = []
    for together in bearers.values():
        for row in together:
            others = (other for other in together if other != row)
            if any(pair_text(ids[row], ids[other]) not in aliases.different for other in others):
                rows.append(row)
    rows = sorted(rows)
    template = mark(
        "{count} enterprises bear the name of another one, spelling and legal form aside; they were kept apart. "
        'To say which are one: clusternet match "{survey}" --out review.xlsx (rows {rows}).'
    )
    source.findings.counted("C04", template, place, rows, column="name", survey=source.path.name or ".")
