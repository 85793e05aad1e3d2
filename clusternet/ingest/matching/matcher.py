"""Mentions to enterprises: the five that each may mean, and how certain each is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from clusternet.ingest.matching.candidates import alike_by_sound, candidate_pairs
from clusternet.ingest.matching.certainty import WORTH_ASKING, certainties, evidence_of
from clusternet.ingest.matching.features import Floats, pair_features
from clusternet.ingest.matching.index import Ints, Names, Register
from clusternet.model.matching import MOST_OFFERED

#: So many mentions are measured at a time, so that memory does not grow with their number.
_AT_A_TIME = 5_000
#: Certainties are told apart to so many digits, so that no machine sees another order of equal ones.
_DIGITS = 6


class Offer(NamedTuple):
    """An enterprise that a mention may mean: its position in the register, the name, the certainty, 0 to 1.

    ``by_sound`` says that only the consonants agree, across two scripts; the certainty then is their likeness, and
    no evidence.
    """

    enterprise: int
    name: str
    certainty: float
    by_sound: bool = False


@dataclass(frozen=True, eq=False)
class Match:
    """One mention with the enterprises it may mean, the most certain first; at most one is certain.

    Parameters
    ----------
    text : str
        The mention.
    offers : tuple of Offer
        At most five.
    shared : bool
        Whether the best key is borne by several enterprises, so that nothing may be accepted automatically.
    """

    text: str
    offers: tuple[Offer, ...]
    shared: bool = False

    @property
    def certainty(self) -> float:
        """The certainty of the best offer, 0 to 1; 0 where nothing may be accepted automatically."""
        if self.shared or not self.offers or self.offers[0].by_sound:
            return 0.0
        return self.offers[0].certainty

    @property
    def gap(self) -> float:
        """By how much the best offer is more certain than the second."""
        second = self.offers[1].certainty if len(self.offers) > 1 and not self.offers[1].by_sound else 0.0
        return self.offers[0].certainty - second if self.offers and not self.offers[0].by_sound else 0.0


def match_names(mentions: Sequence[str], register: Register, *, by_sound: bool = False) -> list[Match]:
    """Find for each mention the enterprises that it may mean.

    Parameters
    ----------
    mentions : sequence of str
        The mentions; each distinct one once.
    register : Register
        The register.
    by_sound : bool, default False
        Whether names of the other script that sound alike are offered too, behind the others.

    Returns
    -------
    list of Match
        In the order of the mentions; neither their order nor that of the register changes any of them.
    """
    # In a fixed order, so that sums of floats come out alike however the rows came.
    order = sorted(range(len(mentions)), key=lambda place: mentions[place])
    found: dict[int, Match] = {}
    # Which sequences of letters are rare is a matter of the register, so parts of the mentions can be matched alone.
    for first in range(0, len(order), _AT_A_TIME):
        places = order[first : first + _AT_A_TIME]
        names = Names.from_texts(mentions[place] for place in places)
        found.update(zip(places, _matched(names, register, by_sound=by_sound), strict=True))
    return [found[place] for place in range(len(mentions))]


def _matched(mentions: Names, register: Register, *, by_sound: bool) -> list[Match]:
    mention, name = candidate_pairs(mentions, register)
    certainty = certainties(evidence_of(pair_features(mentions, register, mention, name)), mention, len(mentions))
    certainty = np.round(certainty, _DIGITS)
    shared = _shared_keys(mentions, register, mention, name)
    offers = _best_offers(register, mention, name, certainty)
    sounds: dict[int, list[Offer]] = {}
    if by_sound:
        for place, position, likeness in alike_by_sound(mentions, register):
            offer = Offer(int(register.owner[position]), register.names.texts[position], likeness, by_sound=True)
            sounds.setdefault(place, []).append(offer)
    matches = []
    for place, text in enumerate(mentions.texts):
        own = offers.get(place, [])
        known = {offer.enterprise for offer in own}
        further = [offer for offer in sounds.get(place, []) if offer.enterprise not in known]
        # A likely one comes first, then what sounds alike, then what is there for want of anything better.
        likely = [offer for offer in own if offer.certainty >= WORTH_ASKING]
        rest = [offer for offer in own if offer not in likely]
        matches.append(Match(text, tuple([*likely, *further, *rest][:MOST_OFFERED]), bool(shared[place])))
    return matches


def _best_offers(register: Register, mention: Ints, name: Ints, certainty: Floats) -> dict[int, list[Offer]]:
    """Add up what the names of one enterprise have, and keep the best enterprises of each mention."""
    enterprise = register.owner[name]
    found: dict[int, dict[int, Offer]] = {}
    for pair in np.lexsort((name, -certainty, mention)).tolist():
        place, owner, share = int(mention[pair]), int(enterprise[pair]), float(certainty[pair])
        offers = found.setdefault(place, {})
        before = offers.get(owner)
        text = register.names.texts[int(name[pair])] if before is None else before.name
        offers[owner] = Offer(owner, text, share if before is None else before.certainty + share)
    best = {}
    for place, offers in found.items():
        # Ids are sorted, so that the smaller id comes first among equals.
        ordered = sorted(offers.values(), key=lambda offer: (-round(offer.certainty, _DIGITS), offer.enterprise))
        best[place] = ordered[:MOST_OFFERED]
    return best


def _shared_keys(mentions: Names, register: Register, mention: Ints, name: Ints) -> np.ndarray:
    """Return for each mention whether several enterprises have exactly its key, and none alone has its full key."""
    shared = np.zeros(len(mentions), dtype=np.bool_)
    alone = np.zeros(len(mentions), dtype=np.bool_)
    for one, other in ((mentions.full, register.names.full), (mentions.bare, register.names.bare)):
        same = one[mention] == other[name]
        pairs = np.unique(np.column_stack([mention[same], register.owner[name][same]]), axis=0)
        bearers = np.bincount(pairs[:, 0], minlength=len(mentions)) if len(pairs) else np.zeros(len(mentions))
        shared |= (bearers > 1) & ~alone
        if one is mentions.full:
            alone = bearers == 1
    return shared
