"""Texts as XML and the workbooks and graphs made of it can hold them."""

from __future__ import annotations

import re

#: Letters that XML 1.0 cannot hold, not even escaped.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKUP = re.compile('[&<>"\t\n\r]')
#: A parser would turn a bare tab, line feed or carriage return into another blank.
_REFERENCES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def writable(text: object) -> str:
    r"""Return a text with every letter that XML cannot hold replaced by U+FFFD.

    Examples
    --------
    >>> writable("a\x00b") == "a\N{REPLACEMENT CHARACTER}b"
    True
    """
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", str(text))


def escaped(text: object) -> str:
    r"""Return a text as it stands in an XML element or attribute and comes back from it unchanged.

    Examples
    --------
    >>> escaped('<b> & "c"\n')
    '&lt;b&gt; &amp; &quot;c&quot;&#10;'
    """
    return _MARKUP.sub(lambda found: _REFERENCES[found.group()], writable(text))
