"""One study from files to report: the only place where verbs meet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clusternet.datasets import DATASETS
from clusternet.detect import DEFAULT_METHOD, METHODS, Option, find_clusters
from clusternet.detect.proximity import with_proximity
from clusternet.errors import InputError
from clusternet.inference import DEFAULT_DRAWS, measure_doubt, score_clusters
from clusternet.ingest import build_network, read_survey
from clusternet.messages import LANGUAGES, mark
from clusternet.model import Network, Partition, Scores, Survey
from clusternet.model.catalogue import nearest
from clusternet.report import check_out, write_report
from clusternet.report.pdf import find_browser

Progress = Callable[[str, str], None]

#: Few, because every resample scores every metric and detects again; an academic asks for more.
DEFAULT_RESAMPLES = 50
_DEFAULTS = {"draws": DEFAULT_DRAWS, "resamples": DEFAULT_RESAMPLES}


@dataclass(frozen=True, eq=False)
class Study:
    """What a study made: every noun on the way, and the folder that was written."""

    survey: Survey
    network: Network
    clusters: Partition
    scores: Scores
    folder: Path

    @property
    def report(self) -> Path:
        """The report's first page."""
        return self.folder / "report.html"


def load_survey(name: str) -> Survey:
    """Read a survey that comes with the package.

    Parameters
    ----------
    name : str
        ``"furniture"`` or ``"florentine"``.

    Returns
    -------
    Survey
        The survey.

    Raises
    ------
    InputError
        If there is none of that name.

    Examples
    --------
    >>> load_survey("florentine")
    <Survey: 16 enterprises, 35 linkages, 0 resources, 0 recipes>
    """
    return read_survey(DATASETS[name].folder)


def run_study(
    path: str | Path,
    *,
    out: str | Path,
    config: str | Path | None = None,
    method: str | None = None,
    seed: int | None = None,
    languages: Sequence[str] | None = None,
    draws: int | None = None,
    resamples: int | None = None,
    overwrite: bool = False,
    pdf: bool = False,
    reading: Mapping[str, Any] | None = None,
    command: str = "",
    progress: Progress | None = None,
) -> Study:
    """Turn a survey into a folder with report, map, workbook and tables.

    Parameters
    ----------
    path : str or Path
        The survey: a folder of CSV files, an XLSX, a graph file, or an export described by ``[mapping]``.
    out : str or Path
        The folder to write; it must not exist unless ``overwrite``.
    config : str or Path, optional
        A ``study.toml``; by default the one beside the survey.
    method : str, optional
        A detection method; by default that of ``[detection]`` or ``"natural"``. A number ``proximity`` in
        ``[detection]`` links so many nearest neighbours in a layer of their own.
    seed : int, optional
        By default that of the settings, or 0.
    languages : sequence of {"en", "ar"}, optional
        One report each, the first is ``report.html``; by default the language of the settings.
    draws : int, optional
        Random draws for the tests against chance; by default that of ``[chance]`` or 200.
    resamples : int, optional
        Resamples for intervals, stability and certainty; by default that of ``[chance]`` or 50.
    overwrite : bool, default False
        Whether an earlier result in ``out`` may be replaced.
    pdf : bool, default False
        Whether each report is printed as PDF too, by Chromium, Chrome or Edge.
    reading : mapping, optional
        How the survey is read: the options of :func:`read_survey`.
    command : str
        What the user typed, for the manifest.
    progress : callable, optional
        Called with the name of the stage and a short text.

    Returns
    -------
    Study
        Every noun on the way, and the folder.

    Raises
    ------
    InputError
        If the survey, the settings or an option is not what was expected; nothing is written then.
    ResourceError
        If the folder cannot be written.
    """
    _check_languages(languages)
    check_out(Path(out), overwrite=overwrite)
    if pdf:
        find_browser()
    tell = progress or (lambda stage, text: None)
    tell("read", "")
    survey = read_survey(path, config, **(reading or {}))
    settings = survey.settings
    options = dict(settings.detection)
    neighbours = Option(0, 0, 1000).checked("proximity", options.pop("proximity", 0))
    wanted = method or str(options.pop("method", DEFAULT_METHOD))
    if method:
        options = options if settings.detection.get("method", DEFAULT_METHOD) == method else {}
        options.pop("method", None)
    METHODS[wanted].checked_options(options)
    chance = _chance(settings.chance, draws=draws, resamples=resamples)
    seed = settings.seed if seed is None else seed

    tell("network", "")
    network = build_network(survey)
    if neighbours:
        network = with_proximity(network, nearest=int(neighbours))
    clusters = find_clusters(network, wanted, seed=seed, progress=lambda text: tell("clusters", text), **options)
    scores = score_clusters(
        network, clusters, draws=chance["draws"], seed=seed, progress=lambda text: tell("scores", text)
    )
    clusters, scores = measure_doubt(
        network,
        clusters,
        scores,
        options=options,
        draws=chance["resamples"],
        seed=seed,
        progress=lambda text: tell("doubt", text),
    )
    folder = write_report(
        network,
        clusters,
        scores,
        out=out,
        survey=survey,
        languages=tuple(languages or (settings.language,)),
        overwrite=overwrite,
        command=command,
        seed=seed,
        pdf=pdf,
        progress=lambda text: tell("report", text),
    )
    return Study(survey, network, clusters, scores, folder)


def _check_languages(languages: Sequence[str] | None) -> None:
    for language in languages or ():
        if language not in LANGUAGES:
            raise InputError(
                mark('There is no language "{given}"; expected one of: {known}.'),
                given=language,
                known=", ".join(LANGUAGES),
            )


def _chance(table: Mapping[str, Any], **wanted: int | None) -> dict[str, int]:
    """Return draws and resamples: what was asked for, else the table ``[chance]`` of the settings, else the default."""
    for key in table:
        if key not in _DEFAULTS:
            near = nearest(key, _DEFAULTS)
            raise InputError(
                mark('The key "{key}" of [chance] is not known.{hint} Known: {known}.'),
                key=key,
                hint=f' Did you mean "{near}"?' if near else "",
                known=", ".join(_DEFAULTS),
            )
    given = {key: value for key, value in wanted.items() if value is not None}
    return {**_DEFAULTS, **table, **given}
