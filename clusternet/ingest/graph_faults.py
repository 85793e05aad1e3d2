"""What is wrong with the XML of a graph, line by line, found without building anything of it."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import ParseError

from clusternet.errors import MOST_PROBLEMS, shown
from clusternet.ingest.findings import Findings, Place
from clusternet.messages import mark
from clusternet.model.schema import SCHEMA

#: Graphs within nodes are rare and never this deep.
MOST_NESTED = 100
_CONFIDENTIAL = {column.name for table in SCHEMA.values() for column in table.columns if column.confidential}
_NUMBERS = {"int": int, "integer": int, "long": int, "float": float, "double": float}


class TooDeepError(Exception):
    """Elements are nested beyond :data:`MOST_NESTED`."""


def check_graph(data: bytes, place: Place, findings: Findings) -> bool:
    """Note what is wrong with a GraphML or GEXF file, and return whether nothing is.

    Parameters
    ----------
    data : bytes
        The content of the file.
    place : Place
        Where it is.
    findings : Findings
        Takes E01 (a document type or entities, also those that would fetch other files), E03 (no XML; a node twice, a
        linkage to a node that is not there, a value under a key that is not declared or of another type) and E04
        (nested too deeply).

    Returns
    -------
    bool
        Whether the graph can be read.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import XMLParser

    before = len(findings.errors)
    check = _Check(place, findings)
    parser = XMLParser(target=check, forbid_dtd=True)
    check.parser = parser.parser
    try:
        parser.feed(data)
        parser.close()
    except DefusedXmlException:
        template = mark("The file declares a document type or entities, which are not allowed; export it without them.")
        findings.error("E01", template, place)
    except TooDeepError:
        template = mark("The elements of the file are nested more than {most} deep; export it again.")
        findings.error("E04", template, place, row=check.line, most=MOST_NESTED)
    except (ParseError, ValueError, LookupError) as error:
        row = error.position[0] if isinstance(error, ParseError) else None
        template = mark("The file is not well-formed XML ({reason}); export it again.")
        findings.error("E03", template, place, row=row, reason=shown(error))
    return len(findings.errors) == before


class _Check:
    """Takes the elements as the parser meets them."""

    def __init__(self, place: Place, findings: Findings) -> None:
        self.parser: Any = None
        self._place, self._findings = place, findings
        self._depth = self._found = 0
        self._keys: dict[str, tuple[str, str]] = {}
        self._nodes: dict[str, int] = {}
        self._ends: list[tuple[str, int]] = []
        self._owner = ""
        self._key = ""
        self._text: list[str] = []

    @property
    def line(self) -> int:
        """The line that the parser is in."""
        return int(self.parser.CurrentLineNumber)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        self._depth += 1
        if self._depth > MOST_NESTED:
            raise TooDeepError
        match tag.rpartition("}")[2]:
            case "key":  # GraphML
                name = attributes.get("attr.name", attributes.get("id", ""))
                self._keys[attributes.get("id", "")] = (name, attributes.get("attr.type", "string"))
            case "attribute":  # GEXF
                name = attributes.get("title", attributes.get("id", ""))
                self._keys[attributes.get("id", "")] = (name, attributes.get("type", "string"))
            case "node":
                self._take_node(attributes.get("id", ""))
            case "edge":
                self._owner = f"{attributes.get('source', '')} – {attributes.get('target', '')}"
                self._ends += [(attributes.get(end, ""), self.line) for end in ("source", "target")]
            case "data":
                self._key = attributes.get("key", "")
                self._text.clear()
            case "attvalue":
                self._take_value(attributes.get("for", ""), attributes.get("value", ""))

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        self._depth -= 1
        if tag.rpartition("}")[2] == "data" and self._owner:
            self._take_value(self._key, "".join(self._text))
            self._text.clear()

    def data(self, text: str) -> None:
        """Take a piece of text."""
        self._text.append(text)

    def close(self) -> None:
        """Note linkages whose ends are nowhere, now that all nodes are known, and how much was not listed."""
        template = mark('The linkage names the node "{value}", which is not in the file; add the node or drop it.')
        for end, line in self._ends:
            if end not in self._nodes:
                self._note(template, line, value=shown(end))
        self._findings.and_more("E03", self._found, self._place)

    def _take_node(self, identifier: str) -> None:
        self._owner = identifier
        if identifier in self._nodes:
            template = mark('The node "{value}" stands in line {first} already; keep one of the two.')
            self._note(template, self.line, value=shown(identifier), first=self._nodes[identifier])
        else:
            self._nodes[identifier] = self.line

    def _take_value(self, key: str, value: str) -> None:
        if key not in self._keys:
            template = mark('"{owner}" has a value under the key "{value}", which the file does not declare.')
            self._note(template, self.line, value=shown(key), owner=shown(self._owner))
            return
        name, kind = self._keys[key]
        number = _NUMBERS.get(kind)
        if number is None or not value.strip():
            return
        try:
            number(value)
        except ValueError:
            template = mark(
                '"{owner}" has the value "{value}", and the file declares numbers for it ({kind}); correct one of them.'
            )
            hidden = shown(value, confidential=name in _CONFIDENTIAL)
            self._note(template, self.line, column=name, value=hidden, owner=shown(self._owner), kind=kind)

    def _note(self, template: str, line: int, **about: object) -> None:
        self._found += 1
        if self._found <= MOST_PROBLEMS:
            self._findings.error("E03", template, self._place, row=line, **about)
