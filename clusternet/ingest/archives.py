"""Archives (workbooks are archives too): looked at before anything in them is unpacked."""

from __future__ import annotations

import io
import re
import zipfile

from clusternet.errors import ResourceError, shown
from clusternet.ingest.findings import Findings, Place
from clusternet.messages import mark

#: A file that unpacks to more, or at more than this ratio beyond a small size, is refused before it is unpacked.
MOST_BYTES = 1 << 30
_MOST_RATIO = 100
_SMALL = 20 << 20
_HEAD = 4_096
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def opened_archive(data: bytes, place: Place, findings: Findings) -> zipfile.ZipFile | None:
    """Open an archive in memory if it is safe to unpack, or note why it is not.

    Parameters
    ----------
    data : bytes
        The content of the file. Nothing of it is ever written to a disk, so names of members lead nowhere.
    place : Place
        Where it comes from.
    findings : Findings
        Takes A26 (a member has a password), B09 (damaged or no archive), B10 (unpacks to far too much) and B11 (a
        part declares entities).

    Returns
    -------
    ZipFile or None
        The archive; None where an error was noted.

    Raises
    ------
    ResourceError
        If memory does not suffice.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
        size = sum(member.file_size for member in members)
        if size > MOST_BYTES or (size > _SMALL and size > _MOST_RATIO * len(data)):
            template = mark("The file would unpack to {size} bytes, far more than a survey; save it again.")
            findings.error("B10", template, place, size=size)
            return None
        if any(member.flag_bits & 1 for member in members):
            findings.error("A26", mark("The file has a password; save it without one."), place)
            return None
        for member in members:
            if member.filename.endswith((".xml", ".rels")):
                with archive.open(member) as stream:
                    if _DECLARATION.search(stream.read(_HEAD)):
                        template = mark('The part "{value}" of the file declares entities; save it again.')
                        findings.error("B11", template, place, value=shown(member.filename))
                        return None
    except MemoryError as error:
        raise ResourceError(mark("There is not enough memory to unpack the file.")) from error
    except Exception:  # zipfile answers damaged archives with a dozen kinds of exception
        template = mark("The file is damaged, or is not what its name says; save or download it again.")
        findings.error("B09", template, place)
        return None
    return archive
