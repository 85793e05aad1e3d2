"""How names and numbers are written on a picture, safely in either language."""

from __future__ import annotations

import html
import math

from clusternet.messages import mark, translate
from clusternet.model import MetricCard

#: A name is cut at this length on a picture; the tables hold it whole.
LONGEST_NAME = 60

#: What a need or an offer can be of, in words.
FACTOR_LABELS = {
    "material": mark("material"),
    "product": mark("product"),
    "energy": mark("energy"),
    "labour": mark("labour"),
    "capital": mark("capital"),
    "technology": mark("technology"),
    "knowledge": mark("knowledge"),
    "byproduct": mark("by-product"),
}

_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


def visible(text: object) -> str:
    r"""Return a text with everything that cannot be seen or written in a page replaced by U+FFFD.

    Examples
    --------
    >>> visible("a\x07b") == "a\N{REPLACEMENT CHARACTER}b"
    True
    """
    return "".join(
        "\N{REPLACEMENT CHARACTER}"
        if (letter < " " or "\x7f" <= letter <= "\x9f" or "\ud800" <= letter <= "\udfff" or letter in "\ufffe\uffff")
        else letter
        for letter in str(text)
    )


def cut(text: object, longest: int = LONGEST_NAME) -> str:
    """Return a text cut at a length, with an ellipsis where something is left out.

    Examples
    --------
    >>> cut("abcdef", 4)
    'abc…'
    """
    text = str(text)
    if len(text) <= longest:
        return text
    short = text[: longest - 1]
    # An isolate that was opened before the cut must be closed, or it would swallow what follows.
    open_isolates = max(short.count(_FIRST_STRONG_ISOLATE) - short.count(_POP_ISOLATE), 0)
    return short + "…" + _POP_ISOLATE * open_isolates


def caption(text: object, longest: int = LONGEST_NAME) -> str:
    r"""Return a name as a plotly text may hold it: cut, escaped, and isolated from the direction around it.

    Examples
    --------
    >>> caption("<b>") == "\u2068&lt;b&gt;\u2069"
    True
    """
    return f"{_FIRST_STRONG_ISOLATE}{html.escape(cut(visible(text), longest))}{_POP_ISOLATE}"


def number(value: float | None, digits: int = 3) -> str:
    """Return a number for readers: three significant digits after the point, thousands apart, no number as a dash.

    Digits are Western in both languages, as in the office's spreadsheets.

    Examples
    --------
    >>> number(0.123456), number(12345.0), number(float("nan"))
    ('0.123', '12,345', '–')
    """
    if value is None or math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "\N{MINUS SIGN}∞"
    if float(value).is_integer():
        written = f"{int(value):,}"
    else:
        places = max(0, digits - max(1, math.floor(math.log10(abs(value))) + 1)) if abs(value) >= 1 else digits
        written = f"{value:,.{places}f}"
        if not written.strip("-0.,"):
            written = f"{value:.1e}"
    return written.replace("-", "\N{MINUS SIGN}")


def isolated(label: str) -> str:
    r"""Return a label whose parts, of different scripts perhaps, keep their order in a text of either direction.

    Examples
    --------
    >>> isolated("saw · North") == "\u2068saw\u2069 · \u2068North\u2069"
    True
    """
    parts = [f"{_FIRST_STRONG_ISOLATE}{part}{_POP_ISOLATE}" for part in label.split(" · ") if part]
    return " · ".join(parts)


def cluster_name(cluster: int, label: str, language: str) -> str:
    """Return what a cluster is called: its number as in the tables, and its label where it has one.

    Examples
    --------
    >>> cluster_name(3, "", "en")
    'Cluster 3'
    """
    head = translate(mark("Cluster {cluster}"), language, cluster=cluster)
    return f"{head}: {isolated(label)}" if label else head


def score_label(card: MetricCard, layer: str, language: str) -> str:
    """Return what a score is called, with its layer where there is one."""
    label = translate(card.label, language)
    return f"{label}: {translate(layer, language)}" if layer else label


def translated_note(note: str, language: str) -> str:
    """Return a note in a language; of one that ends in names, such as "left out: wood", the words before the names."""
    whole = translate(note, language) if note else ""
    head, colon, names = note.partition(": ")
    return whole if whole != note or not colon else f"{translate(head + ':', language)} {names}"
