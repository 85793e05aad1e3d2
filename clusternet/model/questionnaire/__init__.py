"""The questionnaire: what is asked, in which words, and which column of the survey each answer fills."""

from __future__ import annotations

from collections.abc import Sequence

from clusternet.messages import LANGUAGES
from clusternet.model.layers import Layer
from clusternet.model.questionnaire.choices import LISTS, roster_choices
from clusternet.model.questionnaire.linkages import linkage_sections
from clusternet.model.questionnaire.phrases import in_language, verbatim
from clusternet.model.questionnaire.profile import (
    CONSENTED,
    closing_sections,
    ledger_sections,
    opening_sections,
    profile_sections,
)
from clusternet.model.questionnaire.questions import Choice, Question, Questionnaire, Section
from clusternet.model.settings import Settings

__all__ = ["Choice", "Question", "Questionnaire", "Section", "in_language", "questionnaire", "verbatim"]


def questionnaire(settings: Settings, roster: Sequence[tuple[str, str]] = ()) -> Questionnaire:
    """Return the questionnaire of a study.

    Parameters
    ----------
    settings : Settings
        What the study declares: its layers, its design, the largest number of nominations, its language.
    roster : sequence of (str, str), optional
        Id and name of every enterprise that can be chosen as a partner.

    Returns
    -------
    Questionnaire
        Of the design ``"roster"`` where there is a roster and the study does not declare ``"generator"``; otherwise
        partners are named freely.

    Raises
    ------
    InputError
        If an id of the roster is empty, holds a space or stands twice, or two layers would be asked for in the same
        words.

    Examples
    --------
    >>> questionnaire(Settings()).section_of("supply_to_partner").side
    'to'
    """
    listed = bool(roster) and settings.design != "generator"
    layers = [layer for name in settings.known_layers if isinstance(layer := settings.layer(name), Layer)]
    sections = [
        *opening_sections(),
        *profile_sections(roster=listed),
        *ledger_sections(),
        *linkage_sections(layers, roster=listed, most=settings.max_nominations, relevant=CONSENTED),
        *closing_sections(),
    ]
    choices = {**LISTS, "roster": roster_choices(roster)} if listed else dict(LISTS)
    languages = dict.fromkeys([settings.language, *LANGUAGES])
    return Questionnaire(tuple(sections), choices, "roster" if listed else "generator", tuple(languages))
