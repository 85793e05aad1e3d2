"""One study from files to report."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec

from clusternet.datasets import DATASETS
from clusternet.detect import METHODS, find_clusters
from clusternet.detect.proximity import with_proximity
from clusternet.inference import measure_doubt, score_clusters
from clusternet.inference.workers import checked_workers
from clusternet.ingest import build_network, read_survey
from clusternet.model import Network, Partition, Scores, Survey
from clusternet.model.settings import check_seed
from clusternet.report import check_out, write_report
from clusternet.report.folder_lock import locked_folder
from clusternet.report.folder_stages import StageFolder
from clusternet.report.pdf import find_browser
from clusternet.study.asking import Asked, asked_of, check_languages
from clusternet.study.course import Course
from clusternet.study.inputs import check_unchanged
from clusternet.study.plugins import method_packages
from clusternet.study.stages import Stages

Progress = Callable[[str, str], None]
_Arguments = ParamSpec("_Arguments")


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


def _alone(run: Callable[_Arguments, Study]) -> Callable[_Arguments, Study]:
    """Let a run hold its folder from the beginning, so that a second one is told before it computes for an hour."""

    @functools.wraps(run)
    def call(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> Study:
        with locked_folder(str(kwargs["out"])):
            return run(*args, **kwargs)

    return call


@_alone
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
    cache: str | Path | None = None,
    progress: Progress | None = None,
    notice: Callable[[str], None] | None = None,
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
        How the survey is read: the options of :func:`read_survey`. Its ``memory_limit`` holds for the whole study.
    command : str
        What the user typed, for the manifest.
    cache : str or Path, optional
        A folder in which clusters, scores and their doubt are kept as soon as they are there, and from which an equal
        run takes them: one that was stopped, or one that differs in what only the report reads, such as the languages.
        What is written to ``out`` is the same. The folder is as confidential as the survey and cannot lie in ``out``;
        by default nothing is kept. :class:`~clusternet.report.folder_stages.StageFolder` lists and clears it.
    progress : callable, optional
        Called with the name of the stage and a short text.
    notice : callable, optional
        Called with a sentence where the folder ``cache`` cannot be used, which stops nothing; by default a warning.

    Returns
    -------
    Study
        Every noun on the way, and the folder.

    Raises
    ------
    InputError
        If the survey, the settings or an option is not what was expected, or a file of the survey changed while the
        study was running (F09); nothing is published then.
    ResourceError
        If the folder cannot be written, another run is writing it, or the study needs more memory than there is or
        ``memory_limit`` allows.
    """
    # What can be refused at once is refused before a large survey is read.
    check_languages(languages)
    if seed is not None:
        check_seed(seed)
    if method is not None:
        METHODS[method]
    check_out(Path(out), overwrite=overwrite)
    if cache is not None:
        StageFolder(Path(cache)).check(out)
    if pdf:
        find_browser()
    course = Course(progress or (lambda stage, text: None), (reading or {}).get("memory_limit"))
    course.tell("read", "")
    survey = read_survey(path, config, **(reading or {}))
    asked = asked_of(survey.settings, method=method, seed=seed, languages=languages, draws=draws, resamples=resamples)
    stages = Stages(cache, notice or _warn, asked.languages[0])
    network, clusters, scores = _found(survey, asked, course, stages)

    def at_the_end() -> dict[str, Any]:
        check_unchanged(survey, path, config)
        return {**course.told(), "taken_from_cache": stages.taken}

    folder = write_report(
        network,
        clusters,
        scores,
        out=out,
        survey=survey,
        languages=asked.languages,
        overwrite=overwrite,
        command=command,
        seed=asked.seed,
        pdf=pdf,
        packages=method_packages(asked.method),
        course=at_the_end,
        progress=lambda text: course.tell("report", text),
    )
    return Study(survey, network, clusters, scores, folder)


def _warn(sentence: str) -> None:
    warnings.warn(sentence, stacklevel=2)


def _found(survey: Survey, asked: Asked, course: Course, stages: Stages) -> tuple[Network, Partition, Scores]:
    """Return the network, and what is found in it or was found in it before."""
    language = asked.languages[0]
    most = checked_workers() if max(asked.draws, asked.resamples) > 0 else 1
    course.check_memory("network", survey, workers=most, language=language)
    network = build_network(survey)
    if asked.neighbours:
        network = with_proximity(network, nearest=asked.neighbours)
    stages.begin(
        network,
        method=asked.method,
        options=asked.options,
        seed=asked.seed,
        draws=asked.draws,
        resamples=asked.resamples,
    )
    course.tell("clusters", "")
    clusters = stages.clusters(
        network,
        lambda: find_clusters(
            network,
            asked.method,
            seed=asked.seed,
            progress=lambda text: course.tell("clusters", text),
            **asked.options,
        ),
    )
    workers = course.check_memory("scores", survey, clusters=clusters.n_clusters, workers=most, language=language)
    allowed = workers if workers < most else None
    scores = stages.scores(
        clusters,
        lambda: score_clusters(
            network,
            clusters,
            draws=asked.draws,
            seed=asked.seed,
            workers=allowed,
            progress=lambda text: course.tell("scores", text),
        ),
    )
    clusters, scores = stages.doubt(
        network,
        scores,
        lambda: measure_doubt(
            network,
            clusters,
            scores,
            options=asked.options,
            draws=asked.resamples,
            seed=asked.seed,
            workers=allowed,
            progress=lambda text: course.tell("doubt", text),
        ),
    )
    return network, clusters, scores
