"""How a long job goes: what took how long, and how much memory, beside what was expected before."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from clusternet.errors import ResourceError
from clusternet.ingest.memory import machine_memory, memory_bytes, memory_text, used_memory
from clusternet.messages import mark, translate
from clusternet.model import Survey
from clusternet.study.stage_memory import study_memory


@dataclass(eq=False)
class Course:
    """The stages of one study as they follow each other.

    Parameters
    ----------
    progress : callable
        Told the name of the stage and a short text.
    limit : str or int, optional
        The most memory that the study may need, such as ``"2GB"``; by default what the machine has.
    """

    progress: Callable[[str, str], None]
    limit: str | int | None = None
    _began: list[tuple[str, float]] = field(default_factory=list)
    _peaks: dict[str, int] = field(default_factory=dict)
    _need: dict[str, int] = field(default_factory=dict)

    def tell(self, stage: str, text: str) -> None:
        """Note that a stage goes on, and tell it."""
        if not self._began or self._began[-1][0] != stage:
            self._end()
            self._began.append((stage, time.perf_counter()))
        self.progress(stage, text)

    def _end(self) -> None:
        peak = used_memory()
        if self._began and peak is not None:
            self._peaks[self._began[-1][0]] = peak

    def check_memory(
        self, stage: str, survey: Survey, *, clusters: int | None = None, workers: int = 1, language: str = "en"
    ) -> int:
        """Begin a stage by telling how much memory the study needs at most.

        Parameters
        ----------
        stage : str
            The stage that begins.
        survey : Survey
            What was read.
        clusters : int, optional
            How many clusters there are, where that is known already.
        workers : int, default 1
            How many processes may work at once, at least 1.
        language : {"en", "ar"}
            The language of the text.

        Returns
        -------
        int
            As many of the workers as there is memory for.

        Raises
        ------
        ResourceError
            If even one worker needs more than there may be.
        """
        tables = (survey.enterprises, survey.linkages, survey.resources)
        amounts = dict(zip(("enterprises", "linkages", "resources"), map(len, tables), strict=True))
        limit = machine_memory() if self.limit is None else memory_bytes(self.limit)
        for fitting in range(workers, 0, -1):
            self._need = study_memory(**amounts, clusters=clusters, workers=fitting)
            need = max(self._need.values())
            if need <= limit:
                self.tell(stage, translate(mark("about {need} of memory"), language, need=memory_text(need)))
                return fitting
        raise ResourceError(
            mark(
                "The study needs about {need} of memory for {enterprises} enterprises and {linkages} linkages, and "
                "the limit is {limit}. Split the survey, use a machine with more memory, or raise --memory-limit."
            ),
            need=memory_text(need),
            limit=memory_text(limit),
            enterprises=f"{amounts['enterprises']:,}",
            linkages=f"{amounts['linkages']:,}",
        )

    def told(self) -> dict[str, Any]:
        """Return seconds and bytes by stage up to now, for the part of a manifest that differs between two runs.

        Returns
        -------
        dict
            ``stages`` (seconds by stage) and ``memory``: ``expected`` (bytes by stage, with all workers) and ``used``
            (the largest memory of this process up to the end of each stage, without its workers; empty where the
            system does not tell).
        """
        self._end()
        ends = [*(clock for _, clock in self._began[1:]), time.perf_counter()]
        seconds = {stage: round(end - clock, 3) for (stage, clock), end in zip(self._began, ends, strict=True)}
        return {"stages": seconds, "memory": {"expected": self._need, "used": self._peaks}}
