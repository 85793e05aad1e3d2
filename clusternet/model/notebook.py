"""How a noun shows itself in a notebook: what it is, its figures, and a small table; no script, nothing fetched."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.model.layers import Layer

#: Rows of a table beyond these are counted, not shown.
MOST_ROWS = 12
_LONGEST = 60
# Colours are left to the notebook, so that light and dark themes both stay readable.
_BOX = "border:1px solid currentColor;border-radius:6px;padding:.5em .8em;display:inline-block;max-width:100%"
_FIGURE = "display:inline-block;margin:0 1.4em .4em 0"


def notebook_html(title: str, figures: Mapping[str, object], table: pd.DataFrame) -> str:
    """Return a noun as HTML for a notebook.

    Parameters
    ----------
    title : str
        What it is.
    figures : mapping of str to object
        Words and numbers that stand first.
    table : DataFrame
        A small table; rows beyond twelve are counted, texts beyond sixty letters cut.

    Returns
    -------
    str
        HTML in which every text is escaped.

    Examples
    --------
    >>> "&lt;b&gt;" in notebook_html("Network", {"<b>": 1}, pd.DataFrame())
    True
    """
    shown = "".join(
        f'<span style="{_FIGURE}"><b>{html.escape(_text(value))}</b> {html.escape(word)}</span>'
        for word, value in figures.items()
    )
    rows = table.head(MOST_ROWS)
    # pandas escapes index and heads as well as cells.
    body = rows.map(_text).to_html(border=0) if len(table.columns) else ""
    left = len(table) - len(rows)
    more = f"<p>… {left:,} more rows</p>" if left > 0 else ""
    return f'<div style="{_BOX}"><p><b>{html.escape(title)}</b></p><p>{shown}</p>{body}{more}</div>'


def layer_overview(layers: Sequence[Layer], layer_of: NDArray[np.int64]) -> pd.DataFrame:
    """Return linkages, family, direction and weight of each layer, on its name.

    Parameters
    ----------
    layers : sequence of Layer
        The layers.
    layer_of : array of int, shape (linkages,)
        The layer of each linkage.
    """
    rows = [(layer.family, "directed" if layer.directed else "mutual", layer.weight) for layer in layers]
    names = pd.Index([layer.name for layer in layers], name="layer")
    table = pd.DataFrame(rows, index=names, columns=["family", "direction", "weight"])
    table.insert(0, "linkages", np.bincount(layer_of, minlength=len(layers)))
    return table


def _text(value: object) -> str:
    if isinstance(value, float):
        return "–" if value != value else f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"
    if isinstance(value, int):
        return f"{value:,}"
    text = "" if value is None or value is pd.NA else str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
