"""Whom a cluster could recruit: makers of what its chain lacks, and the members that wait for them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from clusternet.metrics.chains import chain_matrix, made_by
from clusternet.model import ClusteredNetwork, Network

Places = NDArray[np.int64]
Values = NDArray[np.float64]

#: Of each resource, so many of the largest offers of non-members are looked at for each cluster.
LARGEST_OFFERS = 400


@dataclass(frozen=True, eq=False)
class Found:
    """Pairs that fit, one row per pair and resource: positions of the two, the resource's code, what it would add."""

    supplier: Places
    buyer: Places
    resource: Places
    gain: Values


def pairs(suppliers: Places, buyers: Places, resource: int, gain: Values) -> Found:
    """Return every supplier with every buyer but itself; ``gain`` has the shape (suppliers, buyers)."""
    first, second = np.repeat(suppliers, len(buyers)), np.tile(buyers, len(suppliers))
    real = first != second
    return Found(first[real], second[real], np.full(int(real.sum()), resource, dtype=np.int64), gain.ravel()[real])


def joined(parts: list[Found]) -> Found:
    """Return the pairs of all parts."""
    supplier, buyer, resource = (
        np.concatenate([np.empty(0, np.int64), *(getattr(part, name) for part in parts)])
        for name in ("supplier", "buyer", "resource")
    )
    return Found(supplier, buyer, resource, np.concatenate([np.empty(0), *(part.gain for part in parts)]))


@dataclass(frozen=True, eq=False)
class Recruiting:
    """Who makes what, and what follows what; enterprises that make the same products are one kind.

    ``kind`` is the kind of each enterprise; ``makes`` are the products of each kind, shape (kinds, products), and
    ``makers`` the same by product. The enterprises of kind i are ``of_kind`` from ``start[i]`` to ``start[i + 1]``.
    ``waits`` and ``feeds`` say which kinds make the next product from each, or an input of it. ``code`` is the
    code of each product as a resource, ``belongs`` the products of each chain, and ``cluster_of`` each one's cluster.
    """

    kind: Places
    of_kind: Places
    start: Places
    makes: sparse.csr_array
    makers: sparse.csc_array
    waits: NDArray[np.bool_]
    feeds: NDArray[np.bool_]
    code: Places
    belongs: NDArray[np.int64]
    cluster_of: Places

    @classmethod
    def of(cls, c: ClusteredNetwork, code: Places) -> Recruiting:
        """Return what clusters choose their recruits from; ``code`` is each product's code among the resources."""
        products, enterprise, product = made_by(c.network)
        n = c.network.n_enterprises
        kind = _kinds(n, enterprise, product, len(products))
        _, example, kind = np.unique(kind, return_index=True, return_inverse=True)
        ones = np.ones(len(product), dtype=np.int64)
        makes = sparse.csr_array((ones, (enterprise, product)), shape=(n, len(products)))[example]
        next_step = _next_steps(c.network, products)
        return cls(
            kind,
            np.argsort(kind, kind="stable"),
            np.concatenate([[0], np.cumsum(np.bincount(kind, minlength=len(example)))]),
            makes,
            sparse.csc_array(makes),
            (makes @ next_step.T).astype(bool),
            (makes @ next_step).astype(bool),
            code,
            chain_matrix(c.network, products)[1].astype(np.int64),
            c.partition.codes,
        )

    def served(self, cluster: int, members: Places, made: NDArray[np.bool_], share: float) -> tuple[Values, Found]:
        """Return by how much stage coverage grows with one of each kind, and whom recruits would serve next.

        Parameters
        ----------
        cluster : int
            The cluster.
        members : array of int
            The positions of its members, sorted.
        made : array of bool, shape (products,)
            What they make.
        share : float
            The stage coverage of the cluster as it is.
        """
        if not len(self.belongs):
            return np.zeros(len(self.start) - 1), joined([])
        lacking = self.belongs * ~made
        then = (self.belongs @ made + self.makes @ lacking.T) / self.belongs.sum(axis=1)
        best = then.argmax(axis=1)
        gain = np.round(np.maximum(then.max(axis=1) - share, 0.0), 12).astype(np.float64)
        # Makers of what the chain lacks that would come closest to the end of it, and the members that wait for it.
        own = np.bincount(self.kind[members], minlength=len(gain))
        waits, feeds = self.waits[self.kind[members]], self.feeds[self.kind[members]]
        found = []
        for product in np.flatnonzero(lacking.any(axis=0)).tolist():
            kinds = self.makers.indices[self.makers.indptr[product] : self.makers.indptr[product + 1]]
            kinds = kinds[(gain[kinds] > 0) & (lacking[best[kinds], product] > 0)]
            suppliers = self._first(cluster, kinds, gain, own)
            if not len(suppliers):
                continue
            buyers = members[waits[:, product]]
            if not len(buyers):
                suppliers, buyers = members[feeds[:, product]], suppliers
            nothing = np.zeros((len(suppliers), len(buyers)))
            found.append(pairs(suppliers, buyers, int(self.code[product]), nothing))
        return gain, joined(found)

    def _first(self, cluster: int, kinds: Places, gain: Values, own: Places) -> Places:
        """Return the non-members of some kinds with the largest gain, of equal ones the first, as many as count."""
        found = np.empty(0, dtype=np.int64)
        for value in np.unique(gain[kinds])[::-1]:
            alike = kinds[gain[kinds] == value]
            # So many of a kind hold as many non-members as can be wanted, or all there are.
            ends = np.minimum(self.start[alike + 1], self.start[alike] + LARGEST_OFFERS + own[alike])
            some = np.concatenate([self.of_kind[self.start[one] : end] for one, end in zip(alike, ends, strict=True)])
            found = np.append(found, np.sort(some[self.cluster_of[some] != cluster]))[:LARGEST_OFFERS]
            if len(found) == LARGEST_OFFERS:
                break
        return found


def _kinds(n: int, enterprise: Places, product: Places, n_products: int) -> Places:
    """Return a number for each enterprise that is the same where they make the same; pairs are sorted, each once."""
    count = np.bincount(enterprise, minlength=n)
    start = np.cumsum(count) - count
    kind, known = np.zeros(n, dtype=np.int64), 1
    for step in range(int(count.max(initial=0))):
        more = np.flatnonzero(count > step)
        _, further = np.unique(kind[more] * n_products + product[start[more] + step], return_inverse=True)
        kind[more] = known + further
        known += int(further.max(initial=-1)) + 1
    return kind


def _next_steps(network: Network, products: list[str]) -> NDArray[np.int64]:
    """Return which product is made from which, 1 where the column's needs the row's, shape (products, products)."""
    place = {name: code for code, name in enumerate(products)}
    next_step = np.zeros((len(products), len(products)), dtype=np.int64)
    recipes = network.recipe_table
    for name, entry in zip(recipes["product"], recipes["input"], strict=True):
        if entry in place and name in place and entry != name:
            next_step[place[entry], place[name]] = 1
    return next_step
