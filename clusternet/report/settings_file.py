"""A ``study.toml`` that was drafted, written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from clusternet.errors import InputError
from clusternet.messages import mark
from clusternet.report.publish import file_trouble_named, write_file


def check_settings_out(out: str | Path, *, overwrite: bool = False) -> None:
    """Say at once, before anything is read, whether a settings file may be written.

    Parameters
    ----------
    out : str or Path
        The file, whose name ends in ``.toml``.
    overwrite : bool, default False
        Whether a file that is there may be replaced.

    Raises
    ------
    InputError
        If the name does not end in ``.toml``, it is a folder, or it exists and may not be replaced.
    ResourceError
        If the place cannot be looked at.
    """
    target = Path(out)
    if target.suffix.casefold() != ".toml":
        template = mark('The draft cannot be called "{out}"; give it a name that ends in .toml, such as study.toml.')
        raise InputError(template, out=target.name)
    with file_trouble_named(target):
        if target.is_dir():
            raise InputError(mark('"{out}" is a folder; name a file that ends in .toml.'), out=target.name)
        if target.exists() and not overwrite:
            template = mark(
                'The file "{out}" exists already. Choose another name; or replace it with --overwrite, and '
                "name it with --config as well if its other settings are to stay."
            )
            raise InputError(template, out=target.name)


def write_settings_file(text: str, out: str | Path, *, overwrite: bool = False) -> Path:
    """Write the text of a ``study.toml`` as UTF-8; a reader finds the old content or the new, never a part.

    Parameters
    ----------
    text : str
        The content.
    out : str or Path
        The file; folders above it are made.
    overwrite : bool, default False
        Whether a file that is there may be replaced.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InputError
        As :func:`check_settings_out`.
    ResourceError
        If it cannot be written.
    """
    target = Path(out)
    check_settings_out(target, overwrite=overwrite)
    with file_trouble_named(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        write_file(target, text.encode("utf-8"))
    return target
