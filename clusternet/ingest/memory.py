"""How much memory a survey and its study need, measured, and how much there may be: asked before the work."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from clusternet.errors import InputError, shown
from clusternet.messages import mark

#: Bytes of memory for each byte of a text table, of a workbook as it unpacks and of a graph, and for the program
#: itself; measured on surveys of 100,000 enterprises and 1,000,000 linkages, and rounded up.
TEXT_FACTOR = 18
SHEET_FACTOR = 3
GRAPH_FACTOR = 30
PROGRAM = 200 << 20

#: What each stage of a study needs, in bytes: for the program itself, and for each enterprise, each row of the
#: linkages, each need or offer and each cluster. What a stage leaves behind is counted in the later ones too.
STAGE_BYTES: Mapping[str, tuple[int, int, int, int, int]] = MappingProxyType(
    {
        "read": (300 << 20, 1_000, 200, 250, 0),
        "network": (310 << 20, 1_500, 400, 300, 0),
        "clusters": (330 << 20, 1_800, 500, 300, 0),
        "scores": (440 << 20, 4_200, 1_000, 900, 60_000),
        "doubt": (460 << 20, 4_400, 1_050, 900, 60_000),
        "report": (600 << 20, 4_400, 1_050, 900, 60_000),
    }
)
#: What each further process needs in the two stages that draw, in the same terms: a network, and one being scored.
WORKER_BYTES = (300 << 20, 1_500, 400, 300, 30_000)
_DRAWING = ("scores", "doubt")
#: So many enterprises to a cluster, where nobody knows how many clusters there will be.
_USUAL_SIZE = 50

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


def study_memory(
    *, enterprises: int, linkages: int, resources: int = 0, clusters: int | None = None, workers: int = 1
) -> dict[str, int]:
    """Return how much memory each stage of a study will need at most.

    Parameters
    ----------
    enterprises : int
        Rows of the register.
    linkages : int
        Rows of the table of linkages.
    resources : int, default 0
        Rows of the table of needs and offers.
    clusters : int, optional
        How many clusters there are, where that is known already; by default one for every 50 enterprises.
    workers : int, default 1
        How many processes work at once where draws are made; with more than one, each holds a network of its own.

    Returns
    -------
    dict of str to int
        Bytes by stage, of all processes together: ``read``, ``network``, ``clusters``, ``scores``, ``doubt`` and
        ``report``.

    Notes
    -----
    Linear in the numbers, with the factors of :data:`STAGE_BYTES` and :data:`WORKER_BYTES`: fitted to what studies of
    300 to 100,000 enterprises with seven to ten linkages each, clusters by Leiden, needed at most, and rounded up;
    beyond that it is an extrapolation. A draw is held no longer than until it is counted, so the number of draws hardly
    counts.

    Examples
    --------
    >>> need = study_memory(enterprises=1_000_000, linkages=10_000_000)
    >>> need["read"] < need["scores"] < need["report"]
    True
    """
    groups = -(-enterprises // _USUAL_SIZE) if clusters is None else clusters
    amounts = (1, enterprises, linkages, resources, groups)
    more = _product(WORKER_BYTES, amounts) * workers if workers > 1 else 0
    return {
        stage: _product(factors, amounts) + (more if stage in _DRAWING else 0) for stage, factors in STAGE_BYTES.items()
    }


def _product(factors: tuple[int, ...], amounts: tuple[int, ...]) -> int:
    return sum(factor * amount for factor, amount in zip(factors, amounts, strict=True))


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
