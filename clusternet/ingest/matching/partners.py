"""Partners that are named in words: which enterprise of the register each is, where that is certain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.errors import MOST_PROBLEMS
from clusternet.ingest.findings import Place
from clusternet.ingest.matching.aliases import Aliases
from clusternet.ingest.matching.certainty import CERTAIN, WORTH_ASKING
from clusternet.ingest.matching.index import Register
from clusternet.ingest.matching.matcher import Match, match_names
from clusternet.ingest.names import distinct_texts, normalised_name
from clusternet.ingest.source import Source, TextTable
from clusternet.messages import mark
from clusternet.model.settings import Settings

#: Certainties are rounded, so that 1 is never reached by likeness: with certainty = 1 only equal names are taken.
_MOST_CERTAIN = 0.999999


@dataclass(frozen=True, eq=False)
class Partners:
    """What is known of each partner that is named in words.

    Parameters
    ----------
    decided : mapping of str to str
        The id that somebody decided on; empty for one that is none of the register.
    named : mapping of str to str
        The id of the one enterprise that bears exactly this name, spelling variants aside.
    shared : mapping of str to list of str
        The ids of the several enterprises that bear exactly this name.
    likely : mapping of str to Match
        Those that are certain enough to be taken for an enterprise.
    doubtful : mapping of str to Match
        All others.
    """

    decided: Mapping[str, str] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)
    shared: Mapping[str, Sequence[str]] = field(default_factory=dict)
    likely: Mapping[str, Match] = field(default_factory=dict)
    doubtful: Mapping[str, Match] = field(default_factory=dict)
    ids: tuple[str, ...] = ()

    def id_of(self, text: str) -> str:
        """Return the id of the enterprise that a text was taken for; empty where there is none."""
        if text in self.likely:
            return self.ids[self.likely[text].offers[0].enterprise]
        return self.decided.get(text) or self.named.get(text, "")


def certainty_of(settings: Settings) -> float:
    """Return from which certainty on a partner is taken for an enterprise: as the study says, or the default."""
    return min(float(settings.mapping.get("certainty", CERTAIN)), _MOST_CERTAIN)


def find_partners(
    texts: Sequence[str], enterprises: pd.DataFrame, aliases: Aliases, *, certainty: float, by_sound: bool = False
) -> Partners:
    """Find the enterprises that partners named in words are.

    Parameters
    ----------
    texts : sequence of str
        The names; none of them an id.
    enterprises : DataFrame
        The register, one row for each enterprise.
    aliases : Aliases
        What was decided before.
    certainty : float
        From which certainty on a name is taken for an enterprise, 0 to 1.
    by_sound : bool, default False
        Whether names of the other script that sound alike are offered.

    Returns
    -------
    Partners
        What is known of each; the order of the texts and of the register makes no difference.
    """
    texts = sorted(set(texts))
    if not texts:
        return Partners()
    decided = {text: aliases.partners[key] for text in texts if (key := normalised_name(text)) in aliases.partners}
    holders = _holders_of_names(enterprises)
    named, shared, open_ones = {}, {}, []
    for text in texts:
        if text in decided:
            continue
        bearers = holders.get(normalised_name(text), [])
        if len(bearers) == 1:
            named[text] = bearers[0]
        elif bearers:
            shared[text] = sorted(bearers)
        # What nobody can read as a name is compared with nothing.
        if len(bearers) != 1 and any(letter.isalnum() for letter in text):
            open_ones.append(text)
    register = Register.from_table(enterprises) if open_ones else None
    matches = [] if register is None else match_names(open_ones, register, by_sound=by_sound)
    taken = {match.text for match in matches if match.certainty >= certainty and match.text not in shared}
    return Partners(
        decided,
        named,
        shared,
        {match.text: match for match in matches if match.text in taken},
        {match.text: match for match in matches if match.text not in taken},
        () if register is None else register.ids,
    )


def _holders_of_names(enterprises: pd.DataFrame) -> Mapping[str, list[str]]:
    """Return, for each normalised name, the ids of the enterprises that bear it."""
    holders: dict[str, list[str]] = {}
    ids = enterprises["enterprise_id"].to_numpy(dtype=object)
    for column in ("name", "name_alt"):
        if column not in enterprises.columns:
            continue
        for identifier, name in zip(ids, enterprises[column].to_numpy(dtype=object), strict=True):
            if isinstance(name, str):
                found = holders.setdefault(normalised_name(name), [])
                if identifier not in found:
                    found.append(identifier)
    return holders


def is_doubtful(match: Match) -> bool:
    """Return whether a mention is like enough to an enterprise that somebody should look at it."""
    return match.shared or any(offer.by_sound or offer.certainty >= WORTH_ASKING for offer in match.offers)


# ---------------------------------------------------------------------- in a survey
def with_named_partners(
    typed: pd.DataFrame,
    register: pd.DataFrame,
    register_place: Place,
    table: TextTable,
    source: Source,
    aliases: Aliases,
) -> pd.DataFrame:
    """Put the id where a partner is named in words and is certainly one enterprise of the register.

    Parameters
    ----------
    typed : DataFrame
        The nominations.
    register : DataFrame
        The register.
    register_place : Place
        Where the register was read.
    table : TextTable
        The nominations as text.
    source : Source
        The survey being read; takes C03 and C04.
    aliases : Aliases
        What was decided before.

    Returns
    -------
    DataFrame
        Every nomination. Where the first end was named in words, its reporter is the other end unless it is given.
    """
    ids = pd.Index(register["enterprise_id"])
    ends = {end: distinct_texts(typed[end]) for end in ("source", "target")}
    free = {
        end: [str(text) for text in distinct[ids.get_indexer(pd.Index(distinct, dtype=object)) < 0]]
        for end, (_, distinct) in ends.items()
    }
    if not any(free.values()):
        return typed
    texts = [text for end in free.values() for text in end]
    partners = find_partners(texts, register, aliases, certainty=certainty_of(source.settings))
    changed = {}
    for end, (codes, distinct) in ends.items():
        resolved = {text: found for text in free[end] if (found := partners.id_of(text))}
        values = np.array([*(resolved.get(text, text) for text in distinct), np.nan], dtype=object)[codes]
        changed[end] = pd.Series(pd.array(values, dtype="str"), index=typed.index)
        _tell(end, codes, distinct, partners, typed.index.to_numpy(), table.place, source)
        _tell_shared(
            end, codes, distinct, partners, typed.index.to_numpy(), register, register_place, table.place, source
        )
    return _with_reporters(typed, changed["source"]).assign(**changed)


def _with_reporters(typed: pd.DataFrame, source: pd.Series) -> pd.DataFrame:
    """Say who reported a row whose first end was named in words: the other end did, for nobody names itself so."""
    found = (typed["source"].ne(source) & source.notna()).to_numpy(dtype=bool)
    if not found.any():
        return typed
    given = typed["reporter"] if "reporter" in typed.columns else pd.Series(np.nan, index=typed.index, dtype="str")
    return typed.assign(reporter=given.mask(found & given.isna().to_numpy(dtype=bool), typed["target"]))


def _tell(
    end: str,
    codes: NDArray[np.intp],
    distinct: NDArray[np.object_],
    partners: Partners,
    rows: NDArray[np.int64],
    place: Place,
    source: Source,
) -> None:
    """Count the rows of each way in which a partner was found, and of those that somebody should look at."""
    decided = {text for text, identifier in partners.decided.items() if identifier}
    doubtful = {text for text, match in partners.doubtful.items() if is_doubtful(match) and text not in partners.shared}
    for texts, template in (
        (decided, mark("{count} partners named in words are who aliases.csv says (rows {rows}).")),
        (
            partners.named,
            mark("{count} partners named in words are in the register under exactly that name (rows {rows})."),
        ),
        (
            partners.likely,
            mark(
                "{count} rows name {number} partners that were taken for enterprises of the register with nearly the "
                'same name (rows {rows}). To see them and overrule them: clusternet match "{survey}" --out review.xlsx.'
            ),
        ),
        (
            doubtful,
            mark(
                "{count} rows name {number} partners that may be enterprises of the register under another name; they "
                "stay outside until somebody decides (rows {rows}). To decide: "
                'clusternet match "{survey}" --out review.xlsx.'
            ),
        ),
    ):
        here = np.array([*(text in texts for text in distinct), False], dtype=np.bool_)
        about = {"column": end, "number": int(here.sum()), "survey": source.path.name or "."}
        source.findings.counted("C04", template, place, rows[here[codes]].tolist(), **about)


def _tell_shared(
    end: str,
    codes: NDArray[np.intp],
    distinct: NDArray[np.object_],
    partners: Partners,
    rows: NDArray[np.int64],
    register: pd.DataFrame,
    register_place: Place,
    place: Place,
    source: Source,
) -> None:
    """Note each name that several enterprises bear: nobody can tell which of them is meant."""
    shared = [position for position, text in enumerate(distinct) if text in partners.shared]
    for position in shared[:MOST_PROBLEMS]:
        bearers = partners.shared[distinct[position]]
        template = mark(
            "{count} rows (rows {rows}) name a partner whose name {number} enterprises bear (register rows "
            "{register_rows}); it stays outside the register. Write the id instead of the name."
        )
        where = register.index[register["enterprise_id"].isin(bearers)]
        about = {"column": end, "number": len(bearers), "register_rows": register_place.listed(where)}
        source.findings.counted("C03", template, place, rows[codes == position].tolist(), **about)
    source.findings.and_more("C03", len(shared), place, column=end, severity="warning")
