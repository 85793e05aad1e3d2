"""Templates become pages: every text escaped, in either language and direction."""

from __future__ import annotations

import functools
from importlib import resources
from typing import Any

import jinja2
from markupsafe import Markup, escape

from clusternet.draw.wording import number, visible
from clusternet.messages import LANGUAGES, translate, translate_plural

_FOLDER = resources.files("clusternet.report") / "templates"


def _load(name: str) -> str | None:
    source = _FOLDER / name
    return source.read_text(encoding="utf-8") if source.is_file() else None


@functools.cache
def environment() -> jinja2.Environment:
    """Return the one environment of all templates: escaping on, an unknown name is an error."""
    made = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        loader=jinja2.FunctionLoader(_load),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_finalize,
    )
    made.filters["number"] = number
    made.filters["bdi"] = bdi
    return made


def _finalize(value: Any) -> Any:
    """Replace in every text what cannot be seen or written; texts that are markup already were made by us."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def bdi(text: object) -> Markup:
    """Return a name of somebody's own, escaped and kept apart from the direction of the text around it.

    Examples
    --------
    >>> bdi("<b>")
    Markup('<bdi>&lt;b&gt;</bdi>')
    """
    return Markup("<bdi>{}</bdi>").format(visible(text))


def render(template: str, language: str, **context: Any) -> str:
    """Return a page from a template.

    Parameters
    ----------
    template : str
        The name of the template.
    language : {"en", "ar"}
        The language; gives the direction as well.
    **context
        What the template speaks of.

    Returns
    -------
    str
        HTML.
    """

    def say(text: str, **values: object) -> Markup:
        """Return a message in the page's language; what is put into it is escaped."""
        found = escape(translate(text, language))
        return found.format(**values) if values else found

    def say_plural(one: str, many: str, count: int) -> str:
        return translate_plural(one, many, count, language, number=number(float(count)))

    return (
        environment()
        .get_template(template)
        .render(t=say, tn=say_plural, language=language, direction=LANGUAGES[language], **context)
    )
