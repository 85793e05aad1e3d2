"""Complementarity: whether members' stages, needs and offers add up."""

from __future__ import annotations

import igraph
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from clusternet.messages import mark
from clusternet.metrics import squares
from clusternet.metrics.card import metric
from clusternet.metrics.chains import best_covered_share
from clusternet.model import ClusteredNetwork
from clusternet.model.sums import grouped_mean, grouped_sum, ratio

Values = NDArray[np.float64]

_OWN = "clusternet's own measure, not from the literature"


def needs_and_offers(c: ClusteredNetwork, factor: str | None = None) -> pd.DataFrame:
    """Return what each member needs and offers of each resource.

    A row without a quantity counts as 1; rows of quantity 0 are left out.

    Parameters
    ----------
    c : ClusteredNetwork
        The clusters.
    factor : str, optional
        Only the resources of one factor.

    Returns
    -------
    DataFrame
        One row per member and resource, sorted: cluster, resource (a code), enterprise, need, offer.
    """
    ledger = c.network.ledger
    cluster = c.cluster_of[ledger["enterprise"].to_numpy()]
    quantity = ledger["quantity"].fillna(1.0).to_numpy()
    kept = (cluster >= 0) & (quantity > 0)
    if factor is not None:
        kept &= ledger["factor"].eq(factor).to_numpy()
    rows = ledger[kept]
    resource = pd.factorize(rows["resource"], sort=True)[0]
    keys = pd.DataFrame({"cluster": cluster[kept], "resource": resource, "enterprise": rows["enterprise"].to_numpy()})
    group = keys.groupby(list(keys.columns), sort=True).ngroup().to_numpy()
    found = keys.drop_duplicates().sort_values(list(keys.columns), ignore_index=True)
    for role in ("need", "offer"):
        chosen = rows["role"].eq(role).to_numpy()
        found[role] = grouped_sum(quantity[kept][chosen], group[chosen], len(found))
    return found


def covered_needs(table: pd.DataFrame) -> pd.DataFrame:
    """Return, per cluster and resource, the need and what of it the cluster itself can cover.

    No member serves its own need, so besides the sum of needs and the sum of offers, the needs of the others and the
    offers of the others around any one member bound what can be covered.
    """
    group = table.groupby(["cluster", "resource"], sort=True).ngroup().to_numpy()
    k = int(group.max(initial=-1)) + 1
    need, offer = (grouped_sum(table[role].to_numpy(), group, k) for role in ("need", "offer"))
    around = (need + offer)[group] - table["need"].to_numpy() - table["offer"].to_numpy()
    least = np.full(k, np.inf)
    np.minimum.at(least, group, around)
    found = table[["cluster", "resource"]].drop_duplicates(ignore_index=True)
    covered = np.clip(np.minimum(np.minimum(need, offer), least), 0.0, None)
    return found.assign(need=need, covered=covered)


@metric(
    label=mark("Needs covered inside"),
    family="complementarity",
    better="higher",
    formula=r"\operatorname{mean}_{r : N_r > 0} \frac{\min(N_r, O_r, \min_{i}(N_r - n_{ir} + O_r - o_{ir}))}{N_r}",
    unit=mark("share of needs"),
    range=(0, 1),
    undefined=mark("no member needs anything, as far as the survey says"),
    reference=_OWN,
    core=True,
    null="attributes",
)
def need_coverage(c: ClusteredNetwork) -> Values:
    """The mean, over resources that members need, of the share that other members could cover."""
    table = covered_needs(needs_and_offers(c))
    table = table[table["need"] > 0]
    share = np.minimum(ratio(table["covered"].to_numpy(), table["need"].to_numpy()), 1.0)
    return grouped_mean(share, table["cluster"].to_numpy(), c.k)


@metric(
    label=mark("Fitting pairs"),
    family="complementarity",
    better="higher",
    formula=r"\frac{|\{(i,j) : i \ne j,\; \text{offers}_i \cap \text{needs}_j \ne \emptyset\}|}{n(n-1)}",
    unit=mark("share of ordered pairs"),
    range=(0, 1),
    undefined=mark("a cluster of one member, or a survey without needs and offers"),
    reference=_OWN,
    core=True,
    null="attributes",
)
def fit_density(c: ClusteredNetwork) -> Values:
    """Of all ordered pairs of members, the share in which the first offers something that the second needs."""
    if c.network.ledger.empty:
        return np.full(c.k, np.nan)
    table = needs_and_offers(c)
    # A resource within a cluster is one column, so that only members of one cluster can fit.
    column = table.groupby(["cluster", "resource"]).ngroup().to_numpy()
    shape = (c.network.n_nodes, int(column.max(initial=-1)) + 1)
    has = {}
    for role in ("need", "offer"):
        rows = table[role].to_numpy() > 0
        has[role] = sparse.csr_array((np.ones(rows.sum()), (table["enterprise"][rows], column[rows])), shape=shape)
    fits = (has["offer"] @ has["need"].T).tocoo()
    real = fits.row != fits.col
    count = np.bincount(c.cluster_of[fits.row[real]], minlength=c.k)
    return ratio(count, c.size * (c.size - 1))


@metric(
    label=mark("Structural complementarity"),
    family="complementarity",
    better="higher",
    formula=r"\frac{4Q}{P}",
    unit=mark("share of paths of four members"),
    range=(0, 1),
    undefined=mark("no path leads over four members"),
    reference="Talaga, S. & Nowak, A. (2022), doi:10.1038/s41598-022-20710-w",
    core=True,
)
def structural_complementarity(c: ClusteredNetwork) -> Values:
    """Of the paths over four members, the share that closes to a square without diagonals."""
    return np.array([_square_share(graph) for graph in c.subgraphs], dtype=float)


def _square_share(graph: igraph.Graph) -> float:
    chordless, paths = squares.census(graph)
    return 4 * chordless / paths if paths else np.nan


@metric(
    label=mark("Stages covered"),
    family="complementarity",
    better="higher",
    formula=r"\max_{f} \frac{|\{p \in \text{chain}(f) : p \text{ made inside}\}|}{|\text{chain}(f)|}",
    unit=mark("share of products of the chain"),
    range=(0, 1),
    undefined=mark("the study has no recipes"),
    reference=_OWN,
    core=True,
    null="attributes",
)
def stage_coverage(c: ClusteredNetwork) -> Values:
    """Of the products on the way to a final product, the share that some member makes; the best covered one counts."""
    return best_covered_share(c)
