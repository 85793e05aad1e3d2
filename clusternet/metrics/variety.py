"""Variety of trades: how the members spread over the classes of ISIC Rev.4.

Class, group and division are the first four, three and two digits of a member's sector code; the section is the letter
to which the division belongs. Codes that name no division of ISIC Rev.4 are unknown, and left out.
"""

from __future__ import annotations

import re
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.messages import mark
from clusternet.metrics.card import metric
from clusternet.metrics.memory import made_once
from clusternet.model import ClusteredNetwork
from clusternet.model.sums import grouped_sum, ratio

Values = NDArray[np.float64]

_BITS = mark("bits")
_NO_SECTOR = mark("no member's sector is known")
_FRENKEN = "Frenken, K., Van Oort, F. & Verburg, T. (2007), doi:10.1080/00343400601120296"

#: The first and last division of every section of ISIC Rev.4 (United Nations 2008).
_SECTIONS = (
    ("A", 1, 3), ("B", 5, 9), ("C", 10, 33), ("D", 35, 35), ("E", 36, 39), ("F", 41, 43), ("G", 45, 47),
    ("H", 49, 53), ("I", 55, 56), ("J", 58, 63), ("K", 64, 66), ("L", 68, 68), ("M", 69, 75), ("N", 77, 82),
    ("O", 84, 84), ("P", 85, 85), ("Q", 86, 88), ("R", 90, 93), ("S", 94, 96), ("T", 97, 98), ("U", 99, 99),
)  # fmt: skip
SECTION_OF = MappingProxyType(
    {f"{division:02d}": letter for letter, first, last in _SECTIONS for division in range(first, last + 1)}
)
#: A code: perhaps its section's letter, then two to four digits, perhaps a country's further digits.
_CODE = re.compile(r"\s*[A-U]?([0-9]{2,4})[0-9.]*\s*", re.ASCII)


def isic_levels(code: object) -> tuple[str, str, str, str] | None:
    """Return class, group, division and section of a sector code, or None when it is unknown.

    A code of fewer than four digits stands for itself at the levels that it does not reach.

    Examples
    --------
    >>> isic_levels("3100")
    ('3100', '310', '31', 'C')
    >>> isic_levels("carpentry") is None
    True
    """
    found = _CODE.fullmatch(code) if isinstance(code, str) else None
    if found is None or found[1][:2] not in SECTION_OF:
        return None
    digits = found[1]
    return digits, digits[:3], digits[:2], SECTION_OF[digits[:2]]


@made_once
def _shares(c: ClusteredNetwork) -> pd.DataFrame:
    """Return every member whose sector is known: its cluster, its four levels, and its share of the cluster.

    Shares are by workers; where no such member of a cluster gives any workers, by count.
    """
    code, found = pd.factorize(c.network.register["sector"].to_numpy(dtype=object))
    levels = pd.DataFrame(
        [isic_levels(entry) or (None,) * 4 for entry in found], columns=["class", "group", "division", "section"]
    )
    # Every level of a code as a number, -1 where the code is unknown; the last row stands for no code at all.
    coded = np.full((len(found) + 1, 4), -1, dtype=np.int64)
    for place, level in enumerate(levels):
        coded[:-1, place] = pd.factorize(levels[level], sort=True)[0]
    here = coded[code[c.member_nodes]]
    known = here[:, 0] >= 0
    cluster = c.member_cluster[known]
    workers = c.network.register["workers"].to_numpy(dtype=np.float64)[c.member_nodes][known]
    workers = np.where(np.isnan(workers), 0.0, workers)
    counted = grouped_sum(workers, cluster, c.k) > 0
    weight = np.where(counted[cluster], workers, 1.0)
    table = pd.DataFrame(here[known], columns=levels.columns)
    return table.assign(cluster=cluster, share=ratio(weight, grouped_sum(weight, cluster, c.k)[cluster]))


def _summed(table: pd.DataFrame, level: str) -> tuple[NDArray[np.int64], Values, NDArray[np.int64]]:
    """Return, for every value of a level in every cluster, its cluster and its share; and the place of each row."""
    keys = table["cluster"].to_numpy() * (int(table[level].max()) + 1 if len(table) else 1) + table[level].to_numpy()
    _, first, group = np.unique(keys, return_index=True, return_inverse=True)
    cluster = table["cluster"].to_numpy()[first]
    return cluster, grouped_sum(table["share"].to_numpy(), group, len(first)), group


def _entropy(c: ClusteredNetwork, cluster: NDArray[np.int64], share: Values, whole: Values) -> Values:
    """Return the sum over parts of -share log2(share / whole), never below 0; 0 log 0 is 0."""
    there = share > 0
    bits = -share[there] * np.log2(np.minimum(share[there] / whole[there], 1.0))
    return grouped_sum(np.maximum(bits, 0.0), cluster[there], c.k)


def _where_known(c: ClusteredNetwork, table: pd.DataFrame, values: Values) -> Values:
    return np.where(np.bincount(table["cluster"], minlength=c.k) > 0, values, np.nan)


@metric(
    label=mark("Related variety"),
    family="complementarity",
    better="higher",
    formula=r"\sum_g P_g H_g, \quad H_g = -\sum_{i \in g} \frac{p_i}{P_g} \log_2 \frac{p_i}{P_g}",
    unit=_BITS,
    range=(0, np.inf),
    undefined=_NO_SECTOR,
    reference=_FRENKEN,
)
def related_variety(c: ClusteredNetwork) -> Values:
    """How evenly the members spread over the classes (four digits) within each division (two digits) of trades.

    Shares are by workers, by count where no workers are given.
    """
    table = _shares(c)
    cluster, share, place = _summed(table, "class")
    _, division, row = _summed(table, "division")
    whole = np.zeros(len(share))
    whole[place] = division[row]
    return _where_known(c, table, _entropy(c, cluster, share, whole))


@metric(
    label=mark("Unrelated variety"),
    family="complementarity",
    better="neither",
    formula=r"-\sum_g P_g \log_2 P_g",
    unit=_BITS,
    range=(0, np.inf),
    undefined=_NO_SECTOR,
    reference=_FRENKEN,
)
def unrelated_variety(c: ClusteredNetwork) -> Values:
    """How evenly the members spread over the divisions (two digits) of trades.

    Shares are by workers, by count where no workers are given.
    """
    table = _shares(c)
    cluster, share, _ = _summed(table, "division")
    return _where_known(c, table, _entropy(c, cluster, share, np.ones(len(share))))


@metric(
    label=mark("Diversity of trades"),
    family="complementarity",
    better="neither",
    formula=r"\sum_{i \ne j} d_{ij}\, p_i p_j",
    unit=mark("mean distance of two workers' trades"),
    range=(0, 1),
    undefined=_NO_SECTOR,
    reference="Rao, C. R. (1982), doi:10.1016/0040-5809(82)90004-1",
)
def rao_diversity(c: ClusteredNetwork) -> Values:
    """How far apart the trades of two workers drawn at random are: 0 for one class, 1 for different sections.

    The distance is 1/4 within a group, 1/2 within a division, 3/4 within a section. Shares are by workers, by count
    where no workers are given.
    """
    table = _shares(c)
    # A quarter for each of the four levels at which two classes differ.
    total = np.zeros(c.k)
    for level in ("class", "group", "division", "section"):
        cluster, share, _ = _summed(table, level)
        total += 0.25 * (1 - grouped_sum(share**2, cluster, c.k))
    return _where_known(c, table, np.clip(total, 0.0, 1.0))
