"""The lists of answers that can be chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from clusternet.errors import InputError, shown
from clusternet.messages import mark
from clusternet.model.questionnaire.phrases import verbatim
from clusternet.model.questionnaire.questions import Choice
from clusternet.model.sectors import DIVISION_TITLES

YES_NO = (Choice("yes", mark("Yes")), Choice("no", mark("No")))
CONSENT_LEVELS = (
    Choice("none", mark("Nothing about it")),
    Choice("aggregate", mark("Only figures of many enterprises together, without its name")),
    Choice("named", mark("Its name, and the cluster to which it belongs")),
)
FREQUENCIES = (
    Choice("daily", mark("Every day, or nearly")),
    Choice("weekly", mark("Every week")),
    Choice("monthly", mark("Every month")),
    Choice("yearly", mark("Every year, or a few times a year")),
    Choice("once", mark("Once so far")),
)
#: The names are the weights of the linkages.
STRENGTHS = (
    Choice("1", mark("1: slight")),
    Choice("2", mark("2: some")),
    Choice("3", mark("3: middling")),
    Choice("4", mark("4: strong")),
    Choice("5", mark("5: very strong")),
)
FACTORS = (
    Choice("material", mark("Material")),
    Choice("product", mark("Finished or half-finished product")),
    Choice("energy", mark("Energy of any kind")),
    Choice("labour", mark("Workers and their time")),
    Choice("capital", mark("Money or credit")),
    Choice("technology", mark("Machine, tool or equipment")),
    Choice("knowledge", mark("Skill, know-how or advice")),
    Choice("byproduct", mark("By-product or waste")),
)
#: The lists of every form but the roster.
LISTS = {
    "yes_no": YES_NO,
    "consent_levels": CONSENT_LEVELS,
    "frequencies": FREQUENCIES,
    "strengths": STRENGTHS,
    "factors": FACTORS,
    "sectors": tuple(Choice(code, title) for code, title in DIVISION_TITLES.items()),
}


def roster_choices(roster: Sequence[tuple[str, str]]) -> tuple[Choice, ...]:
    """Return the enterprises of a list as choices, in the order of their names.

    Parameters
    ----------
    roster : sequence of (str, str)
        Id and name of each enterprise; the id stands for a name that is empty.

    Returns
    -------
    tuple of Choice
        Named by the ids; where two names are the same, the ids stand behind them.

    Raises
    ------
    InputError
        If an id is empty, holds white space, or stands twice.
    """
    for identifier, count in Counter(identifier for identifier, _ in roster).items():
        if not identifier.strip():
            raise InputError(mark("The roster has an enterprise without an id; give every enterprise one."))
        if len(identifier.split()) != 1 or identifier != identifier.strip():
            template = mark(
                'The id "{value}" holds a space, and a form separates answers by spaces; write it without, here and '
                "wherever the id stands."
            )
            raise InputError(template, value=shown(identifier))
        if count > 1:
            template = mark('The id "{value}" stands {count} times in the roster; keep one of the rows.')
            raise InputError(template, value=shown(identifier), count=count)
    names = [verbatim(name) or verbatim(identifier) for identifier, name in roster]
    plain = Counter(name.casefold() for name in names)
    alike = any(count > 1 for count in plain.values())
    chosen = []
    for (identifier, _), name in zip(roster, names, strict=True):
        label = verbatim(f"{name} ({identifier})") if alike and plain[name.casefold()] > 1 else name
        chosen.append(Choice(identifier, label))
    if len({choice.label.casefold() for choice in chosen}) < len(chosen):
        # A name that looks like another one with its id: then every name carries its id.
        chosen = [
            Choice(identifier, verbatim(f"{name} ({identifier})"))
            for (identifier, _), name in zip(roster, names, strict=True)
        ]
    return tuple(sorted(chosen, key=lambda choice: (choice.label.casefold(), choice.name)))
