"""Whether ``[mapping] kind = "export"`` says what it should, before any file is opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from clusternet.errors import shown
from clusternet.ingest.exports.blocks import SIDES
from clusternet.ingest.findings import Findings, Place
from clusternet.messages import mark
from clusternet.model.catalogue import nearest
from clusternet.model.schema import SCHEMA
from clusternet.model.settings import Settings

#: Keys of a block that are not columns of the contract.
EXTRA = ("sheet", "side", "words", "several")
#: What the partner is called in a mapping.
PARTNER = "partner"
#: Stands for the number in the headers of partners that have columns of their own: ``Supplier *``.
STAR = "*"
NO_SIDE = mark(
    'The layer "{value}" has a direction, so say where the partner stands: write "{value} from" where the '
    'partner is the source, "{value} to" where the respondent is.'
)
_TABLES = ("enterprises", "linkages", "resources", "recipes")
_NEEDED = {"linkages": PARTNER, "resources": "resource", "recipes": "product"}
_TEXTS_ONLY = mark('The tables below {key} hold texts only, such as "Food" = "10".')
_EXPECTED = mark('The key "{key}" is {value}; expected {expected}.')


def check_export_mapping(settings: Settings, findings: Findings, file: str) -> None:
    """Note every key of an export's mapping that is not known, or does not hold what it should (E09).

    Keys that hold the wrong kind of value altogether are noted by :func:`clusternet.ingest.mapping.check_mapping`.

    Parameters
    ----------
    settings : Settings
        The study's settings with the table ``[mapping]``.
    findings : Findings
        Takes the problems.
    file : str
        The settings file.
    """
    place, mapping = Place(file), settings.mapping

    def refuse(key: str, template: str, **values: object) -> None:
        findings.error("E09", template, place, column=f"mapping.{key}", key=f"mapping.{key}", **values)

    if "enterprises" not in mapping:
        refuse("enterprises", mark("[mapping.enterprises] is missing; it says at least which column is the name."))
    for name in _TABLES:
        for entry in _entries(mapping, name):
            if isinstance(entry, Mapping):
                _check_entry(entry, name, refuse)
            else:
                refuse(name, mark("The key {key} is no list of tables; write [[{key}]] above each."))
    for entry in _entries(mapping, "linkages"):
        if isinstance(entry, Mapping):
            _check_layers(entry, settings, refuse)
    _check_words(mapping, refuse)


def _entries(mapping: Mapping[str, Any], name: str) -> Sequence[Any]:
    """Return the tables of one name; none where something else stands there."""
    given = mapping.get(name, ())
    if name == "enterprises":
        return [given] if isinstance(given, Mapping) else []
    return given if isinstance(given, list | tuple) else []


def _check_words(mapping: Mapping[str, Any], refuse: Callable[..., None]) -> None:
    """Note words that are no texts, or of a column that nothing fills."""
    words = mapping.get("words", {})
    if not isinstance(words, Mapping):
        return
    given = {
        key for name in _TABLES for entry in _entries(mapping, name) if isinstance(entry, Mapping) for key in entry
    }
    filled = sorted({"target" if key == PARTNER else key for key in given} - set(EXTRA))
    for column, table in words.items():
        if not _is_words(table):
            refuse("words", _TEXTS_ONLY)
        if column not in filled:
            template = mark('The words of "{value}" are of no column that [mapping] names; the nearest is "{near}".')
            refuse(f"words.{column}", template, value=shown(column), near=nearest(column, filled) or "-")


def _check_entry(entry: Mapping[str, Any], name: str, refuse: Callable[..., None]) -> None:
    columns = [
        PARTNER if column == "target" else column
        for column in SCHEMA[name].names
        if column not in ("source", "reporter")
    ]
    # A sheet that hangs on nothing must name the respondent in a column.
    whose = ["enterprise_id"] if name == "linkages" else []
    known = [*columns, *whose, *(f"one_{column}" for column in columns), *EXTRA]
    for key, value in entry.items():
        if key not in known and name != "enterprises":
            template = mark('The key "{key}" is not known; the nearest is "{near}". Known: {known}.')
            refuse(f"{name}.{key}", template, near=nearest(key, known) or "-", known=", ".join(known))
        else:
            _check_value(key, value, name, refuse)
    needed = _NEEDED.get(name)
    if needed and needed not in entry and f"one_{needed}" not in entry:
        refuse(f"{name}.{needed}", mark("The key {key} is missing; it names the column that holds the answer."))
    if name == "linkages" and "layer" not in entry and "one_layer" not in entry:
        refuse(
            "linkages.layer",
            mark('Say of which layer the partners are: layer = "COLUMN", or one_layer = "supply" with side = "from".'),
        )
    if name == "resources" and "role" not in entry and "one_role" not in entry:
        refuse("resources.role", mark('Say whether it is needed or offered: role = "COLUMN", or one_role = "need".'))


def _check_value(key: str, value: object, name: str, refuse: Callable[..., None]) -> None:
    """Note one key of a block that does not hold what it should."""
    whole = f"{name}.{key}"
    if key == "words":
        if not _is_words(value):
            refuse(whole, _TEXTS_ONLY)
    elif key == "several":
        if not isinstance(value, bool):
            refuse(whole, _EXPECTED, value=shown(repr(value)), expected=mark("true or false"))
    elif key == "side":
        if value not in SIDES:
            template = mark('The key "{key}" is "{value}"; expected one of: {known}.')
            refuse(whole, template, value=shown(value), known=" ".join(SIDES))
    elif key == "sheet":
        if not isinstance(value, str):
            refuse(whole, _EXPECTED, value=shown(repr(value)), expected=mark("the title of a sheet"))
    elif key.startswith("one_"):
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            refuse(whole, _EXPECTED, value=shown(repr(value)), expected=mark("one text or number for all rows"))
    elif not _is_names(value):
        expected = mark("the name of a column, or a list of such names")
        refuse(whole, _EXPECTED, value=shown(repr(value)), expected=expected)
    elif name == "enterprises" and STAR in str(value):
        template = mark('"{value}" holds a star, which numbers partners, needs and products; a submission is one row.')
        refuse(whole, template, value=shown(value))


def _check_layers(entry: Mapping[str, Any], settings: Settings, refuse: Callable[..., None]) -> None:
    """Note layers that are not known, and directed ones of which nobody says where the partner stands."""
    words, key = entry.get("words", {}), "linkages.one_layer" if "one_layer" in entry else "linkages.words"
    meanings = [entry["one_layer"]] if "one_layer" in entry else list(words.values()) if _is_words(words) else []
    if not all(isinstance(meaning, str) for meaning in meanings):
        return
    for meaning in dict.fromkeys(part.strip() for text in meanings for part in text.split(",")):
        name, _, side = (
            meaning.rpartition(" ") if meaning.endswith(tuple(f" {side}" for side in SIDES)) else (meaning, "", "")
        )
        layer = settings.layer(name)
        if layer is None:
            template = mark('The layer "{value}" of {key} is not known; the nearest is "{near}". Known: {known}.')
            near = nearest(name, settings.known_layers) or "-"
            refuse(key, template, value=shown(name), near=near, known=", ".join(settings.known_layers))
        elif layer.directed and (side or entry.get("side")) not in ("to", "from"):
            refuse(key, NO_SIDE, value=shown(name))


def _is_names(value: object) -> bool:
    names = [value] if isinstance(value, str) else value
    return isinstance(names, list | tuple) and len(names) > 0 and all(isinstance(n, str) and n.strip() for n in names)


def _is_words(table: object) -> bool:
    return isinstance(table, Mapping) and all(isinstance(meaning, str) for meaning in table.values())
