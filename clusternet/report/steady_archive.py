"""A ZIP archive without its clock: the same content gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_FIXED = rb"\g<1>2000-01-01T00:00:00Z\g<2>"


def steady_archive(data: bytes) -> bytes:
    """Return an office document with every time in it set to a fixed one.

    Parameters
    ----------
    data : bytes
        An XLSX, or another document of the kind.

    Returns
    -------
    bytes
        The same parts in the same order; the times of the members, and the time of the last change in the document's
        properties, are fixed.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for member in given.infolist():
            content = given.read(member)
            if member.filename == "docProps/core.xml":
                content = _STAMP.sub(_FIXED, content)
            made.writestr(zipfile.ZipInfo(member.filename, _EARLIEST), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
