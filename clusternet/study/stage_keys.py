"""Under which name each stage of a study is kept: a digest of everything that can change what the stage gives."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

import clusternet
from clusternet.detect import METHODS
from clusternet.metrics import METRICS
from clusternet.model import Network, Provenance
from clusternet.report.folder_stages import FORMAT
from clusternet.study.plugins import method_packages, method_source
from clusternet.study.stored_nouns import Packed, UnstorableError

#: Settings that are words for the report, or that have done their work when the network is there; the seed and the
#: options of detection and of chance are asked for by the stages themselves.
_ELSEWHERE = (
    "title",
    "language",
    "boundary",
    "outline",
    "cluster_names",
    "mapping",
    "detection",
    "chance",
    "seed",
)


def network_digest(network: Network) -> str:
    """Return the SHA-256 of everything in a network that detection and scoring can see.

    Parameters
    ----------
    network : Network
        The network.

    Returns
    -------
    str
        64 hexadecimal digits. Equal networks have equal ones, from whatever files they were read and on whatever
        machine: titles and other words for the report do not count.

    Raises
    ------
    UnstorableError
        If a table holds something that cannot be told apart by plain data.
    """
    ties = network.ties
    settings = network.settings.as_dict()
    told: dict[str, Any] = {
        "outside": list(network.outside_names),
        "layers": [dataclasses.asdict(layer) for layer in network.layers],
        "dropped": dict(network.dropped),
        "settings": {key: value for key, value in settings.items() if key not in _ELSEWHERE},
    }
    digest = hashlib.sha256(_text(told))
    for table in (network.register, network.ledger, network.recipe_table):
        packed = Packed()
        _fold(digest, _text(packed.add_table(table)))
        for part in packed.parts:
            _fold(digest, part)
    given = np.empty(0) if network.given_order is None else network.given_order
    # Straight from memory: a large network is not copied for it.
    for values in (*(getattr(ties, each.name) for each in dataclasses.fields(ties)), given):
        _fold(digest, f"{values.dtype.str} {values.shape}".encode())
        _fold(digest, np.ascontiguousarray(values).data.cast("B") if values.size else b"")
    return digest.hexdigest()


def _fold(digest: Any, data: bytes | memoryview) -> None:
    """Add some bytes, after their number: what ends one thing must not pass for what begins the next."""
    digest.update(len(data).to_bytes(8, "big"))
    digest.update(data)


def stage_names(
    network: Network, *, method: str, options: Mapping[str, float], seed: int, draws: int, resamples: int
) -> dict[str, str]:
    """Return the name under which each stage is kept.

    Parameters
    ----------
    network : Network
        The network that was built.
    method : str
        The name of the method that detects.
    options : mapping of str to float
        Its options, as they were given.
    seed : int
        The seed.
    draws, resamples : int
        How many draws against chance, and how many resamples.

    Returns
    -------
    dict of str to str
        ``clusters``, ``scores`` and ``doubt``; each name follows from those before it and what the stage adds.

    Raises
    ------
    UnstorableError
        If something cannot be told as plain data.
    """
    before = {
        "format": FORMAT,
        "versions": Provenance.versions() | method_packages(method),
        "code": [_code_digest(), method_source(method)],
        "network": network_digest(network),
    }
    added: dict[str, dict[str, Any]] = {
        "clusters": {
            "method": method,
            # As given, because the history tells them so, and as they work, because a default may change.
            "options": [dict(options), METHODS[method].checked_options(options)],
            "seed": seed,
        },
        "scores": {"draws": draws, "metrics": list(METRICS.names)},
        "doubt": {"resamples": resamples},
    }
    names, digest = {}, hashlib.sha256(_text(before)).hexdigest()
    for stage, asked in added.items():
        digest = hashlib.sha256(digest.encode() + _text(asked)).hexdigest()
        names[stage] = f"{stage}-{digest[:32]}.stage"
    return names


def _text(told: Mapping[str, Any]) -> bytes:
    try:
        return json.dumps(told, sort_keys=True).encode()
    except TypeError as error:
        raise UnstorableError(str(error)) from error


@functools.cache
def _code_digest() -> str:
    """Return the SHA-256 of our own code: who changes it without a new version must not get what the old one found."""
    folder = Path(clusternet.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
