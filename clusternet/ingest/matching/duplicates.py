"""Enterprises that may stand twice in a register."""

from __future__ import annotations

import numpy as np

from clusternet.ingest.matching.candidates import candidate_pairs
from clusternet.ingest.matching.certainty import evidence_of
from clusternet.ingest.matching.features import pair_features
from clusternet.ingest.matching.index import Names, Register

#: From this certainty on two enterprises are worth asking about.
LEAST_CERTAIN = 0.9
#: So many pairs are listed, the likeliest.
MOST_LISTED = 2_000
#: So many names are compared at a time, so that memory does not grow with their number.
_AT_A_TIME = 5_000


def likely_duplicates(register: Register) -> list[tuple[int, int, float]]:
    """Find pairs of enterprises whose names are so alike that they may be one.

    Parameters
    ----------
    register : Register
        The register.

    Returns
    -------
    list of (int, int, float)
        Two positions in the register, the smaller first, and the certainty, 0 to 1; the most certain first. Where one
        name is compared with many others the certainty is of this pair alone.
    """
    best: dict[tuple[int, int], float] = {}
    names = register.names
    for first in range(0, len(names), _AT_A_TIME):
        part = Names(names.texts[first : first + _AT_A_TIME], names.keys[first : first + _AT_A_TIME])
        mention, name = candidate_pairs(part, register)
        one, other = register.owner[first + mention], register.owner[name]
        # Each pair is looked at from its first enterprise, so that it has one certainty.
        kept = one < other
        mention, name, one, other = mention[kept], name[kept], one[kept], other[kept]
        evidence = evidence_of(pair_features(part, register, mention, name, own=True))
        certainty = np.round(1 / (1 + np.exp(-evidence)), 6)
        for position in np.flatnonzero(certainty >= LEAST_CERTAIN).tolist():
            pair = int(one[position]), int(other[position])
            best[pair] = max(best.get(pair, 0.0), float(certainty[position]))
    ordered = sorted(best.items(), key=lambda entry: (-entry[1], entry[0]))
    return [(one, other, certainty) for (one, other), certainty in ordered[:MOST_LISTED]]
