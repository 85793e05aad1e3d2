"""From a study's result to an edition that may leave the office."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from clusternet.metrics import METRICS
from clusternet.report.edition.editing import Edition, publish_edition
from clusternet.report.edition.suppression import Rules


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
