"""Whether a study's result is as it was written, and whether the study gives the same again."""

from __future__ import annotations

import tempfile
from pathlib import Path

from clusternet.report.verifying import Difference, altered_files, differing_runs, recorded_run
from clusternet.study.running import Progress, run_study


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
