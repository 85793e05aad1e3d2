"""How much memory a survey needs, measured, and how much there may be: asked before a file is read."""

from __future__ import annotations

import os
import re
import sys

from clusternet.errors import InputError, shown
from clusternet.messages import mark

#: Bytes of memory for each byte of a text table, of a workbook as it unpacks and of a graph, and for the program
#: itself; measured on surveys of 100,000 enterprises and 1,000,000 linkages, and rounded up.
TEXT_FACTOR = 18
SHEET_FACTOR = 3
GRAPH_FACTOR = 30
PROGRAM = 200 << 20

_UNITS = {"": 1, "B": 1, "KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30, "TB": 1 << 40}
_AMOUNT = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([KMGT]?B|)", re.IGNORECASE)


def memory_bytes(text: str | int) -> int:
    """Return an amount of memory in bytes.

    Parameters
    ----------
    text : str or int
        Such as ``"2GB"``, ``"500 MB"`` or a number of bytes.

    Returns
    -------
    int
        Bytes, at least 1.

    Raises
    ------
    InputError
        If it is no such amount.

    Examples
    --------
    >>> memory_bytes("2GB")
    2147483648
    """
    found = _AMOUNT.fullmatch(str(text).strip())
    amount = int(float(found[1]) * _UNITS[found[2].upper()]) if found else 0
    if amount < 1:
        raise InputError(
            mark('The memory limit is "{value}"; expected an amount such as 2GB or 500MB.'), value=shown(text)
        )
    return amount


def memory_text(amount: float) -> str:
    """Return an amount of memory as a person writes it.

    Examples
    --------
    >>> memory_text(3 << 29)
    '1.5 GB'
    """
    for unit in ("GB", "MB"):
        if amount >= _UNITS[unit]:
            return f"{amount / _UNITS[unit]:.1f} {unit}"
    return f"{amount / _UNITS['KB']:.1f} KB"


def machine_memory() -> int:
    """Return how much memory this process can have, in bytes: what the machine has, or the limit set to it."""
    try:
        most = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return sys.maxsize  # a system that does not tell
    import resource

    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    return most if limit == resource.RLIM_INFINITY else min(most, limit)
