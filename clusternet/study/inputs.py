"""Whether the files of a survey are still those that were read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from clusternet.errors import InputError, Problem
from clusternet.messages import mark
from clusternet.model import Survey


def check_unchanged(survey: Survey, path: str | Path, config: str | Path | None = None) -> None:
    """Refuse a survey whose files are no longer what they were when they were read.

    Parameters
    ----------
    survey : Survey
        What was read.
    path, config : str or Path
        The survey and its settings file, as they were given to the reader.

    Raises
    ------
    InputError
        With F09 and each file that was changed or is gone.
    """
    changed = []
    for file in survey.provenance.inputs:
        places = list(dict.fromkeys(_places(file.name, survey, Path(path), config)))
        if not any(_digest(place) == file.sha256 for place in places):
            template = mark("The file was changed while the study was running, or is gone.")
            changed.append(Problem("F09", "error", template, file=file.name))
    if changed:
        raise InputError(
            mark("The input changed while the study was running, so nothing was published; run it again."),
            problems=changed,
        )


def _places(name: str, survey: Survey, path: Path, config: str | Path | None) -> Iterator[Path]:
    """Yield where a file can lie of which the history keeps the name only: the reader looks in these places."""
    folder = path if path.is_dir() else path.parent
    yield folder / name
    if config is not None:
        yield Path(config).parent / name
    for text in _texts(survey.settings.mapping):
        if text.endswith(name):
            yield folder / text


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for entry in value.values():
            yield from _texts(entry)
    elif isinstance(value, list | tuple):
        for entry in value:
            yield from _texts(entry)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
