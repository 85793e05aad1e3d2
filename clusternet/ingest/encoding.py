"""From bytes to text: UTF-8, what is declared, or the one older encoding in which the bytes make sense."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from clusternet.errors import MOST_PROBLEMS, shown
from clusternet.ingest.findings import Findings, Place
from clusternet.ingest.legacy_encodings import CANDIDATES, legacy_encoding, letters_beyond_ascii, words_to_show
from clusternet.ingest.refused import is_refused
from clusternet.ingest.source import Source
from clusternet.messages import mark

#: A text has hardly any NUL; more than this share of the first bytes means UTF-16 without a mark, or no text at all.
_MOST_NULS = 0.02
#: How much of a file is looked at before it is read.
HEAD_BYTES = 65_536
_SAMPLE = 24

_MAGIC = {
    b"\x1f\x8b": ("A22", mark("The file is compressed (gzip), which is not supported; unpack it first.")),
    b"PK\x03\x04": ("A25", mark("The file is not text but a workbook or an archive; name it .xlsx, or unpack it.")),
    b"\xd0\xcf\x11\xe0": (
        "A26",
        mark("The file is an old or a password-protected workbook; save it as .xlsx without password, or as CSV."),
    ),
    b"%PDF": ("A25", mark("The file is not text but a PDF; save the table as CSV (UTF-8).")),
}
#: How files begin that are no text, or not in UTF-8.
REFUSED = (*_MAGIC, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What UTF-8 looks like after it was read as Latin-1 or cp1252: a lead byte, then one or more continuation bytes.
_READ_AS_LATIN = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0178\u02c6-\u02dc\u2013-\u203a\u20ac\u2122]")
# What UTF-8 looks like after it was read as cp1256: its lead bytes are these letters. Hardly any right text with them
# is UTF-8 when it is written in cp1256 again, so that the second look decides.
_READ_AS_ARABIC = re.compile("[طظ]|[A-Za-z]أ")
# What cp1256 looks like after it was read as Latin-1: words of accented capitals only.
_READ_AS_ACCENTS = re.compile("[\u00c0-\u00ff]{3,}")
_READ_AS_ANY = re.compile("|".join(one.pattern for one in (_READ_AS_LATIN, _READ_AS_ARABIC, _READ_AS_ACCENTS)))


class Decoded(NamedTuple):
    """A text, and the name of the encoding that it was in."""

    text: str
    encoding: str


def noted_text(data: bytes, place: Place, source: Source, format_name: str) -> str | None:
    """Return the text of a file as the survey's options say, and note as what it was read; see :func:`decoding`.

    Parameters
    ----------
    data : bytes
        The content of the file.
    place : Place
        Where it comes from.
    source : Source
        The survey being read.
    format_name : str
        What kind of file it is.

    Returns
    -------
    str or None
        The text; None where an error was noted.
    """
    options = source.options
    read = decoding(data, place, source.findings, encoding=options.encoding, every_bad_row=options.every_bad_row)
    if read is None:
        return None
    source.note_format(place.file, format_name, read.encoding)
    return read.text


def decoding(
    data: bytes, place: Place, findings: Findings, *, encoding: str = "", every_bad_row: bool = False
) -> Decoded | None:
    """Return the text of some bytes without its byte order mark, or note why there is none.

    Parameters
    ----------
    data : bytes
        The content of the file.
    place : Place
        Where it comes from.
    findings : Findings
        Takes A05, A06, A07, A22, A25 and A26.
    encoding : str
        The declared encoding; empty means UTF-8, UTF-16 with a byte order mark, or what
        :func:`clusternet.ingest.legacy_encodings.legacy_encoding` finds.
    every_bad_row : bool
        Whether every row that cannot be read is listed, and not only the first with the number of others.

    Returns
    -------
    Decoded or None
        The text, line ends as they were, and its encoding; None where an error was noted.
    """
    for magic, (code, template) in _MAGIC.items():
        if data.startswith(magic):
            findings.error(code, template, place)
            return None
    if is_refused(data, place, findings):
        return None
    if encoding:
        return _declared(data, place, findings, encoding)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            findings.error("A25", mark("The file is not text; save it as CSV (UTF-8)."), place)
            return None
        findings.warning("A05", mark("The file is in UTF-16; it was read as such. CSV (UTF-8) is safer."), place)
        return Decoded(text, "UTF-16")
    head = data[:HEAD_BYTES]
    if head.count(0) > _MOST_NULS * len(head) + 1:
        template = mark("The file is not text, or UTF-16 without its mark; save it as CSV (UTF-8).")
        findings.error("A25", template, place)
        return None
    try:
        return Decoded(data.decode("utf-8-sig"), "UTF-8")
    except UnicodeDecodeError as error:
        return _read_as_legacy(data, error.start, place, findings, every_bad_row=every_bad_row)


def _declared(data: bytes, place: Place, findings: Findings, encoding: str) -> Decoded | None:
    try:
        # Codecs such as "rot13" or "zip" do not turn bytes into text.
        text = data.decode(encoding)
    except (LookupError, ValueError, AssertionError) as error:
        row = data.count(b"\n", 0, error.start) + 1 if isinstance(error, UnicodeDecodeError) else None
        template = mark('The file cannot be read in the declared encoding "{value}"; correct [mapping] encoding.')
        findings.error("A06", template, place, row=row, value=shown(encoding))
        return None
    return Decoded(text.removeprefix("\ufeff"), encoding)


def _read_as_legacy(
    data: bytes, start: int, place: Place, findings: Findings, *, every_bad_row: bool
) -> Decoded | None:
    """Read bytes that are not UTF-8 in the one encoding in which they make sense, with a warning; or note all of them.

    A file that is UTF-8 in part is never read in another encoding.
    """
    mixed = any(_is_utf8(line) for line in set(data.split(b"\n")) if not line.isascii())
    encoding = "" if mixed else legacy_encoding(data)
    if not encoding:
        _report_bad_bytes(data, start, place, findings, mixed=mixed, every_bad_row=every_bad_row)
        return None
    row = next((row for row, _, line in _records(data) if not line.isascii()), None)
    sample = words_to_show(data, encoding) or letters_beyond_ascii(data, encoding)
    template = mark(
        'From byte {offset} on the file is not UTF-8. It makes sense as {encoding} ("{sample}") and was read as such. '
        "If that is wrong, declare [mapping] encoding in study.toml, or save the file as CSV (UTF-8)."
    )
    about = {"offset": start, "encoding": encoding, "sample": shown(" ".join(sample))}
    findings.warning("A06", template, place, row=row, **about)
    return Decoded(data.decode(encoding), encoding)


def _is_utf8(line: bytes) -> bool:
    return _first_bad_byte(line) is None


def _report_bad_bytes(
    data: bytes, start: int, place: Place, findings: Findings, *, mixed: bool, every_bad_row: bool
) -> None:
    """Note records that are not UTF-8, with what their bytes would mean in the usual encodings."""
    bad: list[tuple[int, int, bytes]] = []
    for row, offset, line in _records(data):
        first = _first_bad_byte(line)
        if first is not None:
            bad.append((row, offset + first, _around(line, first)))
    bad = bad or [(data.count(b"\n", 0, start) + 1, start, _around(data, start))]
    code = "A07" if mixed else "A06"
    template = (
        mark("Some rows are UTF-8 and this one is not, from byte {offset} on ({sample}); save the whole file as UTF-8.")
        if mixed
        else mark(
            "The bytes from {offset} on are not UTF-8. They could be {sample}. "
            "Save the file as CSV (UTF-8), or declare [mapping] encoding."
        )
    )
    for row, offset, piece in bad[: MOST_PROBLEMS if every_bad_row else 1]:
        findings.error(code, template, place, row=row, offset=offset, sample=_samples(piece))
    if every_bad_row:
        findings.and_more(code, len(bad), place)
    elif len(bad) > 1:
        template = mark("{more} more rows are like that; --encoding-errors=report lists all of them.")
        findings.error(code, template, place, row=bad[1][0], more=len(bad) - 1)


def _first_bad_byte(line: bytes) -> int | None:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return None


def _around(data: bytes, start: int) -> bytes:
    first = max(start - _SAMPLE // 2, 0)
    return data[first : first + _SAMPLE]


def _records(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield row, byte offset and bytes of each record; Latin-1 keeps one character per byte."""
    lines: list[str] = []

    def remembered() -> Iterator[str]:
        for line in io.StringIO(data.decode("latin-1"), newline=""):
            lines.append(line)
            yield line

    offset = 0
    reader = csv.reader(remembered())
    row = 0
    while True:
        try:
            next(reader)
        except StopIteration:
            break
        except csv.Error:
            return  # an endless cell: what comes behind it has no row number
        row += 1
        record = "".join(lines).encode("latin-1")
        lines.clear()
        yield row, offset, record
        offset += len(record)


def _samples(piece: bytes) -> str:
    found = []
    for encoding in CANDIDATES:
        try:
            found.append(f'{encoding} "{shown(piece.decode(encoding).strip())}"')
        except UnicodeDecodeError:
            continue
    return ", ".join(found) or "?"


def mojibake_repair(text: str) -> str:
    """Return what a text was before it was read in a wrong encoding, or an empty text when it looks right.

    Examples
    --------
    >>> mojibake_repair("CafÃ©")
    'Café'
    >>> mojibake_repair("Café")
    ''
    """
    if not _READ_AS_ANY.search(text):
        return ""
    if _READ_AS_LATIN.search(text):
        for wrong in ("cp1252", "latin-1"):
            try:
                return text.encode(wrong).decode("utf-8")
            except UnicodeError:
                continue
    if _READ_AS_ARABIC.search(text):
        try:
            return text.encode("cp1256").decode("utf-8")
        except UnicodeError:
            return ""  # a right text
    if _READ_AS_ACCENTS.search(text):
        try:
            repaired = text.encode("latin-1").decode("cp1256")
        except UnicodeError:
            return ""
        letters = [letter for letter in repaired if letter.isalpha()]
        if sum("\u0600" <= letter <= "\u06ff" for letter in letters) > 0.9 * len(letters):
            return repaired
    return ""
