"""Evidence: how far the answers carry."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusternet.messages import mark
from clusternet.metrics.card import metric
from clusternet.metrics.glue import confirmed_share_of
from clusternet.metrics.members import per_member
from clusternet.model import ClusteredNetwork
from clusternet.model.sums import ratio

Values = NDArray[np.float64]

_OWN = "clusternet's own measure"


@metric(
    label=mark("Response rate"),
    family="evidence",
    better="higher",
    formula=r"\frac{|\{i \in S : i \text{ answered}\}|}{n}",
    unit=mark("share of members"),
    range=(0, 1),
    undefined="",
    reference=_OWN,
)
def response_rate(c: ClusteredNetwork) -> Values:
    """The share of members that answered the survey."""
    return per_member(c, c.network.answered[c.member_nodes])


@metric(
    label=mark("Confirmed ties"),
    family="evidence",
    better="higher",
    formula=r"\frac{|\{t \in T_S : \text{both ends reported } t\}|}{|T_S|}",
    unit=mark("share of ties"),
    range=(0, 1),
    undefined=mark("no reported tie inside whose two ends both answered"),
    reference=_OWN,
)
def confirmed_share(c: ClusteredNetwork) -> Values:
    """Of the ties inside whose two ends both answered, the share that both reported."""
    return confirmed_share_of(c, np.ones(len(c.network.ties), dtype=bool))


@metric(
    label=mark("Ties to outside partners"),
    family="evidence",
    better="neither",
    formula=r"\frac{|\{\{i,j\} : i \in S,\; j \text{ outside the register}\}|}{m + b}",
    unit=mark("share of linked pairs"),
    range=(0, 1),
    undefined=mark("no member has linkages"),
    reference=_OWN,
)
def outside_share(c: ClusteredNetwork) -> Values:
    """Of the linked pairs that touch a member, the share that leads to a partner outside the register."""
    flat, registered = c.network.flat, c.network.n_enterprises
    # Outside partners stand behind the enterprises, so only the second end can be one.
    cluster = c.cluster_of[flat.first]
    leaving = (flat.second >= registered) & (cluster >= 0)
    return ratio(np.bincount(cluster[leaving], minlength=c.k), c.pairs_inside + c.pairs_boundary)
