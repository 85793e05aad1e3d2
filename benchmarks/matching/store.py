"""What was measured already, so that a run that was stopped goes on where it was.

A part is used again only if nothing that it depends on has changed: the register and the mentions, the matcher's
version, the way it is called, and for our own matcher every source file of its room.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np

import clusternet
from benchmarks.matching.cases import Case
from benchmarks.matching.measure import Run, measured
from benchmarks.matching.peers import OURS

HERE = Path(__file__).resolve().parent
_WAYS = ("peers.py", "measure.py", "splink_peer.py")


class Store:
    """Measured parts in a folder, one file each.

    Parameters
    ----------
    folder : Path
        Where they are; made when it is missing, and told to git as not worth keeping.
    versions : dict of str to str
        The version of each matcher.
    """

    def __init__(self, folder: Path, versions: dict[str, str]) -> None:
        self.folder, self.versions = folder, versions
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".gitignore").write_text("*\n")

    def run(self, name: str, case: Case) -> Run:
        """Return what a matcher answers in a case, measured now or before."""
        path = self.folder / f"matching-{self._fingerprint(name, case)}.json"
        if path.is_file():
            part = json.loads(path.read_text())
            known, right = (np.array(part[key], dtype=np.bool_) for key in ("known", "right"))
            return Run(known, right, np.array(part["score"], dtype=np.float64), part["seconds"], part["memory"])
        run = measured(name, case)
        part = {key: getattr(run, key).tolist() for key in ("known", "right", "score")}
        unfinished = path.with_suffix(".part")
        unfinished.write_text(json.dumps({**part, "seconds": run.seconds, "memory": run.memory}))
        unfinished.replace(path)
        return run

    def _fingerprint(self, name: str, case: Case) -> str:
        digest = hashlib.sha256(f"{name} {self.versions[name]} {case.family} {case.name}".encode())
        for texts in (case.names, case.mentions, [str(sorted(truth)) for truth in case.truth]):
            digest.update("\n".join(texts).encode())
        sources = [HERE / way for way in _WAYS]
        if name == OURS:
            sources += sorted((Path(clusternet.__file__).parent / "ingest" / "matching").glob("*.py"))
        for source in sources:
            digest.update(source.read_bytes())
        return digest.hexdigest()[:16]
