"""The one message catalogue: English is written in the code, Arabic is looked up in ``locale/ar.po``."""

from __future__ import annotations

import functools
import gettext
import io
from importlib import resources
from types import MappingProxyType

#: Every language that a reader can ask for, with its direction of writing.
LANGUAGES = MappingProxyType({"en": "ltr", "ar": "rtl"})


def mark(text: str) -> str:
    """Mark a sentence as one that a user may see, so that the catalogue must hold it; return it unchanged.

    Examples
    --------
    >>> mark("Conductance")
    'Conductance'
    """
    return text


@functools.cache
def _translations(language: str) -> gettext.NullTranslations:
    if language not in LANGUAGES:
        raise ValueError(f'language "{language}" is not known; expected one of: {", ".join(LANGUAGES)}.')
    source = resources.files("clusternet") / "locale" / f"{language}.po"
    if not source.is_file():
        return gettext.NullTranslations()
    # Babel is slow to import, so readers of English never pay for it.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as stream:
        catalogue = read_po(stream, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def translate(text: str, language: str = "en", **values: object) -> str:
    """Return a message in a language, with its placeholders filled in.

    Parameters
    ----------
    text : str
        The English message, with placeholders in braces.
    language : {"en", "ar"}
        The language wanted; a message without a translation is returned in English.
    **values
        What the placeholders stand for.

    Returns
    -------
    str
        The message.

    Raises
    ------
    ValueError
        If the language is not known.

    Examples
    --------
    >>> translate("{count} rows", count=3)
    '3 rows'
    """
    found = _translations(language).gettext(text) if text else text
    return found.format(**values) if values else found


def translate_plural(one: str, many: str, count: int, language: str = "en", **values: object) -> str:
    """Return the form of a message that fits a count (Arabic has six forms).

    Examples
    --------
    >>> translate_plural("{count} cluster", "{count} clusters", 2)
    '2 clusters'
    """
    return _translations(language).ngettext(one, many, count).format(count=count, **values)
