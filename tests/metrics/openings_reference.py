"""The openings as they were first computed: everything is looked at for each cluster. Slow, kept to compare with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from clusternet.metrics.chains import best_covered_chain, chain_matrix, made_by
from clusternet.metrics.needs import resource_names
from clusternet.metrics.plan import significant
from clusternet.model import ClusteredNetwork, Network
from clusternet.model.scores import OPENING_COLUMNS
from clusternet.model.sums import grouped_sum

Places = NDArray[np.int64]
Values = NDArray[np.float64]

#: So many openings among members, and so many with enterprises to recruit, are listed for each cluster.
MOST_OPENINGS = 50
#: Of each resource, so many of the largest offers of non-members are looked at for each cluster.
LARGEST_OFFERS = 400


@dataclass(frozen=True, eq=False)
class Amounts:
    """What every enterprise needs (or offers) of each resource: by resource, the largest first, then by enterprise.

    The rows of resource r stand from ``start[r]`` to ``start[r + 1]``.
    """

    enterprise: Places
    resource: Places
    quantity: Values
    start: Places


@dataclass(frozen=True, eq=False)
class Steps:
    """Who makes what (enterprises x products), the products' codes, their chains, and what is made from what."""

    makes: sparse.csr_array
    code: Places
    belongs: NDArray[np.int64]
    next_step: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Found:
    """Pairs that fit, one row per pair and resource: positions of the two, the resource's code, what it would add."""

    supplier: Places
    buyer: Places
    resource: Places
    gain: Values


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
    products, enterprise, product = made_by(network)
    words = np.array(sorted({*resource_names(network), *products}), dtype=object)
    needs, offers = (_amounts(network, role, words) for role in ("need", "offer"))
    steps = _steps(network, products, enterprise, product, words)
    share = np.nan_to_num(best_covered_chain(c)[1], nan=0.0)
    registered = network.flat.second < network.n_enterprises
    first, second = network.flat.first[registered], network.flat.second[registered]
    ids = network.enterprise_ids.to_numpy(dtype=object)
    columns: dict[str, list[object]] = {column: [] for column in OPENING_COLUMNS}
    for cluster in range(c.k):
        inside = c.partition.codes == cluster
        near = inside[first] | inside[second]
        linked = first[near] * network.n_enterprises + second[near]
        stage_gain, recruits = _recruits(steps, inside, share[cluster])
        fits = _joined([*_fits(inside, needs, offers), recruits])
        for row in _ranked(fits, inside, stage_gain, linked):
            supplier, buyer, resources, gain = row
            columns["cluster"].append(cluster)
            columns["supplier"].append(ids[supplier])
            columns["buyer"].append(ids[buyer])
            columns["resources"].append(";".join(words[resources]))
            columns["need_coverage_gain"].append(gain)
            columns["stage_coverage_gain"].append(max(stage_gain[supplier], stage_gain[buyer]))
    kinds = {"cluster": "int64", "need_coverage_gain": "float64", "stage_coverage_gain": "float64"}
    return pd.DataFrame(columns).astype({column: kinds.get(column, "str") for column in OPENING_COLUMNS})


def _amounts(network: Network, role: str, words: NDArray[np.object_]) -> Amounts:
    ledger = network.ledger
    quantity = ledger["quantity"].fillna(1.0).to_numpy(dtype=np.float64)
    kept = (ledger["role"].eq(role) & ledger["resource"].notna()).to_numpy(dtype=bool) & (quantity > 0)
    code = pd.Index(words).get_indexer(pd.Index(ledger["resource"].to_numpy(dtype=object)[kept]))
    wide = max(len(words), 1)
    keys, group = np.unique(ledger["enterprise"].to_numpy(dtype=np.int64)[kept] * wide + code, return_inverse=True)
    total = grouped_sum(quantity[kept], group, len(keys))
    order = np.lexsort((keys // wide, -total, keys % wide))
    resource = (keys % wide)[order]
    start = np.searchsorted(resource, np.arange(len(words) + 1))
    return Amounts((keys // wide)[order], resource, total[order], start)


def _steps(
    network: Network, products: list[str], enterprise: Places, product: Places, words: NDArray[np.object_]
) -> Steps:
    shape = (network.n_enterprises, len(products))
    makes = sparse.csr_array((np.ones(len(product), dtype=np.int64), (enterprise, product)), shape=shape)
    place = {name: code for code, name in enumerate(products)}
    next_step = np.zeros((len(products), len(products)), dtype=np.int64)
    recipes = network.recipe_table
    for name, entry in zip(recipes["product"], recipes["input"], strict=True):
        if entry in place and name in place and entry != name:
            next_step[place[entry], place[name]] = 1
    belongs = chain_matrix(network, products)[1].astype(np.int64)
    return Steps(makes, np.searchsorted(words, np.array(products, dtype=object)), belongs, next_step)


def _pairs(suppliers: Places, buyers: Places, resource: int, gain: Values) -> Found:
    """Return every supplier with every buyer but itself; ``gain`` has the shape (suppliers, buyers)."""
    first, second = np.repeat(suppliers, len(buyers)), np.tile(buyers, len(suppliers))
    real = first != second
    return Found(first[real], second[real], np.full(int(real.sum()), resource, dtype=np.int64), gain.ravel()[real])


def _joined(parts: list[Found]) -> Found:
    supplier, buyer, resource = (
        np.concatenate([np.empty(0, np.int64), *(getattr(part, name) for part in parts)])
        for name in ("supplier", "buyer", "resource")
    )
    return Found(supplier, buyer, resource, np.concatenate([np.empty(0), *(part.gain for part in parts)]))


def _fits(inside: NDArray[np.bool_], needs: Amounts, offers: Amounts) -> list[Found]:
    """Return, resource by resource, who offers what members need, with what serving the pair would add at most."""
    needed = inside[needs.enterprise]
    codes = np.unique(needs.resource[needed])
    found = []
    for code in codes:
        rows = slice(needs.start[code], needs.start[code + 1])
        chosen = needed[rows]
        buyers, wanted = needs.enterprise[rows][chosen], needs.quantity[rows][chosen]
        rows = slice(offers.start[code], offers.start[code + 1])
        member = inside[offers.enterprise[rows]]
        looked_at = member | (np.cumsum(~member) <= LARGEST_OFFERS)
        suppliers, offered = offers.enterprise[rows][looked_at], offers.quantity[rows][looked_at]
        total = grouped_sum(wanted, np.zeros(len(wanted), dtype=np.intp), 1)[0]
        gain = np.minimum(offered[:, None], wanted[None, :]) / total / len(codes)
        found.append(_pairs(suppliers, buyers, int(code), gain))
    return found


def _recruits(steps: Steps, inside: NDArray[np.bool_], share: float) -> tuple[Values, Found]:
    """Return by how much stage coverage grows with each enterprise, and whom it would serve in the next step."""
    none = _joined([])
    if not len(steps.belongs):
        return np.zeros(len(inside)), none
    member_makes = np.asarray(steps.makes[inside].sum(axis=0)).ravel() > 0
    lacking = steps.belongs * ~member_makes
    length = steps.belongs.sum(axis=1)
    then = (steps.belongs @ member_makes + steps.makes @ lacking.T) / length
    best = then.argmax(axis=1)
    gain = np.where(inside, 0.0, np.maximum(then.max(axis=1) - share, 0.0))
    gain = np.round(gain, 12).astype(np.float64)
    # Makers of what the chain lacks that would come closest to the end of it, and the members that wait for it.
    enterprise, product = steps.makes.nonzero()
    useful = (gain[enterprise] > 0) & (lacking[best[enterprise], product] > 0)
    enterprise, product = enterprise[useful].astype(np.int64), product[useful]
    waiting = (steps.makes @ steps.next_step.T).astype(bool) & inside[:, None]
    feeding = (steps.makes @ steps.next_step).astype(bool) & inside[:, None]
    found = []
    for code in np.unique(product):
        suppliers = enterprise[product == code]
        suppliers = suppliers[np.lexsort((suppliers, -gain[suppliers]))][:LARGEST_OFFERS]
        buyers = np.flatnonzero(waiting[:, code])
        if not len(buyers):
            suppliers, buyers = np.flatnonzero(feeding[:, code]), suppliers
        found.append(_pairs(suppliers, buyers, int(steps.code[code]), np.zeros((len(suppliers), len(buyers)))))
    return gain, _joined(found)


def _ranked(
    found: Found, inside: NDArray[np.bool_], stage_gain: Values, linked: Places
) -> list[tuple[int, int, Places, float]]:
    """Return the best pairs that are not linked: supplier, buyer, codes of resources, gain in need coverage."""
    n = max(len(inside), 1)
    low, high = np.minimum(found.supplier, found.buyer), np.maximum(found.supplier, found.buyer)
    fresh = ~np.isin(low * n + high, linked)
    supplier, buyer = found.supplier[fresh], found.buyer[fresh]
    keys, group = np.unique(supplier * n + buyer, return_inverse=True)
    gain = grouped_sum(found.gain[fresh], group, len(keys))
    rank = np.round(gain + np.maximum(stage_gain[keys // n], stage_gain[keys % n]), 12)
    order = np.lexsort((keys, -rank))
    member = (inside[keys // n] & inside[keys % n])[order]
    best = order[np.where(member, np.cumsum(member), np.cumsum(~member)) <= MOST_OPENINGS]
    listed = np.flatnonzero(np.isin(group, best))
    listed = listed[np.argsort(group[listed], kind="stable")]
    pair, resource = group[listed], found.resource[fresh][listed]
    first, last = np.searchsorted(pair, best), np.searchsorted(pair, best, side="right")
    gain = significant(gain[best])
    return [
        (int(keys[place] // n), int(keys[place] % n), np.unique(resource[start:end]), float(value))
        for place, start, end, value in zip(best, first, last, gain, strict=True)
    ]
