"""A survey as files of the contract, so that reading them again gives the same survey."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from clusternet.model import Settings, Survey
from clusternet.model.schema import SCHEMA
from clusternet.report.csv_text import csv_text
from clusternet.report.publish import published_folder

#: The table without which a folder is no survey of ours.
_OWN_FILE = "enterprises.csv"
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_LAYER_KEYS = ("label", "family", "directed", "weight", "asked")


def write_survey(survey: Survey, folder: str | Path, *, overwrite: bool = False) -> Path:
    """Write a survey as CSV files of the contract and a ``study.toml``.

    Parameters
    ----------
    survey : Survey
        The survey; its cleaned tables are written, numbers so that they read back exactly.
    folder : str or Path
        The folder to make.
    overwrite : bool, default False
        Whether a folder that holds a survey already may be replaced.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    InputError
        If the folder is there already and may not be replaced.
    ResourceError
        If it cannot be written.

    Notes
    -----
    Texts are written as they are, without the apostrophe that the tables of a report put before what a spreadsheet
    would run as a formula: these files are for :func:`clusternet.read_survey`.
    The table ``[mapping]`` of the settings is left out: it says how to read an export, and these files are none.
    """
    with published_folder(folder, overwrite=overwrite, own_file=_OWN_FILE) as partial:
        for name, schema in SCHEMA.items():
            table = survey.tables[name]
            if len(table) or schema.required:
                partial.write(f"{name}.csv", csv_text(table, exact=True), rows=len(table))
        partial.write("study.toml", settings_text(survey.settings))
    return Path(folder)


def settings_text(settings: Settings) -> str:
    """Return settings as TOML: flat keys first, then the tables; settings without a value are left out."""
    values = settings.as_dict()
    lines = [
        f"{key} = {_value(value)}"
        for key, value in values.items()
        # Tables that were read hold ISIC Rev.4 whatever the survey's own were in.
        if value is not None and not isinstance(value, Mapping) and key != "sectors"
    ]
    for name, layer in settings.layers.items():
        lines += ["", f"[layers.{_key(name)}]", *(f"{key} = {_value(getattr(layer, key))}" for key in _LAYER_KEYS)]
    for name in ("detection", "chance"):
        table = {key: value for key, value in values[name].items() if value is not None}
        if table:
            lines += ["", f"[{name}]", *(f"{_key(key)} = {_value(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else _text(name)


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case str():
            return _text(value)
        case Mapping():
            return "{" + ", ".join(f"{_key(str(key))} = {_value(entry)}" for key, entry in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(_value(entry) for entry in value) + "]"
        case _:
            return _text(str(value))


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return (
        '"'
        + "".join(f"\\u{ord(letter):04X}" if letter < " " or letter == "\x7f" else letter for letter in escaped)
        + '"'
    )
