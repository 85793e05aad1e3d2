"""Which installed packages beside clusternet have a say in a study."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from clusternet.detect import METHODS
from clusternet.detect.catalogue import installed_offers


def method_packages(name: str) -> dict[str, str]:
    """Return the version of the package that offers a method; nothing for a method of our own.

    Parameters
    ----------
    name : str
        The name of the method.

    Returns
    -------
    dict of str to str
        The version by the name of the package.

    Raises
    ------
    InputError
        If there is no such method.
    """
    if _module(name).partition(".")[0] == "clusternet":
        return {}
    return {offer.dist.name: offer.dist.version for offer in installed_offers() if offer.name == name and offer.dist}


def method_source(name: str) -> str:
    """Return the SHA-256 of the file that a method of another package is written in, empty where there is none."""
    path = getattr(sys.modules.get(_module(name)), "__file__", None)
    return hashlib.sha256(Path(path).read_bytes()).hexdigest() if path and Path(path).is_file() else ""


def _module(name: str) -> str:
    return str(getattr(METHODS[name].function, "__module__", ""))
