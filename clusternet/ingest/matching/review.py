"""From a survey to what somebody should look at: doubtful partners, probable duplicates, what was accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from clusternet.ingest.matching.aliases import read_aliases
from clusternet.ingest.matching.duplicates import likely_duplicates
from clusternet.ingest.matching.index import Register
from clusternet.ingest.matching.matcher import Match, Offer
from clusternet.ingest.matching.partners import certainty_of, find_partners, is_doubtful
from clusternet.ingest.names import clean_key, normalised_name
from clusternet.ingest.reading import read_survey
from clusternet.ingest.source import Source
from clusternet.model.matching import Candidate, Duplicate, Mention, Review
from clusternet.model.survey import Survey

#: So many enterprises that name a partner are listed with it.
_MOST_NAMED = 5


@dataclass(eq=False)
class _Use:
    """Where a name stands in the nominations."""

    rows: set[int] = field(default_factory=set)
    layers: set[str] = field(default_factory=set)
    named_by: set[str] = field(default_factory=set)


def review_survey(path: str | Path, config: str | Path | None = None, **reading: Any) -> Review:
    """Read a survey and list everything about names that somebody should look at.

    Parameters
    ----------
    path : str or Path
        The survey.
    config : str or Path, optional
        A ``study.toml``; default the one beside the survey.
    **reading
        The options of :func:`~clusternet.ingest.reading.read_survey`; ends of linkages are never added to the register.

    Returns
    -------
    Review
        What counts most first; what was decided in ``aliases.csv`` is left out.

    Raises
    ------
    InputError
        If the survey cannot be read as it stands.
    ResourceError
        If a file cannot be read though it is there, or memory does not suffice.
    """
    survey = read_survey(path, config, **{**reading, "add_missing": False})
    source = Source(Path(path), survey.settings)
    given = [clean_key(text) for text in survey.original["enterprises"]["enterprise_id"].dropna()]
    aliases = read_aliases(source, pd.Index(given))
    uses = _uses(survey, {*given, *survey.enterprises["enterprise_id"]})
    certainty = certainty_of(survey.settings)
    partners = find_partners(list(uses), survey.enterprises, aliases, certainty=certainty, by_sound=True)
    about = survey.enterprises.set_index("enterprise_id")
    doubtful = [match for match in partners.doubtful.values() if is_doubtful(match)]
    register = Register.from_table(survey.enterprises)
    pairs = [
        Duplicate(
            _candidate(register.ids[one], about, certainty),
            _candidate(register.ids[other], about, certainty),
            certainty,
        )
        for one, other, certainty in likely_duplicates(register)
    ]
    return Review(
        _mentions(doubtful, partners.ids, uses, about),
        tuple(pair for pair in pairs if pair.pair not in aliases.different),
        _mentions(partners.likely.values(), partners.ids, uses, about, taken=True),
        frozenset(register.ids),
        aliases.decisions,
        survey.settings.language,
    )


def _uses(survey: Survey, ids: set[str]) -> dict[str, _Use]:
    """Return the names that stand in the nominations in place of an id, and where."""
    read = survey.linkages
    asked = survey.original["linkages"].reindex(read.index)
    named = set(survey.enterprises["enterprise_id"])
    found: dict[str, _Use] = {}
    for end, other in (("source", "target"), ("target", "source")):
        texts = [clean_key(text) if isinstance(text, str) else "" for text in asked[end]]
        # Whoever reports is the one that named it; by default that is the other end.
        reporters = read["reporter"].where(read["reporter"].isin(named), read[other])
        columns = zip(read.index.tolist(), texts, read["layer"].tolist(), reporters.tolist(), strict=True)
        for row, text, layer, reporter in columns:
            if text and text not in ids:
                use = found.setdefault(text, _Use())
                use.rows.add(row)
                use.layers.add(str(layer))
                if reporter in named:
                    use.named_by.add(str(reporter))
    return found


def _mentions(
    matches: Iterable[Match],
    ids: tuple[str, ...],
    uses: Mapping[str, _Use],
    about: pd.DataFrame,
    *,
    taken: bool = False,
) -> tuple[Mention, ...]:
    """Return mentions, those that most rows name first; spellings that one decision settles stand together."""
    together: dict[str, list[Match]] = {}
    for match in matches:
        together.setdefault(normalised_name(match.text), []).append(match)
    found = []
    for alike in together.values():
        match = min(alike, key=lambda one: (-len(uses[one.text].rows), one.text))
        use = _Use()
        for one in alike:
            use.rows |= uses[one.text].rows
            use.layers |= uses[one.text].layers
            use.named_by |= uses[one.text].named_by
        candidates = tuple(_offered(offer, ids, about) for offer in match.offers)
        layers, named_by = tuple(sorted(use.layers)), tuple(sorted(use.named_by)[:_MOST_NAMED])
        names = tuple(_text(about.at[identifier, "name"]) for identifier in named_by)
        taken_for = candidates[0].enterprise_id if taken else ""
        found.append(Mention(match.text, len(use.rows), layers, names, candidates, round(match.gap, 4), taken_for))
    return tuple(sorted(found, key=lambda one: (-one.rows, -_certainty(one), one.text)))


def _certainty(mention: Mention) -> float:
    return max((candidate.score for candidate in mention.candidates if not candidate.by_sound), default=0.0)


def _offered(offer: Offer, ids: tuple[str, ...], about: pd.DataFrame) -> Candidate:
    return _candidate(ids[offer.enterprise], about, offer.certainty, by_sound=offer.by_sound, name=offer.name)


def _candidate(
    identifier: str, about: pd.DataFrame, score: float, *, by_sound: bool = False, name: str = ""
) -> Candidate:
    """Return what the register says of an enterprise; a second name by which it was found stands behind the first."""
    own, place, sector = (_text(about.at[identifier, column]) for column in ("name", "place", "sector"))
    shown = own if name in ("", own) else f"{own} / {name}"
    return Candidate(identifier, shown, place, sector, round(score, 4), by_sound)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
