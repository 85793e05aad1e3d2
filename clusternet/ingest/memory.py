"""How much memory a survey needs, measured, and how much there may be: asked before the work."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from clusternet.errors import InputError, shown
from clusternet.messages import mark

#: Bytes of memory for each byte of a text table, of a workbook as it unpacks and of a graph, and for the program
#: itself; measured on surveys of 100,000 enterprises and 1,000,000 linkages, and rounded up.
TEXT_FACTOR = 18
SHEET_FACTOR = 3
GRAPH_FACTOR = 30
PROGRAM = 200 << 20

#: Where Linux says how much memory a group of processes may have, in both ways of doing so.
_GROUP_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")

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


def used_memory() -> int | None:
    """Return the largest memory that this process had so far, in bytes; None on a system that does not tell."""
    try:
        import resource
    except ImportError:
        return None
    found = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return found if sys.platform == "darwin" else found * 1024


def machine_memory() -> int:
    """Return how much memory this process can have, in bytes: what the machine has, or the least limit set to it."""
    try:
        most = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return sys.maxsize  # a system that does not tell
    import resource

    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    limits = [most, *_group_limits()] if limit == resource.RLIM_INFINITY else [most, limit, *_group_limits()]
    return min(limits)


def _group_limits() -> list[int]:
    """Return the limits that a container sets to its processes, in bytes; "max", or a file not there, sets none."""
    texts = [Path(name).read_text(encoding="ascii").strip() for name in _GROUP_LIMITS if os.access(name, os.R_OK)]
    return [int(text) for text in texts if text.isdecimal()]
