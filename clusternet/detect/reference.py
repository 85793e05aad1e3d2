"""What the card of a method says, as headings and texts."""

from __future__ import annotations

from clusternet.detect.method import MethodCard
from clusternet.messages import mark, translate


def method_facts(card: MethodCard, language: str = "en") -> list[tuple[str, str]]:
    """Return what a method's card says, as pairs of a heading and a text.

    Parameters
    ----------
    card : MethodCard
        The card.
    language : {"en", "ar"}
        The language of headings and texts; the reference is the same in all.

    Returns
    -------
    list of (str, str)
        What it takes a cluster to be; whether it looks at directions, weights and layers; whether the seed matters; its
        options with default and range; the reference.

    Raises
    ------
    ValueError
        If the language is not known.
    """
    template = mark("{name} = {default} ({least} to {most})")
    options = [
        translate(
            template,
            language,
            name=name,
            default=f"{option.default:g}",
            least=f"{option.least:g}",
            most=f"{option.most:g}",
        )
        for name, option in card.options.items()
    ]
    seed = mark("changes nothing") if card.deterministic else mark("may change the result")
    looked_at = mark("looked at")
    direction = looked_at if card.directed else mark("not looked at; both directions of a pair are added up")
    weights = looked_at if card.weighted else mark("not looked at; every linked pair counts the same")
    layers = looked_at if card.layered else mark("not looked at; all layers of a pair are added up")
    facts = [
        (mark("A cluster is where"), translate(card.assumes, language)),
        (mark("Directions of linkages"), translate(direction, language)),
        (mark("Weights of linkages"), translate(weights, language)),
        (mark("Layers of linkages"), translate(layers, language)),
        (mark("Seed"), translate(seed, language)),
        (mark("Options"), "; ".join(options)),
        (mark("Reference"), card.reference),
    ]
    return [(translate(heading, language), text) for heading, text in facts if text]
