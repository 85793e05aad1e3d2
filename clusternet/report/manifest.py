"""The manifest: from what, by what and with which settings every file was made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from clusternet.model import Network, Partition, Provenance, Scores
from clusternet.model.provenance import plain
from clusternet.report.publish import Written


def study_record(
    network: Network,
    partition: Partition,
    scores: Scores,
    *,
    command: str,
    seed: int,
    languages: Iterable[str],
    packages: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Any]:
    """Return what is known about how the results were made, as plain data.

    Parameters
    ----------
    network, partition, scores : Network, Partition, Scores
        The results.
    command : str
        The command that asked for them.
    seed : int
        The seed.
    languages : iterable of str
        The languages of the report.
    packages : mapping of str to str
        The versions of further packages that had a say.

    Returns
    -------
    dict
        ``versions``, ``command``, ``configuration``, ``seed``, ``languages``, ``method``, ``flat_network``, ``steps``
        and ``inputs``.
    """
    history = Provenance.joined([network.provenance, partition.provenance, scores.provenance])
    return {
        "versions": {**Provenance.versions(), **packages},
        "command": command,
        "configuration": plain(network.settings.as_dict()),
        "seed": seed,
        "languages": list(languages),
        "method": partition.method,
        # Methods see no directions; how they are done away with is part of the result.
        "flat_network": "the weights of all layers but rivalry, times the layer's weight, both directions added",
        "steps": [{"verb": step.verb, "arguments": plain(step.arguments)} for step in history.steps],
        "inputs": [{"file": file.name, "sha256": file.sha256, "rows": file.rows} for file in history.inputs],
    }


def manifest_text(record: Mapping[str, Any], outputs: Iterable[Written], timing: Mapping[str, Any]) -> str:
    """Return the manifest as JSON with sorted keys; ``sha256`` covers everything but ``timing``.

    Parameters
    ----------
    record : mapping
        As from :func:`study_record`.
    outputs : iterable of Written
        Every file written, in any order.
    timing : mapping
        When, how long and with how much memory; the only part that differs between two runs.

    Returns
    -------
    str
        The JSON text.
    """
    files = [
        {"file": file.name, "sha256": file.sha256, "bytes": file.size, "rows": file.rows} for file in sorted(outputs)
    ]
    content = {**record, "outputs": files}
    digest = hashlib.sha256(_json(content).encode()).hexdigest()
    return _json({**content, "sha256": digest, "timing": dict(timing)}) + "\n"


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False)
