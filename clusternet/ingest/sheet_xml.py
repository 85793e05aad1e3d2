"""Pieces of the XML of a cell: its column, its kind, its style, its number, its text."""

from __future__ import annotations

import functools
import re

_STYLE = re.compile(r'\bs="([0-9]+)"')
_KIND = re.compile(r'\bt="([A-Za-z]+)"')
_REFERENCE = re.compile(r"&(#x[0-9A-Fa-f]+|#[0-9]+|amp|lt|gt|quot|apos);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class NotPlainError(Exception):
    """The sheet holds something that only a full reader understands."""


@functools.cache
def column_of(letters: bytes) -> int:
    """Return the position (from 0) of the column ``A``, ``AB``, ..."""
    return functools.reduce(lambda number, letter: number * 26 + letter - 64, letters, 0) - 1


@functools.lru_cache(maxsize=4096)
def kind_of(attributes: str) -> str:
    """Return the kind of a cell: ``"n"`` for a number, ``"s"`` for a shared text, and so on."""
    found = _KIND.search(attributes)
    return found[1] if found else "n"


@functools.lru_cache(maxsize=4096)
def style_of(attributes: str) -> int:
    """Return the number of a cell's style, 0 where it has none."""
    found = _STYLE.search(attributes)
    return int(found[1]) if found else 0


def number_of(value: bytes) -> float:
    """Return a number as it stands in a cell; whole ones are exact however long they are."""
    text = value.decode("ascii").strip()
    try:
        return float(text) if "." in text or "E" in text or "e" in text else int(text)
    except ValueError as error:
        raise NotPlainError from error


def text_of(value: bytes) -> str:
    """Return a text with what XML writes for line ends and signs put back."""
    text = value.decode()
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "&" not in text:
        return text
    return _REFERENCE.sub(_referred, text)


def _referred(found: re.Match[str]) -> str:
    name = found[1]
    if name[0] != "#":
        return _ENTITIES[name]
    return chr(int(name[2:], 16) if name[1] == "x" else int(name[1:]))
