"""The map as one page: plotly.js and our scripts inside, nothing fetched, nothing sent."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusternet.draw import figure_json, plotly_script
from clusternet.messages import translate
from clusternet.report.map_words import MAP_WORDS
from clusternet.report.pages import render
from clusternet.report.publish import file_trouble_named, write_file

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

#: The scripts of the page, in the order in which they run; each speaks only of those before it.
SCRIPTS = (
    *("data", "state", "theme", "symbols", "scale", "frame", "touch", "hulls", "links", "svg_pen", "axes", "labels"),
    *("paint", "picking", "tooltip", "hover", "stage"),
    *("search", "filters", "cards", "table", "downloads", "permalink", "main"),
)
_FOLDER = resources.files("clusternet.report") / "templates" / "map"
#: Where the large texts go. The tag before each is what no text of a survey can be, as "<" is always escaped there.
_PLACES = re.compile(r"((?:<style>|<script[^<>]*>))/\*(STYLE|PAYLOAD|PLOTLY|SCRIPTS)\*/")
#: What stands before "://" in an address inside a tag.
_ADDRESSES = tuple(
    f"{name}={quote}{scheme}" for name in ("src", "href") for quote in ('"', "'", "`") for scheme in ("http", "https")
)


def study_map_page(payload: Mapping[str, Any]) -> str:
    """Return the map of a study as a page that stands alone.

    Parameters
    ----------
    payload : mapping
        What :func:`clusternet.draw.map_payload` makes.

    Returns
    -------
    str
        HTML; equal payloads give equal bytes.
    """
    language = str(payload["language"])
    words = {key: translate(text, language) for key, text in MAP_WORDS.items()}
    page = render("map/map.html.j2", language, title=payload["title"], payload=payload, words=words)
    # The large texts go in after rendering: they are scripts and must not be escaped as texts are.
    parts = {
        "STYLE": _source("map.css"),
        "PAYLOAD": script_json({**payload, "words": words}),
        "PLOTLY": _without_addresses(plotly_script()),
        "SCRIPTS": "\n".join(_source(f"{name}.js") for name in SCRIPTS),
    }
    return _PLACES.sub(lambda place: place[1] + parts[place[2]], page)


def _source(name: str) -> str:
    found = _FOLDER / name
    return found.read_text(encoding="utf-8") if found.is_file() else ""


def script_json(data: object) -> str:
    r"""Return data as JSON that may stand inside a script element.

    There only "<" can end the script or open a comment; JSON may write it as an escape.

    Examples
    --------
    >>> print(script_json({"name": "</script>"}))
    {"name":"\u003c/script>"}
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _inside_script(text)


def _inside_script(text: str) -> str:
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def map_page(figure: Figure, *, title: str, language: str = "en") -> str:
    """Return a figure as a page that stands alone.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        The figure, such as :func:`clusternet.draw.draw_map` makes it.
    title : str
        The page's title.
    language : {"en", "ar"}
        The language of the page.

    Returns
    -------
    str
        HTML; equal figures give equal bytes.
    """
    data = _inside_script(figure_json(figure))
    page = render("map.html.j2", language, title=title)
    # The two large texts go in after rendering: they are scripts and must not be escaped as texts are.
    head, middle, tail = page.split("/*SCRIPT*/", 2)
    return f"{head}{_without_addresses(plotly_script())}{middle}{data}{tail}"


def _without_addresses(script: str) -> str:
    r"""Spell the addresses of links inside plotly.js as ``https:\/\/``.

    In a script this is the same text, and whoever searches our page for addresses in ``src`` or ``href`` finds none.
    None of them is ever used: the settings of the page switch off what would, and its security policy forbids it.
    """
    # Cut at the few places that can begin an address: a regular expression over five megabytes takes ten times as long.
    parts = script.split("://")
    joints = [r":\/\/" if part.endswith(_ADDRESSES) else "://" for part in parts[:-1]]
    return "".join(text for pair in zip(parts, [*joints, ""], strict=True) for text in pair)


def write_map(figure: Figure, path: str | Path, *, title: str = "", language: str = "en") -> Path:
    """Write a figure as a page that opens offline and asks the network for nothing.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        The figure.
    path : str or Path
        The file to write; an earlier one is replaced.
    title : str
        The page's title; default as in the figure.
    language : {"en", "ar"}
        The language of the page.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ResourceError
        If it cannot be written.
    """
    target = Path(path)
    with file_trouble_named(target):
        write_file(target, map_page(figure, title=title, language=language).encode("utf-8", "replace"))
    return target
