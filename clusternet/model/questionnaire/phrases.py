"""Sentences of a form: English as they stand, and in every other language of the catalogue."""

from __future__ import annotations

import re

from clusternet.messages import translate

#: The sentence that is nothing but what the study itself wrote, which no catalogue translates.
_VERBATIM = "{words}"
#: What no XML may hold.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ufffe\uffff]")


class Phrase(str):
    """An English sentence with its placeholders filled in, which can still be said in another language.

    Parameters
    ----------
    template : str
        The English message, with placeholders in braces.
    **values : object
        What the placeholders stand for; a text is translated in its turn.

    Examples
    --------
    >>> Phrase("At most {most} names.", most=5)
    'At most 5 names.'
    """

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, **values: object) -> Phrase:
        """Fill in the English sentence."""
        phrase = super().__new__(cls, template.format(**values) if values else template)
        phrase.template = template
        phrase.values = values
        return phrase


def verbatim(text: str) -> Phrase:
    """Return a text of the study itself, such as the name of an enterprise, which is the same in every language.

    White space is one space, control characters are shown as replaced, and ``${`` is broken up, because a form takes
    it for the answer to another question.

    Examples
    --------
    >>> verbatim("Al  Noor ${x}")
    'Al Noor $ {x}'
    """
    words = " ".join(text.split()).encode("utf-8", "replace").decode("utf-8")
    words = _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", words).replace("${", "$ {")
    return Phrase(_VERBATIM, words=_Own(words))


class _Own(str):
    """A text that no catalogue translates, even where it happens to be one of its sentences."""


def in_language(text: str, language: str) -> str:
    """Return a label, a hint or a message of a form in a language.

    Parameters
    ----------
    text : str
        An English sentence of the form.
    language : {"en", "ar"}
        The language wanted.

    Returns
    -------
    str
        The sentence; what the study itself wrote stays as it is.

    Raises
    ------
    ValueError
        If the language is not known.
    """
    if isinstance(text, _Own):
        return str(text)
    if not isinstance(text, Phrase):
        return translate(text, language)
    values = {
        key: in_language(value, language) if isinstance(value, str) else value for key, value in text.values.items()
    }
    return translate(text.template, language, **values)
