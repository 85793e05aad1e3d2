"""Whether ``[mapping] kind = "export"`` says what it should, before any file is opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
_NEEDED = (("linkages", PARTNER), ("resources", "resource"), ("recipes", "product"))


def check_export_mapping(settings: Settings, findings: Findings, file: str) -> None:
    """Note every key of an export's mapping that is not known, or does not hold what it should (E09).

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
    for name in ("enterprises", "linkages", "resources", "recipes"):
        given = mapping.get(name, {} if name == "enterprises" else [])
        entries = [given] if name == "enterprises" else given
        if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
            refuse(name, mark("The key {key} is no list of tables; write [[{key}]] above each."))
            continue
        for entry in entries:
            _check_entry(entry, name, refuse)
    for entry in mapping.get("linkages", []):
        if isinstance(entry, Mapping):
            _check_layers(entry, settings, refuse)
    words = mapping.get("words", {})
    if not isinstance(words, Mapping) or not all(_is_words(table) for table in words.values()):
        refuse("words", mark('The tables below {key} hold texts only, such as "Food" = "10".'))


def _check_entry(entry: Mapping[str, Any], name: str, refuse: Any) -> None:
    columns = [
        PARTNER if column == "target" else column
        for column in SCHEMA[name].names
        if column not in ("source", "reporter")
    ]
    known = [
        *columns,
        *(f"one_{column}" for column in columns),
        *EXTRA,
        *(("location", "respondent") if name == "enterprises" else ()),
    ]
    for key, value in entry.items():
        if key not in known and name != "enterprises":
            near = nearest(key, known) or "-"
            refuse(
                f"{name}.{key}",
                mark('The key "{key}" is not known; the nearest is "{near}". Known: {known}.'),
                near=near,
                known=", ".join(known),
            )
        elif key == "words":
            if not _is_words(value):
                refuse(f"{name}.words", mark('The tables below {key} hold texts only, such as "Food" = "10".'))
        elif key == "several":
            if not isinstance(value, bool):
                refuse(
                    f"{name}.several",
                    mark('The key "{key}" is {value}; expected {expected}.'),
                    value=repr(value),
                    expected=mark("true or false"),
                )
        elif key == "side" and value not in SIDES:
            refuse(
                f"{name}.side",
                mark('The key "{key}" is "{value}"; expected one of: {known}.'),
                value=shown(value),
                known=" ".join(SIDES),
            )
        elif not isinstance(value, str) and not (
            isinstance(value, list) and value and all(isinstance(v, str) for v in value)
        ):
            refuse(
                f"{name}.{key}",
                mark('The key "{key}" is {value}; expected {expected}.'),
                value=shown(repr(value)),
                expected=mark("the name of a column, or a list of such names"),
            )
    for key, needed in (("linkages", PARTNER), ("resources", "resource"), ("recipes", "product")):
        if name == key and needed not in entry and f"one_{needed}" not in entry:
            refuse(f"{name}.{needed}", mark("The key {key} is missing; it names the column that holds the answer."))
    if name == "linkages" and "layer" not in entry and "one_layer" not in entry:
        refuse(
            "linkages.layer",
            mark('Say of which layer the partners are: layer = "COLUMN", or one_layer = "supply" with side = "from".'),
        )


def _check_layers(entry: Mapping[str, Any], settings: Settings, refuse: Callable[..., None]) -> None:
    """Note layers that are not known, and directed ones of which nobody says where the partner stands."""
    words = entry.get("words", {})
    meanings = [entry["one_layer"]] if "one_layer" in entry else list(words.values()) if _is_words(words) else []
    for meaning in dict.fromkeys(part.strip() for text in meanings for part in str(text).split(",")):
        name, _, side = (
            meaning.rpartition(" ") if meaning.endswith(tuple(f" {side}" for side in SIDES)) else (meaning, "", "")
        )
        layer = settings.layer(name)
        if layer is None:
            template = mark('The layer "{value}" of {key} is not known; the nearest is "{near}". Known: {known}.')
            near = nearest(name, settings.known_layers) or "-"
            refuse("linkages.words", template, value=shown(name), near=near, known=", ".join(settings.known_layers))
        elif layer.directed and not side and "side" not in entry:
            template = mark(
                'The layer "{value}" has a direction, so say where the partner stands: write "{value} from" where the '
                'partner is the source, "{value} to" where the respondent is.'
            )
            refuse("linkages.words", template, value=shown(name))


def _is_words(table: Any) -> bool:
    return isinstance(table, Mapping) and all(isinstance(meaning, str) for meaning in table.values())
