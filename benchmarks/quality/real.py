"""Real networks whose groups are known from elsewhere, and the survey that comes with the package."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import networkx
import numpy as np
import pandas as pd

import clusternet as cn
from benchmarks.quality.case import Case

CHECKOUT = Path(__file__).resolve().parents[2]
#: Where real data lie that do not come with the package.
REAL_DATA = Path(os.environ.get("CLUSTERNET_REAL_DATA", CHECKOUT.parent / "shared" / "data"))
#: Women of the first group; the other nine are the second one.
FIRST_WOMEN = 9


def real_cases(size: str, replicate: int) -> Iterator[Case]:
    """Give the real networks, and the shipped furniture survey.

    Parameters
    ----------
    size : {"small", "full"}
        Makes no difference here.
    replicate : int
        Makes no difference: each of these networks exists once, so only replicate 0 has them.

    Yields
    ------
    Case
        One network. The Danish incubators are left out where their files are not found.

    Notes
    -----
    - The karate club of Zachary (1977), with the number of contexts as weights; the truth is the club joined after the
      split.
    - The southern women of Davis, Gardner & Gardner (1941), linked by the number of events that two of them attended;
      the truth is the division in their book as it is usually simplified, women 1 to 9 (Evelyn Jefferson to Ruth
      DeSand, as networkx orders them) and 10 to 18 (Verne Sanderson to Flora Price). The book places some women, Ruth
      DeSand among them, between the two.
    - The furniture survey, which is synthetic, with its planted clusters.
    - Firms in four Danish incubators; the truth is the incubator.
    """
    if replicate:
        return
    club = networkx.karate_club_graph()
    yield _from_graph("karate club", club, pd.Series({node: club.nodes[node]["club"] for node in club}))
    parties = networkx.davis_southern_women_graph()
    women = parties.graph["top"]
    meetings = networkx.bipartite.weighted_projected_graph(parties, women)
    yield _from_graph("southern women", meetings, pd.Series(np.arange(len(women)) >= FIRST_WOMEN, index=women))
    survey = cn.build_network(cn.load_survey("furniture"))
    yield Case("real", "furniture survey", survey, _in_order(survey, cn.DATASETS["furniture"].truth()))
    if (REAL_DATA / "danish_incubators").is_dir():
        config = CHECKOUT / "tests" / "ingest" / "real" / "danish_incubators.toml"
        firms = cn.build_network(cn.read_survey(REAL_DATA / "danish_incubators", config=config))
        places = firms.enterprises.set_index("enterprise_id")["place"]
        yield Case("real", "Danish incubators", firms, _in_order(firms, _coded(places)))


def _from_graph(name: str, graph: networkx.Graph, groups: pd.Series) -> Case:
    network = cn.Network.from_networkx(graph)
    groups.index = groups.index.astype(str)
    return Case("real", name, network, _in_order(network, _coded(groups)))


def _coded(groups: pd.Series) -> pd.Series:
    return pd.Series(pd.factorize(groups, sort=True)[0], index=groups.index)


def _in_order(network: cn.Network, truth: pd.Series) -> np.ndarray:
    return truth.reindex(network.enterprise_ids).to_numpy(dtype=np.int64)
