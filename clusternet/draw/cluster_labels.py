"""What a cluster is called: by the study itself, or by what its members share more than others."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from clusternet.draw.wording import cut
from clusternet.errors import Problem, shown
from clusternet.messages import mark, translate
from clusternet.model import Network, Partition
from clusternet.model.sectors import sector_label

#: The columns of the register that may give a cluster its label.
LABEL_COLUMNS = ("stage", "sector", "place")
#: What members offer under these factors is a product of theirs.
PRODUCT_FACTORS = ("product", "material")
#: A sector's title is cut at this length in a label.
LONGEST_TITLE = 52
#: A value is over-represented when at least this many members have it, ...
LEAST_MEMBERS = 2
#: ... at least this share of the members do, ...
LEAST_SHARE = 0.25
#: ... and its share among them is at least this many times its share in the register.
LEAST_LIFT = 1.2


def describe_clusters(network: Network, partition: Partition) -> pd.DataFrame:
    """Return for each cluster the stage, sector, place and product that is most over-represented in it.

    Of the values that at least two members and a quarter of them share, and that are at least 1.2 times as frequent
    as in the register, the one with the largest gain of information n * p * log(p / q) is taken; ties by name.

    Parameters
    ----------
    network : Network
        The network.
    partition : Partition
        Its clusters.

    Returns
    -------
    DataFrame
        One row per cluster; columns ``stage``, ``sector``, ``place``, ``product`` (what members offer); an empty text
        where nothing stands out.
    """
    found = {}
    for column in LABEL_COLUMNS:
        texts = network.register[column].astype(object)
        given = texts.notna().to_numpy() & (texts.fillna("").astype(str).str.strip() != "").to_numpy()
        entries = pd.DataFrame({"enterprise": np.flatnonzero(given), "value": texts[given].astype(str).to_numpy()})
        found[column] = _over_represented(entries, partition)
    ledger = network.ledger
    made = ledger[ledger["role"].eq("offer") & ledger["factor"].isin(PRODUCT_FACTORS)]
    offers = made[["enterprise", "resource"]].drop_duplicates().set_axis(["enterprise", "value"], axis=1)
    found["product"] = _over_represented(offers, partition)
    return pd.DataFrame(found, index=pd.RangeIndex(partition.n_clusters, name="cluster"))


def _over_represented(entries: pd.DataFrame, partition: Partition) -> list[str]:
    """Return the most over-represented value of each cluster; an enterprise may have several, each of them once."""
    best = [""] * partition.n_clusters
    cluster = partition.codes[entries["enterprise"].to_numpy(dtype=np.int64)]
    table = pd.DataFrame(
        {"cluster": cluster, "value": entries["value"].astype(object).to_numpy(), "owner": entries["enterprise"]}
    )
    inside = table[table["cluster"] >= 0]
    if inside.empty:
        return best
    share_overall = table["value"].value_counts() / table["owner"].nunique()
    counts = inside.groupby(["cluster", "value"], sort=True).size().rename("count").reset_index()
    size = inside.groupby("cluster")["owner"].nunique()
    share = counts["count"] / counts["cluster"].map(size)
    lift = share / counts["value"].map(share_overall).astype(np.float64)
    counts = counts.assign(gain=counts["count"] * np.log(lift))
    fits = (counts["count"] >= LEAST_MEMBERS) & (share >= LEAST_SHARE) & (lift >= LEAST_LIFT)
    ranked = counts[fits].sort_values(["cluster", "gain", "value"], ascending=[True, False, True])
    rows: Any = ranked.drop_duplicates("cluster").itertuples(index=False)
    for row in rows:
        best[int(row.cluster)] = str(row.value)
    return best


def cluster_labels(network: Network, partition: Partition, *, language: str = "en") -> list[str]:
    """Return a short label for each cluster: the study's own name for it, or what is over-represented in it.

    What the members do (their stage, else their product, else the title of their sector) comes first, where they are
    second. The setting ``cluster_names`` names the cluster in which an enterprise stands.

    Parameters
    ----------
    network : Network
        The network.
    partition : Partition
        Its clusters.
    language : {"en", "ar"}
        The language of sectors and of words around the survey's own words.

    Returns
    -------
    list of str
        One label per cluster; may be empty.
    """
    given = _given_names(network, partition)
    labels = []
    rows: Any = describe_clusters(network, partition).itertuples()
    for row in rows:
        work = row.stage or row.product or _title(row.sector, language)
        labels.append(given.get(row.Index) or " · ".join(part for part in (work, row.place) if part))
    return labels


def _title(sector: str, language: str) -> str:
    """Return what a sector is called: its title, or the code where nobody knows one."""
    if not sector:
        return ""
    title = sector_label(sector, language)
    if len(title) > LONGEST_TITLE:
        title = re.split("[;,؛،]", title)[0]
    return cut(title, LONGEST_TITLE) if title else translate(mark("sector {sector}"), language, sector=sector)


def _given_names(network: Network, partition: Partition) -> dict[int, str]:
    """Return the names that the settings give to clusters; of two for one cluster that of the smaller id."""
    place = {identifier: position for position, identifier in enumerate(network.enterprise_ids)}
    found: dict[int, str] = {}
    for identifier, name in sorted(network.settings.cluster_names.items()):
        if identifier in place and partition.codes[place[identifier]] >= 0:
            found.setdefault(int(partition.codes[place[identifier]]), name)
    return found


def idle_names(network: Network, partition: Partition) -> list[Problem]:
    """Return a warning for each name of the setting ``cluster_names`` that no cluster got."""
    place = {identifier: position for position, identifier in enumerate(network.enterprise_ids)}
    named: set[int] = set()
    found = []
    for identifier in sorted(network.settings.cluster_names):
        cluster = int(partition.codes[place[identifier]]) if identifier in place else -1
        if identifier not in place:
            template = mark(
                '[cluster_names] speaks of "{value}", which is not in the register; no cluster has its name.'
            )
        elif cluster < 0:
            template = mark('[cluster_names] speaks of "{value}", which is in no cluster; no cluster has its name.')
        elif cluster in named:
            template = mark('[cluster_names] names the cluster of "{value}" a second time; its first name is used.')
        else:
            named.add(cluster)
            continue
        value = shown(identifier)
        found.append(
            Problem(
                "E09", "warning", template, {"value": value}, file="study.toml", column="cluster_names", value=value
            )
        )
    return found
