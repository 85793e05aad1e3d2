"""What one run of a study is to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clusternet.detect import DEFAULT_METHOD, METHODS, Option
from clusternet.errors import InputError
from clusternet.inference import DEFAULT_DRAWS
from clusternet.messages import LANGUAGES, mark
from clusternet.model import Settings
from clusternet.model.catalogue import nearest

#: Few, because every resample scores every metric and detects again; an academic asks for more.
DEFAULT_RESAMPLES = 50
_DEFAULTS = {"draws": DEFAULT_DRAWS, "resamples": DEFAULT_RESAMPLES}


@dataclass(frozen=True)
class Asked:
    """What one run is to do: what was asked for, else what the settings say, else the defaults."""

    method: str
    options: Mapping[str, float]
    neighbours: int
    seed: int
    languages: tuple[str, ...]
    draws: int
    resamples: int


def asked_of(
    settings: Settings,
    *,
    method: str | None,
    seed: int | None,
    languages: Sequence[str] | None,
    draws: int | None,
    resamples: int | None,
) -> Asked:
    """Put together what was asked for and what the settings say.

    Raises
    ------
    InputError
        If the method, an option of it, or a key of ``[chance]`` is not known.
    """
    options = dict(settings.detection)
    neighbours = Option(0, 0, 1000).checked("proximity", options.pop("proximity", 0))
    wanted = method or str(options.pop("method", DEFAULT_METHOD))
    if method:
        options = options if settings.detection.get("method", DEFAULT_METHOD) == method else {}
        options.pop("method", None)
    METHODS[wanted].checked_options(options)
    chance = _chance(settings.chance, draws=draws, resamples=resamples)
    return Asked(
        wanted,
        options,
        int(neighbours),
        settings.seed if seed is None else seed,
        tuple(languages or (settings.language,)),
        chance["draws"],
        chance["resamples"],
    )


def check_languages(languages: Sequence[str] | None) -> None:
    """Raise an InputError if a language is not known."""
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
