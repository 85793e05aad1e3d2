"""Nominations seen from their reporters: who named as many as the form allowed, and how far two ends agree."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from clusternet.draw.wording import number
from clusternet.messages import mark, translate
from clusternet.model import Network
from clusternet.report.overview import percent


def cap_rows(network: Network | None, language: str) -> list[dict[str, Any]]:
    """Return who named as many partners as the form allowed: one row for each layer, or one for all together.

    The form counts layer by layer when somebody named more partners in all than it allowed. In a directed layer the
    two questions (to whom, from whom) are counted apart, because each has its own limit.

    Parameters
    ----------
    network : Network or None
        The network under the union of reports; None where the reports are not known.
    language : {"en", "ar"}
        The language.

    Returns
    -------
    list of dict
        ``label``, ``named`` (respondents who named somebody), ``capped`` (of these, who reached the limit), ``share``,
        ``beyond`` (who named more than the form allowed) and ``most`` (the largest number named); none without a
        limit.
    """
    cap = None if network is None else network.settings.max_nominations
    if network is None or not cap:
        return []
    together = _partners(network, np.ones(len(network.ties), dtype=bool))
    counts: list[tuple[str, list[NDArray[np.int64]]]] = []
    if together.max(initial=0) > cap:
        for place, layer in enumerate(network.layers):
            here = network.ties.layer == place
            sides = _sides(network, here) if layer.directed else [_partners(network, here)]
            if any(side.any() for side in sides):
                counts.append((translate(layer.label, language), sides))
    else:
        counts.append((translate(mark("All layers together"), language), [together]))
    return [_cap_row(label, sides, cap) for label, sides in counts]


def _cap_row(label: str, sides: list[NDArray[np.int64]], cap: int) -> dict[str, Any]:
    most = np.max(np.stack(sides), axis=0)
    named, capped = int((most > 0).sum()), int((most >= cap).sum())
    return {
        "label": label,
        "named": number(named),
        "capped": number(capped),
        "share": percent(capped / named) if named else "–",
        "beyond": int((most > cap).sum()),
        "most": number(int(most.max(initial=0))),
    }


def _sides(network: Network, here: NDArray[np.bool_]) -> list[NDArray[np.int64]]:
    """Return how many partners each node named as targets, and as sources, in a directed layer."""
    ties, nodes = network.ties, network.n_nodes
    return [
        np.bincount(ties.source[here & ties.by_source], minlength=nodes),
        np.bincount(ties.target[here & ties.by_target], minlength=nodes),
    ]


def _partners(network: Network, here: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return how many different partners each node named among some ties."""
    ties, nodes = network.ties, network.n_nodes
    by_source, by_target = here & ties.by_source, here & ties.by_target
    reporter = np.concatenate([ties.source[by_source], ties.target[by_target]]).astype(np.int64)
    partner = np.concatenate([ties.target[by_source], ties.source[by_target]]).astype(np.int64)
    named = np.unique(reporter * nodes + partner)
    return np.bincount(named // max(nodes, 1), minlength=nodes)


def agreement(network: Network, language: str) -> dict[str, Any] | None:
    """Return how union and intersection of the reports differ.

    Parameters
    ----------
    network : Network
        The network under the union of reports.
    language : {"en", "ar"}
        The language.

    Returns
    -------
    dict or None
        ``rows``, one for each layer with reports: ``label``, ``union`` and ``both`` (linkages, and those among them
        whose two ends answered), ``confirmed``, ``share`` (of confirmed among these) and ``intersection``; and
        ``pairs``: the linked pairs under each rule. None where nobody reported anything.
    """
    ties = network.ties
    reported = ties.n_reports > 0
    if not reported.any():
        return None
    both = reported & network.answered[ties.source] & network.answered[ties.target]
    lost = both & ~ties.confirmed
    rows = []
    for place, layer in enumerate(network.layers):
        here = ties.layer == place
        union, seen = int((here & reported).sum()), int((here & both).sum())
        confirmed = int((here & both & ties.confirmed).sum())
        if union:
            row = {"union": number(union), "both": number(seen), "confirmed": number(confirmed)}
            share = percent(confirmed / seen) if seen else "–"
            label = translate(layer.label, language)
            rows.append({"label": label, **row, "share": share, "intersection": number(union - seen + confirmed)})
    counts = network.of_layers([layer.counts for layer in network.layers])
    whole, part = len(network.pairs(counts)), len(network.pairs(counts & ~lost))
    return {"rows": rows, "pairs": {"union": number(whole), "intersection": number(part)}}
