"""The sections on linkages: one for each layer and each end from which it can be told."""

from __future__ import annotations

import dataclasses
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from clusternet.messages import mark
from clusternet.model.layers import STANDARD_LAYERS, Layer
from clusternet.model.questionnaire.phrases import Phrase, verbatim
from clusternet.model.questionnaire.questions import LONGEST_NAME, Question, Section
from clusternet.model.questionnaire.wordings import OWN_WORDINGS, WORDINGS, Wording

#: The longest ending of a name is that of "frequency" behind "_with" or "_from".
_LONGEST_STEM = LONGEST_NAME - len("_with_frequency")
_STEM = re.compile("[a-z](?:_?[a-z0-9])*")
_LONG_LIST = "minimal autocomplete"
_PARTNER_HINT = mark("One enterprise for each entry, by its name as people know it.")
_LISTED_HINT = mark("Choose all that apply. Leave out nobody because the tie is small.")
_OTHERS_HINT = mark("One name on each line.")


def linkage_sections(layers: Sequence[Layer], *, roster: bool, most: int | None, relevant: str) -> list[Section]:
    """Return what is asked about every layer.

    Parameters
    ----------
    layers : sequence of Layer
        The layers, in the order in which they are asked for.
    roster : bool
        Whether partners are chosen from the list of choices ``roster``.
    most : int or None
        The largest number of partners that may be named in a section.
    relevant : str
        When the sections are asked, as an XPath.

    Returns
    -------
    list of Section
        Two for a directed layer, unless only its source is asked; one for an undirected layer.
    """
    labels = Counter(_plain(layer.label) for layer in layers)
    sections = []
    for layer in layers:
        subject = verbatim(layer.label if labels[_plain(layer.label)] == 1 else f"{layer.label} ({layer.name})")
        for side in _sides(layer):
            section = Section(f"{_stem(layer.name)}_{side}", "", (), repeat=not roster, layer=layer.name, side=side)
            section = dataclasses.replace(section, relevant=relevant)
            wording = _wording(layer, side, subject)
            sections += _roster(section, wording, most) if roster else _generator(section, wording, layer, most)
    return sections


def _sides(layer: Layer) -> tuple[str, ...]:
    if not layer.directed:
        return ("with",)
    return ("to",) if layer.asked == "source" else ("to", "from")


def _wording(layer: Layer, side: str, subject: str) -> Wording:
    """Return the words written for a standard layer; general ones where the study has made another layer of it."""
    standard = STANDARD_LAYERS.get(layer.name)
    if standard and (layer.label, layer.directed, layer.family) == (standard.label, standard.directed, standard.family):
        return WORDINGS[layer.name, side]
    if standard and layer.label == standard.label:
        subject = layer.label
    return Wording(*(Phrase(text, subject=subject) for text in OWN_WORDINGS[side]))


def _generator(section: Section, wording: Wording, layer: Layer, most: int | None) -> list[Section]:
    """Return a repeat in which partners are named, behind the question how many where their number is limited."""
    name = section.name
    questions = [
        Question(f"{name}_partner", "text", wording.partner, column="target", hint=_PARTNER_HINT, required=bool(most)),
        Question(f"{name}_weight", "select_one", wording.weight, column="weight", choices="strengths"),
        Question(f"{name}_frequency", "select_one", wording.frequency, column="frequency", choices="frequencies"),
    ]
    if layer.family == "trade" or layer.name == "finance":
        questions += [
            Question(
                f"{name}_amount",
                "decimal",
                wording.amount,
                column="amount",
                constraint=". >= 0",
                constraint_message=mark("Please give a number of at least 0."),
            ),
            Question(
                f"{name}_unit", "text", wording.unit, column="unit", hint=mark("For example kg, pieces or dollars.")
            ),
        ]
    asked = tuple(dataclasses.replace(question, table="linkages") for question in questions)
    section = dataclasses.replace(section, label=wording.section, questions=asked)
    if most is None:
        return [section]
    number = Question(
        f"{name}_count",
        "integer",
        Phrase(mark("{subject}: how many will you name?"), subject=wording.section),
        hint=Phrase(mark("From 0 to {most}; begin with the most important."), most=most),
        required=True,
        constraint=f". >= 0 and . <= {most}",
        constraint_message=Phrase(mark("Please give a number from 0 to {most}."), most=most),
        relevant=section.relevant,
    )
    return [Section("", "", (number,), repeat=False), dataclasses.replace(section, count=number.name)]


def _roster(section: Section, wording: Wording, most: int | None) -> list[Section]:
    """Return a group in which partners are chosen from the list, and others may be written below."""
    listed = Question(
        f"{section.name}_partners",
        "select_multiple",
        wording.listed,
        "linkages",
        "target",
        "roster",
        hint=_LISTED_HINT,
        appearance=_LONG_LIST,
        # Nobody is a partner of itself.
        choice_filter="name != ${enterprise_id}",
    )
    if most is not None:
        listed = dataclasses.replace(
            listed,
            hint=Phrase(mark("Choose at most {most}, the most important ones."), most=most),
            constraint=f"count-selected(.) <= {most}",
            constraint_message=Phrase(mark("Please choose at most {most}."), most=most),
        )
    others = Question(
        f"{section.name}_others",
        "text",
        wording.others,
        "linkages",
        "target",
        hint=_OTHERS_HINT,
        appearance="multiline",
    )
    return [dataclasses.replace(section, label=wording.section, questions=(listed, others))]


def _plain(label: str) -> str:
    return " ".join(label.casefold().split())


def _stem(name: str) -> str:
    """Return a layer's name as it can stand in a form: itself where it can, otherwise marked by a digest of it."""
    if _STEM.fullmatch(name) and len(name) <= _LONGEST_STEM:
        return name
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    words = "_".join(re.findall("[a-z0-9]+", plain)).lstrip("0123456789_") or "layer"
    digest = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:6]
    return f"{words[: _LONGEST_STEM - 7].rstrip('_')}_{digest}"
