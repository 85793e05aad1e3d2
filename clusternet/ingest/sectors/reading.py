"""The column of sectors: codes of any known classification, or words, become codes of ISIC Rev.4."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.errors import MOST_PROBLEMS, shown
from clusternet.ingest.names import normalised_name
from clusternet.ingest.sectors.classifications import LABELS, converted, is_known, nearest_in, title_of
from clusternet.ingest.sectors.codes import Code, extended_code, isic_code, parsed_code
from clusternet.ingest.sectors.words import understood
from clusternet.ingest.source import Source, TextTable
from clusternet.messages import mark
from clusternet.model.sectors import SECTION_TITLES, SECTORS, sector_label

#: Changes that a message shows; the rest is counted.
EXAMPLES_SHOWN = 5

#: What became of a cell; what was changed is counted under one sentence for each.
_CHANGED = {
    "form": mark("{count} sectors are written in another form and were read as codes: {examples} (rows {rows})."),
    "words": mark(
        "{count} sectors are given in words and were read as codes of ISIC Rev.4: {examples} (rows {rows}). Write the "
        "code where one is not what is meant."
    ),
    "extended": mark(
        "{count} sectors have more digits than {classification}; the first four were kept: {examples} (rows {rows})."
    ),
    "converted": mark("{count} codes of {classification} were converted to ISIC Rev.4: {examples} (rows {rows})."),
    "several": mark(
        "{count} codes of {classification} correspond to several codes of ISIC Rev.4; the one of the same title, or "
        "what all have in common, was taken: {examples} (rows {rows})."
    ),
    "nothing": mark(
        "{count} codes of {classification} have no counterpart in ISIC Rev.4, or too many in different sections, and "
        "count as unknown: {examples} (rows {rows})."
    ),
}


class _Sector(NamedTuple):
    """What one text turned out to be: the value that is kept, and how it came about."""

    value: str | None
    how: str
    near: tuple[str, ...] = ()


def with_sectors(typed: pd.DataFrame, table: TextTable, source: Source) -> pd.DataFrame:
    """Return the register with its sectors as codes of ISIC Rev.4.

    Parameters
    ----------
    typed : DataFrame
        The register; without the column ``sector`` it is returned as it is.
    table : TextTable
        Where it comes from.
    source : Source
        The survey being read; its settings name the classification. Takes C13.

    Returns
    -------
    DataFrame
        The same rows. A code that does not exist counts as unknown and is missing; words that are not understood are
        kept as they stand, and count as unknown as well.
    """
    if "sector" not in typed.columns or not typed["sector"].notna().any():
        return typed
    codes, distinct = pd.factorize(typed["sector"].to_numpy(dtype=object))
    texts = [str(text) for text in distinct]
    declared = source.settings.sectors
    parsed = [parsed_code(text) for text in texts]
    found = [
        _of_words(text) if code is None else _of_code(code, text, declared)
        for text, code in zip(texts, parsed, strict=True)
    ]
    if declared == "ISIC4":
        others = _other_classifications(parsed, found, dotted=any("." in text.rstrip(".") for text in texts))
        # Codes of six digits that are known elsewhere are no longer codes of ISIC with further digits.
        if others.names and others.names[0].startswith("NAICS"):
            found = [_Sector(None, "unknown") if entry.how == "extended" else entry for entry in found]
        if others.names:
            template = mark(
                "{number} different codes are none of ISIC Rev.4, and {covered} of them exist in {classifications}. If "
                'the register holds codes of that, write it into study.toml, as sectors = "{value}", and all are '
                "converted."
            )
            named = ", ".join(f'{LABELS[name]} ("{name}")' for name in others.names)
            about = {"column": "sector", "number": others.strange, "covered": others.covered, "classifications": named}
            source.findings.warning("C13", template, table.place, value=others.names[0], **about)
        _note_lost_zeros(parsed, found, codes, typed, table, source)
    _note_changes(texts, found, codes, typed, table, source)
    _note_unknown(texts, parsed, found, codes, typed, table, source)
    kept = np.array([*(np.nan if entry.value is None else entry.value for entry in found), np.nan], dtype=object)
    return typed.assign(sector=pd.array(kept[codes], dtype="str"))


def _of_words(text: str) -> _Sector:
    words = understood(text)
    return _Sector(words.code, "words") if words.code else _Sector(text, "not understood", words.near)


def _of_code(code: Code, text: str, declared: str) -> _Sector:
    """Return what a code means in the classification that was declared."""
    if declared == "ISIC4":
        if read := isic_code(code):
            return _Sector(read, "plain" if read == text else "form")
        if read := extended_code(code):
            return _Sector(read, "extended")
        return _Sector(None, "unknown", nearest_in(code, declared))
    if not is_known(code, declared):
        return _Sector(None, "unknown", nearest_in(code, declared))
    conversion = converted(code, declared)
    if not conversion.code:
        return _Sector(None, "nothing")
    longer = not declared.startswith("NAICS") and len(code.digits) > 4
    return _Sector(conversion.code, "several" if conversion.several else "extended" if longer else "converted")


class _Others(NamedTuple):
    """The classifications that know most of the strange codes, the likeliest first, how many, and of how many."""

    names: tuple[str, ...] = ()
    covered: int = 0
    strange: int = 0


def _other_classifications(parsed: Sequence[Code | None], found: Sequence[_Sector], *, dotted: bool) -> _Others:
    """Return the classifications that the codes which ISIC Rev.4 does not know may belong to.

    Nothing is said unless one knows at least half of them; codes of ISIC with a country's further digits count as
    strange only for a classification whose codes are that long. Of those that know as many, the ones that know most
    of all codes are named, and first the one in whose way the codes are written.
    """
    odd = [code for code, entry in zip(parsed, found, strict=True) if code and entry.how == "unknown"]
    long = [code for code, entry in zip(parsed, found, strict=True) if code and entry.how == "extended"]
    every = [code for code in parsed if code]
    if not odd:
        return _Others()
    ranked: dict[tuple[int, int], list[str]] = {}
    numbers: dict[str, tuple[int, int]] = {}
    for name in LABELS:
        strange = [*odd, *(long if name.startswith("NAICS") else [])]
        covered = sum(is_known(code, name) for code in strange)
        if name != "ISIC4" and covered * 2 >= len(strange) and any(is_known(code, name) for code in odd):
            ranked.setdefault((covered, sum(is_known(code, name) for code in every)), []).append(name)
            numbers[name] = (covered, len(strange))
    if not ranked:
        return _Others()
    names = sorted(ranked[max(ranked)], key=lambda name: dotted != name.startswith("NACE"))
    return _Others(tuple(names), *numbers[names[0]])


def _note_lost_zeros(
    parsed: Sequence[Code | None],
    found: Sequence[_Sector],
    codes: NDArray[np.int64],
    typed: pd.DataFrame,
    table: TextTable,
    source: Source,
) -> None:
    """Warn of codes of three digits that look like codes of four whose leading zero a spreadsheet has taken away."""
    digits = [code.digits if code and entry.value else "" for code, entry in zip(parsed, found, strict=True)]
    three = [len(text) == 3 for text in digits]
    lost = [flag and "0" + text in SECTORS for flag, text in zip(three, digits, strict=True)]
    full = any(len(text) == 4 for text in digits)
    if not full or three != lost or any(text.startswith("0") for text in digits):
        return
    rows = typed.index[np.array([*lost, False])[codes]].tolist()
    pairs = [f'"{text}" = 0{text}?' for text, flag in zip(digits, lost, strict=True) if flag]
    template = mark(
        "{count} codes of three digits may have lost a leading zero, as spreadsheets do: {examples} (rows {rows}). "
        "They were read as they stand; write the zero where it is missing."
    )
    source.findings.counted("C13", template, table.place, rows, column="sector", examples=_some(pairs))


def _note_changes(
    texts: Sequence[str],
    found: Sequence[_Sector],
    codes: NDArray[np.int64],
    typed: pd.DataFrame,
    table: TextTable,
    source: Source,
) -> None:
    """Count what was read otherwise than it stands, each kind in one sentence."""
    about = {"column": "sector", "classification": LABELS[source.settings.sectors]}
    for how, template in _CHANGED.items():
        here = np.array([*(entry.how == how for entry in found), False])
        pairs = [
            f'"{shown(text)}" = {entry.value or "-"}'
            for text, entry in zip(texts, found, strict=True)
            if entry.how == how
        ]
        rows = typed.index[here[codes]].tolist()
        source.findings.counted("C13", template, table.place, rows, examples=_some(pairs), **about)
    only = np.array([*(entry.value in SECTION_TITLES for entry in found), False])
    template = mark(
        "{count} sectors are known by their section only, such as C; measures that need a division count them as "
        "unknown (rows {rows})."
    )
    source.findings.counted("C13", template, table.place, typed.index[only[codes]].tolist(), column="sector")


def _note_unknown(
    texts: Sequence[str],
    parsed: Sequence[Code | None],
    found: Sequence[_Sector],
    codes: NDArray[np.int64],
    typed: pd.DataFrame,
    table: TextTable,
    source: Source,
) -> None:
    """Warn of every text that is no sector, with the nearest ones."""
    unknown = [place for place, entry in enumerate(found) if entry.how in ("unknown", "not understood")]
    language = source.settings.language
    for place in unknown[:MOST_PROBLEMS]:
        template = (
            mark(
                'The sector "{value}" of {count} rows (rows {rows}) is no code of {classification} and counts as '
                "unknown; nearest: {near}. Correct it, or leave the cell empty where the sector is not known."
            )
            if parsed[place]
            else mark(
                'The sector "{value}" of {count} rows (rows {rows}) is not understood; it is kept as a word and counts '
                "as unknown; nearest: {near}. Write a code of {classification} instead."
            )
        )
        # Words are compared with the titles of ISIC Rev.4, codes with those of their own classification.
        name = source.settings.sectors if parsed[place] else "ISIC4"
        titles: dict[str, str] = {}
        for code in found[place].near:
            titles.setdefault(_title(code, name, language), code)
        near = "; ".join(f"{code} {title}" for title, code in titles.items()) or "-"
        about = {
            "column": "sector",
            "value": shown(texts[place]),
            "near": near,
            "classification": LABELS[source.settings.sectors],
        }
        source.findings.counted("C13", template, table.place, typed.index[codes == place].tolist(), **about)
    source.findings.and_more("C13", len(unknown), table.place, column="sector", severity="warning")


def _title(code: str, name: str, language: str) -> str:
    """Return the title of a code, in another language that of its division in ISIC Rev.4."""
    return sector_label(code, language) if name == "ISIC4" and language != "en" else title_of(code, name)


def _some(pairs: Sequence[str]) -> str:
    """Return the first examples in alphabetical order, so that the order of rows makes no difference."""
    ordered = sorted(pairs, key=lambda pair: (normalised_name(pair), pair))
    return ", ".join([*ordered[:EXAMPLES_SHOWN], *(["…"] if len(ordered) > EXAMPLES_SHOWN else [])])
