"""Every sentence that a user may see has its Arabic, with the same placeholders; the catalogue holds nothing else."""

import ast
import importlib
import re
import string
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest
from babel.messages.pofile import read_po
from jinja2 import nodes

import clusternet
from clusternet.messages import LANGUAGES, translate, translate_plural

HOUSE = Path(clusternet.__file__).parent
#: The functions whose literal arguments are messages: in Python, and in templates.
IN_PYTHON = {"mark": 1, "translate": 1, "translate_plural": 2}
IN_TEMPLATES = {"t": 1, "tn": 2}
#: The words of a card that a reader sees.
CARD_WORDS = ("label", "unit", "undefined", "sentence", "assumes")
#: Rooms whose catalogues hold cards, and the names of these catalogues.
CATALOGUES = (("clusternet.metrics", "METRICS"), ("clusternet.detect", "METHODS"), ("clusternet.detect", "FIGURES"))

Message = str | tuple[str, str]


def literal(node: ast.expr) -> str | None:
    """Return a literal text, marked or not."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "mark" and node.args:
        node = node.args[0]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def is_marked_pair(node: ast.AST) -> bool:
    """Tell whether a tuple is one and many of a message, waiting for its count."""
    return (
        isinstance(node, ast.Tuple)
        and len(node.elts) == 2
        and all(isinstance(part, ast.Call) and getattr(part.func, "id", "") == "mark" for part in node.elts)
    )


def of_python(path: Path) -> Iterator[Message]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if is_marked_pair(node):
            yield from messages([literal(part) for part in node.elts], 2)
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        texts = [literal(argument) for argument in node.args[: IN_PYTHON.get(name, 0)]]
        yield from messages(texts, IN_PYTHON.get(name, 0))


def of_templates(path: Path) -> Iterator[Message]:
    for call in jinja2.Environment(autoescape=True).parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
        name = getattr(call.node, "name", "")
        wanted = IN_TEMPLATES.get(name, 0)
        texts = [argument.value if isinstance(argument, nodes.Const) else None for argument in call.args[:wanted]]
        yield from messages(texts, wanted)


def messages(texts: list[str | None], wanted: int) -> Iterator[Message]:
    if not wanted or len(texts) < wanted or any(not text for text in texts):
        return
    yield texts[0] if wanted == 1 else (texts[0], texts[1])


def of_cards() -> Iterator[Message]:
    for room, catalogue in CATALOGUES:
        try:
            entries = getattr(importlib.import_module(room), catalogue)
        except (ImportError, AttributeError):
            continue
        for entry in entries.values():
            card = getattr(entry, "card", entry)
            yield from (text for word in CARD_WORDS if (text := getattr(card, word, "")))


def all_messages() -> dict[str, Message]:
    """Return every message by its id; one that is used with and without a plural is one message."""
    found: dict[str, Message] = {}
    sources = [
        *(message for path in sorted(HOUSE.rglob("*.py")) for message in of_python(path)),
        *(message for path in sorted(HOUSE.rglob("*.j2")) for message in of_templates(path)),
        *of_cards(),
    ]
    plurals = {message for message in sources if isinstance(message, tuple)}
    singular_marks = {text for pair in plurals for text in pair}
    for message in sources:
        if isinstance(message, tuple):
            found[message[0]] = message
        elif message not in singular_marks:
            found.setdefault(message, message)
    return found


def placeholders(text: str) -> set[str]:
    """Return the names in braces; texts such as formulas, whose braces are no placeholders, have none."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}
    except ValueError:
        return set()


@pytest.fixture(scope="module")
def catalogue():
    with (HOUSE / "locale" / "ar.po").open("rb") as stream:
        return read_po(stream, locale="ar", abort_invalid=True)


@pytest.fixture(scope="module")
def wanted():
    return all_messages()


def forms(entry) -> tuple[str, ...]:
    return tuple(entry.string) if isinstance(entry.string, tuple | list) else (entry.string,)


def test_every_message_has_its_arabic(catalogue, wanted):
    missing = []
    for key, message in wanted.items():
        entry = catalogue.get(message if isinstance(message, str) else message[0])
        expected = message if isinstance(message, tuple) else None
        complete = entry is not None and all(form.strip() for form in forms(entry))
        if not complete or (expected and entry.id != expected):
            missing.append(key)
    assert missing == []


def test_placeholders_are_the_same(catalogue, wanted):
    for key, message in wanted.items():
        entry = catalogue.get(key)
        expected = placeholders(message if isinstance(message, str) else message[1])
        # "One cluster" and "two clusters" may do without the number.
        optional = {"number", "count"} if isinstance(message, tuple) else set()
        for form in forms(entry) if entry else ():
            assert expected - optional <= placeholders(form) <= expected, key


def test_no_entry_is_obsolete(catalogue, wanted):
    known = {entry.id[0] if isinstance(entry.id, tuple | list) else entry.id for entry in catalogue if entry.id}
    assert sorted(known - set(wanted)) == []
    assert not catalogue.obsolete
    assert not any(entry.fuzzy for entry in catalogue if entry.id)


def test_arabic_is_written_in_arabic(catalogue):
    for entry in catalogue:
        if entry.id:
            for form in forms(entry):
                assert re.search("[\u0600-\u06ff]", form), entry.id


def test_arabic_has_six_plural_forms(catalogue):
    assert catalogue.num_plurals == 6
    one, many = "{number} member", "{number} members"
    said = {translate_plural(one, many, count, "ar", number=str(count)) for count in (0, 1, 2, 3, 11, 100)}
    assert len(said) >= 5


def test_an_unknown_language_is_refused():
    assert set(LANGUAGES) == {"en", "ar"}
    with pytest.raises(ValueError, match="not known"):
        translate("Density", "xx")
