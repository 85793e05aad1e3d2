"""What was measured already, kept in a folder, so that a run that was stopped goes on where it was.

A part is used again only if nothing that it depends on has changed: the networks, the method's package and version,
the way it is called and measured, and for our own method every source file of the package.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

import clusternet
from benchmarks.quality.case import Case
from benchmarks.quality.peers import OURS, Peer
from benchmarks.quality.score import CaseScore

HERE = Path(__file__).resolve().parent
#: Files of the benchmark on which every measurement depends.
WAYS = ("peers.py", "measure.py", "score.py")
#: Packages that take part whatever the method is.
ALWAYS = ("igraph", "numpy", "scikit-learn", "scipy")


def cases_digest(cases: Sequence[Case]) -> str:
    """Return a digest of the networks and of what is planted in them."""
    digest = hashlib.sha256()
    for case in cases:
        ties = case.network.ties
        digest.update(f"{case.family} {case.name} {case.network.n_enterprises} {case.network.layers}".encode())
        truth = np.zeros(0, dtype=np.int64) if case.truth is None else case.truth
        for values in (ties.source, ties.target, ties.layer, ties.weight, truth):
            digest.update(np.ascontiguousarray(values).tobytes())
    return digest.hexdigest()


class Store:
    """Measured parts in a folder, one file for each family and method.

    Parameters
    ----------
    folder : Path
        Where they are; made when it is missing, and told to git as not worth keeping.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".gitignore").write_text("*\n")

    def fingerprint(self, peer: Peer, cases: str, settings: str) -> str:
        """Return a digest of all that a part depends on."""
        digest = hashlib.sha256(f"{peer.name} {peer.version} {peer.most_seeds} {cases} {settings}".encode())
        for package in ALWAYS:
            digest.update(f"{package} {importlib.metadata.version(package)}".encode())
        sources = [HERE / name for name in WAYS]
        if peer.name == OURS:
            sources += sorted(Path(clusternet.__file__).parent.rglob("*.py"))
        for source in sources:
            digest.update(source.read_bytes())
        return digest.hexdigest()

    def load(self, family: str, peer: Peer, fingerprint: str) -> list[CaseScore] | None:
        """Return what was measured, or None if it was not or something has changed since."""
        path = self._path(family, peer)
        if not path.is_file():
            return None
        part = json.loads(path.read_text())
        if part["fingerprint"] != fingerprint:
            return None
        return [_from_json(entry) for entry in part["scores"]]

    def save(self, family: str, peer: Peer, fingerprint: str, scores: Sequence[CaseScore]) -> None:
        """Keep what was measured."""
        entries = [{**asdict(score), "bins": score.bins.tolist()} for score in scores]
        path = self._path(family, peer)
        unfinished = path.with_suffix(".part")
        unfinished.write_text(json.dumps({"fingerprint": fingerprint, "scores": entries}))
        unfinished.replace(path)

    def _path(self, family: str, peer: Peer) -> Path:
        return self.folder / f"{family}--{peer.name.replace(' ', '-')}.json"


def _from_json(entry: dict) -> CaseScore:
    return CaseScore(**{**entry, "failures": tuple(entry["failures"]), "bins": np.array(entry["bins"])})
