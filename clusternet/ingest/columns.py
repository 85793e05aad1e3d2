"""One column of text as its schema wants it: a key, a number, a word of a list, or text as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.errors import MOST_PROBLEMS, shown
from clusternet.ingest.names import distinct_texts, is_plain_key, keys_of
from clusternet.ingest.numbers import DIGITS, Kind, Numbers, numbers_of, readings
from clusternet.ingest.source import Source, TextTable
from clusternet.messages import mark
from clusternet.model.catalogue import nearest
from clusternet.model.schema import SCHEMA, Column

#: Columns that are only shown, so that nothing in them is changed.
_SHOWN_ONLY = frozenset({"name", "name_alt", "frequency"})
_YES_NO: Mapping[str, str] = MappingProxyType(
    {**dict.fromkeys(("yes", "true", "1", "نعم"), "yes"), **dict.fromkeys(("no", "false", "0", "لا"), "no")}
)


@dataclass(frozen=True)
class Codes:
    """The codes under which the faults of a numeric column are listed."""

    word: str = "C12"
    infinite: str = "C12"
    no_number: str = "C12"
    negative: str = "C12"
    beyond: str = "C12"


def typed_columns(
    table: TextTable, name: str, source: Source, codes: Mapping[str, Codes], *, choice_code: str = "C12"
) -> pd.DataFrame:
    """Return a table with every column of the contract that it has turned into what the contract says.

    Parameters
    ----------
    table : TextTable
        The text.
    name : str
        Which table of the contract it is.
    source : Source
        The survey being read; takes the problems.
    codes : mapping of str to Codes
        The codes for numeric columns that have their own.
    choice_code : str
        The code for a word that is not one of those expected.

    Returns
    -------
    DataFrame
        The same rows and columns; numbers as float with NaN where there is none.
    """
    schema = SCHEMA[name]
    found: dict[str, object] = {}
    for column in table.rows.columns:
        values = table.rows[column]
        entry = schema[column] if column in schema.names else None
        if entry is None or column in _SHOWN_ONLY:
            found[column] = _as_it_stands(values)
        elif entry.kind == "number":
            found[column] = number_column(table, entry, source, codes.get(column, Codes())).values
        elif entry.kind == "choice":
            found[column] = _choice_column(table, entry, source, choice_code)
        elif entry.added:
            # Years and dates, in whatever digits they are written.
            found[column] = key_column(table, column, source).str.translate(DIGITS)
        else:
            found[column] = key_column(table, column, source)
    return pd.DataFrame(found, index=table.rows.index, copy=False)


def _as_it_stands(values: pd.Series) -> pd.Series:
    """Return text unchanged, cells of spaces only as missing."""
    if not values.notna().any():
        return values
    codes, distinct = distinct_texts(values)
    if all(str(text).strip() for text in distinct):
        return _of_texts(values)
    kept = np.array([*(text if str(text).strip() else np.nan for text in distinct), np.nan], dtype=object)
    return pd.Series(pd.array(kept[codes], dtype="str"), index=values.index)


def _of_texts(values: pd.Series) -> pd.Series:
    """Return texts as such, whatever kind of column they stand in."""
    return values if values.dtype == "str" else values.astype("str")


def key_column(table: TextTable, column: str, source: Source) -> pd.Series:
    """Return a column as keys (NFC, nothing invisible, no spaces around), and warn of what was changed."""
    values = table.rows[column]
    if all(map(is_plain_key, distinct_texts(values)[1])):
        return _of_texts(values)
    keys = keys_of(values)
    rows = values.index.to_numpy()
    for code, changed, template in (
        ("C06", keys.invisible, mark("Invisible characters were taken out of {count} cells (rows {rows}).")),
        (
            "C05",
            keys.recomposed,
            mark("Accents were written in another form in {count} cells; read alike (rows {rows})."),
        ),
        ("A19", keys.spaced, mark("Spaces around the text of {count} cells were ignored (rows {rows}).")),
        (
            "C06",
            keys.mixed,
            mark("{count} cells mix Latin letters with look-alikes of another alphabet (rows {rows})."),
        ),
    ):
        source.findings.counted(code, template, table.place, rows[changed].tolist(), column=column)
    cleaned = keys.values
    # An empty text, which no file can hold, is how a reader says "nobody"; only an empty cell is missing.
    nobody = values.eq("").to_numpy(dtype=bool) if column == "reporter" else np.zeros(len(values), dtype=bool)
    cleaned[nobody] = ""
    return pd.Series(pd.array(cleaned, dtype="str"), index=values.index)


def number_column(table: TextTable, entry: Column, source: Source, codes: Codes) -> Numbers:
    """Return a column as numbers, and note every cell that is none or lies outside its range."""
    options, findings, place = source.options, source.findings, table.place
    values = table.rows[entry.name]
    bands = source.settings.mapping.get("bands")
    numbers = numbers_of(values, decimal=options.decimal, thousands=options.thousands, bands=bands)
    texts, rows = values.to_numpy(dtype=object), values.index.to_numpy()
    about: dict[str, Any] = {"column": entry.name, "confidential": entry.confidential}
    template = mark(
        "{count} numbers are written in Arabic-Indic or Persian digits; they were read as such (rows {rows})."
    )
    findings.counted("A18", template, place, rows[numbers.of_kind(Kind.EASTERN)].tolist(), column=entry.name)
    _note_ambiguous(table, entry, source, numbers.of_kind(Kind.AMBIGUOUS))
    template = mark(
        "{count} cells hold a band; each counts as the number declared below [mapping.bands] in study.toml "
        "(rows {rows})."
    )
    findings.counted("C12", template, place, rows[numbers.declared_bands].tolist(), column=entry.name)
    for code, wrong, template in (
        (
            codes.word,
            numbers.of_kind(Kind.NOT_A_NUMBER_WORD),
            mark('"{value}" is not a number; leave the cell empty where nothing is known.'),
        ),
        (codes.infinite, numbers.of_kind(Kind.INFINITE), mark('"{value}" is not finite; write the number itself.')),
        (
            codes.no_number,
            numbers.of_kind(Kind.NO_NUMBER),
            mark('"{value}" is not a number; expected one number such as 12 or 12.5, no band, unit or sign.'),
        ),
        (
            codes.no_number,
            numbers.of_kind(Kind.BAND) & ~numbers.declared_bands,
            mark(
                "{value} is a band and not one number; write the number, or say in study.toml, below the line "
                '[mapping.bands], which number each band counts as, in lines such as: "10-49" = 25'
            )
            if entry.confidential
            else mark(
                '"{value}" is a band and not one number; write the number, or say in study.toml, below the line '
                '[mapping.bands], which number it counts as, for example: "{value}" = 25'
            ),
        ),
    ):
        findings.each(code, template, place, rows[wrong].tolist(), values=texts[wrong].tolist(), **about)
    with np.errstate(invalid="ignore"):
        low = numbers.values < (-np.inf if entry.least is None else entry.least)
        high = numbers.values > (np.inf if entry.most is None else entry.most)
    template = mark("{value} is too small; expected at least {least}.")
    findings.each(
        codes.negative, template, place, rows[low].tolist(), values=texts[low].tolist(), least=entry.least, **about
    )
    template = mark("{value} is too large; expected at most {most}.")
    findings.each(
        codes.beyond, template, place, rows[high].tolist(), values=texts[high].tolist(), most=entry.most, **about
    )
    return numbers


def _note_ambiguous(table: TextTable, entry: Column, source: Source, wrong: NDArray[np.bool_]) -> None:
    texts = table.rows[entry.name].to_numpy(dtype=object)[wrong]
    rows = table.rows.index.to_numpy()[wrong]
    template = mark(
        '"{value}" can be read as {one} or as {other}; write decimal = "," or thousands = "," below [mapping] in '
        "study.toml, or write the number with a point and without groups."
    )
    for row, text in zip(rows[:MOST_PROBLEMS].tolist(), texts, strict=False):
        one, other = (shown(reading, confidential=entry.confidential) for reading in readings(str(text)))
        value = shown(text, confidential=entry.confidential)
        about = {"row": row, "column": entry.name, "value": value}
        source.findings.error("A17", template, table.place, one=one, other=other, **about)
    source.findings.and_more("A17", len(rows), table.place, column=entry.name)


def _choice_column(table: TextTable, entry: Column, source: Source, code: str) -> pd.Series:
    """Return the words of a list as the contract writes them; other spellings of yes and no are counted."""
    values = table.rows[entry.name]
    codes, distinct = pd.factorize(keys_of(values).values)
    words = [_word(str(text), entry.choices) for text in distinct]
    other = np.array([word is not None and word != text for word, text in zip(words, distinct, strict=True)] + [False])
    wrong = np.array([word is None for word in words] + [False])
    read = np.array([*(np.nan if word is None else word for word in words), np.nan], dtype=object)
    rows = values.index.to_numpy()
    template = mark("{count} cells were read as one of the words {known}, written otherwise (rows {rows}).")
    about = {"column": entry.name, "known": ", ".join(entry.choices)}
    source.findings.counted("A19", template, table.place, rows[other[codes]].tolist(), **about)
    texts = np.array([*distinct, ""], dtype=object)[codes]
    for row, text in zip(rows[wrong[codes]][:MOST_PROBLEMS].tolist(), texts[wrong[codes]], strict=False):
        template = mark('"{value}" is not one of the words expected: {known}. The nearest is "{near}".')
        near = nearest(str(text), entry.choices) or "-"
        source.findings.error(code, template, table.place, row=row, value=shown(text), near=near, **about)
    source.findings.and_more(code, int(wrong[codes].sum()), table.place, column=entry.name)
    return pd.Series(pd.array(read[codes], dtype="str"), index=values.index)


def _word(text: str, choices: tuple[str, ...]) -> str | None:
    word = text.casefold()
    word = _YES_NO.get(word, word) if choices == ("yes", "no") else word
    return word if word in choices else None
