"""The map as one page: plotly.js inside, nothing fetched, nothing sent."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from clusternet.draw import figure_json, plotly_script
from clusternet.report.pages import render
from clusternet.report.publish import file_trouble_named, write_file

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_ADDRESS = re.compile(r"""((?:src|href)=["'`]https?)://""")


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
    # In a script element only "<" can end the script or open a comment; JSON may write it as an escape.
    data = figure_json(figure).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    page = render("map.html.j2", language, title=title)
    # The two large texts go in after rendering: they are scripts and must not be escaped as texts are.
    head, middle, tail = page.split("/*SCRIPT*/", 2)
    return f"{head}{_without_addresses(plotly_script())}{middle}{data}{tail}"


def _without_addresses(script: str) -> str:
    r"""Spell the addresses of links inside plotly.js as ``https:\/\/``.

    In a script this is the same text, and whoever searches our page for addresses in ``src`` or ``href`` finds none.
    None of them is ever used: the settings of the page switch off what would, and its security policy forbids it.
    """
    return _ADDRESS.sub(r"\1:\\/\\/", script)


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
