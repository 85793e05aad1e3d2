"""What the answers of a form mean in the contract's words: kinds of linkage, sectors, factors, yes and no."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

from clusternet.ingest.drafting.answer_lexicon import (
    CONSENT_WORDS,
    FACTOR_WORDS,
    GIVING,
    LAYER_WORDS,
    NEED_WORDS,
    OFFER_WORDS,
    OPENERS,
    PARTNER_KINDS,
    STRENGTH_WORDS,
    TAKING,
    THINGS,
)
from clusternet.ingest.drafting.values import are_choices, is_number, meant, yes_or_no
from clusternet.ingest.drafting.words import SHORTEST, begins_one, names_one, phrases_of, single_words, words_of
from clusternet.ingest.exports.headers import simple
from clusternet.ingest.sectors.everyday import EVERYDAY
from clusternet.ingest.sectors.words import key_of, understood
from clusternet.model.sectors import only_class

#: What separates answers in a cell whatever the tool; a space may do so as well.
_HARD = re.compile(r"\s*[\n;؛|,،\x1f]\s*")
_CODE = re.compile(r"[A-U]?[0-9]{1,6}\.?|[A-U]|[0-9]{2}(?:\.[0-9]{1,2})+")
_UNDIRECTED = "with"


def single_answers(cells: Sequence[str], partner: str) -> list[str]:
    """Return the answers that cells with several of them are made of, where it can be told.

    Some tools join the labels of several answers by a space. An answer that stands alone somewhere is taken off the
    beginning or the end of a longer cell when what is left is an answer as well.

    Parameters
    ----------
    cells : sequence of str
        The distinct cells.
    partner : str
        Who the partner is; see :data:`~clusternet.ingest.drafting.answer_lexicon.PARTNER_KINDS`.

    Returns
    -------
    list of str
        Each once, in the order of words and letters; a cell that cannot be taken apart is one of them.

    Examples
    --------
    >>> single_answers(["Buy inputs Share knowledge", "Buy inputs", "Credit"], "supplier")
    ['Buy inputs', 'Credit', 'Share knowledge']
    """
    pieces = {piece for cell in cells for piece in _HARD.split(cell.strip()) if piece}
    alone: dict[str, str] = {}
    if _are_names(pieces, partner):
        alone = {simple(token): token for piece in pieces for token in piece.split()}
    else:
        for piece in sorted(pieces, key=lambda piece: (len(piece.split()), piece)):
            _take_apart(piece.split(), alone, partner)
    return [alone[key] for key in sorted(alone)]


def _are_names(pieces: set[str], partner: str) -> bool:
    """Return whether cells hold the short names of choices, of which none has a space."""
    tokens = {token for piece in pieces for token in piece.split()}
    return all(re.fullmatch("[a-z0-9_-]+", token) for token in tokens) and all(
        token in pieces or layer_of(token, partner) for token in tokens
    )


def _take_apart(tokens: Sequence[str], alone: dict[str, str], partner: str) -> None:
    """Add what a cell is made of to the answers that are known to stand alone."""
    if not tokens or _is_made_of(tokens, alone):
        return
    for at in range(len(tokens) - 1, 0, -1):
        for known, rest in ((tokens[:at], tokens[at:]), (tokens[at:], tokens[:at])):
            if simple(" ".join(known)) in alone and _is_answer(known, rest, partner):
                _take_apart(rest, alone, partner)
                return
    text = " ".join(tokens)
    alone.setdefault(simple(text), text)


def _is_made_of(tokens: Sequence[str], alone: Mapping[str, str]) -> bool:
    """Return whether a cell is made of answers that are known."""
    ends = {0}
    for end in range(1, len(tokens) + 1):
        if any(start in ends and simple(" ".join(tokens[start:end])) in alone for start in range(end)):
            ends.add(end)
    return len(tokens) in ends


def _is_answer(known: Sequence[str], rest: Sequence[str], partner: str) -> bool:
    """Return whether what is left beside a known answer is an answer of its own, and not the rest of a longer one."""
    first, other = known[0][0], rest[0][0]
    alike = first.isupper() == other.isupper() if first.isascii() and other.isascii() else True
    meaning = layer_of(" ".join(rest), partner)
    # "Buy" beside "Buy equipment": the thing that is bought is no tie of its own.
    thing = meaning.split(" ")[0] in THINGS and len(words_of(" ".join(known))) == 1
    return alike and bool(meaning) and not thing


def layer_of(answer: str, partner: str) -> str:
    """Return the layer that an answer means, and where the respondent stands, such as "supply from".

    Parameters
    ----------
    answer : str
        The name or label of a choice.
    partner : str
        Who the partner is; see :data:`~clusternet.ingest.drafting.answer_lexicon.PARTNER_KINDS`.

    Returns
    -------
    str
        Empty where no word of it is known; several, between commas, where several answers stand in it and nothing
        tells where one ends.

    Examples
    --------
    >>> layer_of("شراء مدخلات", "supplier"), layer_of("Share knowledge", ""), layer_of("cred", "supplier")
    ('supply from', 'knowledge to', 'finance from')
    """
    parts = _begun_answers(answer)
    if len(parts) > 1:
        meanings = [_one_layer(part, partner) for part in parts]
        if all(meanings):
            return ", ".join(dict.fromkeys(meanings))
    return _one_layer(answer, partner)


def _begun_answers(answer: str) -> list[str]:
    """Return a cell cut before each word that an answer begins with: a capital letter, or a verb."""
    tokens = answer.split()
    capitals = [token[0].isupper() for token in tokens]
    by_capitals = any(capitals[1:]) and not all(capitals)
    verbs = single_words(OPENERS)
    parts: list[list[str]] = []
    for token, capital in zip(tokens, capitals, strict=True):
        begins = capital if by_capitals else bool(set(words_of(token)) & verbs)
        if begins or not parts:
            parts.append([])
        parts[-1].append(token)
    return [" ".join(part) for part in parts]


def _one_layer(answer: str, partner: str) -> str:
    words = words_of(answer)
    if not words:
        return ""
    found = next(((name, side) for name, side, listed in LAYER_WORDS if names_one(words, listed)), None)
    if found is None:
        begun = {(name, side) for name, side, listed in LAYER_WORDS if begins_one(words, listed)}
        found = next(iter(begun)) if len({name for name, _ in begun}) == 1 and len(begun) == 1 else None
    if found is None:
        return ""
    name, side = found
    if side in (_UNDIRECTED, ""):
        return f"{name} {_UNDIRECTED}"
    usual = PARTNER_KINDS[partner][1] if partner in PARTNER_KINDS else ""
    if side == "by partner":
        return f"{name} {usual if usual in ('to', 'from') else 'from'}"
    if name in ("finance", "training"):
        side = _side_by_verb(words) or (usual if name == "finance" and usual in ("to", "from") else side)
    return f"{name} {side}"


def _side_by_verb(words: Sequence[str]) -> str:
    """Return where the respondent stands by what it does: who gives is the source."""
    if names_one(words, TAKING):
        return "from"
    return "to" if names_one(words, GIVING) else ""


def words_for(column: str, answers: Sequence[str], heading: Sequence[str]) -> dict[str, str]:
    """Return what the answers to a question mean in the contract's words; an empty text where it cannot be told.

    Parameters
    ----------
    column : str
        The column of ours.
    answers : sequence of str
        The distinct answers.
    heading : sequence of str
        The words of the question.

    Returns
    -------
    dict of str to str
        In the order of the answers; without those that are in the contract's words already. Nothing where the column
        is free text or the answers are no list.
    """
    meanings = {
        "sector": _sector,
        "formal": yes_or_no,
        "respondent": yes_or_no,
        "consent_publish": lambda answer: _consent(answer, heading),
        "factor": lambda answer: _by_list(answer, FACTOR_WORDS),
        "role": _role,
        "weight": _strength,
    }
    if column not in meanings or not are_choices(answers):
        return {}
    found = {answer: meanings[column](answer) for answer in sorted(answers)}
    return {answer: meaning for answer, meaning in found.items() if meaning != answer}


def without_free_text(words: Mapping[str, str], answered: int) -> tuple[dict[str, str], int]:
    """Return answers with their meanings, and how many without one were left out because they look like free text.

    Parameters
    ----------
    words : mapping of str to str
        Every distinct answer and what it means; an empty text where it is not known.
    answered : int
        How many cells were answered.

    Returns
    -------
    words : dict of str to str
        What a draft may show: free text may name people, answers of a list do not.
    left_out : int
        The number of the others.

    Examples
    --------
    >>> without_free_text({"Buy": "supply from", "my cousin Sami": "", "an old friend": ""}, 3)
    ({'Buy': 'supply from'}, 2)
    """
    known = {answer: meaning for answer, meaning in words.items() if meaning}
    is_list = len(known) * 2 >= len(words) or answered >= 2 * len(words)
    return (dict(words), 0) if is_list else (known, len(words) - len(known))


def _sector(answer: str) -> str:
    """Return the code of a sector in words, also of the beginning of one everyday word; a code stays as it is."""
    if _CODE.fullmatch(answer.strip()):
        return answer
    key, known = key_of(answer), _everyday()
    if key in known:
        codes = known[key]
        return only_class(codes[0]) if len(codes) == 1 else ""
    if " " not in key and len(key) >= SHORTEST:
        begun = {codes for word, codes in known.items() if " " not in word and word.startswith(key)}
        if begun:
            codes = next(iter(begun))
            return only_class(codes[0]) if len(begun) == 1 and len(codes) == 1 else ""
    return understood(answer).code


@functools.cache
def _everyday() -> Mapping[str, tuple[str, ...]]:
    return {key_of(word): codes for codes, words in EVERYDAY for word in words}


def _consent(answer: str, heading: Sequence[str]) -> str:
    word = yes_or_no(answer)
    if word:
        named = set(heading) & single_words("name, اسم, nom")
        return "none" if word == "no" else "named" if named else "aggregate"
    return answer if answer in CONSENT_WORDS else _by_list(answer, CONSENT_WORDS)


def _by_list(answer: str, lists: Mapping[str, str]) -> str:
    if answer in lists:
        return answer
    words = words_of(answer)
    exact = [name for name, listed in lists.items() if words in phrases_of(listed)]
    inside = [name for name, listed in lists.items() if names_one(words, listed)]
    found = exact or inside
    return found[0] if len(found) == 1 else ""


def _role(answer: str) -> str:
    words = words_of(answer)
    needs, offers = (bool(set(words) & single_words(listed)) for listed in (NEED_WORDS, OFFER_WORDS))
    return "need" if needs and not offers else "offer" if offers and not needs else ""


def _strength(answer: str) -> str:
    if is_number(answer):
        return answer
    return next((number for number, listed in STRENGTH_WORDS.items() if meant(answer, listed)), "")
