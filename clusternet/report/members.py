"""Who the members of a cluster are: a list, and what most of them have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from clusternet.draw.wording import number
from clusternet.messages import mark, translate
from clusternet.model import Network
from clusternet.model.sectors import named_sector, sector_label

#: So many of the most frequent stages, sectors and places are named.
MOST_FREQUENT = 3
_MAKEUP = {"stage": mark("Stages"), "sector": mark("Sectors"), "place": mark("Places")}


def makeup(network: Network, members: np.ndarray, language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the most frequent stages, sectors and places of some enterprises, with how many have each.

    Parameters
    ----------
    network : Network
        The network.
    members : array of int, shape (n_members,)
        Positions of enterprises.
    language : {"en", "ar"}
        The language.

    Returns
    -------
    list of (str, list of (str, str))
        A heading with names and counts, the most frequent first and ties by name; without a heading where nobody
        said anything.
    """
    rows = network.register.iloc[members]
    found = []
    for column, label in _MAKEUP.items():
        said = [str(value) for value in rows[column].dropna()]
        if column == "sector":
            # Codes of one division share its title.
            said = [sector_label(code, language) or code for code in said]
        often = sorted(Counter(said).items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_FREQUENT]
        if often:
            found.append((translate(label, language), [(name, number(float(count))) for name, count in often]))
    return found


def member_rows(
    network: Network, members: np.ndarray, roles: Mapping[str, str], certainty: Any, language: str
) -> list[dict[str, Any]]:
    """Return the members as rows of the page's table.

    Parameters
    ----------
    network : Network
        The network.
    members : array of int, shape (n_members,)
        Positions of enterprises.
    roles : mapping of str to str
        The role of each enterprise by its id.
    certainty : array of float, shape (n_enterprises,)
        How sure the membership of each enterprise is; NaN where unknown.
    language : {"en", "ar"}
        The language.

    Returns
    -------
    list of dict
        ``id``, ``name``, ``answered``, ``workers``, ``role``, ``certainty``, ``stage``, ``place`` and ``sector``.
    """
    rows = network.register.iloc[members]
    columns = {name: rows[name].tolist() for name in ("stage", "place")}
    columns["sector"] = [named_sector(code, language) for code in rows["sector"]]
    return [
        {
            "id": identifier,
            "name": name,
            "answered": bool(answered),
            "workers": number(workers),
            "role": translate(roles.get(identifier, ""), language),
            "certainty": number(float(certainty[members[place]])),
            **{column: "" if pd.isna(values[place]) else values[place] for column, values in columns.items()},
        }
        for place, (identifier, name, answered, workers) in enumerate(
            zip(rows["enterprise_id"], rows["name"], rows["respondent"], rows["workers"].tolist(), strict=True)
        )
    ]
