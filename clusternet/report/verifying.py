"""Whether a result is still what a study wrote, and whether another run of the same study gives the same bytes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from clusternet.messages import mark, translate
from clusternet.report.publish import MANIFEST, file_trouble_named
from clusternet.report.result_folder import read_manifest

#: The stage at which each file is decided; what is not named is decided when the report is written.
_STAGES = MappingProxyType(
    {
        "problems.csv": "read",
        "linkages.csv": "network",
        "members.csv": "clusters",
        "shares.csv": "clusters",
        "scores.csv": "scores",
        "plan.csv": "scores",
        "gaps.csv": "scores",
        "openings.csv": "scores",
        "layers.csv": "scores",
        "clusters.csv": "scores",
    }
)
_ORDER = ("read", "network", "clusters", "scores", "report")
_STAGE_NAMES = MappingProxyType(
    {
        "read": mark("reading the survey"),
        "network": mark("building the network"),
        "clusters": mark("finding clusters"),
        "scores": mark("scoring clusters"),
        "report": mark("writing the report"),
    }
)


class Difference(NamedTuple):
    """Something that is not as it should be: a file, and what is wrong with it."""

    file: str
    sentence: str
    values: dict[str, str]

    def text(self, language: str) -> str:
        """Return it as a sentence; the names of stages are translated too."""
        told = {key: translate(_STAGE_NAMES.get(value, value), language) for key, value in self.values.items()}
        return translate(self.sentence, language, file=self.file, **told)


def altered_files(folder: str | Path) -> list[Difference]:
    """Return what is not as the study wrote it: files that were changed, are gone, or are not the study's.

    Parameters
    ----------
    folder : str or Path
        The folder that a study wrote.

    Returns
    -------
    list of Difference
        Sorted by file; empty where everything is as it was written.

    Raises
    ------
    InputError
        If it is no study's folder, or its manifest itself was changed.
    ResourceError
        If a file cannot be read.
    """
    place = Path(folder)
    expected = {entry["file"]: entry["sha256"] for entry in read_manifest(place)["outputs"]}
    found = []
    with file_trouble_named(place):
        there = {path.name: path for path in place.iterdir()}
        for name in sorted({*expected, *there} - {MANIFEST}):
            if name not in there:
                found.append(Difference(name, mark("{file} is gone."), {}))
            elif name not in expected:
                found.append(Difference(name, mark("{file} was not written by the study."), {}))
            elif there[name].is_dir() or _digest(there[name]) != expected[name]:
                found.append(Difference(name, mark("{file} was changed after the study wrote it."), {}))
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def differing_runs(folder: str | Path, again: str | Path) -> list[Difference]:
    """Return how a second run of a study differs from the first, the earliest stage first.

    Parameters
    ----------
    folder, again : str or Path
        The folders of the two runs.

    Returns
    -------
    list of Difference
        Packages of another version, inputs that changed, settings that differ, and files with other bytes, each with
        the stage that decides it. Empty where both runs wrote the same.

    Raises
    ------
    InputError
        If one of them is no study's folder.
    """
    one, two = read_manifest(Path(folder)), read_manifest(Path(again))
    found = []
    for package in sorted({*one["versions"], *two["versions"]}):
        before, now = (str(run["versions"].get(package, "–")) for run in (one, two))
        if before != now:
            sentence = mark("{file} had the version {before} then, and {now} now.")
            found.append(Difference(package, sentence, {"before": before, "now": now}))
    inputs = [{entry["file"]: entry["sha256"] for entry in run["inputs"]} for run in (one, two)]
    found += [
        Difference(name, mark("{file} is not the file that the study read."), {})
        for name in sorted({*inputs[0], *inputs[1]})
        if inputs[0].get(name) != inputs[1].get(name)
    ]
    if not found and _settings(one) != _settings(two):
        found.append(Difference(MANIFEST, mark("The two runs had other settings: see {file}."), {}))
    outputs = [{entry["file"]: entry["sha256"] for entry in run["outputs"]} for run in (one, two)]
    differing = [name for name in {*outputs[0], *outputs[1]} if outputs[0].get(name) != outputs[1].get(name)]
    differing.sort(key=lambda name: (_ORDER.index(_stage(name)), name))
    sentence = mark("{file} differs; it is decided in the stage: {stage}.")
    return found + [Difference(name, sentence, {"stage": _stage(name)}) for name in differing]


def _stage(name: str) -> str:
    return _STAGES.get(name, "report")


def _settings(manifest: dict[str, Any]) -> str:
    """Return the settings of a run as text; the command may name other folders."""
    parts = {key: manifest.get(key) for key in ("configuration", "seed", "languages", "method", "steps")}
    return json.dumps(parts, sort_keys=True)


def recorded_run(folder: str | Path) -> dict[str, Any]:
    """Return with which options a study was run, as far as they are the study's and not those of reading.

    Parameters
    ----------
    folder : str or Path
        The folder that the study wrote.

    Returns
    -------
    dict
        ``method``, ``seed``, ``languages``, ``draws``, ``resamples``, ``pdf``, ``command`` and ``reading``, as
        :func:`clusternet.study.run_study` takes them.

    Raises
    ------
    InputError
        If it is no study's folder.
    """
    manifest = read_manifest(Path(folder))
    steps = {step["verb"]: step["arguments"] for step in manifest["steps"]}
    reading = {key: value for key, value in steps.get("read_survey", {}).items() if key not in ("path", "config")}
    return {
        "method": steps.get("find_clusters", {}).get("method"),
        "seed": manifest["seed"],
        "languages": manifest["languages"],
        "draws": steps.get("score_clusters", {}).get("draws"),
        "resamples": steps.get("measure_doubt", {}).get("draws"),
        "pdf": any(entry["file"].endswith(".pdf") for entry in manifest["outputs"]),
        "command": manifest["command"],
        "reading": reading,
    }
