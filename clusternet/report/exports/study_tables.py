"""The tables of a study with numbers as numbers, the same from memory as read back from a result folder."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from clusternet.model import Network, Partition, Scores
from clusternet.report.exports.graph import typed
from clusternet.report.tables import contract_tables

#: The tables that travel; the list of problems is about the input and stays.
TABLES = ("clusters", "members", "shares", "scores", "layers", "linkages", "plan", "gaps", "openings")
_TEXTS = frozenset(
    [
        "beyond_chance",
        "buyer",
        "counts",
        "enterprise_id",
        "family",
        "final_product",
        "label",
        "layer",
        "metric",
        "name",
        "note",
        "product",
        "resource",
        "resources",
        "role",
        "source",
        "stage",
        "status",
        "supplier",
        "suppliers",
        "target",
        "unit",
        "verdict",
    ]
)
_WHOLE = frozenset({"cluster", "size", "n_reports", "pairs", "enterprises"})
#: Columns of ``clusters`` behind these are scores, whatever they are called.
_FIRST_SCORE = 9


def kinds_of(table: str, columns: list[str]) -> Mapping[str, str]:
    """Return the kind of each column of a study's table: text, whole or number."""
    kinds = {name: "text" if name in _TEXTS else "whole" if name in _WHOLE else "number" for name in columns}
    if table == "clusters":
        kinds |= dict.fromkeys(columns[_FIRST_SCORE:], "number")
    return MappingProxyType(kinds)


def study_tables(network: Network, partition: Partition, scores: Scores, language: str) -> dict[str, pd.DataFrame]:
    """Return the tables of a study by name, each column of its kind.

    Parameters
    ----------
    network, partition, scores : Network, Partition, Scores
        The results.
    language : {"en", "ar"}
        The language of the names of clusters.

    Returns
    -------
    dict of str to DataFrame
        The tables named in :data:`TABLES`.
    """
    tables = contract_tables(network, partition, scores, [], language=language)
    return {name: plain_table(name, tables[name]) for name in TABLES}


def plain_table(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Return one table of a study with each column of its kind, whether it holds texts or numbers."""
    return typed(table, kinds_of(name, [str(column) for column in table.columns]))
