"""From what was measured of pairs to how certain it is which enterprise a mention means."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from clusternet.ingest.matching.features import FEATURES, Floats
from clusternet.ingest.matching.index import Ints

#: A partner is taken for an enterprise of the register from this certainty on, unless the study says otherwise.
CERTAIN = 0.95
#: From this certainty on an enterprise is worth asking about.
WORTH_ASKING = 0.05
#: Found by ``python -m benchmarks.matching.fit`` on planted registers in Arabic and Latin letters.
COEFFICIENTS = MappingProxyType(
    {
        "one": -8.66,
        "same_full_key": 0.22,
        "same_bare_key": -2.99,
        "same_closed_key": 3.01,
        "ratio_full": 9.13,
        "ratio_closed": -3.06,
        "ratio_ordered": 0.95,
        "ratio_partial": 3.06,
        "ratio_sound": 2.87,
        "edits": -0.77,
        "one_edit": 2.72,
        "mention_agrees": 0.45,
        "name_agrees": 0.49,
        "mention_unmatched": -2.89,
        "name_unmatched": -1.65,
        "known_unmatched": -0.31,
        "said": -0.21,
        "both_agree": -3.88,
        "name_agrees_squared": 3.97,
        "said_squared": 1.17,
        "known_against": -5.5,
        "known_unmatched_squared": 0.92,
        "numbers_differ": -8.0,
        "number_missing": -2.83,
        "forms_differ": -1.34,
        "order_differs": 0.37,
        "initials": 3.3,
    }
)


def evidence_of(features: Floats) -> Floats:
    """Return for each pair the evidence that it is one enterprise, in nats, beside that the mention is of none."""
    return features @ np.array([COEFFICIENTS[name] for name in FEATURES])


def certainties(evidence: Floats, mention: Ints, mentions: int) -> Floats:
    """Return how certain each pair is, given the other pairs of the mention and that it may be of none of them.

    Parameters
    ----------
    evidence : array of float, shape (pairs,)
        As :func:`evidence_of` gives it, in nats.
    mention : array of int, shape (pairs,)
        Which mention each pair is of.
    mentions : int
        How many mentions there are.

    Returns
    -------
    array of float, shape (pairs,)
        0 to 1; over the pairs of one mention they add up to at most 1.

    Notes
    -----
    ``p_j = exp(e_j) / (1 + sum_k exp(e_k))``, a logistic regression with several outcomes, of which "none of them" has
    evidence 0. Two names that fit equally well thus share the certainty, however well they fit.
    """
    highest = np.zeros(mentions)
    np.maximum.at(highest, mention, evidence)
    shares = np.exp(evidence - highest[mention])
    total = np.exp(-highest) + np.bincount(mention, shares, minlength=mentions)
    return np.asarray(shares / total[mention])
