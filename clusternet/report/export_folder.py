"""From a study to the files of other programs: one folder each, published whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from clusternet.errors import ClusternetError, InputError
from clusternet.messages import mark, translate, translate_plural
from clusternet.model import ClusteredNetwork, Network, Partition, Provenance, Scores
from clusternet.report.exports import EXPORTS, Export, ExportGraph, Made
from clusternet.report.exports.from_nouns import export_graph
from clusternet.report.exports.likeness import likeness_notice
from clusternet.report.publish import published_folder
from clusternet.report.result_folder import read_result

#: By this file an earlier export of ours is known; a study's manifest it is not.
RECEIPT = "export.json"
README = "README.txt"


class Exported(NamedTuple):
    """An export that was written: where, which files, and what the format could not hold, in whole sentences.

    The notice P11 says how many enterprises can be known again though names be dropped; empty where none can.
    """

    name: str
    folder: Path
    files: tuple[str, ...]
    told: tuple[str, ...]
    notice: str = ""


def write_export(
    network: Network,
    partition: Partition,
    scores: Scores,
    name: str,
    out: str | Path,
    *,
    positions: NDArray[np.float64] | None = None,
    language: str = "en",
    seed: int = 0,
    overwrite: bool = False,
) -> Exported:
    """Write a network with its clusters as files for another program, into a new folder.

    Parameters
    ----------
    network, partition, scores : Network, Partition, Scores
        The results.
    name : str
        One of :data:`clusternet.report.exports.EXPORTS`, such as ``"gephi"``.
    out : str or Path
        The folder to make.
    positions : array of float, shape (n_nodes, 2), optional
        Where the nodes stand on the map; by default laid out here.
    language : {"en", "ar"}
        The language of the names of clusters and of ``README.txt``.
    seed : int
        Seed of the layout.
    overwrite : bool, default False
        Whether an earlier export in that folder may be replaced.

    Returns
    -------
    Exported
        The folder, its files, and what the format could not hold.

    Raises
    ------
    InputError
        If there is no such export, or the folder is there already.
    ResourceError
        If the folder cannot be written, or a package that the format needs is not installed.
    """
    export = EXPORTS[name]
    ClusteredNetwork(network, partition)
    graph = export_graph(network, partition, scores, positions=positions, language=language, seed=seed)
    return _publish(graph, export, Path(out), overwrite=overwrite)


def export_result(
    folder: str | Path,
    name: str,
    out: str | Path | None = None,
    *,
    language: str | None = None,
    overwrite: bool = False,
) -> Exported:
    """Write what a study's result folder holds as files for another program.

    The folder itself is never changed.

    Parameters
    ----------
    folder : str or Path
        The folder that a study wrote.
    name : str
        One of :data:`clusternet.report.exports.EXPORTS`, such as ``"gephi"``.
    out : str or Path, optional
        The folder to make; by default one beside it, named after it and the export: ``results-gephi``.
    language : {"en", "ar"}, optional
        The language of ``README.txt``; by default that of the study's first report.
    overwrite : bool, default False
        Whether an earlier export in that folder may be replaced.

    Returns
    -------
    Exported
        The folder, its files, and what the format could not hold.

    Raises
    ------
    InputError
        If there is no such export, the folder is not a study's or was changed, or ``out`` is there already or lies
        inside the result folder.
    ResourceError
        If a file cannot be read or written, or a package that the format needs is not installed.
    """
    export = EXPORTS[name]
    target = beside(folder, name) if out is None else Path(out)
    inside(target, folder)
    return _publish(read_result(folder, language=language), export, target, overwrite=overwrite)


def export_all(
    folder: str | Path,
    out: str | Path | None = None,
    *,
    language: str | None = None,
    overwrite: bool = False,
) -> tuple[list[Exported], list[ClusternetError]]:
    """Write every export of a study's result folder, each into a folder of its own below one.

    Parameters
    ----------
    folder : str or Path
        The folder that a study wrote.
    out : str or Path, optional
        The folder for all of them; by default one beside it: ``results-exports``.
    language, overwrite
        As for :func:`export_result`.

    Returns
    -------
    exported : list of Exported
        What was written.
    refused : list of ClusternetError
        What could not be: an export whose package is not installed stops no other one.
    """
    target = beside(folder, "exports") if out is None else Path(out)
    inside(target, folder)
    graph = read_result(folder, language=language)
    done: list[Exported] = []
    refused: list[ClusternetError] = []
    for export in EXPORTS.values():
        try:
            done.append(_publish(graph, export, target / export.name, overwrite=overwrite))
        except ClusternetError as trouble:
            refused.append(trouble)
    return done, refused


def beside(folder: str | Path, name: str) -> Path:
    """Return the folder beside a result folder that an export goes to."""
    place = Path(folder).resolve()
    return place.with_name(f"{place.name}-{name}")


def inside(target: Path, folder: str | Path) -> None:
    """Raise an InputError if an export would go into the result folder, which its manifest describes as it is."""
    place = Path(folder).resolve()
    if place in (target.resolve(), *target.resolve().parents):
        template = mark('"{out}" lies in the result folder, which is never changed; choose another one.')
        raise InputError(template, out=target.name)


def _publish(graph: ExportGraph, export: Export, target: Path, *, overwrite: bool) -> Exported:
    with published_folder(target, overwrite=overwrite, own_file=RECEIPT) as folder:
        made = export.write(graph)
        told = _told(made, graph.language)
        notice = likeness_notice(graph, graph.language)
        for name, data in made.files.items():
            folder.write(name, data)
        folder.write(README, _readme(graph, export, told, notice))
        files = [{"file": file.name, "sha256": file.sha256, "bytes": file.size} for file in sorted(folder.written)]
        receipt = {
            "export": export.name,
            "clusternet": Provenance.versions()["clusternet"],
            "title": graph.title,
            "study_sha256": graph.origin,
            "files": files,
        }
        folder.write(RECEIPT, json.dumps(receipt, indent=2, sort_keys=True, ensure_ascii=False) + "\n")
    return Exported(export.name, target, tuple(made.files), told, notice)


def _told(made: Made, language: str) -> tuple[str, ...]:
    return tuple(translate_plural(told.one, told.many, told.times, language, file=told.file) for told in made.told)


def _readme(graph: ExportGraph, export: Export, told: tuple[str, ...], notice: str) -> str:
    """Return what the files are, how they are opened, and what the format could not hold."""
    words = graph.language
    lines = [
        f"{graph.title or 'clusternet'}: {translate(export.label, words)}",
        translate(mark("Internal: names and answers of enterprises. Do not publish."), words),
        *([notice] if notice else []),
        "",
        *(f"{file}: {translate(meaning, words)}" for file, meaning in export.files.items()),
        "",
        f"{translate(mark('How to open it'), words)}: {translate(export.opens, words)}",
        "",
        *(f"- {translate(note, words)}" for note in export.notes),
        *(f"- {sentence}" for sentence in told),
        "- " + translate(mark("The same result gives the same files, byte by byte."), words),
    ]
    return "\n".join(["\ufeff" + lines[0].replace("\n", " "), *lines[1:], ""])
