"""Complementarity: whether members' stages, needs and offers add up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusternet.messages import mark
from clusternet.metrics.card import metric
from clusternet.metrics.chains import best_covered_chain, makers
from clusternet.metrics.estimates import ESTIMATED, remarks
from clusternet.metrics.needs import (
    OWN,
    covered_inside,
    mean_coverage,
    resource_names,
    resource_prices,
)
from clusternet.metrics.squares import square_shares
from clusternet.model import ClusteredNetwork
from clusternet.model.sums import grouped_sum, ratio

Values = NDArray[np.float64]

LEFT_OUT = mark("Left out, because no offer says its price:")


def unpriced_notes(c: ClusteredNetwork) -> list[str]:
    """Return, for every cluster, the sentence that names the resources needed that have no price, or an empty text."""
    table = covered_inside(c)
    unpriced = (table["need"] > 0).to_numpy() & np.isnan(resource_prices(c.network)[table["resource"].to_numpy()])
    names = resource_names(c.network)
    notes = [""] * c.k
    for cluster, codes in table[unpriced].groupby("cluster")["resource"]:
        notes[int(cluster)] = f"{LEFT_OUT} {', '.join(str(names[code]) for code in codes)}"
    return notes


def _square_notes(c: ClusteredNetwork) -> list[str]:
    return remarks(ESTIMATED, square_shares(c)[1])


@metric(
    label=mark("Needs covered inside"),
    family="complementarity",
    better="higher",
    formula=r"\operatorname{mean}_{r : N_r > 0} \frac{\min(N_r, O_r, \min_{i}(N_r - n_{ir} + O_r - o_{ir}))}{N_r}",
    unit=mark("share of needs"),
    range=(0, 1),
    undefined=mark("no member needs anything, as far as the survey says"),
    reference=OWN,
    core=True,
)
def need_coverage(c: ClusteredNetwork) -> Values:
    """The mean, over resources that members need, of the share that other members could cover."""
    return mean_coverage(c)


@metric(
    label=mark("Value of needs covered inside"),
    family="complementarity",
    better="higher",
    formula=r"\frac{\sum_r \pi_r\, \text{covered}_r}{\sum_r \pi_r\, N_r}, \quad \pi_r = \text{median price of } r",
    unit=mark("share of the value of needs"),
    range=(0, 1),
    undefined=mark("no member needs anything that has a price in the survey"),
    reference=OWN,
    note=unpriced_notes,
)
def need_coverage_value(c: ClusteredNetwork) -> Values:
    """Of the value of all needs, at the survey's median offer prices, the share that other members could cover.

    Resources that no offer of the survey puts a price on are left out and named in the note.
    """
    table = covered_inside(c)
    price = resource_prices(c.network)[table["resource"].to_numpy()]
    known = ~np.isnan(price)
    cluster = table["cluster"].to_numpy()[known]
    covered, need = ((price * table[column].to_numpy())[known] for column in ("covered", "need"))
    return np.minimum(ratio(grouped_sum(covered, cluster, c.k), grouped_sum(need, cluster, c.k)), 1.0)


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
    note=_square_notes,
    null="rewiring",
)
def structural_complementarity(c: ClusteredNetwork) -> Values:
    """Of the paths over four members, the share that closes to a square without diagonals.

    Work: the sum of squared degrees, and for each triangle at most the square root of 2 m. Beyond 1,000,000,000 steps
    (seconds) it is estimated from 250,000 paths, all equally likely, and the note gives the standard error.
    """
    return square_shares(c)[0]


@metric(
    label=mark("Stages covered"),
    family="complementarity",
    better="higher",
    formula=r"\max_{f} \frac{|\{p \in \text{chain}(f) : p \text{ made inside}\}|}{|\text{chain}(f)|}",
    unit=mark("share of products of the chain"),
    range=(0, 1),
    undefined=mark("the study has no recipes"),
    reference=OWN,
    core=True,
)
def stage_coverage(c: ClusteredNetwork) -> Values:
    """Of the products on the way to a final product, the share that some member makes; the best covered one counts."""
    return best_covered_chain(c)[1]


@metric(
    label=mark("Products with a single maker"),
    family="complementarity",
    better="lower",
    formula=r"\frac{|\{p : \text{exactly one member makes } p\}|}{|\{p : \text{some member makes } p\}|}",
    unit=mark("share of products made inside"),
    range=(0, 1),
    undefined=mark("no member makes a product of the recipes"),
    reference=OWN,
)
def single_supplier_share(c: ClusteredNetwork) -> Values:
    """Of the products of the recipes that members make, the share that hangs on one member alone."""
    made = makers(c)[1]
    return ratio((made == 1).sum(axis=1), (made > 0).sum(axis=1))
