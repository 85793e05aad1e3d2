"""A draft of ``[mapping]`` as TOML with comments, in the language of the officer."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from clusternet.ingest.drafting.lines import Draft, Line, Reason, Table
from clusternet.ingest.sectors.words import understood
from clusternet.messages import mark, translate
from clusternet.model.sectors import SECTORS, sector_label
from clusternet.model.settings import Settings

_WIDTH = 110
_NOTHING: Mapping[str, object] = MappingProxyType({})
#: What a basic string of TOML must not hold as it is, and what nobody would see in it.
_ESCAPED = re.compile('[\x00-\x1f\x7f-\x9f"\\\\\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def quoted(text: str) -> str:
    r"""Return a text as a basic string of TOML; what cannot be seen is written as its number.

    Examples
    --------
    >>> print(quoted('Name\n"as registered"'))
    "Name\n\"as registered\""
    """
    return '"' + _ESCAPED.sub(lambda found: _SHORT.get(found[0], f"\\u{ord(found[0]):04X}"), text) + '"'


def mapping_of(draft: Draft) -> dict[str, Any]:
    """Return the table ``[mapping]`` that the text of a draft holds; lines that are only proposed are left out."""
    found: dict[str, Any] = {"kind": "export", "enterprises": {}}
    for table in draft.tables:
        if not table.sure:
            continue
        entry: dict[str, Any] = {line.key: line.value for line in table.lines if line.sure}
        words = {answer: meaning for answer, meaning in table.words.items() if meaning}
        if words:
            entry["words"] = words
        if table.name == "enterprises":
            found["enterprises"] = entry
        else:
            found.setdefault(table.name, []).append(entry)
    known = {column: {a: m for a, m in table.items() if m} for column, table in draft.words.items()}
    if any(known.values()):
        found["words"] = {column: table for column, table in known.items() if table}
    return found


def draft_text(draft: Draft, settings: Settings, language: str = "en") -> str:
    """Return a draft as the text of a ``study.toml``.

    Parameters
    ----------
    draft : Draft
        What was guessed; of a form that needs a mapping.
    settings : Settings
        Those of the study, for the layers that answers may mean.
    language : {"en", "ar"}
        The language of the comments.

    Returns
    -------
    str
        Valid TOML that :func:`clusternet.ingest.read_survey` takes as it stands.
    """
    lines = [*_opening(draft, settings, language), "[mapping]", 'kind = "export"']
    if draft.commas:
        lines += _comment(mark("Some numbers hold a comma; say so if it stands before the decimals."), language)
        lines.append(_perhaps('decimal = ","', language))
    for table in draft.tables:
        lines += ["", *_table(table, language)]
        if table.name == "enterprises":
            lines += _words(draft, language)
    lines += _left_out(draft, language)
    return "\n".join(lines) + "\n"


def _opening(draft: Draft, settings: Settings, language: str) -> list[str]:
    lines = _comment(
        mark("A draft, guessed by clusternet map-columns from {file} ({tool})."),
        language,
        values={"file": quoted(draft.file), "tool": translate(draft.tool, language)},
    )
    if draft.counts:
        text = mark(
            "Rows that it gives as it stands: enterprises {enterprises}, linkages {linkages}, needs and offers "
            "{resources}."
        )
        lines += _comment(text, language, values=draft.counts)
    lines += ["#", *_comment(mark("What to do next:"), language)]
    steps = [
        mark("Look through every line: left stands a column of clusternet, right a column of the export."),
        mark('Lines that begin with "# perhaps:" are uncertain; take that away where one is right.'),
        mark(
            "Answers without a meaning need one, or their rows are refused. A linkage means one of: {layers}; behind "
            'it stands "to" where the respondent is the source, "from" where the partner is, "with" where there is no '
            "direction. An answer may mean several, between commas."
        ),
        mark("Keep the file as study.toml beside the export, and run: clusternet check EXPORT"),
    ]
    layers = ", ".join(settings.known_layers)
    for number, step in enumerate(steps, start=1):
        lines += _comment(step, language, before=f"{number}. ", values={"layers": layers})
    if draft.notes:
        lines.append("#")
        for note in draft.notes:
            lines += _comment(note.sentence, language, before="! ", values=note.values)
    return [*lines, ""]


def _table(table: Table, language: str) -> list[str]:
    lines: list[str] = []
    if not table.sure:
        lines += _comment(
            mark(
                'Perhaps this is a block of its own; if so, take away the "#" before each line of it that is to hold.'
            ),
            language,
        )
    lines.append(f"[mapping.{table.name}]" if table.name == "enterprises" else f"[[mapping.{table.name}]]")
    if table.name == "enterprises" and not any(line.key == "name" and line.sure for line in table.lines):
        lines.append(_perhaps('name = ""', language))
    for line in table.lines:
        lines += _line(line, language)
    if table.words:
        lines += ["", f"[mapping.{table.name}.words]", *_meanings("layer", table.words, language)]
    return lines if table.sure else [line if line.startswith("#") or not line else f"# {line}" for line in lines]


def _line(line: Line, language: str) -> list[str]:
    value = quoted(line.value) if isinstance(line.value, str) else str(line.value).lower()
    written = f"{line.key} = {value}"
    return [*_reason(line.reason, language), written if line.sure else _perhaps(written, language)]


def _words(draft: Draft, language: str) -> list[str]:
    """Return what the answers of lists mean, and what stands for bands of numbers."""
    lines: list[str] = []
    for column, words in draft.words.items():
        lines += ["", f"[mapping.words.{column}]", *_meanings(column, words, language)]
    if draft.bands:
        text = mark("Bands of numbers: say which number stands for each. The middle of each band is proposed.")
        lines += ["", *_comment(text, language), _perhaps("[mapping.bands]", language)]
        lines += [_perhaps(f"{quoted(band)} = {middle}", language) for band, middle in draft.bands.items()]
    return lines


def _meanings(column: str, words: Mapping[str, str], language: str) -> list[str]:
    lines: list[str] = []
    for answer, meaning in words.items():
        if not meaning:
            continue
        title = f"  # {sector_label(meaning, language)}" if column == "sector" and meaning in SECTORS else ""
        lines.append(f"{quoted(answer)} = {quoted(meaning)}{title}")
    unknown = [answer for answer, meaning in words.items() if not meaning]
    if unknown:
        lines += _comment(mark("It is not known what these answers mean; write it between the last quotes."), language)
        lines += [_proposed(column, answer, language) for answer in unknown]
    return lines


def _proposed(column: str, answer: str, language: str) -> str:
    """Return the line of an answer that is not understood; of a sector with the code that comes nearest."""
    near = understood(answer).near if column == "sector" else ()
    if not near:
        return _perhaps(f'{quoted(answer)} = ""', language)
    return _perhaps(f"{quoted(answer)} = {quoted(near[0])}  # {sector_label(near[0], language)}", language)


def _left_out(draft: Draft, language: str) -> list[str]:
    lines: list[str] = []
    for sheet, names in draft.left_out.items():
        text = mark("These columns of the sheet {sheet} are not used:")
        lines += [
            "",
            *_comment(text, language, values={"sheet": quoted(sheet)}),
            *(f"#   {quoted(name)}" for name in names),
        ]
    return lines


def _reason(reason: Reason, language: str) -> list[str]:
    return _comment(reason.sentence, language, values=reason.values)


def _perhaps(line: str, language: str) -> str:
    return f"# {translate(mark('perhaps:'), language)} {line}"


def _comment(text: str, language: str, *, before: str = "", values: Mapping[str, object] = _NOTHING) -> list[str]:
    """Return a sentence as lines of a comment, the first of which begins with a mark."""
    written = before + translate(text, language, **values)
    room: Sequence[str] = textwrap.wrap(
        written, _WIDTH - 2, subsequent_indent=" " * len(before), break_long_words=False, break_on_hyphens=False
    )
    return [f"# {line}" for line in room]
