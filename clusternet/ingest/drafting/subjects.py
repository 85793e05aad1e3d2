"""What a sheet is about: partners, and of which kind, or things; and which role a question has in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from clusternet.ingest.drafting.answer_lexicon import (
    NEED_WORDS,
    OFFER_WORDS,
    PARTNER_KINDS,
    PARTNER_NAMES,
    RELATION_WORDS,
    THING_WORDS,
)
from clusternet.ingest.drafting.items import Item
from clusternet.ingest.drafting.lexicon import LINKAGE_TERMS, RESOURCE_TERMS
from clusternet.ingest.drafting.values import suits
from clusternet.ingest.drafting.words import PERHAPS, SURE, fit, likeness, phrases_of, single_words, words_of
from clusternet.ingest.exports.export import Export, Part

PARTNER, THING = "partner", "thing"
#: A name in a sheet whose title says whose it is.
_NAMED = 0.95
_WHAT = frozenset({"what", "ماذا", "ما", "quoi", "que", "quels", "quelles"})
_TRADING = "buy, sell, purchase, get, تشتري, تبيع, شراء, بيع, acheter, vendre"


class Subject(NamedTuple):
    """What a text is about: partners or things (or neither), and of partners which kind."""

    about: str = ""
    kind: str = ""


class Role(NamedTuple):
    """What a question is within a family of rows: column of linkages or resources, and how well it fits."""

    score: float
    table: str
    column: str
    item: Item


def subject_of(text: str) -> Subject:
    """Return what a title or a heading is about.

    Of two the chief one decides: it stands last in English, first in Arabic and French.

    Examples
    --------
    >>> subject_of("supplier_products").about, subject_of("Product suppliers").kind
    ('thing', 'supplier')
    """
    words = words_of(text)
    found: list[tuple[int, Subject]] = []
    for kind, (_, _, listed) in PARTNER_KINDS.items():
        found += [(at, Subject(PARTNER, kind)) for at in _places(words, listed)]
    found += [(at, Subject(THING)) for at in _places(words, THING_WORDS)]
    if not found:
        return Subject(PARTNER, "partner") if any(_places(words, RELATION_WORDS)) else Subject()
    found.sort(key=lambda entry: entry[0])
    return found[-1 if text.isascii() else 0][1]


def _places(words: Sequence[str], listed: str) -> list[int]:
    """Return where one of some phrases begins, counted from 0."""
    return [
        at
        for phrase in phrases_of(listed)
        for at in range(len(words) - len(phrase) + 1)
        if tuple(words[at : at + len(phrase)]) == phrase
    ]


def titles_of(part: Part, items: Sequence[Item]) -> list[str]:
    """Return what a sheet is called, the most telling first: the group around its questions, its names, its title."""
    groups = dict.fromkeys(item.groups[-1] for item in items if item.groups)
    return [*groups, *part.names, part.title]


def subject_of_sheet(part: Part, items: Sequence[Item], export: Export) -> Subject:
    """Return what a sheet is about; nothing for that of the submissions."""
    if part.title == export.root:
        return Subject()
    return next((found for text in titles_of(part, items) if (found := subject_of(text)).about), Subject())


def subject_above(part: Part, subjects: dict[str, Subject], export: Export) -> Subject:
    """Return what the nearest sheet around a sheet is about, that of the submissions left out."""
    above = export.parts.get(part.parent)
    while above is not None and above.title != export.root:
        if subjects[above.title].about:
            return subjects[above.title]
        above = export.parts.get(above.parent)
    return Subject()


def partner_kind(item: Item) -> str:
    """Return which kind of partner a question asks for by its own words; empty where they do not say."""
    texts = [*item.tails]
    best = max(
        ((likeness(tail, listed), kind) for tail in texts for kind, (_, _, listed) in PARTNER_KINDS.items()),
        key=lambda entry: entry[0],
        default=(0.0, ""),
    )
    return best[1] if best[0] > 0 else ""


def names_partner(item: Item, subject: Subject, *, in_root: bool) -> float:
    """Return how surely the answers to a question are partners, 0 to 1."""
    kind = item.kind
    if kind in ("yes or no", "position", "band") or (kind == "number" and in_root) or _asks_what(item.name):
        return 0.0
    fillers = single_words(
        "name, main, who, list, full, important, biggest, اسم, أهم, أسماء, قائمة, رئيسي, nom, principal, liste"
    )
    best = 0.0
    for tail in item.tails:
        rest = [word for word in tail if word not in fillers]
        for _, _, listed in PARTNER_KINDS.values():
            score = likeness(rest, listed)
            # "Supplier city" is about the supplier, and no supplier.
            best = max(best, score if score > SURE else score - 0.15)
        if subject.about == PARTNER and tail in phrases_of(PARTNER_NAMES):
            best = max(best, _NAMED)
    return best


def _asks_what(heading: str) -> bool:
    """Return whether a question asks what is bought or sold, and not from whom or to whom."""
    words = set(heading.casefold().split())
    return bool(words & _WHAT) and bool(set(words_of(heading)) & single_words(_TRADING))


def names_thing(item: Item, subject: Subject) -> float:
    """Return how surely the answers to a question are things that are needed or offered, 0 to 1."""
    term = next(term for term in RESOURCE_TERMS if term.column == "resource")
    if item.choices or not suits(item.kind, term.kind, item.values):
        return 0.0
    best = max((fit(tail, term) for tail in item.tails), default=0.0)
    if subject.about == THING and any(tail in phrases_of(f"{PARTNER_NAMES}, title") for tail in item.tails):
        best = max(best, _NAMED)
    return best


def other_role(item: Item) -> float:
    """Return how surely a question says something about a partner or a thing, and names none: its unit, its kind."""
    terms = [term for term in (*LINKAGE_TERMS, *RESOURCE_TERMS) if term.column != "resource"]
    return max((fit(tail, term) for term in terms for tail in item.tails), default=0.0)


def roles_of(items: Sequence[Item], *, tables: Iterable[str]) -> list[Role]:
    """Return what further questions of some rows are, the surest first.

    Parameters
    ----------
    items : sequence of Item
        The questions beside the partner or the thing.
    tables : iterable of {"linkages", "resources"}
        What there is in these rows.

    Returns
    -------
    list of Role
        Several for a question that could be several things.
    """
    found = []
    for table in tables:
        for term in LINKAGE_TERMS if table == "linkages" else RESOURCE_TERMS:
            for item in items:
                score = max((fit(tail, term) for tail in item.tails), default=0.0)
                if item.choices and term.column != "layer":
                    continue
                in_words = term.column == "weight" and item.kind == "text"
                suited = in_words or suits(item.kind, term.kind, item.values)
                if term.column != "resource" and score >= PERHAPS and suited:
                    found.append(Role(score, table, term.column, item))
    order = {name: position for position, name in enumerate(item.name for item in items)}
    return sorted(found, key=lambda role: (-role.score, role.table, role.column, order[role.item.name]))


def role_in_words(texts: Iterable[str]) -> str:
    """Return "need" or "offer" by the first text that says one of both; empty where none does."""
    for text in texts:
        words = set(words_of(text))
        needs, offers = bool(words & single_words(NEED_WORDS)), bool(words & single_words(OFFER_WORDS))
        if needs != offers:
            return "need" if needs else "offer"
    return ""
