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
        What it takes a cluster to be, whether the seed matters, its options with default and range, the reference.

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
    facts = [
        (mark("A cluster is where"), translate(card.assumes, language)),
        (mark("Seed"), translate(seed, language)),
        (mark("Options"), "; ".join(options)),
        (mark("Reference"), card.reference),
    ]
    return [(translate(heading, language), text) for heading, text in facts if text]
