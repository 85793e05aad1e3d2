"""Openings: pairs that fit and are not linked yet, inside a cluster and with enterprises that it could recruit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.metrics.chains import best_covered_chain, made_by, makers
from clusternet.metrics.needs import resource_names
from clusternet.metrics.plan import significant
from clusternet.metrics.recruits import LARGEST_OFFERS, Found, Recruiting, joined, pairs
from clusternet.model import ClusteredNetwork, Network
from clusternet.model.scores import OPENING_COLUMNS
from clusternet.model.sums import grouped_sum

Places = NDArray[np.int64]
Values = NDArray[np.float64]

#: So many openings among members, and so many with enterprises to recruit, are listed for each cluster.
MOST_OPENINGS = 50


@dataclass(frozen=True, eq=False)
class Amounts:
    """What every enterprise needs (or offers) of each resource: by resource, the largest first, then by enterprise.

    The rows of resource r stand from ``start[r]`` to ``start[r + 1]``. ``own`` are the rows of the members of clusters,
    cluster by cluster and else in the same order; those of cluster c stand from ``own_start[c]`` to
    ``own_start[c + 1]``.
    """

    enterprise: Places
    resource: Places
    quantity: Values
    start: Places
    own: Places
    own_start: Places

    def of_members(self, cluster: int) -> Places:
        """Return the rows of one cluster's members."""
        return self.own[self.own_start[cluster] : self.own_start[cluster + 1]]


@dataclass(frozen=True, eq=False)
class Best:
    """The pairs that are listed: positions of the two, gains in needs and in stages, codes of resources.

    The resources of pair i stand from ``until[i - 1]`` (0 for the first) to ``until[i]``.
    """

    supplier: Places
    buyer: Places
    gain: Values
    stage_gain: Values
    resource: Places
    until: Places


def openings_table(c: ClusteredNetwork) -> pd.DataFrame:
    """Return, for each cluster, the pairs that fit and are not linked yet, those first that would add most.

    An opening is a pair of a supplier and a member that needs what the supplier offers. The supplier is a member too,
    or an enterprise of the register that the cluster could recruit. A supplier to recruit is also listed where it makes
    a product that the chain lacks, beside each member that makes the next product from it; where no
    member does, it is listed as the buyer of each member that makes an input of it.

    Parameters
    ----------
    c : ClusteredNetwork
        The clusters.

    Returns
    -------
    DataFrame
        At most 50 pairs of members and 50 with enterprises to recruit per cluster: cluster, supplier and buyer (ids),
        resources (joined by ``;``),
        need_coverage_gain (for each resource the smaller of offer and need as a share of the cluster's need, over the
        number of resources that the cluster needs: what serving this pair could add at most), stage_coverage_gain (by
        how much stage coverage grows when the one outside joins; 0 among members). Ranked by the sum of both gains,
        then by the ids. Of each resource, the offers of all members and the 400 largest of others are looked at.
    """
    network = c.network
    products, _, _ = made_by(network)
    words = np.array(sorted({*resource_names(network), *products}), dtype=object)
    needs, offers = (_amounts(c, role, words) for role in ("need", "offer"))
    recruiting = Recruiting.of(c, np.searchsorted(words, np.array(products, dtype=object)))
    share = np.nan_to_num(best_covered_chain(c)[1], nan=0.0)
    makes = makers(c)[1] > 0
    registered = network.flat.second < network.n_enterprises
    linked = np.sort(network.flat.first[registered] * network.n_enterprises + network.flat.second[registered])
    starts = np.concatenate([[0], np.cumsum(c.size)])
    found = []
    for cluster in range(c.k):
        members = c.member_nodes[starts[cluster] : starts[cluster + 1]]
        gain_of_kind, recruits = recruiting.served(cluster, members, makes[cluster], float(share[cluster]))
        fits = joined([*_fits(cluster, c.partition.codes, needs, offers), recruits])
        found.append(_best(fits, cluster, c.partition.codes, recruiting.kind, gain_of_kind, linked))
    return _table(network, words, found)


def _table(network: Network, words: NDArray[np.object_], found: list[Best]) -> pd.DataFrame:
    """Write down the pairs of all clusters with ids and words."""
    ids = network.enterprise_ids.to_numpy(dtype=object)
    places = np.empty(0, dtype=np.int64)
    supplier, buyer = (
        ids[np.concatenate([places, *(getattr(best, end) for best in found)])] for end in ("supplier", "buyer")
    )
    resources: list[str] = []
    for best in found:
        named = words[best.resource].tolist()
        until = best.until.tolist()
        resources += [";".join(named[start:end]) for start, end in zip([0, *until][:-1], until, strict=True)]
    table = {
        "cluster": np.repeat(np.arange(len(found)), [len(best.supplier) for best in found]),
        "supplier": pd.Series(supplier, dtype="str"),
        "buyer": pd.Series(buyer, dtype="str"),
        "resources": pd.Series(resources, dtype="str"),
        "need_coverage_gain": significant(np.concatenate([np.empty(0), *(best.gain for best in found)])),
        "stage_coverage_gain": np.concatenate([np.empty(0), *(best.stage_gain for best in found)]),
    }
    return pd.DataFrame(table)[list(OPENING_COLUMNS)].astype({"cluster": "int64"})


def _amounts(c: ClusteredNetwork, role: str, words: NDArray[np.object_]) -> Amounts:
    ledger = c.network.ledger
    quantity = ledger["quantity"].fillna(1.0).to_numpy(dtype=np.float64)
    kept = (ledger["role"].eq(role) & ledger["resource"].notna()).to_numpy(dtype=bool) & (quantity > 0)
    code = pd.Index(words).get_indexer(pd.Index(ledger["resource"].to_numpy(dtype=object)[kept]))
    wide = max(len(words), 1)
    keys, group = np.unique(ledger["enterprise"].to_numpy(dtype=np.int64)[kept] * wide + code, return_inverse=True)
    total = grouped_sum(quantity[kept], group, len(keys))
    order = np.lexsort((keys // wide, -total, keys % wide))
    resource, enterprise = (keys % wide)[order], (keys // wide)[order]
    start = np.searchsorted(resource, np.arange(len(words) + 1))
    cluster = c.cluster_of[enterprise]
    own = np.argsort(cluster, kind="stable")
    own_start = np.searchsorted(cluster[own], np.arange(c.k + 1))
    return Amounts(enterprise, resource, total[order], start, own, own_start)


def _fits(cluster: int, cluster_of: Places, needs: Amounts, offers: Amounts) -> list[Found]:
    """Return, resource by resource, who offers what members need, with what serving the pair would add at most."""
    needed, offered = needs.of_members(cluster), offers.of_members(cluster)
    codes, first = np.unique(needs.resource[needed], return_index=True)
    last = np.append(first, len(needed))[1:]
    at, until = (np.searchsorted(offers.resource[offered], codes, side=side) for side in ("left", "right"))
    found = []
    for code, *bounds in zip(codes.tolist(), first, last, at, until, strict=True):
        mine, own = needed[bounds[0] : bounds[1]], offered[bounds[2] : bounds[3]]
        buyers, wanted = needs.enterprise[mine], needs.quantity[mine]
        # The largest offers of others stand among so many first rows; members' offers count wherever they stand.
        end = min(offers.start[code] + LARGEST_OFFERS + len(own), offers.start[code + 1])
        rows = np.arange(offers.start[code], end)
        member = cluster_of[offers.enterprise[rows]] == cluster
        rows = np.concatenate([rows[member | (np.cumsum(~member) <= LARGEST_OFFERS)], own[own >= end]])
        total = grouped_sum(wanted, np.zeros(len(wanted), dtype=np.intp), 1)[0]
        gain = np.minimum(offers.quantity[rows][:, None], wanted[None, :]) / total / len(codes)
        found.append(pairs(offers.enterprise[rows], buyers, code, gain))
    return found


def _best(found: Found, cluster: int, cluster_of: Places, kind: Places, gain_of_kind: Values, linked: Places) -> Best:
    """Return the best pairs that are not linked, by rank."""
    n = max(len(cluster_of), 1)
    keys, group = np.unique(found.supplier * n + found.buyer, return_inverse=True)
    new = ~_among(np.minimum(keys // n, keys % n) * n + np.maximum(keys // n, keys % n), linked)
    fresh = new[group]
    keys, group = keys[new], (np.cumsum(new) - 1)[group[fresh]]
    gain = grouped_sum(found.gain[fresh], group, len(keys))
    supplier, buyer = keys // n, keys % n
    supplies, buys = cluster_of[supplier] == cluster, cluster_of[buyer] == cluster
    joins = [np.where(inside, 0.0, gain_of_kind[kind[end]]) for end, inside in ((supplier, supplies), (buyer, buys))]
    stage_gain = np.maximum(*joins)
    rank = np.round(gain + stage_gain, 12)
    best = np.concatenate([_highest(rank, supplies & buys), _highest(rank, ~(supplies & buys))])
    best = best[np.lexsort((keys[best], -rank[best]))]
    chosen = np.zeros(len(keys), dtype=bool)
    chosen[best] = True
    listed = np.flatnonzero(chosen[group])
    # One number for a pair, by its rank, and a resource; a resource may be found for a pair twice.
    place = np.zeros(len(keys), dtype=np.int64)
    place[best] = np.arange(len(best))
    wide = int(found.resource.max(initial=0)) + 1
    both = np.unique(place[group[listed]] * wide + found.resource[fresh][listed])
    until = np.searchsorted(both // wide, np.arange(len(best)), side="right")
    return Best(supplier[best], buyer[best], gain[best], stage_gain[best], both % wide, until)


def _among(values: Places, known: Places) -> NDArray[np.bool_]:
    """Return which values are among some sorted ones."""
    if not len(known):
        return np.zeros(len(values), dtype=bool)
    place = np.minimum(np.searchsorted(known, values), len(known) - 1)
    same: NDArray[np.bool_] = known[place] == values
    return same


def _highest(rank: Values, chosen: NDArray[np.bool_]) -> Places:
    """Return the places of the highest ranks among the chosen; of equal ones the first, as many as are listed."""
    places = np.flatnonzero(chosen)
    if len(places) > MOST_OPENINGS:
        least = np.partition(rank[places], len(places) - MOST_OPENINGS)[len(places) - MOST_OPENINGS]
        places = places[rank[places] >= least]
    return places[np.argsort(-rank[places], kind="stable")][:MOST_OPENINGS]
