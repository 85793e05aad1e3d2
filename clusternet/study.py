"""One study from files to report: the only place where verbs meet."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec

from clusternet.datasets import DATASETS
from clusternet.detect import DEFAULT_METHOD, METHODS, Option, find_clusters
from clusternet.detect.proximity import with_proximity
from clusternet.errors import InputError
from clusternet.inference import DEFAULT_DRAWS, measure_doubt, score_clusters
from clusternet.inference.workers import checked_workers
from clusternet.ingest import build_network, read_survey
from clusternet.ingest.course import Course
from clusternet.messages import LANGUAGES, mark
from clusternet.metrics import METRICS
from clusternet.model import Network, Partition, Scores, Survey
from clusternet.model.catalogue import nearest
from clusternet.report import check_out, write_report
from clusternet.report.edition.editing import Edition, publish_edition
from clusternet.report.edition.suppression import Rules
from clusternet.report.folder_lock import locked_folder
from clusternet.report.pdf import find_browser
from clusternet.report.verifying import Difference, altered_files, differing_runs, recorded_run

Progress = Callable[[str, str], None]
_Arguments = ParamSpec("_Arguments")

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
        How the survey is read: the options of :func:`read_survey`. Its ``memory_limit`` holds for the whole study.
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
        If the folder cannot be written, another run is writing it, or the study needs more memory than there is or
        ``memory_limit`` allows.
    """
    _check_languages(languages)
    check_out(Path(out), overwrite=overwrite)
    if pdf:
        find_browser()
    course = Course(progress or (lambda stage, text: None), (reading or {}).get("memory_limit"))
    tell = course.tell
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

    spoken = tuple(languages or (settings.language,))
    most = checked_workers() if max(chance.values()) > 0 else 1
    course.check_memory("network", survey, workers=most, language=spoken[0])
    network = build_network(survey)
    if neighbours:
        network = with_proximity(network, nearest=int(neighbours))
    clusters = find_clusters(network, wanted, seed=seed, progress=lambda text: tell("clusters", text), **options)
    workers = course.check_memory("scores", survey, clusters=clusters.n_clusters, workers=most, language=spoken[0])
    scores = score_clusters(
        network,
        clusters,
        draws=chance["draws"],
        seed=seed,
        workers=workers if workers < most else None,
        progress=lambda text: tell("scores", text),
    )
    clusters, scores = measure_doubt(
        network,
        clusters,
        scores,
        options=options,
        draws=chance["resamples"],
        seed=seed,
        workers=workers if workers < most else None,
        progress=lambda text: tell("doubt", text),
    )
    folder = write_report(
        network,
        clusters,
        scores,
        out=out,
        survey=survey,
        languages=spoken,
        overwrite=overwrite,
        command=command,
        seed=seed,
        pdf=pdf,
        course=course.told,
        progress=lambda text: tell("report", text),
    )
    return Study(survey, network, clusters, scores, folder)


def publish_study(
    folder: str | Path,
    *,
    out: str | Path,
    profile: str = "public",
    key_file: str | Path | None = None,
    minimum: int = Rules.minimum,
    count_all: bool = False,
    languages: Sequence[str] | None = None,
    overwrite: bool = False,
) -> Edition:
    """Make an edition of a study's result that may leave the office.

    Parameters
    ----------
    folder : str or Path
        The folder that a study wrote; it is not changed.
    out : str or Path
        The folder to make.
    profile : {"public", "partners"}
        For whom it is; see :func:`clusternet.report.edition.editing.publish_edition`.
    key_file : str or Path, optional
        The key of the pseudonyms; by default ``publication.key`` beside the result.
    minimum : int, default 3
        The fewest enterprises behind a number, at least 3.
    count_all : bool, default False
        Whether enterprises that gave no consent, as where nobody was asked, are counted in numbers of groups.
    languages : sequence of {"en", "ar"}, optional
        One page each; by default as in the result.
    overwrite : bool, default False
        Whether an earlier edition in ``out`` may be replaced.

    Returns
    -------
    Edition
        What was written, and what must stay in the office.

    Raises
    ------
    InputError
        If the folder is no result, an option is not what was expected, or ``out`` is there already.
    PrivacyError
        If no group is large enough, or the edition and an earlier one give an enterprise away together.
    ResourceError
        If a file cannot be read or written.
    """
    return publish_edition(
        folder,
        out=out,
        cards={name: METRICS[name].card for name in METRICS.names},
        profile=profile,
        key_file=key_file,
        rules=Rules(minimum=minimum),
        count_all=count_all,
        languages=languages,
        overwrite=overwrite,
    )


def verify_study(
    folder: str | Path,
    survey: str | Path | None = None,
    *,
    config: str | Path | None = None,
    progress: Progress | None = None,
) -> list[Difference]:
    """Say whether a result is as a study wrote it, and with its survey whether the study gives the same again.

    Parameters
    ----------
    folder : str or Path
        The folder that the study wrote; it is not changed.
    survey : str or Path, optional
        The survey. With it the study is run again, with the options that the manifest tells, into a folder of its own
        that is removed afterwards.
    config : str or Path, optional
        The ``study.toml`` of that run, where it does not lie beside the survey.
    progress : callable, optional
        As for :func:`run_study`.

    Returns
    -------
    list of Difference
        What is not as it should be: files that were altered, else what differs between the two runs.

    Raises
    ------
    InputError
        If it is no study's folder, or the survey is not what was expected.
    ResourceError
        If a file cannot be read or written.
    """
    found = altered_files(folder)
    if found or survey is None:
        return found
    with tempfile.TemporaryDirectory() as place:
        again = run_study(survey, out=Path(place) / "again", config=config, progress=progress, **recorded_run(folder))
        return differing_runs(folder, again.folder)


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
